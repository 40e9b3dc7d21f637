"""Registers of staff, partners and restricted parties."""

import json
from datetime import date
from pathlib import Path

import pytest

from vetting_engine.errors import ListError
from vetting_engine.model.candidate import RelationKind
from vetting_engine.model.watchlist import EntryKind, RegisterKind
from vetting_engine.sources import load_register


def register_of(tmp_path: Path, text: str, name: str = "Staff.csv") -> Path:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return file


def test_a_table_with_ties(tmp_path: Path) -> None:
    file = register_of(
        tmp_path,
        "id,name,aliases,kind,role,ties,as_at\n"
        "s1,Odo Okvale,Oki; O. Okvale,person,clerk,employment: Ashen Lantern <p1>; family: Nor Okvale,2026-01-15\n"
        "p1,Ashen Lantern,,organisation,,,2026-01-15\n",
    )
    register = load_register(file, "staff")
    clerk, body = register.entries
    assert clerk.names == ("Odo Okvale", "Oki", "O. Okvale")
    assert (clerk.role, clerk.kind, body.kind) == ("clerk", EntryKind.PERSON, EntryKind.ORGANISATION)
    assert [(tie.kind, tie.to_name, tie.to_id, tie.source) for tie in clerk.relations] == [
        (RelationKind.EMPLOYMENT, "Ashen Lantern", "p1", "register"),
        (RelationKind.FAMILY, "Nor Okvale", None, "register"),
    ]
    assert len({tie.id for tie in clerk.relations}) == 2
    assert (register.register_id, register.kind, register.as_at) == ("staff", RegisterKind.STAFF, date(2026, 1, 15))
    assert register.files[0].digest == register.digest
    assert load_register(file, RegisterKind.STAFF, as_at=date(2026, 2, 1)).as_at == date(2026, 2, 1)


def test_json_lines_with_whole_relations(tmp_path: Path) -> None:
    tie = {"id": "t1", "kind": "ownership", "to_name": "Lamp Works", "start": "2020-01-01"}
    entry = {"id": "p1", "names": ["Ashen Lantern", "ASHEN"], "kind": "organisation", "relations": [tie, "family: Nor"]}
    register = load_register(register_of(tmp_path, json.dumps(entry) + "\n", "p.jsonl"), "restricted_parties")
    (found,) = register.entries
    assert found.names == ("Ashen Lantern", "ASHEN")
    assert [relation.to_name for relation in found.relations] == ["Lamp Works", "Nor"]
    assert found.relations[0].start == date(2020, 1, 1)
    assert register.as_at is None


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("id,name\n", ["list.no_entries"]),
        ("id,name\n1,\n,Odo\n", ["list.entry_incomplete", "list.entry_incomplete"]),
        ("id,name\n1,Odo\n1,Udo\n", ["list.duplicate_entry"]),
        ("id,name,ties\n1,Odo,cousin: Nor\n", ["register.tie_invalid"]),
        ("id,name,ties\n1,Odo,Nor\n", ["register.tie_invalid"]),
        ("id,name,as_at\n1,Odo,2026-01-01\n2,Udo,2026-01-02\n", ["register.as_at_differs"]),
        ("id,name,as_at\n1,Odo,lately\n", ["list.not_a_date"]),
    ],
)
def test_what_cannot_be_trusted_is_refused_whole(tmp_path: Path, text: str, codes: list[str]) -> None:
    with pytest.raises(ListError) as caught:
        load_register(register_of(tmp_path, text), "staff")
    assert [fault.code for fault in caught.value.faults] == codes


def test_a_missing_register(tmp_path: Path) -> None:
    with pytest.raises(ListError):
        load_register(tmp_path / "none.csv", "staff")
