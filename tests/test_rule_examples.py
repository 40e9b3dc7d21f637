"""The one runner of all examples beside the rules of all shipped packs."""

from __future__ import annotations

import pytest
import shipped

from vetting_engine import messages
from vetting_engine.rulebook import shipped_packs


def _cases() -> list[tuple[str, int]]:
    return [(pack, index) for pack in shipped_packs() for index in range(len(shipped.examples(pack).results))]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "example" in metafunc.fixturenames:
        cases = _cases()
        ids = [
            f"{pack}/{shipped.examples(pack).results[i].file}:{shipped.examples(pack).results[i].line}"
            for pack, i in cases
        ]
        metafunc.parametrize("example", cases, ids=ids)


def test_an_example_does_what_it_says(example: tuple[str, int]) -> None:
    result = shipped.examples(example[0]).results[example[1]]
    told = "; ".join(messages.describe(fault) for fault in result.faults)
    assert result.passed, f"{result.rule}: expected {result.expected}, got {result.got} at {result.deciding} {told}"
    assert not result.caught, "this known miss is found now: make it a hit"


@pytest.mark.parametrize("pack", shipped_packs())
def test_every_rule_of_a_shipped_pack_has_examples(pack: str) -> None:
    assert shipped.examples(pack).rules_without_examples == ()


@pytest.mark.parametrize("pack", shipped_packs())
def test_the_examples_of_a_shipped_pack_show_everything_its_conditions_can_say(pack: str) -> None:
    report = shipped.examples(pack)
    assert [f"{leaf.rule}:{leaf.line} {leaf.field}" for leaf in report.leaves if not leaf.complete] == []
    assert report.coverage == 10_000
