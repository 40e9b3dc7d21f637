"""Canonical cores, seals, keys, the journal and its proofs."""

from vetting_engine.records._draft import Entry
from vetting_engine.records.archive import Archive
from vetting_engine.records.core import UNKEYED, approval_digest, build_core, candidate_bytes, core_bytes, core_digest
from vetting_engine.records.journal import Journal
from vetting_engine.records.keys import FileKeyRing, MemoryKeyRing, OpeningKeyRing, derive
from vetting_engine.records.seal import build_sealed, open_record
from vetting_engine.records.verify import Checkpoint, JournalFault, VerifyReport, verify_journal

__all__ = [
    "UNKEYED",
    "Archive",
    "Checkpoint",
    "Entry",
    "FileKeyRing",
    "Journal",
    "JournalFault",
    "MemoryKeyRing",
    "OpeningKeyRing",
    "VerifyReport",
    "approval_digest",
    "build_core",
    "build_sealed",
    "candidate_bytes",
    "core_bytes",
    "core_digest",
    "derive",
    "open_record",
    "verify_journal",
]
