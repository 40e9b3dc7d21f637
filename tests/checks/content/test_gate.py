"""What words may be part of is remembered, and nothing that stands in a text is missed for it."""

from __future__ import annotations

from datetime import date

import pytest

from vetting_engine.checks.content import Scanner, TermFile
from vetting_engine.checks.content.documents import Term
from vetting_engine.checks.content.gate import GUESSED, VIEWED, Gate
from vetting_engine.checks.content.kinds import TermKind
from vetting_engine.checks.content.lexicon import Lexicon
from vetting_engine.text.remembered import MOST_KEPT


def lexicon(*terms: Term, language: str = "en", script: str = "Latn", common: tuple[str, ...] = ()) -> Lexicon:
    file = TermFile(language=language, script=script, reviewed_on=date(2026, 1, 1), terms=terms, common=common)
    return Lexicon([file], [], {})


def term(*texts: str, kind: TermKind = TermKind.INSULT) -> Term:
    return Term(id="-".join(texts).replace(" ", "-"), kind=kind, texts=texts)


LEXICON = lexicon(term("vermin"), term("go back tomorrow"), term("rat run", kind=TermKind.INNOCENT), common=("the",))


def sees(text: str, declared: tuple[str, ...] = ("en",)) -> bool:
    return bool(LEXICON.gate(declared).look(text) & LEXICON.term_bits)


@pytest.mark.parametrize(
    "text",
    ["such VERMIN!", "v - e - r - m - i - n", "v \u200b e r m \u200b i n", "go - \u200b back _ tomorrow",
     "v3rmin", "v e r m i n", "v. e. r. m. i. n", "vremin", "vrmin", "thevermin", "#TheVermin",
     "vеrmin", "verrrrmin", "go\nback-tomorrow", "v\u200bermin", "(vermin)", "ver\u0301min"],
)  # fmt: skip
def test_terms_are_seen_in_every_reading(text: str) -> None:
    assert sees(text)


@pytest.mark.parametrize(
    "text", ["", " ", "good morning", "go there and come back", "a rat run", "12 @all https://x.org", "\x00"]
)
def test_other_words_are_let_through(text: str) -> None:
    assert not sees(text)


def test_a_phrase_is_told_by_two_words_of_it() -> None:
    assert sees("come back tomorrow")  # too much, never too little: the automaton says that it is no term
    assert sees("back - tomorrow")
    assert not sees("tomorrow, back there")  # in a phrase words stand in one order
    assert not sees("back in town, until tomorrow")  # and side by side
    assert not sees("back in town")
    assert not sees("see you tomorrow")


def test_the_words_that_tell_a_phrase_are_those_of_the_fewest_terms() -> None:
    many = lexicon(term("in the sea"), term("in the river"), term("in the rain"), term("of the town"))
    gate = many.gate(("en",))
    assert gate.look("in heavy rain") & many.term_bits
    assert gate.look("the rain, in spring") & many.term_bits == 0
    assert gate.look("the house in the town") & many.term_bits == 0


def test_a_number_does_not_speak_for_a_phrase_in_a_script_without_spaces() -> None:
    phrases = {"fee": "ဝင်ကြေး 100", "sum": "1 သိန်း"}
    terms = [Term(id=name, kind=TermKind.INSULT, texts=(text,)) for name, text in phrases.items()]
    burmese = lexicon(*terms, language="my", script="Mymr")
    gate = burmese.gate(("my",))
    assert gate.look("ဆိုင် 100") & burmese.term_bits == 0
    for text in ("ဒီနေ့ဝင်ကြေး 100", "21 သိန်းပေး", "1 သိန်း"):
        assert gate.look(text) & burmese.term_bits, text


def test_either_of_the_two_words_may_come_first() -> None:
    both = lexicon(term("salt of earth"), term("earth and salt"), term("of"), term("and"))
    gate = both.gate(("en",))
    for text in ("salt of earth", "earth and salt", "#EarthAndSalt", "earth - and - salt"):
        assert gate.look(text) & both.term_bits, text


def test_a_phrase_that_says_a_word_twice_is_seen() -> None:
    twice = lexicon(term("out with them out"), term("out out"))
    gate = twice.gate(("en",))
    assert gate.look("Out with them, out!") & twice.term_bits
    assert gate.look("out out") & twice.term_bits


def test_words_too_long_to_be_kept_are_looked_at_each_time() -> None:
    long = "x" * 60
    gate = (odd := lexicon(term(f"{long} away"))).gate(("en",))
    for _ in range(2):
        assert gate.look(f"{long} away") & odd.term_bits
        assert not gate.look(f"away {long}") & odd.term_bits
    assert long not in gate


def test_readings_are_only_asked_for_where_they_show_something() -> None:
    look = LEXICON.gate(("en",)).look
    assert not look("gr8 2nd #tag") & (VIEWED | GUESSED)
    assert look("v3rmin") & VIEWED
    assert look("vremin") & GUESSED


def test_languages_of_other_scripts_are_not_asked() -> None:
    gate = LEXICON.gate(("en",))
    assert [group.script for group in gate.groups(gate.look("hello"))] == ["Latn"]
    assert gate.groups(gate.look("сбогом")) == ()


def test_a_script_of_which_no_language_applies_tells_no_phrase() -> None:
    hindi = Term(id="kal", kind=TermKind.INSULT, texts=("कल",))
    files = [
        TermFile(language=language, script=script, reviewed_on=date(2026, 1, 1), terms=(one,))
        for language, script, one in (("hi-Latn", "Latn", term("go back tomorrow")), ("hi", "Deva", hindi))
    ]
    gate = Lexicon(files, [], {}).gate(("hi-Latn",))
    bits = gate.look("कल go back tomorrow")
    assert [len(group.languages) for group in gate.groups(bits)] == [0, 1]


def test_a_flood_of_words_is_not_kept() -> None:
    gate = LEXICON.gate(("en",))
    gate.look("x" * 1_000)
    assert "x" * 1_000 not in gate
    for number in range(MOST_KEPT + 10):
        gate[f"w{number}"] = 0
    gate.look("never met before")
    assert len(gate) < 10


def test_the_same_languages_share_one_automaton(scanner: Scanner) -> None:
    def arabic(declared: str) -> object:
        gate = scanner.lexicon.gate((declared,))
        return gate.groups(gate.look("مرحبا"))[0]

    assert arabic("en") is arabic("fr")
    assert arabic("en") is not arabic("ar")


def test_a_term_without_a_letter_of_its_script_is_seen_in_any_text() -> None:
    odd = lexicon(term("88"), language="uk", script="Cyrl")
    gate = odd.gate(())
    assert isinstance(gate, Gate)
    assert gate.look("сорок 88") & odd.term_bits


def _two_scripts() -> Lexicon:
    sure = Term(id="sure", kind=TermKind.INSULT, texts=("VISA مضمونة",))
    arabic = TermFile(language="ar", script="Arab", reviewed_on=date(2026, 1, 1), terms=(sure,))
    english = TermFile(language="en", script="Latn", reviewed_on=date(2026, 1, 1), terms=(term("vermin"),))
    return Lexicon([arabic, english], [], {})


@pytest.mark.parametrize("text", ["VISA مضمونة", "so: visa مضمونة اليوم"])
def test_a_word_of_another_script_counts_before_its_script_was_met(text: str) -> None:
    two = _two_scripts()
    gate = two.gate(("ar", "en"))
    assert gate.look("visa and visa") & two.term_bits == 0
    assert gate.look(text) & two.term_bits
    assert gate.look(text) & two.term_bits
    assert gate.look("visa and visa") & two.term_bits == 0


def test_languages_of_scripts_that_are_not_met_are_not_compiled() -> None:
    """A pack of twenty languages takes many seconds, a candidate speaks two or three."""
    two = _two_scripts()
    arabic, _ = two.languages
    two.gate(("en",)).look("no vermin here")
    assert "told" not in vars(arabic)
    two.gate(("en",)).look("no vermin هنا")
    assert "told" in vars(arabic)
