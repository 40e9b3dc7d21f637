"""Candidates, their posts and ties."""

from __future__ import annotations

from datetime import date
from typing import Any

from vetting_engine import canonical
from vetting_engine.model.candidate import Candidate, PersonName, Post, Relation, RelationKind

AS_OF = date(2026, 1, 15)


def digest(text: str) -> str:
    """A digest that looks like any other."""
    return canonical.digest(text.encode())


def candidate(id: str = "c-001", name: str = "Tamsin Okvale", **parts: Any) -> Candidate:  # noqa: A002
    """A candidate with one name, unless ``names`` is given."""
    parts.setdefault("names", (PersonName(text=name),) if name else ())
    return Candidate(id=id, **parts)


def post(id: str = "p-1", text: str = "Good morning from the market.", **parts: Any) -> Post:  # noqa: A002
    """A public post."""
    return Post(id=id, text=text, **parts)


def relation(id: str = "r-1", to_name: str = "Ondrel Trading", **parts: Any) -> Relation:  # noqa: A002
    """A declared tie."""
    return Relation(**{"id": id, "kind": RelationKind.EMPLOYMENT, "to_name": to_name} | parts)
