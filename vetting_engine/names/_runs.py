"""Neighbours of a name as if written in one word: Abdul Rahman beside Abdulrahman, Jean Pierre beside Jeanpierre."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Final

from vetting_engine.names.parts import Part, Reading, joined_forms, joined_keys
from vetting_engine.names.spelling import learn, simple

__all__ = ["Run", "Span", "each_run", "keys_of_runs", "learn_runs", "run_of", "runs"]

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
    for span in _spans(len(parts)):
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


def keys_of_runs(readings: Sequence[Reading]) -> Iterator[tuple[int, Span, Sequence[str]]]:
    """Place of the reading, place of the neighbours, and the keys of every run. Far quicker than the runs themselves,
    and enough to tell which of them need be worked out.
    """
    spelled = [_words(each.parts) for each in readings]
    abjads = [[part.abjad for part in each.parts] for each in readings]
    learn(_with_vowels(zip(spelled, abjads, strict=True)), skeletons=False)
    for number, (words, abjad) in enumerate(zip(spelled, abjads, strict=True)):
        is_mixed = True in abjad
        for span, word in words:
            if is_mixed and True in abjad[slice(*span)]:
                yield number, span, (_by_bones(readings[number].parts[slice(*span)]),)
            else:
                yield number, span, joined_keys(word, word, simple(word))


def learn_runs(readings: Iterable[Reading]) -> None:
    """Work out the forms that runs of these readings will ask for, all together."""
    words = ((_words(each.parts), [part.abjad for part in each.parts]) for each in readings)
    learn(_with_vowels(words), skeletons=False)


def _with_vowels(spelled: Iterable[tuple[Sequence[tuple[Span, str]], Sequence[bool]]]) -> list[str]:
    """The words that begin with a part whose vowels are written."""
    return [word for words, abjad in spelled for (start, _), word in words if not abjad[start]]


def _words(parts: Sequence[Part]) -> list[tuple[Span, str]]:
    """What ``_spans`` gives, each with its one word."""
    romans = [part.roman for part in parts]
    return [(span, "".join(romans[slice(*span)])) for span in _spans(len(parts))]


@cache
def _spans(count: int) -> tuple[Span, ...]:
    """Runs of two to four of so many neighbours."""
    return tuple(
        (start, end) for start in range(count - 1) for end in range(start + 2, min(start + _LONGEST_RUN, count) + 1)
    )


def _one_word(run: Sequence[Part]) -> str:
    return "".join([part.roman for part in run])


def _by_bones(run: Sequence[Part]) -> str:
    """The key of neighbours of which one is written without vowels."""
    return "k:" + run[0].skeleton + "".join([part.skeleton.removeprefix("@") for part in run[1:]])
