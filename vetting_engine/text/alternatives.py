"""Alternatives in a declared text: ``(bring|take) (your |)machetes`` stands for four texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final, NamedTuple

from vetting_engine.text.fold import fold
from vetting_engine.text.terms import stem_of

__all__ = ["MAX_ALTERNATIVES", "Meant", "alternatives", "meant", "stems"]

#: One declared text may stand for so many.
MAX_ALTERNATIVES: Final = 5_000
_MAX_DEPTH: Final = 8
_SIGNS: Final = "()|"
_ANY_SIGN: Final = re.compile("([()|])")
_BURMESE_DOT: Final = "\u1037"


#: A text, what stands between two brackets by bar, a text again, and so on.
_Row = list["str | list[_Row]"]


def alternatives(*texts: str) -> tuple[str, ...]:
    """What texts with round brackets and bars stand for, in order, white space collapsed, each once.

    Brackets may nest; an empty alternative leaves the place empty. A text without brackets stands for itself.

    Raises:
        ValueError: a bracket is not closed or not opened, a bar stands outside brackets, brackets nest too deep, or
            a text stands for more than ``MAX_ALTERNATIVES``.
    """
    return tuple(dict.fromkeys(chain.from_iterable(map(_alternatives, texts))))


def _alternatives(text: str) -> Iterable[str]:
    return _collapsed(_written_out(_read(text))) if _has_signs(text) else (text,)


def stems(*texts: str) -> tuple[str, ...]:
    """The stems that the alternatives of texts are found by (``stem_of``), in order, each once.

    Raises:
        ValueError: as :func:`alternatives`.
    """
    return tuple(dict.fromkeys(chain.from_iterable(map(_stems, texts))))


def _stems(text: str) -> Iterable[str]:
    """The fold reads character by character, so that the text is folded once and not each of its alternatives; each is
    where the fold makes brackets or bars out of other signs, and where Burmese marks may change places.
    """
    if not _has_signs(text):
        return (stem_of(text),)
    folded = fold(text)
    if _folds_as_a_whole(text, folded):
        return _collapsed(_written_out(_read(folded)))
    return map(stem_of, _alternatives(text))


class Meant(NamedTuple):
    """How many texts a text stands for (the same one counts again), whether one of them folds to nothing, and the
    stem of it where it is one.
    """

    texts: int
    blank: bool
    stem: str | None


def meant(text: str) -> Meant:
    """How much a text stands for, without writing it out: hundreds of thousands are read and few languages asked for.

    Raises:
        ValueError: as :func:`alternatives`.
    """
    if not _has_signs(text):
        stem = stem_of(text)
        return Meant(1, not stem, stem)
    folded = fold(text)
    whole = _folds_as_a_whole(text, folded)
    row = _read(folded if whole else text)
    count = _count(row)
    return Meant(
        texts=count,
        blank=_may_be_blank(row) if whole else "" in stems(text),
        stem=stems(text)[0] if count == 1 else None,
    )


def _has_signs(text: str) -> bool:
    return any(sign in text for sign in _SIGNS)


def _folds_as_a_whole(text: str, folded: str) -> bool:
    return _BURMESE_DOT not in folded and all(text.count(sign) == folded.count(sign) for sign in _SIGNS)


def _collapsed(texts: Iterable[str]) -> Iterable[str]:
    return (" ".join(one.split()) for one in texts)


def _read(text: str) -> _Row:
    # Every other part is one of the signs, and the last is none.
    parts = _ANY_SIGN.split(text)
    row, end = _row(parts, 0, 0)
    if end < len(parts):
        raise ValueError(
            f"in {text!r} a {'bar stands outside brackets' if parts[end] == '|' else 'bracket is not opened'}"
        )
    if _count(row) > MAX_ALTERNATIVES:
        raise ValueError(f"{text!r} stands for more than {MAX_ALTERNATIVES} texts")
    return row


def _row(parts: Sequence[str], here: int, depth: int) -> tuple[_Row, int]:
    """What stands from the text ``here`` up to a bar, a closing bracket or the end, and where that is."""
    if depth > _MAX_DEPTH:
        raise ValueError(f"the brackets in {''.join(parts)!r} nest deeper than {_MAX_DEPTH}")
    row: _Row = [parts[here]]
    here += 1
    while here < len(parts) and parts[here] == "(":
        choices: list[_Row] = []
        while here < len(parts) and parts[here] != ")":
            choice, here = _row(parts, here + 1, depth + 1)
            choices.append(choice)
        if here >= len(parts):
            raise ValueError(f"in {''.join(parts)!r} a bracket is not closed")
        row += choices, parts[here + 1]
        here += 2
    return row, here


def _count(row: _Row) -> int:
    count = 1
    for part in row:
        if isinstance(part, list):
            count *= sum(map(_count, part))
    return count


def _may_be_blank(row: _Row) -> bool:
    return all(any(map(_may_be_blank, part)) if isinstance(part, list) else not part.strip() for part in row)


def _written_out(row: _Row) -> list[str]:
    """The texts in order, as they come out: white space as it fell, and the same ones again."""
    found = [""]
    for part in row:
        ends = [text for choice in part for text in _written_out(choice)] if isinstance(part, list) else [part]
        found = [first + end for first in found for end in ends]
    return found
