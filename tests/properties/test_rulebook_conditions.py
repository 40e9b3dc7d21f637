"""Conditions written as YAML, read by the rulebook: the evaluator takes all that it accepts, and means the same."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from rulebook.demo import VOCABULARY

from vetting_engine.conditions import compile_condition
from vetting_engine.errors import Fault
from vetting_engine.files.yaml import loads, reads
from vetting_engine.model.condition import Condition
from vetting_engine.rulebook._refusal import RefusedError
from vetting_engine.rulebook._when import read_condition

_LEAVES: tuple[dict[str, Any], ...] = (
    {"post.shared": "yes"},
    {"post.shared": {"ne": "no"}},
    {"post.length": {"ge": "3"}},
    {"post.length": ["1", "2"]},
    {"post.length": {"le_field": "post.words", "offset": "2"}},
    {"post.kind": {"not_in": ["bio"]}},
    {"post.band": {"ge": "strong"}},
    {"post.place": {"present": "no"}},
    {"post.time": {"within_days": "30"}},
)
_BROKEN: tuple[dict[str, Any], ...] = (
    {"post.shard": "yes"},
    {"post.length": "many"},
    {"candidate.gender": "f"},
    {"some": "match as post"},
    {"count": "match as m"},
)


def _branches(inner: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    several = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        several.map(lambda parts: {"all": parts}),
        several.map(lambda parts: {"any": parts}),
        inner.map(lambda part: {"not": part}),
        several.map(lambda parts: {"at_least": {"n": str(len(parts)), "of": parts}}),
        st.builds(lambda alias, where: {"some": f"match as {alias}", "where": where}, st.sampled_from("abcd"), inner),
        st.builds(lambda alias, where: {"none": f"match as {alias}", "where": where}, st.sampled_from("abcd"), inner),
        st.builds(
            lambda alias, where, least: {"count": f"match as {alias}", "where": where, "ge": least, "distinct": "id"},
            st.sampled_from("abcd"),
            inner,
            st.sampled_from("123"),
        ),
        st.builds(lambda one, two: {**one, **two}, st.sampled_from(_LEAVES), inner),
    )


_WHOLE = st.recursive(st.sampled_from(_LEAVES), _branches, max_leaves=8)
_MIXED = st.recursive(st.sampled_from((*_LEAVES, *_BROKEN)), _branches, max_leaves=8)
_DOCUMENT = loads("when: x", "t.yaml")


def _read(written: dict[str, Any]) -> tuple[Condition | None, tuple[Fault, ...]]:
    try:
        return read_condition(_DOCUMENT, ("when",), written, VOCABULARY), ()
    except RefusedError as refused:
        return None, refused.faults


@given(_WHOLE)
def test_the_evaluator_takes_whatever_the_rulebook_accepts(written: dict[str, Any]) -> None:
    condition, faults = _read(written)
    if condition is not None:
        assert compile_condition(condition, VOCABULARY).test({}, date(2026, 1, 1)) in (True, False, None)
    # Whole leaves leave only names used twice, two quantifiers in one mapping, nesting and stray keys.
    allowed = {"when.alias_taken", "when.too_nested", "when.too_deep", "when.two_quantifiers", "when.stray_key"}
    assert {fault.code for fault in faults} <= allowed


@given(_MIXED)
def test_every_broken_leaf_is_told_and_nothing_raises(written: dict[str, Any]) -> None:
    condition, faults = _read(written)
    assert (condition is None) == bool(faults)
    assert all(fault.at.file == "t.yaml" and fault.at.line for fault in faults)
    assert faults or not any(str(leaf)[1:-1] in str(written) for leaf in _BROKEN)


@given(st.text(max_size=200) | st.binary(max_size=200))
def test_any_text_is_a_document_or_faults(text: str | bytes) -> None:
    document, faults = reads(text, "t.yaml")
    assert (document is None) == bool(faults)
    assert all(fault.code.startswith("yaml.") for fault in faults)
