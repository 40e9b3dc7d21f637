"""Lists aggregated by OpenSanctions: ``targets.simple.csv``, and entities of FollowTheMoney as JSON Lines.

An aggregator also carries domestic lists of the very states people fled. So only datasets an office has named
are admitted; entities of others are left out, and without a name nothing is read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vetting_engine.errors import Fault, ListError, Location
from vetting_engine.files.json_lines import parse_lines
from vetting_engine.files.reading import read_bytes
from vetting_engine.files.sniff import decode
from vetting_engine.files.tables import parse_table
from vetting_engine.model.watchlist import Authority, ListSnapshot
from vetting_engine.sources import _ftm_entity
from vetting_engine.sources._authority_defaults import OPEN_SANCTIONS
from vetting_engine.sources._entries import make_entries
from vetting_engine.sources._snapshot import Draft, ListFile, as_list_error, complete

__all__ = ["PLUGIN", "OpenSanctions"]

_HEADER = re.compile(r'^"?id"?,"?schema"?,"?name"?,"?aliases"?,"?birth_date"?,"?countries"?,[^\n]*"?dataset"?')
_ENTITY = re.compile(r'^\{(?=[^\n]*"schema"\s*:)(?=[^\n]*"properties"\s*:\s*\{)(?=[^\n]*"datasets"\s*:)')
_MAX_LISTED = 20


class OpenSanctions:
    """Admits the datasets named in ``Authority.datasets``: by name in JSON Lines, by title in the CSV, as written."""

    name = "opensanctions"
    title = "OpenSanctions, named datasets"
    authority = OPEN_SANCTIONS

    def recognises(self, head: bytes, path: Path) -> bool:  # noqa: ARG002  # the name of a file never decides
        """Whether the first line is the header of the table, or an entity."""
        line = head.decode("utf-8-sig", "replace").lstrip()
        return bool(_HEADER.match(line) or _ENTITY.match(line))

    def list_id(self, path: Path) -> str:  # noqa: ARG002  # one aggregated list; its datasets are named
        """The list's id."""
        return "opensanctions"

    def read(self, path: Path, authority: Authority | None = None) -> ListSnapshot:
        """The snapshot of the admitted datasets; entities left out are counted (``dataset_not_named``).

        Raises:
            ListError: no dataset is named, or one that is not there (``opensanctions.dataset_*``, with those that
                are); any line cannot be read.
        """
        chosen = authority or self.authority
        with as_list_error():
            data = read_bytes(path)
            text = decode(data, str(path)).text
            records, faults = _objects(text, str(path)) if text.lstrip().startswith("{") else _rows(text, str(path))
        seen = Counter(name for _, record in records for name in record["datasets"])
        faults += _unnamed(seen, chosen.datasets, str(path))
        if faults:
            raise ListError(faults)
        partly: Counter[str] = Counter()
        entries = make_entries(_items(records, frozenset(chosen.datasets), str(path), partly), faults)
        return complete(
            Draft(self.list_id(path), self.title, self.name, chosen), entries, [ListFile(path, data)], partly, faults
        )


_Records = list[tuple[int, dict[str, Any]]]


def _objects(text: str, file: str) -> tuple[_Records, list[Fault]]:
    lines = parse_lines(text, file)
    faults = list(lines.faults)
    records: _Records = []
    for line in lines.objects:
        record = _ftm_entity.record(line.value)
        if record is None:
            faults.append(Fault("opensanctions.not_an_entity", Location(file, line.line)))
        else:
            records.append((line.line, record))
    return records, faults


def _rows(text: str, file: str) -> tuple[_Records, list[Fault]]:
    table = parse_table(text, file, delimiter=",")
    faults = [row.fault for row in table.rows if row.fault]
    rows = [row for row in table.rows if not row.fault]
    return [(row.line, _ftm_entity.simple(dict(zip(table.header, row.cells, strict=False)))) for row in rows], faults


def _unnamed(seen: Counter[str], named: tuple[str, ...], file: str) -> list[Fault]:
    there = ", ".join(sorted(seen)[:_MAX_LISTED])
    if not named:
        return [Fault("opensanctions.dataset_unnamed", Location(file), {"there": there})]
    absent = [name for name in named if name not in seen]
    return [Fault("opensanctions.dataset_absent", Location(file), {"dataset": name, "there": there}) for name in absent]


def _items(
    records: _Records, named: frozenset[str], file: str, partly: Counter[str]
) -> Iterator[tuple[Location, dict[str, Any]]]:
    for line, record in records:
        admitted = [name for name in record["datasets"] if name in named]
        if not admitted:
            partly["dataset_not_named"] += 1
        elif record["schema"] not in _ftm_entity.KINDS:
            # Addresses, sanctions and links between entities: nobody one could be.
            partly[f"schema.{record['schema']}"] += 1
        else:
            yield Location(file, line), _ftm_entity.fields(record, admitted, partly)


PLUGIN = OpenSanctions()
