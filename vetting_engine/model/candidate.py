"""The candidate and everything they declared or published. No AGD answers: those live in ``cohort``."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from pydantic import Field, field_validator, model_validator

from vetting_engine.model import limits
from vetting_engine.model.base import Noun
from vetting_engine.model.dates import PartialDate

__all__ = [
    "Account",
    "Attestation",
    "Candidate",
    "Excerpt",
    "Identifier",
    "MediaKind",
    "NameKind",
    "PersonName",
    "Post",
    "Relation",
    "RelationKind",
]


class NameKind(StrEnum):
    """What a name is to its bearer."""

    LEGAL = "legal"
    ALIAS = "alias"
    NICKNAME = "nickname"
    FORMER = "former"
    DISPLAY = "display"


class PersonName(Noun):
    """One written form of a candidate's name. ``script`` is ISO 15924 (``Arab``); None: seen from the text."""

    text: str = Field(min_length=1, max_length=limits.MAX_NAME_CHARS)
    kind: NameKind = NameKind.LEGAL
    script: str | None = Field(default=None, pattern=r"^[A-Z][a-z]{3}$")
    given: str | None = Field(default=None, max_length=limits.MAX_NAME_CHARS)
    father: str | None = Field(default=None, max_length=limits.MAX_NAME_CHARS)
    family: str | None = Field(default=None, max_length=limits.MAX_NAME_CHARS)


class Identifier(Noun):
    """A document or registration number as declared, for identity evidence only."""

    kind: str = Field(max_length=60)
    value: str = Field(min_length=1, max_length=100)
    country: str | None = Field(default=None, max_length=100)


class MediaKind(StrEnum):
    """What a post carries besides text."""

    NONE = "none"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    LINK = "link"
    UNKNOWN = "unknown"


class Excerpt(StrEnum):
    """Which text of an account a passage comes from."""

    POST = "post"
    CAPTION = "caption"
    BIO = "bio"


class Account(Noun):
    """A public account. ``handle_in_export`` is what the export itself says, to show who controls it."""

    platform: str = Field(max_length=60)
    handle: str = Field(max_length=200)
    bio: str | None = Field(default=None, max_length=limits.MAX_FIELD_CHARS)
    followers: int | None = Field(default=None, ge=0, le=10_000_000_000)
    handle_in_export: str | None = Field(default=None, max_length=200)
    exported_by: str | None = Field(default=None, max_length=200)
    exported_on: date | None = None


class Post(Noun):
    """One public post by the owner. ``shared`` is somebody else's text passed on; ``text`` is own words only
    unless ``shared`` is true and ``own_words`` is false (then it is the shared text).
    """

    id: str = Field(min_length=1, max_length=200)
    text: str = Field(default="", max_length=limits.MAX_POST_CHARS)
    time: datetime | None = None
    platform: str | None = Field(default=None, max_length=60)
    handle: str | None = Field(default=None, max_length=200)
    language: str | None = Field(default=None, max_length=35)
    media: MediaKind = MediaKind.NONE
    media_count: int = Field(default=0, ge=0, le=10_000)
    kind: Excerpt = Excerpt.POST
    shared: bool = False
    own_words: bool = True
    link_domains: tuple[str, ...] = ()

    @field_validator("time")
    @classmethod
    def _with_zone(cls, value: datetime | None) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("time needs a UTC offset")
        return value


class RelationKind(StrEnum):
    """Kinds of tie after BODS and FollowTheMoney."""

    FAMILY = "family"
    ASSOCIATE = "associate"
    EMPLOYMENT = "employment"
    DIRECTORSHIP = "directorship"
    OWNERSHIP = "ownership"
    MEMBERSHIP = "membership"
    ENDORSEMENT = "endorsement"
    POLITICAL_OFFICE = "political_office"


class Relation(Noun):
    """A declared or known tie from its holder to ``to_name`` (and ``to_id`` where it names a register entry)."""

    id: str = Field(min_length=1, max_length=200)
    kind: RelationKind
    to_name: str = Field(min_length=1, max_length=limits.MAX_NAME_CHARS)
    to_id: str | None = Field(default=None, max_length=200)
    role: str | None = Field(default=None, max_length=200)
    start: date | None = None
    end: date | None = None
    source: str = Field(default="declared", max_length=200)
    declared_by: str | None = Field(default=None, max_length=200)
    confidence: int = Field(default=10_000, ge=0, le=10_000)

    @model_validator(mode="after")
    def _ordered(self) -> Relation:
        if self.start and self.end and self.start > self.end:
            raise ValueError("relation ends before it starts")
        return self


class Attestation(Noun):
    """A checked statement: training taken, code signed, a manual register check. Never implied coverage."""

    kind: str = Field(min_length=1, max_length=100)
    reference: str | None = Field(default=None, max_length=300)
    checked_by: str | None = Field(default=None, max_length=200)
    on: date | None = None
    expires: date | None = None


class Candidate(Noun):
    """A person considered for engagement, as declared, with what they publish.

    Countries and nationalities are kept as written; ``names.countries`` normalises them where compared.
    ``languages`` are BCP 47 tags. ``dropped_fields`` names input fields that were not read (never values);
    ``unread_posts`` counts posts that were handed in and could not be read, so that coverage is not overstated.
    """

    id: str = Field(min_length=1, max_length=200)
    names: tuple[PersonName, ...] = Field(default=(), max_length=limits.MAX_NAMES)
    birth_date: PartialDate | None = None
    birthplace: str | None = Field(default=None, max_length=300)
    gender: str | None = Field(default=None, max_length=60)
    nationalities: tuple[str, ...] = Field(default=(), max_length=20)
    country_of_origin: str | None = Field(default=None, max_length=100)
    residence: str | None = Field(default=None, max_length=100)
    identifiers: tuple[Identifier, ...] = Field(default=(), max_length=50)
    languages: tuple[str, ...] = Field(default=(), max_length=50)
    accounts: tuple[Account, ...] = Field(default=(), max_length=50)
    audience_groups: tuple[str, ...] = Field(default=(), max_length=100)
    posts: tuple[Post, ...] = Field(default=(), max_length=limits.MAX_POSTS)
    relations: tuple[Relation, ...] = Field(default=(), max_length=limits.MAX_RELATIONS)
    relations_declared: bool = False
    attestations: tuple[Attestation, ...] = Field(default=(), max_length=200)
    consent_ref: str | None = Field(default=None, max_length=300)
    dropped_fields: tuple[str, ...] = ()
    unread_posts: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _distinct_posts(self) -> Candidate:
        if len({post.id for post in self.posts}) != len(self.posts):
            raise ValueError("two posts share one id")
        if len({relation.id for relation in self.relations}) != len(self.relations):
            raise ValueError("two relations share one id")
        return self
