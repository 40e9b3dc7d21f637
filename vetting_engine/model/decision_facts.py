"""What decision rules may read: findings, gaps, checks and attestations, as flat facts.

``DECISION_VOCABULARY`` holds what every pack may read; ``decision_vocabulary`` adds the fields that depend
on the pack (``check.<name>.…`` per check, ``fact.<name>`` per derived fact). Nothing here is about age,
gender, diversity, nationality, religion or language: what is not in the vocabulary cannot be asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from vetting_engine.model.candidate import Attestation, Candidate
from vetting_engine.model.facts import Fact, FactList, Facts, FieldSpec, FieldType, ListSpec, Vocabulary
from vetting_engine.model.finding import CheckResult, CheckStatus, Finding, FindingStatus, GapOwner
from vetting_engine.model.ruleset import DECISION
from vetting_engine.model.scales import Band, Level, Ordered, Severity

__all__ = ["DECISION_VOCABULARY", "FACT_PREFIX", "attestation_in_force", "decision_facts", "decision_vocabulary"]

#: Derived facts are read as ``fact.<name>``: true, false, or unknown where a rule that derives it is unknown.
FACT_PREFIX = "fact."
#: All of a share, in basis points.
_WHOLE = 10_000


def _text(about: str) -> FieldSpec:
    return FieldSpec(type=FieldType.TEXT, about=about, always_known=True)


def _flag(about: str, *, known: bool = True) -> FieldSpec:
    return FieldSpec(type=FieldType.FLAG, about=about, always_known=known)


def _number(about: str, *, known: bool = False) -> FieldSpec:
    return FieldSpec(type=FieldType.INTEGER, about=about, always_known=known)


def _name(about: str, values: Iterable[str]) -> FieldSpec:
    return FieldSpec(type=FieldType.NAME, about=about, values=tuple(str(value) for value in values), always_known=True)


def _scale(about: str, scale: type[Ordered]) -> FieldSpec:
    return FieldSpec(type=FieldType.NAME, about=about, values=tuple(scale), ordered=True, always_known=True)


_FINDING = {
    "check": _text("Check that found it."),
    "rule": _text("Rule that found it."),
    "code": _text("Code of its sentence."),
    "category": _text("Category of the rule, as the pack names them; empty where it names none."),
    "status": _name("hit, unknown, support or note; only a hit weighs.", FindingStatus),
    "level": _scale("Disposition it would cause alone.", Level),
    "severity": _scale("How grave it would be if true.", Severity),
    "band": _scale("Worded confidence.", Band),
    "score": _number("Score in basis points; unknown for findings without one."),
    "topic": _text("Entry, post or relation it is about, for joins; a finding without one is its own topic."),
    "confidential": _flag("Shown to its functions only."),
    "modifiers": _number("How many modifiers were applied.", known=True),
    "lowered": _flag("Whether a modifier lowered it."),
}
_GAP = {
    "check": _text("Check that could not be done in full."),
    "code": _text("Code of the gap."),
    "owner": _name("Who must close it.", GapOwner),
    "required": _flag("Whether the pack requires that check."),
}
_CHECK = {
    "name": _text("Name of the check."),
    "status": _name("Whether it could be done at all.", CheckStatus),
    "required": _flag("Whether the pack requires it."),
}
_ATTESTATION = {
    "kind": _text("Kind of statement: a training taken, a code signed."),
    "in_force": _flag("Whether it holds on the day decided for; unknown where it carries no date.", known=False),
    "checked": _flag("Whether somebody is named who checked it."),
    "on": FieldSpec(type=FieldType.DATE, about="Day it was made."),
    "expires": FieldSpec(type=FieldType.DATE, about="Last day it holds."),
}
_LISTS = {
    "finding": ListSpec(about="Findings of all checks.", fields=_FINDING),
    "gap": ListSpec(about="What was not checked.", fields=_GAP),
    "check": ListSpec(about="Checks the pack requires or that ran.", fields=_CHECK),
    "attestation": ListSpec(about="Checked statements about the candidate.", fields=_ATTESTATION),
}
_FIELDS = {
    "posts": _number("Posts handed in.", known=True),
    "accounts": _number("Accounts declared.", known=True),
    "relations.declared": _flag("Whether the candidate was asked for ties and answered."),
    "relations.count": _number("Ties declared or known.", known=True),
    "consent.present": _flag("Whether a consent reference was handed in."),
}
#: Per check; counts are unknown where the check does not count them.
_PER_CHECK = {
    "status": FieldSpec(
        type=FieldType.NAME,
        about="Whether the check could be done at all; unknown where it did not run.",
        values=tuple(str(status) for status in CheckStatus),
    ),
    "posts": _number("Posts the check was given."),
    "covered_posts": _number("Posts it could read."),
    "covered_share": _number("Share of posts it could read, in basis points."),
    "entries": _number("Entries compared with."),
}

#: What every pack's decision rules may read.
DECISION_VOCABULARY = Vocabulary(name=DECISION, fields=_FIELDS, lists=_LISTS)


def decision_vocabulary(checks: Iterable[str], derives: Iterable[str] = ()) -> Vocabulary:
    """What one pack's decision rules may read.

    Args:
        checks: names of checks; each adds ``check.<name>.status``, ``.posts``, ``.covered_posts``,
            ``.covered_share`` (basis points) and ``.entries``.
        derives: names of derived facts; each adds the flag ``fact.<name>``.
    """
    fields: dict[str, FieldSpec] = dict(_FIELDS)
    for check in checks:
        fields.update({f"check.{check}.{field}": spec for field, spec in _PER_CHECK.items()})
    for name in derives:
        fields[f"{FACT_PREFIX}{name}"] = _flag("Derived by decision rules.", known=False)
    return Vocabulary(name=DECISION, fields=fields, lists=_LISTS)


def decision_facts(
    candidate: Candidate,
    results: Sequence[CheckResult],
    as_of: date,
    required_checks: Sequence[str] = (),
) -> Facts:
    """The facts of one candidate, in the vocabulary above; derived facts are added by ``decide``.

    Members of ``finding`` stand in the order of ``results`` and of their findings.
    """
    facts: dict[str, Fact | FactList] = {
        "posts": len(candidate.posts),
        "accounts": len(candidate.accounts),
        "relations.declared": candidate.relations_declared,
        "relations.count": len(candidate.relations),
        "consent.present": bool(candidate.consent_ref),
        "finding": [_finding(finding) for result in results for finding in result.findings],
        "gap": [
            {
                "check": gap.check,
                "code": gap.code,
                "owner": gap.owner.value,
                "required": gap.check == DECISION or gap.check in required_checks,
            }
            for result in results
            for gap in result.gaps
        ],
        "check": [
            {"name": result.check, "status": result.status.value, "required": result.check in required_checks}
            for result in results
        ],
        "attestation": [_attestation(attestation, as_of) for attestation in candidate.attestations],
    }
    for result in results:
        facts.update(_check(result))
    return facts


def attestation_in_force(attestation: Attestation, as_of: date) -> bool | None:
    """Whether an attestation holds on a day; None where it says neither when it was made nor that it ended."""
    if attestation.expires is not None and attestation.expires < as_of:
        return False
    return None if attestation.on is None else attestation.on <= as_of


def _finding(finding: Finding) -> Mapping[str, Fact]:
    return {
        "check": finding.check,
        "rule": finding.rule,
        "code": finding.code,
        "category": finding.category,
        "status": finding.status.value,
        "level": finding.level.value,
        "severity": finding.severity.value,
        "band": finding.band.value,
        "score": finding.score,
        "topic": finding.topic or f"finding/{finding.id}",
        "confidential": finding.confidential,
        "modifiers": len(finding.modifiers),
        "lowered": any(modifier.to_level < modifier.from_level for modifier in finding.modifiers),
    }


def _attestation(attestation: Attestation, as_of: date) -> Mapping[str, Fact]:
    return {
        "kind": attestation.kind,
        "in_force": attestation_in_force(attestation, as_of),
        "checked": bool(attestation.checked_by),
        "on": attestation.on,
        "expires": attestation.expires,
    }


def _check(result: CheckResult) -> Mapping[str, Fact]:
    counts = result.counts
    posts, covered = counts.get("posts"), counts.get("covered_posts")
    stem = f"check.{result.check}"
    return {
        f"{stem}.status": result.status.value,
        f"{stem}.posts": posts,
        f"{stem}.covered_posts": covered,
        f"{stem}.covered_share": None if not posts or covered is None else covered * _WHOLE // posts,
        f"{stem}.entries": counts.get("entries"),
    }
