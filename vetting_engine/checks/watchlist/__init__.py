"""Watchlists: could the candidate be a listed person, on a list this office has authority to use?

Names and evidence are weighed in ``names``; the pack's rules say what a pair of that weight means. A list that is
off is not used; a list of the candidate's own state never weighs; a name nobody can read is unknown, never clear.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType

from pydantic import BaseModel

from vetting_engine._memory import collector_paused
from vetting_engine.checks.watchlist._apply import Judged, judge
from vetting_engine.checks.watchlist._facts import VOCABULARY, example_facts
from vetting_engine.checks.watchlist._gaps import candidate_gaps, list_gaps, open_gaps, status_of
from vetting_engine.checks.watchlist._rescreen import pair_id, renewed
from vetting_engine.checks.watchlist._screen import Pair, Screen
from vetting_engine.checks.watchlist._settings import WatchlistSettings
from vetting_engine.checks.watchlist._touch import ChangeKind, Changes, Touch, Touched, changes
from vetting_engine.checks.watchlist._verdicts import CompiledRule, Verdicts
from vetting_engine.conditions.of_rules import compile_rules
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.facts import Facts, Vocabulary
from vetting_engine.model.finding import CheckResult, CheckStatus, Gap
from vetting_engine.model.ruleset import Example, Rule, Ruleset
from vetting_engine.model.watchlist import Effect, ListSnapshot
from vetting_engine.names import background
from vetting_engine.protocols import Resources

__all__ = [
    "PLUGIN",
    "Affected",
    "ChangeKind",
    "Changes",
    "Touch",
    "WatchlistCheck",
    "WatchlistExaminer",
    "WatchlistSettings",
    "open_gaps",
    "pair_id",
    "rescreen",
]

_NAME = "watchlist"


@dataclass(frozen=True, slots=True)
class _Day:
    """What is the same for all candidates of a batch."""

    as_of: date
    due: date
    gaps: tuple[Gap, ...]
    verdicts: Verdicts
    #: Results of candidates without a pair and without a gap of theirs, by number of names and status.
    without: dict[tuple[int, CheckStatus], CheckResult] = field(default_factory=dict)


class WatchlistExaminer:
    """The check prepared for one ruleset and one set of lists."""

    def __init__(
        self,
        ruleset: Ruleset,
        settings: WatchlistSettings,
        snapshots: Sequence[ListSnapshot],
        cache: Path | None = None,
    ) -> None:
        self._settings = settings
        self._on = tuple(each for each in snapshots if each.authority.effect is not Effect.OFF)
        self._off = len(snapshots) - len(self._on)
        self._due_days = ruleset.gap_due_days
        self._rules = _compiled(ruleset.rules_of(_NAME))
        self._entries = sum(len(snapshot.entries) for snapshot in self._on)
        self._screen = Screen(self._on, settings, cache)

    def work_ahead(self) -> None:
        """Work out beforehand what is the same for every batch: for one who will be asked much."""
        self._screen.work_ahead()

    @collector_paused()  # what a batch makes it keeps
    def examine_many(self, candidates: Sequence[Candidate], as_of: date) -> tuple[CheckResult, ...]:
        """One result per candidate, in order."""
        day = _Day(
            as_of,
            as_of + timedelta(days=self._due_days),
            list_gaps(self._on, as_of, as_of + timedelta(days=self._due_days)),
            Verdicts(self._rules, as_of),
        )
        pairs = self._screen.pairs_of(candidates)
        return tuple(self._examine(candidate, found, day) for candidate, found in zip(candidates, pairs, strict=True))

    def _examine(self, candidate: Candidate, pairs: Sequence[Pair], day: _Day) -> CheckResult:
        judged = judge(candidate, pairs, day.verdicts, self._settings, day.as_of)
        hits = [each for each in judged if each.finding is not None]
        theirs = candidate_gaps(candidate, [(each.pair, each.questions) for each in hits if each.asks], day.due)
        gaps = (*day.gaps, *theirs)
        status = status_of(candidate, gaps, has_lists=bool(self._on))
        if judged or len(gaps) > len(day.gaps):
            return self._result(candidate, judged, gaps, status, day)
        # Most people resemble nobody: they share one result.
        key = (len(candidate.names), status)
        if key not in day.without:
            day.without[key] = self._result(candidate, judged, gaps, status, day)
        return day.without[key]

    def _result(
        self, candidate: Candidate, judged: Sequence[Judged], gaps: tuple[Gap, ...], status: CheckStatus, day: _Day
    ) -> CheckResult:
        findings = sorted(
            (each.finding for each in judged if each.finding is not None),
            key=lambda finding: (-finding.level.rank, -(finding.score or 0), finding.id),
        )
        return CheckResult(
            check=_NAME,
            check_version=PLUGIN.version,
            status=status,
            findings=tuple(findings[: self._settings.max_hits]),
            gaps=gaps,
            outcomes=day.verdicts.outcomes([each.verdict for each in judged]),
            counts={
                "lists": len(self._on),
                "lists_off": self._off,
                "entries": self._entries,
                "names": len(candidate.names),
                "pairs": len(judged),
                "hits": len(findings),
                "hits_not_shown": max(0, len(findings) - self._settings.max_hits),
            },
        )


class WatchlistCheck:
    """The plugin."""

    name = _NAME
    settings: type[BaseModel] = WatchlistSettings
    documents: Mapping[str, type[BaseModel]] = MappingProxyType({})
    vocabulary: Vocabulary = VOCABULARY
    modifiers: frozenset[str] = frozenset()

    @property
    def version(self) -> str:
        """Version of the check and of the background table: both decide what a score is."""
        return f"1+background.{background.version()}"

    def prepare(self, ruleset: Ruleset, resources: Resources) -> WatchlistExaminer:
        """Compile the rules and index the lists that are on. Without a cache, which is for a quick start, what is the
        same for every batch is worked out now.

        Raises:
            RulesetError: a rule names a modifier (this check has none), or its condition does not fit.
        """
        examiner = _examiner(ruleset, resources)
        if resources.cache is None:
            examiner.work_ahead()
        return examiner

    def example_facts(self, ruleset: Ruleset, rule: Rule, example: Example) -> tuple[Facts, ...]:  # noqa: ARG002  # Check's shape
        """One pair: the fields the example gives, the rest a possible hit on a binding list by names only."""
        return (example_facts(example),)


PLUGIN = WatchlistCheck()


def rescreen(
    ruleset: Ruleset,
    before: Sequence[ListSnapshot],
    after: Resources,
    candidates: Sequence[Candidate],
    previous: Sequence[CheckResult],
    *,
    days: tuple[date, date],
) -> tuple[CheckResult, ...]:
    """What a full run over ``after`` would answer, comparing only those anew whom the change touches.

    Args:
        ruleset: the same that ``previous`` was made with.
        before: the lists as they were then.
        after: the lists as they are now, and a cache if there is one.
        candidates: the same people, unchanged, in the same order as ``previous``.
        previous: the results of the full run (or an equal one) over ``before``.
        days: the day of that run, and the day to decide for now.

    A result of another version of this check, or of a day on which other rules were in force, is made anew.

    Raises:
        RulesetError: as ``PLUGIN.prepare``.
        ValueError: not one previous result per candidate.
    """
    affected = Affected(ruleset, before, after.watchlists, days)
    anew = [
        bool(touches) or affected.by_rules or old.check_version != PLUGIN.version
        for touches, old in zip(affected.touches(candidates), previous, strict=True)
    ]
    again = [candidate for candidate, needed in zip(candidates, anew, strict=True) if needed]
    examined = iter(_examiner(ruleset, after).examine_many(again, days[1]) if again else ())
    return tuple(
        next(examined) if needed else renewed(old, candidate, after.watchlists, days[1], ruleset.gap_due_days)
        for candidate, old, needed in zip(candidates, previous, anew, strict=True)
    )


def _examiner(ruleset: Ruleset, resources: Resources) -> WatchlistExaminer:
    settings = ruleset.settings_of(_NAME) or WatchlistSettings()
    return WatchlistExaminer(ruleset, settings, resources.watchlists, resources.cache)


class Affected:
    """Whom a change of lists affects, under one pack.

    ``by_rules``: other watchlist rules are in force on the second day, and ``by_gaps``: a gap of ours opened or closed
    (a list is missing, undated or too old, or no longer), so that nobody's old answer stands. ``changes`` is what
    became of which entry.
    """

    def __init__(
        self,
        ruleset: Ruleset,
        before: Sequence[ListSnapshot],
        after: Sequence[ListSnapshot],
        days: tuple[date, date],
    ) -> None:
        rules = _compiled(ruleset.rules_of(_NAME))
        self.by_rules = any(one.rule.in_force(days[0]) != one.rule.in_force(days[1]) for one in rules)
        self.by_gaps = open_gaps(before, days[0]) != open_gaps(after, days[1])
        self.changes = changes(before, after, days)
        self._touched = Touched(self.changes, ruleset.settings_of(_NAME) or WatchlistSettings())

    def touches(self, candidates: Sequence[Candidate]) -> tuple[tuple[Touch, ...], ...]:
        """Per candidate, the entries they are touched by; nothing for whomever no change touches."""
        return self._touched.by(candidates)


def _compiled(rules: Sequence[Rule]) -> tuple[CompiledRule, ...]:
    return tuple(
        CompiledRule(rule, condition, tuple(read.name for read in condition.reads()))
        for rule, condition in compile_rules(rules, VOCABULARY)
    )
