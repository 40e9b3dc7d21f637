"""Alternatives in a declared text: ``(bring|take) (your |)machetes`` stands for four texts."""

from __future__ import annotations

import re
from typing import Final

from vetting_engine.text.fold import fold
from vetting_engine.text.terms import stem_of

__all__ = ["MAX_ALTERNATIVES", "alternatives", "with_stems"]

#: One declared text may stand for so many.
MAX_ALTERNATIVES: Final = 5_000
_MAX_DEPTH: Final = 8
_SIGNS: Final = "()|"
_ANY_SIGN: Final = re.compile("[()|]")
_BURMESE_DOT: Final = "\u1037"


def alternatives(text: str) -> tuple[str, ...]:
    """The texts that a text with round brackets and bars stands for, in order, white space collapsed, each once.

    Brackets may nest; an empty alternative leaves the place empty. A text without brackets stands for itself.

    Raises:
        ValueError: a bracket is not closed or not opened, a bar stands outside brackets, brackets nest too deep, or
            the text stands for more than ``MAX_ALTERNATIVES``.
    """
    if not _has_signs(text):
        return (text,)
    return tuple(dict.fromkeys(" ".join(one.split()) for one in _written_out(text)))


def with_stems(text: str) -> list[tuple[str, str]]:
    """The alternatives of a text, each beside the stem that it is found by (``stem_of``).

    The fold reads character by character, so that the text is folded once and not each of its alternatives; each is
    where the fold makes brackets or bars out of other signs, and where Burmese marks may change places.

    Raises:
        ValueError: as :func:`alternatives`.
    """
    if not _has_signs(text):
        return [(text, stem_of(text))]
    folded = fold(text)
    if _BURMESE_DOT in folded or any(text.count(sign) != folded.count(sign) for sign in _SIGNS):
        return [(one, stem_of(one)) for one in alternatives(text)]
    return [
        (" ".join(one.split()), " ".join(stem.split()))
        for one, stem in zip(_written_out(text), _written_out(folded), strict=True)
    ]


def _has_signs(text: str) -> bool:
    return any(sign in text for sign in _SIGNS)


def _written_out(text: str) -> list[str]:
    """The texts in order, as they come out: white space as it fell, and the same ones again."""
    found, end = _sequence(text, 0, 0)
    if end < len(text):
        raise ValueError(
            f"in {text!r} a {'bar stands outside brackets' if text[end] == '|' else 'bracket is not opened'}"
        )
    return found


def _sequence(text: str, here: int, depth: int) -> tuple[list[str], int]:
    """What stands from ``here`` up to a bar, a closing bracket or the end, and where that is."""
    found = [""]
    while here < len(text) and text[here] not in "|)":
        if text[here] == "(":
            choices, here = _choice(text, here + 1, depth + 1)
            found = [first + second for first in found for second in choices]
            if len(found) > MAX_ALTERNATIVES:
                raise ValueError(f"{text!r} stands for more than {MAX_ALTERNATIVES} texts")
        else:
            sign = _ANY_SIGN.search(text, here)
            end = sign.start() if sign else len(text)
            found = [first + text[here:end] for first in found]
            here = end
    return found, here


def _choice(text: str, here: int, depth: int) -> tuple[list[str], int]:
    """The alternatives inside one bracket, and the place after it."""
    if depth > _MAX_DEPTH:
        raise ValueError(f"the brackets in {text!r} nest deeper than {_MAX_DEPTH}")
    choices, here = _sequence(text, here, depth)
    while here < len(text) and text[here] == "|":
        more, here = _sequence(text, here + 1, depth)
        choices += more
    if here >= len(text):
        raise ValueError(f"in {text!r} a bracket is not closed")
    return choices, here + 1
