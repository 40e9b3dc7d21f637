"""Posts from generic tables and JSON lines."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from vetting_engine.errors import InputError
from vetting_engine.intake._posts import read_posts, zone_of
from vetting_engine.model.candidate import MediaKind, Post


def write(tmp_path: Path, text: str, name: str = "posts.csv") -> Path:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return file


def test_every_column(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "candidate_id,Post ID,Content,Created at,Platform,Username,Lang,Media type,Media count,Kind,Shared,Own words,"
        "URLs,Likes\n"
        'c1,p1," two\nlines ",2024-05-01T10:00:00+03:00,x,@o,am,Reel,2,caption,yes,no,'
        "https://WWW.Example.org/a?b http://user@foo.example:8080/x | not-a-link,9\n",
    )
    (row,) = read_posts(file)
    post = row.value
    assert isinstance(post, Post)
    assert (row.candidate_id, row.line, row.dropped, row.faults) == ("c1", 2, ("Likes",), ())
    assert post.text == " two\nlines "  # evidence quotes the original
    assert post.time == datetime(2024, 5, 1, 7, tzinfo=UTC)
    assert (post.media, post.media_count, post.kind, post.language) == (MediaKind.VIDEO, 2, "caption", "am")
    assert (post.shared, post.own_words) == (True, False)
    assert post.link_domains == ("www.example.org", "foo.example")


def test_json_lines(tmp_path: Path) -> None:
    lines: list[Any] = [
        {"candidate_id": "c1", "post_id": "p1", "text": "hi", "links": ["https://a.example/x", 5], "likes": 1},
        {"candidate_id": 7, "id": 8, "text": "hi", "media": None},
    ]
    first, second = read_posts(write(tmp_path, "\n".join(map(json.dumps, lines)), "p.jsonl"))
    assert isinstance(first.value, Post)
    assert (first.value.id, first.value.link_domains, first.dropped) == ("p1", ("a.example",), ("likes",))
    assert isinstance(second.value, Post)
    assert (second.candidate_id, second.value.id, second.value.media) == ("7", "8", MediaKind.NONE)


def test_naive_times_need_a_declared_zone(tmp_path: Path) -> None:
    file = write(tmp_path, "candidate_id,id,time\nc1,p1,2024-05-01T10:00:00\nc1,p2,2024-05-01\n")
    assert [row.faults[0].code for row in read_posts(file)] == ["post.time_without_zone"] * 2
    first, second = read_posts(file, "+03:00")
    assert isinstance(first.value, Post)
    assert first.value.time == datetime(2024, 5, 1, 7, tzinfo=UTC)
    assert second.faults == ()


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (f"c1,p,{'x' * 100_001},,", "table.cell_too_long"),
        ("c1,p,a\x00b,,", "table.control_character"),
        ("c1,,text,,", "post.missing"),
        ("c1,p,text,yesterday,", "post.not_a_time"),
        ("c1,p,text,,hologram", "post.not_one_of"),
        ("c1,p,text,,photo,more", "table.ragged_row"),
    ],
)
def test_a_bad_post_is_named_with_its_owner_and_the_rest_goes_on(tmp_path: Path, row: str, code: str) -> None:
    filler = "".join(f"c2,g{number},fine,,\n" for number in range(40))
    rows = read_posts(write(tmp_path, f"candidate_id,id,text,time,media\n{row}\n{filler}"))
    assert [(found.candidate_id, found.faults[0].code) for found in rows if found.is_lost] == [("c1", code)]
    assert sum(found.value is not None for found in rows) == 40


@pytest.mark.parametrize(
    ("text", "codes"),
    [("id,text\np,x\n", ["table.column_missing"]), ("text\nx\n", ["table.column_missing"] * 2)],
)
def test_files_without_owners_or_ids(tmp_path: Path, text: str, codes: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        read_posts(write(tmp_path, text))
    assert [fault.code for fault in caught.value.faults] == codes


@pytest.mark.parametrize(("text", "hours"), [("UTC", 0), ("Z", 0), ("+03:00", 3), ("-04:30", -4.5)])
def test_zones(text: str, hours: float) -> None:
    zone = zone_of(text)
    assert zone is not None
    assert zone.utcoffset(None) == timedelta(hours=hours)


@pytest.mark.parametrize("text", ["", "EAT", "Africa/Nairobi", "+3", "+25:00"])
def test_what_is_no_offset(text: str) -> None:
    assert zone_of(text) is None
