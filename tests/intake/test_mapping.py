"""Mapping files."""

from pathlib import Path

import pytest

from vetting_engine.errors import InputError
from vetting_engine.intake import load_mapping
from vetting_engine.messages import describe
from vetting_engine.model.dates import Calendar

GOOD = """\
fields:
  id: _uuid
  name: {columns: [first, family]}
  name_2: full_name_am
  languages: {column: speaks, multiple: yes, values: {somali: so}}
  country_of_origin: {constant: Ruritania}
agd:
  age_group: age
calendar: ethiopian
zone: "+03:00"
blank: [NA]
delimiter: ";"
encoding: utf-8
"""


def load(tmp_path: Path, text: str) -> list[tuple[str, int]]:
    file = tmp_path / "mapping.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_mapping(file)
    assert all(describe(fault) for fault in caught.value.faults)
    return [(fault.code, fault.at.line) for fault in caught.value.faults]


def test_a_whole_mapping(tmp_path: Path) -> None:
    file = tmp_path / "mapping.yaml"
    file.write_text(GOOD, encoding="utf-8")
    mapping = load_mapping(str(file))
    assert mapping.fields["id"].column == "_uuid"
    assert mapping.fields["name"].columns == ("first", "family")
    assert mapping.fields["languages"].multiple
    assert mapping.fields["languages"].values == {"somali": "so"}
    assert (mapping.calendar, mapping.zone, mapping.blank) == (Calendar.ETHIOPIAN, "+03:00", ("NA",))


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        ("  id: _uuid\n", "", [("mapping.invalid", 1)]),
        ("name_2:", "shoe_size:", [("mapping.invalid", 1)]),
        ("name_2:", "gender_2:", [("mapping.invalid", 1)]),
        ("{constant: Ruritania}", "{constant: R, column: c}", [("mapping.invalid", 6)]),
        ("{constant: Ruritania}", "{}", [("mapping.invalid", 6)]),
        ("{columns: [first, family]}", "{columns: [a], multiple: yes}", [("mapping.invalid", 3)]),
        ("calendar: ethiopian", "calendar: maya", [("mapping.not_one_of", 9)]),
        ("calendar:", "calender:", [("mapping.unknown_key", 9)]),
        ('"+03:00"', "EAT", [("mapping.invalid", 10)]),
        ('";"', '";;"', [("mapping.invalid", 12)]),
        ("calendar: ethiopian\nzone", "calendar: maya\nzoon", [("mapping.not_one_of", 9), ("mapping.unknown_key", 10)]),
    ],
)
def test_every_fault_has_its_line(tmp_path: Path, old: str, new: str, faults: list[tuple[str, int]]) -> None:
    assert old in GOOD
    assert sorted(load(tmp_path, GOOD.replace(old, new))) == sorted(faults)


def test_what_is_no_mapping(tmp_path: Path) -> None:
    assert load(tmp_path, "- a\n- b\n") == [("mapping.not_a_mapping", 1)]
    with pytest.raises(InputError):
        load_mapping(tmp_path / "none.yaml")
