"""Two handbooks made from a pack: for reviewers everything, for candidates and community what they should know.

The community's is an allow-list. It says what is looked at and why, what never is, how people decide and how to ask
for a review, in sentences of the engine. Of the pack it takes only its title, purpose, obligations and days, and which
of the categories the engine has words for: never rules, terms, lists or other parties. A text of the pack that has one
of its terms in it is left out, unless the engine's own sentences use that word too ("harm").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from vetting_engine import messages
from vetting_engine.model.decision import Disposition
from vetting_engine.model.finding import Function
from vetting_engine.model.ruleset import DECISION, Obligation, Ruleset
from vetting_engine.text.fold import fold
from vetting_engine.workbench._page import Page, as_html, as_markdown
from vetting_engine.workbench._reviewers import reviewers_page

__all__ = ["community_page", "handbook_languages", "write_handbooks"]

_FORMS: tuple[tuple[str, Callable[[Page], str]], ...] = ((".md", as_markdown), (".html", as_html))
#: Sections of fixed sentences, in order; each is a heading, a paragraph and numbered points.
_NEVER = ("opinion", "identity", "private", "answers", "machine")
_PEOPLE = ("look", "two", "conflict", "own_words")
#: Codes of the sentences that stand in every community page.
_FIXED = (
    *(
        f"handbook.{part}."
        for part in ("community", "checked", "never", "people", "answers", "asked", "review", "kept")
    ),
    *("report.disposition", "report.function.", "check.", "category."),
)
_REVIEW = ("ask", "who", "correct", "erase")


def handbook_languages(ruleset: Ruleset) -> tuple[str, ...]:
    """The languages the pack itself speaks and the engine has sentences in; English where there is none."""
    spoken = set(ruleset.translations)
    for part in (*ruleset.rules, *ruleset.obligations.values()):
        spoken |= set(part.message) | set(part.translations)
    return tuple(sorted(spoken & set(messages.languages()))) or (messages.FALLBACK,)


def write_handbooks(ruleset: Ruleset, folder: Path, languages: Iterable[str] = ()) -> tuple[Path, ...]:
    """Write ``reviewers.<language>`` and ``community.<language>``, each as ``.md`` and ``.html``.

    Args:
        ruleset: the pack.
        folder: made if it is not there; files of these names are replaced.
        languages: instead of the pack's own.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for language in tuple(languages) or handbook_languages(ruleset):
        for name, page in (
            ("reviewers", reviewers_page(ruleset.in_language(language), language)),
            ("community", community_page(ruleset, language)),
        ):
            for suffix, form in _FORMS:
                path = folder / f"{name}.{language}{suffix}"
                path.write_text(form(page), encoding="utf-8", newline="\n")
                written.append(path)
    return tuple(written)


def community_page(ruleset: Ruleset, language: str) -> Page:
    """The handbook for candidates and community."""
    terms = _Terms(ruleset, language)

    def say(code: str, **params: object) -> str:
        return messages.text(f"handbook.{code}", params, language)

    translated = ruleset.translations.get(language, {})
    own = language == messages.FALLBACK
    title = terms.spared(translated.get("title") or (ruleset.title if own else "")) or say("community.title")
    page = Page(title, language)
    page.heading(1, title)
    page.paragraph(terms.spared(translated.get("purpose") or (ruleset.purpose if own else "")))
    page.paragraph(say("community.about"))
    page.heading(2, say("checked.title"))
    for check in _checks(ruleset):
        page.heading(3, messages.text(f"check.{check}", language=language))
        page.paragraph(say(f"checked.{check}"))
        page.items(_categories(ruleset, check, language))
    for section, points in (("never", _NEVER), ("people", _PEOPLE)):
        page.heading(2, say(f"{section}.title"))
        page.items(say(f"{section}.{point}") for point in points)
    _answers(page, language)
    _obligations(page, ruleset, language, terms)
    page.heading(2, say("review.title"))
    page.items(say(f"review.{point}") for point in _REVIEW)
    page.heading(2, say("kept.title"))
    page.paragraph(say("kept.days", days=ruleset.retention_days, gap_days=ruleset.gap_due_days))
    return page


def _checks(ruleset: Ruleset) -> list[str]:
    """The checks the pack uses and the community handbook has sentences about."""
    used = {*ruleset.required_checks, *ruleset.settings, *(rule.check for rule in ruleset.rules)} - {DECISION}
    known = messages.codes()
    return [check for check in sorted(used) if f"handbook.checked.{check}" in known]


def _categories(ruleset: Ruleset, check: str, language: str) -> list[str]:
    """What the check looks for, in the engine's own words for it; a category it has no words for is left out."""
    known = messages.codes()
    codes = {f"category.{rule.category}" for rule in ruleset.rules_of(check)} & known
    return sorted(messages.text(code, language=language) for code in codes)


def _answers(page: Page, language: str) -> None:
    page.heading(2, messages.text("handbook.answers.title", language=language))
    page.table(
        (
            messages.text("handbook.answers.answer", language=language),
            messages.text("handbook.answers.means", language=language),
        ),
        (
            (
                messages.text(f"report.disposition.{one.value}", language=language),
                messages.text(f"report.disposition_about.{one.value}", language=language),
            )
            for one in Disposition
        ),
    )
    functions = [messages.text(f"report.function.{one.value}", language=language) for one in Function]
    page.paragraph(messages.text("handbook.answers.functions", {"functions": ", ".join(functions)}, language))


def _obligations(page: Page, ruleset: Ruleset, language: str, terms: _Terms) -> None:
    own = language == messages.FALLBACK
    duties = [one.in_language(language) for one in ruleset.obligations.values()]
    said = [
        terms.spared(one.message.get(language) or (one.title if own or _titled(one, language) else ""))
        for one in duties
    ]
    if any(said):
        page.heading(2, messages.text("handbook.asked.title", language=language))
        page.paragraph(messages.text("handbook.asked.about", language=language))
        page.items(said)


def _titled(obligation: Obligation, language: str) -> bool:
    texts = obligation.translations.get(language)
    return texts is not None and bool(texts.title)


class _Terms:
    """The terms of a pack in one language that a community page must not give away."""

    def __init__(self, ruleset: Ruleset, language: str) -> None:
        own = fold(
            " ".join(messages.text(code, language=language) for code in sorted(messages.codes()) if _fixed(code))
        )
        found = {fold(text).strip() for text in _texts(ruleset, language)} - {""}
        self._texts = tuple(sorted(text for text in found if not _stands(text, own)))

    def spared(self, text: str) -> str:
        """The text, or nothing where a term stands in it."""
        folded = fold(text)
        return "" if any(_stands(term, folded) for term in self._texts) else text


def _fixed(code: str) -> bool:
    return code.startswith(_FIXED)


def _texts(ruleset: Ruleset, language: str) -> Iterator[str]:
    """Texts of withheld terms. A cue ("against", "not") or an everyday block is nothing to be kept from anybody."""
    for folders in ruleset.documents.values():
        for folder, documents in folders.items():
            for document in documents:
                # "hi-Latn" is a way of writing "hi"; a file that names no language is for all.
                if str(getattr(document, "language", language)).partition("-")[0] == language.partition("-")[0]:
                    for entry in getattr(document, folder, ()):
                        yield from getattr(entry, "texts", ()) if getattr(entry, "withheld", False) else ()


def _stands(term: str, text: str) -> bool:
    """Whether a term stands in a text with no letter before or behind it."""
    start = text.find(term)
    while start >= 0:
        end = start + len(term)
        if not text[start - 1 : start].isalpha() and not text[end : end + 1].isalpha():
            return True
        start = text.find(term, start + 1)
    return False
