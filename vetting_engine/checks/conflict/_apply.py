"""Applies the pack's conflict rules to a candidate's paths: findings, outcomes, and gaps where a rule is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from vetting_engine.checks.conflict._facts import is_current
from vetting_engine.checks.conflict._ties import Path
from vetting_engine.conditions import Compiled
from vetting_engine.model.evidence import RelationEvidence, RelationStep
from vetting_engine.model.facts import Facts
from vetting_engine.model.finding import Finding, FindingStatus, Gap, GapOwner, LeafTrace, RuleOutcome, RuleStatus
from vetting_engine.model.ruleset import Rule, RuleState
from vetting_engine.model.scales import Level

__all__ = ["Applied", "CompiledRule", "FoundPath"]

#: Why a rule over paths did not fire where there is no path at all.
_NO_PATH: Final = LeafTrace(
    path="", field="path", op="present", expected="a tie to a register entry", actual=None, result="false"
)
#: Fields only the candidate can fill in; what else is unknown is ours to find out.
_THEIRS: Final = frozenset({"path.role"})


@dataclass(frozen=True, slots=True)
class FoundPath:
    """A path with its facts and how it is shown."""

    path: Path
    facts: Facts
    evidence: RelationEvidence

    @classmethod
    def of(cls, path: Path, facts: Facts, own_name: str, as_of: date) -> FoundPath:
        """Put a path into words and evidence."""
        return cls(path, facts, _evidence(path, own_name, as_of))


@dataclass(frozen=True, slots=True)
class Applied:
    """What one rule says about one candidate."""

    outcome: RuleOutcome
    findings: tuple[Finding, ...] = ()
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule of the pack with its condition compiled."""

    rule: Rule
    condition: Compiled

    def apply(self, paths: Sequence[FoundPath], as_of: date, due: date) -> Applied:
        """Every path on which the rule is true is a finding; where it is unknown, a gap due on ``due``."""
        rule = self.rule
        if not rule.in_days(as_of):
            return Applied(self._outcome(RuleStatus.NOT_IN_FORCE))
        answers = [(found, self.condition.test(found.facts, as_of)) for found in paths]
        hits = tuple(found for found, answer in answers if answer)
        findings = tuple(_finding(rule, found) for found in hits)
        if rule.status is RuleState.EXPERIMENTAL:
            return Applied(self._outcome(RuleStatus.NOT_IN_FORCE, times=len(hits)), findings)
        unknown = tuple(found for found, answer in answers if answer is None)
        gaps = tuple(self._gap(found, as_of, due) for found in unknown)
        if hits:
            return Applied(self._outcome(RuleStatus.FIRED, times=len(hits)), findings, gaps)
        status = RuleStatus.UNKNOWN if unknown else RuleStatus.NOT_FIRED
        return Applied(self._outcome(status, deciding=self._nearest(unknown or paths, as_of)), gaps=gaps)

    def _outcome(self, status: RuleStatus, *, times: int = 0, deciding: LeafTrace | None = None) -> RuleOutcome:
        rule = self.rule
        return RuleOutcome(
            rule=rule.id, rule_version=rule.version, check=rule.check, status=status, times=times, deciding=deciding
        )

    def _nearest(self, paths: Sequence[FoundPath], as_of: date) -> LeafTrace | None:
        """The leaf that decided on the path which fulfilled most of the condition; of equals, the first path."""
        if not paths:
            return _NO_PATH
        # Paths that read alike are traced once: a large family has many.
        distinct = {tuple(found.facts.values()): found.facts for found in reversed(paths)}
        traces = [self.condition.trace(facts, as_of) for facts in reversed(distinct.values())]
        return max(traces, key=lambda trace: sum(leaf.result == "true" for leaf in trace.leaves)).deciding

    def _gap(self, found: FoundPath, as_of: date, due: date) -> Gap:
        deciding = self.condition.trace(found.facts, as_of).deciding
        field = deciding.field if deciding else ""
        return Gap(
            code="conflict.rule_unknown",
            check=self.rule.check,
            owner=GapOwner.CANDIDATE if field in _THEIRS else GapOwner.OURS,
            params={"rule": self.rule.id, "relation": found.path.topic, "field": field},
            functions=self.rule.functions,
            due=due,
        )


def _finding(rule: Rule, found: FoundPath) -> Finding:
    path = found.path
    status = FindingStatus.NOTE if rule.status is RuleState.EXPERIMENTAL else FindingStatus(rule.status_on_hit)
    ties = "+".join(tie.id for tie in path.ties) or path.topic
    return Finding(
        id=f"conflict:{rule.id}:{ties}:{path.register.register_id}:{path.entry.id}",
        check=rule.check,
        rule=rule.id,
        rule_version=rule.version,
        status=status,
        code="conflict.tie",
        params={
            "relation": path.relation,
            "first_relation": path.first_relation,
            "register": path.register.kind.value,
            "steps": path.steps,
            "matched_by": path.matched_by,
        },
        category=rule.category,
        level=rule.level if status is FindingStatus.HIT else Level.NOTHING_FOUND,
        severity=rule.severity,
        band=path.band,
        topic=f"relation:{path.topic}",
        functions=rule.functions,
        confidential=status is FindingStatus.SUPPORT,
        evidence=(found.evidence,),
    )


def _evidence(path: Path, own_name: str, as_of: date) -> RelationEvidence:
    reached = path.entry.names[0]
    names = [own_name, reached] if path.steps == 1 else [own_name, path.between, reached]
    steps = [
        RelationStep(
            from_name=names[at],
            relation=tie.kind.value,
            to_name=names[at + 1],
            source=tie.source,
            current=is_current(tie, as_of),
            backward=path.backward[at],
        )
        for at, tie in enumerate(path.ties)
    ] or [RelationStep(from_name=own_name, relation=path.relation, to_name=reached)]
    steps[-1] = steps[-1].model_copy(update={"to_id": path.entry.id})
    return RelationEvidence(
        path=tuple(steps),
        register_id=path.register.register_id,
        register_digest=path.register.digest,
        entry_id=path.entry.id,
        matched_by=path.matched_by,
        parts=path.parts,
    )
