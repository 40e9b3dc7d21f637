"""Decision rules arranged in passes for durable-rules: each rests only on what earlier passes have settled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from vetting_engine.decide._columns import Tokens, UnfitError
from vetting_engine.decide._logic import Proposition, Splitter, facts_read, may_be_unknown
from vetting_engine.decide._network import Answer, Shard, deal
from vetting_engine.decide._strata import Entry, derivers
from vetting_engine.decide._tests import Branch

__all__ = ["POSSIBLY", "PROVED", "SURELY", "Pass", "Plan", "plan"]

#: What a rule of the network can answer about a rule of the pack, or about a proposition.
SURELY, POSSIBLY, PROVED = "surely", "possibly", "proved"


@dataclass(frozen=True, slots=True)
class Pass:
    """What one pass settles, and the networks it asks."""

    settles: frozenset[Answer]
    shards: tuple[Shard, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Passes in order; ``abstains``: rules that cannot be put to the engine safely → why, as a code."""

    passes: tuple[Pass, ...]
    abstains: Mapping[str, str]
    tokens: Tokens


def plan(entries: Sequence[Entry]) -> Plan:
    """Split every rule, set aside those that do not fit, and arrange the rest."""
    return _Planner(entries).plan()


class _Planner:
    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self.tokens = Tokens()
        self.splitter = Splitter()
        #: Rule or proposition → what it answers → its alternatives; and the propositions it uses.
        self.alternatives: dict[str, dict[str, tuple[Branch, ...]]] = {}
        self.uses: dict[str, frozenset[str]] = {}
        self.reads: dict[str, frozenset[str]] = {}

    def plan(self) -> Plan:
        abstains: dict[str, str] = {}
        for entry in self.entries:
            try:
                self._add(entry)
            except UnfitError as error:
                abstains[entry.id] = str(error)
        ranks = self._ranks()
        passes = tuple(self._pass(number, ranks) for number in range(max(ranks.values(), default=-1) + 1))
        return Plan(passes, abstains, self.tokens)

    def _add(self, entry: Entry) -> None:
        bound = entry.condition.bound
        surely, uses = self.splitter.split(bound, sure=True)
        kinds = {SURELY: surely}
        if may_be_unknown(bound):
            kinds[POSSIBLY], more = self.splitter.split(bound, sure=False)
            uses |= more
        known = {made.name: made for made in self.splitter.propositions.values()}
        needed = [known[name] for name in _closure(uses, known)]
        for branches in (*kinds.values(), *(made.branches for made in needed)):
            for branch in branches:
                Shard(self.tokens).add("alone", (SURELY, ""), branch)
        for made in needed:
            self._settle(made.name, {PROVED: made.branches}, made.uses, facts_read(made.part))
        self._settle(entry.id, kinds, uses, facts_read(bound))

    def _settle(
        self, name: str, kinds: dict[str, tuple[Branch, ...]], uses: frozenset[str], reads: frozenset[str]
    ) -> None:
        self.alternatives[name], self.uses[name], self.reads[name] = kinds, uses, reads

    def _ranks(self) -> dict[str, int]:
        """The pass of each rule and proposition; rules whose answer is told stand before the first."""
        makers = derivers(self.entries)

        @cache
        def rank(name: str) -> int:
            if name not in self.alternatives:
                return -1
            below = [rank(maker) for fact in sorted(self.reads[name]) for maker in makers.get(fact, ())]
            return 1 + max([*below, *(rank(one) for one in sorted(self.uses[name])), -1])

        return {name: rank(name) for name in self.alternatives}

    def _pass(self, number: int, ranks: Mapping[str, int]) -> Pass:
        here = [
            ((kind, name), branches)
            for name, kinds in self.alternatives.items()
            if ranks[name] == number
            for kind, branches in kinds.items()
        ]
        shards = deal([(answer, branch) for answer, branches in here for branch in branches], self.tokens)
        return Pass(frozenset(answer for answer, _ in here), tuple(shards))


def _closure(names: Iterable[str], known: Mapping[str, Proposition]) -> list[str]:
    """The propositions named and all they use, in order of name."""
    found: set[str] = set()
    left = list(names)
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left.extend(known[name].uses)
    return sorted(found)
