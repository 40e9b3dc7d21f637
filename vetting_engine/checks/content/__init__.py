"""The content check: does what the candidate publishes carry declared risks, in their languages and scripts?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from pydantic import BaseModel

from vetting_engine.checks.content.documents import ContentSettings, CueFile, SignFile, TermFile
from vetting_engine.checks.content.examine import ContentExaminer
from vetting_engine.checks.content.hidden import hidden_names
from vetting_engine.checks.content.kinds import Flag
from vetting_engine.checks.content.matching import Passage
from vetting_engine.checks.content.reading import about, to_read
from vetting_engine.checks.content.scan import CHECK, CHECK_VERSION, Scanner
from vetting_engine.checks.content.vocabulary import VOCABULARY, facts_of
from vetting_engine.errors import Fault
from vetting_engine.model.candidate import Candidate, MediaKind
from vetting_engine.model.facts import Facts
from vetting_engine.model.finding import Gap
from vetting_engine.model.reading import ReadItem
from vetting_engine.model.ruleset import Example, Rule, Ruleset
from vetting_engine.protocols import PlacedDocument, Resources

__all__ = ["PLUGIN", "ContentCheck", "ContentSettings", "CueFile", "Scanner", "SignFile", "TermFile"]


class ContentCheck:
    """Declared terms and signs in context, judged by declared rules; no list of one's own, no guessed language."""

    name: Final = CHECK
    version: Final = CHECK_VERSION
    settings: Final[type[BaseModel]] = ContentSettings
    documents: Final[Mapping[str, type[BaseModel]]] = {"terms": TermFile, "cues": CueFile, "signs": SignFile}
    vocabulary = VOCABULARY
    modifiers: Final[frozenset[str]] = frozenset(flag.value for flag in Flag)

    def __init__(self) -> None:
        self._last: tuple[Ruleset, Scanner] | None = None

    def document_faults(self, documents: Mapping[str, Sequence[PlacedDocument]]) -> Iterable[Fault]:
        """What is wrong with term files beside each other: innocent texts that hide a group's name."""
        return hidden_names(documents["terms"])

    def prepare(self, ruleset: Ruleset, resources: Resources) -> ContentExaminer:
        """Compile terms, cues and rules. Raises RulesetError for what lint could not see.

        The same pack as last time is not compiled again: a large one takes seconds.
        """
        del resources  # texts are all this check looks at
        return ContentExaminer(self._scanner(ruleset))

    def about(self, gap: Gap) -> str | None:
        """What a gap is about, for people to read; None for one that reading does not close."""
        return about(gap)

    def to_read(self, candidate: Candidate, subject: str) -> tuple[ReadItem, ...]:
        """The texts or media such a gap is about."""
        return to_read(candidate, subject)

    def example_facts(self, ruleset: Ruleset, rule: Rule, example: Example) -> Sequence[Facts]:
        """The facts of an example of a rule.

        ``given`` holds ``text`` and, where they matter, ``language``, ``where``, ``media``, ``shared``, ``own_words``.
        """
        given = example.given
        passage = Passage(
            text=str(given.get("text", "")),
            where=str(given.get("where", "post")),
            source_id="example",
            languages=(str(given["language"]),) if given.get("language") else (),
            media=MediaKind(str(given.get("media", "none"))),
            shared=_flag(given.get("shared", "no")),
            own_words=_flag(given.get("own_words", "yes")),
        )
        scanner = self._scanner(ruleset)
        return (facts_of(passage, scanner.as_told(rule, passage, scanner.matches(passage, date.max))),)

    def _scanner(self, ruleset: Ruleset) -> Scanner:
        """The scanner of the ruleset, kept from last time where it is the same.

        It is compared whole: that takes milliseconds, and a digest is only as good as whoever wrote it down.
        """
        if self._last is None or self._last[0] != ruleset:
            self._last = (ruleset, Scanner(ruleset))
        return self._last[1]


PLUGIN: Final = ContentCheck()


def _flag(value: object) -> bool:
    """A yes or no of a pack's text; the model of examples keeps scalars as they are written."""
    return value is True or str(value).lower() in {"yes", "true", "on", "1"}
