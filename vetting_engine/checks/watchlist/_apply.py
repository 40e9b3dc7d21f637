"""Applies the pack's watchlist rules to a candidate's pairs: one finding per entry, by its strictest rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Final

from vetting_engine.checks.watchlist._facts import pair_facts
from vetting_engine.checks.watchlist._screen import Pair, points_to_centibits
from vetting_engine.checks.watchlist._settings import WatchlistSettings
from vetting_engine.conditions import Compiled
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.evidence import NamePairEvidence
from vetting_engine.model.facts import Facts
from vetting_engine.model.finding import Finding, FindingStatus, Function, LeafTrace, RuleOutcome, RuleStatus
from vetting_engine.model.ruleset import Rule
from vetting_engine.model.scales import Level
from vetting_engine.names.questions import distinguishing_questions

__all__ = ["CompiledRule", "Judged", "judge", "outcomes"]

#: Why a rule did not fire where no entry resembles the candidate.
_NO_PAIR: Final = LeafTrace(
    path="", field="hit", op="present", expected="an entry that resembles the candidate", actual=None, result="false"
)
#: Traces a rule remembers.
_MOST_REMEMBERED: Final = 10_000
#: Who sees a hit on a list of the candidate's own state; nobody else does, and it never weighs.
_OWN_STATE_FUNCTIONS: Final = (Function.PROTECTION, Function.LEGAL)


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule of the pack with its condition compiled, and the fields it reads."""

    rule: Rule
    condition: Compiled
    reads: tuple[str, ...] = ()
    _traces: dict[tuple[object, ...], tuple[int, LeafTrace | None]] = field(default_factory=dict, compare=False)
    _outcomes: dict[tuple[RuleStatus, int, int], RuleOutcome] = field(default_factory=dict, compare=False)

    def trace(self, facts: Facts, as_of: date) -> tuple[int, LeafTrace | None]:
        """How many leaves are true, and the leaf that decided. Few facts differ from pair to pair in what a rule
        reads of them, so answers are remembered by that.
        """
        key = (as_of, *map(facts.get, self.reads))
        found = self._traces.get(key)
        if found is None:
            trace = self.condition.trace(facts, as_of)
            found = sum(leaf.result == "true" for leaf in trace.leaves), trace.deciding
            if len(self._traces) < _MOST_REMEMBERED:
                self._traces[key] = found
        return found

    def outcome(self, status: RuleStatus, times: int, deciding: LeafTrace | None) -> RuleOutcome:
        """What became of the rule; people of whom it says the same share one."""
        key = (status, times, id(deciding))
        found = self._outcomes.get(key)
        if found is None or found.deciding is not deciding:
            rule = self.rule
            found = RuleOutcome(
                rule=rule.id, rule_version=rule.version, check=rule.check, status=status, times=times, deciding=deciding
            )
            if len(self._outcomes) < _MOST_REMEMBERED:
                self._outcomes[key] = found
        return found


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair with its facts, the rules that are true of it, and the finding they make (None: no rule fired)."""

    pair: Pair
    facts: Facts
    fired: frozenset[str]
    finding: Finding | None
    questions: tuple[str, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether anything may be asked of the candidate because of it: never for what does not weigh."""
        return self.finding is not None and self.finding.status is not FindingStatus.NOTE


def judge(
    candidate: Candidate, pairs: Sequence[Pair], rules: Sequence[CompiledRule], settings: WatchlistSettings, as_of: date
) -> list[Judged]:
    """Every pair judged by every rule in force."""
    standing = [compiled for compiled in rules if compiled.rule.in_force(as_of)]
    judged = []
    for pair in pairs:
        facts = pair_facts(pair, settings)
        fired = [compiled.rule for compiled in standing if compiled.condition.test(facts, as_of)]
        finding: Finding | None = None
        questions: tuple[str, ...] = ()
        if fired:
            questions = distinguishing_questions(
                candidate, pair.entry, pair.parts, points_to_centibits(settings.possible_from)
            )
            strictest = max(fired, key=lambda rule: (rule.level.rank, rule.severity.rank, rule.id))
            finding = _finding(strictest, pair, settings, questions, as_of)
        judged.append(Judged(pair, facts, frozenset(rule.id for rule in fired), finding, questions))
    return judged


def _finding(rule: Rule, pair: Pair, settings: WatchlistSettings, questions: tuple[str, ...], as_of: date) -> Finding:
    expired = pair.entry.expired(as_of)
    status = FindingStatus.NOTE if pair.own_state or expired else FindingStatus(rule.status_on_hit)
    code = "watchlist.possible_listing"
    params = {"list": pair.snapshot.title, "effect": pair.snapshot.authority.effect.value}
    if pair.own_state:
        code = "watchlist.own_state"
    elif expired:
        code = "watchlist.row_expired"
        params = {"list": pair.snapshot.title, "expired": str(pair.entry.expires_on)}
    elif pair.single_common_name:
        code = "watchlist.single_common_name"
    return Finding(
        id=f"watchlist:{pair.snapshot.list_id}:{pair.entry.id}",
        check="watchlist",
        rule=rule.id,
        rule_version=rule.version,
        status=status,
        code=code,
        params=params,
        category=rule.category,
        level=rule.level if status is FindingStatus.HIT else Level.NOTHING_FOUND,
        severity=rule.severity,
        band=settings.band_of(pair.score),
        score=pair.score,
        topic=f"entry:{pair.snapshot.list_id}/{pair.entry.id}",
        functions=_OWN_STATE_FUNCTIONS if pair.own_state else rule.functions,
        confidential=pair.own_state or status is FindingStatus.SUPPORT,
        evidence=(_evidence(pair, questions),),
    )


def _evidence(pair: Pair, questions: tuple[str, ...]) -> NamePairEvidence:
    return NamePairEvidence(
        candidate_name=pair.candidate_name,
        entry_name=pair.entry_name.text,
        entry_name_kind=pair.entry_name.kind.value,
        entry_id=pair.entry.id,
        entry_digest=pair.entry.digest,
        list_id=pair.snapshot.list_id,
        list_digest=pair.snapshot.digest,
        parts=pair.parts,
        questions=questions,
    )


def outcomes(rules: Iterable[CompiledRule], judged: Sequence[Judged], as_of: date) -> tuple[RuleOutcome, ...]:
    """What became of every rule; a rule that did not fire says what decided on the pair nearest to it."""
    return tuple(_outcome(compiled, judged, as_of) for compiled in rules)


def _outcome(compiled: CompiledRule, judged: Sequence[Judged], as_of: date) -> RuleOutcome:
    rule = compiled.rule
    times = sum([rule.id in each.fired for each in judged])
    status = RuleStatus.FIRED if times else RuleStatus.NOT_FIRED
    deciding = None
    if not compiled.rule.in_force(as_of):
        status = RuleStatus.NOT_IN_FORCE
    elif not times:
        traces = [compiled.trace(each.facts, as_of) for each in judged]
        nearest = max(traces, key=_true_leaves, default=None)
        deciding = _NO_PAIR if nearest is None else nearest[1]
    return compiled.outcome(status, times, deciding)


_true_leaves: Final = itemgetter(0)
