"""The book of names: looked up together or one by one, the same."""

from __future__ import annotations

from vetting_engine.checks.conflict._names import NameBook
from vetting_engine.model.watchlist import EntryKind

NAMES = [
    ("Tamsin Okvale", EntryKind.PERSON),
    ("Ilse Marrow", EntryKind.PERSON),
    ("Okvale Trading Ltd", EntryKind.ORGANISATION),
]
ASKED = ("Tamsin Okvalle", "Okvale Trading", "Farrokhal Dejen", "FNU", "", "Tamsin Okvalle")


def test_names_learnt_together_are_like_those_of_each_alone() -> None:
    alone = NameBook(NAMES, 3_000)
    together = NameBook(NAMES, 3_000)
    together.learn(ASKED)
    found = [together.like(name) for name in ASKED]
    assert found == [alone.like(name) for name in ASKED]
    assert [[like.name for like in likes] for likes in found[:3]] == [["Tamsin Okvale"], ["Okvale Trading Ltd"], []]


def test_a_book_without_names_knows_nobody() -> None:
    assert NameBook((), 3_000).like("Tamsin Okvale") == ()
