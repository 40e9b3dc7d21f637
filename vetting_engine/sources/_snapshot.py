"""From what a reader understood to a snapshot: digests, counts, and refusal of what cannot be trusted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from vetting_engine import canonical
from vetting_engine.errors import Fault, InputError, ListError, Location
from vetting_engine.model.watchlist import Authority, ListSnapshot, LoadReport, SourceFile, WatchlistEntry

__all__ = ["Draft", "ListFile", "as_list_error", "complete", "make_entry", "source_file"]


@dataclass(frozen=True, slots=True)
class ListFile:
    """A file as read: its path and bytes."""

    path: Path
    data: bytes


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reader knows about its list, apart from the entries."""

    list_id: str
    title: str
    format: str
    authority: Authority
    published: date | None = None


@contextmanager
def as_list_error() -> Iterator[None]:
    """A list that cannot be read is refused as a list, with the same faults."""
    try:
        yield
    except InputError as error:
        raise ListError(error.faults) from None


def make_entry(fields: Mapping[str, Any], at: Location) -> WatchlistEntry:
    """An entry with its digest over all other fields.

    Raises:
        ListError: ``list.entry_invalid``, one fault per field that breaks a bound.
    """
    try:
        entry = WatchlistEntry(**fields, digest="")
    except ValidationError as error:
        raise ListError(
            Fault(
                "list.entry_invalid",
                Location(at.file, at.line, at.column, ".".join(str(part) for part in problem["loc"])),
                {"entry": str(fields.get("id", "")), "reason": problem["msg"]},
            )
            for problem in error.errors(include_url=False, include_input=False)
        ) from None
    return entry.model_copy(update={"digest": canonical.digest(canonical.dumps(_content(entry)))})


def complete(
    draft: Draft,
    entries: Sequence[WatchlistEntry],
    files: Sequence[ListFile],
    partly_understood: Mapping[str, int],
    faults: Iterable[Fault] = (),
) -> ListSnapshot:
    """The snapshot, or every fault at once: those given, an empty list, an id that stands twice.

    Raises:
        ListError: ``list.no_entries``, ``list.duplicate_entry``, and the faults given.
    """
    main = str(files[0].path)
    found = list(faults)
    if not entries and not found:
        found.append(Fault("list.no_entries", Location(main)))
    times = Counter(entry.id for entry in entries)
    found += [
        Fault("list.duplicate_entry", Location(main), {"entry": entry_id, "times": count})
        for entry_id, count in times.items()
        if count > 1
    ]
    if found:
        raise ListError(found)
    sources = tuple(source_file(file) for file in files)
    return ListSnapshot(
        list_id=draft.list_id,
        title=draft.title,
        format=draft.format,
        published=draft.published,
        authority=draft.authority,
        entries=tuple(entries),
        digest=_digest(sources),
        report=LoadReport(
            entries=len(entries),
            names=sum(len(entry.names) for entry in entries),
            partly_understood={code: count for code, count in partly_understood.items() if count},
        ),
        files=sources,
    )


def source_file(file: ListFile) -> SourceFile:
    """Name, digest and place of one file."""
    return SourceFile(name=file.path.name, digest=canonical.digest(file.data), path=str(file.path))


def _digest(files: Sequence[SourceFile]) -> str:
    """Of the bytes of one file; of a set, over the digests of its files by name."""
    if len(files) == 1:
        return files[0].digest
    manifest = [{"name": file.name.lower(), "digest": file.digest} for file in files]
    return canonical.digest(canonical.dumps({"files": sorted(manifest, key=lambda item: item["name"])}))


def _content(entry: WatchlistEntry) -> object:
    left_out = {"digest"} if entry.expires_on else {"digest", "expires_on"}
    return entry.model_dump(mode="json", exclude=left_out)
