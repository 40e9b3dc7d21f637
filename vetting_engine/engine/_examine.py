"""The pure middle of the loop: candidates in, check results and a decision out. No clock, key or disk.

It holds everything a worker process needs and nothing it must not have (keys stay with the parent).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from vetting_engine._log import logger
from vetting_engine.decide import Decided, Decider
from vetting_engine.engine._readings import WeighedReading, heeded
from vetting_engine.errors import EngineError, Fault
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.finding import CheckResult, CheckStatus, Gap, GapOwner
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.protocols import Check, Examiner, Resources
from vetting_engine.registry import discover

__all__ = ["NO_READINGS", "Examination", "Examined", "person_checks"]

#: Nobody has read anything.
NO_READINGS: Mapping[str, Sequence[WeighedReading]] = MappingProxyType({})

_log = logger("engine")


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found and decided about one candidate, before it is recorded."""

    results: tuple[CheckResult, ...]
    decided: Decided


def person_checks() -> tuple[Check, ...]:
    """The checks about one person, in order of name; cohort checks have ``measure`` instead of ``prepare``."""
    return tuple(check for check in discover("vetting_engine.checks").values() if hasattr(check, "prepare"))


class Examination:
    """A ruleset and its resources, prepared once."""

    def __init__(self, ruleset: Ruleset, resources: Resources) -> None:
        checks = person_checks()
        missing = sorted(set(ruleset.required_checks) - {check.name for check in checks})
        if missing:
            raise EngineError(Fault("engine.check_missing", params={"checks": ", ".join(missing)}))
        self._ruleset = ruleset
        self._prepared: tuple[tuple[Check, Examiner], ...] = tuple(
            (check, check.prepare(ruleset, resources)) for check in checks
        )
        self._decider = Decider(ruleset)

    def examine(
        self,
        candidates: Sequence[Candidate],
        as_of: date,
        readings: Mapping[str, Sequence[WeighedReading]] = NO_READINGS,
    ) -> list[Examined]:
        """Every check over every candidate, what people read to close gaps (by candidate id), then the decision of
        each, in the order given.
        """
        columns = [self._results(check, examiner, candidates, as_of) for check, examiner in self._prepared]
        rows = [
            heeded(results, readings.get(candidate.id, ()), self._ruleset, as_of)
            for candidate, results in zip(candidates, zip(*columns, strict=True), strict=True)
        ]
        return [
            Examined(results, self._decider.decide(candidate, results, as_of))
            for candidate, results in zip(candidates, rows, strict=True)
        ]

    def _results(
        self, check: Check, examiner: Examiner, candidates: Sequence[Candidate], as_of: date
    ) -> Sequence[CheckResult]:
        """One result per candidate; a check that raises is a gap for that candidate, not the end of the batch."""
        try:
            return examiner.examine_many(candidates, as_of)
        except Exception as error:  # noqa: BLE001  # DESIGN 2.2: what raised is unknown, and shows
            if len(candidates) > 1:
                return [self._results(check, examiner, [candidate], as_of)[0] for candidate in candidates]
            _log.error("check raised", check=check.name, error=type(error).__name__)
            return [self._raised(check, error, as_of)]

    def _raised(self, check: Check, error: Exception, as_of: date) -> CheckResult:
        gap = Gap(
            code="engine.check_raised",
            check=check.name,
            owner=GapOwner.OURS,
            params={"error": type(error).__name__},
            due=as_of + timedelta(days=self._ruleset.gap_due_days),
        )
        return CheckResult(check=check.name, check_version=check.version, status=CheckStatus.UNKNOWN, gaps=(gap,))
