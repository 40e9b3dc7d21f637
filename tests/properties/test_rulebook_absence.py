"""DESIGN 2.3: with the decision rules the rulebook accepts, a further finding never makes the outcome milder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from vetting_engine.conditions import compile_condition
from vetting_engine.errors import Location
from vetting_engine.files.yaml import loads
from vetting_engine.model.condition import All, Any, AtLeast, Compare, Condition, Count, Not, Operator, Some
from vetting_engine.model.decision_facts import decision_vocabulary
from vetting_engine.model.ruleset import DECISION, Rule
from vetting_engine.model.scales import Level
from vetting_engine.rulebook._reading import Source
from vetting_engine.rulebook._strata import lint_strata

_DAY = date(2026, 1, 1)
_DERIVED = ("one", "two")
_VOCABULARY = decision_vocabulary((), _DERIVED)
_DOCUMENT = loads("when: x\nderives: x\n", "t.yaml")
_CATEGORIES = ("a", "b")


def _members() -> st.SearchStrategy[Condition]:
    levels = st.builds(
        lambda op, level: Compare(field="f.level", op=op, value=str(level)),
        st.sampled_from((Operator.GE, Operator.GT, Operator.EQ, Operator.LE, Operator.NE)),
        st.sampled_from(Level),
    )
    categories = st.builds(
        lambda word: Compare(field="f.category", op=Operator.EQ, value=word), st.sampled_from(_CATEGORIES)
    )
    leaf = st.one_of(levels, categories)
    return st.one_of(leaf, st.lists(leaf, min_size=2, max_size=3).map(lambda parts: All(of=tuple(parts))))


def _conditions(facts: Sequence[str]) -> st.SearchStrategy[Condition]:
    some = st.builds(lambda where: Some(over="finding", alias="f", where=where), _members())
    count = st.builds(
        lambda where, op, value: Count(over="finding", alias="f", where=where, op=op, value=value),
        _members(),
        st.sampled_from((Operator.GE, Operator.LT, Operator.EQ, Operator.NE)),
        st.integers(1, 2),
    )
    leaves = [some, count]
    if facts:
        read = st.builds(
            lambda name, value: Compare(field=f"fact.{name}", op=Operator.EQ, value=value),
            st.sampled_from(facts),
            st.booleans(),
        )
        leaves.append(read)
    joins = lambda inner: st.one_of(  # noqa: E731  # hypothesis asks for a function of one strategy
        inner.map(lambda part: Not(of=part)),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: All(of=tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Any(of=tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: AtLeast(n=2, of=tuple(parts))),
    )
    return st.recursive(st.one_of(leaves), joins, max_leaves=4)


def _rule(name: str, when: Condition, level: Level, derives: str | None) -> Rule:
    return Rule(
        id=name, check=DECISION, title="T", severity="low", rationale="R", falsepositives=("F",), owner="O",
        review_by=_DAY, when=when, level=level, derives=derives,
    )  # fmt: skip


@st.composite
def packs(draw: st.DrawFn) -> list[Rule]:
    """Up to four decision rules, two of which derive facts that the later ones may read."""
    rules = []
    for index, name in enumerate((*_DERIVED, None, None)):
        when = draw(_conditions(_DERIVED[:index]))
        rules.append(_rule(f"rule-{index}", when, draw(st.sampled_from(Level)), name))
    return rules


def _findings() -> st.SearchStrategy[Mapping[str, str]]:
    return st.builds(
        lambda level, word: {"level": str(level), "category": word},
        st.sampled_from(Level),
        st.sampled_from(_CATEGORIES),
    )


def _outcome(rules: Sequence[Rule], findings: Sequence[Mapping[str, str]]) -> Level:
    """The maximum of the findings' levels and of the rules that fire, derived facts in order."""
    facts: dict[str, object] = {"finding": findings, **{f"fact.{name}": False for name in _DERIVED}}
    level = max((Level(finding["level"]) for finding in findings), default=Level.NOTHING_FOUND)
    for rule in rules:
        if compile_condition(rule.when, _VOCABULARY).test(facts, _DAY):  # type: ignore[arg-type]
            level = max(level, rule.level)
            if rule.derives is not None:
                facts[f"fact.{rule.derives}"] = True
    return level


@given(packs(), st.lists(_findings(), max_size=3), _findings())
def test_an_accepted_pack_never_grows_milder_with_a_finding(
    rules: list[Rule], findings: list[Mapping[str, str]], further: Mapping[str, str]
) -> None:
    sources = [Source(rule, _DOCUMENT, ()) for rule in rules]
    refused = {fault.params["rule"] for fault in lint_strata(sources, {}) if fault.code == "rule.absence_lowers"}
    # A refused rule refuses the pack; the others are held to the promise without it.
    kept = [
        rule if rule.id not in refused else rule.model_copy(update={"level": Level.NOTHING_FOUND}) for rule in rules
    ]
    if any(
        fault.code == "rule.absence_lowers" for fault in lint_strata([Source(rule, _DOCUMENT, ()) for rule in kept], {})
    ):
        return
    assert _outcome(kept, [*findings, further]) >= _outcome(kept, findings)


def test_the_lint_refuses_something_and_allows_something() -> None:
    none = Not(of=Some(over="finding", alias="f", where=Compare(field="f.level", op=Operator.GE, value="escalate")))
    allowed = Source(_rule("a", none, Level.ESCALATE, None), _DOCUMENT, ())
    milder = Not(
        of=Some(over="finding", alias="f", where=Compare(field="f.level", op=Operator.GE, value="conditional"))
    )
    refused = Source(_rule("b", milder, Level.ESCALATE, None), _DOCUMENT, ())
    faults = list(lint_strata([allowed, refused], {}))
    assert [fault.params["rule"] for fault in faults] == ["b"]
    assert faults[0].at == Location("t.yaml", 1, 1, "when")
