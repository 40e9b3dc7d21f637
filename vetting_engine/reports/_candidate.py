"""One candidate as a reviewer may see them: an allow-list of plain values, never the model objects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from vetting_engine.model.candidate import Candidate
from vetting_engine.model.decision import Decision, Disposition, DueObligation, EngineRun, Reason
from vetting_engine.model.finding import Gap
from vetting_engine.model.ruleset import Obligation, Ruleset
from vetting_engine.model.run import Vetting
from vetting_engine.model.scales import Level
from vetting_engine.reports._findings import Findings, functions_view
from vetting_engine.reports._options import Options
from vetting_engine.reports._rules import rule_table
from vetting_engine.reports._words import Words, apart

__all__ = ["CandidateView", "candidate_view", "gap_view", "index_row"]

CandidateView = dict[str, Any]

#: Counts of a check that say how much was looked at, and nothing about the person.
_SHOWN_COUNTS = (
    "posts",
    "covered_posts",
    "uncovered_posts",
    "entries",
    "lists",
    "pairs",
    "relations",
    "paths",
    "registers",
)
_SHOWN_NAMES = 12
_SHOWN_ACCOUNTS = 12
_SHOWN_WHY = 3


def candidate_view(vetting: Vetting, ruleset: Ruleset, options: Options, words: Words) -> CandidateView:
    """Everything the candidate's section shows."""
    decided = vetting.decision
    findings = Findings(vetting, ruleset, options, words)
    return {
        "id": vetting.candidate.id,
        "disposition": decided.disposition.value,
        "disposition_word": words.word("report.disposition", decided.disposition),
        "disposition_about": words.word("report.disposition_about", decided.disposition),
        "level": decided.level.value,
        "level_word": words.word("report.disposition", decided.level),
        "held": decided.held,
        "dry_run": decided.dry_run,
        "functions": functions_view(decided.functions, words),
        "declared": _declared(vetting.candidate),
        "reasons": _reasons(decided, findings, words),
        "findings": findings.views(),
        "left_out": findings.left_out(),
        "confidential": findings.confidential(),
        "gaps": [gap_view(gap, words) for gap in decided.gaps],
        "obligations": [_obligation(due, ruleset, findings, words) for due in decided.obligations],
        "checks": [
            {
                "name": words.word("check", result.check),
                "version": result.check_version,
                "status": result.status.value,
                "status_word": words.word("report.check_status", result.status),
                "counts": [
                    {"name": words.word("report.count", name), "value": str(result.counts[name])}
                    for name in _SHOWN_COUNTS
                    if name in result.counts
                ],
            }
            for result in vetting.results
        ],
        "rules": rule_table(vetting, ruleset, options, words),
        "engines": [
            {
                "name": words.word("report.engine", engine.engine),
                "state": words.word("report.engine_state", _engine_state(engine.ran, engine.agreed)),
                "reason": engine_reason(engine, words),
            }
            for engine in vetting.engines
        ],
        "record_id": vetting.record_id or "",
    }


def index_row(view: CandidateView) -> dict[str, object]:
    """A line about the candidate for lists: never a name, and why people are needed in a few words."""
    why = [reason["title"] for reason in view["reasons"] if reason["level"] == view["level"]]
    if view["disposition"] == Disposition.INCOMPLETE:
        why = [gap["sentence"] for gap in view["gaps"]]
    return {
        "id": view["id"],
        "disposition": view["disposition"],
        "word": view["disposition_word"],
        "functions": view["functions"],
        "why": list(dict.fromkeys(why))[:_SHOWN_WHY],
    }


def engine_reason(engine: EngineRun, words: Words) -> object:
    """Why an engine did not answer, or not for all; empty where its state says it all."""
    said = engine.reason
    return words.word("report.engine_reason", said) if said and said not in {"agreed", "disagreed"} else ""


def _engine_state(ran: bool, agreed: bool | None) -> str:
    if not ran:
        return "not_run"
    return "ran" if agreed is None else "agreed" if agreed else "disagreed"


def _declared(candidate: Candidate) -> dict[str, object]:
    # Gender, nationality, birth and documents are identity evidence: they show beside a list entry, nowhere else.
    return {
        "names": [name.text for name in candidate.names[:_SHOWN_NAMES]],
        "languages": list(candidate.languages),
        "accounts": [
            {
                "platform": account.platform,
                "handle": account.handle,
                "followers": "" if account.followers is None else str(account.followers),
            }
            for account in candidate.accounts[:_SHOWN_ACCOUNTS]
        ],
        "posts": str(len(candidate.posts)),
        "dropped": list(candidate.dropped_fields),
    }


def gap_view(gap: Gap, words: Words) -> dict[str, object]:
    """A gap with its owner, what closes it and by when."""
    return {
        "check": words.word("check", gap.check),
        "owner": gap.owner.value,
        "owner_word": words.word("report.gap_owner", gap.owner),
        "sentence": words.sentence(f"gap.{gap.code}", gap.params),
        "remedy": words.remedy(f"gap.{gap.code}", gap.params),
        "functions": functions_view(gap.functions, words),
        "due": "" if gap.due is None else gap.due.isoformat(),
    }


def _reasons(decided: Decision, findings: Findings, words: Words) -> list[dict[str, object]]:
    """Why the level is what it is, gravest first; each with the level the other reasons would leave."""
    ordered = sorted(decided.reasons, key=lambda reason: -reason.level.rank)
    return [
        {
            "level": reason.level.value,
            "level_word": words.word("report.disposition", reason.level),
            "title": findings.title(reason.finding or reason.rule or ""),
            "finding": reason.finding or "",
            "rule": reason.rule or "",
            "facts": [findings.title(fact) for fact in reason.facts],
            "without": words.word("report.disposition", _level_without(reason, decided.reasons)),
            "decisive": reason.finding is not None and _level_without(reason, decided.reasons) < decided.level,
        }
        for reason in ordered
    ]


def _level_without(reason: Reason, reasons: Iterable[Reason]) -> Level:
    """The level left if a person rules this out: other reasons that do not rest on the same finding."""
    rest = (
        other
        for other in reasons
        if other != reason and (reason.finding is None or reason.finding not in (other.finding, *other.facts))
    )
    return max((other.level for other in rest), default=Level.NOTHING_FOUND)


def _obligation(due: DueObligation, ruleset: Ruleset, findings: Findings, words: Words) -> dict[str, object]:
    known = ruleset.obligations.get(due.id)
    title, rationale = apart(due.id), Markup()
    if isinstance(known, Obligation):
        title = apart(dict(known.message).get(words.language) or known.title)
        rationale = apart(known.rationale)
    return {
        "title": title,
        "rationale": rationale,
        "because": [findings.title(item) for item in due.because],
        "met": due.met_by is not None,
        "met_by": due.met_by or "",
        "expires": "" if due.expires is None else due.expires.isoformat(),
    }
