"""Two handbooks: the reviewers' has everything, the community's gives nothing away."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import make
import pytest
import shipped
from hypothesis import given, settings
from hypothesis import strategies as st

from vetting_engine import messages
from vetting_engine.checks.content.documents import Term, TermFile
from vetting_engine.checks.content.kinds import WITHHELD, TermKind
from vetting_engine.cli import Exit, main
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.rulebook import shipped_packs
from vetting_engine.text.fold import fold
from vetting_engine.workbench._page import Page, as_html, as_markdown
from vetting_engine.workbench.handbook import (
    _FIXED,
    _stands,
    _texts,
    community_page,
    handbook_languages,
    write_handbooks,
)

LANGUAGES = ("en", "fr", "es", "ar")
#: Words that hurt by themselves; others ("harm") are ordinary words that rules combine.
HURTING = ("slur", "dehumanising", "insult", "profanity", "incitement", "repulsion")


def community(ruleset: Ruleset, language: str = "en") -> str:
    return as_markdown(community_page(ruleset, language))


@pytest.mark.parametrize("pack", shipped_packs())
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_term_of_the_pack_stands_in_the_community_handbook(pack: str, language: str) -> None:
    ruleset = shipped.pack(pack)
    page = fold(community(ruleset, language))
    own = fold(" ".join(messages.text(code, language=language) for code in messages.codes() if code.startswith(_FIXED)))
    told = [text for text in _texts(ruleset, language) if _stands(fold(text), page) and not _stands(fold(text), own)]
    assert told == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_that_hurts_stands_in_our_own_sentences(language: str) -> None:
    ruleset = shipped.pack()
    # Of every page: "free of risk" is said of an answer, and one of its words has a twin in Arabic.
    codes = [code for code in messages.codes() if code.startswith(_FIXED) and code.startswith("handbook.")]
    ours = fold(" ".join(messages.text(code, language=language) for code in codes))
    hurting = [
        text
        for document in ruleset.documents["content"]["terms"]
        if document.language.split("-")[0] == language
        for term in document.terms
        if str(term.kind) in HURTING
        for text in term.forms
        for after in term.followed_by or ("",)  # "los" is nothing; "los vamos a" with a threat behind it is
        if not after or _stands(fold(f"{text} {after}"), ours)
    ]
    assert hurting
    assert [text for text in hurting if _stands(fold(text), ours)] == []


words = st.text("bcdfgzqwxk", min_size=4, max_size=9)


@settings(max_examples=100, deadline=None)
@given(words, st.sampled_from(["{}", "About {}", "No ({}) here", "pre{}fix"]), st.sampled_from(sorted(WITHHELD)))
def test_a_text_of_the_pack_with_a_term_in_it_is_left_out(word: str, frame: str, kind: TermKind) -> None:
    term = Term(id="t", kind=kind, texts=(word,))
    file = TermFile(language="en", script="Latn", reviewed_on=make.AS_OF, terms=(term,))
    said = frame.format(word.upper())
    ruleset = make.ruleset(title=said, purpose=said, documents={"content": {"terms": (file,)}})
    whole_word = not said.startswith("pre")
    assert (word.lower() in community(ruleset).lower()) is not whole_word


def test_rules_lists_and_other_parties_never_reach_the_community() -> None:
    for pack in shipped_packs():
        ruleset = shipped.pack(pack)
        page = community(ruleset)
        for rule in ruleset.rules:
            told = [rule.id, rule.title, rule.rationale, *rule.falsepositives, *rule.prompts, *rule.references]
            assert not [text for text in told if len(text) > 12 and text in page]
        assert ruleset.digest not in page


def test_the_community_handbook_says_how_to_ask_for_a_review_and_what_is_asked_of_them() -> None:
    page = community(shipped.pack())
    assert "How to ask for a review" in page
    assert "Please take the module on checking a source before you share it." in page
    assert page.startswith("# Due diligence before engaging")


def test_the_reviewers_handbook_names_every_rule_setting_and_term(tmp_path: Path) -> None:
    ruleset = shipped.pack()
    write_handbooks(ruleset, tmp_path, ["en"])
    page = re.sub(r"\\(.)", r"\1", (tmp_path / "reviewers.en.md").read_text(encoding="utf-8"))
    for rule in ruleset.rules:
        assert f"### {rule.title}" in page
        assert f"{rule.id}, {rule.version}" in page
        for text in (rule.rationale, *rule.falsepositives, *rule.prompts):
            assert " ".join(text.split()) in page
    for term in ruleset.documents["content"]["terms"][0].terms:
        assert term.id in page
    assert ruleset.digest in page
    assert "register_max_age_days" in page


class _Checker(HTMLParser):
    """Every element that is opened is closed, in order."""

    void = ("meta", "!doctype")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "h4", "p", "ul", "li"} | {
            "table", "thead", "tbody", "tr", "th", "td",
        }  # fmt: skip
        if tag not in self.void:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_are_whole_in_every_language(tmp_path: Path, language: str) -> None:
    written = write_handbooks(shipped.pack(), tmp_path, [language])
    assert [path.name for path in written] == [
        f"{name}.{language}{suffix}" for name in ("reviewers", "community") for suffix in (".md", ".html")
    ]
    for path in written:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"handbook\.[a-z]|\{[a-z_]+\}", text)
        if path.suffix == ".html":
            checker = _Checker()
            checker.feed(text)
            assert checker.open == []
            assert f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in text


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=30))
def test_nothing_a_pack_says_becomes_markup(text: str) -> None:
    page = Page("t", "en")
    page.paragraph(text)
    page.items([text])
    page.table(["a"], [[text]])
    checker = _Checker()
    checker.feed(as_html(page))
    assert checker.open == []
    for line in as_markdown(page).splitlines():
        assert not re.search(r"(?<!\\)(\\\\)*[<\[`*]", line)


def test_a_pack_that_speaks_a_language_gets_a_handbook_in_it() -> None:
    said = {"fr": {"title": "Avant de travailler ensemble", "purpose": "Pour que personne ne soit lésé."}}
    ruleset = make.ruleset(translations=said)
    assert "fr" in handbook_languages(ruleset)
    page = community(ruleset, "fr")
    assert page.startswith("# Avant de travailler ensemble")
    assert "Pour que personne ne soit lésé." in page


def test_from_the_shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "docs", "starter", "--out", str(tmp_path / "out")]) == Exit.DONE
    assert len(capsys.readouterr().out.splitlines()) == len(list((tmp_path / "out").iterdir())) == 4
