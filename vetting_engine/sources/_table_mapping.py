"""The mapping beside a table somebody else publishes: ``names.csv`` has ``names.csv.mapping.yaml``.

It says who issues the list and which of its columns is what::

    title: Register of the river guild
    issuer: River Guild of Klow
    issuer_country: SY
    published: 2026-01-31
    columns: {id: No., name: Full name, birth_date: Born}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import Field, ValidationError

from vetting_engine.errors import Fault, ListError, VettingError
from vetting_engine.files import yaml
from vetting_engine.files.reading import read_bytes
from vetting_engine.model.base import Noun
from vetting_engine.model.watchlist import Authority
from vetting_engine.sources._snapshot import ListFile

__all__ = ["SUFFIX", "Mapped", "mapped_columns", "read_mapping"]

SUFFIX = ".mapping.yaml"


class _Mapping(Noun):
    title: str = Field(min_length=1)
    issuer: str = Field(min_length=1)
    issuer_country: str | None = None
    legal_basis: str = "as its issuer states; without effect until an office approves the list"
    published: date | None = None
    columns: dict[str, str]


@dataclass(frozen=True, slots=True)
class Mapped:
    """What the mapping says, and the file it stands in."""

    file: ListFile
    title: str
    authority: Authority
    published: date | None
    columns: Mapping[str, tuple[str, ...]]


def mapped_columns(path: Path) -> Mapping[str, tuple[str, ...]]:
    """The columns of a mapping beside the file, as far as it can be read; for recognising only."""
    try:
        document, _ = yaml.read(path.with_name(path.name + SUFFIX))
    except (VettingError, ValueError):
        return {}
    columns = document.value.get("columns") if document and isinstance(document.value, dict) else None
    return {name: (_plain(str(header)),) for name, header in columns.items()} if isinstance(columns, dict) else {}


def read_mapping(path: Path, known: Mapping[str, object]) -> Mapped | None:
    """The mapping beside the file; None where there is none.

    Raises:
        ListError: it cannot be read, lacks title, issuer or columns, or names a column of ours that is not there
            (``list.mapping_invalid``).
    """
    beside = path.with_name(path.name + SUFFIX)
    if not beside.is_file():
        return None
    document = yaml.load(beside, error=ListError)
    try:
        said = _Mapping.model_validate(document.value)
    except ValidationError as error:
        raise ListError(
            Fault("list.mapping_invalid", document.at(problem["loc"]), {"reason": problem["msg"]})
            for problem in error.errors(include_url=False, include_input=False)
        ) from None
    unknown = [name for name in said.columns if name not in known]
    if unknown:
        raise ListError(
            Fault("list.mapping_invalid", document.at(("columns", name)), {"reason": f"{name} is no column of ours"})
            for name in unknown
        )
    authority = Authority(issuer=said.issuer, issuer_country=said.issuer_country, legal_basis=said.legal_basis)
    columns = {name: (_plain(header),) for name, header in said.columns.items()}
    return Mapped(ListFile(beside, read_bytes(beside)), said.title, authority, said.published, columns)


def _plain(header: str) -> str:
    """As headers are compared: small letters, one underscore for white space and hyphens."""
    return "_".join(header.replace("-", " ").lower().split())
