"""What conflict rules may read of one path, and the same from an author's example."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import Final

from vetting_engine.checks.conflict._ties import SAME_PERSON, Path
from vetting_engine.errors import Fault, Location, RulesetError
from vetting_engine.model.candidate import Relation, RelationKind
from vetting_engine.model.facts import Fact, Facts, FieldSpec, FieldType, Vocabulary
from vetting_engine.model.ruleset import Example
from vetting_engine.model.scales import Band
from vetting_engine.model.watchlist import EntryKind, RegisterKind

__all__ = ["VOCABULARY", "example_facts", "is_current", "path_facts"]

_KINDS: Final = (*(kind.value for kind in RelationKind), SAME_PERSON)


def _name(about: str, values: tuple[str, ...], *, ordered: bool = False) -> FieldSpec:
    return FieldSpec(type=FieldType.NAME, about=about, values=values, ordered=ordered, always_known=True)


_FIELDS: Final = MappingProxyType(
    {
        "path.steps": FieldSpec(
            type=FieldType.INTEGER, about="Steps from the candidate to the register entry: 1 or 2.", always_known=True
        ),
        "path.relation": _name("Kind of the tie that reaches the register entry.", _KINDS),
        "path.first_relation": _name("Kind of the tie at the candidate's end; the same for one step.", _KINDS),
        "path.register": _name("What the register lists.", tuple(kind.value for kind in RegisterKind)),
        "path.entry_kind": _name("Whether the entry is a person or a body.", tuple(kind.value for kind in EntryKind)),
        "path.current": FieldSpec(
            type=FieldType.FLAG, about="Whether every tie of the path still holds.", always_known=True
        ),
        "path.recent": FieldSpec(
            type=FieldType.FLAG,
            about="Whether it holds, or ended within the pack's lapsed_months.",
            always_known=True,
        ),
        "path.ended_days_ago": FieldSpec(
            type=FieldType.INTEGER, about="Days since the path ended; unknown while it holds."
        ),
        "path.matched_by": _name("Whether the entry was found by its id or by a name alone.", ("id", "name")),
        "path.band": _name("How sure the match with the entry is.", tuple(band.value for band in Band), ordered=True),
        "path.confidence": FieldSpec(
            type=FieldType.INTEGER,
            about="Lowest confidence declared along the path, in basis points.",
            always_known=True,
        ),
        "path.role": FieldSpec(type=FieldType.TEXT, about="Role in the tie at the candidate's end, as declared."),
        "path.entry_role": FieldSpec(type=FieldType.TEXT, about="Role of the register entry."),
    }
)

#: What conflict rules may read: one path at a time, and nothing about the person.
VOCABULARY: Final = Vocabulary(name="conflict", fields=_FIELDS, lists={})

#: An example says only what matters to its rule; the rest is a plain, current tie to an id in the register.
_EXAMPLE: Final = MappingProxyType[str, Fact](
    {
        "path.steps": 1,
        "path.relation": RelationKind.EMPLOYMENT.value,
        "path.register": RegisterKind.RESTRICTED_PARTIES.value,
        "path.entry_kind": EntryKind.ORGANISATION.value,
        "path.current": True,
        "path.recent": True,
        "path.ended_days_ago": None,
        "path.matched_by": "id",
        "path.band": Band.VERY_STRONG.value,
        "path.confidence": 10_000,
        "path.role": None,
        "path.entry_role": None,
    }
)


def is_current(tie: Relation, as_of: date) -> bool:
    """Whether a tie still holds; one that is only about to begin counts, since it is agreed already."""
    return tie.end is None or tie.end >= as_of


def path_facts(path: Path, as_of: date, recent_from: date) -> Facts:
    """The facts of one path. ``recent_from`` is the first day of the window in which an ended tie is recent."""
    ends = [tie.end for tie in path.ties if tie.end is not None and tie.end < as_of]
    # The path is broken from the day its first tie ended.
    ended = min(ends, default=None)
    return {
        "path.steps": path.steps,
        "path.relation": path.relation,
        "path.first_relation": path.first_relation,
        "path.register": path.register.kind.value,
        "path.entry_kind": path.entry.kind.value,
        "path.current": ended is None,
        "path.recent": ended is None or ended >= recent_from,
        "path.ended_days_ago": None if ended is None else (as_of - ended).days,
        "path.matched_by": path.matched_by,
        "path.band": path.band.value,
        "path.confidence": min((tie.confidence for tie in path.ties), default=10_000),
        "path.role": path.ties[0].role if path.ties else None,
        "path.entry_role": path.entry.role,
    }


def example_facts(example: Example) -> Facts:
    """The path an inline example stands for: ``given`` by field name, typed by the vocabulary.

    Raises:
        RulesetError: ``conflict.example_field`` for every field the vocabulary does not have.
    """
    strangers = [field for field in example.given if field not in _FIELDS]
    if strangers:
        raise RulesetError(
            Fault("conflict.example_field", Location(line=example.line), {"field": field}) for field in strangers
        )
    facts = {**_EXAMPLE, **example.given}
    facts.setdefault("path.first_relation", facts["path.relation"])
    return facts
