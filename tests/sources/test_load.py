"""Loading in whatever format: the content decides."""

from pathlib import Path

import pytest
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
    assert list(discover("vetting_engine.sources")) == ["ofac_sdn", "table", "un_consolidated"]


def test_the_name_of_a_file_never_decides(tmp_path: Path) -> None:
    file = tmp_path / "sdn.csv"
    file.write_text(document(person()), encoding="utf-8")
    assert load_watchlist(str(file)).format == "un_consolidated"


def test_an_office_may_give_another_effect(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("id,name\n1,Odo\n", encoding="utf-8")
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
    assert "ofac_sdn, table, un_consolidated" in describe(caught.value.faults[0])
