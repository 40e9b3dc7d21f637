"""The decision record: a deterministic core, a sealed part, an envelope."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from vetting_engine.model.base import FrozenMap, Noun
from vetting_engine.model.decision import Decision, EngineRun
from vetting_engine.model.finding import CheckResult
from vetting_engine.model.reading import GapReading

__all__ = ["CORE_SCHEMA", "Actor", "Core", "Envelope", "Record", "Sealed", "SealedContent"]

CORE_SCHEMA = "vetting-engine/core/1"


class Core(Noun):
    """What replay must reproduce byte for byte: everything decided, no personal text, no clock but ``as_of``.

    ``checks`` holds per check: version, status, counts, every rule's outcome (id, version, status, times) and
    every finding as codes, levels, scores and an evidence commitment. Made only of canonical JSON values.
    """

    schema_id: str = CORE_SCHEMA
    engine_version: str
    ruleset: FrozenMap  # id, version, digest, approval digest or null
    lists: tuple[FrozenMap, ...]  # list_id, digest, published, effect
    registers: tuple[FrozenMap, ...]  # register_id, digest
    as_of: date
    subject: str  # keyed pseudonym of the candidate id; "unkeyed" without a key ring
    input_commitment: str
    checks: tuple[FrozenMap, ...]
    decision: FrozenMap
    readings: tuple[FrozenMap, ...] = ()  # what people read to close gaps

    @model_serializer(mode="wrap")
    def _plain(self, standard: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Without ``readings`` where nobody read anything, so that such records do not mention them."""
        said: dict[str, Any] = standard(self)
        if not self.readings:
            del said["readings"]
        return said


class SealedContent(Noun):
    """What is encrypted under the subject's key: canonical input, findings with evidence, full decision."""

    candidate: FrozenMap
    results: tuple[CheckResult, ...]
    decision: Decision
    readings: tuple[GapReading, ...] = ()  # by which people closed gaps


class Sealed(Noun):
    """AES-GCM ciphertext and its nonce, base64; ``key_id`` names the subject's key, never holds it."""

    key_id: str
    nonce: str
    ciphertext: str


class Actor(Noun):
    """Who acted, and how that is assured: ``asserted`` (a typed name) never counts as a second person."""

    id: str
    assurance: str = "asserted"  # "asserted", "host", "own_key"


class Envelope(Noun):
    """What surrounds a core: order, clock, people, purpose and which engines ran."""

    sequence: int = Field(ge=0)
    time: datetime
    actor: Actor
    office: str = ""
    purpose: str = ""
    legal_basis: str = ""
    consent_ref: str | None = None
    retain_until: date | None = None
    engines: tuple[EngineRun, ...]
    core_digest: str
    sealed_digest: str | None
    supersedes: str | None = None


class Record(Noun):
    """A decision record. ``id`` is the core digest's first sixteen hexadecimal digits and the sequence."""

    id: str
    envelope: Envelope
    core: Core
    sealed: Sealed | None = None
