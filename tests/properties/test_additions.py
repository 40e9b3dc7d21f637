"""DESIGN 2.3: what is said of how far a further finding can move a condition is never too little."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from vetting_engine.conditions import compile_condition
from vetting_engine.conditions.additions import Moves, moves
from vetting_engine.model.condition import All, Any, AtLeast, Compare, Condition, Count, Not, Operator, Some
from vetting_engine.model.decision import Disposition
from vetting_engine.model.decision_facts import decision_vocabulary
from vetting_engine.model.scales import Level

_DAY = date(2026, 1, 1)
_VOCABULARY = decision_vocabulary(("content",), ("one",))
_CATEGORIES = ("a", "b")
_FACT = "fact.one"


def _leaf(field: str, op: Operator, value: str | int | bool) -> Condition:
    return Compare(field=field, op=op, value=value)


def _member_leaves(alias: str) -> st.SearchStrategy[Condition]:
    order = st.sampled_from((Operator.GE, Operator.GT, Operator.LE))
    either = st.sampled_from((Operator.EQ, Operator.NE))
    return st.one_of(
        st.builds(_leaf, st.just(f"{alias}.level"), st.one_of(order, either), st.sampled_from([*map(str, Level)])),
        st.builds(_leaf, st.just(f"{alias}.category"), either, st.sampled_from(_CATEGORIES)),
        st.builds(_leaf, st.just(f"{alias}.score"), order, st.integers(0, 2)),
        st.builds(_leaf, st.just(f"{alias}.score"), st.just(Operator.PRESENT), st.booleans()),
    )


def _joined(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        inner.map(lambda part: Not(of=part)),
        several.map(lambda parts: All(of=parts)),
        several.map(lambda parts: Any(of=parts)),
        several.map(lambda parts: AtLeast(n=min(2, len(parts)), of=parts)),
    )


def _members(alias: str) -> st.SearchStrategy[Condition]:
    return st.recursive(_member_leaves(alias), _joined, max_leaves=3)


def _some_pair() -> st.SearchStrategy[Condition]:
    joins = st.sampled_from(
        (
            Compare(field="g.score", op=Operator.GT, other="f.score"),
            Compare(field="g.category", op=Operator.NE, other="f.category"),
            Compare(field="g.check", op=Operator.EQ, other="f.check"),
        )
    )
    inner = st.builds(lambda join, more: All(of=(join, more)), joins, _member_leaves("g"))
    return st.builds(
        lambda where, outer, turn: Some(
            over="finding", alias="f", where=All(of=(outer, turn(Some(over="finding", alias="g", where=where))))
        ),
        inner,
        _member_leaves("f"),
        st.sampled_from((lambda part: part, lambda part: Not(of=part))),
    )


_BASE = st.one_of(
    st.builds(lambda where: Some(over="finding", alias="f", where=where), _members("f")),
    st.builds(
        lambda where, op, value, distinct: Count(
            over="finding", alias="f", where=where, op=op, value=value, distinct=distinct
        ),
        _members("f"),
        st.sampled_from((Operator.GE, Operator.GT, Operator.LT, Operator.LE, Operator.EQ, Operator.NE)),
        st.integers(0, 2),
        st.sampled_from((None, "score", "category")),
    ),
    st.builds(lambda op: _leaf("g.code", op, "one-code"), st.sampled_from((Operator.EQ, Operator.NE))).map(
        lambda where: Some(over="gap", alias="g", where=where)
    ),
    _some_pair(),
    st.just(_leaf("check.content.posts", Operator.GE, 1)),
    st.builds(_leaf, st.just("check.content.posts"), st.just(Operator.PRESENT), st.booleans()),
    st.builds(_leaf, st.just(_FACT), st.sampled_from((Operator.EQ, Operator.NE, Operator.PRESENT)), st.booleans()),
    st.just(Compare(field="relations.declared", op=Operator.EQ, other=_FACT)),
)
_CONDITIONS = st.recursive(_BASE, _joined, max_leaves=4)

_Member = Mapping[str, str | int | None]
_FINDINGS: st.SearchStrategy[_Member] = st.builds(
    lambda level, word, score: {"level": str(level), "category": word, "score": score, "check": "content"},
    st.sampled_from(Level),
    st.sampled_from(_CATEGORIES),
    st.sampled_from((None, 0, 1, 2)),
)
_GAPS: st.SearchStrategy[_Member] = st.builds(
    lambda code: {"code": code, "check": "content"}, st.sampled_from(("one-code", "other-code"))
)
_ORDER = {False: 0, None: 1, True: 2}


def _facts(
    findings: Sequence[_Member], gaps: Sequence[_Member], posts: int | None, fact: bool | None
) -> dict[str, object]:
    return {
        "finding": findings, "gap": gaps, "check.content.posts": posts, "relations.declared": True, _FACT: fact
    }  # fmt: skip


def _covers(said: Disposition | None, added: Disposition, *, moved: bool) -> bool:
    return not moved or (said is not None and said <= added)


@settings(max_examples=2500, deadline=None)
@given(
    _CONDITIONS,
    st.lists(_FINDINGS, max_size=3),
    st.tuples(st.lists(_GAPS, max_size=1), st.sampled_from((None, 0, 1))),
    st.tuples(st.sampled_from((False, None, True)), st.sampled_from((False, None, True))),
    st.one_of(_FINDINGS, _GAPS),
)
def test_every_move_an_addition_makes_was_said(
    condition: Condition,
    findings: list[_Member],
    others: tuple[list[_Member], int | None],
    fact: tuple[bool | None, bool | None],
    further: _Member,
) -> None:
    added = Disposition(str(further["level"])) if "level" in further else Disposition.NOTHING_FOUND
    compiled = compile_condition(condition, _VOCABULARY)
    gaps, posts = others
    more_findings = [*findings, further] if "level" in further else findings
    more_gaps = gaps if "level" in further else [*gaps, further]
    before = compiled.test(_facts(findings, gaps, posts, fact[0]), _DAY)  # type: ignore[arg-type]
    after = compiled.test(_facts(more_findings, more_gaps, posts, fact[1]), _DAY)  # type: ignore[arg-type]
    # A fact that moves was moved by this very addition.
    was, now = _ORDER[fact[0]], _ORDER[fact[1]]
    known = Moves(
        rises=added if now > was else None,
        falls=added if now < was else None,
        settles=added if fact == (None, True) else None,
        fails=added if fact == (None, False) else None,
        open=None in fact,
    )
    said = moves(condition, _VOCABULARY, facts={"one": known})
    assert said.open or (before is not None and after is not None)
    assert _covers(said.rises, added, moved=_ORDER[after] > _ORDER[before])
    assert _covers(said.falls, added, moved=_ORDER[after] < _ORDER[before])
    assert _covers(said.settles, added, moved=before is None and after is True)
    assert _covers(said.fails, added, moved=before is None and after is False)
