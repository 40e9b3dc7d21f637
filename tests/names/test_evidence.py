"""What tells two people apart beside the name."""

from __future__ import annotations

import make

from vetting_engine.model.candidate import Candidate, Identifier, PersonName
from vetting_engine.model.watchlist import WatchlistEntry
from vetting_engine.names import evidence


def test_nationality_in_any_style() -> None:
    ours = make.candidate(nationalities=("Afghan",))
    assert _codes(ours, make.listed(nationalities=("AFG",))) == {"nationality": "same"}
    assert _codes(ours, make.listed(nationalities=("Iraq",))) == {"nationality": "differs"}
    assert _codes(ours, make.listed(nationalities=("Atlantis",))) == {}
    assert _codes(make.candidate(residence="Pakistan"), make.listed(countries=("PK",))) == {
        "nationality": "lives_there"
    }


def test_birthplace_however_spelled() -> None:
    ours = make.candidate(birthplace="Qandahar city, Afghanistan")
    assert _codes(ours, make.listed(birthplaces=("Kandahar Province, Afghanistan",)))["birthplace"] == "same"
    assert _codes(ours, make.listed(birthplaces=("Logar Province, Afghanistan",)))["birthplace"] == "differs"
    assert "birthplace" not in _codes(ours, make.listed(birthplaces=("Afghanistan",)))


def test_father_gender_and_document() -> None:
    ours = Candidate(
        id="c",
        names=(PersonName(text="Tamsin Okvale", father="Marrow Okvale"),),
        gender="female",
        identifiers=(Identifier(kind="passport", value="AB 123-456"),),
    )
    theirs = make.listed(
        father_name="Marow Okval", gender="M", identifiers=(Identifier(kind="Passport", value="ab123456"),)
    )
    assert _codes(ours, theirs) == {"father_name": "same", "gender": "differs", "identifier": "same"}


def test_undisclosed_gender_weighs_nothing() -> None:
    assert _codes(make.candidate(gender="prefer not to say"), make.listed(gender="Male")) == {}


def _codes(candidate: Candidate, entry: WatchlistEntry) -> dict[str, str]:
    return {weight.part: weight.code for weight in evidence.evidence(candidate, entry)}
