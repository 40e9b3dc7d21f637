"""Names of the Canadian list: several in one cell, parted by whatever the clerk liked, some of them spelt two ways."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise, product

from vetting_engine.model.watchlist import EntryNameKind
from vetting_engine.sources._fields import is_foreign, tidy
from vetting_engine.sources._un_names import Names, entity_names

__all__ = ["body_names", "person_names"]

_LABEL = re.compile(r"^(?:Belarus+ian|Russian|Ukrainian|Arabic|Persian|Farsi|Hebrew)\s*:\s*", re.IGNORECASE)
_AKA = re.compile(r"\s+(?:AKA|a\.k\.a\.?)$|^(?:AKA|a\.k\.a\.?)\s+", re.IGNORECASE)
_ALSO = re.compile(r"\((?:also|formerly)\s+known\s+as\s+(.+)\)\s*$", re.DOTALL)
_HARD = re.compile(r"[;\n]")
_COMMA = re.compile(r",(?=\s)")
#: Not a name of its own after a comma.
_LEGAL_FORM = re.compile(r"^(?:co|corp|inc|jsc|llc|ltd|limited|ooo|oao|ao|pjsc|plc|s\.?a|gmbh)\.?$", re.IGNORECASE)
_BODY_OR = re.compile(r"\s+or\s+|\s/\s")
_OR = re.compile(r"\s+or\s+|\s*/\s*")
#: A cell that would make more names than this says something else.
_MAX_SPELLINGS = 12
_WHOLE_NAME = 2
#: Letters at the start by which two spellings of one word are told.
_ALIKE = 2


def person_names(given: str, last: str, aliases: str, partly: Counter[str]) -> tuple[Names, list[str]]:
    """The names of a person, and what of the cell could not be taken apart (kept word for word, and counted)."""
    names, notes = Names(), []
    given, last = tidy(given), tidy(last)
    repeated = given.lower().split()[-1:] == last.lower().split()[-1:]
    names.add(given if repeated else f"{given} {last}", EntryNameKind.PRIMARY)
    for piece in _pieces(aliases):
        spellings = _spellings(piece)
        if not spellings:
            notes.append(f"Aliases: {piece}")
            partly["alias"] += 1
        for name in spellings:
            names.add(_speaking(name), _kind(name))
    return names, notes


def body_names(name: str, aliases: str) -> Names:
    """The names of a body or ship; ``English/Français`` and ``X (also known as Y)`` are two names."""
    names = Names()
    also = _ALSO.search(name)
    bare = _ALSO.sub("", name) if also else name
    for position, part in enumerate(_bilingual(bare)):
        entity_names(names, tidy(part), EntryNameKind.ALIAS if position else EntryNameKind.PRIMARY)
    pieces = [also[1]] if also else []
    pieces += [part for hard in _HARD.split(aliases) for part in _body_pieces(tidy(hard))]
    for piece in pieces:
        for part in _BODY_OR.split(_AKA.sub("", tidy(piece))):
            text = _LABEL.sub("", tidy(part))
            entity_names(names, text, EntryNameKind.ORIGINAL_SCRIPT if is_foreign(text) else EntryNameKind.ALIAS)
    return names


def _body_pieces(text: str) -> Iterator[str]:
    """Parts between commas, but a legal form stays with its name, and what is written in another script whole."""
    waiting = ""
    for part in [text] if is_foreign(text) else _COMMA.split(text):
        if waiting and not _LEGAL_FORM.match(part.strip()):
            yield waiting
            waiting = part
        else:
            waiting = f"{waiting},{part}" if waiting else part
    yield waiting


def _bilingual(name: str) -> list[str]:
    halves = [tidy(half) for half in name.split("/")]
    both = len(halves) == 2 and all(len(half.split()) >= _WHOLE_NAME for half in halves)  # noqa: PLR2004  # two languages
    return halves if both else [name]


def _pieces(aliases: str) -> Iterator[str]:
    """Parts of the cell; a comma parts names only where each side is a whole one or in another script."""
    for hard in _HARD.split(aliases):
        soft = [_AKA.sub("", _LABEL.sub("", tidy(part))) for part in _COMMA.split(hard)]
        soft = [part for part in soft if part]
        whole = all(len(part.split()) >= _WHOLE_NAME for part in soft)
        if whole:
            yield from soft
        elif soft:
            yield _AKA.sub("", _LABEL.sub("", tidy(hard)))


def _spellings(piece: str) -> list[str]:
    """The names a piece stands for: ``A B / C D`` are two names, ``A or E B`` is one spelt two ways."""
    halves = [half for half in _OR.split(piece) if half]
    if len(halves) == 1:
        return [piece]
    whole = all(len(half.split()) >= _WHOLE_NAME for half in halves)
    if whole and not any(_respelt(left, right) for left, right in pairwise(halves)):
        return halves
    slots: list[list[str]] = []
    waiting = False
    for word in re.sub(r"\s*/\s*", " or ", piece).split():
        if word == "or":
            waiting = bool(slots)
        elif waiting:
            slots[-1].append(word)
            waiting = False
        else:
            slots.append([word])
    spelt = [" ".join(words) for words in product(*slots)]
    return spelt if len(slots) >= _WHOLE_NAME and len(spelt) <= _MAX_SPELLINGS else []


def _respelt(left: str, right: str) -> bool:
    """Whether the word after "or" spells the one before it, so that it parts a name within: ``Odovich or Odovych``."""
    return left.rsplit(maxsplit=1)[-1][:_ALIKE].lower() == right.split(maxsplit=1)[0][:_ALIKE].lower()


def _kind(name: str) -> EntryNameKind:
    if is_foreign(name):
        return EntryNameKind.ORIGINAL_SCRIPT
    return EntryNameKind.ALIAS if len(name.split()) >= _WHOLE_NAME else EntryNameKind.WEAK_ALIAS


def _speaking(name: str) -> str:
    head, comma, tail = name.partition(",")
    return f"{tail} {head}" if comma and "," not in tail else name.replace(",", " ")
