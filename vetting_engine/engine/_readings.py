"""Gaps closed by people, as the engine heeds them: findings they made, and gaps that two of them closed alike.

A reading adds findings and takes gaps away, never a finding: nothing that rules found becomes milder. What a person
found weighs as the strictest rule of its category would; where the two readers differ in an item, somebody must look,
and the gap stays open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from vetting_engine.engine._sample import Drawn, about_of, draw
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.evidence import Evidence, FigureEvidence, SpanEvidence
from vetting_engine.model.finding import CheckResult, CheckStatus, Finding, FindingStatus, Function
from vetting_engine.model.reading import GapReading, ReadItem
from vetting_engine.model.ruleset import Rule, Ruleset
from vetting_engine.model.scales import Band, Level
from vetting_engine.protocols import KeyRing

__all__ = ["ASSURED", "WeighedReading", "category_rule", "heeded", "holding"]

#: How the identity of a reader must be assured; a typed name never counts (promise 7).
ASSURED: Final = frozenset({"host", "own_key"})
#: Characters of a text that stand in the evidence; the record holds the whole text.
_EVIDENCE_CHARS = 1_200
_TERM, _TERM_KIND, _VIEW = "read-by-people", "reading", "read"
_TOPICS = {"bio": "account"}

#: A reading that holds, with the items it is about.
WeighedReading = tuple[GapReading, tuple[ReadItem, ...]]


def holding(
    candidate: Candidate, readings: Iterable[GapReading], key_ring: KeyRing | None
) -> tuple[WeighedReading, ...]:
    """The readings that hold: of the very sample drawn from this input, by two people whose identity is assured.

    Any other leaves its gap open. Without a key ring nothing can be drawn, so none holds.
    """
    if key_ring is None:
        return ()
    found = []
    for reading in readings:
        drawn = draw(candidate, reading.check, reading.about, key_ring)
        if _same(drawn, reading) and _two_people(reading):
            found.append((reading, drawn.items))
    return tuple(sorted(found, key=lambda pair: (pair[0].check, pair[0].about)))


def _same(drawn: Drawn, reading: GapReading) -> bool:
    return (drawn.sampled, drawn.population) == (reading.sample, reading.population)


def _two_people(reading: GapReading) -> bool:
    first, second = reading.readings
    return first.reader != second.reader and {first.assurance, second.assurance} <= ASSURED


def heeded(
    results: Sequence[CheckResult], readings: Sequence[WeighedReading], ruleset: Ruleset, as_of: date
) -> tuple[CheckResult, ...]:
    """The results with what people read: their findings, and without the gaps they closed."""
    if not readings:
        return tuple(results)
    return tuple(_heeded(result, readings, ruleset, as_of) for result in results)


def _heeded(result: CheckResult, readings: Sequence[WeighedReading], ruleset: Ruleset, as_of: date) -> CheckResult:
    own = {reading.about: (reading, items) for reading, items in readings if reading.check == result.check}
    # A reading whose gap is not there (any more) says nothing about a gap, but what was found was found.
    if not own:
        return result
    found = [finding for reading, items in own.values() for finding in _findings(reading, items, ruleset, as_of)]
    closed = {about for about, (reading, _) in own.items() if not reading.disputed}
    gaps = tuple(gap for gap in result.gaps if about_of(gap) not in closed)
    read = {item.source_id for reading, _ in own.values() for item in reading.sample}
    return result.model_copy(
        update={
            "findings": (*result.findings, *found),
            "gaps": gaps,
            "status": _status(result, gaps),
            "counts": {**result.counts, "read_by_people": len(read)},
        }
    )


def _status(result: CheckResult, gaps: Sequence[object]) -> CheckStatus:
    """Done where no gap is left; partial instead of unknown where none is left that reading could close."""
    if len(gaps) == len(result.gaps):
        return result.status
    if not gaps:
        return CheckStatus.DONE
    left = any(about_of(gap) is not None for gap in gaps)  # type: ignore[arg-type]  # they are gaps of the result
    return result.status if left else CheckStatus.PARTIAL


def category_rule(ruleset: Ruleset, check: str, category: str, as_of: date) -> Rule | None:
    """The strictest rule in force of a category: what a person found weighs as it would; None where there is none."""
    rules = [rule for rule in ruleset.rules_of(check) if rule.category == category and rule.in_force(as_of)]
    return max(rules, key=lambda rule: rule.strictness, default=None)


def _findings(reading: GapReading, items: Sequence[ReadItem], ruleset: Ruleset, as_of: date) -> Iterator[Finding]:
    disputed = frozenset(reading.disputed)
    for sampled, item in zip(reading.sample, items, strict=True):
        categories = sorted({name for one in reading.readings for name in one.categories(sampled.item)})
        for category in categories:
            rule = category_rule(ruleset, reading.check, category, as_of)
            if rule is not None:
                yield _finding(reading, item, category, rule, disputed=sampled.item in disputed)


def _finding(reading: GapReading, item: ReadItem, category: str, rule: Rule, *, disputed: bool) -> Finding:
    """A disclosure by somebody in distress goes to protection, confidentially, and never weighs: also if only one
    reader saw it. Anything else that only one saw is looked at by somebody, whatever its category.
    """
    support = rule.status_on_hit == "support"
    status = FindingStatus(rule.status_on_hit)
    level = rule.level if status is FindingStatus.HIT else Level.NOTHING_FOUND
    if disputed and status is not FindingStatus.SUPPORT:
        status, level = FindingStatus.HIT, max(level, Level.NEEDS_REVIEW)
    return Finding(
        id=f"{reading.check}:read:{reading.about}:{item.where}:{item.source_id}:{category}",
        check=reading.check,
        rule=rule.id,
        rule_version=rule.version,
        status=status,
        code="review.readers_differ" if disputed else "review.found_by_readers",
        params={"category": category, "about": reading.about, "where": item.where},
        category=category,
        level=level,
        severity=rule.severity,
        band=Band.POSSIBLE if disputed else Band.VERY_STRONG,
        topic=f"{_TOPICS.get(item.where, 'post')}:{item.source_id}",
        functions=rule.functions or (Function.PROTECTION,),
        confidential=support,
        evidence=(_evidence(item),),
    )


def _evidence(item: ReadItem) -> Evidence:
    if not item.text:
        return FigureEvidence(name=item.media, value=item.source_id)
    text = item.text[:_EVIDENCE_CHARS]
    return SpanEvidence(
        where=item.where, source_id=item.source_id, start=0, end=len(text), excerpt=text, term=_TERM,
        term_kind=_TERM_KIND, view=_VIEW, context=text,
    )  # fmt: skip
