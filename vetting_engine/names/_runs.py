"""Neighbours of a name as if written in one word: Abdul Rahman beside Abdulrahman, Jean Pierre beside Jeanpierre."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from vetting_engine.names.parts import Part, Reading, joined_forms, joined_key
from vetting_engine.names.spelling import learn

__all__ = ["Run", "Span", "each_run", "first_keys", "learn_runs", "run_of", "runs"]

#: Places of the first neighbour and after the last.
Span = tuple[int, int]
#: The place of neighbours, and the keys and the rarity that they have as one word.
Run = tuple[Span, frozenset[str], int]

_LONGEST_RUN: Final = 4
_LEAST_JOINED: Final = 4


@lru_cache(maxsize=1 << 16)
def runs(parts: Sequence[Part]) -> tuple[Run, ...]:
    """Every run of two to four neighbours as if written in one word."""
    return tuple(each_run(parts))


def each_run(parts: Sequence[Part]) -> Iterator[Run]:
    """The same without being remembered."""
    for span in _spans(parts):
        found = run_of(parts, span)
        if found is not None:
            yield found


def run_of(parts: Sequence[Part], span: Span) -> Run | None:
    """The neighbours as one word; None where that is too short to be looked for."""
    run = parts[slice(*span)]
    form, keys, rarity = joined_forms(_one_word(run), abjad=run[0].abjad)
    if len(form) < _LEAST_JOINED:
        return None
    if any(part.abjad for part in run):  # one of them may be a word whose vowels are known
        keys = frozenset({_by_bones(run)})
    return span, keys, min(sum([part.rarity for part in run]), rarity)


def first_keys(readings: Sequence[Reading]) -> Iterator[tuple[int, Span, str | None]]:
    """Place of the reading, place of the neighbours, and the one key of every run; None for the few runs that could
    have others as well. Far quicker than the runs themselves, and enough to tell which of them need be worked out.
    """
    words = [(number, span, word) for number, each in enumerate(readings) for span, word in _words(each.parts)]
    learn([word for number, (start, _), word in words if not readings[number].parts[start].abjad], skeletons=False)
    for number, (start, end), word in words:
        run = readings[number].parts[start:end]
        if True in [part.abjad for part in run]:
            yield number, (start, end), _by_bones(run)
        else:
            yield number, (start, end), joined_key(word)


def learn_runs(readings: Iterable[Reading]) -> None:
    """Work out the forms that runs of these readings will ask for, all together."""
    words = [word for each in readings for (start, _), word in _words(each.parts) if not each.parts[start].abjad]
    learn(words, skeletons=False)


def _words(parts: Sequence[Part]) -> Iterator[tuple[Span, str]]:
    """What ``_spans`` gives, each with its one word."""
    romans = [part.roman for part in parts]
    for start in range(len(parts) - 1):
        word = romans[start]
        for end in range(start + 2, min(start + _LONGEST_RUN, len(parts)) + 1):
            word += romans[end - 1]
            yield (start, end), word


def _spans(parts: Sequence[Part]) -> Iterator[Span]:
    for start in range(len(parts) - 1):
        for end in range(start + 2, min(start + _LONGEST_RUN, len(parts)) + 1):
            yield start, end


def _one_word(run: Sequence[Part]) -> str:
    return "".join([part.roman for part in run])


def _by_bones(run: Sequence[Part]) -> str:
    """The key of neighbours of which one is written without vowels."""
    return "k:" + run[0].skeleton + "".join([part.skeleton.removeprefix("@") for part in run[1:]])
