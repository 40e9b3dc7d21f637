"""OFAC's SDN set, invented and real."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vetting_engine import canonical
from vetting_engine.errors import ListError
from vetting_engine.model.candidate import Identifier
from vetting_engine.model.watchlist import Effect, EntryKind, EntryNameKind, ListSnapshot, WatchlistEntry
from vetting_engine.sources.ofac_sdn import PLUGIN

NULL = "-0- "
Writer = Callable[..., Path]

BODY = f'36,"ASHEN LANTERN AIRLINES",{NULL},"RURITANIA",{",".join([NULL] * 8)}'
PERSON_START = f'1001,"OKVALE, Odo Tamsin, Jr.","individual","RUR] [SYL","Brigadier General",{",".join([NULL] * 6)},'


def person(remarks: str) -> str:
    return f'{PERSON_START}"{remarks}"'


@pytest.fixture
def write(tmp_path: Path) -> Writer:
    """Writes a set; the files end as OFAC's do, with a DOS end-of-file mark on a row of its own."""

    def write(*rows: str, **companions: list[str]) -> Path:
        for name, lines in {"sdn": list(rows), **companions}.items():
            (tmp_path / f"{name}.csv").write_bytes(("\r\n".join(lines) + "\r\n\x1a").encode())
        return tmp_path / "sdn.csv"

    return write


def entry_of(snapshot: ListSnapshot, number: str) -> WatchlistEntry:
    return next(entry for entry in snapshot.entries if entry.id == number)


def names_of(entry: WatchlistEntry) -> list[tuple[str, EntryNameKind]]:
    return [(name.text, name.kind) for name in entry.names]


def test_recognised_by_its_first_row(write: Writer) -> None:
    path = write(BODY)
    assert PLUGIN.recognises(path.read_bytes(), path)
    assert not PLUGIN.recognises(b"id,name\n1,x\n", path)
    assert not PLUGIN.recognises(b'36,12,"aka","ASHEN",-0- \r\n', path)


def test_a_set_is_joined(write: Writer) -> None:
    path = write(
        BODY,
        person("DOB 10 Dec 1948."),
        alt=[
            f'1001,12,"aka","VELMAR, Odo",{NULL}',
            f'1001,13,"fka","OKVAL, Udo",{NULL}',
            f'36,14,"nka","ASHEN AIR",{NULL}',
        ],
        add=[f'1001,25,{NULL},"Klow","Syldavia",{NULL}', f"36,26,{NULL},{NULL},{NULL},{NULL}"],
        sdn_comments=['1001,"; nationality Ruritania."'],
    )
    snapshot = PLUGIN.read(path)
    who = entry_of(snapshot, "1001")
    assert names_of(who) == [
        ("Odo Tamsin OKVALE Jr.", EntryNameKind.PRIMARY),
        ("Odo VELMAR", EntryNameKind.ALIAS),
        ("Udo OKVAL", EntryNameKind.FORMER),
    ]
    assert (who.kind, who.programme, who.countries) == (EntryKind.PERSON, "RUR, SYL", ("Syldavia",))
    assert who.notes == ("Title: Brigadier General",)
    body = entry_of(snapshot, "36")
    assert names_of(body)[1] == ("ASHEN AIR", EntryNameKind.ALIAS)
    assert (body.kind, body.countries, body.notes) == (EntryKind.ORGANISATION, (), ())
    assert [file.name for file in snapshot.files] == ["sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv"]
    assert snapshot.report.partly_understood == {}
    assert snapshot.authority.effect is Effect.OFF
    assert snapshot.published is None


def test_companions_that_are_missing_are_said(write: Writer) -> None:
    assert PLUGIN.read(write(BODY)).report.partly_understood == {
        "missing_add": 1,
        "missing_alt": 1,
        "missing_sdn_comments": 1,
    }


def test_the_digest_covers_every_file_and_no_path(write: Writer, tmp_path: Path) -> None:
    alone = PLUGIN.read(write(BODY))
    assert alone.digest == canonical.digest((tmp_path / "sdn.csv").read_bytes())
    with_alt = PLUGIN.read(write(BODY, alt=[f'36,1,"aka","A",{NULL}']))
    other_alt = PLUGIN.read(write(BODY, alt=[f'36,1,"aka","B",{NULL}']))
    assert len({alone.digest, with_alt.digest, other_alt.digest}) == 3


def test_remarks(write: Writer) -> None:
    remarks = (
        "Odd 'duty'; DOB 10 Dec 1948; alt. DOB circa 1966; alt. DOB 1961 to 1963; POB Klow, Syldavia; alt. POB Szohod; "
        "nationality Ruritania; citizen Borduria; Gender Female; a.k.a. 'ABU-'UMAR'; alt. a.k.a. 'JO'; "
        "Passport A1 23 (Syldavia) expires 25 Jan 2016; alt. National ID No. 66 77; Tax ID No. 5 (Ruritania); "
        "Linked To: ASHEN LANTERN."
    )
    who = entry_of(PLUGIN.read(write(person(remarks))), "1001")
    assert [birth.verbatim for birth in who.birth_dates] == ["10 Dec 1948", "circa 1966", "1961 to 1963"]
    assert all(birth.readings for birth in who.birth_dates)
    assert who.birthplaces == ("Klow, Syldavia", "Szohod")
    assert who.nationalities == ("Ruritania", "Borduria")
    assert who.gender == "Female"
    assert names_of(who)[1:] == [("ABU-'UMAR", EntryNameKind.WEAK_ALIAS), ("JO", EntryNameKind.WEAK_ALIAS)]
    assert who.identifiers == (
        Identifier(kind="Passport", value="A1 23", country="Syldavia"),
        Identifier(kind="National ID", value="66 77"),
        Identifier(kind="Tax ID", value="5", country="Ruritania"),
    )
    assert who.notes == ("Title: Brigadier General", "Odd 'duty'", "Linked To: ASHEN LANTERN")


def test_remarks_go_on_in_the_comments_in_mid_word(write: Writer) -> None:
    path = write(person("DOB 1948; a.k.a. 'snow"), sdn_comments=['1001,"sjohn\'; Gender Male."'])
    who = entry_of(PLUGIN.read(path), "1001")
    assert (names_of(who)[1][0], who.gender) == ("snowsjohn", "Male")


@pytest.mark.parametrize(
    ("rows", "companions", "codes"),
    [
        ([BODY, "37,short"], {}, ["ofac.columns"]),
        ([BODY, BODY], {}, ["list.duplicate_entry"]),
        ([BODY], {"alt": [f'99,1,"aka","A",{NULL}']}, ["ofac.other_edition"]),
        ([BODY], {"alt": ["36,1"], "add": ["36"]}, ["ofac.columns", "ofac.columns"]),
        ([BODY.replace("ASHEN", "A" * 2_100)], {}, ["list.entry_invalid"]),
        ([BODY.replace("36", "x")], {}, ["ofac.columns"]),
    ],
)
def test_what_cannot_be_trusted_is_refused_whole(write: Writer, rows: Any, companions: Any, codes: list[str]) -> None:
    with pytest.raises(ListError) as caught:
        PLUGIN.read(write(*rows, **companions))
    assert [fault.code for fault in caught.value.faults] == codes


@pytest.mark.data
def test_the_real_set_whole(vetting_data: Path) -> None:
    snapshot = PLUGIN.read(vetting_data / "lists" / "ofac_2021-07" / "sdn.csv")
    kinds = Counter(entry.kind for entry in snapshot.entries)
    assert kinds == {EntryKind.PERSON: 4620, EntryKind.ORGANISATION: 3673, EntryKind.OTHER: 683}
    assert len(snapshot.files) == 4
    assert snapshot.report.partly_understood == {}
    people = [entry for entry in snapshot.entries if entry.kind is EntryKind.PERSON]
    assert sum(len(entry.birth_dates) for entry in people) == 5124
    assert sum(entry.gender is not None for entry in people) == 1513
    names = {name.text for entry in people for name in entry.names}
    assert {"Feliciano Semborio DELOS REYES Jr.", "ABU ZUBAYDAH", "snowsjohn"} <= names
