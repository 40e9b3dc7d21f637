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

_Rule = tuple[str | re.Pattern[str], str]


def _rules(*rules: tuple[str, str]) -> tuple[_Rule, ...]:
    """Rules to be applied one after another. Plain letters are replaced, not searched for, which is ten times as quick;
    patterns begin with the letter they change, so that the search can leap to it.
    """
    return tuple(
        (pattern if re.escape(pattern) == pattern else re.compile(pattern, re.MULTILINE), to) for pattern, to in rules
    )


def _applied(rules: Sequence[_Rule], lines: str) -> str:
    for pattern, to in rules:
        lines = lines.replace(pattern, to) if isinstance(pattern, str) else pattern.sub(to, lines)
    return lines


#: One hush sound, of which each h is read with all that belongs to it: English sh/ch, French ch, German sch.
_HUSH: Final = ("tsch", "tch", "tsh", "sch", "sh", "ch")
_DOUBLED: Final = (r"(.)(?=\1)", "")
#: In order; each rule names the habit it sets aside.
_RULES: Final = _rules(
    (r"^(.)\1+", r"\1"),  # Yyusuf: a slip
    (r"s$(?<=ejs|ijs|ovs|evs)", ""),  # Latvian endings
    (r"[sz]$(?<=e.)", "s"),  # Gomes, Gomez
    *((sound, "c\x01") for sound in _HUSH),
    (r"c(?=[eiy])", "s"),  # Cisse, Cecilia
    ("c\x01", "\x01"),
    *((letters, "k") for letters in ("ck", "q", "c")),
    ("kh", "h"),  # Khalid, Halid
    ("gh", "g"),
    ("ph", "f"),
    *((letters, "j") for letters in ("dj", "dzh", "zh")),
    (r"dh|dd?z", "d"),
    ("th", "t"),
    ("tz", "ts"),
    ("x", "ks"),
    (r"^ye(?=[a-z])", "i"),  # Yevgeny, Evgeny
    (r"ou|oo|oe|w(?=$|[bcdfghjklmnpqrstvxz\x01])", "u"),
    ("w", "v"),
    (r"y(?<=[aeiou]y)(?=[aeiou])", "\x02"),  # a consonant y stays
    (r"^y(?=[aeiou])", "\x02"),
    (r"ne$(?<=[aiou]ne)", "n"),  # Sofiane, Yassine
    (r"ee|iy|ij|yy|ie|ii|ae|a[iy]|e[iy]|y", "i"),
    ("e", "i"),
    ("o", "u"),
    (r"h(?<=[aiu]h)(?=$|[bcdfghjklmnpqrstvxz])", ""),  # Abdullah, Ahmad keeps its h by the next rule's order
    _DOUBLED,
    ("\x01", "c"),
    ("\x02", "y"),
)
#: Ahmad, Mahdi, Rahman: an h before a consonant is a letter of the name, not a lengthening.
_FIRM_H: Final = re.compile(r"h(?=[mdbrlnkt])")

#: Burmese Htun, Tun; Hla, La; Hpyo, Pyo.
_BREATHED: Final = re.compile(r"^h(?=[tpls][wy]?[aeiou])", re.MULTILINE)

_ABD: Final = re.compile(r"^abd[aeiou]*")
_LAH: Final = re.compile(r"(?<=[a-z]{2})[aeiou]*l+[ae]+h?i?$")
_DIN: Final = re.compile(r"(?<=[a-z]{2})[aeiou]*[ld]?-?d[iea]+ne?$")
_RAHMAN: Final = re.compile(r"(?<=[a-z]{2})[aeiou]*[lr]?r[aeiou]h?m[aeiou]ne?$")

#: What the second half is written as, the letters that any spelling of it may end in, and one that all of them have.
_SECOND_HALVES: Final = ((_LAH, "lah", "aehi", "l"), (_DIN, "din", "en", "d"), (_RAHMAN, "rahman", "en", "m"))
#: The same by last letter: most words end in none of these and need not be looked at.
_HALVES_BY_END: Final = {
    end: tuple((pattern, half, letter) for pattern, half, ends, letter in _SECOND_HALVES if end in ends)
    for end in frozenset().union(*(ends for _, _, ends, _ in _SECOND_HALVES))
}

_CONSONANTS: Final = _rules(
    *((sound, "C") for sound in _HUSH),
    (r"c(?=[eiy])", "s"),
    *((letters, "k") for letters in ("ck", "c")),
    ("kh", "H"),
    *((letters, "k") for letters in ("gh", "q", "g")),
    *((letters, "f") for letters in ("ph", "v")),
    *((letters, "j") for letters in ("dj", "dzh", "zh")),
    ("dh", "d"),
    ("th", "t"),
    ("x", "ks"),
    ("p", "b"),
)
_SQUEEZED: Final = _rules(_DOUBLED)
_FIRST_VOWELS: Final = _rules((r"^y[eo]?(?=[aeiou]?)", "Y"), (r"^w", "W"), (r"^[aeiou]+", "@"))
_WITHOUT_VOWELS: Final = str.maketrans("", "", "aeiouwy")
_LAST_H: Final = _rules((r"h$(?<=.h)", ""), ("H", "h"))
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
    """Work out the simple forms (and skeletons) of many parts together, as they are and as English writes Somali ones,
    and remember them: a rule is applied to all of them in one go, which is many times as quick as part by part.
    """
    last = _SKELETONS if skeletons else _SIMPLE
    wanted = [roman for roman in dict.fromkeys(romans) if roman not in _SIMPLE or roman not in last]
    wanted += [other for roman in wanted if ("x" in roman or "c" in roman) and (other := somali(roman)) is not None]
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
    bodies = _applied(_RULES, lines).replace("\x03", "h").split("\n")
    forms = [prefix + body + suffix for (prefix, _, suffix), body in zip(halves, bodies, strict=False)]
    return _remembered(_SIMPLE, romans, forms)


def _compound(roman: str) -> tuple[str, str, str]:
    """``Abd al-Rahman``, ``Abdurrahman`` and ``Abderrahmane`` as abd + rahman; likewise …allah and …al-Din."""
    prefix = ""
    found = _ABD.match(roman) if roman.startswith("abd") else None
    if found is not None and len(roman) - found.end() >= _MIN_REST:
        prefix, roman = "abd", _without_article(roman[found.end() :])
    for pattern, suffix, letter in _HALVES_BY_END.get(roman[-1:], ()):
        if letter in roman:
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
    lines = _applied(_CONSONANTS, "\n".join([body for _, body, _ in halves]))
    lines = _applied(_FIRST_VOWELS, _applied(_SQUEEZED, lines) if squeezed else lines)
    lines = _applied(_LAST_H, lines.translate(_WITHOUT_VOWELS))
    return [
        _PREFIX_BONES[prefix] + (body.removeprefix("@") if prefix else body) + _SUFFIX_BONES[suffix]
        for (prefix, _, suffix), body in zip(halves, lines.split("\n"), strict=False)
    ]


_READ_TWO_WAYS: Final = re.compile("dz|zd|th|dh")


def skeleton_of_abjad(roman: str, *, persian: bool = False) -> str:
    """The same key for a part romanised from a script without short vowels, in the Arabic or the Persian reading."""
    if "z" in roman or "h" in roman:
        roman = _READ_TWO_WAYS.sub(lambda found: _READINGS[persian][found.group()], roman)
    return _bones_of_abjad(roman)


@lru_cache(maxsize=_CACHE)
def _bones_of_abjad(body: str) -> str:
    prefix = ""
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


_SOMALI_H: Final = re.compile(r"x(?!h)")
_SOMALI_AYN: Final = re.compile(r"c(?=[aeiou]|$)")
_DOUBLED_VOWEL: Final = re.compile(r"([aeiou])\1")


@lru_cache(maxsize=_CACHE)
def somali(roman: str) -> str | None:
    """The part as English writes it if it looks Somali (x for h, c for ayn, doubled vowels); else None."""
    if "x" not in roman and "c" not in roman:
        return None
    form = _SOMALI_AYN.sub("", _SOMALI_H.sub("h", roman.replace("sh", "\x01").replace("ch", "\x02")))
    form = form.replace("\x01", "sh").replace("\x02", "ch").replace("dh", "d")
    form = _DOUBLED_VOWEL.sub(r"\1", form)
    return form if form not in {"", roman} else None
