"""Which rules of two packs differ in something that reaches a decision."""

from __future__ import annotations

from dataclasses import dataclass

from vetting_engine.model.ruleset import DECISION, Rule, Ruleset

__all__ = ["REQUIRED", "Change", "changes_between", "not_compared"]

#: Stands for the pack's required checks, which belong to no rule.
REQUIRED = "required_checks"
#: What of a rule reaches a decision, and for a check's rule what its findings carry besides.
_DECISIVE = ("when", "level", "status", "valid_from", "valid_to", "obligations", "functions", "derives")
_CARRIED = ("status_on_hit", "category", "severity", "modifiers")
#: Parts of a pack that reach findings by other ways than conditions.
_OTHER_PARTS = ("settings", "documents", "obligations", "gap_due_days")


@dataclass(frozen=True, slots=True)
class Change:
    """A rule that was ``added``, ``removed`` or ``changed``, and in which fields; ``check`` is empty for the pack."""

    rule: str
    check: str
    kind: str
    fields: tuple[str, ...]


def changes_between(old: Ruleset, new: Ruleset) -> tuple[Change, ...]:
    """Every change that can reach a decision, in order of check and id."""
    before, after = _by_id(old), _by_id(new)
    found = []
    for key in sorted(before.keys() | after.keys()):
        check, rule = key
        if key not in before or key not in after:
            found.append(Change(rule, check, "added" if key in after else "removed", ()))
            continue
        fields = tuple(name for name in _fields(check) if _said(before[key], name) != _said(after[key], name))
        if fields:
            found.append(Change(rule, check, "changed", fields))
    if set(old.required_checks) != set(new.required_checks):
        found.append(Change(REQUIRED, "", "changed", (REQUIRED,)))
    return tuple(found)


def not_compared(old: Ruleset, new: Ruleset) -> tuple[str, ...]:
    """Parts that differ and that no condition reads: what they change is found by examples, not here."""
    return tuple(name for name in _OTHER_PARTS if getattr(old, name) != getattr(new, name))


def _by_id(ruleset: Ruleset) -> dict[tuple[str, str], Rule]:
    return {(rule.check, rule.id): rule for rule in ruleset.rules}


def _fields(check: str) -> tuple[str, ...]:
    return _DECISIVE if check == DECISION else (*_DECISIVE, *_CARRIED)


def _said(rule: Rule, name: str) -> object:
    # Lines and files are where a rule stands, not what it says.
    return rule.when.model_dump_json() if name == "when" else getattr(rule, name)
