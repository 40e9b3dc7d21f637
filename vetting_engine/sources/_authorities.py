"""``authorities.yaml`` beside the lists: what effect an office gives each, on what basis, and how old it may be.

::

    lists:
      ofac-sdn:
        effect: advisory
        legal_basis: Memorandum 7 of the legal service
        approving_office: Regional Bureau
        max_age_days: 14
      opensanctions:
        datasets: [eu_fsf, gb_fcdo_sanctions]
        effect: advisory
        legal_basis: Memorandum 8 of the legal service
        approving_office: Regional Bureau
        url: https://data.opensanctions.org/datasets/latest/sanctions/entities.ftm.json

Nothing a list finds feeds registration, status determination or assistance; no entry of this file can say otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field, ValidationError, field_validator, model_validator

from vetting_engine.errors import Fault, ListError, Location
from vetting_engine.files import yaml
from vetting_engine.model.base import FrozenDict, FrozenMap, Noun
from vetting_engine.model.watchlist import Authority, Effect, ListSnapshot
from vetting_engine.names.countries import to_code

__all__ = ["AUTHORITIES_FILE", "Authorities", "Terms", "load_authorities"]

AUTHORITIES_FILE = "authorities.yaml"
#: How a page says that no state issues a dataset.
_NO_STATE = "none"
#: First parts of dataset names that stand for a body of many states.
_NO_STATES = frozenset({"eu", "un"})
#: Letters of a country's code.
_CODE = 2


class Terms(Noun):
    """What an office says of one list. What it does not say stays as the list itself has it."""

    issuer: str | None = Field(default=None, min_length=1)
    issuer_country: str | None = Field(default=None, min_length=2, max_length=100)
    legal_basis: str | None = Field(default=None, min_length=1)
    approving_office: str | None = Field(default=None, min_length=1)
    effect: Effect | None = None
    max_age_days: int | None = Field(default=None, ge=0, le=3650)
    datasets: tuple[str, ...] = ()
    dataset_countries: FrozenMap = Field(default_factory=FrozenDict)
    url: str | None = Field(default=None, max_length=2_000)

    @field_validator("max_age_days", mode="before")
    @classmethod
    def _figures(cls, value: object) -> object:
        """Scalars of the file are texts; only plain figures are a number of days."""
        if isinstance(value, str) and not (value.isascii() and value.isdigit()):
            raise ValueError("write a whole number of days")
        return value

    @model_validator(mode="after")
    def _approved(self) -> Terms:
        if self.effect not in {None, Effect.OFF} and not (self.approving_office and self.legal_basis):
            raise ValueError("an effect needs a legal_basis and an approving_office")
        foreign = sorted(set(self.dataset_countries) - set(self.datasets))
        if foreign:
            raise ValueError(f"dataset_countries speaks of what datasets does not name: {', '.join(foreign)}")
        unknown = [name for name in self.datasets if self._country(name) is None]
        if unknown and (self.dataset_countries or self.effect not in {None, Effect.OFF}):
            raise ValueError(
                f"say in dataset_countries which country issues {', '.join(unknown)}, or {_NO_STATE} where no state"
                " does: a list of the state somebody fled must not weigh against them"
            )
        return self

    def _country(self, dataset: str) -> str | None:
        """The code of the country that issues a dataset, empty where no state does; None where nobody knows. Names
        such as ``gb_fcdo_sanctions`` begin with it.
        """
        said = str(self.dataset_countries.get(dataset, ""))
        if said:
            return "" if said == _NO_STATE else to_code(said)
        prefix, sign, _ = dataset.partition("_")
        if not sign or len(prefix) != _CODE or not prefix.islower():
            return None
        return "" if prefix in _NO_STATES else to_code(prefix)

    def applied_to(self, own: Authority) -> Authority:
        """The list's own authority with what the office says."""
        said = {
            name: value
            for name in ("issuer", "issuer_country", "legal_basis", "approving_office", "effect")
            if (value := getattr(self, name)) is not None
        }
        return Authority.model_validate({**own.model_dump(), **said, "datasets": self.datasets, **self._issuers()})

    def _issuers(self) -> dict[str, tuple[str, ...]]:
        countries = tuple(self._country(name) for name in self.datasets)
        return {"dataset_countries": tuple(code or "" for code in countries) if None not in countries else ()}


@dataclass(frozen=True, slots=True)
class Authorities:
    """The terms of each list by its id, and the file they stand in."""

    lists: Mapping[str, Terms]
    path: Path

    def settled(self, snapshot: ListSnapshot) -> ListSnapshot:
        """The snapshot with the authority and the age an office gives it; as it is where nothing is said.

        Raises:
            ListError: ``authority.binding_stays``: a binding list is not made less by an office.
        """
        terms = self.lists.get(snapshot.list_id)
        if terms is None:
            return snapshot
        own = snapshot.authority
        if own.effect is Effect.BINDING and terms.effect not in {None, Effect.BINDING}:
            at = Location(str(self.path), field=f"lists.{snapshot.list_id}.effect")
            raise ListError(Fault("authority.binding_stays", at))
        age = snapshot.max_age_days if terms.max_age_days is None else terms.max_age_days
        return snapshot.model_copy(update={"authority": terms.applied_to(own), "max_age_days": age})


def load_authorities(path: str | Path) -> Authorities:
    """The terms of every list an office speaks of.

    Raises:
        ListError: the file cannot be read, or any list's terms (``authority.invalid``); every fault with its line.
    """
    file = Path(path)
    document = yaml.load(file, error=ListError)
    lists = document.value.get("lists") if isinstance(document.value, dict) else None
    if not isinstance(lists, dict) or set(document.value) != {"lists"}:
        raise ListError(Fault("authority.no_lists", document.at()))
    faults: list[Fault] = []
    terms: dict[str, Terms] = {}
    for list_id, said in lists.items():
        try:
            terms[list_id] = Terms.model_validate(said)
        except ValidationError as error:
            faults += [
                Fault(
                    "authority.invalid",
                    document.at(("lists", list_id, *problem["loc"])),
                    {"list": list_id, "reason": problem["msg"].removeprefix("Value error, ")},
                )
                for problem in error.errors(include_url=False, include_input=False)
            ]
    if faults:
        raise ListError(faults)
    return Authorities(terms, file)
