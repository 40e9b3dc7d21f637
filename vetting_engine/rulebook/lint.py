"""What is wrong with rules that can be read: references, levels, dates, absence, cycles, missing examples.

Errors refuse the pack. Warnings are for authors and reviewers: a pack that ships has none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from vetting_engine.errors import Fault, Location, Param
from vetting_engine.model.facts import Vocabulary
from vetting_engine.model.ruleset import DECISION, ExampleKind, Obligation, Rule
from vetting_engine.model.scales import Level
from vetting_engine.rulebook._near import nearest
from vetting_engine.rulebook._reading import Source
from vetting_engine.rulebook._strata import lint_strata

__all__ = ["LintContext", "lint_rules"]


@dataclass(frozen=True, slots=True)
class LintContext:
    """What rules are held against. Without ``as_of`` nothing is expired; ``known`` are the vocabularies by check,
    ``modifiers`` what may lower a hit of its rules, for the checks that say so.
    """

    obligations: Mapping[str, Obligation]
    known: Mapping[str, Vocabulary]
    as_of: date | None = None
    modifiers: Mapping[str, Iterable[str]] = field(default_factory=dict)


_Lint = Callable[[Source, LintContext], Iterator[Fault]]


def lint_rules(sources: Sequence[Source], context: LintContext) -> Iterator[Fault]:
    """Every fault of the rules, each in its line."""
    for source in sources:
        for lint in _LINTS:
            yield from lint(source, context)
    yield from _duplicates(sources)
    yield from lint_strata(sources, context.known)


def _fault(code: str, at: Location, **params: Param) -> Fault:
    return Fault(code, at, params)


def _warning(code: str, at: Location, **params: Param) -> Fault:
    return Fault(code, at, params, "warning")


def _texts(source: Source, _: LintContext) -> Iterator[Fault]:
    rule = source.rule
    for name in ("title", "rationale", "owner"):
        if not getattr(rule, name).strip():
            yield _fault("value.empty", source.at(name), key=name)
    if not any(text.strip() for text in rule.falsepositives):
        yield _fault("rule.no_falsepositives", source.at("falsepositives"), rule=rule.id)


def _examples(source: Source, _: LintContext) -> Iterator[Fault]:
    kinds = {example.kind for example in source.rule.examples}
    for kind in (ExampleKind.HIT, ExampleKind.NO_HIT):
        if kind not in kinds:
            yield _warning("rule.no_example", source.at("examples"), rule=source.rule.id, kind=kind)


def _dates(source: Source, context: LintContext) -> Iterator[Fault]:
    rule, day = source.rule, context.as_of
    if rule.valid_from and rule.valid_to and rule.valid_from > rule.valid_to:
        yield _fault("rule.dates", source.at("valid_to"), rule=rule.id)
    if day is None:
        return
    if rule.valid_to is not None and rule.valid_to < day:
        yield _warning("rule.expired", source.at("valid_to"), rule=rule.id, day=rule.valid_to.isoformat())
    if rule.review_by < day:
        yield _warning("rule.review_due", source.at("review_by"), rule=rule.id, day=rule.review_by.isoformat())


def _level(source: Source, _: LintContext) -> Iterator[Fault]:
    rule = source.rule
    weightless = rule.status_on_hit != "hit"
    if weightless and rule.level is not Level.NOTHING_FOUND:
        yield _fault("rule.weightless_level", source.at("level"), rule=rule.id, status=rule.status_on_hit)
    if rule.check != DECISION and not weightless and rule.level is Level.NOTHING_FOUND:
        yield _warning("rule.hit_without_level", source.at("level"), rule=rule.id)
    if rule.check == DECISION and _adds_nothing(rule):
        yield _warning("rule.adds_nothing", source.at(), rule=rule.id)


def _adds_nothing(rule: Rule) -> bool:
    return rule.level is Level.NOTHING_FOUND and not (rule.obligations or rule.functions or rule.derives)


def _modifiers(source: Source, context: LintContext) -> Iterator[Fault]:
    rule = source.rule
    if rule.check == DECISION and rule.modifiers:
        yield _fault("rule.decision_lowers", source.at("modifiers"), rule=rule.id)
        return
    known = context.modifiers.get(rule.check)
    for name, level in rule.modifiers.items():
        if known is not None and name not in known:
            near = nearest(name, known) if known else "-"
            yield _fault("rule.modifier_unknown", source.at("modifiers", name), rule=rule.id, modifier=name, near=near)
        # One that keeps the level is recorded and shown; only a rise is refused.
        if level > rule.level:
            at = source.at("modifiers", name)
            yield _fault("rule.modifier_raises", at, rule=rule.id, modifier=name, level=level, own=rule.level)


def _obligations(source: Source, context: LintContext) -> Iterator[Fault]:
    for index, name in enumerate(source.rule.obligations):
        if name not in context.obligations:
            near = nearest(name, context.obligations)
            yield _fault("rule.unknown_obligation", source.at("obligations", index), obligation=name, near=near)


_LINTS: tuple[_Lint, ...] = (_texts, _examples, _dates, _level, _modifiers, _obligations)


def _duplicates(sources: Sequence[Source]) -> Iterator[Fault]:
    ids: dict[str, Source] = {}
    conditions: dict[tuple[str, str], Source] = {}
    for source in sorted(sources, key=lambda one: (one.rule.file, one.rule.line)):
        rule = source.rule
        first = ids.setdefault(rule.id, source)
        if first is not source:
            place = f"{first.rule.file}:{first.rule.line}"
            yield _fault("rule.duplicate_id", source.at("id"), rule=rule.id, first=place)
            continue
        same = conditions.setdefault((rule.check, rule.when.model_dump_json()), source)
        if same is not source:
            yield _warning("rule.same_condition", source.at("when"), rule=rule.id, other=same.rule.id)
