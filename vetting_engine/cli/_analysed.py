"""What the analyser finds, beside what the rulebook has found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from vetting_engine.errors import Fault
from vetting_engine.rulebook import load_ruleset
from vetting_engine.workbench.analyse import analyse

__all__ = ["with_analysis"]

#: What the rulebook says of rules written alike, and what the analyser would say of them again.
_SAME_CONDITION = "rule.same_condition"
_SAID_ALREADY = ("analyse.duplicate", "analyse.subsumed")


def with_analysis(pack: str, faults: Sequence[Fault], as_of: date) -> tuple[Fault, ...]:
    """The faults of a pack that loads, with the analyser's, each thing told once, in order of place."""
    alike = {fault.params["rule"] for fault in faults if fault.code == _SAME_CONDITION}
    found = [
        fault
        for fault in analyse(load_ruleset(pack), as_of=as_of)
        if fault.code not in _SAID_ALREADY or fault.params["rule"] not in alike
    ]
    return tuple(sorted((*faults, *found), key=lambda fault: (fault.at, fault.code)))
