"""From tables of labelled posts to a file of signs that the pack can load."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import shipped

from vetting_engine.checks.content.documents import SignFile
from vetting_engine.errors import InputError
from vetting_engine.files.yaml import loads
from vetting_engine.workbench.sign_files import labelled, left_out, sign_file, write_new
from vetting_engine.workbench.weighing import Labelled

DAY = date(2026, 6, 1)
POSTS = [
    *[Labelled(f"boat leaves tonight, {number} seats, refugees and Fatima", "trafficking") for number in range(9)],
    *[Labelled(f"the market is open, {number} tents", "") for number in range(9)],
]


def table(folder: Path, text: str) -> Path:
    path = folder / "posts.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_of_signs_is_one_the_pack_can_load() -> None:
    text = sign_file("en", "Latn", POSTS, lambda word: word == "fatima", as_of=DAY)
    file = SignFile.model_validate(loads(text, "signs/en.yaml").value)
    assert (file.language, file.script, file.reviewed_on) == ("en", "Latn", DAY)
    assert set(file.least) == {"trafficking"}
    words = {word: entry.points for entry in file.signs for word in entry.words}
    assert words["boat"] > 0 > words["market"]
    assert words["-boat-"] > 0 > words["mar-"]
    assert words.keys().isdisjoint({"fatima", "fat-", "-fati-", "-ima"})
    assert {entry.id for entry in file.signs} >= {f"en-trafficking-for-{words['boat']}"}


def test_a_file_says_which_other_languages_it_serves() -> None:
    text = sign_file("hi-Latn", "Latn", POSTS, lambda word: False, as_of=DAY, also=("ur-Latn",))
    assert SignFile.model_validate(loads(text, "signs/hi-latn.yaml").value).also == ("ur-Latn",)


@pytest.mark.parametrize(
    ("topic", "asked"), [("fraud", True), ("endorsement", True), ("trafficking", False), ("support", True)]
)
def test_what_is_critical_is_never_unsupported(topic: str, asked: bool) -> None:
    posts = [Labelled(post.text, topic if post.topic else "") for post in POSTS]
    file = SignFile.model_validate(loads(sign_file("en", "Latn", posts, lambda word: False, as_of=DAY), "a").value)
    assert set(file.least_beside_terms) == ({topic} if asked else set())
    assert all(1 <= least <= file.least[topic] for least in file.least_beside_terms.values())


def test_the_names_of_groups_and_people_are_left_out() -> None:
    out = left_out(shipped.scanner(), shipped.pack(), "en")
    assert all(map(out, ["refugees", "somalis", "fatuma", "abdullahi", "olena", "b"]))
    # Short words are common among the names of the world as well.
    assert not any(map(out, ["boat", "tonight", "market", "0000", "money", "real", "best", "grass", "mango", "proof"]))
    assert all(map(left_out(shipped.scanner(), shipped.pack(), "ar"), ["محمد", "السوريين"]))


def test_posts_are_read_from_tables_in_one_language(tmp_path: Path) -> None:
    path = table(tmp_path, "id,language,expect,text\n1,sw,fraud,Lipa sasa\n2,en,,Hello\n3,sw,,Habari\n")
    assert labelled([path], "sw", "Latn") == [Labelled("Lipa sasa", "fraud"), Labelled("Habari", "")]


def test_posts_are_of_one_script(tmp_path: Path) -> None:
    path = table(
        tmp_path, "language,expect,text\nhi,fraud,paise bhejo\nhi,fraud,पैसे भेजो\nhi,,👍 55\nhi-Latn,,kal milte\n"
    )
    assert [post.text for post in labelled([path], "hi", "Deva")] == ["पैसे भेजो", "👍 55"]
    assert [post.text for post in labelled([path], "hi-Latn", "Latn")] == ["paise bhejo", "👍 55", "kal milte"]


def test_all_faults_of_tables_are_told_at_once(tmp_path: Path) -> None:
    path = table(tmp_path, "id,lang,label,text\n1,sw,fraud,Lipa\n")
    with pytest.raises(InputError) as refused:
        labelled([path], "sw", "Latn")
    assert [(fault.code, fault.params["column"]) for fault in refused.value.faults] == [
        ("weigh.column_missing", "language"),
        ("weigh.column_missing", "expect"),
    ]


def test_no_post_in_the_language_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        labelled([table(tmp_path, "language,expect,text\nen,,Hello\n")], "sw", "Latn")
    assert [fault.code for fault in refused.value.faults] == ["weigh.no_posts"]


def test_posts_that_give_no_word_weight_are_a_fault() -> None:
    with pytest.raises(InputError) as refused:
        sign_file("en", "Latn", [Labelled("hello", ""), Labelled("hello", "")], lambda _: False, as_of=DAY)
    assert [fault.code for fault in refused.value.faults] == ["weigh.nothing"]


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "en.yaml"
    write_new(path, "one\n")
    with pytest.raises(InputError):
        write_new(path, "two\n")
    assert path.read_text(encoding="utf-8") == "one\n"
