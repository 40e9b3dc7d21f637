"""Sentences for codes, in the languages people read: ``messages/<language>/<area>.json``.

A file maps a code to ``{"text": …, "remedy": …}`` (``remedy`` for faults and gaps only); ``{name}`` is
filled from the parameters. A new language is one new folder. English is complete; other languages
fall back to it sentence by sentence.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from vetting_engine.errors import Fault

__all__ = ["FALLBACK", "codes", "describe", "languages", "remedy", "text"]

FALLBACK = "en"


class _Params(dict[str, object]):
    """Parameters for a sentence; one that is missing shows as its name rather than failing a report."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


@cache
def languages() -> tuple[str, ...]:
    """The languages there are sentences in."""
    return tuple(sorted(item.name for item in files(__package__).iterdir() if item.is_dir() and item.name.isalpha()))


@cache
def _table(language: str) -> Mapping[str, Mapping[str, str]]:
    folder = files(__package__) / language
    table: dict[str, Mapping[str, str]] = {}
    for item in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if item.name.endswith(".json"):
            for code, sentences in json.loads(item.read_text(encoding="utf-8")).items():
                if code in table:
                    raise ValueError(f"message code {code!r} stands twice in {language}")
                table[code] = sentences
    return table


def codes(language: str = FALLBACK) -> frozenset[str]:
    """All codes with a sentence in the language."""
    return frozenset(_table(language))


def text(code: str, params: Mapping[str, object] | None = None, language: str = FALLBACK) -> str:
    """The sentence of a code; an unknown code is shown as it is, never hidden."""
    return _fill(code, "text", params, language) or code


def remedy(code: str, params: Mapping[str, object] | None = None, language: str = FALLBACK) -> str:
    """What to do about a fault or gap; empty where the sentence says it all."""
    return _fill(code, "remedy", params, language)


def describe(fault: Fault, language: str = FALLBACK) -> str:
    """Place, sentence, remedy and code of a fault, on one line."""
    place = str(fault.at)
    said = text(fault.code, fault.params, language)
    mend = remedy(fault.code, fault.params, language)
    return f"{place + ': ' if place else ''}{said}{' ' + mend if mend else ''} ({fault.code})"


def _fill(code: str, part: str, params: Mapping[str, object] | None, language: str) -> str:
    for table in (_table(language) if language in languages() else {}, _table(FALLBACK)):
        sentence = table.get(code, {}).get(part)
        if sentence is not None:
            return sentence.format_map(_Params(params or {}))
    return ""
