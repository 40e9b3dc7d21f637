"""Posts in a plain table or JSON Lines, in a candidate's folder."""

from typing import Any


def test_tables_and_lines(exports: Any) -> None:
    read = exports(
        {
            "posts.csv": "Post ID,Caption,Created at,Media type\np1,hello,2025-03-01T09:00:00Z,reel\np2,x,later,\n",
            "more.jsonl": '{"id": "p3", "text": "hi", "platform": "wechat"}\n{"id": \n',
        }
    )
    who = read.candidates[0]
    assert [post.id for post in who.posts] == ["p3", "p1"]
    assert sorted(fault.code for fault in read.faults) == ["json.malformed", "post.not_a_time"]
    assert who.unread_posts == 2
    assert who.accounts == ()


def test_rows_that_name_a_candidate_are_not_taken(exports: Any) -> None:
    read = exports({"posts.csv": "candidate_id,id,text\nc2,p1,whose\n,p2,mine\n"})
    assert [post.id for post in read.candidates[0].posts] == ["p2"]
    assert [(fault.code, fault.at.line) for fault in read.faults] == [("export.names_candidate", 2)]
    assert read.candidates[0].unread_posts == 1
