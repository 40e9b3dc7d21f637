"""Terms are found as whole words, with declared affixes, in scripts with and without spaces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting_engine.text import terms
from vetting_engine.text.terms import Forms, Hit, TermIndex, longest, stem_of


def spans(text: str, *forms: Forms) -> list[str]:
    return [text[hit.start : hit.end] for hit in TermIndex(forms).find(text)]


@pytest.mark.parametrize("text", ["class", "assassin", "grass!", "bassé"])
def test_a_term_inside_a_word_is_not_found(text: str) -> None:
    assert spans(text, Forms(("ass",), 0)) == []


@pytest.mark.parametrize("text", ["ass", "(ass)", "#ass", "an ass.", "_ass_", "ass's"])
def test_a_whole_word_is_found(text: str) -> None:
    assert spans(text, Forms(("ass",), 0)) == ["ass"]


def test_affixes_belong_to_the_hit() -> None:
    form = Forms(("لاجئ",), 0, frozenset({"", "ال", "وال"}), frozenset({"", "ين"}))
    assert spans("واللاجئين هنا", form) == ["واللاجئين"]
    assert spans("كاللاجئين هنا", form) == []


def test_devanagari_marks_are_part_of_the_word() -> None:
    assert spans("हिन्दी", Forms(("हिन",), 0)) == []


def test_burmese_is_cut_between_syllables_only() -> None:
    assert spans("ဒီကုလားတွေ", Forms(("ကုလား",), 0)) == ["ကုလား"]
    assert spans("သတင်း", Forms(("သတ",), 0)) == []


def test_what_must_stand_beside_is_no_part_of_the_hit() -> None:
    form = Forms(("black people",), 0, beside=len(" people"))
    assert spans("all black people here", form) == ["black"]
    assert spans("black peoples", form) == []


def test_equal_stems_and_none_at_all() -> None:
    assert [hit.key for hit in TermIndex([Forms(("ab",), 1), Forms(("ab",), 2)]).find("ab")] == [1, 2]
    assert TermIndex([Forms(("",), 0)]).find("anything") == []


def test_longest_drops_what_stands_inside_and_keeps_equals_and_neighbours() -> None:
    hits = [Hit(0, 3, 0), Hit(0, 9, 1), Hit(0, 9, 2), Hit(4, 9, 3), Hit(6, 12, 4)]
    assert [hit.key for hit in longest(hits)] == [1, 2, 4]


def test_stem_is_folded_with_single_spaces() -> None:
    assert stem_of("  Fête   d’été ") == "fete d'ete"
    assert stem_of("\u0301\u200b") == ""


@given(st.text("ab ", max_size=60), st.sets(st.text("ab", min_size=1, max_size=5), min_size=1, max_size=5))
def test_long_texts_are_looked_through_in_blocks_with_the_same_hits(text: str, stems: set[str]) -> None:
    index = TermIndex(Forms((stem,), number, ("", "a"), ("", "b")) for number, stem in enumerate(sorted(stems)))
    whole = index.find(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(terms, "_BLOCK", 7)
        assert index.find(text) == whole


FORMS = st.builds(
    Forms,
    st.lists(st.text("ab ", max_size=5).map(str.strip), max_size=5, unique=True),
    st.integers(0, 2),
    st.sampled_from([("",), ("", "a")]),
    st.sampled_from([("",), ("", "b", "ba")]),
)


@given(st.text("ab ", max_size=40), st.lists(FORMS, max_size=4))
def test_forms_together_are_found_as_each_of_them_alone(text: str, forms: list[Forms]) -> None:
    alone = [TermIndex([some._replace(stems=(stem,))]) for some in forms for stem in some.stems]
    assert TermIndex(forms).find(text) == sorted(hit for index in alone for hit in index.find(text))
