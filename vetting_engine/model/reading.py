"""What people read to close a gap: the sample the engine drew, who read what, and what they found."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from vetting_engine.model.base import Noun

__all__ = ["MAX_FOUND", "MAX_NOTE_CHARS", "FoundItem", "GapReading", "ReadItem", "Reading", "SampledItem"]

#: A remark about one text, not an essay; it is sealed with the case.
MAX_NOTE_CHARS = 1_000
#: Things one reader may find in one sample.
MAX_FOUND = 1_000


class ReadItem(Noun):
    """Something a gap is about, for a person to read, watch or listen to.

    ``source_id`` is a post's id or an account's ``platform/handle``; ``where`` what it is (``post``, ``caption``,
    ``bio``); ``media`` is empty where only words are to be read; ``find`` says where people find a medium.
    """

    source_id: str
    where: str
    text: str
    media: str = ""
    find: str = ""


class SampledItem(Noun):
    """One item of a sample as a reading keeps it: its number in the sample, its source, the digest of its content."""

    item: int = Field(ge=1)
    source_id: str
    where: str
    digest: str


class FoundItem(Noun):
    """What a reader found in one item: a category of the pack, and a remark."""

    item: int = Field(ge=1)
    category: str = Field(min_length=1, max_length=60)
    note: str = Field(default="", max_length=MAX_NOTE_CHARS)


class Reading(Noun):
    """One person's reading of a whole sample. ``assurance`` says how their identity is assured, as for an actor;
    ``languages`` (or scripts) are those an office has declared them to read.
    """

    reader: str = Field(min_length=1, max_length=200)
    assurance: str
    languages: tuple[str, ...]
    on: date
    conflict_of_interest: bool = False
    found: tuple[FoundItem, ...] = Field(default=(), max_length=MAX_FOUND)

    def categories(self, item: int) -> frozenset[str]:
        """What the reader found in an item."""
        return frozenset(found.category for found in self.found if found.item == item)


class GapReading(Noun):
    """Two readings of the sample that the engine drew for one gap.

    ``about`` says which gap of ``check`` it is, such as ``language:rhg``; ``population`` how many items the gap is
    about, of which ``sample`` was drawn, in that order.
    """

    check: str
    about: str = Field(min_length=1, max_length=100)
    population: int = Field(ge=1)
    sample: tuple[SampledItem, ...] = Field(min_length=1)
    readings: tuple[Reading, Reading]

    @property
    def disputed(self) -> tuple[int, ...]:
        """The items in which the two found different things; while there are any, the gap stays open."""
        first, second = self.readings
        return tuple(one.item for one in self.sample if first.categories(one.item) != second.categories(one.item))
