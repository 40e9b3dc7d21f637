"""XML: damage and trickery are refused by name and place."""

from pathlib import Path

import pytest

from vetting_engine.errors import Fault, InputError
from vetting_engine.files.xml import parse, read_xml


def faults_of(data: bytes) -> tuple[Fault, ...]:
    with pytest.raises(InputError) as caught:
        parse(data, "f")
    return caught.value.faults


def test_parses() -> None:
    assert parse("<a><b>ü</b></a>".encode(), "f").findtext("b") == "ü"
    assert parse('<?xml version="1.0" encoding="utf-16"?><a>ü</a>'.encode("utf-16"), "f").text == "ü"
    assert parse('<?xml version="1.0" encoding="ISO-8859-1"?><a>ü</a>'.encode("latin-1"), "f").text == "ü"


def test_every_kind_of_damaged_byte_is_named_with_its_offset() -> None:
    faults = faults_of(b"<a>\n<b>x\x1ay</b>\n<c>\xe9t\xe9</c></a>")
    assert [(fault.code, fault.at.line, fault.params["offset"], fault.params["byte"]) for fault in faults] == [
        ("xml.bad_bytes", 2, 8, "0x1A"),
        ("xml.bad_bytes", 3, 18, "0xE9"),
        ("xml.bad_bytes", 3, 20, "0xE9"),
    ]
    assert {fault.params["total"] for fault in faults} == {3}


def test_much_damage_is_counted_not_listed() -> None:
    faults = faults_of("ü<a>".encode() + b"\xe9\x02" * 50_000 + b"</a>")
    assert len(faults) == 5
    assert [fault.params["offset"] for fault in faults] == [5, 6, 7, 8, 9]
    assert faults[0].params["total"] == 100_000


@pytest.mark.parametrize("data", [b"<a><b></a>", b"<a>", b"no xml", b'<?xml version="1.0" encoding="klingon"?><a/>'])
def test_malformed(data: bytes) -> None:
    (fault,) = faults_of(data)
    assert fault.code == "xml.malformed"


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE a [<!ENTITY x "boom">]>',
        '<!DOCTYPE a SYSTEM "http://example.org/a.dtd">',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        "<!DOCTYPE a>",
    ],
)
def test_no_document_types_no_entities_nothing_external(doctype: str) -> None:
    (fault,) = faults_of(f"{doctype}<a>&x;</a>".encode())
    assert fault.code == "xml.forbidden"


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_xml(tmp_path / "none.xml")
    assert caught.value.faults[0].code == "file.missing"
