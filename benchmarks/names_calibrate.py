"""Cross-validates the weights of names: would the folds choose others, and would those do better on what they did not
see?

Items are parted into folds by target (listed name, entry), never by item. For each fold the weights are chosen on the
other folds, by steps of one weight at a time from the committed ones, and measured on the fold itself. Weights should
change only where the folds agree on a change and gain by it where they did not look.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence

from benchmarks import _names
from benchmarks._calibration import GOALS, Item, figures, hits, home_of, prepared, trial

NAME = "names-calibrate"
ABOUT = "cross-validation of the weights in folds grouped by target: weights each fold would choose, held-out figures"
#: Weights that are tried, with the step tried up and down.
_STEPS = {
    "SAME_CLASS": 4,
    "NICKNAME": 10,
    "SIMPLE_EQUAL": 3,
    "SAME_FATHERED": 10,
    "SKELETON_NEAR": 10,
    "INITIAL_WORTH": 50,
    "JOINED": 5,
    "BOTH_COMMON": 8,
    "NISBAH": 10,
    "COMMON_BELOW": 75,
    "SLIP": 8,
    "CONTRADICTION_BASE": 150,
    "CONTRADICTION_SHARE": 40,
    "OMISSION_SHARE": 6,
    "COMPLETE": 75,
    "SINGLE_COMPLETE": 150,
    "BODY_COMPLETE": 250,
    "SAME_YEAR": 75,
    "OTHER_DAY": 75,
    "SAME_NATIONALITY": 30,
    "OTHER_NATIONALITY": 100,
}
#: What lies this far beyond a goal is enough (percentage points); a point short of one costs so many times a point.
_ENOUGH, _SHORT = 4.0, 5.0
_THRESHOLD = "possible_from"
_THRESHOLD_STEP = 200
#: A step must gain this much to be worth another number.
_LEAST_GAIN = 0.1

Weights = tuple[tuple[str, int], ...]
Answers = list[tuple[bool, bool]]


def run(args: Sequence[str]) -> dict[str, object]:
    """``--rounds``: steps each fold may take from the committed weights (0: only the figures by fold)."""
    parser: argparse.ArgumentParser = _names.data_parser(ABOUT)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--seeds", type=int, default=3, help="drawings of the people set")
    parser.add_argument("--rounds", type=int, default=1)
    given = parser.parse_args(args)
    tried = _Tried(prepared(given.data, given.seeds))
    folds = [_fold(tried, number, given.folds, given.rounds) for number in range(given.folds)]
    chosen = Counter(change for fold in folds for change in fold["changes"])
    return {
        "folds": folds,
        "held_out_mean": _mean([fold["held_out"] for fold in folds]),
        "held_out_mean_committed": _mean([fold["held_out_committed"] for fold in folds]),
        "agreed": {change: f"{count} of {given.folds}" for change, count in sorted(chosen.items()) if count > 1},
        "all_committed": _rounded(figures(tried.items, tried.answers(()))),
        "items": len(tried.items),
    }


class _Tried:
    """The items and what every set of weights tried so far answered."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        self._settings = _names.settings_of(_names.pack())
        self._answers: dict[Weights, Answers] = {}

    def answers(self, weights: Weights) -> Answers:
        """Per item, under the committed weights but these."""
        if weights not in self._answers:
            changes = dict(weights)
            threshold = changes.pop(_THRESHOLD, self._settings.possible_from)
            with trial(changes):
                self._answers[weights] = hits(self.items, threshold, self._settings.name_floor)
        return self._answers[weights]

    def figures(self, weights: Weights, places: Sequence[int]) -> dict[str, float]:
        """The measures on some of the items."""
        answers = self.answers(weights)
        return figures([self.items[place] for place in places], [answers[place] for place in places])

    def committed(self, name: str) -> int:
        """The value a weight has in the code or the pack."""
        if name == _THRESHOLD:
            return self._settings.possible_from
        return int(getattr(home_of(name), name))


def _fold(tried: _Tried, number: int, folds: int, rounds: int) -> dict[str, dict[str, float] | list[str]]:
    seen = [place for place, item in enumerate(tried.items) if item.group % folds != number]
    held_out = [place for place, item in enumerate(tried.items) if item.group % folds == number]
    weights: Weights = ()
    for _ in range(rounds):
        best = max(_neighbours(tried, weights), key=lambda each: _worth(tried.figures(each, seen)))
        if _worth(tried.figures(best, seen)) < _worth(tried.figures(weights, seen)) + _LEAST_GAIN:
            break
        weights = best
    return {
        "changes": [f"{name}={value}" for name, value in weights],
        "seen": _rounded(tried.figures(weights, seen)),
        "held_out": _rounded(tried.figures(weights, held_out)),
        "held_out_committed": _rounded(tried.figures((), held_out)),
    }


def _neighbours(tried: _Tried, weights: Weights) -> list[Weights]:
    """Every set of weights one step away."""
    found = []
    for name, step in (*_STEPS.items(), (_THRESHOLD, _THRESHOLD_STEP)):
        now = dict(weights)
        value = now.get(name, tried.committed(name))
        for other in (value - step, value + step):
            changed = now | {name: other}
            found.append(tuple(sorted((key, each) for key, each in changed.items() if each != tried.committed(key))))
    return found


def _worth(found: dict[str, float]) -> float:
    """How far beyond the goals, each counted up to what is enough; falling short costs more than a margin gains."""
    worth = 0.0
    for measure, (goal, is_more) in GOALS.items():
        margin = found[measure] - goal if is_more else goal - found[measure]
        worth += min(margin, _ENOUGH) if margin > 0 else _SHORT * margin
    return worth / len(GOALS)


def _mean(found: Sequence[dict[str, float] | list[str]]) -> dict[str, float]:
    tables = [each for each in found if isinstance(each, dict)]
    return {measure: round(sum(each[measure] for each in tables) / len(tables), 1) for measure in GOALS}


def _rounded(found: dict[str, float]) -> dict[str, float]:
    return {measure: round(value, 1) for measure, value in found.items()}
