"""Words no rule about one person may read (DESIGN 2.9), and the two narrow places where they may stand.

A rule reads fields by name, so the refusal is by name, whatever its spelling: case, separators, plural and
position in the path do not matter. Coverage may speak of languages, and the watchlist may compare identity
evidence: there a field holds how two values agree, never the value itself.
"""

from __future__ import annotations

import re

from vetting_engine.model.facts import FieldSpec, FieldType

__all__ = ["AGREEMENTS", "PROTECTED", "protected_word"]

#: Protected feature → how fields that hold it are called. ``parts`` are found anywhere in the name once its
#: separators are gone; ``words`` only as whole words, since they are parts of innocent ones (l-age, mes-sage).
PROTECTED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "agd": (("selfreport", "agdanswer", "diversit", "demographic"), ("agd", "aap")),
    "age": (
        ("birthda", "birthyear", "yearofbirth", "dateofbirth", "ageband", "agegroup", "agerange", "elderly",
         "minorage"),
        ("age", "aged", "ages", "dob", "yob", "born", "edad", "adult", "minor", "youth", "child", "elder"),
    ),
    "gender": (
        ("gender", "female", "transsex", "nonbinary", "intersex", "pronoun", "pregnan", "genero"),
        ("sex", "sexe", "sexo", "male", "woman", "women", "man", "men", "girl", "boy", "genre"),
    ),
    "sexual orientation": (
        ("orientation", "sexualit", "homosex", "bisexual", "lesbian", "lgbt", "sogi", "queer"),
        ("gay", "asexual"),
    ),
    "nationality": (
        ("nationalit", "citizenship", "nacionalidad", "countryoforigin", "stateless", "origincountry", "birthplace",
         "placeofbirth", "refugeestatus", "displacementstatus", "passport"),
        ("nation", "citizen", "origin", "homeland"),
    ),
    "ethnicity": (
        ("ethnic", "racial", "raza", "tribal", "tribe", "caste", "skincolo", "indigen", "etnia", "ethnie"),
        ("race", "clan", "roma", "minority", "minorities", "descent"),
    ),
    "religion": (
        ("religio", "denomination", "spiritual", "worship"),
        ("faith", "belief", "creed", "sect", "confession"),
    ),
    "language": (
        ("language", "mothertongue", "langue", "idioma", "dialect", "bilingual", "linguistic"),
        ("lang", "tongue", "script", "bcp47", "locale", "accent"),
    ),
    "disability": (
        ("disab", "impairment", "handicap", "discapacidad", "neurodiver", "washingtongroup"),
        ("deaf", "blind", "wheelchair", "health"),
    ),
    "family status": (("maritalstatus", "civilstatus", "familystatus"), ("married", "marital", "widow", "divorced")),
}  # fmt: skip

#: What a comparison of identity evidence may say. A closed set of other names could be the values themselves.
AGREEMENTS = frozenset(
    ("same", "equal", "agrees", "close", "compatible", "overlaps", "partial", "differs", "different", "conflicts",
     "unknown", "missing", "placeholder", "undisclosed", "not_compared")
)  # fmt: skip

#: What coverage may speak of: which texts could be read, never who wrote them.
_COVERAGE = "coverage"
_COVERAGE_MAY_NAME = frozenset(("language",))
#: The only check that holds a candidate's identity against an entry's.
_IDENTITY_CHECK = "watchlist"
_IDENTITY_MAY_NAME = frozenset(("age", "gender", "nationality", "language"))

_WORD = re.compile(r"[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]*|[0-9]+")


def protected_word(field: str, vocabulary: str, spec: FieldSpec | None = None) -> str | None:
    """The protected feature a field holds, or None where a rule may read it.

    Args:
        field: the full name: ``list.field`` for the field of a list's members.
        vocabulary: name of the vocabulary it stands in (the check's name, or ``decision``).
        spec: its declaration; identity evidence is allowed only where it says how values agree.
    """
    feature = _feature(field)
    if feature is None or _is_coverage(field, feature):
        return None
    if vocabulary == _IDENTITY_CHECK and feature in _IDENTITY_MAY_NAME and spec is not None and _is_agreement(spec):
        return None
    return feature


def _feature(field: str) -> str | None:
    words = _words(field)
    squeezed = "".join(words)
    for feature, (parts, whole) in PROTECTED.items():
        if any(part in squeezed for part in parts):
            return feature
        if any(word in whole or word.removesuffix("s") in whole for word in words):
            return feature
    return None


def _words(field: str) -> list[str]:
    """Lower-case words; letters spelled apart (``a.g.e``) are one word."""
    words: list[str] = []
    letters = ""
    for found in _WORD.findall(field):
        word = found.lower()
        if len(word) == 1 and word.isalpha():
            letters += word
            continue
        if letters:
            words.append(letters)
            letters = ""
        words.append(word)
    return [*words, letters] if letters else words


def _is_coverage(field: str, feature: str) -> bool:
    return field.startswith(f"{_COVERAGE}.") and feature in _COVERAGE_MAY_NAME


def _is_agreement(spec: FieldSpec) -> bool:
    return spec.type is FieldType.NAME and bool(spec.values) and AGREEMENTS.issuperset(spec.values)
