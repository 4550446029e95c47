"""Of several entitlements the best: never dearer, whatever the order, on the right days."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from motcua.contexts.procedures.contracts import FeeKind, FeeLine
from motcua.contexts.procedures.contracts.exemptions import Exemption
from motcua.contexts.procedures.rules.exemptions import best_of, exemptions, possible
from motcua.kernel.money import Money

FROM, TO = date(2026, 8, 15), date(2027, 2, 28)
DAYS = st.dates(FROM - timedelta(days=5), TO + timedelta(days=5))
KINDS = st.sampled_from(list(FeeKind))
LINES = st.lists(
    st.builds(
        lambda kind, amount: FeeLine(
            kind=kind, label="Phí", amount=None if amount is None else Money(amount)
        ),
        KINDS,
        st.none() | st.integers(0, 5_000_000),
    ),
    max_size=5,
).map(tuple)


def an_exemption(key, *, share=0, amount=0, kinds=(FeeKind.PHI, FeeKind.LE_PHI)) -> Exemption:
    return Exemption(
        key=key, name=key, name_en=key, who=key, who_en=key, share=share, amount=Money(amount),
        kinds=frozenset(kinds), valid_from=FROM, valid_to=TO, law="", verified=False,
    )  # fmt: skip


HELD = st.lists(
    st.builds(
        an_exemption,
        st.sampled_from("abcdef"),
        share=st.integers(0, 100),
        amount=st.integers(0, 2_000_000),
        kinds=st.sets(KINDS, min_size=1),
    ),
    max_size=6,
    unique_by=lambda one: one.key,
)


@given(LINES, HELD, DAYS)
def test_never_dearer_than_without_and_never_below_nothing(lines, held, on):
    found = best_of(lines, held, on=on)

    full = Money.total(line.amount for line in lines if line.amount)
    assert 0 <= found.total <= full
    for line, off in zip(found.lines, found.reliefs, strict=True):
        assert 0 <= off <= (line.amount or 0)


@given(LINES, HELD, DAYS, st.randoms())
def test_the_order_of_entitlements_changes_nothing(lines, held, on, chance):
    mixed = list(held)
    chance.shuffle(mixed)

    assert best_of(lines, mixed, on=on) == best_of(lines, held, on=on)


@given(LINES, HELD, DAYS)
def test_no_single_entitlement_saves_more_than_the_chosen_one(lines, held, on):
    found = best_of(lines, held, on=on)

    assert all(best_of(lines, [one], on=on).total >= found.total for one in held)


def test_both_edges_of_the_period_count_and_the_days_beside_them_do_not():
    [rule] = exemptions()
    lines = (FeeLine(kind=FeeKind.LE_PHI, label="Lệ phí", amount=Money(8000)),)

    totals = [
        best_of(lines, [rule], on=day).total
        for day in (FROM - timedelta(days=1), FROM, TO, TO + timedelta(days=1))
    ]

    assert totals == [8000, 0, 0, 8000]
    assert [one.key for one in best_of(lines, [rule], on=date(2027, 3, 1)).expired] == [rule.key]
    assert (rule.share, rule.verified) == (100, False)


def test_a_possibility_is_told_only_where_it_would_lower_a_fee():
    free = (FeeLine(kind=FeeKind.LE_PHI, label="Lệ phí", amount=Money(0)),)
    duty = (FeeLine(kind=FeeKind.LAND_DUTY, label="Thuế", amount=Money(8000)),)
    open_fee = (FeeLine(kind=FeeKind.PHI, label="Phí", amount=None),)

    told = [bool(possible(lines, on=FROM)) for lines in (free, duty, open_fee)]

    assert told == [False, False, True]
