"""What an office says of each list."""

from __future__ import annotations

from pathlib import Path

import pytest
from sources.test_opensanctions import table
from sources.un_xml import document, person

from vetting_engine.errors import ListError
from vetting_engine.model.watchlist import Authority, Effect
from vetting_engine.registry import discover
from vetting_engine.sources import AUTHORITIES_FILE, Authorities, authorities_in, load_authorities, load_watchlist

LOCAL = "id,name,reason,owner,expiry,notice\n1,Odo Okvale,spam,ICT,2027-01-01,told\n"
TERMS = """lists:
  do-not-engage:
    issuer: Regional Bureau
    issuer_country: SY
    effect: advisory
    legal_basis: Memo 7
    approving_office: Legal service
    max_age_days: 14
  opensanctions:
    datasets: [River Council]
    dataset_countries: {River Council: Syria}
    effect: advisory
    legal_basis: Memo 8
    approving_office: Legal service
"""


def terms(tmp_path: Path, text: str) -> Authorities:
    file = tmp_path / AUTHORITIES_FILE
    file.write_text(text, encoding="utf-8")
    return load_authorities(file)


def refused(tmp_path: Path, text: str) -> list[tuple[str, int]]:
    with pytest.raises(ListError) as caught:
        terms(tmp_path, text)
    return [(fault.code, fault.at.line) for fault in caught.value.faults]


def test_only_the_list_of_the_united_nations_has_an_effect_of_its_own() -> None:
    effects = {name: source.authority.effect for name, source in discover("vetting_engine.sources").items()}
    assert [name for name, effect in effects.items() if effect is not Effect.OFF] == ["un_consolidated"]
    assert effects["un_consolidated"] is Effect.BINDING


def test_the_terms_of_a_list_are_applied_to_it(tmp_path: Path) -> None:
    file = tmp_path / "do-not-engage.csv"
    file.write_text(LOCAL)
    snapshot = load_watchlist(file, terms(tmp_path, TERMS))
    assert snapshot.authority == Authority(
        issuer="Regional Bureau", issuer_country="SY", legal_basis="Memo 7", approving_office="Legal service",
        effect=Effect.ADVISORY,
    )  # fmt: skip
    assert snapshot.max_age_days == 14
    assert authorities_in(tmp_path) == terms(tmp_path, TERMS)


def test_a_list_nobody_speaks_of_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "other.csv"
    file.write_text(LOCAL)
    assert load_watchlist(file, terms(tmp_path, TERMS)) == load_watchlist(file)


def test_named_datasets_admit_an_aggregated_list(tmp_path: Path) -> None:
    snapshot = load_watchlist(table(tmp_path), terms(tmp_path, TERMS))
    assert (snapshot.report.entries, snapshot.authority.datasets) == (2, ("River Council",))
    # What a record keeps is enough to read the list again in the same way.
    again = Authority.model_validate(snapshot.authority.model_dump(mode="json"))
    assert load_watchlist(table(tmp_path), again).entries == snapshot.entries


@pytest.mark.parametrize(
    ("said", "countries"),
    [
        ("datasets: [eu_fsf, tr_fcib, un_sc_sanctions]", ("", "TR", "")),
        ("datasets: [eu_fsf, Freeze]\n    dataset_countries: {Freeze: Türkiye}", ("", "TR")),
        ("datasets: [worldbank]\n    dataset_countries: {worldbank: none}", ("",)),
    ],
)
def test_who_issues_a_dataset_is_told_by_its_name_or_by_the_office(
    tmp_path: Path, said: str, countries: tuple[str, ...]
) -> None:
    on = "effect: advisory\n    legal_basis: Memo 8\n    approving_office: Legal service"
    page = terms(tmp_path, f"lists:\n  opensanctions:\n    {said}\n    {on}\n")
    settled = page.lists["opensanctions"].applied_to(Authority(issuer="OpenSanctions", legal_basis="-"))
    assert settled.dataset_countries == countries


def test_records_of_ordinary_lists_do_not_mention_datasets() -> None:
    assert "datasets" not in Authority(issuer="A", legal_basis="B").model_dump()


def test_no_office_makes_a_binding_list_less(tmp_path: Path) -> None:
    file = tmp_path / "un.xml"
    file.write_text(document(person()), encoding="utf-8")
    with pytest.raises(ListError, match=r"authority\.binding_stays"):
        load_watchlist(file, terms(tmp_path, "lists:\n  un-consolidated:\n    effect: off\n"))
    kept = load_watchlist(file, terms(tmp_path, "lists:\n  un-consolidated:\n    max_age_days: 3\n"))
    assert (kept.authority.effect, kept.max_age_days) == (Effect.BINDING, 3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("other: x\n", [("authority.no_lists", 1)]),
        ("lists: x\n", [("authority.no_lists", 1)]),
        ("lists: {a: {effect: advisory}}\n", [("authority.invalid", 1)]),
        (
            "lists:\n  a:\n    effect: loud\n  b:\n    max_age_days: 1.5\n",
            [("authority.invalid", 3), ("authority.invalid", 5)],
        ),
        ("lists:\n  a:\n    max_age_days: -1\n", [("authority.invalid", 3)]),
        ("lists:\n  a:\n    colour: red\n", [("authority.invalid", 3)]),
        (
            "lists:\n  a: {datasets: [River Council, eu_fsf], effect: advisory, legal_basis: M, approving_office: L}\n",
            [("authority.invalid", 2)],
        ),
        ("lists:\n  a:\n    datasets: [b]\n    dataset_countries: {c: SY}\n", [("authority.invalid", 2)]),
        ("lists:\n  a:\n    datasets: [b]\n    dataset_countries: {b: Nowhere}\n", [("authority.invalid", 2)]),
        ("lists:\n  a: x\n", [("authority.invalid", 2)]),
        ("lists:\n  a:\n    url: x\n  a:\n    url: y\n", [("yaml.duplicate_key", 4)]),
    ],
)
def test_terms_that_cannot_be_used(tmp_path: Path, text: str, expected: list[tuple[str, int]]) -> None:
    assert refused(tmp_path, text) == expected
