"""Whatever two people read: nothing that rules found becomes milder, and the record can be replayed."""

from __future__ import annotations

from datetime import date

import make
import pytest
import shipped
from hypothesis import given, settings
from hypothesis import strategies as st

from vetting_engine import Engine, Resources
from vetting_engine.engine import draw
from vetting_engine.model.candidate import MediaKind
from vetting_engine.model.finding import FindingStatus
from vetting_engine.model.reading import FoundItem, GapReading, Reading
from vetting_engine.model.scales import Level
from vetting_engine.records import MemoryKeyRing, build_sealed, core_bytes

AS_OF = date(2026, 6, 30)
CATEGORIES = ("hate", "incitement", "fraud", "profanity", "partisan", "support", "no-such-category")
ABOUTS = ("language:tl", "media:video", "language:xx")
PERSON = make.candidate(
    name="Quillon Brask Vey",
    languages=("en", "tl"),
    relations_declared=True,
    consent_ref="k",
    posts=(
        make.post("e1", "We should kill all the foreigners, they are vermin.", language="en"),
        *(make.post(f"t{n}", f"Ang mga balita {n}", language="tl") for n in range(4)),
        *(make.post(f"v{n}", "", media=MediaKind.VIDEO) for n in range(2)),
    ),
)
KEYS = MemoryKeyRing(seed="one")


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(shipped.pack(), resources=Resources(key_ring=KEYS))


@st.composite
def _reading(draw_: st.DrawFn, reader: str, items: int) -> Reading:
    found = draw_(
        st.lists(st.tuples(st.integers(1, items), st.sampled_from(CATEGORIES)), max_size=3, unique=True)
        if items
        else st.just([])
    )
    return Reading(
        reader=draw_(st.sampled_from((reader, reader, reader, "r-1"))),
        assurance=draw_(st.sampled_from(("own_key", "own_key", "host", "asserted"))),
        languages=("tl",),
        on=AS_OF,
        found=tuple(FoundItem(item=item, category=category) for item, category in found),
    )


@st.composite
def _readings(draw_: st.DrawFn) -> tuple[GapReading, ...]:
    made = []
    for about in draw_(st.lists(st.sampled_from(ABOUTS), max_size=3, unique=True)):
        drawn = draw(PERSON, "content", about, KEYS)
        sample = drawn.sampled if draw_(st.integers(0, 5)) else drawn.sampled[1:]
        pair = (draw_(_reading("r-1", len(sample))), draw_(_reading("r-2", len(sample))))
        if sample:
            made.append(
                GapReading(check="content", about=about, population=drawn.population, sample=sample, readings=pair)
            )
    return tuple(made)


@settings(max_examples=60, deadline=None)
@given(readings=_readings())
def test_reading_never_makes_anything_milder(engine: Engine, readings: tuple[GapReading, ...]) -> None:
    before = engine.vet(PERSON, as_of=AS_OF)
    after = engine.vet(PERSON, as_of=AS_OF, readings=readings)
    assert after.decision.level >= before.decision.level
    found = {finding.id for result in after.results for finding in result.findings}
    assert {finding.id for result in before.results for finding in result.findings} <= found
    assert {gap.code for gap in after.decision.gaps} <= {gap.code for gap in before.decision.gaps}
    for reading in after.readings:
        first, second = reading.readings
        assert first.reader != second.reader
        assert "asserted" not in {first.assurance, second.assurance}
    made = [one for result in after.results for one in result.findings if ":read:" in one.id]
    assert all(one.confidential and one.level is Level.NOTHING_FOUND for one in made if one.category == "support")
    weigh = [one for one in made if one.status is FindingStatus.HIT]
    assert all(after.decision.level >= one.level for one in weigh)
    assert all(one.level >= Level.NEEDS_REVIEW for one in weigh if one.code == "review.readers_differ")


@settings(max_examples=25, deadline=None)
@given(readings=_readings())
def test_what_was_sealed_gives_the_same_core_again(engine: Engine, readings: tuple[GapReading, ...]) -> None:
    vetting = engine.vet(PERSON, as_of=AS_OF, readings=readings)
    sealed = build_sealed(vetting.candidate, vetting.results, vetting.decision, vetting.readings)
    again = engine.vet(PERSON, as_of=AS_OF, readings=sealed.readings[::-1])
    assert core_bytes(again.core) == core_bytes(vetting.core)
    turned = PERSON.model_copy(update={"posts": PERSON.posts[::-1]})
    assert core_bytes(engine.vet(turned, as_of=AS_OF, readings=readings).core) == core_bytes(vetting.core)
