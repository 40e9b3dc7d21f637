"""Why a condition has its answer: every leaf, or the one that decided.

A trace keeps the condition and its facts and looks again when it is asked, since most traces of a batch are
never read; facts do not change, so it finds what was found before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from vetting_engine.conditions.bound import FACTS, Bound, BoundCount, BoundJoin, BoundLeaf, BoundNot, BoundSome, Ref
from vetting_engine.conditions.evaluate import TooCostlyError, count_bounds, evaluator, new_env, spend
from vetting_engine.conditions.values import Env, Leaf
from vetting_engine.model.facts import Fact, Facts
from vetting_engine.model.finding import LeafTrace

__all__ = ["Probe", "Trace"]

_RESULT: dict[bool | None, Literal["true", "false", "unknown"]] = {True: "true", False: "false", None: "unknown"}
#: Longest value shown; the fact itself stands in the record.
_SHOWN_CHARS = 200


class Probe:
    """A condition that can be asked at each of its branches; ``slots`` is how many list members it holds at once."""

    __slots__ = ("node", "parts", "slots", "test")

    def __init__(self, node: Bound) -> None:
        self.node = node
        self.test: Leaf = evaluator(node)
        self.parts = tuple(Probe(part) for part in _parts(node))
        own = node.slot if isinstance(node, BoundSome | BoundCount) else FACTS
        self.slots: int = max([own, *(part.slots for part in self.parts)])

    def env(self, facts: Facts, as_of: date) -> Env:
        """A fresh environment."""
        return new_env(facts, as_of.toordinal(), self.slots)

    def members(self, env: Env) -> list[tuple[int, bool | None]]:
        """Positions of a list's members and what the inner condition says of each."""
        node = self.node
        assert isinstance(node, BoundSome | BoundCount)
        members, where, slot = env[FACTS].get(node.over) or (), self.parts[0].test if self.parts else None, node.slot
        if slot > FACTS + 1:
            spend(env, len(members))
        found: list[tuple[int, bool | None]] = []
        for index, env[slot] in enumerate(members):
            found.append((index, True if where is None else where(env)))
        return found

    def enter(self, env: Env, index: int) -> None:
        """Put one member into this list's slot."""
        node = self.node
        assert isinstance(node, BoundSome | BoundCount)
        env[node.slot] = env[FACTS][node.over][index]


def _parts(node: Bound) -> tuple[Bound, ...]:
    if isinstance(node, BoundJoin):
        return node.parts
    if isinstance(node, BoundNot):
        return (node.part,)
    if isinstance(node, BoundLeaf) or node.where is None:
        return ()
    return (node.where,)


@dataclass(frozen=True, slots=True)
class Trace:
    """A condition's answer, and the way to every leaf behind it."""

    value: bool | None
    probe: Probe
    facts: Facts
    as_of: date

    @property
    def leaves(self) -> tuple[LeafTrace, ...]:
        """Every leaf in the order of the condition, once per list member it was asked of; empty where too costly."""
        try:
            return tuple(_leaves(self.probe, self._env(), ()))
        except TooCostlyError:
            return ()

    @property
    def deciding(self) -> LeafTrace | None:
        """The first leaf that made the condition fail or stay unknown; None where it holds.

        Of a list without a fitting member this is the leaf at which the nearest member failed.
        """
        if self.value is True:
            return None
        try:
            return _blame(self.probe, self._env(), self.value, ())
        except TooCostlyError:
            return _TOO_COSTLY

    @property
    def witnesses(self) -> tuple[str, ...]:
        """The list members that make a true condition hold, as ``finding[2]``, in order of the condition."""
        if self.value is not True:
            return ()
        try:
            return tuple(dict.fromkeys(_witnesses(self.probe, self._env())))
        except TooCostlyError:
            return ()

    def changes(self, target: bool) -> tuple[LeafTrace, ...]:
        """The fewest leaves that would have to answer otherwise for the condition to be ``target``: its nearest miss,
        or nearest escape. Empty where it is so already, or where looking would be too costly.

        Of a list without members, and of a count, this is the list itself. What is fewest is told for the leaves one
        by one; that two of them read the same field is not considered.
        """
        try:
            return _changes(self.probe, self._env(), target, ())
        except TooCostlyError:
            return ()

    def _env(self) -> Env:
        return self.probe.env(self.facts, self.as_of)


_TOO_COSTLY = LeafTrace(path="", field="", op="too_costly", expected="", actual=None, result="unknown")


def _leaves(probe: Probe, env: Env, where: tuple[str, ...]) -> Iterator[LeafTrace]:
    node = probe.node
    if isinstance(node, BoundLeaf):
        yield _leaf_trace(node, env, probe.test(env), where)
    elif isinstance(node, BoundJoin | BoundNot):
        for part in probe.parts:
            yield from _leaves(part, env, where)
    else:
        members = probe.members(env)
        yield _list_trace(probe, env, probe.test(env), where)
        if node.where is not None:
            for index, _ in members:
                probe.enter(env, index)
                yield from _leaves(probe.parts[0], env, (*where, f"{node.over}[{index}]"))


def _blame(probe: Probe, env: Env, value: bool | None, where: tuple[str, ...]) -> LeafTrace:  # 3 values
    """The first leaf that made the condition ``value``, be that true, false or unknown."""
    node = probe.node
    if isinstance(node, BoundLeaf):
        return _leaf_trace(node, env, value, where)
    if isinstance(node, BoundNot):
        return _blame(probe.parts[0], env, None if value is None else not value, where)
    if isinstance(node, BoundJoin):
        for part in probe.parts:
            if part.test(env) is value:
                return _blame(part, env, value, where)
        # More parts were asked for than there are: none is to blame more than the first.
        return _blame(probe.parts[0], env, probe.parts[0].test(env), where)
    alike = [index for index, answer in probe.members(env) if answer is value]
    if isinstance(node, BoundCount) or node.where is None or not alike:
        return _list_trace(probe, env, value, where)
    nearest = alike[0] if value is True or len(alike) == 1 else _nearest(probe, env, alike)
    probe.enter(env, nearest)
    return _blame(probe.parts[0], env, value, (*where, f"{node.over}[{nearest}]"))


def _nearest(probe: Probe, env: Env, indices: list[int]) -> int:
    """The member for which the fewest leaves would have to change; the first of several."""
    distances = []
    for index in indices:
        probe.enter(env, index)
        distances.append((_distance(probe.parts[0], env), index))
    return min(distances)[1]


def _distance(probe: Probe, env: Env) -> int:
    node = probe.node
    if not isinstance(node, BoundJoin):
        return 0 if probe.test(env) else 1
    apart = [_distance(part, env) for part in probe.parts]
    return sum(apart) if node.n == len(apart) else sum(sorted(apart)[: node.n])


def _changes(probe: Probe, env: Env, target: bool, where: tuple[str, ...]) -> tuple[LeafTrace, ...]:
    node, value = probe.node, probe.test(env)
    if value is target:
        return ()
    if isinstance(node, BoundLeaf):
        return (_leaf_trace(node, env, value, where),)
    if isinstance(node, BoundNot):
        return _changes(probe.parts[0], env, not target, where)
    if isinstance(node, BoundJoin):
        # Of k parts n must hold; for the join to fail, k - n + 1 must not.
        needed = node.n if target else len(probe.parts) - node.n + 1
        ways = sorted((_changes(part, env, target, where) for part in probe.parts), key=len)
        return tuple(leaf for way in ways[: max(needed, 0)] for leaf in way)
    members = probe.members(env)
    if isinstance(node, BoundCount) or node.where is None or not members:
        return (_list_trace(probe, env, value, where),)
    ways = []
    for index, _ in members:
        probe.enter(env, index)
        ways.append(_changes(probe.parts[0], env, target, (*where, f"{node.over}[{index}]")))
    # One member is enough for a list to have one that fits; for it to have none, every one must change.
    return min(ways, key=len) if target else tuple(leaf for way in ways for leaf in way)


def _witnesses(probe: Probe, env: Env) -> Iterator[str]:
    """Of a condition that is true."""
    node = probe.node
    if isinstance(node, BoundJoin):
        for part in probe.parts:
            if part.test(env):
                yield from _witnesses(part, env)
    elif isinstance(node, BoundSome | BoundCount):
        holding = [index for index, answer in probe.members(env) if answer]
        for index in holding[:1] if isinstance(node, BoundSome) else holding:
            yield f"{node.over}[{index}]"
            probe.enter(env, index)
            if probe.parts:
                yield from _witnesses(probe.parts[0], env)


def _leaf_trace(node: BoundLeaf, env: Env, value: bool | None, where: tuple[str, ...]) -> LeafTrace:
    actual: Fact = env[node.field.slot].get(node.field.key)
    expected = _shown(node.value)
    if node.other is not None:
        offset = f" + {node.offset}" if node.offset else ""
        there: Fact = env[node.other.slot].get(node.other.key)
        expected = f"{_shown(there) or 'unknown'}{offset} ({node.other.path})"
    return LeafTrace(
        path=node.at,
        field=node.field.path,
        op=node.op.value,
        expected=expected or "",
        actual=_shown(actual),
        result=_RESULT[value],
        fact=_fact(node.field, where),
    )


def _fact(ref: Ref, where: tuple[str, ...]) -> str:
    return where[ref.slot - 1] if ref.slot > FACTS else ""


def _list_trace(probe: Probe, env: Env, value: bool | None, where: tuple[str, ...]) -> LeafTrace:
    node = probe.node
    assert isinstance(node, BoundSome | BoundCount)
    if isinstance(node, BoundCount):
        least, most = count_bounds(node)(env)
        op, expected = f"count {node.op.value}", str(node.value)
        actual = str(least) if least == most else f"{least} to {most}"
    else:
        op, expected = "some", "at least 1"
        actual = str(sum(answer is True for _, answer in probe.members(env)))
    return LeafTrace(
        path=node.at,
        field=node.over,
        op=op,
        expected=expected,
        actual=actual,
        result=_RESULT[value],
        fact=where[-1] if where else "",
    )


def _shown(value: Fact | tuple[Fact, ...]) -> str | None:
    if value is None:
        return None
    if isinstance(value, tuple):
        return ", ".join(_shown(one) or "" for one in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    text = str(value) if isinstance(value, int) else value[:_SHOWN_CHARS]
    return text if isinstance(value, int) or len(value) <= _SHOWN_CHARS else f"{text}…"
