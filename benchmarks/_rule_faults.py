# ruff: noqa: E501  # a condition reads best on one line
"""Packs with one seeded fault each: what an author gets wrong, in the shipped rules, and the lines it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Seeded", "base_files", "seeded"]

DECISIONS = "decisions.yaml"
CONFLICT = "rules/conflict/staff.yaml"
WATCHLIST = "rules/watchlist/listing.yaml"
CONTENT = "rules/content/profanity.yaml"
#: Of the content rules those stay that decisions name by their category, and the one that faults are seeded beside: the
#: terms are most of the reading, and rules nothing was done to are analysed with every seeded pack.
_CONTENT_KEPT = ("endorsement", "fraud", "misinformation", "profanity", "support")
_LEFT_OUT = ("terms/", "cues/", "examples/", "approval", "translations/")

_GIVEN = {
    DECISIONS: "{posts: 1}",
    CONFLICT: "{path.steps: 1}",
    WATCHLIST: "{hit.band: weak}",
    CONTENT: "{text: a word, language: en}",
}
#: Kind, code, file, rule, what stood there, what stands there now, the rule at which it is told.
_Replaced = tuple[str, str, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Seeded:
    """One faulty pack: the code that must be told, and between which lines of which file."""

    kind: str
    code: str
    file: str
    first: int
    last: int
    files: Mapping[str, str]


def base_files(pack: Path) -> dict[str, str]:
    """The shipped pack's files by path, without those the faults have nothing to do with."""
    texts = {
        path.relative_to(pack).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(pack.rglob("*.yaml"))
        if not _left_out(path.relative_to(pack))
    }
    return {name: text for name, text in texts.items() if text.strip()}


def _left_out(path: Path) -> bool:
    """Whether a file of the pack has nothing to do with the faults."""
    name = path.as_posix()
    of_content = name.startswith("rules/content/") and path.stem not in _CONTENT_KEPT
    return of_content or name.startswith(_LEFT_OUT)


def seeded(files: Mapping[str, str]) -> Iterator[Seeded]:
    """Every faulty pack."""
    for number, (kind, code, file, head, when) in enumerate(_ADDED):
        block = _rule(f"seeded-{number}", file, head, when)
        yield _appended(files, kind, code, file, block)
    for first, second in _CYCLES:
        blocks = [_rule(f"seeded-{name}", DECISIONS, f"derives: {name}", when) for name, when in (first, second)]
        yield _appended(files, "cycle", "rule.derives_cycle", DECISIONS, "".join(blocks))
    for replaced in _REPLACED:
        yield _replaced(files, replaced)


def _rule(name: str, file: str, head: str, when: str) -> str:
    """A rule as text; ``head`` are keys separated by semicolons."""
    heads = "".join(f"    {key.strip()}\n" for key in head.split(";") if key.strip())
    severity = "" if "severity:" in head else "    severity: low\n"
    given = _GIVEN[file]
    return (
        f"\n  - id: {name}\n    title: A seeded rule\n{severity}{heads}    rationale: Seeded.\n"
        f"    falsepositives: [None known]\n    owner: protection\n    review_by: 2028-11-30\n    when: {when}\n"
        f"    examples:\n      - {{kind: hit, given: {given}}}\n      - {{kind: no_hit, given: {given}}}\n"
    )


def _appended(files: Mapping[str, str], kind: str, code: str, file: str, block: str) -> Seeded:
    before = files[file].rstrip("\n") + "\n"
    first = before.count("\n") + 1
    return Seeded(kind, code, file, first, first + block.count("\n"), {**files, file: before + block})


def _replaced(files: Mapping[str, str], replaced: _Replaced) -> Seeded:
    """``old`` in the text of one rule becomes ``new``; the fault is told at rule ``at``."""
    kind, code, file, rule, old, new, at = replaced
    text = files[file]
    start = text.index(f"- id: {rule}\n")
    end = text.find("\n  - id: ", start + 1)
    end = len(text) if end < 0 else end
    block = text[start:end]
    if old not in block:
        raise ValueError(f"{rule} has no {old!r}: the shipped pack changed, and the seeded fault must follow")
    changed = text[:start] + block.replace(old, new, 1) + text[end:]
    told = changed.index(f"- id: {at}\n")
    after = changed.find("\n  - id: ", told + 1)
    first, last = (changed[:place].count("\n") + 1 for place in (told, len(changed) if after < 0 else after))
    return Seeded(kind, code, file, first, last, {**files, file: changed})


_LEVEL = "level: needs_review; functions: [ict]"
_HIT = "level: needs_review; category: seeded; functions: [ict]"
_UNSAT = "analyse.unsatisfiable"
_TRUE = "analyse.always_true"
_TWIN = "analyse.duplicate"
_LESS = "analyse.subsumed"
_CONTRARY = "analyse.contradictory"
_SHADOW = "analyse.shadowed"

#: The shipped rules that are written again, otherwise.
_CONSENT = "consent.present: no"
_CRITICAL = "f.status: hit, f.severity: critical, f.level: {ge: needs_review}"
_SELF = "path.register: staff, path.relation: same_person, path.band: {ge: possible}"
_ADVISORY = "hit.effect: advisory, hit.band: {ge: possible}"
_DOCUMENT = "hit.effect: binding, hit.document: agrees, hit.band: {ge: possible}"
_CRITICAL_HEAD = "level: escalate; functions: [protection, legal]"
_ADVISORY_HEAD = "level: needs_review; severity: medium; category: listing; functions: [legal, protection]"
_SELF_HEAD = "level: needs_review; severity: medium; category: actual-conflict; functions: [legal, public_information]"

#: Kind, code, file, head, condition of a rule that is added.
_ADDED: tuple[tuple[str, str, str, str, str], ...] = (
    ("unsatisfiable", _UNSAT, DECISIONS, _LEVEL, "{all: [{posts: {ge: 5}}, {posts: {le: 3}}]}"),
    ("unsatisfiable", _UNSAT, DECISIONS, _LEVEL, "{some: finding as f, where: {f.status: note, f.level: {ge: conditional}}}"),
    ("unsatisfiable", _UNSAT, DECISIONS, _LEVEL, "{posts: {lt: 0}}"),
    ("unsatisfiable", _UNSAT, DECISIONS, _LEVEL, "{some: finding as f, where: {f.severity: {gt: critical}}}"),
    ("unsatisfiable", _UNSAT, DECISIONS, _LEVEL, "{consent.present: {present: no}}"),
    ("unsatisfiable", _UNSAT, DECISIONS, _LEVEL, "{some: finding as f, where: {f.lowered: yes, f.modifiers: 0}}"),
    ("unsatisfiable", _UNSAT, DECISIONS, _LEVEL, "{check.content.covered_share: {gt: 10000}}"),
    ("unsatisfiable", _UNSAT, DECISIONS, _LEVEL,
     "{some: attestation as a, where: {a.in_force: yes, a.expires: {older_than_days: 1}}}"),
    ("unsatisfiable", _UNSAT, DECISIONS, _LEVEL, "{all: [{accounts: 2}, {at_least: {n: 2, of: [{accounts: 1}, {accounts: 3}]}}]}"),
    ("unsatisfiable", _UNSAT, DECISIONS, _LEVEL,
     "{all: [{count: attestation as f, where: {f.kind: one}, ge: 3}, {count: attestation as g, where: {g.kind: [one, two]}, lt: 3}]}"),
    ("unsatisfiable", _UNSAT, CONFLICT, _HIT, "{path.band: {lt: weak}}"),
    ("unsatisfiable", _UNSAT, CONFLICT, _HIT, "{all: [{path.relation: family}, {path.relation: [ownership, membership]}]}"),
    ("unsatisfiable", _UNSAT, WATCHLIST, _HIT, "{all: [{hit.band: weak}, {hit.band: {ge: strong}}]}"),
    ("unsatisfiable", _UNSAT, WATCHLIST, _HIT, "{all: [{hit.score: {gt: 9000}}, {not: {hit.score: {ge: 8000}}}]}"),
    ("unsatisfiable", _UNSAT, CONTENT, _HIT, "{some: match as m, where: {all: [{m.kind: scheme}, {m.kind: money}]}}"),
    ("unsatisfiable", _UNSAT, CONTENT, _HIT,
     "{some: match as m, where: {m.kind: scheme, some: match as n, where: {n.sentence: {lt_field: m.sentence}, all: [{n.sentence: {gt_field: m.sentence}}]}}}"),
    ("always_true", _TRUE, DECISIONS, _LEVEL, "{posts: {ge: 0}}"),
    ("always_true", _TRUE, DECISIONS, _LEVEL, "{consent.present: {present: yes}}"),
    ("always_true", _TRUE, DECISIONS, _LEVEL, "{any: [{accounts: {lt: 4}}, {accounts: {gt: 2}}]}"),
    ("always_true", "when.count_settled", DECISIONS, _LEVEL, "{count: gap as g, where: {g.owner: ours}, ge: 0}"),
    ("always_true", _TRUE, DECISIONS, _LEVEL, "{some: check as c, where: {c.required: yes}}"),
    ("always_true", _TRUE, CONFLICT, _HIT, "{path.band: {ge: weak}}"),
    ("always_true", _TRUE, WATCHLIST, _HIT, "{any: [{hit.effect: binding}, {hit.effect: {not_in: [binding]}}]}"),
    ("always_true", _TRUE, CONTENT, _HIT, "{any: [{post.shared: yes}, {not: {post.shared: yes}}]}"),
    ("duplicate", _TWIN, DECISIONS, "level: needs_review; functions: [legal]", "{not: {consent.present: yes}}"),
    ("duplicate", _TWIN, DECISIONS, _CRITICAL_HEAD,
     "{count: finding as x, where: {x.level: [needs_review, escalate], x.severity: {gt: high}, x.status: hit}, ge: 1}"),
    ("duplicate", _TWIN, DECISIONS, "functions: [protection]", "{not: {none: finding as x, where: {x.status: [support]}}}"),
    ("duplicate", _TWIN, CONFLICT, _SELF_HEAD,
     "{path.band: {not_in: [weak]}, path.relation: [same_person], path.register: [staff]}"),
    ("duplicate", _TWIN, WATCHLIST, _ADVISORY_HEAD, "{hit.band: [possible, strong, very_strong], hit.effect: [advisory]}"),
    ("duplicate", _TWIN, WATCHLIST, "level: escalate; severity: critical; category: listing; functions: [legal, protection]",
     f"{{not: {{not: {{{_DOCUMENT}}}}}}}"),
    ("subsumed", _LESS, DECISIONS, "level: needs_review; functions: [legal]", f"{{{_CONSENT}, posts: {{ge: 3}}}}"),
    ("subsumed", _LESS, DECISIONS, _CRITICAL_HEAD,
     "{some: finding as f, where: {f.check: content, " + _CRITICAL + "}}"),
    ("subsumed", _LESS, DECISIONS, "functions: [protection]", "{some: finding as f, where: {f.status: support, f.band: strong}}"),
    ("subsumed", _LESS, DECISIONS, "level: conditional; functions: [legal]", f"{{{_CONSENT}, accounts: {{lt: 2}}}}"),
    ("subsumed", _LESS, CONFLICT, _SELF_HEAD, f"{{{_SELF.replace('possible', 'strong')}}}"),
    ("subsumed", _LESS, WATCHLIST, _ADVISORY_HEAD, f"{{{_ADVISORY}, hit.name_kind: alias}}"),
    ("subsumed", _LESS, WATCHLIST, "level: needs_review; severity: high; category: listing; functions: [legal]",
     "{hit.effect: binding, hit.band: very_strong}"),
    ("contradictory", _CONTRARY, DECISIONS, "level: conditional; functions: [legal]", "{not: {consent.present: yes}}"),
    ("contradictory", _CONTRARY, DECISIONS, "level: needs_review; functions: [protection, legal]",
     f"{{not: {{none: finding as f, where: {{{_CRITICAL}}}}}}}"),
    ("contradictory", _CONTRARY, CONFLICT, "level: escalate; category: seeded",
     "{path.relation: [same_person], path.register: staff, path.band: {gt: weak}}"),
    ("contradictory", _CONTRARY, CONFLICT, "status_on_hit: note; category: seeded", f"{{{_SELF}}}"),
    ("contradictory", _CONTRARY, WATCHLIST, "level: escalate; category: seeded", f"{{not: {{not: {{{_ADVISORY}}}}}}}"),
    ("contradictory", _CONTRARY, CONTENT, "status_on_hit: support; category: seeded",
     "{not: {none: match as x, where: {x.kind: [profanity]}}}"),
    ("shadowed", _SHADOW, DECISIONS, "level: needs_review", "{some: finding as f, where: {f.status: hit, f.level: {ge: needs_review}}}"),
    ("shadowed", _SHADOW, DECISIONS, "level: escalate",
     "{some: finding as f, where: {f.check: watchlist, f.status: hit, f.level: escalate}}"),
    ("shadowed", _SHADOW, DECISIONS, "level: conditional",
     "{any: [{" + _CONSENT + "}, {some: finding as f, where: {f.status: hit, f.level: {ge: conditional}}}]}"),
    ("shadowed", _SHADOW, DECISIONS, "level: needs_review; functions: [protection]",
     "{any: [{some: finding as f, where: {" + _CRITICAL + "}}, {fact.harm_in_words: yes, fact.restricted_tie: yes}]}"),
    ("shadowed", _SHADOW, DECISIONS, "level: conditional; functions: [legal]",
     "{any: [{" + _CONSENT + "}, {some: finding as f, where: {" + _CRITICAL + "}}]}"),
    ("subsumed", _LESS, DECISIONS, "level: conditional; obligations: [code-of-conduct]",
     "{none: attestation as a, where: {a.kind: code-of-conduct-signed, a.in_force: yes}, posts: {ge: 1}}"),
    ("fact_unread", "analyse.fact_unread", DECISIONS, "derives: seeded_fact", "{posts: {ge: 7}}"),
    ("fact_unread", "analyse.fact_unread", DECISIONS, "derives: seeded_fact; level: needs_review; functions: [ict]",
     "{some: finding as f, where: {f.code: seeded, f.status: hit}}"),
    ("names_nothing", "analyse.names_nothing", DECISIONS, _LEVEL, "{some: finding as f, where: {f.check: contents, f.status: hit}}"),
    ("names_nothing", "analyse.names_nothing", DECISIONS, _LEVEL, "{some: gap as g, where: {g.check: watchlists}}"),
    ("same_condition", "rule.same_condition", DECISIONS, "level: needs_review; functions: [legal]", f"{{{_CONSENT}}}"),
    ("same_condition", "rule.same_condition", WATCHLIST, _ADVISORY_HEAD, f"{{{_ADVISORY}}}"),
    ("absence_lowers", "rule.absence_lowers", DECISIONS, _LEVEL, "{none: finding as f, where: {f.check: content}}"),
    ("absence_lowers", "rule.absence_lowers", DECISIONS, _LEVEL, "{count: finding as f, where: {f.status: hit}, lt: 2}"),
    ("absence_lowers", "rule.absence_lowers", DECISIONS, _LEVEL, "{fact.harm_in_words: no}"),
    ("absence_lowers", "rule.absence_lowers", DECISIONS, _LEVEL, "{none: gap as g, where: {g.required: yes}}"),
    ("settling_lowers", "rule.settling_lowers", DECISIONS, "level: conditional; functions: [ict]",
     "{some: finding as f, where: {f.status: hit, f.score: {ge: 9000}}}"),
    ("settling_lowers", "rule.settling_lowers", DECISIONS, "level: conditional; functions: [ict]",
     "{any: [{check.content.posts: {lt: 5}}, {some: finding as f, where: {f.check: watchlist}}]}"),
    ("adds_nothing", "rule.adds_nothing", DECISIONS, "", "{posts: {ge: 7}}"),
)  # fmt: skip

_CYCLES = (
    (("alpha", "{fact.beta: yes}"), ("beta", "{fact.alpha: yes}")),
    (("alpha", "{any: [{posts: {ge: 9}}, {fact.beta: no}]}"), ("beta", "{not: {fact.alpha: yes}}")),
    (("alpha", "{fact.alpha: yes}"), ("gamma", "{fact.alpha: yes, posts: {ge: 2}}")),
)

_PAST = "valid_to: 2026-01-31\n    review_by:"
_REPLACED: tuple[_Replaced, ...] = (
    *(
        ("expired", "rule.expired", file, rule, "review_by:", _PAST, rule)
        for file, rule in (
            (DECISIONS, "consent-missing"),
            (DECISIONS, "several-ties"),
            (DECISIONS, "two-medium-findings"),
            (CONFLICT, "conflict-staff-family"),
            (WATCHLIST, "listing-advisory"),
            (CONTENT, "profanity-alone"),
        )
    ),
    *(
        ("no_example", "rule.no_example", file, rule, f"kind: {kind}\n", "kind: known_miss\n", rule)
        for file, rule, kind in (
            (DECISIONS, "consent-missing", "hit"),
            (DECISIONS, "several-ties", "no_hit"),
            (DECISIONS, "two-medium-findings", "hit"),
            (DECISIONS, "support-to-protection", "no_hit"),
        )
    ),
    ("fact_unreachable", "analyse.fact_unreachable", DECISIONS, "derive-restricted-tie", "review_by:",
     "status: experimental\n    review_by:", "harm-with-restricted-tie"),
    ("fact_unreachable", "analyse.fact_unreachable", DECISIONS, "derive-harm-in-words", "review_by:",
     "valid_from: 2027-06-01\n    review_by:", "harm-with-restricted-tie"),
    ("unknown_fact", "when.fact_not_derived", DECISIONS, "harm-with-restricted-tie", "fact.restricted_tie: yes",
     "fact.restricted_ties: yes", "harm-with-restricted-tie"),
    ("names_nothing", "analyse.names_nothing", DECISIONS, "derive-restricted-tie", "conflict-restricted-lapsed]",
     "conflict-restricted-lapse]", "derive-restricted-tie"),
    ("names_nothing", "analyse.names_nothing", DECISIONS, "fraud-or-rumour-training", "[fraud, misinformation]",
     "[fraud, rumours]", "fraud-or-rumour-training"),
    ("names_nothing", "analyse.names_nothing", DECISIONS, "paid-praise-training", "f.category: endorsement",
     "f.category: endorsements", "paid-praise-training"),
)  # fmt: skip
