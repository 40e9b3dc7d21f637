"""The committed workload: 50 decision rules, and candidates with up to six findings, from one seed."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any as Anything

from vetting_engine import canonical
from vetting_engine.model.candidate import Attestation, Candidate, PersonName, Post
from vetting_engine.model.condition import All, Any, Compare, Condition, Count, Not, Operator, Some
from vetting_engine.model.finding import CheckResult, CheckStatus, Finding, FindingStatus, Function, Gap, GapOwner
from vetting_engine.model.ruleset import Approval, Obligation, Rule, Ruleset
from vetting_engine.model.scales import Band, Level, Severity

__all__ = ["AS_OF", "candidates", "decision_ruleset", "plain_closures"]

AS_OF = date(2026, 1, 15)
_SEED = 20_260_115
#: The shape of condition that reads a score.
_SCORED = 4
_CHECKS = ("conflict", "content", "watchlist")
_CATEGORIES = ("hate", "incitement", "listing", "tie", "fraud", "threat")
_CODES = tuple(f"code-{index}" for index in range(8))
_KINDS = ("code_signed", "training_taken", "register_checked")
_LITERALS: Mapping[str, tuple[str, ...]] = {
    "check": _CHECKS,
    "category": _CATEGORIES,
    "code": _CODES,
    "status": tuple(status.value for status in FindingStatus),
}
_SCALES: Mapping[str, tuple[str, ...]] = {"severity": tuple(Severity), "band": tuple(Band), "level": tuple(Level)}
_COMPARE: Mapping[Operator, Callable[[Anything, Anything], bool]] = {
    Operator.EQ: operator.eq,
    Operator.NE: operator.ne,
    Operator.GE: operator.ge,
    Operator.LE: operator.le,
    Operator.LT: operator.lt,
}


def decision_ruleset() -> Ruleset:
    """Fifty rules: single findings, two findings joined, absence, counts, candidate fields, derived facts."""
    chance = Random(_SEED)
    digest = canonical.digest(b"decision workload")
    return Ruleset(
        id="decision-workload",
        version="1.0.0",
        title="Workload of the decisions benchmark",
        required_checks=_CHECKS,
        rules=tuple(_rule(chance, index) for index in range(50)),
        obligations={
            "code-of-conduct": Obligation(
                id="code-of-conduct", title="Sign the code", attestation="code_signed", rationale="Everybody does."
            )
        },
        approval=Approval(
            digest=digest,
            approvers=("Ilse Marrowby", "Dejen Farrokhal"),
            office="Sample office",
            valid_from=date(2026, 1, 1),
            valid_to=date(2026, 12, 31),
        ),
        digest=digest,
    )


def _rule(chance: Random, index: int) -> Rule:
    derives = f"concern-{index}" if index % 10 == 0 else None
    when = _condition(chance, index)
    weighs = derives is None and index % 7 < 5
    level = chance.choice((Level.CONDITIONAL, Level.NEEDS_REVIEW, Level.ESCALATE)) if weighs else Level.NOTHING_FOUND
    if weighs and index % 7 == _SCORED:
        # A score may be missing, and a milder rule that a further finding could settle is refused.
        level = max(level, Level.NEEDS_REVIEW)
    return Rule(
        id=f"rule-{index:02}",
        check="decision",
        title=f"Invented rule {index}",
        level=level,
        severity=Severity.MEDIUM,
        rationale="Measures only.",
        falsepositives=("none: it is invented",),
        owner="benchmarks",
        review_by=date(2027, 1, 1),
        functions=(Function.PROTECTION,) if index % 3 else (Function.LEGAL,),
        obligations=("code-of-conduct",) if index % 5 == 0 else (),
        derives=derives,
        when=when,
    )


def _condition(chance: Random, index: int) -> Condition:
    shape = index % 7
    if shape < 3:
        return Some(over="finding", alias="f", where=All(of=_member(chance, "f", 3)))
    if shape == 3:
        same = Compare(field="g.topic", op=Operator.EQ, other="f.topic")
        inner = Some(over="finding", alias="g", where=All(of=(same, *_member(chance, "g", 1))))
        return Some(over="finding", alias="f", where=All(of=(*_member(chance, "f", 1), inner)))
    if shape == _SCORED:
        scored = Compare(field="f.score", op=Operator.GE, value=chance.randrange(2_000, 9_000))
        return All(of=(Some(over="finding", alias="f", where=scored), _own(chance)))
    if shape == 5:
        return All(of=(_own(chance), Not(of=Some(over="finding", alias="f", where=All(of=_member(chance, "f", 2))))))
    fact = Compare(field=f"fact.concern-{index // 10 * 10}", op=Operator.EQ, value=True)
    several = Count(
        over="finding", alias="f", where=All(of=_member(chance, "f", 1)), op=Operator.GE, value=chance.randint(1, 3)
    )
    return All(of=(Any(of=(fact, several)), _own(chance))) if index % 10 else several


def _member(chance: Random, alias: str, count: int) -> tuple[Condition, ...]:
    leaves: list[Condition] = []
    for name in chance.sample((*_LITERALS, *_SCALES), count):
        if name in _SCALES:
            value, op = chance.choice(_SCALES[name]), chance.choice((Operator.GE, Operator.LE))
        else:
            value, op = chance.choice(_LITERALS[name]), chance.choice((Operator.EQ, Operator.NE))
        leaves.append(Compare(field=f"{alias}.{name}", op=op, value=str(value)))
    return tuple(leaves)


def _own(chance: Random) -> Condition:
    check = chance.choice(_CHECKS)
    return chance.choice(
        (
            Compare(field="posts", op=Operator.GE, value=chance.randrange(5)),
            Compare(field="consent.present", op=Operator.EQ, value=True),
            Compare(field="relations.declared", op=Operator.EQ, value=chance.random() < 0.5),
            Compare(field=f"check.{check}.status", op=Operator.EQ, value="done"),
            Compare(field=f"check.{check}.covered_share", op=Operator.LT, value=chance.randrange(10_000)),
        )
    )


def candidates(count: int) -> list[tuple[Candidate, tuple[CheckResult, ...]]]:
    """Candidates with what three checks said about them."""
    chance = Random(_SEED + 1)
    return [(_candidate(chance, index), _results(chance)) for index in range(count)]


def _candidate(chance: Random, index: int) -> Candidate:
    signed = tuple(
        Attestation(kind=kind, on=AS_OF - timedelta(days=chance.randrange(800)), checked_by="Sample office")
        for kind in _KINDS
        if chance.random() < 0.5
    )
    return Candidate(
        id=f"c-{index}",
        names=(PersonName(text="Tamsin Okvale"),),
        posts=tuple(Post(id=f"p-{number}", text="Market day.") for number in range(chance.randrange(5))),
        relations_declared=chance.random() < 0.7,
        attestations=signed,
        consent_ref="form-1" if chance.random() < 0.9 else None,
    )


def _results(chance: Random) -> tuple[CheckResult, ...]:
    findings = [_finding(chance, index) for index in range(chance.randrange(7))]
    return tuple(
        CheckResult(
            check=check,
            check_version="1",
            status=CheckStatus.DONE,
            findings=tuple(finding for finding in findings if finding.check == check),
            gaps=(Gap(code="media_unwatched", check=check, owner=GapOwner.OURS),) if chance.random() < 0.2 else (),
            counts={"posts": 4, "covered_posts": chance.randrange(5)} if check == "content" else {},
        )
        for check in _CHECKS
    )


def _finding(chance: Random, index: int) -> Finding:
    status = chance.choice((FindingStatus.HIT, FindingStatus.HIT, FindingStatus.NOTE))
    hit = status is FindingStatus.HIT
    return Finding(
        id=f"f-{index}",
        check=chance.choice(_CHECKS),
        rule=f"check-rule-{chance.randrange(6)}",
        rule_version="1",
        status=status,
        code=chance.choice(_CODES),
        category=chance.choice(_CATEGORIES),
        level=chance.choice(tuple(Level)) if hit else Level.NOTHING_FOUND,
        severity=chance.choice(tuple(Severity)),
        band=chance.choice(tuple(Band)),
        score=chance.randrange(10_000) if chance.random() < 0.6 else None,
        topic=f"topic-{chance.randrange(3)}",
        functions=(Function.PROTECTION,),
    )


def plain_closures(ruleset: Ruleset) -> Sequence[Callable[[Mapping[str, Anything]], bool]]:
    """The same conditions as somebody would write them by hand: two values, no trace, ordered names as ranks."""
    return [_close(rule.when, {}) for rule in ruleset.rules]


def _close(node: Condition, aliases: Mapping[str, int]) -> Callable[..., bool]:
    if isinstance(node, Compare):
        return _close_leaf(node)
    if isinstance(node, Not):
        part = _close(node.of, aliases)
        return lambda facts, *members: not part(facts, *members)
    if isinstance(node, All | Any):
        parts = tuple(_close(part, aliases) for part in node.of)
        if isinstance(node, All):
            return lambda facts, *members: all(part(facts, *members) for part in parts)
        return lambda facts, *members: any(part(facts, *members) for part in parts)
    assert isinstance(node, Some | Count)
    assert node.where is not None
    over, where = node.over, _close(node.where, aliases)
    if isinstance(node, Some):
        return lambda facts, *members: any(where(facts, *members, one) for one in facts[over])
    compare, wanted = _COMPARE[node.op], node.value
    return lambda facts, *members: compare(sum(where(facts, *members, one) for one in facts[over]), wanted)


def _close_leaf(node: Compare) -> Callable[..., bool]:
    alias, _, field = node.field.partition(".")
    compare = _COMPARE[node.op]
    if node.other is not None:
        return lambda _facts, outer, inner: bool(inner["topic"] == outer["topic"])
    wanted: Anything = node.value
    if alias not in {"f", "g"}:
        name = node.field
        return lambda facts, *_: facts.get(name) is not None and compare(facts[name], wanted)
    if field in _SCALES:
        ranks = {str(value): rank for rank, value in enumerate(_SCALES[field])}
        least = ranks[str(wanted)]
        return lambda _facts, *members: compare(ranks[members[-1][field]], least)
    return lambda _facts, *members: members[-1][field] is not None and compare(members[-1][field], wanted)
