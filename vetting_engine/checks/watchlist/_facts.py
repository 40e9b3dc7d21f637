"""What watchlist rules may read of one pair, and the same from an author's example."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import Final

from vetting_engine.checks.watchlist._screen import Pair
from vetting_engine.checks.watchlist._settings import WatchlistSettings
from vetting_engine.errors import Fault, RulesetError
from vetting_engine.model.facts import Fact, Facts, FieldSpec, FieldType, Vocabulary
from vetting_engine.model.ruleset import Example
from vetting_engine.model.scales import Band
from vetting_engine.model.watchlist import Effect, EntryKind, EntryNameKind

__all__ = ["VOCABULARY", "example_facts", "pair_facts"]

_AGREES, _CLOSE, _PLACEHOLDER, _DIFFERS, _MISSING = "agrees", "close", "placeholder", "differs", "missing"
#: Code of the evidence → how the two sides agree.
_AGREEMENT: Final = MappingProxyType(
    {
        "birth_date.same_day": _AGREES,
        "birth_date.day_month_swapped": _AGREES,
        "birth_date.same_month": _AGREES,
        "birth_date.same_year": _AGREES,
        "birth_date.placeholder": _PLACEHOLDER,
        "birth_date.within_range": _CLOSE,
        "birth_date.same_year_other_day": _CLOSE,
        "birth_date.years_differ": _DIFFERS,
        "nationality.same": _AGREES,
        "nationality.lives_there": _CLOSE,
    }
)
#: Whole years a birth date may be off and still be close: people and lists round.
_CLOSE_YEARS: Final = 2
_AGREEMENTS: Final = (_AGREES, _CLOSE, _PLACEHOLDER, _DIFFERS, _MISSING)


def _name(about: str, values: tuple[str, ...], *, ordered: bool = False) -> FieldSpec:
    return FieldSpec(type=FieldType.NAME, about=about, values=values, ordered=ordered, always_known=True)


def _number(about: str) -> FieldSpec:
    return FieldSpec(type=FieldType.INTEGER, about=about, always_known=True)


def _flag(about: str) -> FieldSpec:
    return FieldSpec(type=FieldType.FLAG, about=about, always_known=True)


_FIELDS: Final = MappingProxyType(
    {
        "hit.score": _number("Names and evidence together, in basis points; may pass 10,000."),
        "hit.name_score": _number("The names alone, in basis points."),
        "hit.band": _name("The score in words, by the pack's bounds.", tuple(Band), ordered=True),
        "hit.matched_parts": _number("How many parts of the names found their like."),
        "hit.single_common_name": _flag("Only one part of the names agrees, and it is a common one."),
        "hit.birth_date": _name("How the birth dates agree; missing where a side tells none.", _AGREEMENTS),
        "hit.nationality": _name("How nationality or origin agree.", _AGREEMENTS),
        "hit.birthplace": _name("How the birthplaces agree.", _AGREEMENTS),
        "hit.gender": _name("How the genders agree.", _AGREEMENTS),
        "hit.father_name": _name("How the father's names agree.", _AGREEMENTS),
        "hit.document": _name("Whether a document number is the entry's; differing numbers say nothing.", _AGREEMENTS),
        "hit.effect": _name("What the office lets this list do.", tuple(Effect)),
        "hit.own_state": _flag("The list was issued by the state the candidate is from; such a hit never weighs."),
        "hit.name_kind": _name("How the entry bears the name.", tuple(EntryNameKind)),
        "hit.entry_kind": _name("Whether the entry is a person or a body.", tuple(EntryKind)),
        "hit.list": FieldSpec(type=FieldType.TEXT, about="Id of the list.", always_known=True),
    }
)

#: What watchlist rules may read: one pair at a time; of identity only how two sides agree, never a value.
VOCABULARY: Final = Vocabulary(name="watchlist", fields=_FIELDS, lists={})

_EVIDENCE: Final = MappingProxyType(
    {
        "hit.birth_date": "birth_date",
        "hit.nationality": "nationality",
        "hit.birthplace": "birthplace",
        "hit.gender": "gender",
        "hit.father_name": "father_name",
        "hit.document": "identifier",
    }
)

_READ_FROM: Final = tuple(_EVIDENCE.items())

#: An example says only what matters to its rule; the rest is a possible hit on a binding list, names only.
_EXAMPLE: Final = MappingProxyType[str, Fact](
    {
        "hit.score": 7_000,
        "hit.name_score": 7_000,
        "hit.band": Band.POSSIBLE.value,
        "hit.matched_parts": 2,
        "hit.single_common_name": False,
        **dict.fromkeys(_EVIDENCE, _MISSING),
        "hit.effect": Effect.BINDING.value,
        "hit.own_state": False,
        "hit.name_kind": EntryNameKind.PRIMARY.value,
        "hit.entry_kind": EntryKind.PERSON.value,
        "hit.list": "un-consolidated",
    }
)
_YES, _NO = ("yes", "true"), ("no", "false")


def pair_facts(pair: Pair, settings: WatchlistSettings) -> Facts:
    """The facts of one pair."""
    said = {part.part: part for part in pair.parts}
    facts: dict[str, Fact] = {
        "hit.score": pair.score,
        "hit.name_score": pair.name_score,
        "hit.band": settings.band_of(pair.score).value,
        "hit.matched_parts": pair.matched_parts,
        "hit.single_common_name": pair.single_common_name,
        "hit.effect": pair.snapshot.authority.effect.value,
        "hit.own_state": pair.own_state,
        "hit.name_kind": pair.entry_name.kind.value,
        "hit.entry_kind": pair.entry.kind.value,
        "hit.list": pair.snapshot.list_id,
    }
    for field, part in _READ_FROM:
        weight = said.get(part)
        facts[field] = _MISSING if weight is None else _agreement(part, weight.code, weight.params.get("years", 0))
    return facts


def _agreement(part: str, code: str, years: int) -> str:
    return _CLOSE if years and years <= _CLOSE_YEARS else _coded(part, code)


@cache
def _coded(part: str, code: str) -> str:
    return _AGREEMENT.get(f"{part}.{code}", _AGREES if code == "same" else _DIFFERS)


def example_facts(example: Example) -> Facts:
    """The pair an inline example stands for: ``given`` by field name.

    Raises:
        RulesetError: ``watchlist.example_field`` or ``watchlist.example_value``.
    """
    facts = dict(_EXAMPLE)
    faults = []
    for field, written in example.given.items():
        spec = VOCABULARY.fields.get(field)
        if spec is None:
            faults.append(Fault("watchlist.example_field", params={"field": field, "line": example.line}))
            continue
        try:
            facts[field] = _typed(spec, written)
        except ValueError:
            faults.append(
                Fault(
                    "watchlist.example_value",
                    params={"field": field, "value": str(written), "line": example.line},
                )
            )
    if faults:
        raise RulesetError(faults)
    return facts


def _typed(spec: FieldSpec, written: object) -> Fact:
    text = str(written).strip().lower() if spec.type is not FieldType.TEXT else str(written)
    if spec.type is FieldType.INTEGER:
        return int(text)
    if spec.type is FieldType.FLAG:
        if text in (*_YES, *_NO):
            return text in _YES
        raise ValueError(text)
    if spec.type is FieldType.NAME and text not in spec.values:
        raise ValueError(text)
    return text
