"""From an entry to the bytes of a record: everything that needs no look into the journal happens here first, so
that the write transaction is short.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from vetting_engine import canonical
from vetting_engine.errors import Fault, KeyRingError
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.decision import EngineRun
from vetting_engine.model.record import Actor, Core, Envelope, SealedContent
from vetting_engine.protocols import KeyRing
from vetting_engine.records.core import UNKEYED, Committer, core_bytes, profile_bytes
from vetting_engine.records.seal import seal

__all__ = ["Circumstances", "Draft", "Entry", "draft", "envelope_bytes", "leaf_data", "record_id"]

#: Hexadecimal digits of the core's digest in a record's id.
_ID_DIGITS = 16


class Entry(NamedTuple):
    """What one record is made of. Without ``content`` the record has no sealed part."""

    core: Core
    content: SealedContent | None
    engines: Sequence[EngineRun]
    candidate: Candidate


class Circumstances(NamedTuple):
    """What the envelopes of one call have in common: when, who, for which office, why, on what basis, how long."""

    time: datetime
    actor: Actor
    office: str
    purpose: str
    legal_basis: str
    retain_until: date | None


class Draft(NamedTuple):
    """A record but for what only the transaction knows: its sequence and what it supersedes."""

    subject: str
    engines: tuple[EngineRun, ...]
    consent_ref: str | None
    core: bytes
    core_digest: str
    sealed: bytes | None
    sealed_digest: str | None


def draft(entry: Entry, key_ring: KeyRing | None) -> Draft:
    """Canonical bytes and digests of an entry, its content sealed.

    Raises:
        KeyRingError: there is content and no key ring, here or when the core was built (``seal.no_key_ring``), or
            the core was built with another ring than this one (``seal.other_key_ring``).
    """
    core = core_bytes(entry.core)
    core_digest = canonical.digest(core)
    key = None if key_ring is None else key_ring.subject_key(entry.candidate.id)
    if key_ring is not None and entry.core.subject not in (UNKEYED, key_ring.pseudonym(entry.candidate.id)):
        raise KeyRingError(Fault("seal.other_key_ring"))
    sealed: bytes | None = None
    if entry.content is not None:
        if key is None or entry.core.subject == UNKEYED:
            raise KeyRingError(Fault("seal.no_key_ring"))
        sealed = profile_bytes(seal(entry.content, core_digest, key))
    consent = entry.candidate.consent_ref
    return Draft(
        subject=entry.core.subject,
        engines=tuple(entry.engines),
        # The number of a form leads to a person as surely as a name, and must not outlive their key.
        consent_ref=None if consent is None else Committer(key, ()).commit("consent", consent.encode()),
        core=core,
        core_digest=core_digest,
        sealed=sealed,
        sealed_digest=None if sealed is None else canonical.digest(sealed),
    )


def envelope_bytes(record: Draft, circumstances: Circumstances, sequence: int, supersedes: str | None) -> bytes:
    """The canonical bytes of the envelope around a record; the time is written in UTC.

    Raises:
        ValueError: the time has no UTC offset.
    """
    if circumstances.time.tzinfo is None:
        raise ValueError("a record's time needs a UTC offset")
    given = circumstances._asdict() | {"time": circumstances.time.astimezone(UTC)}
    envelope = Envelope(
        **given,
        sequence=sequence,
        consent_ref=record.consent_ref,
        engines=record.engines,
        core_digest=record.core_digest,
        sealed_digest=record.sealed_digest,
        # Without a key ring all subjects are "unkeyed": nothing is known to belong together.
        supersedes=None if record.subject == UNKEYED else supersedes,
    )
    return profile_bytes(envelope)


def leaf_data(journal_id: str, envelope: bytes, core_digest: str, sealed_digest: str | None) -> bytes:
    """What a record's leaf covers. Digests only, so that inclusion can be shown without showing the record."""
    return canonical.dumps(
        {"core": core_digest, "envelope": canonical.digest(envelope), "journal": journal_id, "sealed": sealed_digest}
    )


def record_id(core_digest: str, sequence: int) -> str:
    """A record's id: the first sixteen hexadecimal digits of its core's digest, and its sequence."""
    return f"{core_digest.removeprefix(canonical.DIGEST_PREFIX)[:_ID_DIGITS]}-{sequence}"
