"""Laws of comparing names."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vetting_engine.names import compare_names
from vetting_engine.names.romanise import romanise

_PARTS_WRITTEN = (
    "Tamsin Okvale Okvalle Marrow Ilse Dejen Farrokhal Farokhal Mohammed Muhammad Mohd Ahmed Hassan Xasan "
    "Cali Ali Abdul Abdurrahman Rahman al Abu Din Saif Haji Ma Thida J C bin محمد عبدالله حسن Тамсин ተስፋዬ "
    "김민수 Khan na FNU Mohammadi Mohamadi Benjelloun Jelloun Alhashimi Hashimi Oo U ဦး Htun Tun Gonzalez Gonsales "
    "ben ibn Omar Umar عمر דוד נתן राजेन्द्र Ko Su Hassani "
)
_PARTS = _PARTS_WRITTEN.split()
names = st.lists(st.sampled_from(_PARTS), min_size=1, max_size=6).map(" ".join)
anything = st.one_of(names, st.text(max_size=60))


@given(ours=anything, theirs=anything)
def test_no_other_name_scores_higher_than_the_name_itself(ours: str, theirs: str) -> None:
    assert compare_names(ours, theirs).score <= compare_names(theirs, theirs).score


@given(ours=anything, theirs=anything)
def test_the_score_is_the_same_both_ways(ours: str, theirs: str) -> None:
    assert compare_names(ours, theirs).centibits == compare_names(theirs, ours).centibits


@given(ours=anything, theirs=anything)
def test_the_parts_sum_to_the_whole(ours: str, theirs: str) -> None:
    found = compare_names(ours, theirs)
    assert sum(part.centibits for part in found.parts) == found.centibits


@given(st.text())
def test_romanised_names_are_lower_case_ascii(text: str) -> None:
    roman = romanise(text)
    assert roman.isascii()
    assert roman == roman.lower()


@given(
    st.lists(st.sampled_from(["Tamsin", "Okvale", "Marrow", "Ilse", "Farrokhal"]), min_size=2, max_size=5, unique=True),
    st.randoms(),
)
def test_the_order_of_parts_does_not_matter(parts: list[str], draw: object) -> None:
    other = list(parts)
    draw.shuffle(other)  # type: ignore[attr-defined]
    assert (
        compare_names(" ".join(parts), "Tamsin Okvale").score == compare_names(" ".join(other), "Tamsin Okvale").score
    )
