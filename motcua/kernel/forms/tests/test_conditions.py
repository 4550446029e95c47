"""Conditions: what each operator says, and what it never does."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.forms import ConditionFault, condition_table, holds, names_in, parse_condition

ANSWERS = {
    "sex": "nam",
    "married": True,
    "floors": 3,
    "born_on": "1990-05-12",
    "kinds": ["a", "b"],
    "empty_list": [],
    "blank": "",
}
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ({"question": "sex", "is": "nam"}, True),
        ({"question": "sex", "is": "nu"}, False),
        ({"question": "married", "is": "yes"}, True),
        ({"question": "married", "is": True}, True),
        ({"question": "married", "is": "no"}, False),
        ({"question": "floors", "is": True}, False),
        ({"question": "sex", "in": ["nu", "nam"]}, True),
        ({"question": "sex", "in": ["nu"]}, False),
        ({"question": "floors", "gt": 2}, True),
        ({"question": "floors", "gt": 3}, False),
        ({"question": "floors", "gte": 3}, True),
        ({"question": "floors", "lt": 3}, False),
        ({"question": "floors", "lte": 3}, True),
        ({"question": "floors", "gt": "2"}, False),
        ({"question": "born_on", "lt": date(2000, 1, 1)}, True),
        ({"question": "born_on", "lte": "today"}, True),
        ({"question": "born_on", "gt": "today"}, False),
        ({"question": "kinds", "contains": "a"}, True),
        ({"question": "kinds", "contains": "c"}, False),
        ({"question": "sex", "contains": "n"}, False),
        ({"question": "nobody", "empty": True}, True),
        ({"question": "blank", "empty": True}, True),
        ({"question": "empty_list", "empty": False}, False),
        ({"question": "sex", "empty": False}, True),
        ({"question": "nobody", "is": "x"}, False),
        ({"not": {"question": "sex", "is": "nu"}}, True),
        ({"all": [{"question": "sex", "is": "nam"}, {"question": "floors", "gt": 2}]}, True),
        ({"all": [{"question": "sex", "is": "nu"}, {"question": "floors", "gt": 2}]}, False),
        ({"any": [{"question": "sex", "is": "nu"}, {"question": "floors", "gt": 2}]}, True),
        ({"any": [{"question": "sex", "is": "nu"}]}, False),
    ],
)
def test_each_operator_means_what_it_says(table, expected):
    condition = parse_condition(table)

    assert holds(condition, ANSWERS, today=TODAY) is expected
    assert parse_condition(condition_table(condition)) == condition


def test_no_condition_always_holds_and_today_needs_a_day():
    assert holds(None, {}) is True
    assert holds(parse_condition({"question": "born_on", "lte": "today"}), ANSWERS) is False


@pytest.mark.parametrize(
    "table",
    [
        "sex = nam",
        {},
        {"question": "sex"},
        {"question": 3, "is": "x"},
        {"question": "sex", "is": "x", "gt": 1},
        {"question": "sex", "is": "x", "note": ""},
        {"question": "sex", "in": "nam"},
        {"question": "sex", "empty": "yes"},
        {"all": []},
        {"any": "x"},
        {"not": []},
        {"all": [{"question": "sex", "is": "x"}], "any": []},
    ],
)
def test_what_is_no_condition_is_refused(table):
    with pytest.raises(ConditionFault):
        parse_condition(table)


tests = st.fixed_dictionaries(
    {"question": st.sampled_from(sorted(ANSWERS)), "is": st.sampled_from(["nam", "yes", 3])}
)
tables = st.recursive(
    tests,
    lambda inner: st.one_of(
        st.fixed_dictionaries({"all": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"any": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"not": inner}),
    ),
    max_leaves=6,
)


@given(tables)
def test_every_tree_reads_back_and_its_opposite_is_its_opposite(table):
    condition = parse_condition(table)

    assert parse_condition(condition_table(condition)) == condition
    assert set(names_in(condition)) <= set(ANSWERS)
    assert holds(condition, ANSWERS) is not holds(parse_condition({"not": table}), ANSWERS)
