"""Alternatives in a declared text: ``(bring|take) (your |)machetes`` stands for four texts."""

from __future__ import annotations

from typing import Final

__all__ = ["MAX_ALTERNATIVES", "alternatives"]

#: One declared text may stand for so many.
MAX_ALTERNATIVES: Final = 5_000
_MAX_DEPTH: Final = 8


def alternatives(text: str) -> tuple[str, ...]:
    """The texts that a text with round brackets and bars stands for, in order, white space collapsed, each once.

    Brackets may nest; an empty alternative leaves the place empty. A text without brackets stands for itself.

    Raises:
        ValueError: a bracket is not closed or not opened, a bar stands outside brackets, brackets nest too deep, or
            the text stands for more than ``MAX_ALTERNATIVES``.
    """
    if "(" not in text and ")" not in text and "|" not in text:
        return (text,)
    found, end = _sequence(text, 0, 0)
    if end < len(text):
        raise ValueError(
            f"in {text!r} a {'bar stands outside brackets' if text[end] == '|' else 'bracket is not opened'}"
        )
    return tuple(dict.fromkeys(" ".join(one.split()) for one in found))


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
            end = min((place for mark in "(|)" if (place := text.find(mark, here)) >= 0), default=len(text))
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
