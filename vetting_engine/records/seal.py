"""The sealed part of a record: AES-256-GCM under a key derived from the subject's own, bound to its core.

Whoever erases the subject's key makes the sealed part unreadable for ever, while its digest stays in the tree
and every proof still holds. The associated data are the core's digest and the key's id, so that a sealed part
cannot be moved to another record or subject.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import ValidationError

from vetting_engine import canonical
from vetting_engine.errors import Fault, JournalError
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.decision import Decision
from vetting_engine.model.finding import CheckResult
from vetting_engine.model.reading import GapReading
from vetting_engine.model.record import Record, Sealed, SealedContent
from vetting_engine.records.core import profile_bytes
from vetting_engine.records.keys import OpeningKeyRing, derive, pseudonym_of

__all__ = ["NONCE_BYTES", "build_sealed", "open_record", "seal", "unseal"]

#: NIST SP 800-38D section 8.2.2: 96 random bits are good for 2^32 seals under one key; a subject has a handful.
NONCE_BYTES = 12


def build_sealed(
    candidate: Candidate, results: Sequence[CheckResult], decision: Decision, readings: Sequence[GapReading] = ()
) -> SealedContent:
    """What is sealed: the candidate as read, every finding with its evidence, the decision, what people read."""
    return SealedContent(
        candidate=candidate.model_dump(mode="json"),
        results=tuple(results),
        decision=decision,
        readings=tuple(readings),
    )


def seal(content: SealedContent, core_digest: str, subject_key: bytes) -> Sealed:
    """Encrypt, with a new random nonce.

    Args:
        content: from ``build_sealed``.
        core_digest: of the core it belongs to.
        subject_key: the subject's 32-byte key; its pseudonym becomes the key id.

    Raises:
        EngineError: the content leaves the canonical profile (``record.not_canonical``).
    """
    plain = profile_bytes(content)
    nonce = secrets.token_bytes(NONCE_BYTES)
    key_id = pseudonym_of(subject_key)
    ciphertext = AESGCM(derive(subject_key, "seal")).encrypt(nonce, plain, _bound_to(core_digest, key_id))
    return Sealed(
        key_id=key_id, nonce=base64.b64encode(nonce).decode(), ciphertext=base64.b64encode(ciphertext).decode()
    )


def unseal(sealed: Sealed, core_digest: str, subject_key: bytes) -> SealedContent:
    """Decrypt and read back.

    Raises:
        JournalError: it was altered, belongs to another record, or was sealed under another key
            (``seal.broken``); or it holds something this version cannot read (``seal.unreadable``).
    """
    try:
        nonce = base64.b64decode(sealed.nonce, validate=True)
        ciphertext = base64.b64decode(sealed.ciphertext, validate=True)
        plain = AESGCM(derive(subject_key, "seal")).decrypt(nonce, ciphertext, _bound_to(core_digest, sealed.key_id))
    except (InvalidTag, binascii.Error, ValueError) as error:
        raise JournalError(Fault("seal.broken", params={"key": sealed.key_id})) from error
    try:
        return SealedContent.model_validate(canonical.loads(plain))
    except (ValidationError, ValueError) as error:
        raise JournalError(Fault("seal.unreadable", params={"key": sealed.key_id})) from error


def open_record(record: Record, key_ring: OpeningKeyRing) -> SealedContent:
    """The sealed content of a record.

    Raises:
        JournalError: the record has no sealed part (``seal.none``), or it does not open.
        KeyRingError: the ring does not hold the key: erased, or another ring (``key.not_found``).
    """
    if record.sealed is None:
        raise JournalError(Fault("seal.none", params={"record": record.id}))
    return unseal(record.sealed, record.envelope.core_digest, key_ring.key(record.sealed.key_id))


def _bound_to(core_digest: str, key_id: str) -> bytes:
    return canonical.dumps({"core": core_digest, "key": key_id})
