"""The files of a pack that this check reads: terms and cues per language, and its settings."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Annotated
from unicodedata import normalize

from pydantic import AfterValidator, BeforeValidator, Field, field_validator, model_validator

from vetting_engine.checks.content.kinds import OF_TEXTS, WITHHELD, Flag, Strength, TermKind
from vetting_engine.model.base import BasisPoints, Noun
from vetting_engine.text.alternatives import alternatives, meant, stems
from vetting_engine.text.context import Scope
from vetting_engine.text.pieces import all_spelt

__all__ = [
    "MOST_POINTS",
    "Affixes",
    "ContentSettings",
    "CueEntry",
    "CueFile",
    "LanguageFile",
    "SignEntry",
    "SignFile",
    "Term",
    "TermFile",
]

_LANGUAGE = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2}|-[0-9]{3})?$"
_SCRIPT = r"^[A-Z][a-z]{3}$"
_ID = r"^[a-z0-9][a-z0-9.-]*$"


#: Points of one sign, at most; and what a text may be asked to reach.
MOST_POINTS = 1_000
MOST_LEAST = 10_000
#: Forms that one term or cue may stand for.
_MAX_FORMS = 500_000


def _distinct(texts: tuple[str, ...]) -> tuple[str, ...]:
    """The texts as they are; one that says nothing, or again what another says, is refused."""
    plain: set[str | None] = set()
    forms = 0
    for text in texts:
        said = meant(text)
        if said.blank:
            raise ValueError(f"the text {text!r} has nothing left once it is folded")
        forms += said.texts
        if said.stem is not None and said.stem in plain:
            raise ValueError(f"the text {text!r} stands twice (or folds to another one)")
        plain.add(said.stem)
    if forms > _MAX_FORMS:
        raise ValueError(f"the texts stand for more than {_MAX_FORMS} forms")
    return texts


#: How a term or cue is written, ``(bring|take) (your |)machetes`` standing for each of its alternatives. They are
#: written out when a text in their script is met: a pack holds millions, and most runs meet few scripts.
Texts = Annotated[tuple[str, ...], Field(min_length=1), AfterValidator(_distinct)]


def _with_accents(text: str) -> str:
    return normalize("NFC", text.casefold())


class Affixes(Noun):
    """What may stand before and after a stem inside the word; nothing always may."""

    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()


class Term(Noun):
    """One term. Its ``texts`` share everything else; ``affix`` names a pattern of the file.

    With ``followed_by`` each text is only found with one of those words after it (``black`` + ``people``). An
    ``accented`` term is only found with its accents as they are written here, and is then all that is meant: the
    people *bété* are no *bête*, though a text is otherwise read without accents.
    """

    id: str = Field(pattern=_ID, max_length=80)
    kind: TermKind
    texts: Texts
    followed_by: tuple[str, ...] = ()
    accented: bool = False
    affix: str | None = None
    topic: str = Field(default="", max_length=60)
    strength: Strength = Strength.STRONG
    country: tuple[str, ...] = ()
    rationale: str = ""
    other_meanings: tuple[str, ...] = ()
    reviewed_on: date | None = None
    expires: date | None = None

    @property
    def forms(self) -> tuple[str, ...]:
        """Its texts with every alternative written out: worked out anew every time."""
        return alternatives(*self.texts)

    @property
    def stems(self) -> tuple[str, ...]:
        """What it is found by, each once: worked out anew every time."""
        return stems(*self.texts)

    @property
    def withheld(self) -> bool:
        """Whether no page for candidates or the community may show the term."""
        return self.kind in WITHHELD

    def written_in(self, excerpt: str, *, misspelt: bool = False) -> bool:
        """Whether a part of a text, as it was written, is this term with its accents as they are written here.

        A ``misspelt`` one may lack one of the letters, and have them in another order.
        """
        written = _with_accents(excerpt)
        wanted = map(_with_accents, self.forms)
        if not misspelt:
            return any(text in written for text in wanted)
        letters = Counter(written)
        return any(letters <= Counter(text) and len(text) - len(written) <= 1 for text in wanted)


class LanguageFile(Noun):
    """What files of one language in one script have in common; ``also`` are languages that it serves as well."""

    language: str = Field(pattern=_LANGUAGE)
    also: tuple[Annotated[str, Field(pattern=_LANGUAGE)], ...] = ()
    script: str = Field(pattern=_SCRIPT)
    reviewed_on: date


class TermFile(LanguageFile):
    """The terms of one language in one script. Several files may share a language.

    ``also`` are other languages that are written so alike that the same terms serve (Urdu in Latin letters).
    ``common`` are words that are never a misspelling of a term and that may be glued to one.
    """

    expires: date | None = None
    note: str = ""
    affixes: dict[str, Affixes] = Field(default_factory=dict)
    terms: tuple[Term, ...]
    common: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> TermFile:
        ids: set[str] = set()
        for term in self.terms:
            if term.id in ids:
                raise ValueError(f"the term id {term.id!r} stands twice")
            ids.add(term.id)
            if term.affix is not None and term.affix not in self.affixes:
                raise ValueError(f"the term {term.id!r} names an unknown affix pattern {term.affix!r}")
        return self


class CueEntry(Noun):
    """Cues that raise one flag on terms around them. ``window`` in words, 0 = the sentence."""

    id: str = Field(pattern=_ID, max_length=80)
    flag: Flag
    texts: Texts
    scope: Scope = Scope.AFTER
    window: int = Field(default=0, ge=0, le=50)
    kinds: tuple[TermKind, ...] = ()
    terms: tuple[str, ...] = ()
    affix: str | None = None
    #: Whether terminators close its scope; they do not part a statement from its subject.
    terminated: bool = True

    @field_validator("flag")
    @classmethod
    def _of_terms(cls, value: Flag) -> Flag:
        if value in OF_TEXTS:
            raise ValueError(f"the flag {str(value)!r} is known of a text as a whole; no cue raises it")
        return value

    @property
    def stems(self) -> tuple[str, ...]:
        """What it is found by, each once: worked out anew every time."""
        return stems(*self.texts)


class CueFile(LanguageFile):
    """The cues of one language in one script, and the words that close a scope ("but"). ``also`` as in terms."""

    affixes: dict[str, Affixes] = Field(default_factory=dict)
    terminators: tuple[str, ...] = ()
    cues: tuple[CueEntry, ...]

    @model_validator(mode="after")
    def _known_patterns(self) -> CueFile:
        for cue in self.cues:
            if cue.affix is not None and cue.affix not in self.affixes:
                raise ValueError(f"the cue {cue.id!r} names an unknown affix pattern {cue.affix!r}")
        return self


def _parted(words: object) -> object:
    return words.split() if isinstance(words, str) else words


class SignEntry(Noun):
    """Words that give a text the same ``points`` for a topic; below nought they speak against it.

    ``words``: whole ones, or pieces of such as have them (``unpa-``, ``-paid``, ``-npai-``; ``text.pieces``). A file
    lists them, or writes them as one text with spaces between, which is read in three fifths of the time.
    """

    id: str = Field(pattern=_ID, max_length=80)
    topic: str = Field(min_length=1, max_length=60)
    points: int = Field(ge=-MOST_POINTS, le=MOST_POINTS)
    words: Annotated[tuple[str, ...], BeforeValidator(_parted, json_schema_input_type=str | list[str])] = Field(
        min_length=1
    )

    @field_validator("points")
    @classmethod
    def _say_something(cls, value: int) -> int:
        if value == 0:
            raise ValueError("a sign of no points says nothing")
        return value

    @field_validator("words")
    @classmethod
    def _single(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return all_spelt(value)


class SignFile(LanguageFile):
    """The signs of one language in one script: everyday words, by the points that each gives a text for a topic.

    ``least`` is how many points a text must reach, by topic (of long sentences more). ``least_beside_terms``: how many,
    counting only words that speak for the topic, so that what terms find of it is not ``unsupported``; a topic without
    it supports everything. A word stands once in each topic and gives its own points and those of its pieces.
    """

    expires: date | None = None
    note: str = ""
    least: dict[str, Annotated[int, Field(ge=1, le=MOST_LEAST)]]
    least_beside_terms: dict[str, Annotated[int, Field(ge=1, le=MOST_LEAST)]] = Field(default_factory=dict)
    signs: tuple[SignEntry, ...]

    @model_validator(mode="after")
    def _consistent(self) -> SignFile:
        for topic in self.least_beside_terms.keys() - self.least.keys():
            raise ValueError(f"`least_beside_terms` names the topic {topic!r}, of which `least` says nothing")
        ids: set[str] = set()
        words: dict[str, set[str]] = {topic: set() for topic in self.least}
        for entry in self.signs:
            if entry.id in ids:
                raise ValueError(f"the sign id {entry.id!r} stands twice")
            ids.add(entry.id)
            if entry.topic not in self.least:
                raise ValueError(
                    f"the signs {entry.id!r} name the topic {entry.topic!r}, of which `least` says nothing"
                )
            known = words[entry.topic]
            again = known.intersection(entry.words) or {
                word for word, times in Counter(entry.words).items() if times > 1
            }
            if again:
                raise ValueError(f"the sign {min(again)!r} stands twice for {entry.topic!r} (or folds to another one)")
            known.update(entry.words)
        return self


class ContentSettings(Noun):
    """How far a profile must be read before the check counts as done, and how much is shown.

    ``coverage_minimum_bp`` is the least share of texts with words, in basis points, that terms must cover.
    """

    coverage_minimum_bp: BasisPoints = Field(default=8_000, ge=0, le=10_000)
    minimum_posts: int = Field(default=5, ge=0)
    context_chars: int = Field(default=80, ge=0, le=1_000)
    #: A post published longer ago than this many days is `old`; 0: none ever is. Rules say what that lowers.
    old_after_days: int = Field(default=730, ge=0, le=36_500)
    findings_per_rule: int = Field(default=20, ge=1, le=1_000)
    #: ISO 15924 script per declared language, where a language without terms is declared.
    scripts: dict[str, str] = Field(default_factory=dict)
    #: Tags of one language under more than one name: ``prs`` (Dari) is read with the terms of ``fa``.
    same_language: dict[str, str] = Field(default_factory=dict)

    @field_validator("same_language")
    @classmethod
    def _one_step(cls, value: dict[str, str]) -> dict[str, str]:
        for tag, other in value.items():
            if tag == other or other in value:
                raise ValueError(f"the tag {tag!r} must stand for one that stands for no other, not {other!r}")
        return value
