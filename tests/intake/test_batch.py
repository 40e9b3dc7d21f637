"""A whole batch: what belongs to whom, and what was lost never looks like nothing."""

from pathlib import Path
from typing import Any

import pytest

from vetting_engine.errors import InputError
from vetting_engine.intake import read_batch
from vetting_engine.messages import codes, describe
from vetting_engine.model.candidate import RelationKind
from vetting_engine.protocols import BatchRead
from vetting_engine.registry import discover

CANDIDATES = "id,name,relations_declared\nc1,Odo,yes\nc2,Udo,yes\n"


@pytest.fixture
def batch(tmp_path: Path) -> Any:
    def batch(**files: str | bytes) -> BatchRead:
        for name, text in {"candidates.csv": CANDIDATES, **files}.items():
            (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_batch(tmp_path)

    return batch


def said(read: BatchRead) -> list[tuple[str, str, int]]:
    return [(fault.code, Path(fault.at.file).name, fault.at.line) for fault in read.faults]


def test_the_readers_there_are() -> None:
    assert list(discover("vetting_engine.intake")) == ["csv", "json_lines", "kobo"]


def test_everything_in_a_folder(batch: Any) -> None:
    read = batch(
        **{
            "posts_x.csv": "candidate_id,id,text,likes\nc1,p1,hello,3\nc2,p1,other\n",
            "posts_y.jsonl": '{"candidate_id": "c1", "id": "p2", "text": "more"}\n',
            "relations.csv": "candidate_id,kind,to_name,confidence\nc1,political office,Nor,80%\nc1,family,Ido,\n",
            "attestations.csv": "candidate_id,kind,on,expires\nc2,training,2025-01-01,\n",
            "agd.csv": "candidate_id,age_group,gender\nc1,18-24,woman\nc2,,\n",
        }
    )
    assert [code for code, _, _ in said(read)] == ["table.ragged_row"]
    first, second = read.candidates
    assert [post.id for post in first.posts] == ["p1", "p2"]
    assert [(tie.kind, tie.confidence) for tie in first.relations] == [
        (RelationKind.POLITICAL_OFFICE, 8_000),
        (RelationKind.FAMILY, 10_000),
    ]
    assert [statement.kind for statement in second.attestations] == ["training"]
    assert (first.unread_posts, second.unread_posts) == (0, 1)
    assert [(report.candidate_id, dict(report.answers)) for report in read.reports] == [
        ("c1", {"age_group": "18-24", "gender": "woman"}),
        ("c2", {}),
    ]
    assert "18-24" not in first.model_dump_json()
    assert read.dropped_fields == ("posts.likes",)
    assert (read.rows, read.posts) == (2, {})


def test_the_same_again_is_no_fault_but_another_under_its_id_is(batch: Any) -> None:
    read = batch(
        **{
            "posts_a.csv": "candidate_id,id,text\nc1,p1,hello\n",
            "posts_b.csv": "candidate_id,id,text\nc1,p1,hello\nc1,p1,changed\n",
            "relations.csv": "candidate_id,id,kind,to_name\nc2,r,family,Ido\nc2,r,family,Ido\nc2,r,family,Ado\n",
        }
    )
    assert said(read) == [("post.duplicate", "posts_b.csv", 3), ("relation.duplicate", "relations.csv", 4)]
    first, second = read.candidates
    assert (len(first.posts), first.unread_posts) == (1, 1)
    assert (len(second.relations), second.relations_declared) == (1, False)


def test_rows_of_nobody_are_faults(batch: Any) -> None:
    read = batch(
        **{
            "posts.csv": "candidate_id,id,text\nzz,p1,hello\n",
            "relations.csv": "candidate_id,kind,to_name\nzz,family,Ido\n",
            "attestations.csv": "candidate_id,kind\nzz,training\n",
            "agd.csv": "candidate_id,age\nzz,3\n",
        }
    )
    assert [code for code, _, _ in said(read)] == ["batch.unknown_candidate"] * 4
    assert all((who.unread_posts, who.relations_declared) == (0, True) for who in read.candidates)


def test_a_lost_relation_means_relations_are_not_declared(batch: Any) -> None:
    read = batch(**{"relations.csv": "candidate_id,kind,to_name\nc1,cousin,Ido\nc2,family,Ado\n"})
    assert said(read) == [("field.not_one_of", "relations.csv", 2)]
    assert [who.relations_declared for who in read.candidates] == [False, True]


def test_a_relation_that_is_declared_is_a_declaration(tmp_path: Path) -> None:
    main, ties = tmp_path / "c.csv", tmp_path / "r.csv"
    main.write_text("id,name\nc1,Odo\nc2,Udo\n", encoding="utf-8")
    ties.write_text(
        "candidate_id,kind,to_name,source\nc1,family,Ido,declared\nc2,family,Ido,newspaper\n", encoding="utf-8"
    )
    assert [who.relations_declared for who in read_batch(main, relations=[ties]).candidates] == [True, False]


@pytest.mark.parametrize(
    ("name", "text", "unread", "declared"),
    [
        ("posts.csv", "candidate_id,id,text\n,p1,whose is it\n", 1, True),
        ("posts.jsonl", '{"candidate_id": "c1", "id": \n{"candidate_id": "c1", "id": "p"}\n', 1, True),
        ("posts.csv", "who,what\n1,2\n", 1, True),
        ("posts.csv", "", 1, True),
        ("relations.csv", 'candidate_id,kind,to_name\nc1,"family,Ido\n', 0, False),
        ("relations.csv", b"\xd9\xe3\xcd", 0, False),
        ("attestations.csv", "candidate_id,kind\n,training\n", 0, True),
    ],
)
def test_what_nobody_can_tell_whose_it_is_counts_against_everybody(
    batch: Any, name: str, text: str, unread: int, declared: bool
) -> None:
    read = batch(**{name: text})
    assert read.faults
    assert [(who.unread_posts, who.relations_declared) for who in read.candidates] == [(unread, declared)] * 2


def test_two_self_reports_of_one_person_do_not_count(batch: Any) -> None:
    read = batch(**{"agd.csv": "candidate_id,age\nc1,3\nc2,4\nc1,5\n"})
    assert said(read) == [("agd.duplicate", "agd.csv", 2), ("agd.duplicate", "agd.csv", 4)]
    assert [report.candidate_id for report in read.reports] == ["c2"]


def test_more_than_is_read_is_counted(batch: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vetting_engine.model.limits.MAX_POSTS", 2)
    monkeypatch.setattr("vetting_engine.model.limits.MAX_RELATIONS", 1)
    read = batch(
        **{
            "posts.csv": "candidate_id,id,text\n" + "".join(f"c1,p{number},x\n" for number in range(5)),
            "relations.csv": "candidate_id,kind,to_name\nc1,family,Ido\nc1,family,Ado\n",
        }
    )
    who = read.candidates[0]
    assert [code for code, _, _ in said(read)] == ["batch.too_many", "batch.too_many"]
    assert (len(who.posts), who.unread_posts, len(who.relations), who.relations_declared) == (2, 3, 1, False)


def test_the_mapping_of_the_folder_is_used_and_one_given_goes_before_it(batch: Any, tmp_path: Path) -> None:
    read = batch(**{"mapping.yaml": "fields: {id: id}\n"})
    assert not read.candidates[0].names
    other = tmp_path / "other.yaml"
    other.write_text("fields: {id: name}\n", encoding="utf-8")
    assert [who.id for who in read_batch(tmp_path, mapping=other).candidates] == ["Odo", "Udo"]


def test_folders_that_cannot_be_used(tmp_path: Path) -> None:
    def code() -> str:
        with pytest.raises(InputError) as caught:
            read_batch(tmp_path)
        return caught.value.faults[0].code

    assert code() == "batch.no_candidates"
    (tmp_path / "candidates.csv").write_text(CANDIDATES, encoding="utf-8")
    (tmp_path / "candidates.jsonl").write_text('{"id": "c1"}\n', encoding="utf-8")
    assert code() == "batch.two_candidate_files"


def test_a_file_in_no_known_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vetting_engine.intake._batch.discover", lambda _: {})
    file = tmp_path / "c.csv"
    file.write_text(CANDIDATES, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_batch(file)
    assert caught.value.faults[0].code == "intake.unknown_format"


def test_every_fault_here_has_a_sentence_and_a_remedy(batch: Any) -> None:
    read = batch(
        **{
            "candidates.csv": CANDIDATES + "c3,Odo\n2E11,x,\nc4,x,perhaps\n,x,\n",
            "posts.csv": "candidate_id,id,text,time\nc1,p,x,later\nzz,q,x,\nc1,,x,\n",
        }
    )
    assert len(read.faults) == 7
    for fault in read.faults:
        assert fault.code in codes()
        assert "{" not in describe(fault)
