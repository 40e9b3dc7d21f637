"""Exact chances against published figures, scipy where it is installed, and a slow obvious oracle."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import factorial

import pytest

from vetting_engine.cohort import exact


@pytest.mark.parametrize(
    ("share", "points"),
    [
        (Fraction(0), 0),
        (Fraction(1, 3), 3333),
        (Fraction(1), 10_000),
        (Fraction(1, 20_000), 1),
        (Fraction(1, 20_001), 0),
    ],
)
def test_basis_points_round_to_nearest_halves_up(share: Fraction, points: int) -> None:
    assert exact.basis_points(share) == points


@pytest.mark.parametrize(
    ("count", "size", "interval"),
    [
        (3, 15, (705, 4519)),  # Newcombe (1998) method 3 gives .0705 to .4519
        (0, 20, (0, 1611)),  # Newcombe (1998), table I: 0/20 → .0000 to .1611
        (81, 263, (2553, 3662)),  # Newcombe (1998), table I: 81/263 → .2553 to .3662
        (15, 148, (624, 1605)),  # Newcombe (1998), table I: 15/148 → .0624 to .1605
        (1, 29, (61, 1718)),  # Newcombe (1998), table I: 1/29 → .0061 to .1718
        (0, 0, (0, 10_000)),
    ],
)
def test_wilson_gives_the_published_intervals(count: int, size: int, interval: tuple[int, int]) -> None:
    assert exact.wilson(count, size) == interval


def test_a_group_needs_59_people_before_the_absence_of_five_percent_is_unusual() -> None:
    def chance_of_none(size: int) -> float:
        return float(Fraction(19, 20) ** size)

    assert chance_of_none(58) > 0.05 > chance_of_none(59)
    by_lot = exact.multinomial_chance((0, 15), (5, 95))
    assert by_lot is not None
    assert by_lot > Fraction(1, 20)


def test_hypergeometric_chance_is_fishers_two_sided_test() -> None:
    # Fisher's tea cups: four of eight, three named right, p = .4857 (both sides).
    assert exact.hypergeometric_chance(3, 4, 4, 8) == Fraction(34, 70)
    assert exact.hypergeometric_chance(4, 4, 4, 8) == Fraction(2, 70)


def test_an_impossible_draw_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be drawn"):
        exact.hypergeometric_chance(5, 4, 5, 8)


@pytest.mark.parametrize(("drawn", "group", "size", "pool"), [(3, 20, 15, 60), (0, 3, 10, 40), (7, 30, 12, 50)])
def test_hypergeometric_chance_equals_scipy(drawn: int, group: int, size: int, pool: int) -> None:
    stats = pytest.importorskip("scipy.stats")
    table = [[drawn, group - drawn], [size - drawn, pool - group - size + drawn]]
    assert float(exact.hypergeometric_chance(drawn, group, size, pool)) == pytest.approx(stats.fisher_exact(table)[1])


@pytest.mark.parametrize(("count", "size", "share"), [(5, 15, 52), (1, 12, 47), (9, 10, 30)])
def test_two_groups_are_the_exact_binomial_test_of_scipy(count: int, size: int, share: int) -> None:
    stats = pytest.importorskip("scipy.stats")
    ours = exact.multinomial_chance((count, size - count), (share, 100 - share))
    assert ours is not None
    assert float(ours) == pytest.approx(stats.binomtest(count, size, share / 100).pvalue)


def _slow_multinomial(counts: tuple[int, ...], weights: tuple[int, ...]) -> Fraction:
    """Straight from the definition: every sequence of people, each with its own probability."""
    size, total = sum(counts), sum(weights)

    def probability(held: tuple[int, ...]) -> Fraction:
        ways = factorial(size)
        result = Fraction(1)
        for n, weight in zip(held, weights, strict=True):
            ways //= factorial(n)
            result *= Fraction(weight, total) ** n
        return ways * result

    everything = [held for held in product(range(size + 1), repeat=len(counts)) if sum(held) == size]
    return sum((probability(held) for held in everything if probability(held) <= probability(counts)), Fraction(0))


@pytest.mark.parametrize(
    ("counts", "weights"),
    [((2, 1, 0), (5, 3, 2)), ((0, 0, 4), (52, 47, 1)), ((3, 3), (1, 1)), ((1, 2, 1, 0), (1, 1, 1, 7))],
)
def test_multinomial_chance_equals_the_definition(counts: tuple[int, ...], weights: tuple[int, ...]) -> None:
    assert exact.multinomial_chance(counts, weights) == _slow_multinomial(counts, weights)


def test_multivariate_chance_with_two_groups_is_the_hypergeometric_chance() -> None:
    assert exact.multivariate_chance((3, 12), (20, 40)) == exact.hypergeometric_chance(3, 20, 15, 60)


def test_a_draw_that_cannot_be_has_no_chance_figure() -> None:
    assert exact.multivariate_chance((3, 0), (2, 5)) is None


def test_too_many_outcomes_are_declined_rather_than_waited_for() -> None:
    assert exact.outcomes(50, 6) > exact.MAX_OUTCOMES
    assert exact.multinomial_chance((50, 0, 0, 0, 0, 0), (1, 1, 1, 1, 1, 1)) is None
    assert exact.multivariate_chance((9, 9, 8, 8, 8, 8), (20, 20, 20, 20, 20, 20)) is None


def test_without_a_reference_nothing_is_said() -> None:
    assert exact.multinomial_chance((1, 2), (0, 0)) is None


def test_compositions_are_all_of_them_in_order() -> None:
    assert list(exact.compositions(2, 2)) == [(0, 2), (1, 1), (2, 0)]
    assert list(exact.compositions(0, 0)) == [()]
    assert list(exact.compositions(1, 0)) == []
    assert len(list(exact.compositions(6, 4))) == exact.outcomes(6, 4)
