"""Rules and packs."""

from __future__ import annotations

from datetime import date
from typing import Any

from make.people import digest
from vetting_engine.model.condition import Compare, Operator
from vetting_engine.model.finding import Function
from vetting_engine.model.ruleset import Approval, Obligation, Rule, Ruleset
from vetting_engine.model.scales import Level, Severity


def rule(id: str = "dehumanising-speech", **parts: Any) -> Rule:  # noqa: A002
    """A stable content rule."""
    given: dict[str, Any] = {
        "check": "content",
        "title": "Speech that calls people animals or vermin",
        "severity": Severity.HIGH,
        "level": Level.NEEDS_REVIEW,
        "rationale": "Dehumanising speech comes before violence.",
        "falsepositives": ("Reports that quote such speech in order to denounce it",),
        "owner": "protection",
        "review_by": date(2027, 1, 1),
        "functions": (Function.PROTECTION,),
        "modifiers": {"condemned": "conditional"},
        "prompts": ("Whose words are these?",),
        "when": Compare(field="match.kind", op=Operator.EQ, value="predicate"),
    }
    return Rule(**{"id": id} | given | parts)


def ruleset(*rules: Rule, **parts: Any) -> Ruleset:
    """A pack; without ``rules``, the ones that ``run`` speaks of."""
    given: dict[str, Any] = {
        "id": "sample-pack",
        "version": "1.0.0",
        "title": "Sample pack",
        "required_checks": ("content", "watchlist", "conflict"),
        "rules": rules or default_rules(),
        "obligations": {
            "code-of-conduct": Obligation(
                id="code-of-conduct",
                title="Sign the code of conduct",
                attestation="code_signed",
                rationale="Everybody who speaks with us signs it.",
            )
        },
        "purpose": "Due diligence before engagement",
        "legal_basis": "Data protection policy, legitimate interest",
        "approval": Approval(
            digest=digest("pack"),
            approvers=("Ilse Marrowby", "Dejen Farrokhal"),
            office="Sample office",
            valid_from=date(2026, 1, 1),
            valid_to=date(2026, 12, 31),
        ),
        "digest": digest("pack"),
    }
    return Ruleset(**given | parts)


def default_rules() -> tuple[Rule, ...]:
    """One rule for each check, and one that tells a support disclosure."""
    return (
        rule(),
        rule("threats", title="Threats of violence"),
        rule(
            "support-disclosure",
            title="A person tells of harm done to them",
            status_on_hit="support",
            level=Level.NOTHING_FOUND,
            modifiers={},
        ),
        rule("name-similar", check="watchlist", title="The name resembles a listed one", prompts=()),
        rule("restricted-tie", check="conflict", title="A tie leads to a restricted party", prompts=()),
        rule("listing-and-hate", check="decision", title="A listing hit and hate together", level=Level.ESCALATE),
    )
