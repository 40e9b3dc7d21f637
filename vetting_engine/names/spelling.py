"""Spelling habits set aside: the *simple* form of a romanised part, and its consonant skeleton.

The simple form maps what writers of one name vary (``ou``/``u``, ``q``/``k``, doubled letters, ``e``/``i``,
French ``ch``) onto one letter. The skeleton keeps the consonants only, the way Arabic script writes them; a
leading vowel is marked ``@``. Both are keys for comparison and never shown as names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

__all__ = ["learn", "simple", "skeleton", "skeleton_of_abjad", "somali", "whole_skeleton"]

_CACHE: Final = 1 << 17
_VOWELS: Final = "aeiou"
_MIN_REST: Final = 3

#: In order; each rule names the habit it sets aside.
_RULES: Final = tuple(
    (re.compile(pattern, re.MULTILINE), to)
    for pattern, to in (
        (r"^(.)\1+", r"\1"),  # Yyusuf: a slip
        (r"(?<=ej|ij|ov|ev)s$", ""),  # Latvian endings
        (r"(?<=e)[sz]$", "s"),  # Gomes, Gomez
        (r"tsch|tch|tsh|sch|sh|ch", "c\x01"),  # one hush sound: English sh/ch, French ch, German sch
        (r"c(?=[eiy])", "s"),  # Cisse, Cecilia
        (r"c\x01", "\x01"),
        (r"ck|q|c", "k"),
        (r"kh", "h"),  # Khalid, Halid
        (r"gh", "g"),
        (r"ph", "f"),
        (r"dj|dzh|zh", "j"),
        (r"dh|dd?z", "d"),
        (r"th", "t"),
        (r"tz", "ts"),
        (r"x", "ks"),
        (r"^ye(?=[a-z])", "i"),  # Yevgeny, Evgeny
        (r"ou|oo|oe|w(?=$|[bcdfghjklmnpqrstvxz\x01])", "u"),
        (r"w", "v"),
        (r"(?<=[aeiou])y(?=[aeiou])", "\x02"),  # a consonant y stays
        (r"^y(?=[aeiou])", "\x02"),
        (r"(?<=[aiou])ne$", "n"),  # Sofiane, Yassine
        (r"ee|iy|ij|yy|ie|ii|ae|a[iy]|e[iy]|y", "i"),
        (r"e", "i"),
        (r"o", "u"),
        (r"(?<=[aiu])h(?=$|[bcdfghjklmnpqrstvxz])", ""),  # Abdullah, Ahmad keeps its h by the next rule's order
        (r"(.)\1+", r"\1"),
        ("\x01", "c"),
        ("\x02", "y"),
    )
)
#: Ahmad, Mahdi, Rahman: an h before a consonant is a letter of the name, not a lengthening.
_FIRM_H: Final = re.compile(r"h(?=[mdbrlnkt])")

#: Burmese Htun, Tun; Hla, La; Hpyo, Pyo.
_BREATHED: Final = re.compile(r"^h(?=[tpls][wy]?[aeiou])", re.MULTILINE)

_ABD: Final = re.compile(r"^abd[aeiou]*")
_LAH: Final = re.compile(r"(?<=[a-z]{2})[aeiou]*l+[ae]+h?i?$")
_DIN: Final = re.compile(r"(?<=[a-z]{2})[aeiou]*[ld]?-?d[iea]+ne?$")
_RAHMAN: Final = re.compile(r"(?<=[a-z]{2})[aeiou]*[lr]?r[aeiou]h?m[aeiou]ne?$")

#: What the second half is written as, and the letters that any spelling of it may end in.
_SECOND_HALVES: Final = ((_LAH, "lah", "aehi"), (_DIN, "din", "en"), (_RAHMAN, "rahman", "en"))

_DOUBLED: Final = r"(.)\1+"
_SKELETON_RULES: Final = tuple(
    (re.compile(pattern, re.MULTILINE), to)
    for pattern, to in (
        (r"tsch|tch|tsh|sch|sh|ch", "C"),
        (r"c(?=[eiy])", "s"),
        (r"ck|c", "k"),
        (r"kh", "H"),
        (r"gh|q|g", "k"),
        (r"ph|v", "f"),
        (r"dj|dzh|zh", "j"),
        (r"dh", "d"),
        (r"th", "t"),
        (r"x", "ks"),
        (r"p", "b"),
        (_DOUBLED, r"\1"),
        (r"^y[eo]?(?=[aeiou]?)", "Y"),
        (r"^w", "W"),
        (r"^[aeiou]+", "@"),
        (r"[aeiouwy]", ""),
        (r"(?<=.)h$", ""),
        (r"H", "h"),
    )
)
#: Letters that Arabic and Persian (Dari, Urdu, Pashto) readers write differently.
_READINGS: Final = ({"dz": "d", "zd": "z", "th": "t", "dh": "d"}, {"dz": "z", "zd": "z", "th": "s", "dh": "z"})
#: In order: sounds of two letters, then letters that stand for one consonant, then vowels (which go).
_ABJAD_SOUNDS: Final = (("sh", "C"), ("ch", "C"), ("kh", "H"), ("gh", "k"), ("zh", "j"))
_ABJAD_LETTERS: Final = str.maketrans("qgpv", "kkbf")
_ABJAD_VOWELS: Final = str.maketrans("", "", "aiwyu")
_ABJAD_FIRST: Final = {"w": "W", "y": "Y", "a": "@", "i": "@"}


def simple(roman: str) -> str:
    """The simple form of a lower-case ASCII part; ``abd…``, ``…ullah``, ``…uddin`` and ``…rahman`` in one form."""
    found = _SIMPLE.get(roman)
    return _simple_of((roman,))[0] if found is None else found


#: Forms worked out before.
_SIMPLE: Final[dict[str, str]] = {}
_SKELETONS: Final[dict[str, str]] = {}


def learn(romans: Iterable[str], *, skeletons: bool = True) -> None:
    """Work out the simple forms (and skeletons) of many parts together, and remember them: a rule is applied to all of
    them in one go, which is many times as quick as part by part.
    """
    wanted = dict.fromkeys(romans)
    _simple_of([roman for roman in wanted if roman not in _SIMPLE])
    if skeletons:
        _skeletons_of([roman for roman in wanted if roman not in _SKELETONS])


def _remembered(known: dict[str, str], romans: Sequence[str], forms: Sequence[str]) -> Sequence[str]:
    if len(known) + len(forms) > _CACHE:
        known.clear()
    known.update(zip(romans, forms, strict=True))
    return forms


def _simple_of(romans: Sequence[str]) -> Sequence[str]:
    halves = [_compound(roman) for roman in romans]
    lines = _FIRM_H.sub("\x03", _BREATHED.sub("", "\n".join([body for _, body, _ in halves])))
    for pattern, to in _RULES:
        lines = pattern.sub(to, lines)
    bodies = lines.replace("\x03", "h").split("\n")
    forms = [prefix + body + suffix for (prefix, _, suffix), body in zip(halves, bodies, strict=False)]
    return _remembered(_SIMPLE, romans, forms)


def _compound(roman: str) -> tuple[str, str, str]:
    """``Abd al-Rahman``, ``Abdurrahman`` and ``Abderrahmane`` as abd + rahman; likewise …allah and …al-Din."""
    prefix = ""
    found = _ABD.match(roman)
    if found and len(roman) - found.end() >= _MIN_REST:
        prefix, roman = "abd", _without_article(roman[found.end() :])
    last = roman[-1:]
    for pattern, suffix, ends in _SECOND_HALVES:
        if last in ends:
            cut = pattern.sub("", roman)
            if cut != roman and len(cut) > 1:
                return prefix, cut, suffix
    return prefix, roman, ""


def _without_article(rest: str) -> str:
    if rest in {"lah", "llah", "lahi", "llahi", "laahi", "la", "lla"}:
        return "lah"
    if len(rest) > _MIN_REST and rest[0] == rest[1]:
        return rest[1:]
    if rest[0] == "l" and len(rest) > _MIN_REST:
        return rest[1:]
    if len(rest) > _MIN_REST and rest[0] in "rsndzt" and rest[1] not in _VOWELS + "hy":
        return rest[1:]
    return rest


def skeleton(roman: str) -> str:
    """The consonants of a part written with vowels, as Arabic script would keep them; doubled letters are one."""
    found = _SKELETONS.get(roman)
    return _skeletons_of((roman,))[0] if found is None else found


@lru_cache(maxsize=_CACHE)
def whole_skeleton(roman: str) -> str:
    """The skeleton with its doubled letters."""
    return _bones([roman], squeezed=False)[0]


def _skeletons_of(romans: Sequence[str]) -> Sequence[str]:
    return _remembered(_SKELETONS, romans, _bones(romans, squeezed=True))


_PREFIX_BONES: Final = {"": "", "abd": "@bd"}
_SUFFIX_BONES: Final = {"": "", "lah": "l", "din": "dn", "rahman": "rhmn"}


def _bones(romans: Sequence[str], *, squeezed: bool) -> list[str]:
    halves = [_compound(roman) for roman in romans]
    lines = "\n".join([body for _, body, _ in halves])
    for pattern, to in _SKELETON_RULES:
        if squeezed or pattern.pattern != _DOUBLED:
            lines = pattern.sub(to, lines)
    return [
        _PREFIX_BONES[prefix] + (body.removeprefix("@") if prefix else body) + _SUFFIX_BONES[suffix]
        for (prefix, _, suffix), body in zip(halves, lines.split("\n"), strict=False)
    ]


@lru_cache(maxsize=_CACHE)
def skeleton_of_abjad(roman: str, *, persian: bool = False) -> str:
    """The same key for a part romanised from a script without short vowels, in the Arabic or the Persian reading."""
    body, prefix = re.sub("dz|zd|th|dh", lambda found: _READINGS[persian][found.group()], roman), ""
    if body.startswith("abd") and len(body) > len("abd") + 1:
        prefix, body = "@bd", body.removeprefix("abd")
        body = body.removeprefix("al") if len(body) > len("al") + 1 else body
        if body in {"l'h", "ll'h"}:
            return "@bdl"
    suffix = ""
    for ending, key in (("all'h", "l"), ("aldyn", "dn"), ("alr'hmn", "rhmn"), ("alrhmn", "rhmn"), ("lldyn", "dn")):
        if body.endswith(ending) and len(body) > len(ending):
            body, suffix = body.removesuffix(ending), key
            break
    for sound, letter in _ABJAD_SOUNDS:
        body = body.replace(sound, letter)
    body = body.translate(_ABJAD_LETTERS)
    first = body[:1]
    body = (_ABJAD_FIRST.get(first, first) + body[1:]).translate(_ABJAD_VOWELS)
    if len(body) > 1 and body.endswith("h"):
        body = body[:-1]
        body = body.removesuffix("'") if len(body) > 1 else body
    body = body.replace("'", "").replace("H", "h")
    return prefix + (body.removeprefix("@") if prefix else body) + suffix


@lru_cache(maxsize=_CACHE)
def somali(roman: str) -> str | None:
    """The part as English writes it if it looks Somali (x for h, c for ayn, doubled vowels); else None."""
    if "x" not in roman and "c" not in roman:
        return None
    form = re.sub(r"c(?=[aeiou]|$)", "", re.sub(r"x(?!h)", "h", roman.replace("sh", "\x01").replace("ch", "\x02")))
    form = form.replace("\x01", "sh").replace("\x02", "ch").replace("dh", "d")
    form = re.sub(r"([aeiou])\1", r"\1", form)
    return form if form not in {"", roman} else None
