"""What ``rules diff`` and ``rules prove`` say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from vetting_engine import messages
from vetting_engine.errors import Fault
from vetting_engine.model.decision import Disposition
from vetting_engine.workbench.diff import Comparison, Direction, Effect, RuleChange, Said
from vetting_engine.workbench.prove import Proof

__all__ = ["show_comparison", "show_proofs"]

_COMPARISON = "vetting-engine/comparison/1"
_PROOFS = "vetting-engine/proofs/1"


def show_comparison(comparison: Comparison, *, as_json: bool) -> None:
    """Two packs compared, on stdout."""
    if as_json:
        _echo_json({
            "schema": _COMPARISON,
            "old": comparison.old,
            "new": comparison.new,
            "verdict": comparison.verdict.value,
            "exact": comparison.exact,
            "searched": comparison.searched,
            "not_compared": list(comparison.not_compared),
            "changes": [_change_values(change) for change in comparison.changes],
        })  # fmt: skip
        return
    for change in comparison.changes:
        for line in _change_lines(change):
            click.echo(line)
    for part in comparison.not_compared:
        click.echo(messages.text("cli.diff.not_compared", {"part": part}))
    verdict = "equivalent_so_far" if _so_far(comparison) else comparison.verdict.value
    click.echo(messages.text(f"cli.diff.{verdict}", {"searched": comparison.searched}))


def _so_far(comparison: Comparison) -> bool:
    return comparison.verdict.value == "equivalent" and not comparison.exact


def _change_values(change: RuleChange) -> dict[str, Any]:
    return {
        "rule": change.change.rule,
        "check": change.change.check,
        "kind": change.change.kind,
        "fields": list(change.change.fields),
        "undecided": list(change.undecided),
        "effects": [_effect_values(effect) for effect in change.effects],
    }


def _effect_values(effect: Effect) -> dict[str, Any]:
    return {
        "direction": effect.direction.value,
        "confirmed": effect.confirmed,
        "old": _said_values(effect.old),
        "new": _said_values(effect.new),
        "old_case": dict(effect.old_case),
        "new_case": dict(effect.new_case),
        "facts": dict(effect.facts) if effect.facts is not None else None,
        "modifier": effect.modifier,
    }


def _said_values(said: Said | None) -> dict[str, Any] | None:
    if said is None:
        return None
    return {"disposition": said[0].value, "obligations": list(said[1]), "functions": list(said[2])}


def _change_lines(change: RuleChange) -> Iterator[str]:
    about = {"rule": change.change.rule, "check": change.change.check, "fields": ", ".join(change.change.fields)}
    yield messages.text(f"cli.diff.rule_{change.change.kind}", about)
    for effect in change.effects:
        for line in _effect_lines(effect):
            yield f"  {line}"
    if change.undecided:
        yield f"  {messages.text('cli.diff.open', {'about': ', '.join(change.undecided)})}"
    elif not change.effects:
        yield f"  {messages.text('cli.diff.no_effect')}"


def _effect_lines(effect: Effect) -> Iterator[str]:
    yield messages.text(f"cli.diff.{effect.direction.value}", _effect_params(effect))
    if effect.modifier:
        yield f"  {messages.text('cli.diff.modifier', {'modifier': effect.modifier})}"
    if effect.facts is not None:
        yield from _case_lines("cli.diff.facts", effect.facts)
    if effect.old_case == effect.new_case:
        yield from _case_lines("cli.diff.case", effect.old_case)
    else:
        yield from _case_lines("cli.diff.old_case", effect.old_case)
        yield from _case_lines("cli.diff.new_case", effect.new_case)
    if not effect.confirmed:
        yield messages.text("cli.diff.unconfirmed")


def _effect_params(effect: Effect) -> dict[str, str]:
    if effect.old is None or effect.new is None:
        return {"old": "–", "new": "–", "less": "–", "more": "–"}
    part = 1 if effect.direction is Direction.OBLIGATIONS else 2
    old, new = effect.old[part], effect.new[part]
    return {
        "old": effect.old[0].value,
        "new": effect.new[0].value,
        "less": ", ".join(one for one in old if one not in new) or "–",
        "more": ", ".join(one for one in new if one not in old) or "–",
    }


def _case_lines(title: str, values: Mapping[str, Any]) -> Iterator[str]:
    """A case as the rules read it, one fact or list member a line."""
    if not values:
        return
    yield f"  {messages.text(title)}"
    for name, value in values.items():
        for one in value if isinstance(value, list) else (value,):
            said = (
                ", ".join(f"{key}: {_said(part)}" for key, part in one.items()) if isinstance(one, dict) else _said(one)
            )
            yield f"    {name}: {said}"


def _said(value: object) -> str:
    if value is None:
        return messages.text("cli.diff.unknown_value")
    return str(value).lower() if isinstance(value, bool) else str(value)


def show_proofs(pack: str, proofs: Sequence[Proof], *, as_json: bool) -> None:
    """Promises held against a pack, on stdout."""
    if as_json:
        _echo_json({"schema": _PROOFS, "pack": pack, "proofs": [_proof_values(proof) for proof in proofs]})
        return
    for proof in proofs:
        for line in _proof_lines(proof):
            click.echo(line)


def _proof_values(proof: Proof) -> dict[str, Any]:
    return {
        "promise": proof.promise.value,
        "verdict": proof.verdict.value,
        "searched": proof.searched,
        "rule": proof.rule,
        "field": proof.field,
        "file": proof.at.file if proof.at else "",
        "line": proof.at.line if proof.at else 0,
        "before": dict(proof.before) if proof.before is not None else None,
        "after": dict(proof.after) if proof.after is not None else None,
        "before_disposition": _named(proof.before_disposition),
        "after_disposition": _named(proof.after_disposition),
    }


def _named(disposition: Disposition | None) -> str | None:
    return None if disposition is None else disposition.value


def _proof_lines(proof: Proof) -> Iterator[str]:
    told = messages.text(f"promise.{proof.promise.value}")
    yield messages.text(f"cli.prove.{proof.verdict.value}", {"promise": told, "searched": proof.searched})
    if proof.at is not None:
        yield f"  {messages.describe(Fault('analyse.protected', proof.at, {'rule': proof.rule, 'field': proof.field}))}"
    for title, values, disposition in (
        ("cli.prove.before", proof.before, proof.before_disposition),
        ("cli.prove.after", proof.after, proof.after_disposition),
    ):
        if values is not None:
            yield from _case_lines(title, {**values, "→": disposition or "–"} if disposition else values)


def _echo_json(values: Mapping[str, Any]) -> None:
    click.echo(json.dumps(values, ensure_ascii=False, sort_keys=True, default=str))
