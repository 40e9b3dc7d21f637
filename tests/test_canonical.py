"""Canonical bytes: RFC 8785 inside the profile, refusal outside it."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from vetting_engine import canonical
from vetting_engine.model.base import FrozenDict

#: Texts UTF-8 can hold, weighted towards what needs escaping.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.text(
    '\x00\x08\t\n\f\r\x1f"\\/\x7f\u2028😀ع'
)
keys = st.text(st.characters(max_codepoint=127), max_size=8)
scalars = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts
documents = st.recursive(scalars, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(keys, inner, max_size=5))


class Colour(StrEnum):
    RED = "red"


@given(documents)
def test_inside_the_profile_the_bytes_are_those_of_rfc_8785(document: Any) -> None:
    assert canonical.dumps(document) == rfc8785.dumps(document)


@given(documents)
def test_what_is_written_reads_back_the_same(document: Any) -> None:
    assert canonical.loads(canonical.dumps(document)) == document


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"score": 0.5}, r"\$\.score: float"),
        ({"n": [1, 2**53]}, r"\$\.n\[1\]: integer outside"),
        ({"n": -(2**53)}, r"\$\.n: integer outside"),
        ({"clé": 1}, r"\$: key is not an ASCII string"),
        ({1: "a"}, r"\$: key is not an ASCII string"),
        ({"a": {"t": "x\ud800"}}, r"\$\.a\.t: lone surrogate"),
        ({"a": b"bytes"}, r"\$\.a: bytes"),
        ({"a": {1, 2}}, r"\$\.a: set"),
    ],
)
def test_outside_the_profile_the_value_is_refused_with_its_path(value: object, message: str) -> None:
    with pytest.raises((ValueError, TypeError), match=message):
        canonical.dumps(value)


def test_subclasses_of_plain_types_are_written_as_what_they_are() -> None:
    assert canonical.dumps(FrozenDict({"b": Colour.RED, "a": (True,)})) == b'{"a":[true],"b":"red"}'


def test_numbers_up_to_the_limit_are_kept_whole() -> None:
    assert canonical.dumps([2**53 - 1, -(2**53) + 1]) == b"[9007199254740991,-9007199254740991]"


@pytest.mark.parametrize(
    "data",
    [b'{"a": 1}', b'{"b":1,"a":2}', b'{"a":1,"a":1}', b"[1.0]", b"[1e2]", b'"\\u0041"', b"NaN", b"[1]\n", b"", b"[01]"],
)
def test_json_that_is_not_canonical_is_refused(data: bytes) -> None:
    with pytest.raises((ValueError, TypeError)):
        canonical.loads(data)


def test_digest_and_commitment_are_the_published_functions() -> None:
    assert canonical.digest(b"abc") == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    # RFC 4231, test case 2.
    said = canonical.commitment(b"Jefe", b"what do ya want for nothing?")
    assert said == "hmac-sha256:5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"


@pytest.mark.data
def test_published_vectors(vetting_data: Path) -> None:
    """The six triples of the reference implementation; those with floats or non-ASCII keys must be refused."""
    folder = vetting_data / "records" / "rfc8785"
    written, refused = set(), set()
    for path in sorted((folder / "input").glob("*.json")):
        try:
            data = canonical.dumps(json.loads(path.read_bytes()))
        except (TypeError, ValueError):
            refused.add(path.stem)
            continue
        assert data == (folder / "output" / path.name).read_bytes()
        assert data == bytes.fromhex((folder / "outhex" / f"{path.stem}.txt").read_text())
        written.add(path.stem)
    assert written == {"arrays", "unicode"}
    assert refused == {"french", "structures", "values", "weird"}


@pytest.mark.data
def test_signed_document_vectors(vetting_data: Path) -> None:
    """The credential of the eddsa-jcs-2022 vectors: another implementation's canonical bytes of a real document."""
    folder = vetting_data / "records" / "vc-eddsa-jcs" / "TestVectors"
    document = json.loads((folder / "unsigned.json").read_bytes())
    expected = (folder / "eddsa-jcs-2022" / "canonDocJCS.txt").read_text(encoding="utf-8")
    assert canonical.dumps(document).decode() == expected
