"""What tells two people apart beside the name."""

from __future__ import annotations

import make

from vetting_engine.model.candidate import Candidate, Identifier, PersonName
from vetting_engine.model.watchlist import EntryKind, EntryName, WatchlistEntry
from vetting_engine.names import evidence


def _entry(**parts: object) -> WatchlistEntry:
    given = {
        "id": "1",
        "kind": EntryKind.PERSON,
        "names": (EntryName(text="Tamsin Okvale"),),
        "digest": make.digest("e"),
    }
    return WatchlistEntry(**given | parts)  # type: ignore[arg-type]


def test_nationality_in_any_style() -> None:
    ours = make.candidate(nationalities=("Afghan",))
    assert _codes(ours, _entry(nationalities=("AFG",))) == {"nationality": "same"}
    assert _codes(ours, _entry(nationalities=("Iraq",))) == {"nationality": "differs"}
    assert _codes(ours, _entry(nationalities=("Atlantis",))) == {}
    assert _codes(make.candidate(residence="Pakistan"), _entry(countries=("PK",))) == {"nationality": "lives_there"}


def test_birthplace_however_spelled() -> None:
    ours = make.candidate(birthplace="Qandahar city, Afghanistan")
    assert _codes(ours, _entry(birthplaces=("Kandahar Province, Afghanistan",)))["birthplace"] == "same"
    assert _codes(ours, _entry(birthplaces=("Logar Province, Afghanistan",)))["birthplace"] == "differs"
    assert "birthplace" not in _codes(ours, _entry(birthplaces=("Afghanistan",)))


def test_father_gender_and_document() -> None:
    ours = Candidate(
        id="c",
        names=(PersonName(text="Tamsin Okvale", father="Marrow Okvale"),),
        gender="female",
        identifiers=(Identifier(kind="passport", value="AB 123-456"),),
    )
    theirs = _entry(father_name="Marow Okval", gender="M", identifiers=(Identifier(kind="Passport", value="ab123456"),))
    assert _codes(ours, theirs) == {"father_name": "same", "gender": "differs", "identifier": "same"}


def test_undisclosed_gender_weighs_nothing() -> None:
    assert _codes(make.candidate(gender="prefer not to say"), _entry(gender="Male")) == {}


def _codes(candidate: Candidate, entry: WatchlistEntry) -> dict[str, str]:
    return {weight.part: weight.code for weight in evidence.evidence(candidate, entry)}
