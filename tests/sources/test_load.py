"""Loading in whatever format: the content decides."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sources import eu_xml, ofac_advanced_xml, uk_csv
from sources.test_opensanctions import table as opensanctions_table
from sources.test_uk_sanctions_list import ROWS
from sources.un_xml import document, person

from vetting_engine.errors import ListError
from vetting_engine.messages import describe
from vetting_engine.model.watchlist import Authority, Effect
from vetting_engine.registry import discover
from vetting_engine.sources import load_watchlist


def codes(path: Path) -> list[str]:
    with pytest.raises(ListError) as caught:
        load_watchlist(path)
    return [fault.code for fault in caught.value.faults]


def test_the_sources_there_are() -> None:
    assert list(discover("vetting_engine.sources")) == [
        "canada_sema", "eu_fsf", "ofac_advanced", "ofac_sdn", "ofac_sdn_xml", "opensanctions", "table", "uk_ofsi",
        "uk_sanctions_list", "un_consolidated",
    ]  # fmt: skip


def test_the_name_of_a_file_never_decides(tmp_path: Path) -> None:
    file = tmp_path / "sdn.csv"
    file.write_text(document(person()), encoding="utf-8")
    assert load_watchlist(str(file)).format == "un_consolidated"


def test_an_office_may_give_another_effect(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("id,name,reason,owner,expiry,notice\n1,Odo,spam,ICT,2027-01-01,told\n", encoding="utf-8")
    ours = Authority(issuer="An office", legal_basis="Memo 7", approving_office="Klow", effect=Effect.ADVISORY)
    assert load_watchlist(file, ours).authority == ours


def test_what_is_no_list(tmp_path: Path) -> None:
    empty, other = tmp_path / "empty.xml", tmp_path / "other.txt"
    empty.touch()
    other.write_text("Dear colleague,\n", encoding="utf-8")
    assert codes(tmp_path / "none.xml") == ["file.missing"]
    assert codes(tmp_path) == ["file.is_folder"]
    assert codes(empty) == ["file.empty"]
    assert codes(other) == ["list.unknown_format"]


def test_an_unknown_format_names_the_known_ones(tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_bytes(bytes(range(256)))
    with pytest.raises(ListError) as caught:
        load_watchlist(other)
    assert "ofac_sdn, ofac_sdn_xml, opensanctions, table" in describe(caught.value.faults[0])


EVERY: dict[str, Callable[[Path], object]] = {
    "canada_sema": lambda file: file.write_text(
        "<data-set><record><LastName>O</LastName><Item>1</Item><DateOfListing>2020-01-01</DateOfListing></record></data-set>"
    ),
    "eu_fsf": lambda file: file.write_text(eu_xml.document(eu_xml.BODY)),
    "ofac_advanced": lambda file: file.write_text(ofac_advanced_xml.document(ofac_advanced_xml.SHIP)),
    "ofac_sdn": lambda file: file.write_text('36,"ASHEN LANTERN",-0- ,"INV",' + ",".join(["-0- "] * 8) + "\r\n"),
    "ofac_sdn_xml": lambda file: file.write_text(
        '<sdnList xmlns="http://tempuri.org/sdnList.xsd"><publshInformation/><sdnEntry><uid>1</uid><lastName>A</lastName>'
        "<sdnType>Entity</sdnType></sdnEntry></sdnList>"
    ),
    "opensanctions": lambda file: opensanctions_table(file.parent).rename(file),
    "table": lambda file: file.write_text("id,name,reason,owner,expiry,notice\n1,Odo,spam,ICT,2027-01-01,told\n"),
    "uk_ofsi": lambda file: file.write_bytes(
        uk_csv.as_csv(uk_csv.OFSI, [uk_csv.ofsi_row(Name_6="A")], ("Last Updated",))
    ),
    "uk_sanctions_list": lambda file: uk_csv.write_xlsx(file, uk_csv.UKSL, ROWS, ("Report Date: 01-Jan-2026",)),
    "un_consolidated": lambda file: file.write_text(document(person()), encoding="utf-8"),
}


@pytest.mark.parametrize("name", EVERY)
def test_no_file_is_recognised_by_two_sources(tmp_path: Path, name: str) -> None:
    file = tmp_path / "unnamed"
    EVERY[name](file)
    head = file.read_bytes()[:65536]
    sources = discover("vetting_engine.sources")
    assert [other for other, source in sources.items() if source.recognises(head, file)] == [name]
    authority = Authority(issuer="A", legal_basis="B", datasets=("River Council",)) if name == "opensanctions" else None
    snapshot = load_watchlist(file, authority)
    assert (snapshot.format, snapshot.list_id) == (name, sources[name].list_id(file))


def test_every_format_has_its_file_here() -> None:
    assert list(EVERY) == list(discover("vetting_engine.sources"))


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("prolog", [BOMB, OUTSIDE], ids=["bomb", "external"])
@pytest.mark.parametrize("name", ["canada_sema", "eu_fsf", "ofac_advanced", "ofac_sdn_xml", "un_consolidated"])
def test_no_list_of_xml_may_define_or_ask_for_anything(tmp_path: Path, name: str, prolog: str) -> None:
    file = tmp_path / "l"
    EVERY[name](file)
    text = file.read_text(encoding="utf-8")
    begin = text.index("?>") + 2 if text.startswith("<?xml") else 0
    file.write_text(text[:begin] + prolog + text[begin:], encoding="utf-8")
    assert codes(file) == ["xml.forbidden"]


@pytest.mark.parametrize("name", ["canada_sema", "eu_fsf", "ofac_advanced", "ofac_sdn_xml", "un_consolidated"])
def test_a_damaged_list_of_xml_is_refused(tmp_path: Path, name: str) -> None:
    file = tmp_path / "l"
    EVERY[name](file)
    data = file.read_bytes()
    file.write_bytes(data[:-30] + b"\x1a\xff" + data[-30:])
    assert codes(file) == ["xml.bad_bytes", "xml.bad_bytes"]
    file.write_bytes(data[: len(data) * 9 // 10])
    assert codes(file) == ["xml.malformed"]


def test_a_million_columns_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "l"
    wide = [*uk_csv.OFSI, *(f"c{number}" for number in range(1_000_000))]
    file.write_text(f"Last Updated,10/04/2025\r\n{','.join(wide)}\r\n", encoding="utf-8")
    assert codes(file) == ["table.too_many_columns"]
