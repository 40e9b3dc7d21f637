"""All languages of a pack's files, compiled; one copy serves every lexicon of the same files.

Words of a million forms take many seconds to sort. Engines of one pack in one process (a batch, its replay, the gaps
that were closed since) hold the same files (``rulebook``), and what is made of them is made once. It goes when the last
lexicon that holds it goes. What it remembers of words decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeVar
from weakref import WeakValueDictionary

from vetting_engine.checks.content.documents import CueFile, LanguageFile, SignFile, TermFile
from vetting_engine.checks.content.figures import FIGURES
from vetting_engine.checks.content.group import Group
from vetting_engine.checks.content.kinds import TermKind
from vetting_engine.checks.content.language import Classes, LanguageTerms

__all__ = ["Languages", "languages_of"]

_File = TypeVar("_File", bound=LanguageFile)
_Files = tuple[tuple[TermFile, ...], tuple[CueFile, ...], tuple[SignFile, ...]]


class Languages:
    """The languages of some files, in order of tag and script, and the groups that were asked for."""

    def __init__(self, files: _Files) -> None:
        self._files = files  # held, so that no other file comes to have the identity of one of them
        self.classes: Final = Classes()
        for figure in FIGURES.values():
            self.classes.of(figure)
        #: The bits that the gate raises for figures, by kind.
        self.figures: Final[Mapping[TermKind, int]] = {
            kind: self.classes.apart(figure) for kind, figure in FIGURES.items()
        }
        terms, cues, signs = _by_key(files[0]), _by_key(files[1]), _by_key(files[2])
        self.all: Final = tuple(
            LanguageTerms(
                *key,
                terms=theirs,
                cues=cues.get(key, ()),
                signs=signs.get(key, ()),
                classes=self.classes,
            )
            for key, theirs in sorted(terms.items())
        )
        self._groups: dict[tuple[LanguageTerms, ...], Group] = {}

    def group(self, script: str, languages: Sequence[LanguageTerms]) -> Group:
        """Languages of one script together: one group serves all declarations that come to the same."""
        return self._groups.setdefault(tuple(languages), Group(script, languages))


_IN_USE: WeakValueDictionary[tuple[tuple[int, ...], ...], Languages] = WeakValueDictionary()


def languages_of(terms: Iterable[TermFile], cues: Iterable[CueFile], signs: Iterable[SignFile]) -> Languages:
    """The languages of these files: those that are in use already, or else new ones."""
    files = tuple(terms), tuple(cues), tuple(signs)
    key = tuple(tuple(map(id, some)) for some in files)
    found = _IN_USE.get(key)
    if found is None:
        found = _IN_USE[key] = Languages(files)
    return found


def _by_key(files: Iterable[_File]) -> dict[tuple[str, str], list[_File]]:
    """Files by each language they are for, with their script."""
    by_key: dict[tuple[str, str], list[_File]] = {}
    for file in files:
        for language in (file.language, *file.also):
            by_key.setdefault((language, file.script), []).append(file)
    return by_key
