"""XML element by element: as strict as whole, with little memory."""

from __future__ import annotations

import tracemalloc

import pytest

from vetting_engine.errors import InputError
from vetting_engine.files.xml import stream

ITEM = b"<x:i n='1'>" + b"<x:t>ten letters</x:t>" * 20 + b"</x:i>"


def document(items: int) -> bytes:
    return b"<x:l xmlns:x='urn:x' v='7'>" + ITEM * items + b"</x:l>"


def test_the_root_and_then_each_wanted_element() -> None:
    root, *items = stream(document(2), "f", {"i"})
    assert (root.tag, root.get("v"), len(root)) == ("{urn:x}l", "7", 0)
    assert [item.tag for item in items] == ["{urn:x}i"] * 2
    assert [len(item) for item in stream(document(2), "f", {"i"})] == [0, 20, 20]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<!DOCTYPE l [<!ENTITY a 'ha'>]><l><i>&a;</i></l>", "xml.forbidden"),
        (b"<!DOCTYPE l SYSTEM 'file:///etc/passwd'><l/>", "xml.forbidden"),
        (b"<l><!DOCTYPE l [<!ENTITY a 'ha'>]><i>&a;</i></l>", "xml.malformed"),
        (b"<l><i>&a;</i></l>", "xml.malformed"),
        (document(2)[:-3], "xml.malformed"),
        (document(2) + b"\xff", "xml.bad_bytes"),
        (b"", "xml.malformed"),
    ],
)
def test_damage_and_trickery(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        list(stream(data, "f", {"i"}))
    assert caught.value.faults[0].code == code


def test_memory_does_not_grow_with_the_document() -> None:
    data = document(3_000)
    tracemalloc.start()
    for _ in stream(data, "f", {"i"}):
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2 * len(data) + 1_000_000
