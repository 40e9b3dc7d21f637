"""What a condition needs before it can hold: a quick look ahead that never says no wrongly.

The members of a list are sorted into *classes* by fields whose values are known beforehand (the kind of a term).
From the condition follows a formula over "there is a member of this class", which is answered in well under a
microsecond; only where it is true the condition itself has to be asked. Everything but the classes is left open: other
fields may have any value, or none, and so may the candidate-level facts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vetting_engine.conditions.bound import FACTS, Bound, BoundCount, BoundJoin, BoundLeaf, BoundNot, BoundSome
from vetting_engine.conditions.evaluate import new_env
from vetting_engine.conditions.values import leaf_test
from vetting_engine.model.condition import Operator
from vetting_engine.model.facts import Fact

__all__ = ["Needs", "OneOf", "Possible", "SomeOf", "met"]

_RISING = frozenset({Operator.GT, Operator.GE})


@dataclass(frozen=True, slots=True)
class OneOf:
    """A member of one of these classes (a bit each), and what else is needed beside it."""

    pairs: tuple[tuple[int, Needs], ...]

    def met(self, there: int) -> bool:
        """Whether the classes in the bits of ``there`` suffice."""
        return any(mask & there and (needs is True or met(needs, there)) for mask, needs in self.pairs)


@dataclass(frozen=True, slots=True)
class SomeOf:
    """At least ``n`` of the parts."""

    n: int
    parts: tuple[Needs, ...]

    def met(self, there: int) -> bool:
        """Whether the classes in the bits of ``there`` suffice."""
        return sum(met(part, there) for part in self.parts) >= self.n


#: True: nothing is needed; False: it can never be.
Needs = bool | OneOf | SomeOf


class Possible:
    """Conditions over one list, by the classes of its members.

    Args:
        over: name of the list.
        classes: for each class the fields that all its members have in common; class ``i`` has bit ``1 << i``.
    """

    def __init__(self, over: str, classes: Sequence[Mapping[str, Fact]]) -> None:
        self._over = over
        self._classes = classes

    def needs(self, condition: Bound) -> Needs:
        """What must be there for the condition to be true or unknown, as ``met`` reads it."""
        return self._needs(condition, {}, wanted=True)

    def _needs(self, node: Bound, slots: Mapping[int, Mapping[str, Fact]], *, wanted: bool) -> Needs:
        """What must be there for the part to be ``wanted`` or unknown; ``slots`` hold the class in each slot."""
        if isinstance(node, BoundLeaf):
            return _leaf(node, slots, wanted=wanted)
        if isinstance(node, BoundNot):
            return self._needs(node.part, slots, wanted=not wanted)
        if isinstance(node, BoundJoin):
            return self._join(node, slots, wanted=wanted)
        return self._quantifier(node, slots, wanted=wanted)

    def _join(self, node: BoundJoin, slots: Mapping[int, Mapping[str, Fact]], *, wanted: bool) -> Needs:
        # At least n are true; or so many are false that n can no longer be true.
        enough = node.n if wanted else len(node.parts) - node.n + 1
        allowed = len(node.parts) - enough
        found: list[Needs] = []
        # Leaves are cheap and mostly settle it: the lists are looked at last.
        for part in sorted(node.parts, key=lambda part: not isinstance(part, BoundLeaf)):
            needs = self._needs(part, slots, wanted=wanted)
            if needs is True:
                enough -= 1
            elif needs is False:
                allowed -= 1
            else:
                found.append(needs)
            if enough <= 0 or allowed < 0:
                return enough <= 0
        return found[0] if len(found) == 1 else SomeOf(enough, tuple(found))

    def _quantifier(
        self, node: BoundSome | BoundCount, slots: Mapping[int, Mapping[str, Fact]], *, wanted: bool
    ) -> Needs:
        if node.over != self._over or not wanted or (isinstance(node, BoundCount) and not _needs_one(node)):
            return True  # none may be there at all, or the list is another one
        bits: dict[Needs, int] = {}
        for number, fields in enumerate(self._classes):
            needs = True if node.where is None else self._needs(node.where, {**slots, node.slot: fields}, wanted=True)
            if needs is not False:
                bits[needs] = bits.get(needs, 0) | 1 << number
        return OneOf(tuple((mask, needs) for needs, mask in bits.items())) if bits else False


def _needs_one(node: BoundCount) -> bool:
    """Whether the count can only hold where at least one member does."""
    least = node.value + (node.op is Operator.GT)
    return least > 0 if node.op in _RISING else node.op is Operator.EQ and node.value > 0


def _leaf(node: BoundLeaf, slots: Mapping[int, Mapping[str, Fact]], *, wanted: bool) -> bool:
    fields = slots.get(node.field.slot)
    if node.other is not None or node.field.slot == FACTS or fields is None or node.field.key not in fields:
        return True
    env = new_env({}, 0, node.field.slot)
    env[node.field.slot] = fields
    answer = leaf_test(node)(env)
    return answer is None or answer is wanted


def met(needs: Needs, there: int) -> bool:
    """Whether the classes in the bits of ``there`` suffice."""
    return needs if isinstance(needs, bool) else needs.met(there)
