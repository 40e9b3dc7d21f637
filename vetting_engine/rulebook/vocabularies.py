"""What the rules of each check may read, given the checks there are and the facts a pack derives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from vetting_engine.model.decision_facts import decision_vocabulary
from vetting_engine.model.facts import Vocabulary
from vetting_engine.model.ruleset import DECISION

__all__ = ["vocabularies"]


def vocabularies(checks: Mapping[str, Any], derives: Iterable[str] = ()) -> Mapping[str, Vocabulary]:
    """Vocabularies by check, and that of decision rules under ``decision``.

    Args:
        checks: plugins by name; a cohort check has no vocabulary, since no rule is about a cohort.
        derives: names of the facts that the pack's decision rules derive.
    """
    about_people = {
        name: check.vocabulary
        for name, check in sorted(checks.items())
        if isinstance(getattr(check, "vocabulary", None), Vocabulary)
    }
    return MappingProxyType({**about_people, DECISION: decision_vocabulary(about_people, sorted(set(derives)))})
