"""A condition in words: one line per leaf, deeper lines for what joins or lists contain."""

from __future__ import annotations

from collections.abc import Iterator

from vetting_engine import messages
from vetting_engine.model.condition import All, AtLeast, Compare, Condition, Count, Not, Some
from vetting_engine.model.condition import Any as AnyOf

__all__ = ["in_words"]

_STEP = "· "


def in_words(condition: Condition, language: str) -> tuple[str, ...]:
    """Lines, each begun with as many dots as it is deep."""
    return tuple(_lines(condition, language, 0))


def _lines(node: Condition, language: str, depth: int) -> Iterator[str]:
    if isinstance(node, Compare):
        yield _STEP * depth + _leaf(node, language)
        return
    if isinstance(node, All) and depth == 0:
        for part in node.of:
            yield from _lines(part, language, depth)
        return
    yield _STEP * depth + _branch(node, language)
    if isinstance(node, Not):
        yield from _lines(node.of, language, depth + 1)
    elif isinstance(node, All | AnyOf | AtLeast):
        for part in node.of:
            yield from _lines(part, language, depth + 1)
    elif node.where is not None:
        parts = node.where.of if isinstance(node.where, All) else (node.where,)
        for part in parts:
            yield from _lines(part, language, depth + 1)


def _branch(node: All | AnyOf | AtLeast | Not | Some | Count, language: str) -> str:
    params: dict[str, object] = {}
    if isinstance(node, AtLeast):
        params["n"] = node.n
    elif isinstance(node, Some):
        params |= {"list": node.over, "alias": node.alias}
    elif isinstance(node, Count):
        number = messages.text(f"operator.count {node.op.value}", language=language)
        params |= {"list": node.over, "alias": node.alias, "number": number, "value": node.value}
    return messages.text(f"handbook.condition.{node.node}", params, language)


def _leaf(node: Compare, language: str) -> str:
    operator = messages.text(f"operator.{node.op.value}", language=language)
    if node.other is not None:
        value = node.other + (f" + {node.offset}" if node.offset else "")
    elif isinstance(node.value, tuple):
        value = ", ".join(str(one) for one in node.value)
    elif isinstance(node.value, bool):
        value = messages.text(f"handbook.{'yes' if node.value else 'no'}", language=language)
    else:
        value = str(node.value)
    return f"{node.field}: {operator} {value}"
