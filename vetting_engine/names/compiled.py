"""A list's names compiled once: the index's arrays in one file, memory-mapped when opened again.

Nothing is written unless the host gives a folder. A file is used only if its header names the same list, check and
background table and its checksum holds; otherwise it is made anew, in a temporary file that then takes its place.
It holds numbers, never code, and the names are read from the list: a hostile file can at worst be refused, or keep
listed names from being found, so the folder deserves the protection of the lists themselves.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import numpy as np

from vetting_engine.names import background
from vetting_engine.names._table import FORMS, TYPES, Array, Table, build
from vetting_engine.names.index import NameIndex
from vetting_engine.names.organisations import parse_organisation
from vetting_engine.names.parts import ParsedName, parse_many, parse_name

__all__ = ["FORMAT", "CompiledError", "open_compiled", "open_or_build", "save"]

#: Raise it whenever parsing, keys or the layout change: older files are then made anew.
FORMAT: Final = 2
_MAGIC: Final = b"VENAMES\n"
_ALIGNED: Final = 64
_MOST_HEADER: Final = 1 << 16
_HASH: Final = 32


class CompiledError(ValueError):
    """The file is damaged, of another version, or of another list; make it anew."""


class _Listed(Sequence[ParsedName]):
    """The names of a list, parsed only where asked for."""

    def __init__(self, names: Sequence[str], parse: Callable[[str], ParsedName]) -> None:
        self._written, self._parse = names, parse

    def __len__(self) -> int:
        return len(self._written)

    def __getitem__(self, number: Any) -> Any:  # noqa: ANN401  # by number only, as the index asks
        return self._parse(self._written[number])


def open_or_build(folder: Path | None, digest: str, names: Sequence[str], *, bodies: bool = False) -> NameIndex:
    """The index of ``names``, from the folder's compiled file where that is fresh, else built and saved there.

    Args:
        folder: where compiled files lie; None builds in memory and writes nothing.
        digest: what the names are from, such as the digests of all lists together; names the file.
        names: as written, numbered in this order.
        bodies: whether these are names of organisations.

    A folder that cannot be written is no fault: the index is there all the same.
    """
    parse = parse_organisation if bodies else parse_name
    if folder is None:
        return NameIndex(parse_many(names, parse))
    key = key_of(digest, names, bodies=bodies)
    path = folder / f"names-{key}.compiled"
    with suppress(CompiledError, OSError):
        table = open_compiled(path, key)
        if table.names.max(initial=-1) < len(names):
            return NameIndex(_Listed(names, parse), table)
    parsed = parse_many(names, parse)
    table = build(parsed)
    with suppress(OSError):
        save(table, path, key)
    return NameIndex(parsed, table)


def key_of(digest: str, names: Sequence[str], *, bodies: bool) -> str:
    """What a compiled file must say it was made from: list, names in order, kind, versions."""
    made = blake2b(digest_size=_HASH // 2)
    for text in (str(FORMAT), background.version(), str(bodies), digest, *names):
        made.update(text.encode(errors="surrogatepass") + b"\0")
    return made.hexdigest()


def save(table: Table, path: Path, key: str) -> None:
    """Write the table beside its header; readers see the old file or the whole new one.

    Raises:
        OSError: the folder cannot be written.
    """
    arrays = [np.ascontiguousarray(getattr(table, name), dtype=f"<{kind}") for name, kind in TYPES.items()]
    body = bytearray()
    places = {}
    for name, array in zip(TYPES, arrays, strict=True):
        body += bytes(-len(body) % _ALIGNED)
        places[name] = [len(body), len(array)]
        body += array.tobytes()
    header = {"key": key, "arrays": places, "size": len(body), "checksum": blake2b(body, digest_size=_HASH).hexdigest()}
    written = json.dumps(header, sort_keys=True).encode()
    written += b" " * (-(len(_MAGIC) + 8 + len(written)) % _ALIGNED)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=".names-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_MAGIC + len(written).to_bytes(8, "little") + written)
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def open_compiled(path: Path, key: str) -> Table:
    """The table of a compiled file, mapped into memory.

    Raises:
        CompiledError: the file is damaged, or says another key.
        OSError: it cannot be read.
    """
    mapped = np.memmap(path, np.uint8, mode="r") if path.stat().st_size else np.empty(0, np.uint8)
    begin = len(_MAGIC) + 8
    length = int.from_bytes(mapped[len(_MAGIC) : begin].tobytes(), "little")
    if mapped[: len(_MAGIC)].tobytes() != _MAGIC or length > min(_MOST_HEADER, mapped.size - begin):
        raise CompiledError("not a compiled list of this program")
    try:
        header = json.loads(mapped[begin : begin + length].tobytes())
        body = mapped[begin + length :]
        whole = header["key"] == key and body.size == header["size"]
        if not whole or blake2b(body.data, digest_size=_HASH).hexdigest() != header["checksum"]:
            raise CompiledError("damaged, of another version, or of another list")
        places = {name: (int(start), int(count)) for name, (start, count) in header["arrays"].items()}
        table = Table(*(_array(body, places[name], kind) for name, kind in TYPES.items()))
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise CompiledError(str(error)) from error
    _check(table)
    return table


def _array(body: Any, place: tuple[int, int], kind: str) -> Any:  # noqa: ANN401  # a part of the map
    start, count = place
    size = int(kind[1:]) * count
    if start < 0 or count < 0 or start + size > body.size:
        raise CompiledError("an array reaches beyond the file")
    return body[start : start + size].view(f"<{kind}")


def _check(table: Table) -> None:
    """Numbers point where there is something: a checksum holds for a forged file as well."""
    rows, parts, keys = len(table.names), len(table.rarity), len(table.key_hashes)
    inside = (
        (table.reading, rows),
        (table.row_parts, parts),
        (table.postings, rows),
        (table.key_parts, parts),
        (table.run_rows, rows),
    )
    ends = (
        (table.row_ends, table.row_parts, rows),
        (table.posting_ends, table.postings, parts),
        (table.key_ends, table.key_parts, keys),
    )
    same = {len(table.reading), len(table.weight), len(table.initials)} == {rows}
    same = same and {len(table.flags), len(table.classes)} == {parts}
    same = same and np.count_nonzero(table.forms == ord("\n")) == FORMS * parts
    same = same and {len(table.run_hashes), len(table.run_rarity), len(table.run_whole)} == {len(table.run_rows)}
    same = same and all(_are_ends(*each) for each in ends) and bool((np.diff(table.row_ends) > 0).all())
    same = same and bool((table.names >= 0).all())
    if not same or any(len(array) and (array.min() < 0 or array.max() >= most) for array, most in inside):
        raise CompiledError("numbers point beyond the file")


def _are_ends(ends: Array, of: Array, count: int) -> bool:
    """Whether ``count`` stretches follow one another from the first to the last of the array."""
    return len(ends) == count + 1 and ends[0] == 0 and ends[-1] == len(of) and bool((np.diff(ends) >= 0).all())
