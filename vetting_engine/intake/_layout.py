"""Finds the files of a batch: one file, or a folder laid out by convention."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from vetting_engine.errors import Fault, InputError, Location

__all__ = ["Layout", "find_files"]

_CANDIDATE_FILES = ("candidates.jsonl", "candidates.csv", "candidates.xlsx")
_EXPORTS = "posts"
_MAPPING_FILES = ("mapping.yaml", "mapping.yml")
#: What else lies in a folder, by kind.
_SIDE_FILES = MappingProxyType(
    {
        "posts": ("posts*.jsonl", "posts*.csv"),
        "relations": ("relations*.csv",),
        "attestations": ("attestations*.csv",),
        "agd": ("agd*.csv",),
    }
)


@dataclass(frozen=True, slots=True)
class Layout:
    """The file of candidates, the mapping beside it if any, and side files by kind, in order of name. ``exports`` are
    folders that hold a folder per candidate.
    """

    main: Path
    mapping: Path | None
    side: Mapping[str, tuple[Path, ...]]
    exports: tuple[Path, ...] = ()


def find_files(path: Path, more: Mapping[str, Iterable[str | Path]]) -> Layout:
    """The layout of a file or folder, with side files given besides.

    Raises:
        InputError: ``batch.no_candidates``; ``batch.two_candidate_files`` where a folder has several.
    """
    folder = path if path.is_dir() else None
    side = {
        kind: (*_in_folder(folder, patterns), *(Path(file) for file in more.get(kind, ())))
        for kind, patterns in _SIDE_FILES.items()
    }
    given = [file for file in side["posts"] if file.is_dir()]
    side["posts"] = tuple(file for file in side["posts"] if file not in given)
    if folder is None:
        return Layout(path, None, side, tuple(given))
    beside = folder / _EXPORTS
    exports = (*([beside] if beside.is_dir() else ()), *given)
    mains = [folder / name for name in _CANDIDATE_FILES if (folder / name).is_file()]
    if not mains:
        raise InputError(Fault("batch.no_candidates", Location(str(path)), {"names": ", ".join(_CANDIDATE_FILES)}))
    if len(mains) > 1:
        found = ", ".join(file.name for file in mains)
        raise InputError(Fault("batch.two_candidate_files", Location(str(path)), {"names": found}))
    mapping = next((folder / name for name in _MAPPING_FILES if (folder / name).is_file()), None)
    return Layout(mains[0], mapping, side, tuple(dict.fromkeys(exports)))


def _in_folder(folder: Path | None, patterns: Iterable[str]) -> list[Path]:
    if folder is None:
        return []
    return sorted({file for pattern in patterns for file in folder.glob(pattern) if file.is_file()})
