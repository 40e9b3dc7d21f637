"""Candidates as JSON Lines."""

import json
from pathlib import Path
from typing import Any

import pytest

from vetting_engine.errors import InputError
from vetting_engine.intake import Mapping
from vetting_engine.intake.json_lines import PLUGIN
from vetting_engine.model.candidate import MediaKind, NameKind, RelationKind
from vetting_engine.model.dates import Calendar
from vetting_engine.protocols import BatchRead


@pytest.fixture
def read(tmp_path: Path) -> Any:
    def read(*lines: dict[str, Any] | str, **mapping: Any) -> BatchRead:
        file = tmp_path / "c.jsonl"
        text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
        file.write_text(text, encoding="utf-8")
        return PLUGIN.read(file, Mapping.model_validate(mapping) if mapping else None)

    return read


def test_the_candidates_own_shape_with_its_conveniences(read: Any) -> None:
    batch = read(
        {
            "id": 7,
            "names": ["Odo Okvale", {"text": "Oki", "kind": "nickname", "colour": "red"}],
            "birth_date": {"text": "05/13/1985", "calendar": "ethiopian"},
            "nationalities": ["Ruritania"],
            "accounts": [{"platform": "x", "handle": "@o", "followers": 5}],
            "relations": [{"id": "r1", "kind": "family", "to_name": "Nor", "start": "2020-01-01"}],
            "attestations": [{"kind": "training", "on": "2025-01-01"}],
            "posts": [{"id": "p1", "text": "hello", "time": "2024-05-01T10:00:00Z", "media": "Photo", "likes": 3}],
            "relations_declared": True,
            "agd": {"gender": "woman"},
            "dropped_fields": ["x"],
            "unread_posts": 7,
        }
    )
    assert batch.faults == ()
    (who,) = batch.candidates
    assert who.id == "7"
    assert [(name.text, name.kind) for name in who.names] == [
        ("Odo Okvale", NameKind.LEGAL),
        ("Oki", NameKind.NICKNAME),
    ]
    assert who.birth_date is not None
    assert who.birth_date.calendar is Calendar.ETHIOPIAN
    assert (who.relations[0].kind, who.posts[0].media) == (RelationKind.FAMILY, MediaKind.IMAGE)
    assert who.dropped_fields == ("agd", "dropped_fields", "names.colour", "posts.likes", "unread_posts")
    assert who.unread_posts == 0
    assert batch.reports == ()


def test_birth_dates_as_text(read: Any) -> None:
    first, second = read({"id": "a", "birth_date": "1971"}, {"id": "b", "birth_date": 1971}).candidates
    assert first.birth_date == second.birth_date
    assert read({"id": "a", "birth_date": ""}).candidates[0].birth_date is None
    mapped = read({"id": "a", "birth_date": "1350/10/11"}, fields={"id": "id"}, calendar="solar_hijri")
    assert str(mapped.candidates[0].birth_date.readings[0].earliest) == "1972-01-01"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ({"id": 2.54712e11}, [("id.mangled", "id")]),
        ({"id": True}, [("id.missing", "id")]),
        ({}, [("id.missing", "id")]),
        ({"id": "a", "birth_date": "31/02/1985"}, [("date.impossible", "birth_date")]),
        ({"id": "a", "birth_date": {"text": "1985", "calendar": "maya"}}, [("field.not_one_of", "birth_calendar")]),
        ({"id": "a", "birth_date": ["1985"]}, [("field.not_a_date", "birth_date")]),
        ({"id": "a", "names": "Odo"}, [("field.not_a_list", "names")]),
        ({"id": "a", "names": [{"text": "Odo", "kind": "stage"}]}, [("field.not_one_of", "names[0].kind")]),
        ({"id": "a", "names": [""]}, [("field.missing", "names[0].text")]),
        ({"id": "a", "names": ["x"] * 51}, [("field.too_many", "names")]),
        ({"id": "a", "gender": 5}, [("field.not_text", "gender")]),
        ({"id": "a", "birthplace": "a\u0000b"}, [("field.control_character", "birthplace")]),
        ({"id": "a", "accounts": [{"platform": "x", "handle": "@a", "followers": -1}]},
         [("field.out_of_range", "accounts[0].followers")]),
        ({"id": "a", "relations": [{"id": "r", "kind": "family", "to_name": "N", "start": "soon"}]},
         [("field.not_a_date", "relations[0].start")]),
        ({"id": "a", "relations": [{"id": "r", "kind": "family", "to_name": "N"}] * 2}, [("field.invalid", "")]),
        ("{", [("json.malformed", "")]),
    ],
)  # fmt: skip
def test_a_bad_line_is_named_and_the_rest_goes_on(read: Any, line: Any, expected: list[tuple[str, str]]) -> None:
    batch = read({"id": "good"}, line, {"id": "also good"})
    assert [who.id for who in batch.candidates] == ["good", "also good"]
    assert [(fault.code, fault.at.field) for fault in batch.faults] == expected
    assert {fault.at.line for fault in batch.faults} == {2}
    assert batch.rows == 3


def test_a_bad_post_costs_the_post_and_is_counted(read: Any) -> None:
    good = {"id": "p1", "text": "hello"}
    posts = [
        good,
        {"id": "p2", "text": "x" * 5_000_000},
        {"id": "p3", "time": "2024-05-01T10:00:00"},
        {"id": "p1", "text": "another"},
        good,
        {"text": "no id"},
        "no object",
        {"id": "p4", "text": "a\u0000b"},
    ]
    batch = read({"id": "a", "posts": posts})
    (who,) = batch.candidates
    assert [post.id for post in who.posts] == ["p1"]
    assert who.unread_posts == 6
    assert [(fault.code, fault.at.field) for fault in batch.faults] == [
        ("post.too_long", "posts[1].text"),
        ("post.time_without_zone", "posts[2].time"),
        ("post.duplicate", "posts[3]"),
        ("post.missing", "posts[5].id"),
        ("post.not_object", "posts[6]"),
        ("post.control_character", "posts[7]"),
    ]


def test_ids_that_stand_twice_are_nobodys(read: Any) -> None:
    batch = read({"id": "a"}, {"id": "a"}, {"id": "b"})
    assert [who.id for who in batch.candidates] == ["b"]
    assert [fault.code for fault in batch.faults] == ["id.duplicate", "id.duplicate"]


def test_one_document_is_not_lines(read: Any) -> None:
    with pytest.raises(InputError) as caught:
        read('[{"id": "a"}]')
    assert caught.value.faults[0].code == "json.not_lines"


def test_no_fault_repeats_what_was_written(read: Any) -> None:
    batch = read({"id": "a", "birth_date": "31/02/1985", "gender": ["secret-answer"], "birthplace": 5})
    assert batch.faults
    assert "secret" not in str(batch.faults)
    assert "1985" not in str(batch.faults)
