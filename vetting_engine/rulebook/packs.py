"""Finds a pack: a folder, or the name of a pack that ships with the engine."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from vetting_engine.errors import Fault, Location, RulesetError
from vetting_engine.rulebook._near import nearest

__all__ = ["HEAD", "VENDORED", "find_pack", "packs_folder", "shipped_packs"]

#: The file that makes a folder a pack.
HEAD = "ruleset.yaml"
#: Hidden folder of a pack with copies of the packs it extends, as an archive keeps them. They are no part of the
#: pack's own files; their digest is part of its digest.
VENDORED = ".parents"
_PACKAGE = "vetting_engine"


def find_pack(pack: str | Path) -> Path:
    """The folder of a pack. A text that is the name of a shipped pack means that pack; else it is a path.

    Raises:
        RulesetError: ``pack.not_found``, naming the shipped packs that sound alike.
    """
    if isinstance(pack, str) and pack in shipped_packs():
        return packs_folder() / pack
    folder = Path(pack)
    if (folder / HEAD).is_file():
        return folder
    near = nearest(str(pack), shipped_packs())
    raise RulesetError(Fault("pack.not_found", Location(str(pack)), {"pack": str(pack), "near": near, "file": HEAD}))


def shipped_packs() -> tuple[str, ...]:
    """Names of the packs that ship with the engine, sorted."""
    folder = packs_folder()
    if not folder.is_dir():
        return ()
    return tuple(sorted(item.name for item in folder.iterdir() if (item / HEAD).is_file()))


def packs_folder(package: Path | None = None) -> Path:
    """Where the shipped packs are: inside the package once installed from a wheel, beside it in a checkout.

    An editable install points at the checkout, so it is the second case.
    """
    installed = package if package is not None else Path(str(files(_PACKAGE)))
    inside = installed / "_packs"
    return inside if inside.is_dir() else installed.parent / "rulesets"
