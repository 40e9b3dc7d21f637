"""What the signs of one language say of one topic."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet

from vetting_engine.checks.content.documents import SignEntry, SignFile, Term
from vetting_engine.checks.content.kinds import Strength, TermKind

__all__ = ["Topic", "topics_of"]


class Topic:
    """One topic in one language, as a file declares it; ``bit``: of its class, as the gate raises it."""

    def __init__(self, topic: str, file: SignFile, bit: int) -> None:
        self.name = topic
        self.bit = bit
        self.least = file.least[topic]
        self.least_beside_terms = file.least_beside_terms.get(topic)
        #: Sign → the entry that gives it its points.
        self.entries = {sign: entry for entry in file.signs if entry.topic == topic for sign in entry.words}
        self._file = file
        #: Made when first told: most never are.
        self._terms: dict[str, Term] = {}

    def term(self, signs: AbstractSet[str]) -> Term:
        """The "term" that a word with these signs is reported as: the weightiest of them, of which there are some."""
        entry = max([self.entries[sign] for sign in self.entries.keys() & signs], key=lambda entry: entry.points)
        if entry.id not in self._terms:
            self._terms[entry.id] = _term_of(entry, self._file)
        return self._terms[entry.id]


def topics_of(file: SignFile, class_of: Callable[[Term], int]) -> tuple[Topic, ...]:
    """The topics of a file. ``class_of``: the bit of the class of a term."""
    examples = {entry.topic: entry for entry in file.signs}
    return tuple(Topic(topic, file, class_of(_term_of(examples[topic], file))) for topic in sorted(examples))


def _term_of(entry: SignEntry, file: SignFile) -> Term:
    return Term(
        id=entry.id, kind=TermKind.SIGN, texts=entry.words, topic=entry.topic, strength=Strength.WEAK,
        reviewed_on=file.reviewed_on, expires=file.expires,
    )  # fmt: skip
