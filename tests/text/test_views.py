"""Each trick is seen through, and leads back to the exact place."""

from __future__ import annotations

import pytest

from vetting_engine.text.fold import folded
from vetting_engine.text.reading import Edit, Reading
from vetting_engine.text.views import for_cues, readings


def read(text: str) -> set[tuple[str, str]]:
    return {(reading.name, reading.text) for reading in readings(folded(text))}


@pytest.mark.parametrize(
    ("text", "view", "plain"),
    [
        ("I h4te you", "leet", "i hate you"),
        ("f1lth", "leet", "filth"),
        ("b1ack", "leet", "black"),
        ("$cum!", "leet", "scum!"),
        ("I h a t e you", "spaced", "i hate you"),
        ("you are a r-a-t", "spaced", "you are a rat"),
        ("haaaate", "repeats", "hate"),
        ("kiiilll them", "repeats", "kil them"),
        ("kiiilll them", "repeats", "kiill them"),
        ("kill_them  all", "spacing", "kill them all"),
        ("#KillThemAll", "hashtag", "#kill them all"),
        ("sсum", "confusable", "scum"),
        ("кpыса", "confusable", "крыса"),
        ("ꓢCUM", "confusable", "scum"),
        ("ᏚᏟuM", "confusable", "scum"),
        ("sсuո", "confusable", "scun"),
        ("7ثالة", "arabic", "حثاله"),
        ("k👏i👏ll them", "broken", "kill them"),
        ('the re"fu-gees', "broken", "the refugees"),
        ("🇰🇮🇱🇱 them", "regional", "kill them"),
        ("kill 👏 them 👏 all", "spacing", "kill them all"),
        ("kill👏them", "spacing", "kill them"),
        ("kill.them/all", "spacing", "kill them all"),
        ("#kill #them #all", "spacing", " kill them all"),
        ("k i l l   them   all", "spaced", "kill them all"),
        ("k🔥i🔥l🔥l them", "spaced", "kill them"),
        ("go \u202emeht llik\u202c now", "turned", "go kill them now"),
        ("go \u202emeht llik", "turned", "go kill them"),
    ],
)
def test_tricks(text: str, view: str, plain: str) -> None:
    assert (view, plain) in read(text)


def test_the_fold_reads_letters_in_brackets_and_small_capitals() -> None:
    assert folded("⒦ⒾLL ᴛʜᴇᴍ 🄺").text == "kill them k"


def test_one_emoji_among_spaces_parts_sentences() -> None:
    assert read("no more ❤ refugees are welcome") == set()


@pytest.mark.parametrize(
    "text", ["in 2024 we met", "3 pm", "a good day", "see you", "Call me.", "ሰላም ለሁሉም", "العام 2024"]
)
def test_plain_texts_have_no_other_reading(text: str) -> None:
    assert read(text) == set()


def test_places_lead_back() -> None:
    text = "you w o m e n here"
    reading = next(reading for reading in readings(folded(text)) if "women" in reading.text)
    start = reading.text.index("women")
    low, high = reading.span(start, start + 5)
    assert text[low:high] == "w o m e n"
    assert reading.touched(start, start + 5)
    assert not reading.touched(0, 3)


def test_an_inserted_space_touches_both_sides() -> None:
    reading = Reading("glued", "ihate you", [Edit(1, 1, " ")])
    assert reading.text == "i hate you"
    assert reading.touched(2, 6)
    assert reading.span(2, 6) == (1, 5)
    assert not reading.touched(7, 10)


def test_spaces_are_put_before_the_places() -> None:
    assert for_cues("#theyarescum!", [5, 8, 5]).text == "#they are scum!"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("they are n o t scum", "they are not scum"),
        ("a r e  n o t", "are not"),
        ("a r e\nn o t", "are\nnot"),
        ("यह झूठ है कि", "यह झूठ है कि"),
    ],
)
def test_parted_letters_are_joined_for_cues_but_no_words_of_one_syllable(text: str, words: str) -> None:
    assert for_cues(text, []).text == words


def test_a_text_without_places_stays_as_it_is() -> None:
    reading = for_cues("they are", [])
    assert (reading.text, reading.there(0, 4), reading.span(5, 8)) == ("they are", (0, 4), (5, 8))


def test_words_lead_there_and_back() -> None:
    text = "#theyarescum!"
    reading = for_cues(text, [5, 8])
    assert reading.text[slice(*reading.there(5, 8))] == "are"
    assert reading.text[slice(*reading.there(1, 12))] == "they are scum"
    assert text[slice(*reading.span(6, 9))] == "are"
    assert text[slice(*reading.span(1, 14))] == "theyarescum"
