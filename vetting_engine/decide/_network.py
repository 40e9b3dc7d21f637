"""Rules for durable-rules, within the caps that were measured to be safe.

Each alternative becomes one rule of the engine: first the candidate's own fact, which is asserted last and so
starts everything once all members are there; then the members that must be there; then those that must not.
Only ``$and``, comparisons of integers, joins and ``$not`` are written. Rules are dealt out to several rule
networks ("shards") where one would pass a cap.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from vetting_engine.conditions.bound import FACTS
from vetting_engine.decide._columns import Column, Encode, Tokens, UnfitError, encoder
from vetting_engine.decide._tests import Absent, Branch, Link, Present, Test

__all__ = ["CAPS", "FINISHED", "ONE", "TYPE", "Answer", "Shard", "deal"]

#: Measured limits of durable-rules 2.0.28, each well inside the point where it crashes, hangs or drops facts.
CAPS: Mapping[str, int] = {
    "rules": 200,  # 256 rules on one pattern crash
    "patterns": 12,  # 16 frames per rule; 18 patterns never fire
    "siblings": 400,  # 513 tests beside each other never finish compiling
    "tests": 60,  # a fact that meets more than 64 at once is dropped
    "columns": 200,  # 255 properties per fact
}
#: The rule that fires for every decision: without it the answer is an error.
FINISHED = "fin"
#: Names in every network: the candidate's own fact, the list a fact comes from, and a field that is always 1.
OWN = "c"
TYPE, ONE = "t", "one"
_SIGNS = {"!=": "$neq", "<": "$lt", "<=": "$lte", ">": "$gt", ">=": "$gte"}
_SWAPPED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_FNV_OFFSET, _FNV_PRIME, _FNV_MASK = 2166136261, 16777619, 0xFFFFFFFF

#: One test of a pattern: column name, sign, and a number or the (alias, column name) of another pattern.
_Check = tuple[str, str, int | tuple[str, str]]
#: What a rule of the network answers when it fires: kind and id.
Answer = tuple[str, str]


@dataclass(slots=True)
class _Pattern:
    """One fact a rule asks for, or asks to be absent."""

    alias: str
    over: str
    absent: bool = False
    checks: list[_Check] = field(default_factory=list)


@dataclass(slots=True)
class _Node:
    """A node of the engine's test tree, as its compiler shares them: to count before it does."""

    children: dict[_Check, _Node] = field(default_factory=dict)
    ends: int = 0

    def insert(self, checks: Sequence[_Check]) -> None:
        node = self
        for index, check in enumerate(checks):
            # Joins are never shared; each counts for itself.
            key = check if isinstance(check[2], int) else (f"{check[0]} {len(node.children)} {index}", *check[1:])
            node = node.children.setdefault(key, _Node())
        node.ends += 1

    def most_at_once(self) -> int:
        """How many tests one fact can have waiting below this node; of ``x = 1`` and ``x = 2`` it meets one."""
        groups: dict[object, int] = {}
        for check, child in self.children.items():
            group = check[0] if check[1] == "=" and isinstance(check[2], int) else check
            groups[group] = max(groups.get(group, 1), child.most_at_once())
        return len(groups) - 1 + max(groups.values()) if groups else 0

    def widest(self) -> int:
        """The most tests beside each other."""
        return max([len(self.children), *(child.widest() for child in self.children.values())])

    def most_ends(self) -> int:
        """The most patterns that share one bare condition."""
        return max([self.ends, *(child.most_ends() for child in self.children.values())])


class Shard:
    """One rule network: its rules, the columns its facts carry, the lists its facts come from."""

    def __init__(self, tokens: Tokens) -> None:
        self.rules: dict[str, dict[str, object]] = {}
        #: Rule of the network → what it answers.
        self.answers: dict[str, Answer] = {}
        #: List ("" = the candidate's own fact) → column → name.
        self.columns: dict[str, dict[Column, str]] = {"": {}}
        #: For each rule, the lists it joins: how many matches there can be.
        self.joined: list[tuple[str, ...]] = []
        self._tokens = tokens
        self._tree = _Node()
        self._names: set[str] = {"id", "sid", "$and", "$s", "$m", "$i", *_SIGNS.values(), OWN, TYPE, ONE}
        self.add(FINISHED, (FINISHED, ""), ())

    @cached_property
    def matches(self) -> Mapping[tuple[str, ...], int]:
        """How many rules join which lists: what a decision's matches are counted from beforehand."""
        return Counter(self.joined)

    @cached_property
    def writers(self) -> tuple[tuple[str, str, tuple[Encode, ...]], ...]:
        """For each list, the candidate's own fact last: a template of one fact, and what fills it after its id."""
        overs = [over for over in self.columns if over] + [""]
        return tuple(
            (over, self._template(over), tuple(encoder(column) for column in self.columns[over])) for over in overs
        )

    @cached_property
    def empty(self) -> str:
        """A candidate's own fact with nothing in it."""
        return self._template("") % (0, *(0 for _ in self.columns[""]))

    def _template(self, over: str) -> str:
        written = "".join(f',"{name}":%d' for name in self.columns[over].values())
        return f'{{"id":"f%d","{TYPE}":{self.type_of(over)},"{ONE}":1{written}}}'

    def type_of(self, over: str) -> int:
        """The number that tells facts of one list from those of another."""
        return list(self.columns).index(over) + 1

    def add(self, name: str, answers: Answer, branch: Branch) -> None:
        """Add one alternative. Raises UnfitError where that passes a cap: it is left out, and the shard is full."""
        members = [literal for literal in branch if isinstance(literal, Present)]
        patterns = {FACTS: _Pattern(OWN, "")}
        for member in members:
            patterns[member.variable] = _Pattern(f"m{len(patterns)}", member.over)
        for test in branch:
            if isinstance(test, Test | Link):
                self._write(test, patterns)
        absences: list[_Pattern] = []
        for absence in branch:
            if isinstance(absence, Absent):
                missing = _Pattern(f"m{len(patterns) + len(absences)}", absence.over, absent=True)
                absences.append(missing)
                for test in absence.tests:
                    self._write(test, {**patterns, absence.variable: missing})
        every = [*patterns.values(), *absences]
        if len(every) > CAPS["patterns"]:
            raise UnfitError("too_many_patterns")
        written = []
        for pattern in every:
            self.columns.setdefault(pattern.over, {})
            checks = _ordered(self.type_of(pattern.over), pattern.checks)
            self._tree.insert(checks)
            written.append({f"{pattern.alias}$not" if pattern.absent else pattern.alias: _conjunction(checks)})
        self._require_caps()
        # Members may stand for two aliases at once: the grammar says so, the engine's default does not.
        self.rules[name] = {"all": written, "dist": 0}
        self.answers[name] = answers
        self.joined.append(tuple(member.over for member in members))

    def _require_caps(self) -> None:
        used = {
            "rules": max(len(self.rules) + 1, self._tree.most_ends()),
            "siblings": self._tree.widest(),
            "tests": self._tree.most_at_once(),
            "columns": max(len(columns) for columns in self.columns.values()),
        }
        for cap, amount in used.items():
            if amount > CAPS[cap]:
                raise UnfitError(f"too_many_{cap}")

    def _write(self, test: Test | Link, patterns: Mapping[int, _Pattern]) -> None:
        """Put a test into its pattern; a join into the later one, since it looks back at the earlier."""
        mine, pattern = self._column(test.column), patterns[test.variable]
        if isinstance(test, Test):
            value = self._tokens.fix(test.value) if isinstance(test.value, str) else test.value
            pattern.checks.append((mine, test.op, value))
            return
        theirs, other = self._column(test.other), patterns[test.other_variable]
        order = list(patterns)
        if order.index(test.variable) > order.index(test.other_variable):
            pattern.checks.append((mine, test.op, (other.alias, theirs)))
        else:
            other.checks.append((theirs, _SWAPPED[test.op], (pattern.alias, mine)))

    def _column(self, column: Column) -> str:
        columns = self.columns.setdefault(column.over, {})
        if column not in columns:
            columns[column] = self._free_name()
        return columns[column]

    def _free_name(self) -> str:
        """A name whose 32-bit hash, all the engine keeps of it, is that of no other name in use."""
        taken = {_fnv1a(name) for name in self._names}
        number = len(self._names)
        while _fnv1a(f"x{number}") in taken:
            number += 1
        self._names.add(f"x{number}")
        return f"x{number}"


def deal(branches: Sequence[tuple[Answer, Branch]], tokens: Tokens) -> list[Shard]:
    """Shards that hold all alternatives, ``(what it answers, literals)``, in order.

    Raises:
        UnfitError: one alternative alone passes a cap.
    """
    shards = [Shard(tokens)]
    for number, (answers, branch) in enumerate(branches):
        try:
            shards[-1].add(f"r{number}", answers, branch)
        except UnfitError:
            if len(shards[-1].rules) == 1:
                raise
            shards.append(Shard(tokens))
            shards[-1].add(f"r{number}", answers, branch)
    return shards


def _ordered(type_number: int, checks: Sequence[_Check]) -> list[_Check]:
    """Type first, then numbers in one order for all rules, so that rules share tests; joins end in a tautology.

    A failing join in the last place makes the engine read beyond its expression.
    """
    plain = sorted({check for check in checks if isinstance(check[2], int)}, key=lambda one: (one[1] != "=", *one))
    joins = sorted({check for check in checks if not isinstance(check[2], int)}, key=repr)
    tautology: list[_Check] = [(ONE, "=", (OWN, ONE))] if joins else []
    return [(TYPE, "=", type_number), *plain, *joins, *tautology]


def _conjunction(checks: Sequence[_Check]) -> object:
    written = []
    for name, sign, value in checks:
        right: object = value if isinstance(value, int) else {value[0]: value[1]}
        written.append({name: right} if sign == "=" else {_SIGNS[sign]: {name: right}})
    return written[0] if len(written) == 1 else {"$and": written}


def _fnv1a(name: str) -> int:
    hashed = _FNV_OFFSET
    for byte in name.encode():
        hashed = ((hashed ^ byte) * _FNV_PRIME) & _FNV_MASK
    return hashed
