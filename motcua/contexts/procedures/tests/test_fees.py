"""Fees: by page, by copy, by channel and case; never defaulted."""

from hypothesis import given
from hypothesis import strategies as st

from motcua.contexts.procedures.contracts import FeeKind
from motcua.contexts.procedures.rules.fees import fee_lines
from motcua.contexts.procedures.rules.versions import view_of_definition
from motcua.contexts.procedures.testing import a_definition
from motcua.kernel.testing import stable_id

CERTIFIED_COPY = {
    "kind": "PHI",
    "rule": "PER_PAGE",
    "tiers": [{"from_page": 1, "amount": 2000}, {"from_page": 3, "amount": 1000}],
    "max_per_copy": 200_000,
    "verified": True,
}


def a_version(*fees, **changes):
    return view_of_definition(
        a_definition(fee=list(fees), **changes),
        version_id=stable_id("v"),
        number=1,
        valid_from=None,
        process_id=None,
    )


def amounts(version, answers=None, **said):
    lines = fee_lines(version, answers or {}, channel=said.pop("channel", "ONLINE"), **said)
    return [line.amount for line in lines]


def test_certified_copies_cost_2000_a_page_then_1000_from_page_3():
    version = a_version(CERTIFIED_COPY)

    assert amounts(version, copies=1, pages=1) == [2000]
    assert amounts(version, copies=1, pages=2) == [4000]
    assert amounts(version, copies=1, pages=3) == [5000]
    assert amounts(version, copies=3, pages=10) == [3 * 12_000]
    assert amounts(version, copies=2, pages=500) == [400_000]


@given(st.integers(1, 400), st.integers(1, 20))
def test_one_page_more_never_costs_less_and_never_over_the_limit(pages, copies):
    version = a_version(CERTIFIED_COPY)

    [now] = amounts(version, copies=copies, pages=pages)
    [more] = amounts(version, copies=copies, pages=pages + 1)

    assert now <= more <= 200_000 * copies
    assert now == copies * min(200_000, 2000 * min(pages, 2) + 1000 * max(0, pages - 2))


def test_an_unknown_quantity_is_left_open_and_said():
    [line] = fee_lines(a_version(CERTIFIED_COPY), {"copies": 2}, channel="COUNTER")

    assert line.amount is None
    assert "Chưa biết số bản hoặc số trang" in line.text


def test_quantities_come_from_the_answers_that_the_rule_names():
    version = a_version({"kind": "PHI", "rule": "PER_COPY", "amount": 8000, "copies": "how_many"})

    assert amounts(version, {"how_many": 3}) == [24_000]
    assert amounts(version, {"how_many": 0}) == []
    assert amounts(version) == [None]


def test_each_channel_has_its_own_fee():
    version = a_version(
        {"kind": "LE_PHI", "rule": "FIXED", "amount": 10_000, "channel": "ONLINE"},
        {"kind": "LE_PHI", "rule": "FIXED", "amount": 20_000, "channel": "COUNTER"},
    )

    assert amounts(version, channel="ONLINE") == [10_000]
    assert amounts(version, channel="COUNTER") == [20_000]
    assert amounts(version, channel="POSTAL") == []


def test_free_is_a_line_of_zero_and_the_council_s_table_is_open():
    version = a_version(
        {"kind": "LE_PHI", "rule": "FREE"},
        {"kind": "PHI", "rule": "HDND_TABLE", "text": "Hội đồng nhân dân quyết định"},
    )

    lines = fee_lines(version, {}, channel="ONLINE")

    assert [(line.kind, line.amount) for line in lines] == [
        (FeeKind.LE_PHI, 0),
        (FeeKind.PHI, None),
    ]


def test_a_fee_may_depend_on_answers_and_case():
    version = a_version(
        {
            "kind": "LE_PHI",
            "rule": "FIXED",
            "amount": 5,
            "applies_if": {"question": "copies", "gt": 1},
        },
        {"kind": "PHI", "rule": "FIXED", "amount": 7, "case": "gấp"},
        duration=[
            {"unit": "HOUR", "value": 8},
            {
                "unit": "HOUR",
                "value": 4,
                "case": "gấp",
                "applies_if": {"question": "copies", "gt": 5},
            },
        ],
    )

    assert amounts(version, {"copies": 1}) == []
    assert amounts(version, {"copies": 2}) == [5]
    assert amounts(version, {"copies": 6}) == [5, 7]
    assert amounts(version, {"copies": 1}, case="gấp") == [7]


def test_a_flat_price_a_page_is_multiplied():
    version = a_version({"kind": "PHI", "rule": "PER_PAGE", "amount": 500})

    assert amounts(version, copies=2, pages=3) == [3000]


def test_pages_without_any_price_stay_open():
    version = a_version({"kind": "PHI", "rule": "PER_PAGE"})

    assert amounts(version, copies=2, pages=3) == [None]
