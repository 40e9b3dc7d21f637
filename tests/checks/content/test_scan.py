"""The shipped pack's answers to texts that are known to be hard."""

from __future__ import annotations

from datetime import date

import pytest

from vetting_engine.checks.content import PLUGIN, Scanner
from vetting_engine.checks.content.documents import CueFile, TermFile
from vetting_engine.checks.content.lexicon import Lexicon
from vetting_engine.checks.content.matching import Passage, find_matches
from vetting_engine.errors import RulesetError
from vetting_engine.model.finding import Finding, FindingStatus
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.model.scales import Level, Severity
from vetting_engine.protocols import Resources


def gravest(findings: tuple[Finding, ...], category: str) -> Level:
    return max((finding.level for finding in findings if finding.category == category), default=Level.NOTHING_FOUND)


@pytest.mark.parametrize(
    ("text", "language", "category", "level"),
    [
        ("I despise these refugees", "en", "hate", Level.NEEDS_REVIEW),
        ("#KillAllRefugees", "en", "incitement", Level.ESCALATE),
        ("k1ll all r3fugees", "en", "incitement", Level.ESCALATE),
        ("Kill аll wоmen", "en", "incitement", Level.ESCALATE),
        ("k i l l  a l l  r e f u g e e s", "en", "incitement", Level.ESCALATE),
        ("k i l l, a l l, r e f u g e e s", "en", "incitement", Level.ESCALATE),
        ("KILL 👏 ALL 👏 REFUGEES", "en", "incitement", Level.ESCALATE),
        ('ki🔥ll all re"fugees', "en", "incitement", Level.ESCALATE),
        ("🇰🇮🇱🇱 🇦🇱🇱 🇷🇪🇫🇺🇬🇪🇪🇸", "en", "incitement", Level.ESCALATE),
        ("ᴋɪʟʟ ⒜⒧⒧ ꓣꓰꓝꓴꓖꓰꓰꓢ", "en", "incitement", Level.ESCALATE),
        ("kill\nall\nrefugees", "en", "incitement", Level.ESCALATE),
        ("k*ll all ref*gees", "en", "incitement", Level.ESCALATE),
        ("\u202eseegufer lla llik", "en", "incitement", Level.ESCALATE),
        ("r e f u g e e s  a r e  s c u m", "en", "hate", Level.NEEDS_REVIEW),
        ("Je méprise les réfugiés", "fr", "hate", Level.NEEDS_REVIEW),
        ("Los migrantes son escoria", "es", "hate", Level.NEEDS_REVIEW),
        ("Os refugiados são lixo", "pt", "hate", Level.NEEDS_REVIEW),
        ("اللاجئين دول زبالة", "ar", "hate", Level.NEEDS_REVIEW),
        ("mujhe sharanarthi logo se nafrat hai", "hi-Latn", "hate", Level.NEEDS_REVIEW),
        ("Wakimbizi wote wauawe", "sw", "incitement", Level.ESCALATE),
        ("Qaxootiga waa in la dilo", "so", "incitement", Level.ESCALATE),
        ("ስደተኞች ሁሉ ይገደሉ", "am", "incitement", Level.ESCALATE),
        ("ስደተኛታት ኩሎም ክቕተሉ ኣለዎም", "ti", "incitement", Level.ESCALATE),
        ("مهاجرین همه دزد هستند", "fa", "hate", Level.NEEDS_REVIEW),
        ("ဒီကုလားတွေကို သတ်ပစ်ရမယ်", "my", "incitement", Level.ESCALATE),
        ("Вбивати всіх біженців", "uk", "incitement", Level.ESCALATE),
        ("Все мигранты — преступники", "ru", "hate", Level.NEEDS_REVIEW),
        ("Pay 200 usd and your resettlement case goes first", "en", "fraud", Level.NEEDS_REVIEW),
        ("Boat to Italy on Friday, no visa needed, call me", "en", "trafficking", Level.ESCALATE),
    ],
)
def test_is_found(scanner: Scanner, text: str, language: str, category: str, level: Level) -> None:
    assert gravest(scanner.scan(text, language), category) == level


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ကုလားထိုင် ဝယ်ချင်တယ်", "my"),
        ("ကုလားပဲ ဟင်း", "my"),
        ("यह झूठ है कि चेचक माता के गुस्से से होती है, टीका लगवाइए", "hi"),
        ("Facebook deletes posts saying ကုလား", "my"),
        ("I could kill for my mother's rice", "en"),
        ("Police kill three migrants at border, witnesses say", "en"),
        ("Refugees live in disgusting conditions", "en"),
        ("Registration with UNHCR is free. Never pay anybody.", "en"),
        ("This government failed us. The president must resign!", "en"),
        ("Many Muslims fast this month, and my Christian neighbour cooks for them", "en"),
        ("The boat carrying refugees sank", "en"),
        ('"Women are scum" Shameful. Report this.', "en"),
        ('Saying "immigrants are vermin" is hate speech', "en"),
        ("I do not hate immigrants", "en"),
        ("No woman should be killed", "en"),
        ("The council built two dykes to stop the flood", "en"),
        ("Les réfugiés ont planté des arbres", "fr"),
    ],
)
def test_is_not_held_against_anybody(scanner: Scanner, text: str, language: str) -> None:
    assert [finding for finding in scanner.scan(text, language) if finding.level > Level.NOTHING_FOUND] == []


def ids_found(text: str, *terms: dict[str, object]) -> set[str]:
    """The ids of these terms that are found in a text."""
    file = {"language": "en", "script": "Latn", "reviewed_on": "2026-11-27", "terms": terms}
    lexicon = Lexicon([TermFile.model_validate(file)], [], {})
    return {match.term.id for match in find_matches(Passage(text, languages=("en",)), lexicon, date(2026, 11, 27))}


def test_a_block_does_not_hide_one_of_another_kind_inside_it() -> None:
    terms: list[dict[str, object]] = [
        {"id": "women", "kind": "group", "texts": ["girls"]},
        {"id": "company", "kind": "advance", "texts": ["teenage girls only"]},
        {"id": "age", "kind": "minor", "texts": ["teenage girls", "teenage"]},
        {"id": "harmless", "kind": "innocent", "texts": ["teenage girls only school"]},
    ]
    assert ids_found("For teenage girls only, tonight", *terms) == {"company", "age", "women"}
    assert ids_found("A teenage girls only school", *terms) == set()


@pytest.mark.parametrize(
    ("kind", "named"), [("insult", True), ("exclusion", True), ("slur", False), ("profanity", False)]
)
def test_what_is_said_of_a_group_holds_its_name_and_a_slur_speaks_for_it(kind: str, named: bool) -> None:
    women: dict[str, object] = {"id": "women", "kind": "group", "texts": ["women"]}
    said: dict[str, object] = {"id": "said", "kind": kind, "texts": ["women belong in the kitchen"]}
    found = ids_found("women belong in the kitchen", women, said)
    assert found == ({"said", "women"} if named else {"said"})


def test_a_modifier_lowers_and_is_recorded(scanner: Scanner) -> None:
    text = 'Saying "immigrants are vermin" is hate speech'
    found = [finding for finding in scanner.scan(text, "en") if finding.rule == "hate-dehumanising"]
    assert [finding.level for finding in found] == [Level.NOTHING_FOUND]
    applied = {modifier.modifier: modifier for modifier in found[0].modifiers}
    assert set(applied) == {"counter_speech", "quoted"}
    assert applied["quoted"].evidence[0].excerpt == '"immigrants are vermin"'  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    ["#RefugeesAreVermin", "#refugeesarevermin", "Refugeesare vermin", "#refugees_are_vermin", "refugees arevermin"],
)
def test_what_is_said_of_people_is_read_between_glued_words(scanner: Scanner, text: str) -> None:
    assert gravest(scanner.scan(text, "en"), "hate") == Level.NEEDS_REVIEW


@pytest.mark.parametrize(
    "text", ["r e f u g e e s  a r e  n o t  s c u m", "refugees are n.o.t scum", "refugees are n-o-t s-c-u-m"]
)
def test_a_denial_whose_letters_are_parted_lowers(scanner: Scanner, text: str) -> None:
    assert gravest(scanner.scan(text, "en"), "hate") == Level.NOTHING_FOUND


def test_a_denial_inside_a_tag_lowers_and_its_place_is_shown(scanner: Scanner) -> None:
    (found,) = scanner.scan("#RefugeesAreNotVermin", "en")
    assert found.level == Level.NOTHING_FOUND
    cues = [cue.excerpt for modifier in found.modifiers for cue in modifier.evidence]  # type: ignore[union-attr]
    assert cues == ["Not"]


def test_one_excused_sentence_does_not_excuse_another(scanner: Scanner) -> None:
    assert gravest(scanner.scan("I do not hate women. I hate immigrants.", "en"), "hate") == Level.NEEDS_REVIEW


def test_support_is_confidential_and_weighs_nothing(scanner: Scanner) -> None:
    found = scanner.scan("Soldiers raped my sister. Where can we get help?", "en")
    assert {(finding.category, finding.status, finding.confidential, finding.level) for finding in found} == {
        ("support", FindingStatus.SUPPORT, True, Level.NOTHING_FOUND)
    }


def test_evidence_says_which_view_and_which_place(scanner: Scanner) -> None:
    text = "so: k1ll all wömen now"
    spans = [span for finding in scanner.scan(text, "en") for span in finding.evidence]
    assert {(span.excerpt, span.view) for span in spans} >= {("k1ll all", "leet"), ("wömen", "plain")}  # type: ignore[union-attr]
    for span in spans:
        assert text[span.start : span.end] == span.excerpt  # type: ignore[union-attr]
        assert text[span.context_start :].startswith(span.context)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("These black people disgust me", "plain"),
        ("These black peopledisgust me", "glued"),
        ("These black pe0ple disgust me", "leet"),
        ("These black poeple disgust me", "swapped"),
    ],
)
def test_a_group_is_found_though_the_word_beside_it_is_disguised(scanner: Scanner, text: str, view: str) -> None:
    spans = [span for finding in scanner.scan(text, "en") for span in finding.evidence]
    assert ("black", view) in {(span.excerpt, span.view) for span in spans}  # type: ignore[union-attr]
    assert gravest(scanner.scan(text, "en"), "hate") == Level.NEEDS_REVIEW


def test_a_people_whose_name_is_an_insult_without_its_accents(scanner: Scanner) -> None:
    """The Bété are a people; a bête is a beast, with or without its accent."""
    assert scanner.scan("Les femmes bété chantent", "fr") == ()
    assert gravest(scanner.scan("Je déteste les Bétés", "fr"), "hate") == Level.NEEDS_REVIEW
    for written in ("bêtes", "betes", "BÊTES"):
        assert gravest(scanner.scan(f"Les femmes sont {written}", "fr"), "hate") == Level.NEEDS_REVIEW


@pytest.mark.parametrize(
    ("written", "found"),
    [("demerés", True), ("demeruée", True), ("demeurees", False), ("demeures", False), ("demere", False)],
)
def test_a_misspelt_word_with_its_accents_is_the_accented_term(scanner: Scanner, written: str, found: bool) -> None:
    """A demeuré is a fool; who demeure stays."""
    matches = scanner.matches(Passage(text=f"regarde les {written} que tu vois", languages=("fr",)), date.max)
    assert any(match.term.accented for match in matches) == found


@pytest.mark.parametrize("language", ["fr", "so"])
def test_terms_of_other_languages_do_not_apply(scanner: Scanner, language: str) -> None:
    assert scanner.scan("I despise all refugees", language) == ()


def test_undeclared_languages_of_a_script_all_apply(scanner: Scanner) -> None:
    assert gravest(scanner.scan("I despise all refugees", "am"), "hate") == Level.NEEDS_REVIEW
    assert gravest(scanner.scan("I despise all refugees"), "hate") == Level.NEEDS_REVIEW


@pytest.mark.parametrize(
    "text",
    ["", "\0" * 1000, "\ud800 kill all women \udfff", "\u0301" * 5000, "\u202ekill all women\u202c", "." * 50_000 + "x",
     "1" * 50_000, "a " * 20_000, '"' * 20_000, "#" + "aA" * 20_000, "not never women hate " * 500, "x" * 50_000,
     "kill all women " * 2000, "plain words " * 30_000],
)  # fmt: skip
def test_hostile_texts_have_answers(scanner: Scanner, text: str) -> None:
    found = scanner.scan(text, "en")
    assert (gravest(found, "incitement") == Level.ESCALATE) is ("kill all" in text)
    assert all(finding.model_dump_json() for finding in found)


@pytest.mark.parametrize(
    "terms",
    [
        [{"id": "a", "kind": "insult", "texts": ["x"]}, {"id": "a", "kind": "insult", "texts": ["y"]}],
        [{"id": "a", "kind": "insult", "texts": ["x", "X"]}],
        [{"id": "a", "kind": "insult", "texts": ["\u0301"]}],
        [{"id": "a", "kind": "insult", "texts": [""]}],
        [{"id": "a", "kind": "insult", "texts": []}],
        [{"id": "a", "kind": "insult", "texts": ["x"], "affix": "none"}],
        [{"id": "a", "kind": "nonsense", "texts": ["x"]}],
    ],
)
def test_bad_term_files_are_refused(terms: list[dict[str, object]]) -> None:
    with pytest.raises(ValueError, match=r"id|text|affix|kind"):
        TermFile.model_validate({"language": "en", "script": "Latn", "reviewed_on": "2026-01-01", "terms": terms})


def test_a_cue_must_name_a_pattern_that_is_there() -> None:
    cue = {"id": "c", "flag": "negated", "texts": ["not"], "affix": "none"}
    with pytest.raises(ValueError, match="affix"):
        CueFile.model_validate({"language": "en", "script": "Latn", "reviewed_on": "2026-01-01", "cues": [cue]})


def test_unknown_modifiers_are_refused(pack: Ruleset) -> None:
    rule = pack.rules_of("content")[0].model_copy(update={"modifiers": {"wished": "conditional", "quoted": "mild"}})
    with pytest.raises(RulesetError) as refusal:
        Scanner(pack.model_copy(update={"rules": (rule,)}))
    assert [fault.code for fault in refusal.value.faults] == ["content.modifier_unknown", "content.modifier_level"]


def test_what_is_critical_may_not_be_lowered_by_age(pack: Ruleset) -> None:
    critical = next(rule for rule in pack.rules_of("content") if rule.severity is Severity.CRITICAL)
    rule = critical.model_copy(update={"modifiers": {"old": "conditional"}})
    with pytest.raises(RulesetError) as refusal:
        Scanner(pack.model_copy(update={"rules": (rule,)}))
    assert [fault.code for fault in refusal.value.faults] == ["content.critical_decays"]


def test_expired_terms_no_longer_speak(pack: Ruleset) -> None:
    from datetime import date  # noqa: PLC0415

    files = tuple(file.model_copy(update={"expires": date(2025, 1, 1)}) for file in pack.documents["content"]["terms"])
    documents = {"content": {"terms": files, "cues": pack.documents["content"]["cues"]}}
    scanner = Scanner(pack.model_copy(update={"documents": documents}))
    assert scanner.scan("I despise all refugees", "en", date(2024, 12, 31)) != ()
    assert scanner.scan("I despise all refugees", "en", date(2025, 1, 2)) == ()


def test_the_plugin_names_its_documents() -> None:
    assert set(PLUGIN.documents) == {"terms", "cues", "signs"}


def test_a_pack_is_compiled_once_and_a_changed_one_again(pack: Ruleset) -> None:
    """Compared whole: a pack that only claims the same digest is another."""
    first = PLUGIN.prepare(pack, Resources()).scanner
    assert PLUGIN.prepare(pack.model_copy(), Resources()).scanner is first
    fewer = pack.model_copy(update={"rules": tuple(rule for rule in pack.rules if rule.id != first.rules[0].id)})
    assert fewer.digest == pack.digest
    assert PLUGIN.prepare(fewer, Resources()).scanner.rules == first.rules[1:]
