"""Points for signs, worked out from labelled posts: what a pack's author begins a file of signs with.

For each topic a logistic regression over the words of the posts says how much each word speaks for the topic or against
it, given the others; its weights, in fifths of a natural log-odds, rounded, are the points. Names of groups and
people's names are left out: who is named must never weigh. The numbers are a proposal. They are written to a file that
people read, change and answer for; nothing is worked out when texts are judged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from vetting_engine.text.fold import fold
from vetting_engine.text.tokens import tokens_in

__all__ = ["PER_LOG_ODDS", "Labelled", "Weighed", "weigh"]

#: Points of one natural log-odds.
PER_LOG_ODDS: Final = 5
#: A word of fewer posts is chance.
_LEAST_POSTS: Final = 2
#: L2 penalty: half the sum of squares of the weights counts this often against the log-loss of all posts.
_PENALTY: Final = 1.0
#: Steps of accelerated gradient descent (Nesterov 1983) at most, and the largest gradient at which it ends: points are
#: fifths, so that no more is needed.
_MOST_STEPS: Final = 2_000
_FLAT: Final = 0.01
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
) -> dict[str, Weighed]:
    """Topic → the points of its words, for topics of which there are posts.

    Args:
        posts: at least some of each topic and, above all, harmless ones that look alike.
        topics: those asked for; posts of other topics are none of these.
        leave_out: whether a word (folded) may not weigh, such as the name of a group.
        surer_by: topic → points asked for beyond as likely as not, 0 unless said; ``PER_LOG_ODDS`` of them are
            e times the odds.
    """
    wordings = [{token for _, _, token in tokens_in(fold(post.text))} for post in posts]
    posts_of = Counter(word for words in wordings for word in words)
    words = sorted(word for word, among in posts_of.items() if among >= _LEAST_POSTS and not leave_out(word))
    there = sorted({post.topic for post in posts} & set(topics))
    if not words or not there:
        return {}
    numbers = {word: number for number, word in enumerate(words)}
    table = np.zeros((len(posts), len(words) + 1))
    table[:, -1] = 1.0  # what stands for no word at all
    for row, wording in enumerate(wordings):
        table[row, [numbers[word] for word in wording if word in numbers]] = 1.0
    are = np.array([[1.0 if post.topic == topic else 0.0 for topic in there] for post in posts])
    fitted = np.rint(_fit(table, are) * PER_LOG_ODDS).astype(int)
    return {
        topic: Weighed(
            max(1, surer_by.get(topic, 0) - int(fitted[-1, column])),
            {word: int(fitted[number, column]) for word, number in numbers.items() if fitted[number, column]},
        )
        for column, topic in enumerate(there)
    }


def _fit(table: _Table, are: _Table) -> _Table:
    """The weights, a column each topic, at which the penalised log-loss is least. ``are``: 1 where a post is of it."""
    # The loss bends nowhere more than this (Bohning 1992: a quarter of the largest eigenvalue), nowhere less than 1.
    bend = 0.25 * float(np.linalg.norm(table, 2)) ** 2 + _PENALTY
    ahead = (bend**0.5 - _PENALTY**0.5) / (bend**0.5 + _PENALTY**0.5)
    weights = np.zeros((table.shape[1], are.shape[1]))
    looked_at = weights
    for _ in range(_MOST_STEPS):
        slope = table.T @ (1.0 / (1.0 + np.exp(-(table @ looked_at))) - are) + _PENALTY * looked_at
        stepped = looked_at - slope / bend
        looked_at = stepped + ahead * (stepped - weights)
        weights = stepped
        if float(np.abs(slope).max()) < _FLAT:
            break
    return weights
