"""Gaps as the decision sees them: those the checks named, and those nobody named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from vetting_engine.model.finding import CheckResult, CheckStatus, FindingStatus, Gap, GapOwner, RuleStatus
from vetting_engine.model.ruleset import DECISION, Rule
from vetting_engine.model.scales import Level

__all__ = ["dated", "decision_gap", "is_required", "unknown_rules", "with_silence_named"]


def with_silence_named(results: Sequence[CheckResult], required_checks: Sequence[str]) -> tuple[CheckResult, ...]:
    """The results, where silence would pass for innocence with a gap of ours added.

    That is: a required check without a result; a result that is not done, or holds an unknown finding, and names
    no gap; a rule that failed.
    """
    named = [_named(result) for result in results]
    seen = {result.check for result in results}
    missing = [
        CheckResult(
            check=check, check_version="", status=CheckStatus.UNKNOWN, gaps=(_ours("decide.check_missing", check),)
        )
        for check in required_checks
        if check not in seen
    ]
    return (*named, *missing)


def _named(result: CheckResult) -> CheckResult:
    unknown = any(finding.status is FindingStatus.UNKNOWN for finding in result.findings)
    gaps = list(result.gaps)
    if not gaps and (unknown or result.status is not CheckStatus.DONE):
        gaps.append(_ours("decide.check_unexplained", result.check))
    failed = sorted({outcome.rule for outcome in result.outcomes if outcome.status is RuleStatus.ERROR})
    gaps.extend(_ours("decide.rule_failed", result.check, rule=rule) for rule in failed)
    return result if len(gaps) == len(result.gaps) else result.model_copy(update={"gaps": tuple(gaps)})


def unknown_rules(values: Mapping[str, bool | None], weighing: Iterable[Rule]) -> tuple[Gap, ...]:
    """A gap for each rule that could have raised the level and could not be answered."""
    return tuple(
        decision_gap("decide.rule_unknown", rule=rule.id)
        for rule in weighing
        if values[rule.id] is None and rule.level is not Level.NOTHING_FOUND
    )


def decision_gap(code: str, **params: str) -> Gap:
    """A gap of ours in the decision itself; it always counts as required."""
    return _ours(code, DECISION, **params)


def is_required(gap: Gap, required_checks: Sequence[str]) -> bool:
    """Whether a gap makes a case incomplete."""
    return gap.check == DECISION or gap.check in required_checks


def dated(gaps: Iterable[Gap], as_of: date, due_days: int) -> tuple[Gap, ...]:
    """The gaps, each once, with a day by which it is to be closed."""
    due = as_of + timedelta(days=due_days)
    found: list[Gap] = []
    for gap in gaps:
        one = gap if gap.due is not None else gap.model_copy(update={"due": due})
        if one not in found:
            found.append(one)
    return tuple(found)


def _ours(code: str, check: str, **params: str) -> Gap:
    return Gap(code=code, check=check, owner=GapOwner.OURS, params=params)
