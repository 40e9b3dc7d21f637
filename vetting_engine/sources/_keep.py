"""Keeping lists current: a new copy takes the old one's place only after it was read whole as that list."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from vetting_engine import canonical
from vetting_engine.errors import Fault, ListError, Location, VettingError
from vetting_engine.files.reading import read_head
from vetting_engine.files.workbooks import is_workbook
from vetting_engine.model.watchlist import ListSnapshot
from vetting_engine.sources._authorities import AUTHORITIES_FILE, Authorities, load_authorities
from vetting_engine.sources._authority_defaults import URLS
from vetting_engine.sources._bounds import Bounds
from vetting_engine.sources._fetched import Fetched, read_note, write_note
from vetting_engine.sources._load import list_id_of, load_watchlist

__all__ = ["Kept", "authorities_in", "fetch_watchlist", "import_watchlist", "lists_in"]

#: A list that lost more than half of its entries at once was cut, or is another list.
_SHRINK = 2
_NOT_NAME = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Kept:
    """What is in use now: the list, its file, and whether it is another copy than before."""

    snapshot: ListSnapshot
    path: Path
    changed: bool


def lists_in(folder: Path) -> tuple[Path, ...]:
    """The files of a folder that may be lists; hidden ones, the authorities and mappings are none."""
    return tuple(
        sorted(
            item
            for item in folder.iterdir()
            if item.is_file() and not item.name.startswith(".") and item.suffix not in {".yaml", ".yml"}
        )
    )


def authorities_in(folder: Path) -> Authorities | None:
    """What the office says of the lists in a folder; None where it says nothing. Raises as ``load_authorities``."""
    file = folder / AUTHORITIES_FILE
    return load_authorities(file) if file.is_file() else None


def fetch_watchlist(what: str, folder: str | Path, *, today: date, bounds: Bounds | None = None) -> Kept:
    """The current copy of a list from its issuer, into a folder.

    Args:
        what: the id of a list, whose address the office or its issuer has named, or an address.
        folder: where lists are kept; is made where it is not there.
        today: the day of the note beside the list.
        bounds: of time and size; by default those of ``Bounds``.

    Raises:
        ListError: why there is no new copy; the old one stays in use.
    """
    from vetting_engine.sources import _http  # noqa: PLC0415  # requests is slow to import, and most runs are offline

    kept_in = Path(folder)
    kept_in.mkdir(parents=True, exist_ok=True)
    authorities = authorities_in(kept_in)
    wanted = None if "://" in what else what
    url = _url_of(wanted, authorities) if wanted else what
    old = _kept(kept_in, wanted) if wanted else None
    note = _note_about(old, url) if old else None
    with _begun(kept_in) as begun:
        file = begun / (wanted or _file_name(url))
        etag, last_modified = (note.etag, note.last_modified) if note else (None, None)
        answer = _http.download(url, file, bounds or Bounds(), etag=etag, last_modified=last_modified)
        if not answer.changed and old is not None and note is not None:
            write_note(old, note.model_copy(update={"checked": today}))
            return Kept(load_watchlist(old, authorities), old, changed=False)
        snapshot = load_watchlist(file, authorities)
        if wanted and snapshot.list_id != wanted:
            raise ListError(Fault("fetch.other_list", Location(url), {"asked": wanted, "got": snapshot.list_id}))
        before = _before(kept_in, snapshot, authorities)
        _require_newer(before, snapshot, url)
        path = _place([file], kept_in / f"{snapshot.list_id}{_suffix(file)}", before)
    seen = Fetched(digest=snapshot.digest, retrieved=today, checked=today, url=url)
    seen = seen.model_copy(update={"etag": answer.etag, "last_modified": answer.last_modified})
    return _in_use(snapshot, path, seen, before)


def import_watchlist(
    file: str | Path, folder: str | Path, *, digest: str | None = None, retrieved: date | None = None
) -> Kept:
    """A list from a file, such as one on a USB stick, into a folder; a set of files is taken whole.

    Args:
        file: the list; of a set, its main file.
        folder: where lists are kept; is made where it is not there.
        digest: as printed by whoever handed it over (``sha256:…``). With it the copy may be older or smaller
            than the one in use, since somebody vouches for exactly these bytes.
        retrieved: the day it was taken from its issuer, where somebody knows it. A list that carries no date and
            comes without this day stays undated, which every screening shows as a gap.

    Raises:
        ListError: ``import.digest_differs``, or why it cannot be used; the old one stays in use.
    """
    kept_in, given = Path(folder), Path(file)
    kept_in.mkdir(parents=True, exist_ok=True)
    authorities = authorities_in(kept_in)
    original = load_watchlist(given, authorities)
    with _begun(kept_in) as begun:
        copies = [Path(shutil.copyfile(source.path, begun / source.name)) for source in original.files]
        snapshot = load_watchlist(copies[0], authorities)
        if digest is not None and snapshot.digest != digest.strip().lower():
            params: dict[str, str | int] = {"expected": digest, "found": snapshot.digest}
            raise ListError(Fault("import.digest_differs", Location(str(given)), params))
        before = _before(kept_in, snapshot, authorities)
        if digest is None:
            _require_newer(before, snapshot, str(given))
        # The files of a set find each other by their names.
        name = copies[0].name if len(copies) > 1 else f"{snapshot.list_id}{_suffix(copies[0])}"
        path = _place(copies, kept_in / name, before)
    return _in_use(snapshot, path, Fetched(digest=snapshot.digest, retrieved=retrieved, checked=retrieved), before)


def _in_use(snapshot: ListSnapshot, path: Path, note: Fetched, before: tuple[Path, ListSnapshot] | None) -> Kept:
    """Leave the note, and say where the list is now."""
    write_note(path, note)
    main, *others = snapshot.files
    files = [main.model_copy(update={"name": path.name, "path": str(path)})]
    files += [file.model_copy(update={"path": str(path.with_name(file.name))}) for file in others]
    kept = snapshot.model_copy(update={"retrieved": note.checked, "files": tuple(files)})
    return Kept(kept, path, changed=before is None or before[1].digest != snapshot.digest)


def _note_about(path: Path, url: str) -> Fetched | None:
    """The note of a list, if it is about these very bytes from this very address."""
    note = read_note(path)
    same = note is not None and note.url == url and note.digest == canonical.digest(path.read_bytes())
    return note if same else None


def _file_name(url: str) -> str:
    """The end of an address as the name of a file: a local list is called by it."""
    return _NOT_NAME.sub("-", urlsplit(url).path.rpartition("/")[2])[-_LONGEST_NAME:].lstrip(".-") or "list"


def _url_of(list_id: str, authorities: Authorities | None) -> str:
    terms = authorities.lists.get(list_id) if authorities else None
    url = (terms.url if terms else None) or URLS.get(list_id)
    if url is None:
        raise ListError(Fault("fetch.no_url", params={"list": list_id, "known": ", ".join(sorted(URLS))}))
    return url


def _kept(folder: Path, list_id: str) -> Path | None:
    """The file of a list in a folder, in whatever state it is."""
    for path in lists_in(folder):
        try:
            if list_id_of(path) == list_id:
                return path
        except VettingError:
            continue
    return None


def _before(folder: Path, snapshot: ListSnapshot, authorities: Authorities | None) -> tuple[Path, ListSnapshot] | None:
    """The copy in use; None where there is none, or one nobody could use."""
    path = _kept(folder, snapshot.list_id)
    if path is None:
        return None
    try:
        return path, load_watchlist(path, authorities)
    except VettingError:
        return None


def _require_newer(before: tuple[Path, ListSnapshot] | None, snapshot: ListSnapshot, origin: str) -> None:
    if before is None:
        return
    old = before[1]
    if old.published and snapshot.published and snapshot.published < old.published:
        days = {"kept": old.published.isoformat(), "offered": snapshot.published.isoformat()}
        raise ListError(Fault("fetch.older", Location(origin), days))
    if snapshot.report.entries * _SHRINK < old.report.entries:
        counts = {"kept": old.report.entries, "offered": snapshot.report.entries}
        raise ListError(Fault("fetch.shrunk", Location(origin), counts))


def _place(files: list[Path], target: Path, before: tuple[Path, ListSnapshot] | None) -> Path:
    """Give the files their names, the main one last, each in one step; the main one takes the old one's place."""
    if before is not None:
        target = before[0] if before[0].suffix == target.suffix else target
        if before[0] != target:
            params = {"file": before[0].name, "list": before[1].list_id}
            raise ListError(Fault("fetch.other_file", Location(str(target)), params))
    for file in reversed(files):
        with file.open("rb+") as written:
            os.fsync(written.fileno())
        file.replace(target if file is files[0] else target.with_name(file.name))
    return target


def _suffix(file: Path) -> str:
    """What such a file is usually called, for people; nothing here reads it."""
    head = read_head(file)
    if is_workbook(head):
        return ".xlsx"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return {b"<": ".xml", b"{": ".jsonl"}.get(start, ".csv")


@contextmanager
def _begun(folder: Path) -> Iterator[Path]:
    """A hidden folder for what is not whole yet, on the same disk so that renaming is one step."""
    begun = folder / f".fetch-{secrets.token_hex(4)}"
    begun.mkdir()
    try:
        yield begun
    finally:
        shutil.rmtree(begun, ignore_errors=True)
