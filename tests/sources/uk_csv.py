"""Invented rows in the true shape of the United Kingdom's two lists."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

OFSI = (
    "Name 6", "Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Title", "Name Non-Latin Script",
    "Non-Latin Script Type", "Non-Latin Script Language", "DOB", "Town of Birth", "Country of Birth", "Nationality",
    "Passport Number", "Passport Details", "National Identification Number", "National Identification Details",
    "Position", "Address 1", "Address 2", "Address 3", "Address 4", "Address 5", "Address 6", "Post/Zip Code",
    "Country", "Other Information", "Group Type", "Alias Type", "Alias Quality", "Regime", "Listed On",
    "UK Sanctions List Date Designated", "Last Updated", "Group ID",
)  # fmt: skip
UKSL = (
    "Last Updated", "Unique ID", "OFSI Group ID", "UN Reference Number", "Name 6", "Name 1", "Name 2", "Name 3",
    "Name 4", "Name 5", "Name type", "Alias strength", "Title", "Name non-latin script", "Non-latin script type",
    "Non-latin script language", "Regime Name", "Designation Type", "Designation source", "Sanctions Imposed",
    "Other Information", "UK Statement of Reasons", "Address Line 1", "Address Line 2", "Address Line 3",
    "Address Line 4", "Address Line 5", "Address Line 6", "Address Postal Code", "Address Country", "Phone number",
    "Website", "Email address", "Date Designated", "D.O.B", "Nationality(/ies)", "National Identifier number",
    "National Identifier additional information", "Passport number", "Passport additional information", "Position",
    "Gender", "Town of birth", "Country of birth", "Type of entity", "Subsidiaries", "Parent company",
    "Business registration number (s)", "IMO number", "Current owner/operator (s)", "Previous owner/operator (s)",
    "Current believed flag of ship", "Previous flags", "Type of ship", "Tonnage of ship", "Length of ship",
    "Year Built", "Hull identification number (HIN)",
)  # fmt: skip

Cells = Mapping[str, str]


def ofsi_row(**cells: str) -> Cells:
    """A row of one person; underscores stand for spaces."""
    plain = {"Group Type": "Individual", "Alias Type": "Primary name", "Regime": "Invented", "Group ID": "7"}
    return plain | {name.replace("_", " "): value for name, value in cells.items()}


def as_csv(header: Sequence[str], rows: Sequence[Cells], first: Sequence[str]) -> bytes:
    """The list as CSV, its date above the header."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*first, *([""] * (len(header) - len(first)))])
    writer.writerow(header)
    writer.writerows([[row.get(name, "") for name in header] for row in rows])
    return ("\ufeff" + out.getvalue()).encode()


def write_xlsx(path: Path, header: Sequence[str], rows: Sequence[Cells], first: Sequence[str]) -> Path:
    """The list as a workbook."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Data")
        for line, cells in enumerate([first, header, *([row.get(name, "") for name in header] for row in rows)]):
            sheet.write_row(line, 0, cells)
    return path
