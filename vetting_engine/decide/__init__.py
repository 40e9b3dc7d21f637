"""All findings together: the reference evaluator, durable-rules beside it, and the explanation.

``Decider(ruleset).decide(candidate, results, as_of)`` takes what the checks said and answers a decision that
both engines agree on. Where they differ, or one fails, the case is held as incomplete; where durable-rules is
not installed the reference evaluator decides and ``engines`` says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from vetting_engine._log import logger
from vetting_engine.conditions import Trace, compile_condition
from vetting_engine.decide import _conclude, _durable, _gaps
from vetting_engine.decide._columns import UnfitError
from vetting_engine.decide._strata import Entry, decision_entries
from vetting_engine.decide.reference import Account, Inference, infer, traces, whole_traces
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.condition import All, Compare, Operator, Some
from vetting_engine.model.decision import Decision, Disposition, EngineRun
from vetting_engine.model.decision_facts import decision_facts
from vetting_engine.model.facts import Facts, Vocabulary
from vetting_engine.model.finding import CheckResult, Finding, FindingStatus, Gap, LeafTrace
from vetting_engine.model.ruleset import DECISION, Rule, Ruleset
from vetting_engine.model.scales import Level

__all__ = ["Decided", "Decider", "Why"]

_log = logger("decide")

_ALONE = "reference_only"
_AGREED = "agreed"
_DISAGREED = "disagreed"
_FAILED = "failed"
#: Ids of the conditions that stand for the findings and gaps themselves; rule ids hold no colon.
_BASE_LEVELS = {f"level:{level.value}": level for level in Level if level > Level.NOTHING_FOUND}
_BASE_GAP = "gap:required"


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision and how it came about.

    ``decision.outcomes`` hold of every rule the leaf that decided. ``traces`` (rule → every leaf, as the
    reference evaluator saw it) and ``durable`` (rule → what durable-rules answered) are kept where the case is
    held because the engines differ; ``Decider.trace`` makes them of any other case.
    """

    decision: Decision
    engines: tuple[EngineRun, ...]
    traces: Mapping[str, tuple[LeafTrace, ...]] = field(default_factory=dict)
    durable: Mapping[str, bool | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Why:
    """Every decision rule's trace for one candidate; ``names`` says which finding, gap, check or attestation a list
    member such as ``finding[2]`` is.
    """

    traces: Mapping[str, Trace]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Case:
    """What both engines are asked about."""

    candidate: Candidate
    results: tuple[CheckResult, ...]  # silence named, findings that never weigh left out
    hits: tuple[Finding, ...]
    facts: Facts
    force: _conclude.Force


@dataclass(frozen=True, slots=True)
class _Answer:
    """One engine's inference and what follows from it."""

    inference: Inference
    level: Level
    disposition: Disposition
    gaps: tuple[Gap, ...] = field(default=())


class Decider:
    """The decision rules of one pack, compiled once for both engines.

    Picklable: another process compiles again. One instance serves several threads.

    Raises:
        RulesetError: at construction, with every fault of the decision rules.
    """

    def __init__(self, ruleset: Ruleset) -> None:
        self._ruleset = ruleset
        vocabulary, self._strata = decision_entries(ruleset)
        self._rules = {rule.id: rule for rule in ruleset.rules_of(DECISION)}
        self._check_rules = {(rule.check, rule.id): rule for rule in ruleset.rules}
        self._missing = _durable.missing()
        entries = [entry for stratum in self._strata for entry in stratum]
        self._durable = None if self._missing else _durable.DurableEngine([*entries, *_base_entries(vocabulary)])
        self._force: _conclude.Force | None = None

    def __reduce__(self) -> tuple[type[Decider], tuple[Ruleset]]:
        return (Decider, (self._ruleset,))

    def decide(self, candidate: Candidate, results: Sequence[CheckResult], as_of: date) -> Decided:
        """What all findings and gaps together mean for one candidate on a day."""
        case = self._case(candidate, results, as_of)
        inference, accounts = infer(self._strata, case.facts, as_of, case.force.active)
        reference = self._answer(case, inference)
        durable, engines = self._cross_check(case, reference)
        decision = self._decision(case, reference, accounts)
        if engines[1].agreed is not False:
            return Decided(decision, engines)
        reason = engines[1].reason
        _log.error("engines do not agree", reason=reason, ruleset=self._ruleset.id)
        traced = traces(self._strata, case.facts, as_of, case.force.active)
        values = durable.inference.values if durable is not None else {}
        return Decided(self._held(decision, durable, reason, as_of), engines, traced, values)

    def trace(
        self, candidate: Candidate, results: Sequence[CheckResult], as_of: date
    ) -> Mapping[str, tuple[LeafTrace, ...]]:
        """Every leaf of every decision rule for one candidate, by rule."""
        case = self._case(candidate, results, as_of)
        return traces(self._strata, case.facts, as_of, case.force.active)

    def why(self, candidate: Candidate, results: Sequence[CheckResult], as_of: date) -> Why:
        """The trace of every decision rule for one candidate, and what the members of its lists are called."""
        case = self._case(candidate, results, as_of)
        return Why(whole_traces(self._strata, case.facts, as_of, case.force.active), _member_names(case))

    def _case(self, candidate: Candidate, results: Sequence[CheckResult], as_of: date) -> _Case:
        force, required = self._force, self._ruleset.required_checks
        if force is None or force.as_of != as_of:
            self._force = force = _conclude.Force.on(self._ruleset, as_of)
        heeded = force.heeded(_gaps.with_silence_named(results, required))
        facts = decision_facts(candidate, heeded, as_of, required)
        return _Case(candidate, heeded, tuple(_conclude.hits(heeded)), facts, force)

    def _answer(self, case: _Case, inference: Inference) -> _Answer:
        """The reference evaluator's: findings and gaps are weighed as the nouns they are."""
        levels = [finding.level for finding in case.hits]
        named = [gap for result in case.results for gap in result.gaps]
        return self._concluded(case, inference, levels, named)

    def _concluded(
        self, case: _Case, inference: Inference, levels: Iterable[Level], gaps: Iterable[Gap], *, has_gap: bool = False
    ) -> _Answer:
        fired = [rule.level for rule in case.force.weighing if inference.values[rule.id]]
        level = max([Level.NOTHING_FOUND, *levels, *fired], key=_conclude.RANKS.__getitem__)
        every = (*gaps, *_gaps.unknown_rules(inference.values, case.force.weighing))
        has_gap = has_gap or any(_gaps.is_required(gap, self._ruleset.required_checks) for gap in every)
        return _Answer(inference, level, _conclude.disposition_of(level, has_gap=has_gap), every)

    def _cross_check(self, case: _Case, reference: _Answer) -> tuple[_Answer | None, tuple[EngineRun, EngineRun]]:
        as_of, told = case.force.as_of, reference.inference
        if self._durable is None:
            return None, _runs(ran=False, agreed=None, reason=self._missing or _ALONE)
        try:
            inferred = self._durable.infer(case.facts, as_of, told, case.force.active)
        except UnfitError as unfit:
            return None, _runs(ran=False, agreed=None, reason=str(unfit))
        except _durable.EngineFailedError as failure:
            return None, _runs(ran=True, agreed=False, reason=f"{_FAILED}: {failure}")
        levels = [level for name, level in _BASE_LEVELS.items() if inferred.values[name]]
        has_gap = inferred.values[_BASE_GAP] is True
        durable = self._concluded(case, inferred, levels, (), has_gap=has_gap)
        agreed = (
            all(inferred.values[name] is value for name, value in told.values.items())
            and inferred.derived == told.derived
            and (durable.level, durable.disposition) == (reference.level, reference.disposition)
        )
        return durable, _runs(ran=True, agreed=agreed, reason=self._reason() if agreed else _DISAGREED)

    def _reason(self) -> str:
        """Agreed; and for which rules durable-rules was not asked."""
        abstains = self._durable.abstains if self._durable is not None else {}
        told = ", ".join(f"{name} ({why})" for name, why in sorted(abstains.items()))
        return f"{_AGREED}; abstained: {told}" if told else _AGREED

    def _decision(self, case: _Case, answer: _Answer, accounts: Mapping[str, Account]) -> Decision:
        ruleset, as_of, inference = self._ruleset, case.force.as_of, answer.inference
        fired = [rule for rule in case.force.weighing if inference.values[rule.id]]
        behind = [*fired, *self._rules_behind(case.hits)]
        names = _member_names(case)
        facts = {name: tuple(names.get(one, one) for one in account.witnesses) for name, account in accounts.items()}
        return Decision(
            disposition=answer.disposition,
            level=answer.level,
            reasons=_conclude.reasons_of(case.hits, fired, facts),
            gaps=_gaps.dated(answer.gaps, as_of, ruleset.gap_due_days),
            obligations=_conclude.due_obligations(ruleset, behind, case.candidate.attestations, as_of),
            functions=_conclude.functions_of(case.hits, fired),
            derived=tuple(sorted(name for name, value in inference.derived.items() if value)),
            outcomes=tuple(
                _conclude.outcome(
                    rule,
                    inference.values[rule.id],
                    accounts[rule.id].deciding,
                    facts[rule.id],
                    active=rule.id in case.force.active,
                )
                for rule in self._rules.values()
            ),
            dry_run=not _conclude.approved(ruleset, as_of),
        )

    def _rules_behind(self, hits: Sequence[Finding]) -> list[Rule]:
        """The check rules whose findings weigh, each once."""
        keys = dict.fromkeys((finding.check, finding.rule) for finding in hits)
        return [self._check_rules[key] for key in keys if key in self._check_rules]

    def _held(self, decision: Decision, durable: _Answer | None, reason: str, as_of: date) -> Decision:
        """Held as incomplete, with the graver of the two levels, until somebody has looked."""
        code = "decide.engine_failed" if durable is None else "decide.engines_disagree"
        gap = _gaps.decision_gap(code, reason=reason)
        update = {
            "disposition": Disposition.INCOMPLETE,
            "held": True,
            "level": max(decision.level, durable.level) if durable is not None else decision.level,
            "gaps": (*decision.gaps, *_gaps.dated([gap], as_of, self._ruleset.gap_due_days)),
        }
        return decision.model_copy(update=update)


def _runs(*, ran: bool, agreed: bool | None, reason: str) -> tuple[EngineRun, EngineRun]:
    return (
        EngineRun(engine="reference", ran=True, agreed=agreed),
        EngineRun(engine="durable", ran=ran, agreed=agreed, reason=reason),
    )


def _base_entries(vocabulary: Vocabulary) -> list[Entry]:
    """Every weighing finding contributes its own level, and a required gap leaves a case incomplete: as rules."""
    found = []
    for name, level in _BASE_LEVELS.items():
        is_hit = Compare(field="f.status", op=Operator.EQ, value=FindingStatus.HIT.value)
        at_level = Compare(field="f.level", op=Operator.EQ, value=level.value)
        some = Some(over="finding", alias="f", where=All(of=(is_hit, at_level)))
        found.append(Entry(name, compile_condition(some, vocabulary)))
    required = Compare(field="g.required", op=Operator.EQ, value=True)
    found.append(Entry(_BASE_GAP, compile_condition(Some(over="gap", alias="g", where=required), vocabulary)))
    return found


def _member_names(case: _Case) -> dict[str, str]:
    """Members of the fact lists as people know them: findings by id, gaps and attestations by what they are."""
    findings = [finding.id for result in case.results for finding in result.findings]
    gaps = [f"gap:{gap.check}:{gap.code}" for result in case.results for gap in result.gaps]
    names = {f"finding[{index}]": name for index, name in enumerate(findings)}
    names |= {f"gap[{index}]": name for index, name in enumerate(gaps)}
    names |= {f"check[{index}]": f"check:{result.check}" for index, result in enumerate(case.results)}
    return names | {
        f"attestation[{index}]": f"attestation:{one.kind}" for index, one in enumerate(case.candidate.attestations)
    }
