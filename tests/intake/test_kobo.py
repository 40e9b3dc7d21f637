"""KoboToolbox exports: header styles, groups, select-multiple, mapping files."""

from pathlib import Path
from typing import Any

import pytest

from vetting_engine.errors import InputError
from vetting_engine.intake import Mapping, read_batch
from vetting_engine.intake.kobo import PLUGIN
from vetting_engine.protocols import BatchRead

SYSTEM = '"_id";"_uuid";"_submission_time"'
VALUES = '"1000";"u-1";"2024-03-01T10:15:30"'


@pytest.fixture
def read(tmp_path: Path) -> Any:
    def read(text: str, **mapping: Any) -> BatchRead:
        file = tmp_path / "export.csv"
        file.write_bytes(text.replace("\n", "\r\n").encode())
        assert PLUGIN.recognises(file.read_bytes(), file)
        return read_batch(file, mapping=Mapping.model_validate(mapping) if mapping else None)

    return read


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ('"full_name"', "full_name"),
        ('"about/person/full_name"', "full_name"),
        ('"about/person/full_name"', "about/person/full_name"),
        ('"about.person.full_name"', "about/person/full_name"),
        ('"about.person.full_name"', "full_name"),
        ('"Full name of the person, please?"', "Full name of the person, please?"),
        ('"Full.name.of.the.person..please."', "Full name of the person, please?"),
        ('"About/Full  name"', "Full name"),
        ('"\ufefffull_name"', "full_name"),
        ('"X.U.FEFF.full_name"', "full_name"),
        ('"X_full_name"', "_full_name"),
        ('"¿Cómo se llama?"', "¿Cómo se llama?"),
    ],
)
def test_a_mapping_names_a_column_in_any_style(read: Any, header: str, column: str) -> None:
    batch = read(f'{header};{SYSTEM}\n"Odo Okvale";{VALUES}\n', fields={"id": "_uuid", "name": column})
    assert [(who.id, who.names[0].text) for who in batch.candidates] == [("u-1", "Odo Okvale")]
    assert batch.faults == ()


def test_questions_named_like_our_columns_need_no_mapping(read: Any) -> None:
    batch = read(f'"about/name";"about/dob";"age";{SYSTEM}\n"Odo";"1990-01-02";"36";{VALUES}\n')
    (who,) = batch.candidates
    assert (who.id, who.names[0].text, who.birth_date.verbatim) == ("u-1", "Odo", "1990-01-02")
    assert who.dropped_fields == ("_id", "_submission_time", "age")


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ('"g/speaks"', '"somali arabic"'),
        ('"g/speaks/somali";"g/speaks/arabic";"g/speaks/tigrinya"', '"1";"1";"0"'),
        ('"speaks";"speaks/somali";"speaks/arabic";"speaks/tigrinya"', '"somali arabic";"True";"True";""'),
        ('"speaks";"speaks.somali";"speaks.arabic"', '"somali arabic";"1";"1"'),
    ],
)
def test_select_multiple_in_every_form(read: Any, header: str, row: str) -> None:
    languages = {"column": "g/speaks" if "g/" in header else "speaks", "multiple": "true"}
    batch = read(
        f"{header};{SYSTEM}\n{row};{VALUES}\n",
        fields={"id": "_uuid", "languages": {**languages, "values": {"somali": "so", "arabic": "ar"}}},
    )
    assert batch.candidates[0].languages == ("so", "ar")


def test_several_columns_make_one_name_and_constants_fill_in(read: Any) -> None:
    batch = read(
        f'"first";"father";"family";"sex";{SYSTEM}\n"Odo";"NA";"Okvale";"2";{VALUES}\n',
        fields={
            "id": "_uuid",
            "name": {"columns": ["first", "father", "family"]},
            "gender": {"column": "sex", "values": {"1": "female", "2": "male"}},
            "country_of_origin": {"constant": "Ruritania"},
        },
        blank=["NA"],
    )
    (who,) = batch.candidates
    assert (who.names[0].text, who.gender, who.country_of_origin) == ("Odo Okvale", "male", "Ruritania")
    assert who.dropped_fields == ()  # a mapping leaves the others out on purpose
    assert batch.dropped_fields == ("_id", "_submission_time")


def test_agd_answers_go_their_own_way(read: Any) -> None:
    batch = read(
        f'"age_group";"disability";{SYSTEM}\n"18-24";"NA";{VALUES}\n',
        fields={"id": "_uuid"},
        agd={"age_group": "age_group", "disability": "disability"},
        blank=["NA"],
    )
    assert [(report.candidate_id, dict(report.answers)) for report in batch.reports] == [
        ("u-1", {"age_group": "18-24"})
    ]
    assert "18-24" not in batch.candidates[0].model_dump_json()


def test_columns_a_mapping_names_must_be_there_once(read: Any) -> None:
    with pytest.raises(InputError) as caught:
        read(
            f'"a/name";"b/name";"Label";"Label";{SYSTEM}\n"x";"y";"z";"z";{VALUES}\n',
            fields={"id": "_uuid", "name": "name", "gender": "Label", "birthplace": "nowhere"},
        )
    assert [(fault.code, fault.params["column"]) for fault in caught.value.faults] == [
        ("mapping.column_ambiguous", "name"),
        ("mapping.column_ambiguous", "Label"),
        ("mapping.column_missing", "nowhere"),
    ]


def test_duplicate_labels_nobody_asks_for_do_no_harm(read: Any) -> None:
    batch = read(f'"name";"Thanks";"Thanks";{SYSTEM}\n"Odo";"";"";{VALUES}\n')
    assert [who.id for who in batch.candidates] == ["u-1"]


@pytest.mark.data
def test_a_real_survey_passes_whole(vetting_data: Path) -> None:
    batch = read_batch(
        vetting_data / "kobo" / "real_survey" / "cleaningtools_raw_data.csv",
        mapping=Mapping.model_validate(
            {
                "fields": {
                    "id": "_uuid",
                    "residence": "neighbourhood",
                    "audience_groups": {"column": "primary_livelihood", "multiple": "yes"},
                    "country_of_origin": {"constant": "Ruritania"},
                },
                "agd": {"gender": "gender_hoh", "age": "age_respondent_r"},
                "blank": ["NA"],
            }
        ),
    )
    assert (batch.rows, len(batch.candidates), len(batch.reports), batch.faults) == (632, 632, 632, ())
    assert not any(who.names for who in batch.candidates)
    assert len(batch.dropped_fields) > 300


@pytest.mark.data
def test_real_header_styles_are_understood(vetting_data: Path) -> None:
    exports = sorted((vetting_data / "kobo" / "exports").iterdir())
    rows = {path.name.split(".")[0] + path.suffix: read_batch(path).rows for path in exports}
    assert rows == {
        "grouped_questions.csv": 2,
        "grouped_repeatable.xlsx": 6,
        "grouped_translated.csv": 3,
        "long_unicode_labels.csv": 0,
        "or_other.csv": 3,
        "quotes_newlines_and_long_urls.csv": 5,
    }


@pytest.mark.data
def test_repeat_groups_on_further_sheets_are_said(vetting_data: Path) -> None:
    batch = read_batch(vetting_data / "kobo" / "exports" / "grouped_repeatable.xlsx")
    assert [(fault.code, fault.params["sheet"]) for fault in batch.faults] == [
        ("kobo.sheet_not_read", "houshold_member_repeat")
    ]
