"""Innocent texts that hide the name of a group: what a pack must not say.

What stands inside an innocent text is innocent. An innocent text that is *exactly* how a group is called therefore
hides that group wherever it stands, and with it every insult, threat and call that a rule asks a group beside. Longer
phrases ("the Black Sea") and texts that ask for a word after them hide nothing of the kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vetting_engine.checks.content.documents import Term, TermFile
from vetting_engine.checks.content.kinds import NAMING, TermKind
from vetting_engine.errors import Fault
from vetting_engine.protocols import PlacedDocument
from vetting_engine.text.terms import stem_of

__all__ = ["hidden_names"]


def hidden_names(files: Sequence[PlacedDocument]) -> Iterator[Fault]:
    """A fault for every innocent text that is the name of a group, or a slur, of the same language and script.

    ``files`` are term files. Linear in the written forms of both.
    """
    names: dict[tuple[str, str, str], str] = {}
    for placed in files:
        for term in placed.document.terms:
            if term.kind in NAMING:
                names |= {(*key, stem): term.id for key in _keys(placed.document) for stem in _names(term)}
    for placed in files:
        keys = _keys(placed.document)
        for number, term in enumerate(placed.document.terms):
            if term.kind is not TermKind.INNOCENT:
                continue
            hidden = {stem: names[*key, stem] for stem in _innocent(term) for key in keys if (*key, stem) in names}
            for stem, name in sorted(hidden.items()):
                params = {"innocent": term.id, "text": stem, "term": name}
                yield Fault("content.innocent_hides", placed.at(("terms", number)), params)


def _keys(file: TermFile) -> tuple[tuple[str, str], ...]:
    return tuple((language, file.script) for language in (file.language, *file.also))


def _names(term: Term) -> Iterator[str]:
    """The stems a name is found by, and where it asks for a word after it also with that word."""
    stems = term.stems
    yield from stems
    yield from (stem_of(f"{stem} {head}") for stem in stems for head in term.followed_by)


def _innocent(term: Term) -> Iterator[str]:
    """The stems of what is innocent wherever it stands, that is, whatever comes after it."""
    if not term.followed_by:
        yield from term.stems
