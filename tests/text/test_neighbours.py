"""What a word is near to is told as by comparing it with every form."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from vetting_engine.text.fold import folded
from vetting_engine.text.neighbours import Neighbours, mask_of
from vetting_engine.text.spelling import Spelling

WORDS = st.text("abc", min_size=1, max_size=8)
FORMS = st.dictionaries(WORDS, st.integers(1, 7), max_size=12)


def without_one(form: str) -> set[str]:
    """Without its first letter or its last one a word is mostly another one."""
    return {form[:place] + form[place + 1 :] for place in range(1, len(form) - 1)}


def swaps(word: str) -> set[str]:
    return {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)} - {word}


@given(WORDS, FORMS)
def test_neighbours_are_those_of_every_form_compared(word: str, forms: dict[str, int]) -> None:
    near = Neighbours(forms)
    long = {form for form in forms if len(form) >= 4}
    assert set(near.swapped(word)) == {form for form in long if word in swaps(form)}
    assert set(near.with_one_more(word)) == {form for form in long if len(form) > 4 and word in without_one(form)}
    spans = {(at, at + len(form)) for form in long for at in range(len(word)) if word.startswith(form, at)}
    assert set(near.inside(word)) == spans


@given(WORDS, FORMS)
def test_no_language_guesses_at_a_word_that_is_near_to_none_of_its_forms(word: str, forms: dict[str, int]) -> None:
    together = Neighbours(forms)
    for number in range(3):
        own = Spelling([form for form, bits in forms.items() if bits >> number & 1], ["aa", "bc", "a"])
        alone = own.guesses(word)
        assert not alone or together.near(word) >> number & 1
        other = Spelling([form for form, bits in forms.items() if bits >> number & 1], ["aa", "bc", "a"])
        assert other.guesses(word, together) == alone


@given(st.text("ab", min_size=5, max_size=9), st.sets(st.text("ab", min_size=1, max_size=5), max_size=6))
def test_a_glued_word_is_cut_as_by_trying_every_cut(word: str, common: set[str]) -> None:
    """The cuts that hold a form are those left of all cuts into known words."""
    spelling = Spelling(["abab", "bbaab"], common)
    made = {reading.text for reading in spelling.readings(folded(word)) if reading.name == "glued"}
    for text in made:
        pieces = text.split(" ")
        assert "".join(pieces) == word
        assert {"abab", "bbaab"} & set(pieces)
    known = common | {"abab", "bbaab"}
    halves = [(word[:cut], word[cut:]) for cut in range(2, len(word) - 1)]
    if any({left, right} <= known and {left, right} & {"abab", "bbaab"} for left, right in halves):
        assert made or word in known or list(spelling.readings(folded(word)))


@given(st.text("ab*", max_size=8), FORMS)
def test_masked_words_are_those_of_every_form_compared(word: str, forms: dict[str, int]) -> None:
    found = Neighbours(forms).masked(word)
    masked = mask_of(word)
    assert set(found) == {
        form
        for form in forms
        if masked and len(form) >= 4 and re.fullmatch(re.escape(masked[1]).replace(r"\*", "."), form)
    }
    assert masked is None or (masked[1] in word and masked[1][0] != "*" and 2 * masked[1].count("*") <= len(masked[1]))
