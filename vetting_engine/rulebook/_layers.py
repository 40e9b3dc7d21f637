"""The packs that one pack is made of: itself, and those it extends, each read once and digested."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from vetting_engine import canonical
from vetting_engine.errors import Fault, Location
from vetting_engine.files.yaml import reads
from vetting_engine.rulebook._contents import Contents, read_contents
from vetting_engine.rulebook._near import nearest
from vetting_engine.rulebook.packs import HEAD, VENDORED, packs_folder, shipped_packs

__all__ = ["EXTENDS", "MAX_PARENTS", "PACK_NAME", "Layer", "layered_digest", "read_layers"]

EXTENDS = "extends"
#: A pack over a pack over a pack over a pack: whoever approves must still see what they approve.
MAX_PARENTS = 3
#: A name, never a path: a pack must not reach for files elsewhere.
PACK_NAME = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$"
_NAME = re.compile(PACK_NAME[1:-1])


@dataclass(frozen=True, slots=True)
class Layer:
    """One pack of the chain. ``name`` is empty for the pack asked for, else what ``extends`` calls it."""

    name: str
    folder: Path
    contents: Contents

    def shown(self, path: str) -> str:
        """What faults and rules call one of its files."""
        return f"{self.name}/{path}" if self.name else path


def read_layers(folder: Path) -> tuple[tuple[Layer, ...], tuple[Fault, ...]]:
    """The pack in a folder and those it extends, the farthest first; with a fault where the chain breaks."""
    chain = [_layer("", folder)]
    faults: list[Fault] = []
    while (extended := _extended(chain[-1])) is not None:
        name, at = extended
        home = _found(name, chain[-1].folder)
        if home is None:
            near = nearest(name, shipped_packs())
            faults.append(Fault("pack.parent_not_found", at, {"pack": name, "file": HEAD, "near": near}))
        elif home.resolve() in {layer.folder.resolve() for layer in chain}:
            faults.append(Fault("pack.extends_itself", at, {"pack": name}))
        elif len(chain) > MAX_PARENTS:
            faults.append(Fault("pack.extends_too_deep", at, {"limit": MAX_PARENTS}))
        else:
            chain.append(_layer(name, home))
            continue
        break
    faults.extend(_named(layer, fault) for layer in chain for fault in layer.contents.faults)
    return tuple(reversed(chain)), tuple(faults)


def layered_digest(layers: tuple[Layer, ...]) -> str:
    """Of the last pack: over its manifest, and the digest of the pack it extends, if it extends one.

    A manifest is the list of every file's path and digest, in order of path; no file can be called ``extends:``.
    """
    digest = ""
    for layer in layers:
        manifest = layer.contents.manifest()
        if digest:
            manifest.insert(0, [f"{EXTENDS}:", digest])
        digest = canonical.digest(canonical.dumps(manifest))
    return digest


def _layer(name: str, folder: Path) -> Layer:
    return Layer(name, folder, read_contents(folder))


def _extended(layer: Layer) -> tuple[str, Location] | None:
    """What a pack extends, and where it says so. What is no name at all is told when the head is read."""
    data = layer.contents.files.get(HEAD)
    document = reads(data, layer.shown(HEAD))[0] if data is not None else None
    value = document.value if document is not None else None
    name = value.get(EXTENDS) if isinstance(value, Mapping) else None
    if document is None or not isinstance(name, str) or not _NAME.fullmatch(name):
        return None
    return name, document.at((EXTENDS,))


def _found(name: str, folder: Path) -> Path | None:
    """A pack kept inside the one that extends it, beside it, or shipped with the engine; in that order."""
    return next((home for home in _homes(name, folder) if (home / HEAD).is_file()), None)


def _homes(name: str, folder: Path) -> Iterator[Path]:
    yield folder / VENDORED / name
    beside = folder.absolute().parent / name
    # An office's own "starter" may extend the one that ships.
    if beside.resolve() != folder.resolve():
        yield beside
    if name in shipped_packs():
        yield packs_folder() / name


def _named(layer: Layer, fault: Fault) -> Fault:
    return replace(fault, at=replace(fault.at, file=layer.shown(fault.at.file)))
