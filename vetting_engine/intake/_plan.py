"""How the rows of one table are read: made once from its header, by known names or by a mapping file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from vetting_engine.errors import Fault, InputError, Location
from vetting_engine.files.tables import Table
from vetting_engine.intake._candidates import Defaults
from vetting_engine.intake._columns import Headers, is_chosen, numbered, numbered_by_alias
from vetting_engine.intake._mapping import FieldMapping
from vetting_engine.intake._mapping import Mapping as FieldMap
from vetting_engine.intake._vocabulary import CANDIDATE_COLUMNS, LIST_SEPARATORS

__all__ = ["Plan", "Source", "mapped_plan", "plain_plan"]

_Cells = Sequence[str]
_Read = Callable[[_Cells], list[str]]

_SPACE = " \t\r\n\xa0\ufeff"
#: Between the options of a select-multiple answer in one cell, as Kobo writes it.
_OPTIONS_SEPARATOR = " "


@dataclass(frozen=True, slots=True)
class Source:
    """Where one field comes from: the header to name in faults, how its values are read, the columns it uses."""

    header: str
    read: _Read
    used: frozenset[int]


@dataclass(frozen=True, slots=True)
class Plan:
    """``fields`` by our column name and number, AGD answers apart. ``dropped`` are the headers nobody reads; they
    are noted with every candidate unless a mapping left them out deliberately.
    """

    fields: Mapping[tuple[str, int], Source]
    agd: Mapping[str, Source]
    defaults: Defaults
    dropped: tuple[str, ...]
    mapped: bool


def plain_plan(table: Table, form: Callable[[str], str] | None = None) -> Plan:
    """By the headers officers use; ``form`` brings an export's headers to the question's own name first.

    Raises:
        InputError: ``table.header_duplicate``; ``intake.no_id_column``.
    """
    columns = numbered_by_alias(table, CANDIDATE_COLUMNS, form)
    if ("id", 1) not in columns:
        raise InputError(Fault("intake.no_id_column", Location(table.file, 1)))
    fields = {
        (name, number): Source(table.header[index], _cell(index, LIST_SEPARATORS.get(name)), frozenset({index}))
        for (name, number), index in columns.items()
    }
    return Plan(fields, {}, Defaults(), _unused(table, fields.values()), mapped=False)


def mapped_plan(table: Table, mapping: FieldMap) -> Plan:
    """By a mapping file.

    Raises:
        InputError: ``mapping.column_missing``, ``mapping.column_ambiguous``: all of them at once.
    """
    resolver = _Resolver(table.file, Headers(table.header), frozenset(mapping.blank))
    fields = {
        numbered(name): resolver.source(spec, LIST_SEPARATORS.get(numbered(name)[0]))
        for name, spec in mapping.fields.items()
    }
    agd = {name: resolver.source(spec, None) for name, spec in mapping.agd.items()}
    if resolver.faults:
        raise InputError(resolver.faults)
    dropped = _unused(table, [*fields.values(), *agd.values()])
    return Plan(fields, agd, Defaults(mapping.calendar, mapping.zone), dropped, mapped=True)


@dataclass(slots=True)
class _Resolver:
    """Finds the columns a mapping names, and collects those it cannot."""

    file: str
    headers: Headers
    blank: frozenset[str]
    faults: list[Fault] = field(default_factory=list)

    def source(self, spec: FieldMapping, separator: str | None) -> Source:
        """Where a field comes from; a column that is missing or ambiguous is a fault."""
        if spec.constant is not None:
            constant = spec.constant
            return Source("", lambda _: [constant], frozenset())
        if spec.columns:
            return self._joined(spec)
        column = spec.column or ""
        details = self.headers.details(column) if spec.multiple else {}
        if details:
            used = frozenset(details.values()) | frozenset(self.headers.find(column))
            return Source(column, self._meant(_chosen(details), spec), used)
        index = self._only(column)
        parted = spec.separator or (_OPTIONS_SEPARATOR if spec.multiple else separator)
        return Source(column, self._meant(_cell(index, parted), spec), frozenset({index}))

    def _joined(self, spec: FieldMapping) -> Source:
        reads = [self._meant(_cell(self._only(name), None), spec) for name in spec.columns]
        used = frozenset(index for name in spec.columns for index in self.headers.find(name))

        def read(cells: _Cells) -> list[str]:
            text = " ".join(part for read in reads for part in read(cells))
            return [text] if text else []

        return Source(spec.columns[0], read, used)

    def _meant(self, read: _Read, spec: FieldMapping) -> _Read:
        """The answers as the mapping means them, without those that mean "none given"."""
        blank = self.blank

        def meant(cells: _Cells) -> list[str]:
            return [spec.values.get(answer, answer) for answer in read(cells) if answer not in blank]

        return meant

    def _only(self, name: str) -> int:
        found = self.headers.find(name)
        if len(found) == 1:
            return found[0]
        code = "mapping.column_ambiguous" if found else "mapping.column_missing"
        self.faults.append(Fault(code, Location(self.file, 1), {"column": name, "times": len(found)}))
        return 0


def _cell(index: int, separator: str | None) -> _Read:
    def read(cells: _Cells) -> list[str]:
        parts = cells[index].split(separator) if separator else [cells[index]]
        return [tidy for part in parts if (tidy := part.strip(_SPACE))]

    return read


def _chosen(details: Mapping[str, int]) -> _Read:
    options = sorted(details.items(), key=lambda item: item[1])
    return lambda cells: [option for option, index in options if is_chosen(cells[index])]


def _unused(table: Table, sources: Iterable[Source]) -> tuple[str, ...]:
    used = frozenset(index for source in sources for index in source.used)
    return tuple(sorted({header for index, header in enumerate(table.header) if index not in used and header}))
