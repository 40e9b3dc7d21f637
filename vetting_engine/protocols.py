"""The doors: what a plugin must be, and what a host hands in.

Everything that touches the world (network, clock, storage, identity, keys) comes in by one of these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from pydantic import BaseModel

from vetting_engine.errors import Fault, Location
from vetting_engine.model.candidate import Candidate, Post
from vetting_engine.model.cohort import CohortRecord, SelfReport
from vetting_engine.model.decision import Disposition
from vetting_engine.model.facts import Facts, Vocabulary
from vetting_engine.model.finding import CheckResult, Gap
from vetting_engine.model.reading import ReadItem
from vetting_engine.model.ruleset import Example, Rule, Ruleset
from vetting_engine.model.run import Run
from vetting_engine.model.watchlist import Authority, ListSnapshot, Register

__all__ = [
    "BatchRead",
    "CandidateReader",
    "Check",
    "CohortCheck",
    "DocumentCheck",
    "Examiner",
    "ExportFile",
    "ExportRead",
    "ExportedAccount",
    "KeyRing",
    "ListSource",
    "PlacedDocument",
    "PostReader",
    "ReadableCheck",
    "Report",
    "Resources",
]


@runtime_checkable
class KeyRing(Protocol):
    """Keys, one per subject; erasing one makes everything sealed under it unreadable for ever."""

    def subject_key(self, subject_id: str) -> bytes:
        """The 32-byte key of a subject, made at first use. Raises KeyRingError where it was erased."""

    def ensure(self, subject_ids: Iterable[str]) -> None:
        """Make the keys of these subjects where there are none yet, together (a batch at a time is faster)."""

    def pseudonym(self, subject_id: str) -> str:
        """A keyed pseudonym: same id, same ring, same answer; useless without the ring."""


@dataclass(frozen=True, slots=True)
class Resources:
    """What a run may look at, handed in by the host. Nothing is looked up behind its back.

    ``cache``: a folder where lists may be kept compiled; without one nothing is written.
    """

    watchlists: Sequence[ListSnapshot] = ()
    registers: Sequence[Register] = ()
    key_ring: KeyRing | None = None
    cache: Path | None = None


class Examiner(Protocol):
    """A check prepared for one ruleset and its resources."""

    def examine_many(self, candidates: Sequence[Candidate], as_of: date) -> Sequence[CheckResult]:
        """One result per candidate, in order. Never raises for bad input: what cannot be checked is a gap."""


class Check(Protocol):
    """One kind of check about one person. A module of ``checks`` offers it as ``PLUGIN``.

    ``documents`` maps a folder of the pack (``terms``) to the model of one file in it; ``vocabulary`` is what
    its rules may read. ``settings`` is the model of ``checks.<name>`` in ``ruleset.yaml``.
    """

    name: str
    version: str
    settings: type[BaseModel]
    documents: Mapping[str, type[BaseModel]]
    vocabulary: Vocabulary
    modifiers: frozenset[str]  # what may lower a hit of its rules

    def prepare(self, ruleset: Ruleset, resources: Resources) -> Examiner:
        """Compile rules and resources once. Raises RulesetError for what lint could not see."""

    def example_facts(self, ruleset: Ruleset, rule: Rule, example: Example) -> Sequence[Facts]:
        """The facts that an example of a rule stands for: the rule hits if it is true on any of them."""


@runtime_checkable
class ReadableCheck(Protocol):
    """A check some of whose gaps people can close by reading; a ``Check`` may offer this beside."""

    name: str

    def about(self, gap: Gap) -> str | None:
        """What a gap is about (``language:rhg``); None for one that reading does not close."""

    def to_read(self, candidate: Candidate, subject: str) -> Sequence[ReadItem]:
        """Everything such a gap is about, in one order."""


@dataclass(frozen=True, slots=True)
class PlacedDocument:
    """A check's own file of a pack, and the place of a part of it by its keys and indexes from the top."""

    document: Any
    at: Callable[[tuple[str | int, ...]], Location]


@runtime_checkable
class DocumentCheck(Protocol):
    """A check whose files can be wrong beside each other; a ``Check`` may offer this beside."""

    name: str

    def document_faults(self, documents: Mapping[str, Sequence[PlacedDocument]]) -> Iterable[Fault]:
        """What is wrong with them, by folder; files that are wrong by themselves are not among them."""


class CohortCheck(Protocol):
    """A check of a group. It writes a record of its own and never a finding about one person."""

    name: str
    version: str
    settings: type[BaseModel]

    def measure(
        self,
        ruleset: Ruleset,
        pool: Sequence[Candidate],
        reports: Mapping[str, SelfReport],
        dispositions: Mapping[str, Disposition],
    ) -> CohortRecord:
        """Measure belonging and reach over the pool, those still eligible, and quotas."""


class ListSource(Protocol):
    """Reads one list format. A module of ``sources`` offers it as ``PLUGIN``.

    ``authority`` is the list's own, before an office has said anything; a list it does not know is off.
    """

    name: str
    title: str
    authority: Authority

    def recognises(self, head: bytes, path: Path) -> bool:
        """Whether the first 64 KiB look like this format; the file name never decides."""

    def list_id(self, path: Path) -> str:
        """The id of the list in a file of this format: what an office's approval is looked up by."""

    def read(self, path: Path, authority: Authority | None = None) -> ListSnapshot:
        """Read the list whole, or raise ListError with every fault found."""


@dataclass(frozen=True, slots=True)
class BatchRead:
    """What came out of one or more files: good rows, and a fault for each that was refused."""

    candidates: tuple[Candidate, ...] = ()
    reports: tuple[SelfReport, ...] = ()
    faults: tuple[Fault, ...] = ()
    rows: int = 0
    dropped_fields: tuple[str, ...] = ()
    posts: Mapping[str, tuple[Post, ...]] = field(default_factory=dict)  # candidate id → posts


class CandidateReader(Protocol):
    """Reads candidates from one file format. A module of ``intake`` offers it as ``PLUGIN``."""

    name: str

    def recognises(self, head: bytes, path: Path) -> bool:
        """Whether the file is in this format, judged by content."""

    def read(self, path: Path, mapping: Any | None = None) -> BatchRead:  # noqa: ANN401  # an intake.mapping.Mapping
        """Read every row; a bad row is a fault and the rest goes on. Raises InputError for an unreadable file."""


@dataclass(frozen=True, slots=True)
class ExportFile:
    """One file of an export that its reader may open.

    ``name`` is its path within the export, ``pattern`` the entry of the allow-list that lets it be opened, ``file``
    what faults call it. ``load`` answers the whole content, or raises InputError.
    """

    name: str
    pattern: str
    file: str
    load: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class ExportedAccount:
    """One account as its export shows it. ``handle`` is empty where the export does not say; ``names`` are others it
    goes by there (an id, a title). ``guessed_languages``: the platform guessed what its posts are written in.
    """

    platform: str
    handle: str = ""
    posts: tuple[Post, ...] = ()
    names: tuple[str, ...] = ()
    bio: str | None = None
    followers: int | None = None
    exported_on: date | None = None
    guessed_languages: bool = False


@dataclass(frozen=True, slots=True)
class ExportRead:
    """What came out of one export: accounts with their posts, what is wrong, how many posts could not be read."""

    accounts: tuple[ExportedAccount, ...] = ()
    faults: tuple[Fault, ...] = ()
    unread: int = 0


class PostReader(Protocol):
    """Reads the exports of one platform. A module of ``intake.platforms`` offers it as ``PLUGIN``.

    ``allowed`` are the paths within an export that may be opened, ``*`` standing for anything within one name. What
    is not named there (messages, contacts, likes, other people's comments) is never opened, not even to look.
    """

    name: str
    allowed: Sequence[str]

    def recognises(self, head: bytes, path: Path) -> bool:
        """Whether an allowed file is in this format, judged by its first 64 KiB."""

    def read(self, files: Sequence[ExportFile], zone: str | None = None) -> ExportRead:
        """The owner's public texts. ``zone`` is the UTC offset of times that do not say theirs."""


class Report(Protocol):
    """Writes a run in one format. A module of ``reports`` offers it as ``PLUGIN``."""

    name: str

    def write(self, run: Run, folder: Path) -> tuple[Path, ...]:
        """Write the report into an existing folder; answers the files written, the main one first."""
