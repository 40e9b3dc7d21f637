"""Finds columns by what they are called: plainly, by group path, as a label, or mangled on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from vetting_engine.errors import Fault, InputError, Location
from vetting_engine.files.tables import Table
from vetting_engine.intake._vocabulary import NUMBERED

__all__ = ["Headers", "by_alias", "is_chosen", "leaf", "numbered", "numbered_by_alias", "require"]

_NUMBER = re.compile(r"^(.+?)_([2-9]|[1-9][0-9])$")
#: What R's make.names leaves of a byte-order mark and of a leading underscore.
_R_MARK = re.compile(r"^X\.U\.FEFF\.")
_R_UNDERSCORE = re.compile(r"^X(?=_)")
_TRUE = frozenset({"1", "1.0", "true", "yes"})


class Headers:
    """The header of a table, asked by name."""

    def __init__(self, header: Sequence[str]) -> None:
        self.header = tuple(header)

    def find(self, name: str) -> tuple[int, ...]:
        """Columns of that name: exactly so called, else the same once unmangled, else by the end of its path.

        More than one: the name is ambiguous at the first of these steps that finds any.
        """
        for form in _FORMS:
            wanted = form(name)
            found = tuple(index for index, header in enumerate(self.header) if wanted and form(header) == wanted)
            if found:
                return found
        return ()

    def details(self, name: str) -> dict[str, int]:
        """Option → column of the 0/1 columns of a select-multiple question (``name/option``)."""
        stems = {_unmangled(name)} | {_unmangled(self.header[index]) for index in self.find(name)}
        found = {}
        for index, header in enumerate(self.header):
            path = _unmangled(header)
            for stem in stems:
                if path.startswith(f"{stem}/") and "/" not in path[len(stem) + 1 :]:
                    found[path[len(stem) + 1 :]] = index
        return found


def is_chosen(cell: str) -> bool:
    """Whether a 0/1 column says yes."""
    return cell.strip().lower() in _TRUE


def by_alias(table: Table, aliases: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """Our column name → index, by the table of aliases; the first alias that is there counts.

    Raises:
        InputError: ``table.header_duplicate`` where two columns bear the alias that counts.
    """
    return {name: index for (name, number), index in numbered_by_alias(table, aliases).items() if number == 1}


def numbered_by_alias(
    table: Table, aliases: Mapping[str, Iterable[str]], form: Callable[[str], str] | None = None
) -> dict[tuple[str, int], int]:
    """As ``by_alias`` with the number of each column: ``name`` is 1, ``name_2`` is 2."""
    places: dict[str, list[int]] = {}
    for index, header in enumerate(table.header):
        places.setdefault(_plain((form or _same)(header)), []).append(index)
    found: dict[tuple[str, int], int] = {}
    faults: list[Fault] = []
    for name, spellings in aliases.items():
        for spelling in spellings:
            for called, indexes in places.items():
                base, number = numbered(called) if name in NUMBERED else (called, 1)
                if base != spelling or (name, number) in found:
                    continue
                if len(indexes) > 1:
                    params: dict[str, str | int] = {"column": table.header[indexes[0]], "times": len(indexes)}
                    faults.append(Fault("table.header_duplicate", Location(table.file, 1), params))
                found[name, number] = indexes[0]
    if faults:
        raise InputError(faults)
    return found


def require(table: Table, columns: Mapping[str, int], names: Iterable[str]) -> None:
    """Raises InputError (``table.column_missing``) for each column that has to be there and is not."""
    missing = [name for name in names if name not in columns]
    if missing:
        raise InputError(Fault("table.column_missing", Location(table.file, 1), {"column": name}) for name in missing)


def numbered(name: str) -> tuple[str, int]:
    """``handle_3`` is the third ``handle``; without a number it is the first."""
    match = _NUMBER.match(name)
    return (match[1], int(match[2])) if match else (name, 1)


def leaf(header: str) -> str:
    """The question's own name at the end of a group path."""
    path = _unmangled(header)
    return path.rsplit("/", 1)[-1]


def _same(text: str) -> str:
    return text


def _plain(header: str) -> str:
    return re.sub(r"[\s-]+", "_", header.strip(" \ufeff")).lower()


def _unmangled(header: str) -> str:
    """Without a byte-order mark or R's prefixes, groups parted by ``/``, white space single."""
    text = _R_UNDERSCORE.sub("", _R_MARK.sub("", header.strip().lstrip("\ufeff")))
    text = " ".join(text.split())
    # A dot parts groups in names, but ends sentences in labels.
    return text if " " in text or "/" in text else text.replace(".", "/")


def _as_r(header: str) -> str:
    """As R's make.names writes it: every sign but letters, digits and ``_`` becomes a dot."""
    text = _R_MARK.sub("", header.strip().lstrip("\ufeff"))
    text = "".join(char if char.isalnum() or char == "_" else "." for char in text)
    return text if text[:1].isalpha() or text.startswith(".") else f"X{text}"


_FORMS: tuple[Callable[[str], str], ...] = (_same, _unmangled, _as_r, leaf)
