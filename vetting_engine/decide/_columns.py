"""What durable-rules gets to see: every value as an integer in a named column.

Texts become tokens (equal texts, equal tokens), flags 0 and 1, days ordinals, names of a scale their rank.
A field that may be unknown becomes a pair ``low``/``high`` with everything between them possible, and a flag
``known``: so two-valued tests can say both "surely true" and "possibly true". No text, no null and no float
ever reaches the C code, whose comparisons of those are unsafe.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from vetting_engine.conditions.bound import FACTS, BoundCount, BoundLeaf, Kind, Ref, free_slots
from vetting_engine.conditions.evaluate import count_bounds
from vetting_engine.conditions.values import AS_OF, Env, comparable, leaf_test

__all__ = [
    "HIGH",
    "LOW",
    "TOO_LARGE",
    "Column",
    "Encode",
    "Form",
    "Token",
    "Tokens",
    "UnfitError",
    "encoder",
]

#: Bounds of what is possible for an unknown value; values themselves stay strictly inside, since the C code
#: saturates at 2^63 without saying so.
LOW, HIGH = -(1 << 62), 1 << 62
TOO_LARGE = "number_too_large"
_FALSE, _TRUE, _UNKNOWN = 0, 1, 2


class UnfitError(Exception):
    """The engine cannot be asked about this safely; the argument is the reason code."""


class Form(StrEnum):
    """What a column holds of its field."""

    VALUE = "value"  # of a field that is always known
    LOW = "low"
    HIGH = "high"
    KNOWN = "known"  # 1 or 0
    PRESENT = "present"  # 1 or 0: the raw value is there, of whatever type
    ANSWER = "answer"  # 0 false, 1 true, 2 unknown: of a leaf within one member, or of a set
    COUNT_LOW = "count_low"
    COUNT_HIGH = "count_high"
    PROVED = "proved"  # 1 or 0: an auxiliary proposition of an earlier pass


@dataclass(frozen=True, slots=True)
class Column:
    """One integer per fact. ``over`` is the list, empty for the candidate's own fact.

    ``source`` says where it comes from: a field reference, a leaf, a count, or the name of a proposition.
    ``age``: days from the field's day to the day of decision instead of the day itself.
    """

    over: str
    form: Form
    source: Ref | BoundLeaf | BoundCount | str
    kind: Kind = Kind.INTEGER
    scale: tuple[str, ...] = ()
    offset: int = 0
    age: bool = False


Token = Callable[[str], int]


class Tokens:
    """Texts as integers. Those of the rules are numbered once; a decision numbers its own after them."""

    def __init__(self) -> None:
        self._fixed: dict[str, int] = {}

    def fix(self, text: str) -> int:
        """The token of a text that stands in a rule."""
        return self._fixed.setdefault(text, len(self._fixed) + 1)

    def for_decision(self) -> Token:
        """A function from texts to tokens for one decision; it forgets the decision's texts with it."""
        fixed, fresh = self._fixed, dict[str, int]()
        first = len(fixed) + 1

        def token(text: str) -> int:
            known = fixed.get(text)
            return known if known is not None else fresh.setdefault(text, first + len(fresh))

        return token


#: One fact's integers, from the environment, the member (of the candidate's own fact: the facts), the decision's
#: tokens and the proved propositions.
Encode = Callable[[Env, Mapping[str, Any], Token, Mapping[str, bool]], int]
_ANSWERS: Mapping[bool | None, int] = {False: _FALSE, True: _TRUE, None: _UNKNOWN}


def encoder(column: Column) -> Encode:
    """A function that writes one column of one fact.

    It raises ``UnfitError`` for a value that does not fit: then the engine must not be asked.
    """
    source = column.source
    if isinstance(source, str):
        return lambda _env, _member, _token, proved: int(proved[source])
    if isinstance(source, Ref):
        if column.form is Form.PRESENT:
            key = source.key
            return lambda _env, member, _token, _proved: int(member.get(key) is not None)
        return _field(column, source)
    return _computed(column, source)


def _computed(column: Column, source: BoundLeaf | BoundCount) -> Encode:
    """A leaf or a count, evaluated for one member: it stands in the slot the condition reads it from."""
    if isinstance(source, BoundLeaf):
        test, slot = leaf_test(source), source.field.slot

        def answer(env: Env, member: Mapping[str, Any], _token: Token, _proved: Mapping[str, bool]) -> int:
            env[slot] = member
            return _ANSWERS[test(env)]

        return answer
    bounds, index = count_bounds(source), int(column.form is Form.COUNT_HIGH)
    outer = next(iter(sorted(free_slots(source) - {FACTS})), FACTS)

    def count(env: Env, member: Mapping[str, Any], _token: Token, _proved: Mapping[str, bool]) -> int:
        env[outer] = member
        return bounds(env)[index]

    return count


def _field(column: Column, ref: Ref) -> Encode:
    key, kind, scale, form = ref.key, column.kind, column.scale, column.form
    offset, age, is_text = column.offset, column.age, column.kind is Kind.TEXT
    missing = {Form.LOW: LOW, Form.HIGH: HIGH, Form.KNOWN: 0}.get(form)

    def field(env: Env, member: Mapping[str, Any], token: Token, _proved: Mapping[str, bool]) -> int:
        value: Any = comparable(member.get(key), kind, scale)
        if value is None:
            if missing is None:
                raise UnfitError("value_missing")
            return missing
        if form is Form.KNOWN:
            return 1
        number = token(value) if is_text else env[AS_OF] - value if age else int(value) + offset
        if not LOW < number < HIGH:
            raise UnfitError(TOO_LARGE)
        return int(number)

    return field
