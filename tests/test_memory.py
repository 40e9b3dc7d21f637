"""The collector rests while something large is built, and is afterwards as it was."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from vetting_engine._memory import collector_paused


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    was_on = gc.isenabled()
    yield
    (gc.enable if was_on else gc.disable)()


@pytest.mark.parametrize("was_on", [True, False])
def test_it_is_afterwards_as_it_was(was_on: bool) -> None:
    (gc.enable if was_on else gc.disable)()
    with collector_paused():
        assert not gc.isenabled()
    assert gc.isenabled() is was_on


def test_an_error_does_not_leave_it_off() -> None:
    gc.enable()
    with pytest.raises(ValueError, match="broken"), collector_paused():
        raise ValueError("broken")
    assert gc.isenabled()


def test_a_pause_in_a_pause_ends_with_the_outer_one() -> None:
    gc.enable()
    with collector_paused():
        with collector_paused():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_what_was_made_is_not_gone_through_again_at_once() -> None:
    gc.enable()
    begun: list[int] = []
    gc.callbacks.append(lambda phase, info: begun.append(info["generation"]) if phase == "start" else None)
    try:
        with collector_paused():
            kept = [[number] for number in range(10_000)]
        kept.append([])
    finally:
        gc.callbacks.pop()
    assert not begun


def test_what_a_host_froze_stays_frozen() -> None:
    gc.enable()
    gc.freeze()
    try:
        before = gc.get_freeze_count()
        with collector_paused():
            pass
        assert gc.get_freeze_count() > before // 2  # a few of them may go meanwhile
    finally:
        gc.unfreeze()
