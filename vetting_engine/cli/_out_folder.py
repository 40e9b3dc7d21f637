"""The folder a run writes: made under another name and renamed, so that nothing half-written ever has its name.

``manifest.json`` marks a folder as ours and names each file's digest. A folder without it is never touched. In a
folder of ours the journal is appended to where it lies; reports are replaced file by file, each in one step.
"""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from vetting_engine import canonical
from vetting_engine.errors import Fault, InputError, Location

__all__ = ["MANIFEST", "OutFolder"]

MANIFEST = "manifest.json"
SCHEMA = "vetting-engine/folder/1"


class OutFolder:
    """Where a run writes. Use as a context: leaving it without ``publish`` removes what was begun.

    Raises:
        InputError: ``cli.out_not_ours``: something else is there.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._old = _files_of(path)
        self._begun = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
        self._published = False

    def __enter__(self) -> Self:
        self._begun.mkdir(parents=True)
        return self

    def __exit__(self, *_: object) -> None:
        if not self._published:
            shutil.rmtree(self._begun, ignore_errors=True)

    @property
    def reports(self) -> Path:
        """Where reports are written before they are published."""
        return self._begun

    @property
    def journals(self) -> Path:
        """Where a journal of this folder is written: in place if the folder is ours, else beside the reports."""
        return self._begun if self._old is None else self.path

    def publish(self, files: Sequence[Path], facts: dict[str, object]) -> tuple[Path, ...]:
        """Give the reports their place. Answers where they are now.

        Args:
            files: what was written into ``reports``.
            facts: what else the manifest says.
        """
        digests = {file.name: canonical.digest(file.read_bytes()) for file in files}
        manifest = {"schema": SCHEMA, "files": digests} | facts
        (self._begun / MANIFEST).write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        if self._old is None:
            if self.path.is_dir():  # empty, or __init__ would have refused it
                self.path.rmdir()
            self._begun.rename(self.path)
        else:
            self._replace([*(file.name for file in files), MANIFEST])
        self._published = True
        return tuple(self.path / file.name for file in files)

    def _replace(self, names: Sequence[str]) -> None:
        for name in names:
            (self._begun / name).replace(self.path / name)
        for name in sorted(set(self._old or ()) - set(names)):
            (self.path / name).unlink(missing_ok=True)
        shutil.rmtree(self._begun, ignore_errors=True)


def _files_of(path: Path) -> tuple[str, ...] | None:
    """Report files of a folder of ours; None where there is nothing yet."""
    if path.is_dir() and not any(path.iterdir()):
        return None
    try:
        manifest = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
        if manifest["schema"] == SCHEMA:
            return tuple(name for name in manifest["files"] if Path(name).name == name)
    except FileNotFoundError:
        if not path.exists():
            return None
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise InputError(Fault("cli.out_not_ours", Location(file=str(path))))
