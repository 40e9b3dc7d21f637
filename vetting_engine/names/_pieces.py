"""From the words of a name to its pieces: particles dropped, compounds joined, titles and roles marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from typing import Final, NamedTuple

from vetting_engine.names._data import read_json
from vetting_engine.names.romanise import Word

__all__ = ["Piece", "Role", "are_plain", "joined", "without_arabic_article", "without_placeholders", "word_list"]


class Role(StrEnum):
    """What a part is to its name."""

    NAME = "name"
    PATRONYMIC = "patronymic"
    KUNYA = "kunya"
    INITIAL = "initial"
    HONORIFIC = "honorific"
    TITLE = "title"


def without_placeholders(words: Sequence[Word]) -> list[Word]:
    """The words that are names, mended; numbers and stand-ins for a missing name left out."""
    kept = [
        each
        for word in words
        if word.roman not in word_list("placeholder_words") and not word.roman.isdigit()
        for each in _mended(word, words)
    ]
    if len(kept) > 1 and kept[-1].roman in word_list("final_placeholders"):
        kept.pop()
    return kept


#: Lists whose words are more, less or other than a part of a name, alone or beside others.
_TELLING: Final = (
    "placeholder_words", "final_placeholders", "particles", "articles", "servants", "kunya", "second_halves",
    "second_halves_fused", "titles", "honorifics",
)  # fmt: skip
_LEAST_PLAIN: Final = 3


def are_plain(words: Sequence[Word]) -> bool:
    """Whether every word is a part as it stands, as most are: ``without_placeholders`` and ``joined`` change nothing.
    Words of one or two letters may be initials.
    """
    telling = _telling_words()
    for _, roman, _ in words:
        if len(roman) < _LEAST_PLAIN or roman in telling or not roman.replace("'", "").isalpha():
            return False
    return True


@cache
def _telling_words() -> frozenset[str]:
    return frozenset().union(*map(word_list, _TELLING))


#: Digits that stand for letters in a word of letters (0lga, Sech1n).
_LEET: Final = str.maketrans("0134579", "oieastg")
_TWO_INITIALS: Final = 2


def _mended(word: Word, words: Sequence[Word]) -> Iterator[Word]:
    """Digits among letters read as letters; capitals without a vowel (JC) beside words with vowels as initials."""
    native, roman = word.native, word.roman
    if not roman.isalpha():
        yield Word(native, roman.translate(_LEET), word.abjad)
    elif _is_initials(native, roman) and any(_has_vowels(other.roman) for other in words if other is not word):
        yield from (Word(letter, low) for letter, low in zip(native, roman, strict=True))
    else:
        yield word


def _is_initials(native: str, roman: str) -> bool:
    if len(native) != _TWO_INITIALS or not native.isascii() or not native.isupper():
        return False
    known = word_list("titles") | word_list("particles") | word_list("articles") | word_list("vowelless")
    return not _has_vowels(roman) and roman not in known


def _has_vowels(roman: str) -> bool:
    return not set(roman).isdisjoint("aeiouy")


class Piece(NamedTuple):
    """A part before its forms are worked out."""

    text: str
    roman: str
    role: Role
    abjad: bool


def joined(words: Sequence[Word]) -> Iterator[Piece]:
    """Words to parts: particles dropped, compounds joined, titles marked."""
    words = _from_the_front(words)
    place, role = 0, Role.NAME
    pending: Piece | None = None
    while place < len(words):
        word, rest = words[place], len(words) - place - 1
        compound = _suffixed(pending, words, place) or _prefixed(words, place)
        if compound is not None:
            taken, piece, extends = compound
            if pending is not None and not extends:
                yield pending
            pending, place = piece, place + taken
        elif rest and _is_particle(word.roman, first=place == 0, rest=rest):
            place += 1
            if word.roman in word_list("patronymics"):
                role = Role.PATRONYMIC
                if pending is not None:  # what follows begins another name
                    yield pending
                    pending = None
        else:
            if pending is not None:
                yield pending
            part_role = _role(words, place, role)
            # Burmese writes the name Oo with the letter of the title U; only at the front is it one.
            is_oo = part_role is Role.INITIAL and word.roman == "u" and not word.native.isascii()
            pending = (
                Piece(word.native, "oo", role, word.abjad)
                if is_oo
                else (Piece(word.native, word.roman, part_role, word.abjad))
            )
            role, place = Role.NAME, place + 1
    if pending is not None:
        yield pending


def _from_the_front(words: Sequence[Word]) -> Sequence[Word]:
    """A name that ends in Abdul or Abu was turned round by a form ("Rahim, Abdul"): there it begins."""
    last = len(words) - 1
    if last > 1 and words[last].roman in word_list("articles") and words[last - 1].roman in word_list("servants"):
        last -= 1
    if last < 1 or words[last].roman not in word_list("servants") | word_list("kunya"):
        return words
    first = words[0].roman
    is_whole = first.endswith(tuple(word_list("second_halves"))) or first.startswith("abd")  # nobody is Abdul Nooruddin
    return words if is_whole else (*words[last:], *words[:last])


def _is_particle(roman: str, *, first: bool, rest: int) -> bool:
    if roman not in word_list("particles") and roman not in word_list("articles"):
        return False
    if roman == "ben" and rest > 1:  # Ben Ali, Mohamed; but Ben Okvale is a man called Ben
        return True
    return not first or roman in word_list("always_particles")


#: Second halves as Arabic writes them and as Latin does.
_HALVES_IN_LATIN: Final = {
    "dyn": "din", "aldyn": "aldin", "alrhmn": "alrahman", "alr'hmn": "alrahman", "alhq": "alhaq", "alaslam": "alislam",
}  # fmt: skip


def _suffixed(pending: Piece | None, words: Sequence[Word], place: int) -> tuple[int, Piece, bool] | None:
    """``X al-Din``, ``X ullah``: the pending part grown by its second half."""
    if pending is None or pending.role not in {Role.NAME, Role.PATRONYMIC, Role.KUNYA}:
        return None
    after = _after_article(words, place)
    if after is None:
        return None
    last = words[after]
    wanted = word_list("second_halves") | word_list(
        "second_halves_fused" if after == place else "second_halves_after_article"
    )
    if last.roman not in wanted:
        return None
    half = last.roman
    if last.abjad and not pending.abjad:  # a word whose vowels are known (Nur) before one that is written without
        half = _HALVES_IN_LATIN.get(half, half)
    elif pending.abjad is not last.abjad and half != "allah":
        return None
    stem = half if half[:2] in {"al", "ul", "ud", "ed"} else "al" + half
    if half in {"allah", "ullah"}:
        stem = "all'h" if pending.abjad else "ullah"
    text = " ".join([pending.text, *(word.native for word in words[place : after + 1])])
    return after + 1 - place, Piece(text, pending.roman + stem, pending.role, pending.abjad), True


def _prefixed(words: Sequence[Word], place: int) -> tuple[int, Piece, bool] | None:
    """``Abd al-X`` and ``Abu X``: one part with the word that follows."""
    roman = words[place].roman
    is_kunya = roman in word_list("kunya")
    if not is_kunya and roman not in word_list("servants"):
        return None
    after = _after_article(words, place + 1)
    if after is None:
        return None
    last = words[after]
    text = " ".join(word.native for word in words[place : after + 1])
    stem = without_arabic_article(last.roman) if last.abjad else last.roman
    if is_kunya:
        prefix = "umm" if roman[0] in "uo" else "abu"
        return after + 1 - place, Piece(text, prefix + stem, Role.KUNYA, last.abjad), False
    if not is_kunya and last.roman in word_list("never_served"):
        return None
    if last.roman in {"allah", "ullah"}:
        return after + 1 - place, Piece(text, "abdullah", Role.NAME, abjad=False), False
    return after + 1 - place, Piece(text, ("abdal" if last.abjad else "abdul") + stem, Role.NAME, last.abjad), False


def _after_article(words: Sequence[Word], place: int) -> int | None:
    """The place of the first word from ``place`` on that is no article, if any."""
    articles = word_list("articles")
    while place < len(words) - 1 and words[place].roman in articles:
        place += 1
    return place if place < len(words) else None


def _role(words: Sequence[Word], place: int, role: Role) -> Role:
    roman = words[place].roman
    if len(words) == 1:
        return role
    if len(roman) == 1:
        # Burmese U is a title before a full name; any other single letter is an initial.
        return Role.TITLE if roman == "u" and place == 0 and len(words[1].roman) > 1 else Role.INITIAL
    if roman in word_list("titles") and (place == 0 or roman not in word_list("first_only_titles")):
        return Role.TITLE
    return Role.HONORIFIC if roman in word_list("honorifics") else role


def without_arabic_article(roman: str) -> str:
    """A romanised Arabic word without its al-."""
    return roman[2:] if roman.startswith("al") and len(roman) > 3 else roman  # noqa: PLR2004  # al + two consonants


@cache
def word_list(table: str) -> frozenset[str]:
    """A list of words of ``data/parts.json``."""
    return frozenset(read_json("parts")[table])
