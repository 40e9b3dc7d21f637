"""Edits of a pack's decision rules, as authors make them: some mean the same, most do not. One seed, the same edits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from vetting_engine.model.condition import All, Any, AtLeast, Compare, Condition, Count, Not, Operator, Some
from vetting_engine.model.ruleset import DECISION, Rule, Ruleset
from vetting_engine.model.scales import Level, Severity

__all__ = ["Edit", "edits"]

_SCALES = {"level": tuple(level.value for level in Level), "severity": tuple(one.value for one in Severity)}
_NEIGHBOURS = {Operator.GE: Operator.GT, Operator.GT: Operator.GE, Operator.EQ: Operator.NE, Operator.LT: Operator.LE}


@dataclass(frozen=True, slots=True)
class Edit:
    """A pack with one edit; ``same`` where it is written otherwise and must decide alike."""

    name: str
    rule: str
    ruleset: Ruleset
    same: bool


def edits(ruleset: Ruleset, count: int, seed: int) -> Iterator[Edit]:
    """So many edits; an edit that leaves the pack as it is does not count."""
    chance = Random(seed)
    rules = ruleset.rules_of(DECISION)
    made = 0
    while made < count:
        rule = chance.choice(rules)
        name, edit, same = chance.choice(_EDITS)
        changed = edit(rule, chance)
        if changed == rule:
            continue
        kept = tuple(one for one in ruleset.rules if one is not rule)
        added = (changed,) if isinstance(changed, Rule) else changed
        made += 1
        yield Edit(name, rule.id, ruleset.model_copy(update={"rules": (*kept, *added)}), same)


_Edited = Rule | tuple[Rule, ...]


def _when(edit: Callable[[Condition, Random], Condition]) -> Callable[[Rule, Random], _Edited]:
    """An edit of one node of the condition, wherever it stands."""

    def edited(rule: Rule, chance: Random) -> _Edited:
        places = list(_places(rule.when))
        chance.shuffle(places)
        for node, rebuilt in places:
            changed = edit(node, chance)
            if changed != node:
                return rule.model_copy(update={"when": rebuilt(changed)})
        return rule

    return edited


_Rebuild = Callable[[Condition], Condition]


def _places(node: Condition, rebuilt: _Rebuild = lambda node: node) -> Iterator[tuple[Condition, _Rebuild]]:
    """Every node, with what puts another one in its place."""
    yield node, rebuilt
    if isinstance(node, All | Any | AtLeast):
        for index, part in enumerate(node.of):

            def with_part(new: Condition, index: int = index, node: All | Any | AtLeast = node) -> Condition:
                of = (*node.of[:index], new, *node.of[index + 1 :])
                return rebuilt(node.model_copy(update={"of": of}))

            yield from _places(part, with_part)
    elif isinstance(node, Not):
        yield from _places(node.of, lambda new: rebuilt(node.model_copy(update={"of": new})))
    elif isinstance(node, Some | Count) and node.where is not None:
        yield from _places(node.where, lambda new: rebuilt(node.model_copy(update={"where": new})))


def _another_literal(node: Condition, chance: Random) -> Condition:
    if not isinstance(node, Compare) or node.other is not None:
        return node
    key = node.field.rpartition(".")[2]
    if key in _SCALES and isinstance(node.value, str):
        return node.model_copy(update={"value": chance.choice(_SCALES[key])})
    if isinstance(node.value, bool):
        return node.model_copy(update={"value": not node.value})
    if isinstance(node.value, int):
        return node.model_copy(update={"value": node.value + chance.choice((-1, 1))})
    if isinstance(node.value, tuple) and len(node.value) > 1:
        return node.model_copy(update={"value": node.value[1:]})
    return node.model_copy(update={"value": "something-else"}) if isinstance(node.value, str) else node


def _another_operator(node: Condition, _: Random) -> Condition:
    if isinstance(node, Compare) and node.op in _NEIGHBOURS and node.other is None:
        return node.model_copy(update={"op": _NEIGHBOURS[node.op]})
    return node


def _another_count(node: Condition, chance: Random) -> Condition:
    if not isinstance(node, Count):
        return node
    return node.model_copy(update={"value": max(1, node.value + chance.choice((-1, 1)))})


def _part_dropped(node: Condition, chance: Random) -> Condition:
    if not isinstance(node, All | Any) or len(node.of) < 2:
        return node
    index = chance.randrange(len(node.of))
    return node.model_copy(update={"of": (*node.of[:index], *node.of[index + 1 :])})


def _all_for_any(node: Condition, _: Random) -> Condition:
    if isinstance(node, All) and len(node.of) > 1:
        return Any(of=node.of)
    return All(of=node.of) if isinstance(node, Any) and len(node.of) > 1 else node


def _no_longer_distinct(node: Condition, _: Random) -> Condition:
    return node.model_copy(update={"distinct": None}) if isinstance(node, Count) else node


def _another_level(rule: Rule, chance: Random) -> _Edited:
    return rule.model_copy(update={"level": chance.choice(tuple(Level))})


def _removed(rule: Rule, _: Random) -> _Edited:
    return () if rule.derives is None else rule


def _duty_dropped(rule: Rule, _: Random) -> _Edited:
    return rule.model_copy(update={"obligations": rule.obligations[1:]})


def _function_dropped(rule: Rule, _: Random) -> _Edited:
    return rule.model_copy(update={"functions": rule.functions[1:]})


def _twice_negated(node: Condition, _: Random) -> Condition:
    return Not(of=Not(of=node))


def _turned_round(node: Condition, _: Random) -> Condition:
    return node.model_copy(update={"of": tuple(reversed(node.of))}) if isinstance(node, All | Any) else node


def _de_morgan(node: Condition, _: Random) -> Condition:
    if isinstance(node, All):
        return Not(of=Any(of=tuple(Not(of=part) for part in node.of)))
    return Not(of=All(of=tuple(Not(of=part) for part in node.of))) if isinstance(node, Any) else node


def _repeated(node: Condition, chance: Random) -> Condition:
    if not isinstance(node, All | Any):
        return node
    return node.model_copy(update={"of": (*node.of, chance.choice(node.of))})


def _counted(node: Condition, _: Random) -> Condition:
    if isinstance(node, Some):
        return Count(over=node.over, alias=node.alias, where=node.where, op=Operator.GE, value=1)
    if isinstance(node, Count) and node.op is Operator.GE:
        return Not(of=node.model_copy(update={"op": Operator.LT}))
    return node


def _listed(node: Condition, _: Random) -> Condition:
    """An order as the names it allows, one name as a list of one, a list as alternatives."""
    if not isinstance(node, Compare) or node.other is not None:
        return node
    key = node.field.rpartition(".")[2]
    if node.op is Operator.GE and key in _SCALES and isinstance(node.value, str):
        names = _SCALES[key]
        return node.model_copy(update={"op": Operator.IN, "value": names[names.index(node.value) :]})
    if node.op is Operator.EQ and isinstance(node.value, str):
        return node.model_copy(update={"op": Operator.IN, "value": (node.value,)})
    if node.op is Operator.IN and isinstance(node.value, tuple):
        return Any(of=tuple(Compare(field=node.field, op=Operator.EQ, value=one) for one in node.value))
    return node


def _with_subsumed(rule: Rule, _: Random) -> _Edited:
    """A narrower rule beside it that says the same."""
    extra = Compare(field="posts", op=Operator.GE, value=3)
    narrower = {"id": f"{rule.id}-again", "when": All(of=(rule.when, extra)), "derives": None}
    return (rule, rule.model_copy(update=narrower))


_EDITS: tuple[tuple[str, Callable[[Rule, Random], _Edited], bool], ...] = (
    ("another_literal", _when(_another_literal), False),
    ("another_operator", _when(_another_operator), False),
    ("another_count", _when(_another_count), False),
    ("part_dropped", _when(_part_dropped), False),
    ("all_for_any", _when(_all_for_any), False),
    ("no_longer_distinct", _when(_no_longer_distinct), False),
    ("another_level", _another_level, False),
    ("removed", _removed, False),
    ("duty_dropped", _duty_dropped, False),
    ("function_dropped", _function_dropped, False),
    ("twice_negated", _when(_twice_negated), True),
    ("turned_round", _when(_turned_round), True),
    ("de_morgan", _when(_de_morgan), True),
    ("repeated", _when(_repeated), True),
    ("counted", _when(_counted), True),
    ("listed", _when(_listed), True),
    ("with_subsumed", _with_subsumed, True),
)
