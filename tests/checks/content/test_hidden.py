"""Innocent texts must not hide the name of a group: such a pack is refused, with the line of the entry."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from vetting_engine import messages
from vetting_engine.errors import RulesetError
from vetting_engine.rulebook import check_pack, load_ruleset
from vetting_engine.rulebook.packs import find_pack

_FILE = "language: {language}\nscript: Latn\nreviewed_on: 2026-11-29\nterms:\n"
_NAMES = '  - {id: names, kind: group, texts: ["witness(es|) of Oma", veru]}\n'


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(find_pack("starter"), tmp_path / "pack"))


def write(pack: Path, name: str, *terms: str, language: str = "en") -> None:
    (pack / "terms" / name).write_text(_FILE.format(language=language) + "".join(terms), encoding="utf-8")


@pytest.mark.parametrize("text", ["witness of Oma", "Vérù", "(in|wit)ness of Oma"])
def test_an_innocent_text_that_is_a_groups_name_is_refused_in_its_line(pack: Path, text: str) -> None:
    write(pack, "en-names.yaml", _NAMES)
    bell, name = (
        "  - {id: bell, kind: innocent, texts: [bell]}\n",
        f'  - {{id: p, kind: innocent, texts: ["{text}"]}}\n',
    )
    write(pack, "en-plain.yaml", bell, name)

    faults = check_pack(pack)

    assert [(fault.code, fault.at.file, fault.at.line) for fault in faults] == [
        ("content.innocent_hides", "terms/en-plain.yaml", 6)
    ]
    assert faults[0].params["term"] == "names"
    assert faults[0].params["innocent"] == "p"
    assert messages.remedy(faults[0].code)
    with pytest.raises(RulesetError):
        load_ruleset(pack)


def test_a_slur_is_a_name_too_and_every_hidden_one_is_told(pack: Path) -> None:
    write(pack, "en-names.yaml", "  - {id: slur, kind: slur, texts: [veru, oma]}\n")
    write(pack, "en-plain.yaml", "  - {id: p, kind: innocent, texts: [veru, oma, bell]}\n")

    assert {fault.params["text"] for fault in check_pack(pack)} == {"oma", "veru"}


@pytest.mark.parametrize(
    ("innocent", "language"),
    [
        ("texts: [the veru of the night]", "en"),  # a longer phrase
        ('texts: ["witness(es|) of"], followed_by: [Oma]', "en"),  # hides the witness and not who it is
        ("texts: [veru]", "fr"),  # another language
    ],
)
def test_phrases_and_other_languages_hide_no_name(pack: Path, innocent: str, language: str) -> None:
    write(pack, "en-names.yaml", _NAMES)
    write(pack, "xx-plain.yaml", f"  - {{id: p, kind: innocent, {innocent}}}\n", language=language)

    assert check_pack(pack) == ()


def test_a_name_that_asks_for_a_word_after_it_is_hidden_with_and_without_that_word(pack: Path) -> None:
    write(pack, "en-names.yaml", "  - {id: n, kind: group, texts: [black], followed_by: [people]}\n")
    write(pack, "en-plain.yaml", "  - {id: p, kind: innocent, texts: [black people, black, black tea]}\n")

    assert {fault.params["text"] for fault in check_pack(pack)} == {"black", "black people"}
