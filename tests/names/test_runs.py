"""Neighbours as if written in one word."""

from __future__ import annotations

import pytest

from vetting_engine.names._runs import keys_of_runs, learn_runs, run_of, runs
from vetting_engine.names.parts import Reading, parse_name


def _reading(name: str) -> Reading:
    return parse_name(name).readings[0]


def test_two_to_four_neighbours_make_a_run() -> None:
    spans = [span for span, _, _ in runs(_reading("Tamsin Okvale Farrokhal Marrow Dejen").parts)]
    assert spans == [(0, 2), (0, 3), (0, 4), (1, 3), (1, 4), (1, 5), (2, 4), (2, 5), (3, 5)]


def test_a_run_has_the_keys_of_the_one_word() -> None:
    (_, keys, _), (whole,) = runs(_reading("Jean Claude").parts)[0], _reading("Jeanclaude").parts
    assert keys <= whole.keys


def test_too_short_a_word_is_no_run() -> None:
    assert run_of(_reading("Ko Oo").parts, (0, 2)) is None


@pytest.mark.parametrize(
    "name",
    [
        "Tamsin Okvale Farrokhal",
        "Abd al Rahman Okvale",
        "Xasan Cali Okvale",
        "Mo Hammed Okvale",
        "محمد نور الأوكفالي",
        "عمر Okvale",
    ],
)
def test_keys_are_told_without_the_runs(name: str) -> None:
    reading = _reading(name)
    learn_runs([reading])
    told = {span: set(keys) for _, span, keys in keys_of_runs([reading])}
    found = {span: keys for span, keys, _ in runs(reading.parts)}
    assert found
    assert found == {span: told[span] for span in found}
