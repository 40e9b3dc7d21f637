"""A synthetic corpus of short posts in many scripts, and packs of a wanted number of terms; all from a seed."""

from __future__ import annotations

import random
from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import Path

from vetting_engine.checks.content import Scanner, TermFile
from vetting_engine.checks.content.documents import Term
from vetting_engine.checks.content.kinds import TermKind
from vetting_engine.model.base import FrozenDict
from vetting_engine.model.ruleset import Ruleset

__all__ = ["Written", "corpus", "sized", "text_count"]

#: How often posts are written in each language; the rest of what an office in a border town reads.
_LANGUAGES = {"en": 20, "ar": 20, "fr": 10, "es": 10, "sw": 8, "so": 6, "uk": 6, "fa-AF": 6, "am": 6, "ti": 4, "my": 4}
_EVERYDAY = Path(__file__).resolve().parents[1] / "fixtures" / "source" / "posts"
_EMOJI = ("❤️", "😂", "🙏", "🔥", "🎉", "👍🏾", "😊", "✨")
_TAGS = ("#fyp", "#Community", "#CampLife", "#viral", "#MondayMood", "#football")
#: Different words of abuse per language.
_PLANTED = 20
#: Letters that invented words are made of: consonant and vowel by turns, or syllables.
_SYLLABLES: dict[str, tuple[str, str]] = {
    "Latn": ("bdfghjklmnprstvwyz", "aeiou"),
    "Cyrl": ("бвгджзклмнпрстфхцчш", "аеиоу"),
    "Arab": ("بتثجحخدذرزسشصضطظعغفقكلمنه", "اوي"),
    "Ethi": ("ለመረሰበተነከወዘደገጠጸፈ", "ሊሚሪሲቢቲኒኪዊዚዲጊጢጺፊ"),
    "Mymr": ("ကခဂငစဆညတထနပဖမယရလဝသ", "ာိုူေ"),
}


@dataclass(frozen=True, slots=True)
class Written:
    """A post, the language it declares, and whether abuse was put into it."""

    text: str
    language: str
    planted: bool


def corpus(ruleset: Ruleset, posts: int, share: float, seed: int) -> list[Written]:
    """``posts`` posts of 20 to 200 characters; ``share`` of them name a group and call it something.

    Words are drawn from everyday posts of the language, in the order of chance: no sentence is a real one. One
    post in five has emoji, one in six hashtags, one in eight a link, one in fifty a spelling trick.
    """
    draw = random.Random(seed)
    vocabulary = {language: _words(language) for language in _LANGUAGES}
    abuse = {language: _abuse(ruleset, language.partition("-")[0]) for language in _LANGUAGES}
    languages = draw.choices(list(_LANGUAGES), list(_LANGUAGES.values()), k=posts)
    planted = set(draw.sample(range(posts), round(posts * share)))
    return [
        _post(draw, language, vocabulary[language], abuse[language] if place in planted else ())
        for place, language in enumerate(languages)
    ]


def _words(language: str) -> list[str]:
    return (_EVERYDAY / f"{language}.txt").read_text(encoding="utf-8").split()


def _abuse(ruleset: Ruleset, language: str) -> list[str]:
    """Slurs of the language, spread over its list; one is enough for a finding. They stay in packs of any size."""
    everyone = sorted(
        text
        for file in ruleset.documents["content"]["terms"]
        if file.language == language
        for term in file.terms
        if term.kind in {TermKind.SLUR, TermKind.PROFANITY} and not term.followed_by
        for text in term.forms
    )
    return everyone[:: -(-len(everyone) // _PLANTED)] if everyone else []


def _post(draw: random.Random, language: str, words: Sequence[str], abuse: Sequence[str]) -> Written:
    text = draw.choices(words, k=draw.randint(4, 30))
    if abuse:
        text.insert(draw.randrange(len(text)), draw.choice(abuse))
    for chance, extra in ((5, _EMOJI), (6, _TAGS), (8, ("https://example.org/p/1",)), (50, ("s o o o", "gr8", "l00k"))):
        if draw.randrange(chance) == 0:
            text.append(draw.choice(extra))
    return Written(" ".join(text), language, bool(abuse))


def text_count(ruleset: Ruleset) -> int:
    """How many written forms the pack's terms have."""
    return sum(len(term.forms) for file in ruleset.documents["content"]["terms"] for term in file.terms)


def sized(ruleset: Ruleset, count: int, seed: int) -> Scanner:
    """A scanner of the pack with about ``count`` written forms: a part of them, or all and invented ones besides.

    Cues, rules, affixes and common words stay. Invented forms are words of 5 to 12 letters, a third of them pairs,
    spread over the term files by their size, of the kinds and with the inflection of the file's first slur.
    """
    draw = random.Random(seed)
    have = text_count(ruleset)
    kept = {text for language in _LANGUAGES for text in _abuse(ruleset, language.partition("-")[0])}
    part = max(0, count - len(kept)) / have
    files = tuple(
        _part(draw, file, part, kept) if count < have else _more(draw, file, (count - have) / have)
        for file in ruleset.documents["content"]["terms"]
    )
    content = {**ruleset.documents["content"], "terms": files}
    documents = FrozenDict({**ruleset.documents, "content": FrozenDict(content)})
    return Scanner(ruleset.model_copy(update={"documents": documents}))


def _part(draw: random.Random, file: TermFile, part: float, kept: Container[str]) -> TermFile:
    terms = []
    for term in file.terms:
        texts = tuple(text for text in term.forms if draw.random() < part or text in kept)
        if texts:
            terms.append(term.model_copy(update={"texts": texts}))
    return file.model_copy(update={"terms": tuple(terms)})


def _more(draw: random.Random, file: TermFile, times: float) -> TermFile:
    letters = _SYLLABLES.get(file.script)
    number = round(sum(len(term.forms) for term in file.terms) * times)
    if letters is None or number == 0:
        return file
    like = next((term for term in file.terms if term.kind is TermKind.SLUR), file.terms[0])
    texts = sorted({_invented(draw, *letters) for _ in range(number)})
    extra = Term(id="generated", kind=TermKind.SLUR, texts=tuple(texts), affix=like.affix)
    return file.model_copy(update={"terms": (*file.terms, extra)})


def _invented(draw: random.Random, consonants: str, vowels: str) -> str:
    words = 1 + (draw.randrange(3) == 0)
    return " ".join(
        "".join(draw.choice(consonants) + draw.choice(vowels) for _ in range(draw.randint(3, 6))) for _ in range(words)
    )
