"""Sentences for a page: looked up by code in the reader's language, parameters isolated and escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from markupsafe import Markup, escape

from vetting_engine import messages
from vetting_engine.reports._visible import visible

__all__ = ["RIGHT_TO_LEFT", "Words", "apart"]

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "ur"})

_PLACE = re.compile(r"\t[0-9]+\t")
_Say = Callable[[str, Mapping[str, object], str], str]


class Words:
    """The sentences of one language. Parameters are set apart with ``<bdi>``: a name must not turn a sentence."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._plain: dict[str, Markup] = {}
        self.direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"

    def text(self, code: str, **params: object) -> Markup:
        """The sentence of a code."""
        if params:
            return self.sentence(code, params)
        if code not in self._plain:  # the same few hundred labels stand on every candidate's section
            self._plain[code] = self.sentence(code, params)
        return self._plain[code]

    def sentence(self, code: str, params: Mapping[str, object]) -> Markup:
        """The sentence of a code, its parameters as a mapping."""
        return self._fill(messages.text, code, params)

    def remedy(self, code: str, params: Mapping[str, object]) -> Markup:
        """What to do about it; empty where the sentence says it all."""
        return self._fill(messages.remedy, code, params)

    def word(self, group: str, value: str) -> Markup:
        """The word for a value of a closed set; a value without one is shown as it is, underscores as spaces."""
        for code in (f"{group}.{value}", f"{group}.{value.lower().replace(' ', '_')}"):
            if self.known(code):
                return self.text(code)
        return escape(visible(value.replace("_", " ")))

    def known(self, code: str) -> bool:
        """Whether there is a sentence for the code."""
        return messages.text(code, language=self.language) != code

    def _fill(self, say: _Say, code: str, params: Mapping[str, object]) -> Markup:
        # Parameters are put in after escaping; tabs hold their places, since no sentence has any.
        places = {name: f"\t{index}\t" for index, name in enumerate(params)}
        said = str(escape(visible(say(code, places, self.language))))
        filled = {place: _in_sentence(params[name]) for name, place in places.items()}
        return Markup(_PLACE.sub(lambda found: filled.get(found[0], ""), said))  # noqa: S704  # the sentence and each parameter are escaped above


def apart(value: object) -> Markup:
    """A text in whatever direction it is written in, set apart from the words around it."""
    return Markup('<bdi dir="auto">{}</bdi>').format(visible(str(value)))


def _in_sentence(value: object) -> Markup:
    """Our own words and figures follow the sentence; everything else is set apart."""
    return escape(value) if isinstance(value, int | Markup) else apart(value)
