"""Reads ``translations/``: what people read of rules and obligations, in one more language to a file.

A translator is given one file and no rule: texts stand under the id of what they belong to. Like examples apart, the
texts of an extended pack do not bind what a nearer pack has written anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from vetting_engine.errors import Fault
from vetting_engine.files.yaml import YamlDocument
from vetting_engine.model.base import FrozenDict
from vetting_engine.model.ruleset import Obligation, ObligationTexts, Rule, RuleTexts
from vetting_engine.rulebook._near import nearest
from vetting_engine.rulebook._reading import Reading, Source
from vetting_engine.rulebook._surface import TranslationFile
from vetting_engine.rulebook._typed import validate
from vetting_engine.rulebook.packs import HEAD

__all__ = ["TRANSLATIONS", "Translations", "read_translations"]

TRANSLATIONS = "translations"
_RULES, _OBLIGATIONS = "rules", "obligations"
_LISTS = ("falsepositives", "prompts")
Texts = RuleTexts | ObligationTexts
_Noun = TypeVar("_Noun", Rule, Obligation)


@dataclass(frozen=True, slots=True)
class _Told:
    """Texts of one rule or obligation: in which layer, and where."""

    texts: Texts
    layer: int
    document: YamlDocument
    path: tuple[str, str]


@dataclass(slots=True)
class Translations:
    """Texts by rule and by obligation, each by language; ``own`` are the languages the pack itself translates into."""

    rules: dict[str, dict[str, _Told]] = field(default_factory=dict)
    obligations: dict[str, dict[str, _Told]] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)

    def of_sources(self, sources: Sequence[Source], reading: Reading) -> tuple[Source, ...]:
        """The rules with their texts. One that is not translated where others are is a warning."""
        found = []
        for source in sources:
            told = _agreeing(source.rule, self.rules.get(source.rule.id, {}), reading)
            _complete(source, told, self.own, reading)
            found.append(replace(source, rule=_with_texts(source.rule, told, reading)))
        return tuple(found)

    def of_obligations(self, obligations: Mapping[str, Obligation], reading: Reading) -> dict[str, Obligation]:
        """The obligations with their texts."""
        return {name: _with_texts(one, self.obligations.get(name, {}), reading) for name, one in obligations.items()}


def read_translations(
    reading: Reading, rules: Mapping[str, int], obligations: Mapping[str, Obligation] | None
) -> Translations:
    """Every text that counts.

    Args:
        reading: the pack.
        rules: id → the layer a rule stands in.
        obligations: those of the pack; None where its head could not be read, and they are not known.
    """
    found = Translations()
    homes = _homes(reading)
    for layer, path in reading.files():
        if not path.startswith(f"{TRANSLATIONS}/"):
            continue
        document = reading.document(layer, path)
        said = validate(TranslationFile, document.value, document, (), reading.faults) if document is not None else None
        if document is None or said is None:
            continue
        depth = reading.layers.index(layer)
        if layer is reading.own:
            found.own.add(said.language)
        for name, texts in said.rules.items():
            told = _Told(texts, depth, document, (_RULES, name))
            _add(reading, said.language, told, (rules, found.rules), "translation.unknown_rule")
        for name, duty in said.obligations.items() if obligations is not None else ():
            told = _Told(duty, depth, document, (_OBLIGATIONS, name))
            _add(reading, said.language, told, (homes, found.obligations), "translation.unknown_obligation")
    return found


def _homes(reading: Reading) -> dict[str, int]:
    """Obligation → the nearest layer that writes it."""
    homes: dict[str, int] = {}
    for depth, layer in enumerate(reading.layers):
        document = reading.document(layer, HEAD) if HEAD in layer.contents.files else None
        value = document.value if document is not None else None
        written = value.get(_OBLIGATIONS) if isinstance(value, Mapping) else None
        homes.update(dict.fromkeys(written if isinstance(written, Mapping) else (), depth))
    return homes


def _add(
    reading: Reading,
    language: str,
    told: _Told,
    known: tuple[Mapping[str, int], dict[str, dict[str, _Told]]],
    unknown: str,
) -> None:
    homes, found = known
    name, at = told.path[1], told.document.at(told.path)
    if name not in homes:
        reading.fault(unknown, at, id=name, near=nearest(name, homes))
        return
    before = found.setdefault(name, {}).get(language)
    if before is not None and before.layer == told.layer:
        reading.fault("translation.twice", at, id=name, language=language, first=before.document.name)
    elif told.layer >= homes[name]:
        found[name][language] = told


def _with_texts(noun: _Noun, told: Mapping[str, _Told], reading: Reading) -> _Noun:
    if not told:
        return noun
    first = noun.file if isinstance(noun, Rule) else HEAD
    message = dict(noun.message) | _messages(noun.id, told, noun.message, first, reading)
    texts = FrozenDict({language: told[language].texts for language in sorted(told)})
    return noun.model_copy(update={"message": FrozenDict(message), "translations": texts})


def _messages(
    name: str, told: Mapping[str, _Told], written: Mapping[str, str], first: str, reading: Reading
) -> dict[str, str]:
    """Messages by language, in order; one that stands beside its rule already is a fault."""
    found = {}
    for language in sorted(told):
        one = told[language]
        if one.texts.message and language in written:
            at = one.document.at((*one.path, "message"))
            reading.fault("translation.twice", at, id=name, language=language, first=first)
        elif one.texts.message:
            found[language] = one.texts.message
    return found


def _agreeing(rule: Rule, told: Mapping[str, _Told], reading: Reading) -> dict[str, _Told]:
    """Lists are translated whole, line by line. One that is not (any more) is a warning, and not shown: a question
    somebody has since changed would be asked as it was.
    """
    kept = dict(told)
    for language, one in told.items():
        for name in _LISTS:
            wanted, count = len(getattr(rule, name)), len(getattr(one.texts, name))
            if count not in (0, wanted):
                at = one.document.at((*one.path, name))
                reading.fault("translation.count", at, warning=True, id=rule.id, key=name, count=count, wanted=wanted)
                kept[language] = replace(kept[language], texts=kept[language].texts.model_copy(update={name: ()}))
    return kept


def _complete(source: Source, told: Mapping[str, _Told], languages: set[str], reading: Reading) -> None:
    """Whoever reads the pack in a language it speaks should not meet another in the middle of a page."""
    rule = source.rule
    lacking = [language for language in sorted(languages) if not _whole(rule, language, told.get(language))]
    if lacking:
        said = {"rule": rule.id, "languages": ", ".join(lacking)}
        reading.faults.append(Fault("translation.missing", source.at("id"), said, "warning"))


def _whole(rule: Rule, language: str, told: _Told | None) -> bool:
    texts = told.texts if told is not None else RuleTexts()
    message = texts.message or rule.message.get(language)
    prompts = getattr(texts, "prompts", ())
    return bool(texts.title) and bool(message or not rule.message) and len(prompts) == len(rule.prompts)
