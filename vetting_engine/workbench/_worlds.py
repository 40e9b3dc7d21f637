"""Symbolic facts: every value a rule may read, left open, within what the vocabulary allows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import pairwise

from vetting_engine.model.facts import Fact, FactList, FieldSpec, FieldType, Vocabulary
from vetting_engine.workbench._encode import Holds, Value
from vetting_engine.workbench._smt import Answer, Smt, Term

__all__ = ["Codes", "Record", "Seen", "World"]

#: Whether one reading of the facts sees a member of a list.
Seen = Callable[[str, int], Term]

#: Numbers from here on are no literal's: other texts than those the rules name.
_OTHER_TEXTS = 1_000_000
_SMALL = 10_000
_FIRST_DAY, _LAST_DAY = date(1900, 1, 1).toordinal(), date(2199, 12, 31).toordinal()


class Codes:
    """Texts as numbers: those that rules name, and others."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def code(self, value: object) -> int:
        """The number a value stands for."""
        if isinstance(value, bool | int):
            return int(value)
        if isinstance(value, date):
            return value.toordinal()
        return self._numbers.setdefault(str(value), len(self._numbers))

    def text(self, number: int) -> str:
        """The text of a number; an invented one where no rule names it."""
        texts = list(self._numbers)
        return texts[number] if 0 <= number < len(texts) else f"other-{number % _OTHER_TEXTS}"


class Record:
    """The fields of one mapping, made when they are first read."""

    def __init__(self, world: World, fields: Mapping[str, FieldSpec]) -> None:
        self._world = world
        self._fields = fields
        self.values: dict[str, Value] = {}

    def value(self, key: str) -> Value:
        """The field's value, open within its type."""
        if key not in self.values:
            self.values[key] = self._world.open(self._fields[key])
        return self.values[key]

    def plain(self) -> Iterable[Term]:
        """What makes the values easy to read: small numbers, names in use only where they matter."""
        for key, value in self.values.items():
            spec = self._fields[key]
            if isinstance(value.number, int) or spec.values or spec.type in (FieldType.FLAG, FieldType.DATE):
                continue
            least, most = (_OTHER_TEXTS, 2 * _OTHER_TEXTS) if spec.type is FieldType.TEXT else (0, _SMALL)
            yield self._world.smt.every((value.number >= least, value.number <= most))

    def read(self, answer: Answer, codes: Codes) -> dict[str, Fact]:
        """What a case found says about the fields that were read."""
        found: dict[str, Fact] = {}
        for key, value in sorted(self.values.items()):
            known = answer.flag(value.known)
            found[key] = _decoded(answer.number(value.number), self._fields[key].type, codes) if known else None
        return found


class World:
    """Facts in one vocabulary with so many members per list, each there or not. It reads itself as a check's facts.

    ``constraints`` are what holds of all facts of this kind; ``read`` are the fields that conditions asked for.
    """

    def __init__(self, smt: Smt, vocabulary: Vocabulary, sizes: Mapping[str, int], as_of: date) -> None:
        self.smt = smt
        self.codes = Codes()
        self.constraints: list[Term] = []
        self.read: set[tuple[str, str]] = set()
        self.day = as_of.toordinal()
        self.fields = Record(self, vocabulary.fields)
        self.members = {
            name: [Record(self, spec.fields) for _ in range(sizes.get(name, 0))]
            for name, spec in vocabulary.lists.items()
        }
        self.there: dict[str, list[Term]] = {
            name: [smt.flag() for _ in records] for name, records in self.members.items()
        }
        for flags in self.there.values():
            # Members are alike: the first ones are there before the later ones.
            self.constraints.extend(smt.implies(later, former) for former, later in pairwise(flags))

    def open(self, spec: FieldSpec) -> Value:
        """A value that may be anything of its type."""
        smt, number = self.smt, self.smt.number()
        known = True if spec.always_known else smt.flag()
        if spec.type is FieldType.FLAG:
            self.constraints.append(smt.every((number >= 0, number <= 1)))
        elif spec.values:
            self.constraints.append(smt.some(number == self.codes.code(name) for name in spec.values))
        elif spec.type is FieldType.DATE:
            self.constraints.append(smt.every((number >= _FIRST_DAY, number <= _LAST_DAY)))
        elif spec.type is not FieldType.INTEGER:
            self.constraints.append(smt.every((number >= 0, number <= 2 * _OTHER_TEXTS)))
        return Value(known, number)

    def size(self, over: str) -> int:
        """How many members the list can have at most."""
        return len(self.members.get(over, ()))

    def present(self, over: str, index: int) -> Term:
        """Whether the list has this member."""
        return self.there[over][index]

    def value(self, over: str, index: int, key: str) -> Value:
        """A field of a member; of the facts themselves where ``over`` is empty."""
        self.read.add((over, key))
        return (self.members[over][index] if over else self.fields).value(key)

    def truth(self, key: str) -> Holds | None:  # noqa: ARG002  # a check's facts derive nothing
        """No fact is derived here."""
        return None

    def code(self, value: object) -> int:
        """The number a literal stands for."""
        return self.codes.code(value)

    def wishes(self) -> Iterable[Term]:
        """What makes a case easy to read: few members, nothing unknown."""
        smt = self.smt
        for flags in self.there.values():
            yield from (smt.neg(flag) for flag in reversed(flags))
        for record in (self.fields, *(one for records in self.members.values() for one in records)):
            yield smt.every(value.known for value in record.values.values())
            yield from record.plain()

    def facts(self, answer: Answer, seen: Seen | None = None) -> dict[str, Fact | FactList]:
        """The facts of a case found, as far as anything was asked about them; ``seen`` says which members count."""
        found: dict[str, Fact | FactList] = dict(self.fields.read(answer, self.codes))
        for name, records in self.members.items():
            there = self.there[name]
            kept = [
                record
                for index, (record, flag) in enumerate(zip(records, there, strict=True))
                if answer.flag(flag) and (seen is None or answer.flag(seen(name, index)))
            ]
            if records:
                found[name] = [record.read(answer, self.codes) for record in kept]
        return found


def _decoded(number: int, type_: FieldType, codes: Codes) -> Fact:
    if type_ is FieldType.FLAG:
        return bool(number)
    if type_ is FieldType.INTEGER:
        return number
    return date.fromordinal(number) if type_ is FieldType.DATE else codes.text(number)
