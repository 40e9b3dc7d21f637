"""Everyday words that add up: when they reach, what is told of them, and what they never do."""

from __future__ import annotations

from datetime import date

import pytest
from make.signs import sign_file, sign_lexicon

from vetting_engine.checks.content import Scanner, SignFile
from vetting_engine.checks.content.kinds import NAMING, TermKind
from vetting_engine.checks.content.lexicon import Lexicon
from vetting_engine.checks.content.matching import Passage, find_matches
from vetting_engine.checks.content.signs import MEANT_FOR, MOST_SENTENCES, MOST_TOLD, MOST_WORDS
from vetting_engine.model.condition import Count, Operator
from vetting_engine.model.evidence import SpanEvidence
from vetting_engine.model.finding import FindingStatus
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.model.scales import Level, Severity
from vetting_engine.workbench.sign_files import TOPICS

FILE = sign_file({
    "passage": {"boat": 3, "night": 2, "seats": 2, "coast": 1, "race": -4},
    "sale": {"price": 3, "order": 3, "seats": 1},
})  # fmt: skip
LEXICON = sign_lexicon(FILE)


def told(text: str, lexicon: Lexicon = LEXICON, language: str = "en", as_of: date = date(2026, 6, 1)) -> set[str]:
    """The words told, as they stand in the text, with their topic."""
    matches = find_matches(Passage(text=text, languages=(language,) if language else ()), lexicon, as_of)
    assert all(match.term.kind is TermKind.SIGN for match in matches)
    return {f"{match.term.topic}:{text[match.start : match.end]}" for match in matches}


def test_words_are_told_where_they_reach_what_is_asked_for() -> None:
    assert told("A BOAT tonight, two seats left, by night!") == {"passage:BOAT", "passage:seats", "passage:night"}
    assert told("Two seats by night") == set()


def test_each_word_counts_once() -> None:
    assert told("boat, boat, Boat! boat") == set()
    assert told("boat boat night seats") != set()


def test_what_speaks_against_withholds() -> None:
    assert told("a boat race by night, seats left, along the coast") == set()


@pytest.mark.parametrize("harmless", ["A race. ", "The race is over!\n", "Race? "])
def test_a_harmless_sentence_hides_nothing(harmless: str) -> None:
    assert told(harmless + "A boat by night, seats left.") == told("A boat by night, seats left.")
    assert told("A boat by night, seats left. " + harmless) != set()


def test_sentences_on_end_are_added_up_and_far_ones_are_not() -> None:
    assert told("A boat. By night. Seats left.") != set()
    assert told("A boat. By night. " + "Yes. " * MOST_SENTENCES + "Seats left.") == set()
    assert told("A boat by night. " + "well " * MOST_WORDS + ". Seats left.") == set()


def test_of_more_words_more_is_asked_and_a_sentence_that_reaches_stands() -> None:
    """FILE asks for six: of a sixth of the words more, seven."""
    assert MEANT_FOR == 18
    long = "Boat {}. {} night {}.".format(*["well" + " well" * 8] * 2, "{}")
    assert told(long.format("coast")) == set()
    assert told(long.format("seats")) != set()
    assert told("Boat night coast. " + long.format("well")) != set()


def test_each_topic_is_added_up_by_itself() -> None:
    assert told("boat night seats order price") == {
        "passage:boat", "passage:night", "passage:seats", "sale:order", "sale:price", "sale:seats",
    }  # fmt: skip


def test_each_language_is_added_up_by_itself() -> None:
    both = sign_lexicon(FILE, sign_file({"passage": {"bateau": 3, "nuit": 3}}, language="fr"))
    assert told("bateau nuit", both, "fr") == {"passage:bateau", "passage:nuit"}
    assert told("bateau nuit", both, "en") == set()
    assert told("bateau nuit", both, "") == {"passage:bateau", "passage:nuit"}
    assert told("boat nuit", both, "") == set()


def test_signs_of_a_language_speak_of_texts_in_their_script_only() -> None:
    """A language's words for a price stand in texts of other languages too."""
    hindi = sign_file({"passage": {"whatsapp": 3, "online": 3, "नाव": 1}}, language="hi", script="Deva")
    english = sign_file({"sale": {"price": 9}})
    lexicon = sign_lexicon(hindi, english)
    assert told("नाव WhatsApp online", lexicon, "hi") == {"passage:नाव", "passage:WhatsApp", "passage:online"}
    assert told("boat: WhatsApp online", lexicon, "en") == set()
    assert told("boat: WhatsApp online", lexicon, "hi") == set()


def test_pieces_of_words_add_up_and_the_word_is_told_once() -> None:
    lexicon = sign_lexicon(sign_file({"sale": {"un-": 1, "-npai-": 4, "-aid": 2, "-zzz-": 9, "order": 1}}))
    assert told("UNPAID orders", lexicon) == {"sale:UNPAID"}
    assert told("unpaid", lexicon) == {"sale:unpaid"}
    assert told("paid, unpai", lexicon) == {"sale:paid", "sale:unpai"}  # 2 and 5
    assert told("unpai undone", lexicon) == {"sale:unpai", "sale:undone"}  # 5 and 1
    assert told("repaid order, orders", lexicon) == set()  # 2 and 1


def test_pieces_of_a_word_that_speak_against_it_count_with_it() -> None:
    lexicon = sign_lexicon(sign_file({"sale": {"pric-": 6, "-ked": -3, "order": 3}}))
    assert told("price", lexicon) == {"sale:price"}
    assert told("pricked", lexicon) == set()
    assert told("pricked, order", lexicon) == {"sale:pricked", "sale:order"}


def test_burmese_words_are_of_one_syllable_or_two_and_are_told_once() -> None:
    file = sign_file({"sale": {"ဈေး": 1, "ဈေးနှုန်း": 4, "ပို့": 1}}, language="my", script="Mymr")
    assert told("ဈေးနှုန်းပို့", sign_lexicon(file), "my") == {"sale:ဈေးနှုန်း", "sale:ပို့"}
    assert told("ဈေး နှုန်း ပို့", sign_lexicon(file), "my") == set()


def test_a_word_that_names_a_group_gives_nothing_by_its_pieces(pack: Ruleset) -> None:
    """Whatever a pack's author writes."""
    terms = [file for file in pack.documents["content"]["terms"] if (file.language, file.script) == ("ar", "Arab")]
    name = "السوريين"
    file = sign_file({"sale": {f"-{name[3:7]}-": 9, "-قال-": 9}}, language="ar", script="Arab")
    lexicon = Lexicon(terms, [], {}, signs=[file])

    def signs(text: str) -> set[str]:
        matches = find_matches(Passage(text=text, languages=("ar",)), lexicon, date(2026, 6, 1))
        return {text[match.start : match.end] for match in matches if match.term.kind is TermKind.SIGN}

    assert signs(f"{name} و{name} يقالون") == {"يقالون"}
    assert signs(f"{name},{name}.يقالون,{name}") == {"يقالون"}
    assert signs(f"مل{name[3:]}") == {f"مل{name[3:]}"}


def test_expired_signs_no_longer_speak() -> None:
    lexicon = sign_lexicon(sign_file({"passage": {"boat": 3, "night": 3}}, expires=date(2026, 3, 1)))
    assert told("boat night", lexicon, as_of=date(2026, 3, 1)) != set()
    assert told("boat night", lexicon, as_of=date(2026, 3, 2)) == set()


def test_no_more_words_are_told_than_help_the_reader() -> None:
    words = {f"word{letter}": 1 for letter in "abcdefghijklmnopqrst"}
    lexicon = sign_lexicon(sign_file({"sale": {**words, "heavy": 9}}))
    found = told(" ".join([*words, "heavy"]), lexicon)
    assert len(found) == MOST_TOLD
    assert "sale:heavy" in found


@pytest.mark.parametrize("text", ["", "\x00", "\ud800 \u202e", "\u0301" * 50, "." * 500, "boat " * 5_000])
def test_texts_that_say_nothing_are_no_error(text: str) -> None:
    assert told(text) == set()


def test_a_long_text_is_read_to_its_end() -> None:
    assert len(told("race. " * 20_000 + "A boat by night, seats left.")) == 3


@pytest.mark.parametrize(
    ("change", "told_of"),
    [
        ({"points": 0}, "no points"),
        ({"points": 5_000}, "less than or equal"),
        ({"words": ["two words"]}, "not one word"),
        ({"words": ["two- words"]}, "not one word"),
        ({"words": ["-"]}, "not one word"),
        ({"words": ["a-"]}, "no piece"),
        ({"words": ["-endlessly"]}, "no piece"),
        ({"words": ["-000"]}, "no piece"),
        ({"words": ["-PRIC-", "-pric-"]}, "stands twice"),
        ({"words": ["12"]}, "not one word"),
        ({"words": ["!"]}, "not one word"),
        ({"words": ["cafe", "café"]}, "stands twice"),
        ({"words": []}, "at least 1"),
        ({"words": " "}, "at least 1"),
        ({"words": "price order price"}, "stands twice"),
        ({"words": 7}, "tuple"),
        ({"topic": "other"}, "least"),
    ],
)
def test_bad_sign_files_are_refused(change: dict[str, object], told_of: str) -> None:
    entry = {"id": "a", "topic": "sale", "points": 3, "words": ["price"], **change}
    file = {"language": "en", "script": "Latn", "reviewed_on": "2026-01-01", "least": {"sale": 5}, "signs": [entry]}
    with pytest.raises(ValueError, match=told_of):
        SignFile.model_validate(file)


def test_words_may_be_one_text_with_spaces_between() -> None:
    entry = {"id": "a", "topic": "sale", "points": 3, "words": "price\n-ord-  0000"}
    file = {"language": "en", "script": "Latn", "reviewed_on": "2026-01-01", "least": {"sale": 5}, "signs": [entry]}
    assert SignFile.model_validate(file).signs[0].words == ("price", "-ord-", "0000")


def test_an_entry_stands_once() -> None:
    entry = {"id": "a", "topic": "sale", "points": 3, "words": ["price"]}
    other = {**entry, "words": ["order"]}
    file = {"language": "en", "script": "Latn", "reviewed_on": "2026-01-01", "least": {"sale": 5}}
    with pytest.raises(ValueError, match="'a' stands twice"):
        SignFile.model_validate({**file, "signs": [entry, other]})


def test_the_shipped_signs_are_for_every_language_and_topic_and_each_topic_has_a_rule(pack: Ruleset) -> None:
    files = pack.documents["content"]["signs"]
    assert len({file.language for file in files}) == len(files) == 18  # Hindi and Urdu in Latin letters are one more
    assert all(set(file.least) == {*TOPICS, "narrated"} for file in files)
    assert {rule.id for rule in pack.rules_of("content")} >= {f"{topic}-signs" for topic in TOPICS}


def test_signs_alone_never_escalate(pack: Ruleset) -> None:
    rules = [rule for rule in pack.rules_of("content") if rule.id.endswith("-signs")]
    assert len(rules) == len(TOPICS)
    for rule in rules:
        assert rule.level <= Level.NEEDS_REVIEW
        assert rule.severity <= Severity.MEDIUM or rule.status_on_hit == FindingStatus.SUPPORT
        parts = (rule.when, *getattr(rule.when, "of", ()))
        (count,) = (part for part in parts if isinstance(part, Count) and part.op is Operator.GE)
        assert count.value >= 3


def test_no_name_of_a_group_weighs_in_the_shipped_pack(pack: Ruleset, scanner: Scanner) -> None:
    named = {
        (file.language, word)
        for file in pack.documents["content"]["signs"]
        for entry in file.signs
        for word in entry.words
        if "-" not in word  # what has a piece and is a name gives nothing, see above
        for match in scanner.matches(Passage(text=word, languages=(file.language,)), date(2026, 6, 1))
        if match.term.kind in NAMING
    }
    assert named == set()


def test_a_sign_finding_shows_its_words_and_their_points(pack: Ruleset, scanner: Scanner) -> None:
    (file,) = [file for file in pack.documents["content"]["signs"] if file.language == "en"]
    entries = sorted((entry for entry in file.signs if entry.topic == "trafficking"), key=lambda entry: -entry.points)
    text = " ".join([word for entry in entries for word in entry.words if word.isalpha()][: 2 * MOST_TOLD])
    found = [finding for finding in scanner.scan(text, "en") if finding.rule == "trafficking-signs"]
    assert [finding.level for finding in found] == [Level.NEEDS_REVIEW]
    spans = [span for span in found[0].evidence if isinstance(span, SpanEvidence)]
    assert len(spans) == MOST_TOLD
    for span in spans:
        assert text[span.start : span.end] == span.excerpt
        assert span.term_kind == "sign"
        assert span.term.startswith("en-trafficking-for-")
