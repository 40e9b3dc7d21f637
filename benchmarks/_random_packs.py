"""Random conditions, rule chains and facts: the raw material for "the two engines agree".

Small domains on purpose: values meet, joins join, and every third value is missing. The same seed gives
the same cases for ever; tests use the generator, too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any as Anything

from vetting_engine.model.condition import All, Any, AtLeast, Compare, Condition, Count, Not, Operator, Some
from vetting_engine.model.facts import FieldSpec, FieldType, ListSpec, Vocabulary
from vetting_engine.model.scales import Level

__all__ = ["AS_OF", "DERIVED", "VOCABULARY", "random_chain", "random_condition", "random_facts"]

AS_OF = date(2026, 1, 15)
#: Facts that rules of a chain derive; a rule reads only those before its own.
DERIVED = ("a", "b", "c")

_WORDS = ("", "alpha", "beta", "ḥāʾ", "x" * 70_000, 'a"\\\x00b', "1", "true", "سلام", "\ud800")
_NUMBERS = (-(2**61), -3, 0, 1, 2, 3, 50, 2**61)
_DAYS = tuple(AS_OF + timedelta(days=shift) for shift in (-400, -365, -30, -1, 0, 1, 10))
_KINDS = ("one", "two", "three")
_SPECS: Mapping[str, FieldType] = {
    "number": FieldType.INTEGER,
    "flag": FieldType.FLAG,
    "word": FieldType.TEXT,
    "kind": FieldType.NAME,
    "level": FieldType.NAME,
    "day": FieldType.DATE,
}
_EQUALITY = (Operator.EQ, Operator.NE, Operator.IN, Operator.NOT_IN, Operator.PRESENT)
_ORDER = (Operator.LT, Operator.LE, Operator.GT, Operator.GE)
_DATES = (Operator.WITHIN_DAYS, Operator.OLDER_THAN_DAYS)
_COUNTS = (Operator.EQ, Operator.NE, *_ORDER)
_ORDERED = ("number", "level", "day")
_MISSING = 0.3


def _fields() -> dict[str, FieldSpec]:
    """Every type twice: ``sure_…`` is always known."""
    fields = {}
    for name, type_ in _SPECS.items():
        values = _KINDS if name == "kind" else tuple(Level) if name == "level" else ()
        for stem, known in (("", False), ("sure_", True)):
            fields[stem + name] = FieldSpec(
                type=type_, about="Invented.", values=values, ordered=name == "level", always_known=known
            )
    return fields


_FLAGS = {f"fact.{name}": FieldSpec(type=FieldType.FLAG, about="Derived.") for name in DERIVED}
VOCABULARY = Vocabulary(
    name="random",
    fields={**_fields(), **_FLAGS},
    lists={name: ListSpec(about="Invented.", fields=_fields()) for name in ("left", "right")},
)


def _value(chance: Random, name: str) -> Anything:  # noqa: ANN401  # a value of the field's type
    stem = name.removeprefix("sure_")
    domain: Sequence[Anything] = {
        "number": _NUMBERS,
        "flag": (False, True),
        "word": _WORDS,
        "kind": _KINDS,
        "level": tuple(level.value for level in Level),
        "day": _DAYS,
    }[stem]
    return chance.choice(domain)


def _record(chance: Random) -> dict[str, Anything]:
    record = {}
    for name in _fields():
        missing = not name.startswith("sure_") and chance.random() < _MISSING
        if not missing:
            record[name] = _value(chance, name)
        elif chance.random() < 0.5:
            record[name] = None
    return record


def random_facts(chance: Random, most: int = 4) -> dict[str, Anything]:
    """Facts in ``VOCABULARY`` with at most ``most`` members per list; about a third of what may be unknown is."""
    facts = _record(chance)
    for name in ("left", "right"):
        facts[name] = [_record(chance) for _ in range(chance.randrange(most + 1))]
    return facts


def random_condition(chance: Random, depth: int = 4, derived: Sequence[str] = ()) -> Condition:
    """A condition of at most ``depth`` branches that may read the facts ``derived``."""
    return _node(chance, depth, (), derived)


def random_chain(chance: Random, length: int = 4, depth: int = 3) -> list[tuple[str, Condition, str | None]]:
    """Rules ``(id, condition, derived fact or None)`` that may read what earlier ones derive."""
    rules: list[tuple[str, Condition, str | None]] = []
    derived: list[str] = []
    for index in range(length):
        fact = DERIVED[len(derived)] if len(derived) < len(DERIVED) and chance.random() < 0.6 else None
        rules.append((f"rule-{index}", random_condition(chance, depth, tuple(derived)), fact))
        if fact is not None:
            derived.append(fact)
    return rules


def _node(chance: Random, depth: int, scope: tuple[str, ...], derived: Sequence[str]) -> Condition:
    if depth == 0 or chance.random() < 0.15:
        return _leaf(chance, scope, derived)
    shape = chance.randrange(8)
    if shape < 4:
        parts = tuple(_node(chance, depth - 1, scope, derived) for _ in range(chance.randint(1, 3)))
        if shape < 2:
            return All(of=parts)
        return Any(of=parts) if shape == 2 else AtLeast(n=chance.randint(1, len(parts)), of=parts)
    if shape == 4:
        return Not(of=_node(chance, depth - 1, scope, derived))
    if len(scope) == 2:
        return _leaf(chance, scope, derived)
    alias = "ab"[len(scope)]
    where = _node(chance, depth - 1, (*scope, alias), derived) if chance.random() < 0.9 else None
    over = chance.choice(("left", "right"))
    if shape < 7:
        some = Some(over=over, alias=alias, where=where)
        return some if chance.random() < 0.6 else Not(of=some)
    distinct = chance.choice((None, "word", "number", "flag"))
    return Count(
        over=over,
        alias=alias,
        where=where,
        distinct=distinct,
        op=chance.choice(_COUNTS),
        value=chance.randrange(4),
    )


def _leaf(chance: Random, scope: tuple[str, ...], derived: Sequence[str]) -> Condition:
    if derived and chance.random() < 0.35:
        fact = f"fact.{chance.choice(derived)}"
        op = chance.choice((Operator.EQ, Operator.NE, Operator.PRESENT))
        return Compare(field=fact, op=op, value=chance.random() < 0.7)
    name = chance.choice(tuple(_fields()))
    stem = name.removeprefix("sure_")
    place = _place(chance, scope)
    if chance.random() < 0.3:
        op = chance.choice(_COUNTS if stem in _ORDERED else (Operator.EQ, Operator.NE))
        other = _place(chance, scope) + chance.choice(("", "sure_")) + stem
        offset = chance.choice((0, 1, -2)) if stem == "number" else 0
        return Compare(field=place + name, op=op, other=other, offset=offset)
    ordered = (*_ORDER, *_DATES) if stem == "day" else _ORDER if stem in _ORDERED else ()
    op = chance.choice((*_EQUALITY, *ordered))
    return Compare(field=place + name, op=op, value=_literal(chance, op, name))


def _literal(chance: Random, op: Operator, name: str) -> Anything:  # noqa: ANN401  # what the operator takes
    if op is Operator.PRESENT:
        return chance.random() < 0.5
    if op in _DATES:
        return chance.choice((0, 1, 30, 365))
    if op in (Operator.IN, Operator.NOT_IN):
        return tuple(_value(chance, name) for _ in range(chance.randint(1, 3)))
    return _value(chance, name)


def _place(chance: Random, scope: tuple[str, ...]) -> str:
    places = ("", *(f"{alias}." for alias in scope), *(f"{alias}." for alias in scope))
    return chance.choice(places)
