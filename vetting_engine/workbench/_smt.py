"""The only home of z3: terms, and the question whether they can hold together.

Whole numbers and flags are all the analysis needs: texts are numbered, days are ordinals. Terms that are plain
``True`` or ``False`` are folded before z3 sees them, so that what cannot matter costs nothing.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from typing import Any

from vetting_engine.errors import EngineError, Fault

__all__ = ["TIMEOUT_SECONDS", "Answer", "Outcome", "Smt", "Term"]

#: For one question. Those of a pack of fifty rules take hundredths of a second; the rest is honestly undecided.
TIMEOUT_SECONDS = 10.0
#: A flag or a number of z3, or a plain bool or int.
Term = Any


class Outcome(StrEnum):
    """What the solver says: there is such a case, there is none, or it could not tell in time."""

    FOUND = "found"
    NONE = "none"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome and, where a case was found, its values."""

    outcome: Outcome
    model: Any = None

    def number(self, term: Term) -> int:
        """The value of a number; 0 where the case leaves it open."""
        if isinstance(term, int):
            return int(term)
        value: int = self.model.eval(term, model_completion=True).as_long()
        return value

    def flag(self, term: Term) -> bool:
        """The value of a flag; false where the case leaves it open."""
        if isinstance(term, bool):
            return term
        return str(self.model.eval(term, model_completion=True)) == "True"


class Smt:
    """Terms and questions in a context of their own: instances do not share state, one per thread.

    Raises:
        EngineError: at construction, where z3 is not installed.
    """

    def __init__(self, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        try:
            self._z3: Any = importlib.import_module("z3")
        except ImportError:
            raise EngineError(Fault("analyse.not_installed")) from None
        self._context = self._z3.Context()
        self._timeout = max(1, int(timeout_seconds * 1000))
        self._names = count()

    def flag(self) -> Term:
        """A flag that may be either."""
        return self._z3.Bool(f"b{next(self._names)}", self._context)

    def number(self) -> Term:
        """A whole number without bounds."""
        return self._z3.Int(f"n{next(self._names)}", self._context)

    def every(self, terms: Iterable[Term]) -> Term:
        """All hold."""
        kept = []
        for term in terms:
            if term is False:
                return False
            if term is not True:
                kept.append(term)
        return True if not kept else kept[0] if len(kept) == 1 else self._z3.And(*kept)

    def some(self, terms: Iterable[Term]) -> Term:
        """One holds."""
        kept = []
        for term in terms:
            if term is True:
                return True
            if term is not False:
                kept.append(term)
        return False if not kept else kept[0] if len(kept) == 1 else self._z3.Or(*kept)

    def neg(self, term: Term) -> Term:
        """It does not hold."""
        return (not term) if isinstance(term, bool) else self._z3.Not(term)

    def implies(self, one: Term, other: Term) -> Term:
        """Where one holds the other does."""
        return self.some((self.neg(one), other))

    def same(self, one: Term, other: Term) -> Term:
        """Both flags hold, or neither."""
        return self.neg(self.differ(one, other))

    def differ(self, one: Term, other: Term) -> Term:
        """One flag holds and the other does not."""
        if isinstance(one, bool):
            one, other = other, one
        if isinstance(other, bool):
            return self.neg(one) if other else one
        return one != other

    def choose(self, condition: Term, yes: Term, no: Term) -> Term:
        """A number: ``yes`` where the condition holds, otherwise ``no``."""
        if isinstance(condition, bool):
            return yes if condition else no
        return self._z3.If(condition, self._whole(yes), self._whole(no))

    def at_least(self, terms: Sequence[Term], needed: int) -> Term:
        """At least so many of the flags hold."""
        needed -= sum(term is True for term in terms)
        kept = [term for term in terms if not isinstance(term, bool)]
        if needed <= 0:
            return True
        if needed >= len(kept):
            return self.every(kept) if needed == len(kept) else False
        return self.some(kept) if needed == 1 else self._z3.AtLeast(*kept, needed)

    def solve(self, hard: Iterable[Term], soft: Iterable[Term] = ()) -> Answer:
        """A case in which all of ``hard`` holds, and of ``soft`` in its order what else still can."""
        wanted = self.every(hard)
        if wanted is False:
            return Answer(Outcome.NONE)
        solver = self._z3.Solver(ctx=self._context)
        # The same question gets the same case: the seed is fixed.
        solver.set("timeout", self._timeout)
        solver.set("random_seed", 0)
        if wanted is not True:
            solver.add(wanted)
        model = self._asked(solver)
        if isinstance(model, Outcome):
            return Answer(model)
        for wish in soft:
            if isinstance(wish, bool):
                continue
            solver.push()
            solver.add(wish)
            better = self._asked(solver)
            if isinstance(better, Outcome):
                solver.pop()
            else:
                model = better
        return Answer(Outcome.FOUND, model)

    def _asked(self, solver: Any) -> Any:  # noqa: ANN401  # a model of z3, or why there is none
        said = solver.check()
        if said == self._z3.sat:
            return solver.model()
        return Outcome.NONE if said == self._z3.unsat else Outcome.UNDECIDED

    def _whole(self, value: Term) -> Term:
        return self._z3.IntVal(value, self._context) if isinstance(value, int) else value
