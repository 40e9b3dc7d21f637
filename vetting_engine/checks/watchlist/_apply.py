"""Applies the pack's watchlist rules to a candidate's pairs: one finding per entry, by its strictest rule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from vetting_engine.checks.watchlist._facts import pair_facts
from vetting_engine.checks.watchlist._screen import Pair, points_to_centibits
from vetting_engine.checks.watchlist._settings import WatchlistSettings
from vetting_engine.checks.watchlist._verdicts import Verdict, Verdicts
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.evidence import NamePairEvidence
from vetting_engine.model.finding import Finding, FindingStatus, Function
from vetting_engine.model.ruleset import Rule
from vetting_engine.model.scales import Level
from vetting_engine.names.questions import distinguishing_questions

__all__ = ["Judged", "judge"]

#: Who sees a hit on a list of the candidate's own state; nobody else does, and it never weighs.
_OWN_STATE_FUNCTIONS: Final = (Function.PROTECTION, Function.LEGAL)


class Judged(NamedTuple):
    """A pair, what the rules say of it, and the finding that makes (None: no rule fired)."""

    pair: Pair
    verdict: Verdict
    finding: Finding | None
    questions: tuple[str, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether anything may be asked of the candidate because of it: never for what does not weigh."""
        return self.finding is not None and self.finding.status is not FindingStatus.NOTE


def judge(
    candidate: Candidate, pairs: Sequence[Pair], verdicts: Verdicts, settings: WatchlistSettings, as_of: date
) -> list[Judged]:
    """Every pair judged by every rule in force."""
    judged = []
    for pair in pairs:
        verdict = verdicts.of(pair_facts(pair, settings))
        finding: Finding | None = None
        questions: tuple[str, ...] = ()
        if verdict.strictest is not None:
            questions = distinguishing_questions(
                candidate, pair.entry, pair.parts, points_to_centibits(settings.possible_from)
            )
            finding = _finding(verdict.strictest, pair, settings, questions, as_of)
        judged.append(Judged(pair, verdict, finding, questions))
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
