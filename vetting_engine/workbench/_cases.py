"""Cases of the decision: facts, and the real candidate and findings they stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from vetting_engine.model.candidate import Account, Attestation, Candidate, PersonName, Post, Relation, RelationKind
from vetting_engine.model.facts import Fact, FactList
from vetting_engine.model.finding import (
    AppliedModifier,
    CheckResult,
    CheckStatus,
    Finding,
    FindingStatus,
    Function,
    Gap,
    GapOwner,
)
from vetting_engine.model.scales import Band, Level, Severity

__all__ = ["Case", "facts_as_values", "realised"]

_INVENTED = PersonName(text="Tamsin Okvale")
_DEFAULTS: Mapping[str, Fact] = {
    "rule": "a-rule", "code": "a-code", "category": "", "status": "hit", "level": "nothing_found",
    "severity": "low", "band": "weak", "score": None, "topic": "", "confidential": False, "modifiers": 0,
    "lowered": False,
}  # fmt: skip

#: What a finding or gap is, whether a rule asks for it or not.
_ALWAYS_SHOWN = frozenset((
    ("finding", "check"), ("finding", "rule"), ("finding", "status"), ("finding", "level"), ("gap", "check"),
    ("check", "name"), ("check", "status"), ("attestation", "kind"), ("attestation", "on"), ("attestation", "expires"),
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """A candidate and what the checks said; ``facts`` as the rules see them, ``read`` which of them they ask for."""

    candidate: Candidate
    results: tuple[CheckResult, ...]
    as_of: date
    facts: Mapping[str, Fact | FactList] = field(default_factory=dict)
    read: frozenset[tuple[str, str]] = frozenset()

    def values(self) -> dict[str, Any]:
        """What the rules ask for, as JSON values; empty lists are left out."""
        return facts_as_values(self.facts, self.read)


def facts_as_values(facts: Mapping[str, Fact | FactList], read: frozenset[tuple[str, str]]) -> dict[str, Any]:
    """Facts as JSON values, as far as they are ``read``: pairs of list (empty for none) and field."""
    asked = read | _ALWAYS_SHOWN
    found: dict[str, Any] = {}
    for name, value in sorted(facts.items()):
        if isinstance(value, list):
            members = [{key: _json(one) for key, one in member.items() if (name, key) in asked} for member in value]
            # A check that is done has nothing to tell.
            members = [one for one in members if name != "check" or one["status"] != CheckStatus.DONE.value]
            if members:
                found[name] = members
        elif ("", name) in asked and value is not None:
            found[name] = _json(value)  # type: ignore[arg-type]  # a list was told above
    return found


def _json(value: Fact) -> Fact:
    return value.isoformat() if isinstance(value, date) else value


def realised(
    facts: Mapping[str, Fact | FactList],
    as_of: date,
    read: frozenset[tuple[str, str]] = frozenset(),
    named: Sequence[tuple[Mapping[str, Fact], tuple[Function, ...]]] = (),
) -> Case:
    """The nouns behind facts: a result for each member of ``check``, with its findings and gaps."""
    results = []
    for member in _members(facts, "check"):
        name = str(member["name"])
        findings = []
        for number, said in enumerate(one for one in _members(facts, "finding") if one["check"] == name):
            looks = next((functions for one, functions in named if one == said), ())
            findings.append(_finding(name, number, said, looks))
        results.append(
            CheckResult(
                check=name,
                check_version="1",
                status=CheckStatus(str(member.get("status", "done"))),
                findings=tuple(findings),
                gaps=tuple(_gap(name, one) for one in _members(facts, "gap") if one["check"] == name),
                counts=_counts(facts, name),
            )
        )
    return Case(_candidate(facts), tuple(results), as_of, facts, read)


def _counts(facts: Mapping[str, Fact | FactList], check: str) -> dict[str, Any]:
    figures = {key: facts.get(f"check.{check}.{key}") for key in ("posts", "covered_posts", "entries")}
    return {key: number for key, number in figures.items() if number is not None}


def _members(facts: Mapping[str, Fact | FactList], name: str) -> Sequence[Mapping[str, Fact]]:
    listed = facts.get(name)
    return listed if isinstance(listed, list) else ()


def _finding(check: str, index: int, said: Mapping[str, Fact], functions: tuple[Function, ...]) -> Finding:
    read: dict[str, Any] = {**_DEFAULTS, **said}
    level = Level(read["level"])
    modifiers = [
        AppliedModifier(
            modifier="invented",
            # The first one lowers where the finding was lowered, the others keep the level.
            from_level=Level.ESCALATE if read["lowered"] and not number else Level.NOTHING_FOUND,
            to_level=Level.NOTHING_FOUND,
        )
        for number in range(int(read["modifiers"]))
    ]
    return Finding(
        id=f"{check}:{index}",
        check=check,
        rule=read["rule"],
        rule_version="1",
        status=FindingStatus(read["status"]),
        code=read["code"],
        category=read["category"],
        level=level,
        severity=Severity(read["severity"]),
        band=Band(read["band"]),
        score=read["score"],
        topic=read["topic"],
        confidential=read["confidential"],
        functions=functions,
        modifiers=tuple(modifiers),
    )


def _gap(check: str, said: Mapping[str, Fact]) -> Gap:
    return Gap(code=str(said.get("code", "a-gap")), check=check, owner=GapOwner(str(said.get("owner", "ours"))))


def _candidate(facts: Mapping[str, Fact | FactList]) -> Candidate:
    def number(name: str) -> int:
        return int(facts.get(name) or 0)  # type: ignore[arg-type]  # a count

    return Candidate(
        id="counterexample",
        names=(_INVENTED,),
        posts=tuple(Post(id=f"p-{index}") for index in range(number("posts"))),
        accounts=tuple(Account(platform="invented", handle=f"a-{index}") for index in range(number("accounts"))),
        relations=tuple(
            Relation(id=f"r-{index}", kind=RelationKind.ASSOCIATE, to_name="Ondrel Trading")
            for index in range(number("relations.count"))
        ),
        relations_declared=bool(facts.get("relations.declared")),
        attestations=tuple(_attestation(one) for one in _members(facts, "attestation")),
        consent_ref="c-1" if facts.get("consent.present") else None,
    )


def _attestation(said: Mapping[str, Any]) -> Attestation:
    return Attestation(
        kind=said["kind"],
        checked_by="somebody" if said.get("checked") else None,
        on=said.get("on"),
        expires=said.get("expires"),
    )
