"""Points for signs, worked out from labelled posts: what a pack's author begins a file of signs with.

For each topic a logistic regression over the words of the posts, or over pieces of them (``text.pieces``), says how
much each speaks for the topic or against it, given the others; its weights, in fifths of a natural log-odds, rounded,
are the points. What stands in few posts may speak the louder, as in the usual weighing of terms (Sparck Jones 1972).
Signs are to tell harm from what is harmless, not one harm from another, so posts of other topics count little. Reports
of news (``narrated``) are harmless to all other topics, and told from every post. Names
of groups and people's names are left out: who is named must never weigh. The numbers are a proposal. They are written
to a file that people read, change and answer for; nothing is worked out when texts are judged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from vetting_engine.checks.content.kinds import Flag
from vetting_engine.text.fold import fold
from vetting_engine.text.pieces import pieces_of, words_in

__all__ = ["PER_LOG_ODDS", "Labelled", "Weighed", "weigh"]

#: Points of one natural log-odds.
PER_LOG_ODDS: Final = 5
#: A word, or a piece of one, in fewer posts is chance.
_LEAST_POSTS: Final = 2
#: L2 penalty: half the sum of squares of the weights counts this often against the log-loss of all posts.
_PENALTY: Final = 0.5
#: A post of another topic counts this often against a topic; a harmless one once (docs/adr/0007-signs-add-up.md).
_OF_ANOTHER: Final = 0.1
#: Steps of accelerated gradient descent (Nesterov 1983) at most, and the largest gradient at which it ends: points are
#: fifths, so that no more is needed.
_MOST_STEPS: Final = 2_000
_FLAT: Final = 0.01
#: Steps by which the largest eigenvalue is found to within the hundredth that it is then rounded up by.
_POWERS: Final = 100
_ROUNDED_UP: Final = 1.01
_Table = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A post and the topic it is an example of; none for one that is harmless."""

    text: str
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Weighed:
    """The points of words for one topic, and how many a text must reach to be one of the topic as likely as not."""

    least: int
    points: Mapping[str, int]


def weigh(
    posts: Sequence[Labelled],
    topics: Collection[str],
    leave_out: Callable[[str], bool],
    surer_by: Mapping[str, int] = MappingProxyType({}),
    letters: Collection[int] = (0,),
) -> dict[str, Weighed]:
    """Topic → the points of its words, or of pieces of them, for topics of which there are posts.

    Args:
        posts: at least some of each topic and, above all, harmless ones that look alike.
        topics: those asked for; posts of other topics are none of these.
        leave_out: whether a word (folded) may not weigh, such as the name of a group.
        surer_by: topic → points asked for beyond as likely as not, 0 unless said; ``PER_LOG_ODDS`` of them are
            e times the odds.
        letters: of how many letters the pieces are, as in ``pieces_of``; 0: whole words.
    """
    wordings = [_pieces(post.text, leave_out, letters) for post in posts]
    posts_of = Counter(piece for pieces in wordings for piece in pieces)
    words = sorted(word for word, among in posts_of.items() if among >= _LEAST_POSTS)
    there = sorted({post.topic for post in posts} & set(topics))
    if not words or not there:
        return {}
    numbers = {word: number for number, word in enumerate(words)}
    table = _Counts(
        [{numbers[piece]: times for piece, times in pieces.items() if piece in numbers} for pieces in wordings],
        [posts_of[word] for word in words],
    )
    are = np.array([[1.0 if post.topic == topic else 0.0 for topic in there] for post in posts])
    counted = np.array([[_how_often(post.topic, topic) for topic in there] for post in posts])
    fitted = np.rint(_fit(table, are, counted) * table.loud[:, None] * PER_LOG_ODDS).astype(int)
    return {
        topic: Weighed(
            max(1, surer_by.get(topic, 0) - int(fitted[-1, column])),
            {word: int(fitted[number, column]) for word, number in numbers.items() if fitted[number, column]},
        )
        for column, topic in enumerate(there)
    }


def _how_often(own: str, topic: str) -> float:
    """How often a post counts, by its own topic, where another topic is weighed."""
    return 1.0 if own in ("", Flag.NARRATED, topic) or topic == Flag.NARRATED else _OF_ANOTHER


def _pieces(text: str, leave_out: Callable[[str], bool], letters: Collection[int]) -> Counter[str]:
    """In how many different words of a text each piece stands, as they are added up when texts are judged."""
    words = {word for _, _, word in words_in(fold(text))}
    return Counter(piece for word in words if not leave_out(word) for piece in pieces_of(word, *letters))


class _Counts:
    """How often each piece stands in each post, times how loud it may speak, with a last column of ones; most are
    nought and are not kept.
    """

    def __init__(self, rows: Sequence[Mapping[int, int]], posts_of: Sequence[int]) -> None:
        rare = 1 + np.log((1 + len(rows)) / (1 + np.array(posts_of)))
        #: How loud the piece of each column may speak, 1 in fewest posts: weights so scaled are penalised.
        self.loud = np.append(rare / rare.max(), 1.0)
        cells = [
            (row, column, times * self.loud[column])
            for row, counts in enumerate(rows)
            for column, times in counts.items()
        ]
        cells += [(row, len(posts_of), 1.0) for row in range(len(rows))]
        self.shape = len(rows), len(self.loud)
        self._by_row = _Cells(sorted(cells))
        self._by_column = _Cells(sorted((column, row, times) for row, column, times in cells))

    def times(self, weights: _Table) -> _Table:
        """A row for each post: its pieces' weights added up."""
        return self._by_row.added(weights)

    def back(self, posts: _Table) -> _Table:
        """A row for each piece: what its posts have added up."""
        return self._by_column.added(posts)

    def stretch(self) -> float:
        """The largest eigenvalue of the table with itself, a little rounded up: power iteration from a vector of ones,
        which converges since nothing is below nought (Perron).
        """
        vector = np.ones((self.shape[1], 1))
        for _ in range(_POWERS):
            vector = self.back(self.times(vector / np.linalg.norm(vector)))
        return float(np.linalg.norm(vector)) * _ROUNDED_UP


class _Cells:
    """Cells ``(to, from, times)`` in order of where they are added to; every ``to`` has one."""

    def __init__(self, cells: Sequence[tuple[int, int, float]]) -> None:
        to, read, times = np.array(cells).T
        self._read = read.astype(np.intp)
        self._times = times[:, None]
        self._starts = np.flatnonzero(np.diff(to, prepend=-1))

    def added(self, values: _Table) -> _Table:
        return np.add.reduceat(values[self._read] * self._times, self._starts, axis=0)


def _fit(table: _Counts, are: _Table, counted: _Table) -> _Table:
    """The weights, a column each topic, at which the penalised log-loss is least. ``are``: 1 where a post is of it;
    ``counted``: how often it counts, once at most.
    """
    # The loss bends nowhere more than this (Bohning 1992: a quarter of the largest eigenvalue), nowhere less than
    # the penalty.
    bend = 0.25 * table.stretch() + _PENALTY
    ahead = (bend**0.5 - _PENALTY**0.5) / (bend**0.5 + _PENALTY**0.5)
    weights = np.zeros((table.shape[1], are.shape[1]))
    looked_at = weights
    for _ in range(_MOST_STEPS):
        slope = table.back(counted * (1.0 / (1.0 + np.exp(-table.times(looked_at))) - are)) + _PENALTY * looked_at
        stepped = looked_at - slope / bend
        looked_at = stepped + ahead * (stepped - weights)
        weights = stepped
        if float(np.abs(slope).max()) < _FLAT:
            break
    return weights
