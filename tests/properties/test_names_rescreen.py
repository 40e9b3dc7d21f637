"""Screening again after a list changed gives what a full run gives, whatever came, went or changed."""

from __future__ import annotations

from datetime import date, timedelta

import make
from hypothesis import given, settings
from hypothesis import strategies as st

from vetting_engine.checks.watchlist import PLUGIN, WatchlistSettings, pair_id, rescreen
from vetting_engine.model.candidate import Candidate, PersonName
from vetting_engine.model.condition import All, Compare, Operator
from vetting_engine.model.date_parsing import parse_date
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.model.scales import Level
from vetting_engine.model.watchlist import Authority, Effect, EntryKind, EntryName, ListSnapshot, WatchlistEntry
from vetting_engine.protocols import Resources

_NAMES = ("Tamsin Okvale", "Tamsin Okvale Marrow", "Okvale Farrokhal", "Ilse Marrow", "Ilse Dejen", "Ali", "FNU")
_BIRTHS = (None, "1971", "1971-03-14", "1990-05-06")


def _ruleset() -> Ruleset:
    when = All(of=(Compare(field="hit.band", op=Operator.GE, value="possible"),))
    rule = make.rule("possible", check="watchlist", level=Level.NEEDS_REVIEW, modifiers={}, prompts=(), when=when)
    return make.ruleset(rule, settings={"watchlist": WatchlistSettings(max_hits=2, weak_from=4_000)})


@st.composite
def _entries(draw: st.DrawFn) -> tuple[WatchlistEntry, ...]:
    made = []
    for number in draw(st.lists(st.integers(0, 5), max_size=6)):
        name, birth = draw(st.sampled_from(_NAMES)), draw(st.sampled_from(_BIRTHS))
        expiry = draw(st.sampled_from((None, None, make.AS_OF, make.AS_OF + timedelta(days=100))))
        made.append(
            WatchlistEntry(
                id=f"QDi.{number}",
                kind=EntryKind.PERSON,
                names=(EntryName(text=name),),
                birth_dates=(parse_date(birth),) if birth else (),
                expires_on=expiry,
                digest=make.digest(f"{number} {name} {birth} {expiry}"),
            )
        )
    return tuple(made)


@st.composite
def _lists(draw: st.DrawFn) -> tuple[ListSnapshot, ...]:
    effect = draw(st.sampled_from((Effect.BINDING, Effect.BINDING, Effect.ADVISORY, Effect.OFF)))
    authority = Authority(issuer="Sample", legal_basis="Sample", approving_office="Sample", effect=effect)
    entries = draw(_entries())
    published = draw(st.sampled_from((make.AS_OF, date(2020, 1, 1), None)))
    snapshot = make.snapshot(entries=entries, authority=authority, published=published, retrieved=None)
    snapshot = snapshot.model_copy(update={"digest": make.digest(repr(entries))})
    return (snapshot,) if draw(st.booleans()) else (snapshot, make.snapshot(entries=(), list_id="other"))


_PEOPLE = tuple(
    Candidate(id=f"c-{name}-{birth}", names=(PersonName(text=name),), birth_date=parse_date(birth) if birth else None)
    for name in _NAMES
    for birth in _BIRTHS[:3]
)


@settings(max_examples=60, deadline=None)
@given(before=_lists(), after=_lists(), later=st.integers(0, 400))
def test_the_answer_is_that_of_a_full_run(
    before: tuple[ListSnapshot, ...], after: tuple[ListSnapshot, ...], later: int
) -> None:
    ruleset, now = _ruleset(), make.AS_OF + timedelta(days=later)
    previous = PLUGIN.prepare(ruleset, Resources(watchlists=before)).examine_many(_PEOPLE, make.AS_OF)
    resources = Resources(watchlists=after)
    full = PLUGIN.prepare(ruleset, resources).examine_many(_PEOPLE, now)
    again = rescreen(ruleset, before, resources, _PEOPLE, previous, days=(make.AS_OF, now))
    assert again == full
    assert [each.model_dump_json() for each in again] == [each.model_dump_json() for each in full]


def test_the_pair_id_lapses_when_the_entry_changes() -> None:
    ids = []
    for version in ("one", "one", "two"):
        entry = WatchlistEntry(
            id="QDi.1",
            kind=EntryKind.PERSON,
            names=(EntryName(text="Tamsin Okvale"),),
            digest=make.digest(version),
        )
        resources = Resources(watchlists=(make.snapshot(entries=(entry,)),))
        (finding,) = PLUGIN.prepare(_ruleset(), resources).examine_many(_PEOPLE[:1], make.AS_OF)[0].findings
        ids.append(pair_id(finding))
    assert ids[0] == ids[1] != ids[2]
