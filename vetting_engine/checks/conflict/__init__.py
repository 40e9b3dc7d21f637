"""Conflict of interest: declared and known ties of a candidate, held against the office's registers.

Ties are those the candidate declared and those register entries carry themselves. A path of one or two ties to
staff, a partner or a restricted party is shown to the pack's rules; this check decides nothing of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType

from pydantic import BaseModel

from vetting_engine.checks.conflict._apply import CompiledRule, FoundPath
from vetting_engine.checks.conflict._facts import VOCABULARY, example_facts, path_facts
from vetting_engine.checks.conflict._gaps import declaration_gaps, register_gaps
from vetting_engine.checks.conflict._settings import ConflictSettings
from vetting_engine.checks.conflict._ties import Ties
from vetting_engine.conditions.of_rules import compile_rules
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.facts import Facts, Vocabulary
from vetting_engine.model.finding import CheckResult, CheckStatus, Gap
from vetting_engine.model.ruleset import Example, Rule, Ruleset
from vetting_engine.model.watchlist import Register
from vetting_engine.protocols import Resources

__all__ = ["PLUGIN", "ConflictCheck", "ConflictExaminer", "ConflictSettings"]

_NAME = "conflict"


class ConflictExaminer:
    """The check prepared for one ruleset and one set of registers."""

    def __init__(self, ruleset: Ruleset, settings: ConflictSettings, registers: Sequence[Register]) -> None:
        self._settings = settings
        self._registers = tuple(registers)
        self._due_days = ruleset.gap_due_days
        self._rules = tuple(CompiledRule(*one) for one in compile_rules(ruleset.rules_of(_NAME), VOCABULARY))
        self._ties = Ties(registers, settings)

    def examine_many(self, candidates: Sequence[Candidate], as_of: date) -> tuple[CheckResult, ...]:
        """One result per candidate, in order."""
        due = as_of + timedelta(days=self._due_days)
        ours = register_gaps(self._registers, self._settings, as_of, due)
        recent_from = _months_before(as_of, self._settings.lapsed_months)
        self._ties.learn(candidates)
        return tuple(self._examine(candidate, as_of, recent_from, due, ours) for candidate in candidates)

    def _examine(
        self, candidate: Candidate, as_of: date, recent_from: date, due: date, ours: tuple[Gap, ...]
    ) -> CheckResult:
        own_name = candidate.names[0].text if candidate.names else candidate.id
        paths = [
            FoundPath.of(path, path_facts(path, as_of, recent_from), own_name, as_of)
            for path in self._ties.paths(candidate)
        ]
        applied = [rule.apply(paths, as_of, due) for rule in self._rules]
        gaps = (*ours, *declaration_gaps(candidate, due), *(gap for each in applied for gap in each.gaps))
        comparable = self._registers and (candidate.names or candidate.relations)
        status = CheckStatus.DONE if not gaps else CheckStatus.PARTIAL if comparable else CheckStatus.UNKNOWN
        return CheckResult(
            check=_NAME,
            check_version=PLUGIN.version,
            status=status,
            findings=tuple(finding for each in applied for finding in each.findings),
            gaps=gaps,
            outcomes=tuple(each.outcome for each in applied),
            counts={
                "relations": len(candidate.relations),
                "paths": len(paths),
                "registers": len(self._registers),
                "entries": sum(len(register.entries) for register in self._registers),
            },
        )


class ConflictCheck:
    """The plugin."""

    name = _NAME
    version = "1"
    settings: type[BaseModel] = ConflictSettings
    documents: Mapping[str, type[BaseModel]] = MappingProxyType({})
    vocabulary: Vocabulary = VOCABULARY
    modifiers: frozenset[str] = frozenset()

    def prepare(self, ruleset: Ruleset, resources: Resources) -> ConflictExaminer:
        """Compile the rules and index the registers.

        Raises:
            RulesetError: a rule names a modifier (this check has none), or its condition does not fit.
        """
        settings = ruleset.settings_of(_NAME) or ConflictSettings()
        return ConflictExaminer(ruleset, settings, resources.registers)

    def example_facts(self, ruleset: Ruleset, rule: Rule, example: Example) -> tuple[Facts, ...]:  # noqa: ARG002  # Check's shape
        """One path: the fields the example gives, the rest a current one-step tie known by id."""
        return (example_facts(example),)


PLUGIN = ConflictCheck()


def _months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or that month's last day."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    first_of_next = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), first_of_next - timedelta(days=1))
