"""Signed readings and declared readers: what is changed, forged or doubled is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from review.desk import READ_ON

from vetting_engine.errors import InputError
from vetting_engine.messages import describe
from vetting_engine.model.reading import FoundItem
from vetting_engine.records.sign import new_key_file
from vetting_engine.review import FilledSheet, SignedReading, open_reading, paired, read_readers, sign_reading

FOUND = (FoundItem(item=1, category="hate"),)
SHEET = FilledSheet("10d0683f05b30ba5-0", "content/language:tl", {1: "d1", 2: "d2"}, FOUND)


class Office:
    """Two readers with keys, and the page that declares them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.keys = {name: new_key_file(folder / f"{name}.key") for name in ("r-1", "r-2")}
        lines = [f'  - {{id: {name}, languages: [tl], public_key: "{key.public}"}}' for name, key in self.keys.items()]
        self.page = folder / "readers.yaml"
        self.page.write_text("readers:\n" + "\n".join(lines) + "\n", encoding="utf-8")
        self.readers = read_readers(self.page)

    def signed(self, reader: str, by: str = "", sheet: FilledSheet = SHEET) -> SignedReading:
        key = self.keys[by or reader]
        return sign_reading(sheet, key, reader=reader, on=READ_ON, conflict_of_interest=False)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def refused(readings: list[SignedReading], office: Office) -> list[str]:
    with pytest.raises(InputError) as caught:
        paired(readings, office.readers)
    assert all("{" not in describe(fault) for fault in caught.value.faults)
    return [fault.code for fault in caught.value.faults]


def test_a_reading_comes_back_as_it_was_signed(office: Office) -> None:
    signed = office.signed("r-1")
    path = office.folder / "r.json"
    path.write_text(signed.text(), encoding="utf-8")
    assert open_reading(path) == signed
    assert signed.signed_by(office.keys["r-1"].public)
    (closing,) = paired([signed, office.signed("r-2")], office.readers)
    assert [one.assurance for one in closing.readings] == ["own_key", "own_key"]
    assert (closing.record_id, closing.about, closing.items[0]) == (SHEET.record, "language:tl", SHEET.items)


@pytest.mark.parametrize(
    "change",
    [
        lambda said: said.update(reader="r-2"),
        lambda said: said.update(conflict_of_interest=True),
        lambda said: said["found"].clear(),
        lambda said: said["items"][0].update(digest="other"),
        lambda said: said.update(record="other-1"),
        lambda said: said.update(on="2026-07-03"),
        lambda said: said.update(signature=""),
        lambda said: said.update(signature="zz"),
    ],
)
def test_whatever_is_changed_breaks_the_signature(office: Office, change: Callable[[Any], Any]) -> None:
    said = json.loads(office.signed("r-1").text())
    change(said)
    path = office.folder / "r.json"
    path.write_text(json.dumps(said), encoding="utf-8")
    assert "gaps.signature" in refused([open_reading(path), office.signed("r-2")], office)


def test_forged_unknown_and_single_readings_are_told_together(office: Office) -> None:
    forged, unknown = office.signed("r-2", by="r-1"), office.signed("r-9", by="r-1")
    other = office.signed("r-1", sheet=FilledSheet("other-3", "content/media:video", {1: "d"}, ()))
    assert refused([office.signed("r-1"), forged, unknown, other], office) == [
        "gaps.signature",
        "gaps.reader_unknown",
        "gaps.not_two",
        "gaps.not_two",
    ]


@pytest.mark.parametrize("text", ["", "{}", "[]", "[" * 100_000, '{"schema_id": 1}', "\x00", '{"a": NaN}'])
def test_what_is_no_reading(tmp_path: Path, text: str) -> None:
    path = tmp_path / "r.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError):
        open_reading(path)


def test_a_reading_with_parts_nobody_knows_is_refused(office: Office) -> None:
    path = office.folder / "r.json"
    path.write_text(json.dumps(json.loads(office.signed("r-1").text()) | {"also": 1}), encoding="utf-8")
    with pytest.raises(InputError, match=r"reading\.unreadable"):
        open_reading(path)


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("other: 1\n", "readers.none"),
        ("readers: x\n", "readers.none"),
        ("readers: [{id: r-1}]\n", "readers.invalid"),
        ("readers: [{id: r-1, public_key: abc}]\n", "readers.invalid"),
        ("readers: [x]\n", "readers.invalid"),
        ("readers: [{id: a, public_key: KEY}, {id: a, public_key: OTHER}]\n", "readers.twice"),
        ("readers: [{id: a, public_key: KEY}, {id: b, public_key: KEY}]\n", "readers.twice"),
        ("readers: [{id: a, public_key: KEY, colour: red}]\n", "readers.invalid"),
    ],
)
def test_pages_of_readers_that_cannot_be_used(tmp_path: Path, page: str, code: str) -> None:
    path = tmp_path / "readers.yaml"
    text = page.replace("KEY", '"ed25519:' + "a" * 64 + '"').replace("OTHER", '"ed25519:' + "b" * 64 + '"')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_readers(path)
    assert {fault.code for fault in caught.value.faults} == {code}
