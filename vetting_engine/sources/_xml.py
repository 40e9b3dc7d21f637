"""XML lists without the name of their schema: issuers change the namespace and keep the elements."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from vetting_engine.files.reading import read_bytes
from vetting_engine.files.xml import Element, parse, stream
from vetting_engine.sources._fields import tidy
from vetting_engine.sources._snapshot import ListFile, as_list_error

__all__ = ["attribute", "is_true", "read_elements", "read_root", "text"]


def read_root(path: Path) -> tuple[ListFile, Element]:
    """The file and its root, tags without namespace.

    Raises:
        ListError: the file is missing, damaged, or holds what no list needs (document types, entities).
    """
    with as_list_error():
        data = read_bytes(path)
        root = parse(data, str(path))
    return ListFile(path, data), _bare(root)


def read_elements(path: Path, wanted: frozenset[str]) -> tuple[ListFile, Iterator[Element]]:
    """The file, and its elements of the wanted tags one after another, each forgotten when the next is asked for.

    Large lists fit into memory only so. The iterator raises ListError where the file turns out damaged.
    """
    with as_list_error():
        data = read_bytes(path)
    return ListFile(path, data), _elements(data, str(path), wanted)


def text(element: Element, tag: str) -> str:
    """The text of a child, tidied; empty where there is none."""
    return tidy(element.findtext(tag))


def attribute(element: Element, name: str) -> str:
    """The value of an attribute, tidied; empty where there is none."""
    return tidy(element.get(name))


def is_true(element: Element, name: str) -> bool:
    """Whether an attribute of type ``xs:boolean`` is true."""
    return attribute(element, name) in {"true", "1"}


def _elements(data: bytes, file: str, wanted: frozenset[str]) -> Iterator[Element]:
    with as_list_error():
        for element in stream(data, file, wanted):
            yield _bare(element)


def _bare(root: Element) -> Element:
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]
    return root
