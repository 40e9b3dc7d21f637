"""A signed reading: what one reader read and found, as a small JSON file without the texts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from vetting_engine import canonical
from vetting_engine.errors import Fault, InputError, Location
from vetting_engine.files.reading import read_bytes
from vetting_engine.model.base import Noun
from vetting_engine.model.reading import MAX_FOUND, FoundItem
from vetting_engine.records.sign import SigningKey, signature_holds
from vetting_engine.review._sheet import FilledSheet

__all__ = ["SignedReading", "open_reading", "sign_reading"]

_PURPOSE = "reading"
#: A reading holds digests and remarks: it is small.
_MOST_BYTES = 4_000_000


class _ItemRead(Noun):
    item: int = Field(ge=1)
    digest: str


class SignedReading(Noun):
    """What stands in the file; ``gap`` is ``check/about``. The signature is over everything else."""

    schema_id: Literal["vetting-engine/reading/1"] = "vetting-engine/reading/1"
    record: str = Field(max_length=100)
    gap: str = Field(max_length=200)
    reader: str = Field(min_length=1, max_length=200)
    on: date
    conflict_of_interest: bool
    items: tuple[_ItemRead, ...] = Field(max_length=10_000)
    found: tuple[FoundItem, ...] = Field(default=(), max_length=MAX_FOUND)
    signature: str = ""

    @property
    def digests(self) -> Mapping[int, str]:
        """The digest of each item read, by its number."""
        return {item.item: item.digest for item in self.items}

    def signed_by(self, public_key: str) -> bool:
        """Whether the key declared for the reader has signed exactly this."""
        return signature_holds(public_key, _PURPOSE, self._bytes(), self.signature)

    def _bytes(self) -> bytes:
        return canonical.dumps(self.model_dump(mode="json", exclude={"signature"}))

    def text(self) -> str:
        """The file."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def sign_reading(
    sheet: FilledSheet, key: SigningKey, *, reader: str, on: date, conflict_of_interest: bool
) -> SignedReading:
    """The reading of a sheet under its reader's own key."""
    unsigned = SignedReading(
        record=sheet.record,
        gap=sheet.gap,
        reader=reader,
        on=on,
        conflict_of_interest=conflict_of_interest,
        items=tuple(_ItemRead(item=item, digest=digest) for item, digest in sheet.items.items()),
        found=sheet.found,
    )
    return unsigned.model_copy(update={"signature": key.sign(_PURPOSE, unsigned._bytes())})  # noqa: SLF001  # its own


def open_reading(path: Path) -> SignedReading:
    """A reading from its file.

    Raises:
        InputError: ``reading.unreadable``: no such file, no reading, or one with parts nobody knows.
    """
    data = read_bytes(path, max_bytes=_MOST_BYTES)
    try:
        said: Any = json.loads(data)
        return SignedReading.model_validate(said)
    except (ValidationError, ValueError, RecursionError) as error:
        raise InputError(Fault("reading.unreadable", Location(file=path.name))) from error
