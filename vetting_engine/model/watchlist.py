"""Watchlists and registers: what a candidate is compared with, on whose authority."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, Final

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from vetting_engine.model.base import FrozenDict, FrozenMap, Noun
from vetting_engine.model.candidate import Identifier, Relation
from vetting_engine.model.dates import PartialDate

__all__ = [
    "DATASET_SIGN",
    "NOT_FOR",
    "Authority",
    "Effect",
    "EntryKind",
    "EntryName",
    "EntryNameKind",
    "ListSnapshot",
    "LoadReport",
    "Register",
    "RegisterEntry",
    "RegisterKind",
    "SourceFile",
    "WatchlistEntry",
]


#: What nothing found here may ever feed; said with everything that leaves this program.
NOT_FOR: Final = ("registration", "status determination", "assistance")
#: Parts the datasets an entry is in.
DATASET_SIGN = "; "


class Effect(StrEnum):
    """What a hit on a list may do. Only an office's approval turns a list on; UN lists are binding."""

    BINDING = "binding"
    ADVISORY = "advisory"
    OFF = "off"


class EntryKind(StrEnum):
    """What kind of thing is listed."""

    PERSON = "person"
    ORGANISATION = "organisation"
    OTHER = "other"


class EntryNameKind(StrEnum):
    """How an entry bears a name; weak aliases weigh less."""

    PRIMARY = "primary"
    ALIAS = "alias"
    WEAK_ALIAS = "weak_alias"
    FORMER = "former"
    ORIGINAL_SCRIPT = "original_script"


class EntryName(Noun):
    """One name of an entry, as the list writes it (white space trimmed)."""

    text: str = Field(min_length=1, max_length=2_000)
    kind: EntryNameKind = EntryNameKind.PRIMARY


class WatchlistEntry(Noun):
    """A listed person or body, with every field the list gives and we can compare.

    ``digest`` covers all other fields, so match memory lapses when the entry changes. ``expires_on`` is the last day
    a row of a local list may be used; the lists of issuers have none.
    """

    id: str = Field(min_length=1, max_length=200)
    kind: EntryKind
    names: tuple[EntryName, ...]
    birth_dates: tuple[PartialDate, ...] = ()
    birthplaces: tuple[str, ...] = ()
    father_name: str | None = None
    gender: str | None = None
    nationalities: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    programme: str | None = None
    listed_on: date | None = None
    notes: tuple[str, ...] = ()
    dataset: str | None = None
    expires_on: date | None = None
    digest: str

    def expired(self, as_of: date) -> bool:
        """Whether the row's last day is past: such a row never weighs."""
        return self.expires_on is not None and self.expires_on < as_of


class Authority(Noun):
    """Who issued the list, on what basis, and what effect which office gave it.

    ``datasets`` are those an office admits of an aggregated list; of any other list it is empty. ``dataset_countries``
    are the countries that issue them, one for each, empty where no state does; or nothing at all.
    """

    issuer: str
    issuer_country: str | None = None
    legal_basis: str
    approving_office: str | None = None
    effect: Effect = Effect.OFF
    datasets: tuple[str, ...] = ()
    dataset_countries: tuple[str, ...] = ()

    @model_serializer(mode="wrap")
    def _plain(self, standard: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Without datasets where there are none, so that records of ordinary lists do not mention them."""
        said: dict[str, Any] = standard(self)
        for name in ("datasets", "dataset_countries"):
            if not said[name]:
                del said[name]
        return said

    @model_validator(mode="after")
    def _approved(self) -> Authority:
        if self.effect is not Effect.OFF and not self.approving_office:
            raise ValueError("a list with an effect needs an approving office")
        if self.dataset_countries and len(self.dataset_countries) != len(self.datasets):
            raise ValueError("each dataset needs a country, or none of them has one")
        return self

    def issuers_of(self, entry: WatchlistEntry) -> frozenset[str]:
        """The countries whose states stand behind an entry; empty text for an issuer that is no state. Of an
        aggregated list these are the issuers of the datasets it is in, as far as they are told.
        """
        if entry.dataset is None or not self.dataset_countries:
            return frozenset({self.issuer_country or ""})
        issuers = dict(zip(self.datasets, self.dataset_countries, strict=True))
        return frozenset(issuers.get(name, "") for name in entry.dataset.split(DATASET_SIGN))


class LoadReport(Noun):
    """What was read: counts by kind, and fields kept verbatim because they were only partly understood."""

    entries: int = Field(ge=0)
    names: int = Field(ge=0)
    partly_understood: FrozenMap = Field(default_factory=FrozenDict)


class SourceFile(Noun):
    """One file a list, register or pack was read from. ``path`` is where it lay when read, for archiving only;
    it is no part of the value.
    """

    name: str
    digest: str
    path: str = Field(default="", exclude=True)


class ListSnapshot(Noun):
    """One dated, digested copy of a list. ``digest`` is over the bytes as received."""

    list_id: str = Field(pattern=r"^[a-z0-9][a-z0-9_.-]*$", max_length=80)
    title: str
    format: str
    published: date | None = None
    retrieved: date | None = None
    max_age_days: int = Field(default=30, ge=0)
    accepted: str = ""  # who accepted it beyond its limit, for which office, until when, why
    authority: Authority
    entries: tuple[WatchlistEntry, ...]
    digest: str
    report: LoadReport
    files: tuple[SourceFile, ...] = ()


class RegisterKind(StrEnum):
    """What a register lists."""

    STAFF = "staff"
    PARTNERS = "partners"
    RESTRICTED_PARTIES = "restricted_parties"


class RegisterEntry(Noun):
    """One row: a person or body, with its own known ties (for the second step of a path)."""

    id: str = Field(min_length=1, max_length=200)
    names: tuple[str, ...] = Field(min_length=1)
    kind: EntryKind = EntryKind.PERSON
    role: str | None = None
    relations: tuple[Relation, ...] = ()


class Register(Noun):
    """A table of staff, partners or restricted parties, dated and digested."""

    register_id: str = Field(pattern=r"^[a-z0-9][a-z0-9_.-]*$", max_length=80)
    kind: RegisterKind
    as_at: date | None = None
    entries: tuple[RegisterEntry, ...]
    digest: str
    files: tuple[SourceFile, ...] = ()
