"""Evaluates the one condition grammar with three values and a full leaf trace.

The meaning is that of ``model.condition``. A list that the facts do not name has no members. Nothing else in
the package evaluates conditions.
"""

from __future__ import annotations

from datetime import date

from vetting_engine.conditions._bind import MAX_NESTED_QUANTIFIERS, bind
from vetting_engine.conditions._reads import Read, reads
from vetting_engine.conditions._trace import Probe, Trace
from vetting_engine.conditions.bound import Bound
from vetting_engine.conditions.evaluate import MAX_STEPS, TooCostlyError
from vetting_engine.model.condition import Condition
from vetting_engine.model.facts import Facts, Vocabulary

__all__ = ["MAX_NESTED_QUANTIFIERS", "MAX_STEPS", "Compiled", "Read", "Trace", "compile_condition"]


class Compiled:
    """A condition ready to be asked. Holds no state between calls; not picklable, compile again instead."""

    __slots__ = ("_probe", "bound")

    def __init__(self, bound: Bound) -> None:
        self.bound = bound
        self._probe = Probe(bound)

    def reads(self) -> tuple[Read, ...]:
        """The candidate-level fields and lists it reads."""
        return reads(self.bound)

    def test(self, facts: Facts, as_of: date) -> bool | None:
        """True, false, or None for unknown; linear in the facts for lists that are not nested.

        Nested lists visit at most ``MAX_STEPS`` members; a condition that would need more is unknown.
        """
        try:
            return self._probe.test(self._probe.env(facts, as_of))
        except TooCostlyError:
            return None

    def trace(self, facts: Facts, as_of: date) -> Trace:
        """The same answer with every leaf behind it."""
        return Trace(self.test(facts, as_of), self._probe, facts, as_of)


def compile_condition(condition: Condition, vocabulary: Vocabulary) -> Compiled:
    """Resolve the names of a condition and make it ready to be asked.

    Raises:
        RulesetError: with every fault found: unknown field or list, alias in use, operator or value that does
            not fit the field's type, a branch without parts, too deep, too many lists nested.
    """
    return Compiled(bind(condition, vocabulary))
