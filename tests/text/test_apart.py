"""A text whose glued words are parted, and the way there and back."""

from __future__ import annotations

from vetting_engine.text.apart import Apart


def test_spaces_are_put_before_the_places() -> None:
    assert Apart("#theyarescum!", [5, 8, 5]).text == "#they are scum!"


def test_a_text_without_places_stays_as_it_is() -> None:
    apart = Apart("they are", [])
    assert (apart.text, apart.there(0, 4), apart.back(5, 8)) == ("they are", (0, 4), (5, 8))


def test_words_lead_there_and_back() -> None:
    text = "#theyarescum!"
    apart = Apart(text, [5, 8])
    assert apart.text[slice(*apart.there(5, 8))] == "are"
    assert apart.text[slice(*apart.there(1, 12))] == "they are scum"
    assert text[slice(*apart.back(6, 9))] == "are"
    assert text[slice(*apart.back(1, 14))] == "theyarescum"
