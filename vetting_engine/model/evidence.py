"""Evidence: the span, pair, path or figure behind a finding."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from vetting_engine.model.base import FrozenDict, FrozenMap, Noun

__all__ = [
    "Evidence",
    "FigureEvidence",
    "NamePairEvidence",
    "PartWeight",
    "RelationEvidence",
    "RelationStep",
    "SpanEvidence",
]


class SpanEvidence(Noun):
    """Characters ``[start, end)`` (code points) of one text; ``excerpt`` is exactly that slice."""

    kind: Literal["span"] = "span"
    where: str  # "post", "caption", "bio", "handle", "link_domain"
    source_id: str  # post id, or account "platform/handle"
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    excerpt: str
    term: str  # id of the term, not the term itself
    term_kind: str
    view: str = "plain"  # the view that matched: plain, leet, spaced …
    context: str = ""  # the surrounding words, for the reviewer
    context_start: int = 0  # where ``context`` begins in the text


class PartWeight(Noun):
    """How one part of a comparison weighed: ``centibits`` are hundredths of a bit of log-likelihood."""

    part: str  # "name", "name_part", "birth_date", "nationality", "birthplace", …
    code: str  # e.g. "equal", "equal_after_romanisation", "differs", "placeholder", "missing"
    ours: str = ""
    theirs: str = ""
    centibits: int
    params: FrozenMap = Field(default_factory=FrozenDict)


class NamePairEvidence(Noun):
    """A candidate's name beside an entry's name, and how each part weighed."""

    kind: Literal["name_pair"] = "name_pair"
    candidate_name: str
    entry_name: str
    entry_name_kind: str
    entry_id: str
    entry_digest: str
    list_id: str
    list_digest: str
    parts: tuple[PartWeight, ...]
    questions: tuple[str, ...] = ()  # codes of distinguishing questions, fewest first


class RelationStep(Noun):
    """One step of a path of ties. ``backward``: the tie is held by ``to_name`` towards ``from_name`` (the company
    is owned by the next person); otherwise ``from_name`` holds it.
    """

    from_name: str
    relation: str
    to_name: str
    to_id: str | None = None
    source: str = ""
    current: bool = True
    backward: bool = False


class RelationEvidence(Noun):
    """A path of at most two steps from the candidate to a register entry."""

    kind: Literal["relation"] = "relation"
    path: tuple[RelationStep, ...] = Field(min_length=1, max_length=2)
    register_id: str
    register_digest: str
    entry_id: str
    matched_by: str  # "id" or "name"
    parts: tuple[PartWeight, ...] = ()


class FigureEvidence(Noun):
    """A named figure and the bound it was held against."""

    kind: Literal["figure"] = "figure"
    name: str
    value: int | str
    bound: int | str | None = None


Evidence = Annotated[SpanEvidence | NamePairEvidence | RelationEvidence | FigureEvidence, Field(discriminator="kind")]
