"""The deterministic core of a decision record: what replay must reproduce byte for byte.

Codes, counts, versions, digests and keyed commitments only. No personal text: an evidence commitment shows
later that exactly this evidence lay before the engine, and shows nothing to whoever lacks the subject's key.
Order is canonical whatever the order of the input.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel

from vetting_engine import canonical
from vetting_engine.errors import EngineError, Fault
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.decision import Decision, DueObligation, Reason
from vetting_engine.model.finding import AppliedModifier, CheckResult, Finding, Gap, RuleOutcome
from vetting_engine.model.reading import GapReading
from vetting_engine.model.record import Core
from vetting_engine.model.ruleset import Approval, Ruleset
from vetting_engine.model.watchlist import ListSnapshot, Register
from vetting_engine.protocols import KeyRing
from vetting_engine.records.keys import derive

__all__ = [
    "UNKEYED",
    "Committer",
    "approval_digest",
    "build_core",
    "candidate_bytes",
    "core_bytes",
    "core_digest",
    "profile_bytes",
]

#: Stands for the subject and for every commitment where no key ring was handed in.
UNKEYED = "unkeyed"
#: Parts of a candidate that are rows of a table: their order in the file says nothing.
_ROWS = ("accounts", "attestations", "identifiers", "posts", "relations")

_Json = dict[str, object]


class Committer:
    """Takes what is personal out of a core: commitments in place of values, numbers in place of finding ids.

    Commitments are keyed with keys derived from the subject's own; without a key they are all ``UNKEYED``. A
    finding's id may hold the id of a post or the handle of an account, so a core calls findings ``<check>-<n>``:
    the n-th of that check's findings in order of id.
    """

    def __init__(self, subject_key: bytes | None, results: Iterable[CheckResult]) -> None:
        self._key = subject_key
        self._derived: dict[str, bytes] = {}
        self._numbers: dict[str, str] = {}
        for result in results:
            for number, finding in enumerate(sorted(result.findings, key=lambda item: item.id), start=1):
                self._numbers[finding.id] = f"{result.check}-{number}"

    def commit(self, purpose: str, data: bytes) -> str:
        """``hmac-sha256:…`` over the data; equal data under two purposes give unrelated commitments."""
        if self._key is None:
            return UNKEYED
        if purpose not in self._derived:
            self._derived[purpose] = derive(self._key, f"commit/{purpose}")
        return canonical.commitment(self._derived[purpose], data)

    def commit_to(self, value: Mapping[str, object] | Sequence[object], purpose: str) -> str | None:
        """A commitment to plain values, or None where there are none: nothing to hide, and the core stays small."""
        return self.commit(purpose, profile_bytes(value)) if value else None

    def name_of(self, finding_id: str) -> str:
        """What the core calls a finding; an id no check gave is committed to."""
        return self._numbers.get(finding_id) or self.commit("finding", finding_id.encode())


def build_core(
    *,
    candidate: Candidate,
    results: Sequence[CheckResult],
    decision: Decision,
    ruleset: Ruleset,
    watchlists: Sequence[ListSnapshot],
    registers: Sequence[Register],
    as_of: date,
    key_ring: KeyRing | None,
    engine_version: str,
    readings: Sequence[GapReading] = (),
) -> Core:
    """The core of one candidate's record.

    Args:
        candidate: whose record it is; only commitments to it get in.
        results: one per check, in any order.
        decision: the agreed decision.
        ruleset: its id, version, digest and approval are named.
        watchlists: named with digest, dates and authority.
        registers: named with digest.
        as_of: the day everything was reckoned from.
        key_ring: gives pseudonym and commitment key; None writes ``unkeyed`` instead.
        engine_version: as in the package's metadata.
        readings: by which people closed gaps; who read and what they found is committed to.

    Raises:
        EngineError: a value leaves the canonical profile (``record.not_canonical``), e.g. a count that is a float.
        KeyRingError: the subject's key was erased.
    """
    committer = Committer(None if key_ring is None else key_ring.subject_key(candidate.id), results)
    rules = frozenset(rule.id for rule in ruleset.rules)
    return Core(
        engine_version=engine_version,
        ruleset={
            "id": ruleset.id,
            "version": ruleset.version,
            "digest": ruleset.digest,
            "approval": approval_digest(ruleset.approval),
        },
        lists=tuple(_sorted(_list(snapshot) for snapshot in watchlists)),
        registers=tuple(_sorted(_register(register) for register in registers)),
        as_of=as_of,
        subject=UNKEYED if key_ring is None else key_ring.pseudonym(candidate.id),
        input_commitment=committer.commit("input", candidate_bytes(candidate)),
        checks=tuple(_check(result, committer) for result in sorted(results, key=lambda item: item.check)),
        decision=_decision(decision, rules, committer),
        readings=tuple(_sorted(_reading(reading, committer) for reading in readings)),
    )


def core_bytes(core: Core) -> bytes:
    """The canonical bytes of a core.

    Raises:
        EngineError: a value leaves the canonical profile.
    """
    return profile_bytes(core)


def core_digest(core: Core) -> str:
    """``sha256:…`` of the core's canonical bytes."""
    return canonical.digest(core_bytes(core))


def candidate_bytes(candidate: Candidate) -> bytes:
    """Canonical bytes of a candidate for the input commitment: rows in one order, whatever the file's was."""
    value = _plain(candidate)
    for part in _ROWS:
        value[part] = sorted(value[part], key=profile_bytes)
    return profile_bytes(value)


def approval_digest(approval: Approval | None) -> str | None:
    """``sha256:…`` of an approval's canonical bytes: commits to the approvers without naming them."""
    return None if approval is None else canonical.digest(profile_bytes(approval))


def profile_bytes(value: object) -> bytes:
    """Canonical bytes of a noun or of plain values.

    Raises:
        EngineError: a value leaves the canonical profile; the fault says which.
    """
    try:
        return canonical.dumps(_plain(value) if isinstance(value, BaseModel) else value)
    except (TypeError, ValueError) as error:
        raise EngineError(Fault("record.not_canonical", params={"where": str(error)})) from error


def _plain(noun: BaseModel) -> dict[str, Any]:
    return noun.model_dump(mode="json")


def _sorted(values: Iterable[_Json]) -> list[_Json]:
    return sorted(values, key=profile_bytes)


def _list(snapshot: ListSnapshot) -> _Json:
    # Said only where it is so: a list within its limit was accepted by nobody.
    accepted = {"accepted": snapshot.accepted} if snapshot.accepted else {}
    return accepted | {
        "list_id": snapshot.list_id,
        "digest": snapshot.digest,
        "published": _day(snapshot.published),
        "retrieved": _day(snapshot.retrieved),
        "max_age_days": snapshot.max_age_days,
        "effect": snapshot.authority.effect.value,
        "authority": _plain(snapshot.authority),
    }


def _register(register: Register) -> _Json:
    return {
        "register_id": register.register_id,
        "kind": register.kind.value,
        "digest": register.digest,
        "as_at": _day(register.as_at),
    }


def _check(result: CheckResult, committer: Committer) -> _Json:
    profile_bytes(result.counts)  # all else is typed; a count that is no integer is refused here, without a journal too
    return {
        "check": result.check,
        "version": result.check_version,
        "status": result.status.value,
        "counts": dict(result.counts),
        "rules": _outcomes(result.outcomes),
        "findings": [_finding(finding, committer) for finding in sorted(result.findings, key=lambda item: item.id)],
        "gaps": _gaps(result.gaps, committer),
    }


def _outcomes(outcomes: Iterable[RuleOutcome]) -> list[_Json]:
    return [
        {
            "rule": outcome.rule,
            "version": outcome.rule_version,
            "status": outcome.status.value,
            "times": outcome.times,
            # Where in the condition it was decided; what stood there may be a person's words.
            "deciding": outcome.deciding.path if outcome.deciding else None,
        }
        for outcome in sorted(outcomes, key=lambda item: (item.rule, item.rule_version, item.check))
    ]


def _finding(finding: Finding, committer: Committer) -> _Json:
    return {
        "id": committer.name_of(finding.id),
        "rule": finding.rule,
        "version": finding.rule_version,
        "status": finding.status.value,
        "category": finding.category,
        "level": finding.level.value,
        "severity": finding.severity.value,
        "band": finding.band.value,
        "score": finding.score,
        "code": finding.code,
        "topic": committer.commit("topic", finding.topic.encode()) if finding.topic else "",
        "functions": sorted(finding.functions),
        "confidential": finding.confidential,
        "modifiers": _sorted(_modifier(modifier, committer) for modifier in finding.modifiers),
        "params": committer.commit_to(dict(finding.params), "params"),
        "evidence": committer.commit_to([_plain(piece) for piece in finding.evidence], "evidence"),
    }


def _modifier(modifier: AppliedModifier, committer: Committer) -> _Json:
    return {
        "modifier": modifier.modifier,
        "from_level": modifier.from_level.value,
        "to_level": modifier.to_level.value,
        "evidence": committer.commit_to([_plain(piece) for piece in modifier.evidence], "evidence"),
    }


def _gaps(gaps: Iterable[Gap], committer: Committer) -> list[_Json]:
    return _sorted(
        {
            "code": gap.code,
            "check": gap.check,
            "owner": gap.owner.value,
            "functions": sorted(gap.functions),
            "params": committer.commit_to(dict(gap.params), "params"),
            "due": _day(gap.due),
        }
        for gap in gaps
    )


def _decision(decision: Decision, rules: frozenset[str], committer: Committer) -> _Json:
    return {
        "disposition": decision.disposition.value,
        "level": decision.level.value,
        "reasons": _sorted(_reason(reason, committer) for reason in decision.reasons),
        "gaps": _gaps(decision.gaps, committer),
        "obligations": _sorted(_obligation(obligation, rules, committer) for obligation in decision.obligations),
        "functions": sorted(decision.functions),
        "derived": sorted(decision.derived),
        "rules": _outcomes(decision.outcomes),
        "held": decision.held,
        "dry_run": decision.dry_run,
    }


def _reading(reading: GapReading, committer: Committer) -> _Json:
    """Which gap, how much of it was read, by how many whose identity is assured how; the rest is committed to."""
    return {
        "check": reading.check,
        "about": committer.commit("about", reading.about.encode()),
        "population": reading.population,
        "sample": len(reading.sample),
        "items": committer.commit_to([_plain(item) for item in reading.sample], "sample"),
        "disputed": len(reading.disputed),
        "readers": _sorted(
            {
                "reader": committer.commit("reader", one.reader.encode()),
                "assurance": one.assurance,
                "on": _day(one.on),
                "found": committer.commit_to([_plain(found) for found in one.found], "found"),
            }
            for one in reading.readings
        ),
    }


def _reason(reason: Reason, committer: Committer) -> _Json:
    return {
        "level": reason.level.value,
        "finding": None if reason.finding is None else committer.name_of(reason.finding),
        "rule": reason.rule,
        "facts": committer.commit_to(sorted(reason.facts), "facts"),
    }


def _obligation(obligation: DueObligation, rules: frozenset[str], committer: Committer) -> _Json:
    return {
        "id": obligation.id,
        "because": sorted(cause if cause in rules else committer.name_of(cause) for cause in obligation.because),
        "met": obligation.met_by is not None,  # by which attestation is personal, and sealed
        "expires": _day(obligation.expires),
    }


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
