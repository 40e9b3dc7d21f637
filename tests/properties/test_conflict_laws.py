"""Laws of the conflict check: what is added never hides what was found, and the index loses nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import make
from hypothesis import given, settings
from hypothesis import strategies as st

from vetting_engine.checks.conflict import PLUGIN, ConflictSettings
from vetting_engine.checks.conflict._names import NameBook
from vetting_engine.model.candidate import Candidate, PersonName, Relation, RelationKind
from vetting_engine.model.condition import Compare, Operator
from vetting_engine.model.finding import CheckResult
from vetting_engine.model.watchlist import EntryKind, Register, RegisterEntry, RegisterKind
from vetting_engine.names import compare_names
from vetting_engine.protocols import Resources

NAMES = (
    "Ilse Marrowby",
    "Ilsa Marowby",
    "إلسه ماروبي",
    "Dejen Farrokhal",
    "Vant Mining",
    "Vant Mining Ltd",
    "Quellmar Printing",
    "ቫንት ማይኒንግ",
    "Ahmed Ali",
    "",
)
names = st.sampled_from([name for name in NAMES if name])
days = st.one_of(st.none(), st.integers(-1_500, 400).map(lambda days: make.AS_OF + timedelta(days=days)))


@st.composite
def relations(draw: st.DrawFn, prefix: str) -> tuple[Relation, ...]:
    return tuple(
        Relation(
            id=f"{prefix}-{at}",
            kind=draw(st.sampled_from(RelationKind)),
            to_name=draw(names),
            to_id=draw(st.sampled_from([None, "e-0", "e-1", "e-9"])),
            end=draw(days),
        )
        for at in range(draw(st.integers(0, 3)))
    )


@st.composite
def registers(draw: st.DrawFn) -> tuple[Register, ...]:
    return tuple(
        make.register(
            f"register-{kind.value.replace('_', '-')}",
            kind=kind,
            entries=tuple(
                RegisterEntry(
                    id=f"e-{at}",
                    names=(draw(names),),
                    kind=draw(st.sampled_from(EntryKind)),
                    relations=draw(relations(f"{kind.value}-{at}")),
                )
                for at in range(draw(st.integers(1, 3)))
            ),
        )
        for kind in draw(st.lists(st.sampled_from(RegisterKind), unique=True, min_size=1))
    )


def _examine(candidate: Candidate, known: Sequence[Register], **limits: int) -> CheckResult:
    rule = make.rule(
        "every-path",
        check="conflict",
        modifiers={},
        when=Compare(field="path.steps", op=Operator.GE, value=1),
    )
    pack = make.ruleset(rule, settings={"conflict": ConflictSettings(**limits)})
    (result,) = PLUGIN.prepare(pack, Resources(registers=known)).examine_many([candidate], make.AS_OF)
    return result


def _found(result: CheckResult) -> dict[str, int]:
    return {finding.id: finding.band.rank for finding in result.findings}


@given(registers(), relations("r"), names, names)
@settings(max_examples=60, deadline=None)
def test_an_alias_a_tie_or_a_register_never_hides_a_path_or_makes_it_less_sure(
    known: tuple[Register, ...], ties: tuple[Relation, ...], name: str, alias: str
) -> None:
    own = PersonName(text=name)
    before = _found(_examine(make.candidate(names=(own,), relations=ties[:-1]), known[:-1]))
    more = make.candidate(names=(own, PersonName(text=alias, kind="alias")), relations=ties)
    after = _found(_examine(more, known))
    assert all(after.get(path, -1) >= band for path, band in before.items())


@given(registers(), relations("r"), names, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_registers_and_entries_changes_nothing(
    known: tuple[Register, ...], ties: tuple[Relation, ...], name: str, chance: object
) -> None:
    shuffled = [
        register.model_copy(update={"entries": tuple(sorted(register.entries, key=lambda _: chance.random()))})  # type: ignore[attr-defined]
        for register in known
    ]
    candidate = make.candidate(name=name, relations=ties)
    assert _found(_examine(candidate, shuffled[::-1])) == _found(_examine(candidate, known))


@given(registers(), relations("r"), names)
@settings(max_examples=60, deadline=None)
def test_every_path_is_shown_with_one_or_two_steps_from_the_candidate_to_the_entry(
    known: tuple[Register, ...], ties: tuple[Relation, ...], name: str
) -> None:
    entries = {(register.register_id, entry.id): entry for register in known for entry in register.entries}
    result = _examine(make.candidate(name=name, relations=ties), known)
    assert len({finding.id for finding in result.findings}) == len(result.findings) == result.counts["paths"]
    for finding in result.findings:
        (evidence,) = finding.evidence
        steps = evidence.path
        assert len(steps) == finding.params["steps"] <= 2
        assert steps[0].from_name == name
        assert steps[-1].to_name in entries[evidence.register_id, evidence.entry_id].names
        assert steps[-1].to_id == evidence.entry_id


@given(st.lists(st.tuples(names, st.sampled_from(EntryKind)), max_size=6), names, st.integers(1_000, 9_000))
@settings(max_examples=100, deadline=None)
def test_the_book_finds_what_comparing_with_every_name_would(
    listed: list[tuple[str, EntryKind]], asked: str, floor: int
) -> None:
    found = {(like.name, like.kind): like.score for like in NameBook(listed, floor).like(asked)}
    slow = {(text, kind): compare_names(asked, text, kind=kind).score for text, kind in listed}
    assert found == {key: score for key, score in slow.items() if score >= floor}
