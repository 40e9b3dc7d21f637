"""Files beside the candidates: declared relations, attestations, AGD answers; each row names its candidate."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from pydantic import ValidationError

from vetting_engine import canonical
from vetting_engine.errors import Fault, InputError, Location
from vetting_engine.files.tables import Table, read_table
from vetting_engine.intake._columns import by_alias, require
from vetting_engine.intake._faults import Place, faults_of
from vetting_engine.intake._side_row import SideRow
from vetting_engine.intake._vocabulary import ATTESTATION_COLUMNS, CANDIDATE_ID, RELATION_COLUMNS
from vetting_engine.model.base import Noun
from vetting_engine.model.candidate import Attestation, Relation
from vetting_engine.model.cohort import SelfReport

__all__ = ["read_agd", "read_attestations", "read_relations", "read_self_reports"]

_Make = Callable[[Mapping[str, str]], Noun]

_PERCENT = re.compile(r"^([0-9]{1,3}) ?%$")


def read_relations(path: Path) -> list[SideRow]:
    """Declared ties. A row without an id gets one from its content; ``80%`` is a confidence.

    Raises:
        InputError: the file cannot be read, or lacks a column that has to be there.
    """
    return _read(path, RELATION_COLUMNS, ("candidate_id", "kind", "to_name"), _relation)


def read_attestations(path: Path) -> list[SideRow]:
    """Checked statements; raises as ``read_relations`` does."""
    return _read(path, ATTESTATION_COLUMNS, ("candidate_id", "kind"), _attestation)


def read_agd(path: Path) -> list[SideRow]:
    """Self-reports: every column but the id is a feature, an empty cell is undisclosed. Raises as the others do."""
    table = read_table(path)
    columns = by_alias(table, {"candidate_id": (*CANDIDATE_ID, "id")})
    require(table, columns, ("candidate_id",))
    features = {name: index for index, name in enumerate(table.header) if name and index != columns["candidate_id"]}

    def report(values: Mapping[str, str]) -> SelfReport:
        answers = {name: values[name] for name in features if values.get(name)}
        return SelfReport(candidate_id=values["candidate_id"], answers=answers)

    return [*_warned(table), *_rows(table, {**features, **columns}, report)]


def read_self_reports(path: Path) -> dict[str, SelfReport]:
    """A file of AGD answers alone, by candidate id: for measuring a group, never for anybody's outcome.

    Raises:
        InputError: with every fault: it cannot be read, a row is refused, somebody is in it twice.
    """
    rows = read_agd(path)
    faults = [fault for row in rows for fault in row.faults if fault.severity == "error"]
    reports: dict[str, SelfReport] = {}
    for row in rows:
        if not isinstance(row.value, SelfReport):
            continue
        if row.candidate_id in reports:
            at = Location(row.file, row.line)
            faults.append(Fault("agd.duplicate", at, {"candidate": row.candidate_id}))
        reports[row.candidate_id] = row.value
    if faults:
        raise InputError(faults)
    return reports


def _read(path: Path, aliases: Mapping[str, Iterable[str]], needed: Iterable[str], make: _Make) -> list[SideRow]:
    table = read_table(path)
    columns = by_alias(table, aliases)
    require(table, columns, needed)
    return [*_warned(table), *_rows(table, columns, make)]


def _warned(table: Table) -> list[SideRow]:
    return [SideRow(table.file, warning.at.line, "", None, (warning,)) for warning in table.warnings]


def _rows(table: Table, columns: Mapping[str, int], make: _Make) -> list[SideRow]:
    headers = {name: table.header[index] for name, index in columns.items()}
    rows = []
    for row in table.rows:
        cells = {name: row.cells[index].strip() for name, index in columns.items() if index < len(row.cells)}
        whose = cells.get("candidate_id", "")
        place = Place(table.file, row.line, headers)
        if row.fault or not whose:
            fault = row.fault or Fault("id.missing", place.at("candidate_id"))
            rows.append(SideRow(table.file, row.line, whose, None, (fault,)))
            continue
        try:
            rows.append(SideRow(table.file, row.line, whose, make(cells)))
        except ValidationError as error:
            rows.append(SideRow(table.file, row.line, whose, None, tuple(faults_of(error, place))))
    return rows


def _relation(values: Mapping[str, str]) -> Relation:
    said = {name: value for name, value in values.items() if value and name != "candidate_id"}
    percent = _PERCENT.match(said.get("confidence", ""))
    if percent:
        said["confidence"] = f"{percent[1]}00"
    if "kind" in said:
        said["kind"] = said["kind"].lower().replace(" ", "_")
    if "id" not in said:
        said["id"] = "r-" + canonical.digest(canonical.dumps(said)).removeprefix(canonical.DIGEST_PREFIX)[:16]
    return Relation.model_validate(said)


def _attestation(values: Mapping[str, str]) -> Attestation:
    return Attestation.model_validate(
        {name: value for name, value in values.items() if value and name != "candidate_id"}
    )
