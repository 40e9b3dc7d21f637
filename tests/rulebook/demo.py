"""A check as small as a check can be, for tests of packs: it knows posts with matches in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, Field

from vetting_engine.model.base import Noun
from vetting_engine.model.facts import Facts, FieldSpec, FieldType, ListSpec, Vocabulary
from vetting_engine.model.ruleset import Example, Rule, Ruleset

PACKS = Path(__file__).parent / "packs"
GOOD = PACKS / "good"


def _field(kind: FieldType, *values: str, ordered: bool = False) -> FieldSpec:
    return FieldSpec(type=kind, about="For tests.", values=values, ordered=ordered)


class Reader(Noun):
    name: str
    days: int = 1


class DemoSettings(Noun):
    threshold: int = Field(default=3, ge=1, le=10)
    words: tuple[str, ...] = ()
    strict: bool = False
    readers: tuple[Reader, ...] = ()


class Terms(Noun):
    terms: tuple[str, ...] = Field(min_length=1)


VOCABULARY = Vocabulary(
    name="demo",
    fields={
        "post.shared": _field(FieldType.FLAG),
        "post.length": _field(FieldType.INTEGER),
        "post.words": _field(FieldType.INTEGER),
        "post.time": _field(FieldType.DATE),
        "post.place": _field(FieldType.TEXT),
        "post.kind": _field(FieldType.NAME, "text", "bio"),
        "post.band": _field(FieldType.NAME, "weak", "strong", ordered=True),
        # A vocabulary that offers protected features: the rulebook refuses the rules that read them.
        "post.language": _field(FieldType.TEXT),
        "candidate.gender": _field(FieldType.TEXT),
    },
    lists={
        "match": ListSpec(
            about="Matches in the post.",
            fields={
                "kind": _field(FieldType.NAME, "predicate", "group"),
                "id": _field(FieldType.TEXT),
                "start": _field(FieldType.INTEGER),
                "sentence": _field(FieldType.INTEGER),
                "quoted": _field(FieldType.FLAG),
                "told": _field(FieldType.FLAG),
                "speaker_ethnicity": _field(FieldType.TEXT),
            },
        )
    },
)


class DemoCheck:
    name = "demo"
    version = "1"
    settings: type[BaseModel] = DemoSettings
    documents: Mapping[str, type[BaseModel]] = {"terms": Terms}
    vocabulary = VOCABULARY
    modifiers = frozenset({"quoted", "told"})

    def example_facts(self, ruleset: Ruleset, rule: Rule, example: Example) -> Sequence[Facts]:
        if "explode" in example.given:
            raise ZeroDivisionError("boom")
        return (dict(example.given),)


class DemoCohort:
    name = "group"
    version = "1"
    settings: type[BaseModel] = DemoSettings

    def measure(self) -> None:
        raise NotImplementedError


CHECKS = {"demo": DemoCheck(), "group": DemoCohort()}
