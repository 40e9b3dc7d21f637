"""The same conditions evaluated without shortcuts, so that every leaf can be shown.

While tracing, only small tuples are made: ``(value, node, …)``. They become ``LeafTrace`` nouns when
somebody looks, since most traces of a batch are never read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from vetting_engine.conditions.bound import FACTS, Bound, BoundCount, BoundJoin, BoundLeaf, BoundNot, BoundSome, Ref
from vetting_engine.conditions.evaluate import count_bounds, count_verdict, evaluator, spend
from vetting_engine.conditions.values import Env, Leaf
from vetting_engine.model.facts import Fact
from vetting_engine.model.finding import LeafTrace

__all__ = ["Mark", "Trace", "tracer"]

#: ``(value, node, detail)``. Detail of a leaf: the actual value, the other field's value and the members'
#: positions; of a branch: its marks; of a count: its bounds and its members' marks.
Mark = tuple[bool | None, Bound, Any]
_Tracer = Callable[[Env], Mark]

_RESULT: dict[bool | None, Literal["true", "false", "unknown"]] = {True: "true", False: "false", None: "unknown"}
#: Longest value shown; the fact itself stands in the record.
_SHOWN_CHARS = 200


@dataclass(frozen=True, slots=True)
class Trace:
    """A condition's answer with every leaf behind it; ``mark`` is None where it was too costly to finish."""

    value: bool | None
    mark: Mark | None

    @property
    def leaves(self) -> tuple[LeafTrace, ...]:
        """Every leaf in the order of the condition, once per list member it was asked of."""
        return tuple(_leaves(self.mark, ())) if self.mark is not None else ()

    @property
    def deciding(self) -> LeafTrace | None:
        """The first leaf that made the condition fail or stay unknown; None where it holds.

        Of a list without a fitting member this is the leaf at which the nearest member failed.
        """
        if self.value is True:
            return None
        if self.mark is None:
            return _TOO_COSTLY
        return _blame(self.mark, ())

    @property
    def witnesses(self) -> tuple[str, ...]:
        """The list members that make a true condition hold, as ``finding[2]``, in order of the condition."""
        return tuple(dict.fromkeys(_witnesses(self.mark))) if self.value is True and self.mark is not None else ()


_TOO_COSTLY = LeafTrace(path="", field="", op="too_costly", expected="", actual=None, result="unknown")


def tracer(node: Bound) -> _Tracer:
    """The condition as a closure that answers a mark."""
    if isinstance(node, BoundLeaf):
        return _leaf(node)
    if isinstance(node, BoundNot):
        part = tracer(node.part)
        return lambda env: _negated(node, part(env))
    if isinstance(node, BoundSome):
        return _some(node)
    if isinstance(node, BoundCount):
        return _count(node)
    return _join(node)


def _negated(node: BoundNot, mark: Mark) -> Mark:
    value = mark[0]
    return (None if value is None else not value), node, mark


def _leaf(node: BoundLeaf) -> _Tracer:
    test, slot, key = evaluator(node), node.field.slot, node.field.key
    other = node.other
    if other is None:
        return lambda env: (test(env), node, env[slot].get(key))
    there, theirs = other.slot, other.key
    return lambda env: (test(env), node, (env[slot].get(key), env[there].get(theirs)))


def _join(node: BoundJoin) -> _Tracer:
    parts, needed = tuple(tracer(part) for part in node.parts), node.n

    def join(env: Env) -> Mark:
        marks = [part(env) for part in parts]
        values = [mark[0] for mark in marks]
        sure = values.count(True)
        value = True if sure >= needed else None if sure + values.count(None) >= needed else False
        return value, node, marks

    return join


def _members(node: BoundSome | BoundCount, env: Env, where: _Tracer | Leaf) -> list[Any]:
    members = env[FACTS].get(node.over) or ()
    if node.slot > FACTS + 1:
        spend(env, len(members))
    slot = node.slot
    marks = []
    for env[slot] in members:
        marks.append(where(env))
    return marks


def _some(node: BoundSome) -> _Tracer:
    if node.where is None:
        return lambda env: (bool(env[FACTS].get(node.over)), node, len(env[FACTS].get(node.over) or ()))
    where = tracer(node.where)

    def some(env: Env) -> Mark:
        marks = _members(node, env, where)
        values = [mark[0] for mark in marks]
        return (True if True in values else None if None in values else False), node, marks

    return some


def _count(node: BoundCount) -> _Tracer:
    bounds = count_bounds(node)
    where = tracer(node.where) if node.where is not None else None

    def count(env: Env) -> Mark:
        least, most = bounds(env)
        marks = _members(node, env, where) if where is not None else []
        return count_verdict(node.op, least, most, node.value), node, (least, most, marks)

    return count


def _leaves(mark: Mark, where: tuple[str, ...]) -> Iterator[LeafTrace]:
    node, detail = mark[1], mark[2]
    if isinstance(node, BoundLeaf):
        yield _leaf_trace(mark, where)
    elif isinstance(node, BoundNot):
        yield from _leaves(detail, where)
    elif isinstance(node, BoundJoin):
        for part in detail:
            yield from _leaves(part, where)
    else:
        yield _list_trace(mark, where)
        for index, member in enumerate(_member_marks(mark)):
            yield from _leaves(member, (*where, f"{node.over}[{index}]"))


def _member_marks(mark: Mark) -> list[Mark]:
    node, detail = mark[1], mark[2]
    if isinstance(node, BoundCount):
        return list(detail[2])
    return list(detail) if isinstance(detail, list) else []


def _blame(mark: Mark, where: tuple[str, ...]) -> LeafTrace:
    """The first leaf that made ``mark`` what it is, be that true, false or unknown."""
    value, node, detail = mark
    if isinstance(node, BoundLeaf):
        return _leaf_trace(mark, where)
    if isinstance(node, BoundNot):
        return _blame(detail, where)
    if isinstance(node, BoundJoin):
        # Where more parts are asked for than there are, none of them is to blame more than the first.
        return _blame(next((part for part in detail if part[0] is value), detail[0]), where)
    members = _member_marks(mark)
    if isinstance(node, BoundCount) or not members:
        return _list_trace(mark, where)
    alike = [index for index, member in enumerate(members) if member[0] is value]
    nearest = min(alike, key=lambda index: _distance(members[index]))
    return _blame(members[nearest], (*where, f"{node.over}[{nearest}]"))


def _distance(mark: Mark) -> int:
    """How many leaves would have to change, at least, for the mark to be true."""
    value, node, detail = mark
    if value is True:
        return 0
    if isinstance(node, BoundJoin):
        apart = sorted(_distance(part) for part in detail)
        return sum(apart[: node.n])
    if isinstance(node, BoundSome) and isinstance(detail, list) and detail:
        return min(_distance(member) for member in detail)
    return 1


def _witnesses(mark: Mark | None) -> Iterator[str]:
    if mark is None or mark[0] is not True:
        return
    node, detail = mark[1], mark[2]
    if isinstance(node, BoundJoin):
        for part in detail:
            yield from _witnesses(part)
    elif isinstance(node, BoundSome):
        members = _member_marks(mark)
        chosen = next((index for index, member in enumerate(members) if member[0] is True), 0)
        yield f"{node.over}[{chosen}]"
        yield from _witnesses(members[chosen] if members else None)
    elif isinstance(node, BoundCount):
        if node.where is None:
            yield from (f"{node.over}[{index}]" for index in range(detail[0]))
        yield from (f"{node.over}[{index}]" for index, member in enumerate(detail[2]) if member[0] is True)


def _leaf_trace(mark: Mark, where: tuple[str, ...]) -> LeafTrace:
    value, node, detail = mark
    assert isinstance(node, BoundLeaf)
    actual, expected = detail, _shown(node.value)
    if node.other is not None:
        actual, other = detail
        offset = f" + {node.offset}" if node.offset else ""
        expected = f"{_shown(other) or 'unknown'}{offset} ({node.other.path})"
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


def _list_trace(mark: Mark, where: tuple[str, ...]) -> LeafTrace:
    value, node, detail = mark
    if isinstance(node, BoundCount):
        least, most, _ = detail
        op, expected = f"count {node.op.value}", str(node.value)
        actual = str(least) if least == most else f"{least} to {most}"
    else:
        assert isinstance(node, BoundSome)
        op, expected = "some", "at least 1"
        actual = str(detail if isinstance(detail, int) else sum(member[0] is True for member in detail))
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
