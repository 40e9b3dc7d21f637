"""Makes model nouns for tests: every part has a plain default, anything can be given by name.

Invented people only. ``make.run()`` is a whole small batch with one of everything a report shows.
"""

from __future__ import annotations

from make.findings import decision, figure, finding, gap, leaf, name_pair, outcome, relation_path, result, span
from make.lists import listed, register, snapshot
from make.packs import default_rules, rule, ruleset
from make.people import AS_OF, candidate, digest, post, relation
from make.runs import HATE_POST, cohort, core, escalated, run, vetting

__all__ = [
    "AS_OF",
    "HATE_POST",
    "candidate",
    "cohort",
    "core",
    "decision",
    "default_rules",
    "digest",
    "escalated",
    "figure",
    "finding",
    "gap",
    "leaf",
    "listed",
    "name_pair",
    "outcome",
    "post",
    "register",
    "relation",
    "relation_path",
    "result",
    "rule",
    "ruleset",
    "run",
    "snapshot",
    "span",
    "vetting",
]
