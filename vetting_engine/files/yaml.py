"""YAML as packs and mappings need it: text, lists and mappings, every value with its place.

Every scalar is the text that stands in the file (``no``, ``on``, ``1:30`` and ``2.54712E+11`` stay text; the
reader's model decides what they mean); only an empty value is None. Tags, anchors, aliases and duplicate keys
are faults: a pack is read by people, and what they read must be what the engine reads. All faults that can be
found in one pass are reported together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from vetting_engine.errors import Fault, InputError, Location, VettingError
from vetting_engine.model import limits

__all__ = ["KeyPath", "Value", "YamlDocument", "load", "loads", "read", "reads"]

#: What a document holds: None (an empty value), text, lists and mappings with text keys.
Value = Any
#: Keys and indexes from the top: ``("rules", 2, "when")``.
KeyPath = Sequence[str | int]
#: PyYAML's two parsers have an event and mark class each, alike in what is used of them here.
_Event = Any
_SourceMark = Any

#: A key is a word of the pack's language, a file name or a domain; longer ones are mistakes.
_MAX_KEY_CHARS = 200
#: The longest text a pack may quote is a post, in an example.
_MAX_SCALAR_CHARS = limits.MAX_POST_CHARS
#: About 60 bytes a node are usual; a file at the size cap holds fewer than this.
_MAX_NODES = 500_000
#: More faults than this in one file help nobody.
_MAX_FAULTS = 100

_TAB_INDENT = re.compile(r"^ *\t", re.MULTILINE)
#: Control characters, surrogates and non-characters: not text.
_NOT_TEXT = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\ud800-\udfff\ufffe\uffff]")
#: Line breaks no editor shows, a byte-order mark in mid-text, and marks that reorder the line, so that a
#: reviewer would read another text than the engine ("Trojan Source", CVE-2021-42574). Joiners (U+200C/D)
#: are spelling in Persian and many Indic scripts and are kept.
_HIDDEN = re.compile("[\x85\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
_NEWLINE = re.compile(r"\r\n|\r|\n")


_Inside = dict[str | int, "_Mark"]


class _Mark(NamedTuple):
    """Where a value begins (1-based) and the marks of what is inside it, by key or index."""

    line: int
    column: int
    inside: _Inside | None


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """A document: its ``value``, and the place of everything in it."""

    name: str
    value: Value
    _root: _Mark

    def at(self, path: KeyPath = ()) -> Location:
        """The place of a key path; where part of it is not there, of the deepest part that is."""
        mark = self._root
        for step in path:
            deeper = mark.inside.get(step) if mark.inside is not None else None
            if deeper is None:
                break
            mark = deeper
        return Location(self.name, mark.line, mark.column, _dotted(path))


def load(path: Path, name: str | None = None, error: type[VettingError] = InputError) -> YamlDocument:
    """The document in a file; ``name`` is what faults call the file (default: the path).

    Raises:
        error: with every fault found (``InputError`` unless the caller names another class).
    """
    return _or_raise(read(path, name), error)


def loads(text: str | bytes, name: str, error: type[VettingError] = InputError) -> YamlDocument:
    """The document in a text; as ``load``."""
    return _or_raise(reads(text, name), error)


def read(path: Path, name: str | None = None) -> tuple[YamlDocument | None, tuple[Fault, ...]]:
    """The document in a file, or None and the faults: for readers that gather faults of many files."""
    called = name if name is not None else str(path)
    try:
        if path.stat().st_size > limits.MAX_YAML_BYTES:
            return None, (_too_large(called),)
        data = path.read_bytes()
    except OSError as trouble:
        reason = trouble.strerror or type(trouble).__name__
        return None, (Fault("yaml.unreadable", Location(called), {"reason": reason}),)
    return reads(data, called)


def reads(text: str | bytes, name: str) -> tuple[YamlDocument | None, tuple[Fault, ...]]:
    """The document in a text, or None and the faults."""
    if isinstance(text, bytes):
        if len(text) > limits.MAX_YAML_BYTES:
            return None, (_too_large(name),)
        decoded, fault = _decode(text, name)
        if decoded is None:
            return None, (fault,) if fault else ()
        text = decoded
    elif len(text) > limits.MAX_YAML_BYTES:
        return None, (_too_large(name),)
    text = text.removeprefix("\ufeff")
    faults = list(_character_faults(text, name))
    if faults:
        return None, tuple(faults)
    return _Composer(text, name).compose()


def _or_raise(answer: tuple[YamlDocument | None, tuple[Fault, ...]], error: type[VettingError]) -> YamlDocument:
    document, faults = answer
    if document is None:
        raise error(faults)
    return document


def _too_large(name: str) -> Fault:
    return Fault("yaml.too_large", Location(name), {"limit": limits.MAX_YAML_BYTES})


def _decode(data: bytes, name: str) -> tuple[str | None, Fault | None]:
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as trouble:
        before = data[: trouble.start].decode("utf-8")
        return None, Fault("yaml.encoding", _place(before, len(before), name), {"byte": f"0x{data[trouble.start]:02X}"})


def _place(text: str, offset: int, name: str) -> Location:
    line, start = 1, 0
    for newline in _NEWLINE.finditer(text, 0, offset):
        line, start = line + 1, newline.end()
    return Location(name, line, offset - start + 1)


def _character_faults(text: str, name: str) -> Iterator[Fault]:
    found = [
        (match.start() if code != "yaml.tab" else match.end() - 1, code)
        for pattern, code in (
            (_TAB_INDENT, "yaml.tab"),
            (_NOT_TEXT, "yaml.not_text"),
            (_HIDDEN, "yaml.hidden_character"),
        )
        for match in pattern.finditer(text)
    ]
    for offset, code in sorted(found)[:_MAX_FAULTS]:
        params = {} if code == "yaml.tab" else {"character": f"U+{ord(text[offset]):04X}"}
        yield Fault(code, _place(text, offset, name), params)


def _dotted(path: KeyPath) -> str:
    said = ""
    for step in path:
        if isinstance(step, int):
            said += f"[{step}]"
        else:
            said += f".{step}" if said else step
    return said


class _Stop(Exception):  # noqa: N818  # not an error: the pass ends here, with the faults it has
    """Reading on would be useless or unsafe."""


class _Composer:
    """Turns parser events into values and marks; no tag, object or reference ever gets this far."""

    def __init__(self, text: str, name: str) -> None:
        self._name = name
        self._faults: list[Fault] = []
        self._nodes = 0
        # libyaml's parser where PyYAML has it (every wheel): about twenty times faster, same events.
        self._events = yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))

    def compose(self) -> tuple[YamlDocument | None, tuple[Fault, ...]]:
        document = None
        try:
            document = self._document()
        except _Stop:
            pass
        except yaml.MarkedYAMLError as trouble:
            problem = ", ".join(part for part in (trouble.context, trouble.problem) if part)
            mark = trouble.problem_mark or trouble.context_mark
            # Newer versions of libyaml look so far ahead that their own limit is met before ours.
            deep = "nesting depth" in problem
            told = (
                ("yaml.too_deep", {"limit": limits.MAX_YAML_DEPTH}) if deep else ("yaml.syntax", {"problem": problem})
            )
            self._faults.append(Fault(told[0], self._at(mark), told[1]))
        except yaml.YAMLError as trouble:
            self._faults.append(Fault("yaml.syntax", Location(self._name), {"problem": str(trouble)}))
        faults = tuple(sorted(self._faults, key=lambda fault: (fault.at, fault.code)))
        return (None if faults else document), faults

    def _document(self) -> YamlDocument | None:
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                break
        else:
            self._fault("yaml.empty", None)
            return None
        value, mark = self._node(next(self._events), 0)
        if value is None:
            self._fault("yaml.empty", None)
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                self._fault("yaml.two_documents", event.start_mark)
                break
        return YamlDocument(self._name, value, mark)

    def _node(self, event: _Event, depth: int) -> tuple[Value, _Mark]:
        start = event.start_mark
        self._nodes += 1
        if depth > limits.MAX_YAML_DEPTH:
            self._fault("yaml.too_deep", start, limit=limits.MAX_YAML_DEPTH)
            raise _Stop
        if self._nodes > _MAX_NODES:
            self._fault("yaml.too_many_values", start, limit=_MAX_NODES)
            raise _Stop
        value: Value = None
        inside: _Inside | None = None
        if isinstance(event, yaml.AliasEvent):
            self._fault("yaml.alias", start, name=str(event.anchor)[:_MAX_KEY_CHARS])
            return None, _Mark(start.line + 1, start.column + 1, None)
        if event.anchor is not None:
            self._fault("yaml.anchor", start, name=str(event.anchor)[:_MAX_KEY_CHARS])
        if event.tag is not None:
            self._fault("yaml.tag", start, tag=str(event.tag)[:_MAX_KEY_CHARS])
        if isinstance(event, yaml.ScalarEvent):
            value = self._scalar(event)
        elif isinstance(event, yaml.SequenceStartEvent):
            value, inside = self._sequence(depth)
        else:
            value, inside = self._mapping(depth)
        return value, _Mark(start.line + 1, start.column + 1, inside)

    def _scalar(self, event: _Event) -> str | None:
        text = str(event.value)
        if len(text) > _MAX_SCALAR_CHARS:
            self._fault("yaml.text_too_long", event.start_mark, limit=_MAX_SCALAR_CHARS)
        # Escapes ("\0", "\ud800") put in what the file itself may not hold.
        if (bad := _NOT_TEXT.search(text)) is not None:
            self._fault("yaml.not_text", event.start_mark, character=f"U+{ord(bad.group()):04X}")
        return None if not text and event.implicit[0] else text

    def _sequence(self, depth: int) -> tuple[list[Value], _Inside]:
        values: list[Value] = []
        inside: _Inside = {}
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            value, inside[len(values)] = self._node(event, depth + 1)
            values.append(value)
        return values, inside

    def _mapping(self, depth: int) -> tuple[dict[str, Value], _Inside]:
        values: dict[str, Value] = {}
        inside: _Inside = {}
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key, at_key = self._node(event, depth + 1)
            value, at_value = self._node(next(self._events), depth + 1)
            if not isinstance(key, str) or not key or len(key) > _MAX_KEY_CHARS:
                self._fault("yaml.key", event.start_mark, limit=_MAX_KEY_CHARS)
            elif key in values:
                self._fault("yaml.duplicate_key", event.start_mark, key=key, first_line=inside[key].line)
            else:
                values[key] = value
                inside[key] = _Mark(at_key.line, at_key.column, at_value.inside)
        return values, inside

    def _fault(self, code: str, mark: _SourceMark | None, **params: str | int) -> None:
        self._faults.append(Fault(code, self._at(mark), params))
        if len(self._faults) >= _MAX_FAULTS:
            raise _Stop

    def _at(self, mark: _SourceMark | None) -> Location:
        return Location(self._name, mark.line + 1, mark.column + 1) if mark is not None else Location(self._name)
