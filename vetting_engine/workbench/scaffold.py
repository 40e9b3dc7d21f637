"""Begins a rule: a file that loads, with examples that pass, and comments that say what to put in their place; and a
page for what its author has to say beyond that.

What is written is experimental: it is evaluated and shown and never weighs, until its author has thought it through.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from vetting_engine.errors import Fault, Location, RulesetError
from vetting_engine.model.facts import FieldType, Vocabulary
from vetting_engine.model.ruleset import DECISION, Ruleset
from vetting_engine.registry import discover
from vetting_engine.rulebook import find_pack, load_ruleset, vocabularies
from vetting_engine.rulebook.schema import HIDDEN, editor_line
from vetting_engine.text.alternatives import alternatives

__all__ = ["new_rule"]

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_DECISIONS = "decisions.yaml"
_FIRST_ITEM = re.compile(r"^( *)- ", re.MULTILINE)
#: Kinds of terms that make a harmless first example; a pack with none of them gets no hit to begin with.
_HARMLESS = ("scheme", "money", "contact")
_FLAGS = ("yes", "no")
_HEAD = """id: {id}
title: {id}  # what it finds, in a few words
status: experimental  # evaluated and shown, never weighs; stable once it is right
severity: medium  # how grave it is if it is true: low, medium, high, critical
level: {level}  # what should happen then: conditional, needs_review, escalate
rationale: Why this rule exists.
falsepositives: [Whom it may hit wrongly. There is always somebody.]
owner: your-team
review_by: {review_by}
functions: [protection]  # who must look
prompts: [What should they ask?]
"""


#: What the reviewers' handbook shows below the rule. Headings without an answer are better than none.
_PAGE = """# What this rule is about

Say in your own words what it looks for, and where the wording comes from.

# What looks alike and is none

- What a reader who is new to the place would take for it.

# What reviewers have learned

Add what judgements have shown: who was hit wrongly, and what told the two apart.
"""


def new_rule(pack: str | Path, check: str, rule: str, as_of: date) -> tuple[Path, Path]:
    """Begin a rule in a pack; answers the file it is in, and its page.

    Args:
        pack: a folder with ``ruleset.yaml``, or a shipped pack's name.
        check: one with rules, or ``decision``: then the rule is added to ``decisions.yaml``.
        rule: its id.
        as_of: today; the rule is to be looked at again a year later.

    Raises:
        RulesetError: the pack has faults, the check has no rules, the id is taken or is none, a file is in the way.
    """
    folder, ruleset = find_pack(pack), load_ruleset(pack)
    known = vocabularies(discover("vetting_engine.checks"))
    if not _ID.fullmatch(rule):
        raise RulesetError(Fault("scaffold.id", params={"id": rule[:80]}))
    if check not in known:
        near = ", ".join(sorted(known))
        raise RulesetError(Fault("pack.unknown_check", params={"check": check, "near": near}))
    if taken := next((one for one in ruleset.rules if one.id == rule), None):
        place = f"{taken.file}:{taken.line}"
        raise RulesetError(Fault("rule.duplicate_id", params={"rule": rule, "first": place}))
    text = _HEAD.format(id=rule, level="needs_review", review_by=_a_year_after(as_of)) + _body(check, ruleset, known)
    path = folder / (_DECISIONS if check == DECISION else f"rules/{check}/{rule}.yaml")
    before = path.read_text(encoding="utf-8") if path.exists() else None
    if before is not None and check != DECISION:
        raise RulesetError(Fault("scaffold.exists", Location(path.relative_to(folder).as_posix())))
    page = folder / f"pages/{rule}.md"
    if page.exists():
        raise RulesetError(Fault("scaffold.exists", Location(page.relative_to(folder).as_posix())))
    path.parent.mkdir(parents=True, exist_ok=True)
    if check != DECISION and (folder / HIDDEN).is_dir():
        text = f"{editor_line('rules', len(path.relative_to(folder).parts) - 1)}\n{text}"
    path.write_text(_listed(before, text) if check == DECISION else text, encoding="utf-8", newline="\n")
    try:
        load_ruleset(pack)
    except RulesetError:  # what was there is more than a list of rules
        if before is None:
            path.unlink()
        else:
            path.write_text(before, encoding="utf-8", newline="\n")
        raise
    page.parent.mkdir(exist_ok=True)
    page.write_text(_PAGE, encoding="utf-8", newline="\n")
    return path, page


def _a_year_after(day: date) -> str:
    # 29 February has no year after.
    return day.replace(year=day.year + 1, day=min(day.day, 28)).isoformat()


def _listed(before: str | None, text: str) -> str:
    """``decisions.yaml`` with one rule more, indented as the others are."""
    found = _FIRST_ITEM.search(before) if before is not None else None
    indent = found[1] if found else "  "
    first, *rest = text.rstrip().splitlines()
    item = "\n".join([f"{indent}- {first}", *(f"{indent}  {line}" for line in rest)])
    return f"{(before or 'rules:').rstrip()}\n{item}\n"


def _body(check: str, ruleset: Ruleset, known: Mapping[str, Vocabulary]) -> str:
    if check == DECISION:
        return _decision(ruleset)
    if "match" in known[check].lists:
        return _matching(ruleset)
    return _reading(known[check])


def _matching(ruleset: Ruleset) -> str:
    """A rule over terms found in a text."""
    terms = [
        (str(entry.kind), entry.texts[0], document.language)
        for folders in ruleset.documents.values()
        for documents in folders.values()
        for document in documents
        for entry in getattr(document, "terms", ())
    ]
    kind, text, language = next((one for one in terms if one[0] in _HARMLESS), (_HARMLESS[0], "", "en"))
    other = next((one for one in terms if one[0] in _HARMLESS and one[0] != kind), ("", "Good morning.", language))
    hit = (
        _example("hit", {"text": alternatives(text)[0], "language": language})
        if text
        else "  # - a text that must be found\n"
    )
    near = _example("no_hit", {"text": alternatives(other[1])[0], "language": other[2]})
    return f"when:\n  some: match as m\n  where: {{m.kind: {kind}}}\nexamples:\n{hit}{near}"


def _decision(ruleset: Ruleset) -> str:
    """A rule over findings."""
    rule = next((one.id for one in ruleset.rules if one.check != DECISION), "a-rule")
    members = [{"rule": rule, "status": "hit"}, {"rule": rule, "status": "note"}, {"rule": "other", "status": "hit"}]
    return (
        f"when:\n  some: finding as f\n  where: {{f.rule: {rule}, f.status: hit}}\nexamples:\n"
        + _example("hit", {"finding": members[:1]})
        + _example("no_hit", {"finding": members[1:]})
    )


def _reading(vocabulary: Vocabulary) -> str:
    """A rule over single facts: the first that has a closed set of values, or the first flag; to be replaced."""
    answers = {
        field: spec.values if spec.type is FieldType.NAME else _FLAGS
        for field, spec in vocabulary.fields.items()
        if spec.type is FieldType.FLAG or len(spec.values) > 1
    }
    field, values = next(iter(answers.items()))
    others = ", ".join(list(vocabulary.fields)[:6])
    return (
        f"when:  # may read {others} …\n  {field}: {values[0]}\nexamples:\n"
        + _example("hit", {field: values[0]})
        + _example("no_hit", {field: values[1]})
    )


def _example(kind: str, given: Mapping[str, Any]) -> str:
    return f"  - {{kind: {kind}, given: {json.dumps(given, ensure_ascii=False)}}}\n"
