"""The base of all nouns: frozen, closed, validated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, NoReturn

from pydantic import AfterValidator, BaseModel, ConfigDict, PlainSerializer

__all__ = ["BasisPoints", "FrozenDict", "FrozenMap", "Noun"]


class Noun(BaseModel):
    """A value with named parts. Equal when its parts are equal; never changed after it is made."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class FrozenDict(dict[str, Any]):
    """A dict that cannot be changed, hashes by its items and survives pickling to a worker."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("this mapping cannot be changed")

    __setitem__ = __delitem__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse
    __ior__ = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(sorted(self.items())))

    def __reduce__(self) -> tuple[type[FrozenDict], tuple[dict[str, Any]]]:
        return (FrozenDict, (dict(self),))


def _freeze(mapping: Mapping[str, Any]) -> FrozenDict:
    return FrozenDict(sorted(mapping.items()))


#: A read-only mapping with sorted keys; written as a plain object.
FrozenMap = Annotated[Mapping[str, Any], AfterValidator(_freeze), PlainSerializer(dict, return_type=dict[str, Any])]

#: A share or score in hundredths of a percent: 0 = none, 10,000 = all. Never a float in a record.
BasisPoints = int
