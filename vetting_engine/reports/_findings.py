"""What a reviewer may see of each finding, and of the rules that did not fire."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from markupsafe import Markup

from vetting_engine.decide.discretion import hidden_rules
from vetting_engine.model.finding import Finding, FindingStatus, Function
from vetting_engine.model.ruleset import Rule, Ruleset
from vetting_engine.model.run import Vetting
from vetting_engine.model.scales import Level
from vetting_engine.reports._evidence import evidence_view
from vetting_engine.reports._options import Options
from vetting_engine.reports._words import Words, apart

__all__ = ["Findings", "functions_view"]

#: More findings than a person reads; the gravest are shown, the number of the others is said.
MAX_FINDINGS = 60
_ORDER = {FindingStatus.HIT: 0, FindingStatus.SUPPORT: 1, FindingStatus.UNKNOWN: 2, FindingStatus.NOTE: 3}


class Findings:
    """The findings of one candidate as one reader may see them."""

    def __init__(self, vetting: Vetting, ruleset: Ruleset, options: Options, words: Words) -> None:
        self._options, self._words = options, words
        self._unseen = hidden_rules(vetting.results, vetting.decision, ruleset, options.function)
        self._rules: Mapping[str, Rule] = {rule.id: rule for rule in ruleset.rules}
        everything = [finding for result in vetting.results for finding in result.findings]
        self._all = {finding.id: finding for finding in everything}
        self._shown = sorted((f for f in everything if options.shows(f)), key=_gravest_first)
        self._withheld = [f for f in everything if not options.shows(f)]

    def views(self) -> list[dict[str, object]]:
        """The findings, gravest first, at most ``MAX_FINDINGS``."""
        return [self._view(finding) for finding in self._shown[:MAX_FINDINGS]]

    def left_out(self) -> int:
        """How many more there are."""
        return max(0, len(self._shown) - MAX_FINDINGS)

    def confidential(self) -> list[dict[str, object]]:
        """For each group of functions, how many findings only they may read; never what these say."""
        counts = Counter(finding.functions for finding in self._withheld)
        return [
            {"functions": functions_view(functions, self._words), "count": count}
            for functions, count in sorted(counts.items())
        ]

    def title(self, finding_or_rule: str) -> Markup:
        """The title for an id of a finding or rule, or that it is confidential."""
        finding = self._all.get(finding_or_rule)
        if finding_or_rule in self._unseen or (finding is not None and not self._options.shows(finding)):
            return self._words.text("report.confidential_finding")
        return self.rule_title(finding.rule if finding else finding_or_rule)

    def rule_title(self, rule_id: str) -> Markup:
        """The title of a rule; its id where the pack no longer knows it."""
        rule = self._rules.get(rule_id)
        return apart(rule.title if rule else rule_id)

    def _view(self, finding: Finding) -> dict[str, object]:
        words, rule = self._words, self._rules.get(finding.rule)
        readable = self._options.shows_excerpts(finding)
        return {
            "id": finding.id,
            "check": words.word("check", finding.check),
            "rule": finding.rule,
            "rule_version": finding.rule_version,
            "title": self.rule_title(finding.rule),
            "sentence": self._sentence(finding, rule, readable),
            "status": finding.status.value,
            "status_word": words.word("report.finding_status", finding.status),
            "level": finding.level.value,
            "level_word": words.word("report.disposition", finding.level),
            "severity": words.word("report.severity", finding.severity),
            "band": finding.band.value,
            "band_rank": finding.band.rank + 1,
            "band_word": words.word("report.band", finding.band),
            "category": words.word("category", finding.category) if finding.category else "",
            "functions": functions_view(finding.functions, words),
            "confidential": finding.confidential,
            "withheld": not readable,
            "evidence": evidence_view(finding.evidence if readable else (), words),
            "modifiers": [
                {
                    "name": words.word("modifier", applied.modifier),
                    "from": words.word("report.disposition", applied.from_level),
                    "to": words.word("report.disposition", applied.to_level),
                    "lowers": applied.to_level < applied.from_level,
                    "evidence": evidence_view(applied.evidence if readable else (), words),
                }
                for applied in finding.modifiers
            ],
            "changes": self._changes(finding, rule),
            "falsepositives": [apart(text) for text in rule.falsepositives] if rule else [],
            "prompts": [apart(text) for text in rule.prompts] if rule else [],
            "rationale": apart(rule.rationale) if rule else "",
            "references": [apart(text) for text in rule.references] if rule else [],
        }

    def _sentence(self, finding: Finding, rule: Rule | None, readable: bool) -> object:
        said = dict(rule.message) if rule else {}
        own = said.get(self._words.language) or said.get("en")
        if own:
            return apart(own)
        code = f"finding.{finding.code}"
        # Parameters may hold names and words of the candidate: only for those who may read the excerpts.
        return self._words.sentence(code, finding.params if readable else {}) if self._words.known(code) else ""

    def _changes(self, finding: Finding, rule: Rule | None) -> list[object]:
        """What would make this finding milder: modifiers not yet applied, and people's answers."""
        if finding.status is not FindingStatus.HIT:
            return []
        applied = {modifier.modifier for modifier in finding.modifiers}
        lowering: dict[Level, list[Markup]] = {}
        for name, to_level in rule.modifiers.items() if rule else ():
            level = Level(to_level)
            if name not in applied and level < finding.level:
                lowering.setdefault(level, []).append(self._words.word("modifier", name))
        said: list[object] = [
            self._words.text(
                "report.change.modifier",
                modifier=Markup(" · ").join(names),
                level=self._words.word("report.disposition", level),
            )
            for level, names in sorted(lowering.items())
        ]
        code = f"report.change.{finding.check}"
        return [*said, *([self._words.text(code)] if self._words.known(code) else [])]


def functions_view(functions: Iterable[Function], words: Words) -> list[object]:
    """Functions in words."""
    return [words.word("report.function", function) for function in functions]


def _gravest_first(finding: Finding) -> tuple[int, int, int, str]:
    return (_ORDER[finding.status], -finding.level.rank, -finding.severity.rank, finding.id)
