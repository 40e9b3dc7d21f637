"""Takes a written name apart: readings, parts, and what each part is to the name.

One written name can hold several readings (``a; b``, another script in parentheses). Titles and placeholders
are not names; particles join; ``Abd al-X``, ``X al-Din`` and ``Abu X`` are one part each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

from vetting_engine.names import _weights as weights
from vetting_engine.names import background
from vetting_engine.names._data import read_json
from vetting_engine.names._pieces import (
    Role,
    are_plain,
    joined,
    without_arabic_article,
    without_placeholders,
    word_list,
)
from vetting_engine.names.romanise import Word, romanise_words
from vetting_engine.names.spelling import learn, simple, skeleton, skeleton_of_abjad, somali, whole_skeleton
from vetting_engine.text.scripts import scripts_in

__all__ = [
    "FormKey",
    "ParsedName",
    "Part",
    "Reading",
    "Role",
    "is_placeholder",
    "known_spellings",
    "parse_many",
    "parse_name",
]

#: The longest listed chain has 12 parts; what comes after these is not compared, so that hostile text stays cheap.
MAX_PARTS: Final = 16
MAX_CHARS: Final = 300
_MAX_READINGS: Final = 6
_CACHE: Final = 1 << 17
#: Begins the romanised form of an acronym made from a name, so that it is never taken for a written word.
ACRONYM: Final = "~"


#: What a part is by, whatever its text: how it is romanised, whether vowels were left out, and its role.
FormKey = tuple[str, bool, Role]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One part, made once per form by ``make_part`` and compared by identity, which keeps the caches quick.

    ``keys`` are shared where two writers mean one part; ``rarity`` is in centibits. ``abjad``: the script leaves short
    vowels out; ``vowelless``: this part has none, whatever the script. Parts of one ``form`` differ in text alone.
    """

    text: str
    roman: str
    simple: str
    skeleton: str
    role: Role
    abjad: bool
    vowelless: bool
    rarity: int
    keys: frozenset[str]
    form: FormKey


class Reading(NamedTuple):
    """One way to read a written name; ``weight`` sums the rarity of all parts but titles; ``complete`` is
    what it is worth in centibits if no part is left over.
    """

    parts: tuple[Part, ...]
    titles: tuple[Part, ...]
    weight: int
    complete: int = weights.COMPLETE


class ParsedName(NamedTuple):
    """A written name and its readings; none where nothing is readable or the name is a placeholder."""

    text: str
    readings: tuple[Reading, ...]
    placeholder: bool = False


_INNER: Final = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]")
_ALTERNATIVES: Final = re.compile(r"[;|/\n]|\ba\.?k\.?a\.?\b|\balias\b", re.IGNORECASE | re.ASCII)
_SON_OF: Final = re.compile(
    r"\b(?:[swd]/o|son of|daughter of|wife of|fils de|fille de|walad-e)\b", re.IGNORECASE | re.ASCII
)


#: What no name has that is to be cut in pieces; searched for in small letters.
_MAY_BE_CUT: Final = re.compile(r"[;|/\n(（\[.]|aka|alias| of|fils de|fille de|walad-e")


@lru_cache(maxsize=_CACHE)
def parse_name(text: str) -> ParsedName:
    """The readings of a person's name. Only the first ``MAX_CHARS`` characters are read."""
    whole = text[:MAX_CHARS]
    words = romanise_words(whole)
    if _is_placeholder(words):
        return ParsedName(text, (), placeholder=True)
    if _MAY_BE_CUT.search(whole.lower()) is None:
        only = _reading(words)
        return ParsedName(text, () if only is None else (only,))
    readings: list[Reading] = []
    for piece in _pieces(_SON_OF.sub(" bin ", whole)):
        reading = _reading(romanise_words(piece))
        if reading is not None and reading not in readings:
            readings.append(reading)
    return ParsedName(text, tuple(readings[:_MAX_READINGS]))


_TOGETHER: Final = 4_096


def parse_many(texts: Sequence[str], parse: Callable[[str], ParsedName] = parse_name) -> list[ParsedName]:
    """What ``parse`` says of each text; the forms of all words are worked out together, which is quicker."""
    parsed: list[ParsedName] = []
    for start in range(0, len(texts), _TOGETHER):
        together = texts[start : start + _TOGETHER]
        learn([roman for text in together for _, roman, abjad in romanise_words(text[:MAX_CHARS]) if not abjad])
        parsed += map(parse, together)
    return parsed


def is_placeholder(text: str) -> bool:
    """Whether the text stands for a missing name (FNU, N/A, Unknown, dashes)."""
    return _is_placeholder(romanise_words(text[:MAX_CHARS]))


def _is_placeholder(words: Sequence[Word]) -> bool:
    if not words or words[0].roman not in _first_of_placeholders():
        return False
    return " ".join([word.roman for word in words]) in word_list("placeholders")


@cache
def _first_of_placeholders() -> frozenset[str]:
    return frozenset(text.split()[0] for text in word_list("placeholders"))


def _pieces(text: str) -> Iterator[str]:
    """Alternatives in order of writing; a parenthesis is one of its own only in another script."""
    for piece in _ALTERNATIVES.split(text):
        inner = [found for found in _INNER.findall(piece) if found.strip()]
        outer = _INNER.sub(" ", piece)
        if inner and outer.strip() and any(set(scripts_in(each)) != set(scripts_in(outer)) for each in inner):
            yield outer
            yield from inner
        else:
            yield piece


def _reading(words: tuple[Word, ...]) -> Reading | None:
    named = parts = _parts(words)[:MAX_PARTS]
    titles = [part for part in parts if part.role is Role.TITLE]
    if titles:
        named = [part for part in parts if part.role is not Role.TITLE]
        if not named:  # "Sheikh" alone is somebody's name
            named, titles = [_renamed(part) for part in parts], []
    if all(part.role is Role.INITIAL or len(part.roman) == 1 for part in named):
        return None  # nothing, or letters that stand for names nobody can compare
    weight = sum([part.rarity for part in named])
    complete = max(weights.COMPLETE, weights.WHOLE_NAME - weight) if len(named) > 1 else weights.SINGLE_COMPLETE
    return Reading(tuple(named), tuple(titles), weight, complete)


def _renamed(part: Part) -> Part:
    return make_part(part.text, part.roman, Role.NAME, abjad=part.abjad)


def _parts(words: Sequence[Word]) -> list[Part]:
    if are_plain(words):
        return [_made(native, roman, Role.NAME, abjad) for native, roman, abjad in words]
    return [_made(text, roman, role, abjad) for text, roman, role, abjad in joined(without_placeholders(words))]


#: What an honorific of the family (Khan, Jan, Agha) may weigh at most: half its region bears one.
_HONORIFIC_RARITY: Final = 350
_INITIAL_RARITY: Final = 200
_LEAST_VOWELLESS: Final = 2
_VOWELS: Final = frozenset("aeiou")


def make_part(text: str, roman: str, role: Role, *, abjad: bool = False) -> Part:
    """A part with its forms, its rarity and the keys it is found by."""
    return _made(text, roman, role, abjad)


@lru_cache(maxsize=_CACHE)
def _made(text: str, roman: str, role: Role, abjad: bool) -> Part:
    form, bones, vowelless, rarity, keys, key = _forms(roman, role, abjad)
    return Part(text, roman, form, bones, role, abjad, vowelless, rarity, keys, key)


@lru_cache(maxsize=_CACHE)
def _forms(roman: str, role: Role, abjad: bool) -> tuple[str, str, bool, int, frozenset[str], FormKey]:
    """Simple form, skeleton, whether it has no vowels, rarity, keys and form: the same however a part is written."""
    bare = without_arabic_article(roman) if abjad else roman
    form = bare if abjad else simple(bare)
    bones = skeleton_of_abjad(bare) if abjad else skeleton(bare)
    vowelless = abjad or _is_vowelless(bare)
    rarity = background.rarity(form, bones, vowelless=vowelless)
    if role is Role.HONORIFIC:
        rarity = min(rarity, _HONORIFIC_RARITY)
    elif role is Role.INITIAL:
        rarity = _INITIAL_RARITY
    keys = _keys(roman, bare, form, bones, role, abjad=abjad)
    return form, bones, vowelless, rarity, keys, (roman, abjad, role)


def joined_forms(roman: str, *, abjad: bool) -> tuple[str, frozenset[str], int]:
    """Simple form, keys of spelling (s, c) and rarity of neighbours written as one word: what ``make_part`` would
    say, without the forms nobody asks a joined word for.
    """
    bare = without_arabic_article(roman) if abjad else roman
    form = bare if abjad else simple(bare)
    vowelless = abjad or _is_vowelless(bare)
    bones = (skeleton_of_abjad(bare) if abjad else skeleton(bare)) if vowelless else ""
    keys = frozenset(joined_keys(roman, bare, form))
    return form, keys, background.rarity(form, bones, vowelless=vowelless)


def joined_keys(roman: str, bare: str, form: str) -> list[str]:
    """The keys of spelling that neighbours have in one word; ``bare`` is that word without an Arabic article."""
    keys, classes = [f"s:{form}"], _classes()
    if bare in classes or form in classes:
        keys += [f"c:{number}" for number in classes.get(bare, classes.get(form, ()))]
    other = somali(roman) if "x" in roman or "c" in roman else None
    if other is not None:
        keys += [f"s:{simple(other)}", *(f"c:{number}" for number in classes.get(other, ()))]
    return keys


def _is_vowelless(roman: str) -> bool:
    """Whether a part of two letters or more was written without vowels, as in text messages (Mhmd, Yhy)."""
    return len(roman) >= _LEAST_VOWELLESS and _VOWELS.isdisjoint(roman[1:])


def _keys(roman: str, bare: str, form: str, bones: str, role: Role, *, abjad: bool) -> frozenset[str]:
    """s: simple form; k: skeleton; c: class; b: what stands after Abd, Abu, al, Ben. Somali spellings add theirs."""
    if role is Role.INITIAL:
        return frozenset({f"i:{roman}"})
    if roman in word_list("servants"):
        return frozenset({f"s:{form}"})  # half a name: its consonants are those of Ubaidullah
    keys = {f"s:{form}", f"k:{bones}"}
    if abjad:
        keys.update(
            f"k:{skeleton_of_abjad(each, persian=reading)}" for each in {bare, roman} for reading in (False, True)
        )
    classes = _classes()
    keys.update([f"c:{number}" for number in classes.get(bare, classes.get(form, ()))])
    stem = classes.get(bare[:-1], ()) if bare.endswith("i") and not abjad else ()
    # Of somebody or somewhere: Mohammadi, Mohamadi, Muhammadi are one name as Mohammad, Mohamad, Muhammad are.
    keys.update([f"s:c{number}i" for number in stem if number < spelling_classes()])
    if not abjad and _is_vowelless(bare):
        whole = whole_skeleton(bare)  # Azz is Aziz as well as Az; Hmd is Ahmad as well as Hamid
        keys.update({f"k:{whole}", f"k:@{whole.removeprefix('@')}"})
    other = somali(roman)
    if other is not None:
        keys.update({f"s:{simple(other)}", f"k:{skeleton(other)}"})
        keys.update([f"c:{number}" for number in classes.get(other, ())])
    is_servant = form.startswith("abd") and len(form) > len("abd") + 2
    if is_servant or (form.startswith("abu") and role is Role.KUNYA):
        keys.add(f"b:{form[3:]}")
    else:
        keys.add(f"b:{form}")
        fused = _FUSED.match(roman)
        if fused is not None and not abjad:
            keys.add(f"b:{simple(roman[fused.end() :])}")
    return frozenset(keys)


#: What stands before many a name and is written in one word with some: Alhashimi, Elkhoury, Benjelloun, Belhadj.
_FUSED: Final = re.compile(r"(?:al|el|ben|bel|ould)(?=[b-df-hj-np-tv-z][a-z]{3})")


@cache
def _classes() -> dict[str, tuple[int, ...]]:
    """Roman spelling → numbers of the classes it stands in. Spellings come first, then nicknames."""
    members: dict[str, list[int]] = {}
    groups = _tables("classes")
    for number, group in enumerate((*groups["spellings"], *groups["nicknames"])):
        for member in group.split():
            for form in dict.fromkeys((member, simple(member))):
                members.setdefault(form, []).append(number)
    return {form: tuple(dict.fromkeys(numbers)) for form, numbers in members.items()}


def known_spellings(part: Part) -> frozenset[str]:
    """The spelling classes a part belongs to (``data/classes.json``): a common name has some."""
    return frozenset(key for key in part.keys if key[0] == "c" and int(key[2:]) < spelling_classes())


@cache
def spelling_classes() -> int:
    """How many classes are mere spellings; later numbers are nicknames and other languages."""
    return len(_tables("classes")["spellings"])


@cache
def _tables(name: str) -> Any:  # noqa: ANN401
    return read_json(name)
