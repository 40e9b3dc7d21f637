"""Conditions as alternatives of plain tests, twice: what is surely true and what is possibly true.

A three-valued condition becomes two two-valued ones (unknown = possibly but not surely true). Each is brought
to negation normal form and its alternatives are split, since the inference engine's own OR, counting and
negation of groups answer wrongly; what cannot be said with one absence becomes a proposition of its own,
proved in an earlier pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from vetting_engine.conditions.bound import (
    FACTS,
    Bound,
    BoundCount,
    BoundJoin,
    BoundLeaf,
    BoundNot,
    BoundSome,
    free_slots,
    refs,
)
from vetting_engine.decide._columns import Column, Form, UnfitError
from vetting_engine.decide._tests import Absent, Branch, Link, Present, Test, flipped, leaf_branches
from vetting_engine.decide._tests import count_branches as _count_branches
from vetting_engine.model.decision_facts import FACT_PREFIX

__all__ = ["MAX_BRANCHES", "Proposition", "Splitter", "facts_read", "may_be_unknown"]

#: More alternatives than this are not asked of the engine: each is a rule there.
MAX_BRANCHES = 64
_TOO_MANY = "too_many_alternatives"


@dataclass(frozen=True, slots=True)
class Proposition:
    """A closed part of a condition, proved in a pass of its own; ``sure`` and ``wanted`` as in ``Splitter``."""

    name: str
    part: Bound
    branches: tuple[Branch, ...]
    uses: frozenset[str]


class Splitter:
    """Splits conditions into alternatives; collects the propositions they rest on."""

    def __init__(self) -> None:
        self.propositions: dict[tuple[Bound, bool, bool], Proposition] = {}
        self._variables = 0
        self._used: set[str] = set()

    def split(self, node: Bound, *, sure: bool) -> tuple[tuple[Branch, ...], frozenset[str]]:
        """Alternatives under which ``node`` is true (surely, or possibly), and the propositions they use.

        Raises:
            UnfitError: it cannot be said in the safe part of the engine's language.
        """
        outer, self._used = self._used, set()
        branches = self._walk(node, {FACTS: FACTS}, sure=sure, wanted=True)
        used, self._used = frozenset(self._used), outer
        return tuple(dict.fromkeys(branches)), used

    def _walk(self, node: Bound, variables: dict[int, int], *, sure: bool, wanted: bool) -> list[Branch]:
        if isinstance(node, BoundLeaf):
            return leaf_branches(node, variables, sure=sure, wanted=wanted)
        if isinstance(node, BoundNot):
            return self._walk(node.part, variables, sure=sure, wanted=not wanted)
        if isinstance(node, BoundCount):
            return _count_branches(node, variables, sure=sure, wanted=wanted)
        if isinstance(node, BoundSome):
            if wanted:
                return self._present(node, variables, sure=sure)
            return self._absent(node, variables, sure=sure)
        return self._join(node, variables, sure=sure, wanted=wanted)

    def _join(self, node: BoundJoin, variables: dict[int, int], *, sure: bool, wanted: bool) -> list[Branch]:
        needed = node.n if wanted else len(node.parts) - node.n + 1
        if needed <= 0:
            return [()]  # more parts are asked for than there are: never true, so surely not
        parts = [self._walk(part, variables, sure=sure, wanted=wanted) for part in node.parts]
        if needed == len(parts) and _size(parts) > MAX_BRANCHES:
            parts = [
                branches if len(branches) == 1 else self._proved(part, branches, sure=sure, wanted=wanted)
                for part, branches in zip(node.parts, parts, strict=True)
            ]
        found: list[Branch] = []
        for chosen in combinations(parts, needed):
            if len(found) + _size(chosen) > MAX_BRANCHES:
                raise UnfitError(_TOO_MANY)
            found.extend(_merged(branches) for branches in product(*chosen))
        return found

    def _variable(self) -> int:
        self._variables += 1
        return self._variables

    def _present(self, node: BoundSome, variables: dict[int, int], *, sure: bool) -> list[Branch]:
        variable = self._variable()
        present = Present(variable, node.over)
        if node.where is None:
            return [(present,)]
        inner = self._walk(node.where, {**variables, node.slot: variable}, sure=sure, wanted=True)
        return [_merged(((present,), branch)) for branch in inner]

    def _absent(self, node: BoundSome, variables: dict[int, int], *, sure: bool) -> list[Branch]:
        variable = self._variable()
        if node.where is None:
            return [(Absent(variable, node.over, ()),)]
        # No member may be a possible one, for "surely none"; no sure one, for "possibly none".
        inner = self._walk(node.where, {**variables, node.slot: variable}, sure=not sure, wanted=True)
        if any(isinstance(literal, Present | Absent) for branch in inner for literal in branch):
            return self._proved(node, None, sure=not sure, wanted=True, negated=True)
        found: list[Branch] = [()]
        for branch in inner:
            tests = [literal for literal in branch if isinstance(literal, Test | Link)]
            own = tuple(literal for literal in tests if _mentions(literal, variable))
            outside = [flipped(literal) for literal in tests if not _mentions(literal, variable)]
            ways: list[Branch] = [(Absent(variable, node.over, own),), *((literal,) for literal in outside)]
            if len(found) * len(ways) > MAX_BRANCHES:
                raise UnfitError(_TOO_MANY)
            found = [_merged(pair) for pair in product(found, ways)]
        return found

    def _proved(
        self, node: Bound, branches: Sequence[Branch] | None, *, sure: bool, wanted: bool, negated: bool = False
    ) -> list[Branch]:
        """One test of a proposition in place of ``node``'s alternatives; only for parts that stand alone."""
        if free_slots(node) - {FACTS}:
            raise UnfitError(_TOO_MANY if branches else "absence_within_absence")
        key = (node, sure, wanted)
        if key not in self.propositions:
            outer, self._used = self._used, set()
            inner = self._walk(node, {FACTS: FACTS}, sure=sure, wanted=wanted)
            name = f"p{len(self.propositions)}"
            made = Proposition(name, node, tuple(dict.fromkeys(inner)), frozenset(self._used))
            self._used = outer
            self.propositions[key] = made
        name = self.propositions[key].name
        self._used.add(name)
        return [(Test(FACTS, Column("", Form.PROVED, name), "=", 0 if negated else 1),)]


def _size(parts: Iterable[Sequence[Branch]]) -> int:
    size = 1
    for branches in parts:
        size *= len(branches)
    return size


def _merged(branches: Iterable[Branch]) -> Branch:
    return tuple(dict.fromkeys(literal for branch in branches for literal in branch))


def _mentions(literal: Test | Link, variable: int) -> bool:
    if isinstance(literal, Link):
        return variable in (literal.variable, literal.other_variable)
    return literal.variable == variable


def may_be_unknown(node: Bound) -> bool:
    """Whether the condition reads anything that may be unknown."""
    return not all(ref.always_known for ref in refs(node))


def facts_read(node: Bound) -> frozenset[str]:
    """Names of the derived facts a part reads."""
    paths = [ref.path for ref in refs(node) if ref.slot == FACTS]
    return frozenset(path.removeprefix(FACT_PREFIX) for path in paths if path.startswith(FACT_PREFIX))
