"""Names of the UN list: one field may hold many names, an enumerator, a remark, another script or a sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from vetting_engine.model.watchlist import EntryNameKind

__all__ = ["Names", "entity_names", "person_alias", "person_primary"]

_QUOTES = str.maketrans("", "", '"“”„«»')
_EDGES = " ,;.:-("
#: Where one field begins another name: "a; b", "a b) c".
_SEPARATOR = re.compile(r";|(?:^|\s)[a-z]\)\s")
#: What follows is about the bearer, not part of the name.
_SENTENCE = re.compile(
    r",?\s+\(?(?:born|son of|daughter of|previously listed as|formerly listed as)\b.*$", re.DOTALL | re.ASCII
)
_FATHER = re.compile(r"\s(?:son|daughter) of ([^(,;]+)")
_BRACKETS = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)?")
_ORIGINAL = re.compile(r"^(?:original script|in arabic)\s*:\s*", re.ASCII | re.IGNORECASE)
_FORMER = re.compile(r"(?:previously|formerly) listed as", re.ASCII | re.IGNORECASE)
#: Remarks in brackets that say something about a name and are none.
_REMARKS = frozenset({"birth name", "combat name", "third", "sheikh", "initials", "original script"})
#: "Surname, Given": these after the comma are suffixes.
_SUFFIXES = frozenset({"jr", "jr.", "sr", "ii", "iii"})
_LATIN = re.compile("[A-Za-z]")
_OTHER_SCRIPT = re.compile("[\u0370-\u1dff\u2e80-\ufdff\ufe70-\ufeff]")
_PUNCTUATION = frozenset(" .,-–/&'’‘")
_MAX_NAME_WORDS = 8
_MAX_ACRONYM = 12


@dataclass(slots=True)
class Names:
    """Names in the order the list gives them, what was said beside them, and how much was only partly understood."""

    names: dict[str, EntryNameKind] = field(default_factory=dict)
    fathers: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    partly: Counter[str] = field(default_factory=Counter)

    def add(self, text: str, kind: EntryNameKind) -> None:
        """Add a name once; the first kind it has stays."""
        tidy = _tidy(text)
        if tidy:
            self.names.setdefault(tidy, kind)


def person_primary(names: Names, parts: Sequence[str]) -> None:
    """The name from up to four fields; a comma inside one (``MATHIEU, CHUI``) parts nothing."""
    joined = " ".join(part for part in parts if part and part != "na")  # "na" is the schema's default for a blank
    names.add(joined.replace(",", " "), EntryNameKind.PRIMARY)


def person_alias(names: Names, text: str, note: str, kind: EntryNameKind) -> None:
    """The names of one alias field and its note."""
    kind = EntryNameKind.FORMER if _FORMER.search(f"{text} {note}") else kind
    names.fathers += [father.strip() for father in _FATHER.findall(text)]
    bare, brackets = _unbracket(text)
    pieces = [piece for piece in _SEPARATOR.split(bare) if piece.strip(_EDGES)]
    for piece in pieces:
        name = _SENTENCE.sub("", piece)
        if name != piece:
            names.partly["alias_sentence"] += 1
        names.add(_speaking_order(name), _by_script(name, kind))
    for inner in brackets:
        _from_brackets(names, inner, kind, foreign=bool(_OTHER_SCRIPT.search(bare)))
    if note:
        _from_note(names, note, kind, foreign=bool(_OTHER_SCRIPT.search(bare)))


def entity_names(names: Names, text: str, kind: EntryNameKind) -> None:
    """The names of an entity's field: a short form in brackets that abbreviates the name is an alias of its own."""
    for piece in _outer_pieces(text):
        bare, brackets = _unbracket(piece)
        foreign = _is_foreign(bare)
        short = [word.strip() for inner in brackets for word in inner.split(",") if _abbreviates(word.strip(), bare)]
        listed = [inner for inner in brackets if ";" in inner or _is_foreign(inner) != foreign]
        if short or listed:
            names.add(bare, kind)
        else:
            names.add(piece, kind)  # a place in brackets, in the script of the name, is part of it
        for inner in listed:
            for part in inner.split(";"):
                entity_names(names, re.sub(r"\(original script\)| - sub-unit name", "", part), kind)
        for word in short:
            names.add(word, EntryNameKind.WEAK_ALIAS)


def _outer_pieces(text: str) -> Iterator[str]:
    """Pieces parted by ``;`` outside brackets."""
    depth = begin = 0
    for place, char in enumerate(text):
        depth += (char == "(") - (char == ")" and depth > 0)
        if char == ";" and not depth:
            yield text[begin:place]
            begin = place + 1
    yield text[begin:]


def _unbracket(text: str) -> tuple[str, list[str]]:
    text = text.strip().lstrip(")").strip()
    return _BRACKETS.sub(" ", text), [inner.strip() for inner in _BRACKETS.findall(text)]


def _from_brackets(names: Names, inner: str, kind: EntryNameKind, *, foreign: bool) -> None:
    """Other names, the same name in another script, or a remark."""
    original = _ORIGINAL.match(inner)
    if original or _is_foreign(inner):
        names.add(_SENTENCE.sub("", _ORIGINAL.sub("", inner)), EntryNameKind.ORIGINAL_SCRIPT)
    elif inner.lower() in _REMARKS or _FORMER.search(inner):
        pass
    elif foreign or ";" in inner:
        for piece in inner.split(";"):
            names.add(_speaking_order(piece), kind)
    elif _is_name(inner):
        names.add(inner, EntryNameKind.WEAK_ALIAS)
    else:
        names.notes.append(inner)
        names.partly["alias_remark"] += 1


def _from_note(names: Names, note: str, kind: EntryNameKind, *, foreign: bool) -> None:
    """A note may give the name in its script, its transliterations, or say something about the bearer."""
    for place in re.finditer(r"(?:original script|[Ii]n Arabic)\s*:\s*([^;.]+)", note):
        names.add(place[1], EntryNameKind.ORIGINAL_SCRIPT)
    listed = [inner for inner in _BRACKETS.findall(note) if ";" in inner] if "(" in note else []
    if foreign and not listed and ";" in note:
        listed = [note]
    for piece in (piece for inner in listed for piece in inner.split(";")):
        if _is_name(_tidy(piece)):
            names.add(piece, kind)
    if not listed and not _ORIGINAL.match(note):
        names.notes.append(note)


def _is_name(text: str) -> bool:
    """Whether a text reads like a name: few words, no figures, not all in small letters."""
    words = text.split()
    return 0 < len(words) <= _MAX_NAME_WORDS and not re.search("[0-9:]", text) and text != text.lower()


def _is_foreign(text: str) -> bool:
    """Whether a text is written in a script other than the Latin one, and in no Latin."""
    return bool(_OTHER_SCRIPT.search(text)) and not _LATIN.search(text)


def _by_script(text: str, kind: EntryNameKind) -> EntryNameKind:
    return EntryNameKind.ORIGINAL_SCRIPT if _is_foreign(text) and kind is not EntryNameKind.WEAK_ALIAS else kind


def _speaking_order(text: str) -> str:
    """``Surname, Given`` as it is spoken; other commas part nothing."""
    head, comma, tail = _tidy(text).partition(",")
    rest = tail.strip()
    if not comma or not rest or "," in rest or rest.split()[0].lower() in _SUFFIXES:
        return f"{head} {rest.replace(',', ' ')}"
    return f"{rest} {head}"


def _abbreviates(short: str, name: str) -> bool:
    """Whether a word of capitals stands for a name: its letters occur there in order, from the first on."""
    letters = [char for char in short.lower() if char not in _PUNCTUATION]
    if not 1 < len(letters) <= _MAX_ACRONYM or " " in short or short == short.lower():
        return False
    rest = iter(name.lower())
    return all(any(char == letter for char in rest) for letter in letters)


def _tidy(text: str) -> str:
    """One line, no quotation marks, no stray punctuation at the ends; a full stop stays behind ``Jr.``."""
    tidy = " ".join(text.translate(_QUOTES).split()).strip(_EDGES.replace(".", "")).lstrip(".)")
    return tidy.rstrip(".") if tidy.endswith("..") else " ".join(tidy.split())
