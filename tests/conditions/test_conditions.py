"""What conditions mean, leaf by leaf, and what they say about themselves."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from vetting_engine import messages
from vetting_engine.conditions import MAX_STEPS, compile_condition
from vetting_engine.errors import RulesetError
from vetting_engine.model.condition import All, AtLeast, Compare, Condition, Count, Not, Operator, Some
from vetting_engine.model.condition import Any as AnyOf
from vetting_engine.model.facts import FieldSpec, FieldType, ListSpec, Vocabulary
from vetting_engine.model.scales import Severity

AS_OF = date(2026, 1, 15)


def spec(type_: FieldType, *values: str, ordered: bool = False) -> FieldSpec:
    return FieldSpec(type=type_, about="Invented.", values=values, ordered=ordered)


FIELDS = {
    "word": spec(FieldType.TEXT),
    "number": spec(FieldType.INTEGER),
    "flag": spec(FieldType.FLAG),
    "day": spec(FieldType.DATE),
    "colour": spec(FieldType.NAME, "red", "blue"),
    "severity": spec(FieldType.NAME, *Severity, ordered=True),
}
VOCABULARY = Vocabulary(name="test", fields=FIELDS, lists={"match": ListSpec(about="Invented.", fields=FIELDS)})


def leaf(field: str, op: str, value: Any = None, **more: Any) -> Compare:
    return Compare(field=field, op=Operator(op), value=value, **more)


def ask(condition: Condition, **facts: Any) -> bool | None:
    compiled = compile_condition(condition, VOCABULARY)
    answer = compiled.test(facts, AS_OF)
    assert compiled.trace(facts, AS_OF).value is answer
    return answer


@pytest.mark.parametrize(
    ("op", "value", "there", "expected"),
    [
        ("eq", "high", "high", True),
        ("ge", "medium", "critical", True),
        ("ge", "medium", "low", False),
        ("lt", "high", "medium", True),
        ("in", ("low", "high"), "medium", False),
        ("ge", "medium", "unheard-of", None),
        ("ge", "medium", None, None),
    ],
)
def test_ordered_names_compare_by_their_order_not_by_alphabet(
    op: str, value: Any, there: Any, expected: bool | None
) -> None:
    assert ask(leaf("severity", op, value), severity=there) is expected


def test_members_of_a_scale_compare_as_their_names_do() -> None:
    assert ask(leaf("severity", "ge", "medium"), severity=Severity.HIGH) is True


@pytest.mark.parametrize(
    ("op", "days", "day", "expected"),
    [
        ("within_days", 30, date(2026, 1, 15), True),
        ("within_days", 30, date(2025, 12, 16), True),
        ("within_days", 30, date(2025, 12, 15), False),
        ("within_days", 30, date(2026, 1, 16), False),
        ("older_than_days", 30, date(2025, 12, 15), True),
        ("older_than_days", 30, date(2025, 12, 16), False),
        ("older_than_days", 0, date(2026, 1, 16), False),
        ("within_days", 30, None, None),
    ],
)
def test_days_are_counted_back_from_the_day_decided_for(
    op: str, days: int, day: date | None, expected: bool | None
) -> None:
    assert ask(leaf("day", op, days), day=day) is expected


def test_a_time_counts_as_its_day() -> None:
    assert ask(leaf("day", "eq", AS_OF), day=datetime(2026, 1, 15, 23, 59, tzinfo=UTC)) is True


@pytest.mark.parametrize(("there", "expected"), [(None, False), ("", True), (0, True), (False, True)])
def test_presence_is_never_unknown(there: Any, expected: bool) -> None:
    assert ask(leaf("word", "present", True), word=there) is expected
    assert ask(leaf("word", "present", False), word=there) is not expected
    assert ask(leaf("word", "present", True)) is False


@pytest.mark.parametrize(("field", "value", "wrong"), [("number", 1, True), ("flag", True, 1), ("word", "1", 1)])
def test_a_value_of_another_type_is_unknown_rather_than_equal(field: str, value: Any, wrong: Any) -> None:
    assert ask(leaf(field, "eq", value), **{field: wrong}) is None


def test_unknown_parts_decide_only_where_they_could() -> None:
    unknown, true, false = leaf("word", "eq", "x"), leaf("number", "eq", 1), leaf("number", "eq", 2)
    assert ask(All(of=(unknown, false)), number=1) is False
    assert ask(All(of=(unknown, true)), number=1) is None
    assert ask(AnyOf(of=(unknown, true)), number=1) is True
    assert ask(AtLeast(n=2, of=(unknown, true, false)), number=1) is None
    assert ask(AtLeast(n=3, of=(unknown, true, false)), number=1) is False
    assert ask(Not(of=unknown)) is None


def test_lists_and_counts() -> None:
    matches = [{"word": "a", "number": 1}, {"word": "a", "number": 5}, {"word": "b"}]
    big = leaf("m.number", "ge", 3)
    assert ask(Some(over="match", alias="m", where=big), match=matches) is True
    assert ask(Not(of=Some(over="match", alias="m", where=leaf("m.number", "ge", 9))), match=matches) is None
    assert ask(Some(over="match", alias="m"), match=[]) is False
    assert ask(Some(over="match", alias="m", where=big)) is False
    count = Count(over="match", alias="m", where=big, op=Operator.GE, value=2)
    assert ask(count, match=matches) is None
    distinct = Count(over="match", alias="m", distinct="word", op=Operator.EQ, value=2)
    assert ask(distinct, match=matches) is True


def test_joins_take_an_offset() -> None:
    near = leaf("b.number", "le", other="a.number", offset=50)
    both = All(of=(leaf("b.word", "eq", other="a.word"), near, leaf("b.number", "gt", other="a.number")))
    joined = Some(over="match", alias="a", where=Some(over="match", alias="b", where=both))
    assert ask(joined, match=[{"word": "x", "number": 10}, {"word": "x", "number": 60}]) is True
    assert ask(joined, match=[{"word": "x", "number": 10}, {"word": "x", "number": 61}]) is False


def test_the_nearest_member_shows_why_no_member_fits() -> None:
    where = All(of=(leaf("m.word", "eq", "a"), leaf("m.flag", "eq", True), leaf("m.number", "ge", 3)))
    compiled = compile_condition(Some(over="match", alias="m", where=where), VOCABULARY)
    far = {"word": "b", "flag": False, "number": 1}
    near = {"word": "a", "flag": True, "number": 2}
    deciding = compiled.trace({"match": [far, near]}, AS_OF).deciding
    assert deciding is not None
    told = (deciding.path, deciding.field, deciding.op, deciding.expected, deciding.actual, deciding.fact)
    assert told == ("some.where.all[2]", "m.number", "ge", "3", "2", "match[1]")
    empty = compiled.trace({"match": []}, AS_OF).deciding
    assert empty is not None
    assert (empty.field, empty.op, empty.actual) == ("match", "some", "0")


def test_a_true_condition_names_its_witnesses_and_every_leaf() -> None:
    condition = Some(over="match", alias="m", where=leaf("m.number", "ge", 3))
    trace = compile_condition(condition, VOCABULARY).trace({"match": [{"number": 1}, {"number": 4}]}, AS_OF)
    assert trace.witnesses == ("match[1]",)
    assert trace.deciding is None
    assert [(one.op, one.result, one.fact) for one in trace.leaves] == [
        ("some", "true", ""),
        ("ge", "false", "match[0]"),
        ("ge", "true", "match[1]"),
    ]


def test_long_values_are_shown_cut() -> None:
    deciding = compile_condition(leaf("word", "eq", "x"), VOCABULARY).trace({"word": "y" * 5_000}, AS_OF).deciding
    assert deciding is not None
    assert deciding.actual is not None
    assert len(deciding.actual) == 201


def test_lists_joined_beyond_reason_are_unknown_and_say_so() -> None:
    where = leaf("b.number", "gt", other="a.number")
    joined = Some(over="match", alias="a", where=Some(over="match", alias="b", where=where))
    many = [{"number": 1}] * (int(MAX_STEPS**0.5) + 10)
    compiled = compile_condition(joined, VOCABULARY)
    assert compiled.test({"match": many}, AS_OF) is None
    trace = compiled.trace({"match": many}, AS_OF)
    assert trace.value is None
    assert trace.deciding is not None
    assert trace.deciding.op == "too_costly"


DEEP: Condition = leaf("flag", "eq", True)
for _ in range(13):
    DEEP = Not(of=DEEP)
NESTED: Condition = leaf("d.flag", "eq", True)
for name in "dcba":
    NESTED = Some(over="match", alias=name, where=NESTED)


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        (leaf("nothing", "eq", "x"), "condition.field_unknown"),
        (leaf("m.word", "eq", "x"), "condition.field_unknown"),
        (Some(over="nowhere", alias="m"), "condition.list_unknown"),
        (
            Some(over="match", alias="m", where=Some(over="match", alias="m", where=leaf("flag", "eq", True))),
            "condition.alias_taken",
        ),
        (leaf("word", "ge", "x"), "condition.operator_unfit"),
        (leaf("number", "eq", "1"), "condition.value_unfit"),
        (leaf("number", "eq", True), "condition.value_unfit"),
        (leaf("number", "in", ()), "condition.value_unfit"),
        (leaf("colour", "eq", "green"), "condition.value_unfit"),
        (leaf("day", "within_days", -1), "condition.value_unfit"),
        (leaf("word", "eq", other="number"), "condition.fields_unfit"),
        (leaf("word", "eq", other="word", offset=1), "condition.fields_unfit"),
        (All(of=()), "condition.empty"),
        (Count(over="match", alias="m", op=Operator.IN, value=1), "condition.operator_unfit"),
        (Count(over="match", alias="m", distinct="no", op=Operator.EQ, value=1), "condition.field_unknown"),
        (DEEP, "condition.too_deep"),
        (NESTED, "condition.too_nested"),
    ],
)
def test_what_does_not_fit_the_vocabulary_is_refused(condition: Condition, code: str) -> None:
    with pytest.raises(RulesetError) as caught:
        compile_condition(condition, VOCABULARY)
    assert [fault.code for fault in caught.value.faults] == [code]
    assert code in messages.codes()
    assert "{" not in messages.describe(caught.value.faults[0])


def test_every_fault_is_told_at_once_with_its_line() -> None:
    parts = (leaf("nothing", "eq", "x", line=3), leaf("word", "ge", "x", line=4))
    with pytest.raises(RulesetError) as caught:
        compile_condition(All(of=parts), VOCABULARY)
    assert [fault.at.line for fault in caught.value.faults] == [3, 4]
