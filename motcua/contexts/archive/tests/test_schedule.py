"""Every closed dossier has a last day; a version may move it later, never nearer."""

import random
from datetime import date, timedelta

import pytest

from motcua.contexts.archive.actions import scheduling
from motcua.contexts.archive.contracts import Due, KeepingFilter
from motcua.contexts.archive.models import Keeping
from motcua.contexts.archive.queries import keepings as queries
from motcua.contexts.archive.rules.keeping import is_longer
from motcua.contexts.archive.testing import a_closed_birth, keeper
from motcua.contexts.identity.testing import a_citizen_account, the_actor
from motcua.contexts.procedures.contracts import CountedFrom, KeptOf, RetentionView
from motcua.kernel.testing import MONDAY_9AM

TONIGHT = MONDAY_9AM + timedelta(hours=18)
ENDED, ISSUED = date(2024, 2, 29), date(2024, 3, 5)


def a_rule(years: int | None, counted_from=CountedFrom.ENDED) -> RetentionView:
    return RetentionView(of=KeptOf.DOSSIER, years=years, counted_from=counted_from, law="Luật")


@pytest.mark.parametrize(
    ("years", "counted_from", "until"),
    [
        (None, CountedFrom.ENDED, None),
        (10, CountedFrom.ENDED, date(2034, 3, 1)),
        (4, CountedFrom.ENDED, date(2028, 2, 29)),
        (10, CountedFrom.ISSUED, date(2034, 3, 5)),
        (10, CountedFrom.YEAR_END, date(2034, 12, 31)),
    ],
)
def test_a_period_counts_from_its_moment_and_never_ends_early(years, counted_from, until):
    rule = a_rule(years, counted_from)

    assert rule.until(ended_on=ENDED, issued_on=ISSUED) == until


def test_without_a_result_the_end_of_the_dossier_counts():
    rule = a_rule(2, CountedFrom.ISSUED)

    assert rule.until(ended_on=ENDED, issued_on=None) == date(2026, 3, 1)


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_published_a_last_day_never_comes_nearer(seed):
    chance = random.Random(seed)
    row = Keeping(ended_on=ENDED, issued_on=chance.choice([None, ISSUED]))
    scheduling._rule(row, chance.choice([None, a_rule(chance.randint(1, 70))]), None)

    for _ in range(30):
        before, was_ruled = row.keep_until, row.ruled
        rule = a_rule(chance.choice([None, *range(1, 71)]), chance.choice(list(CountedFrom)))
        scheduling._lengthen(row, rule, None)
        if was_ruled:
            assert not is_longer(before, row.keep_until)


@pytest.fixture
def code(small_city, deliveries) -> str:
    found = a_closed_birth(the_actor(a_citizen_account()))
    deliveries()
    return found


@pytest.mark.usefixtures("small_city")
class TestOfTheCity:
    def test_the_night_notes_what_ended_once_with_the_rule_of_its_version(self, code):
        assert scheduling.note_closed(now=TONIGHT) == 1
        assert scheduling.note_closed(now=TONIGHT + timedelta(days=1)) == 0

        row = Keeping.objects.get(code=code)
        assert (row.ruled, row.keep_until) == (True, None)
        assert "33/2024/QH15" in row.law
        assert row.ended_on == MONDAY_9AM.date()

    def test_a_shorter_rule_changes_nothing_and_is_told_as_impact(self, code):
        scheduling.note_closed(now=TONIGHT)
        row = Keeping.objects.get(code=code)

        told = queries.impact(row.procedure_code, a_rule(5))

        assert (told.longer, told.unchanged, told.not_shortened) == (0, 0, 1)
        assert queries.impact(row.procedure_code, a_rule(None)).unchanged == 1
        Keeping.objects.update(keep_until=date(2030, 1, 1), years=4)
        assert queries.impact(row.procedure_code, a_rule(50)).longer == 1

    def test_a_version_that_keeps_longer_reaches_what_is_closed(self, code):
        scheduling.note_closed(now=TONIGHT)
        row = Keeping.objects.get(code=code)
        Keeping.objects.update(keep_until=date(2030, 1, 1), years=4)

        changed = scheduling.lengthen(row.procedure_code, row.version_id, now=TONIGHT)
        again = scheduling.lengthen(row.procedure_code, row.version_id, now=TONIGHT)

        assert (changed, again) == (1, 0)
        assert Keeping.objects.get().keep_until is None

    def test_the_schedule_is_filtered_by_when_kind_and_unit(self, code):
        tho = keeper()
        scheduling.note_closed(now=TONIGHT)
        row = Keeping.objects.get(code=code)

        def codes(**asked):
            found = queries.page_of(KeepingFilter(**asked), tho, now=TONIGHT)
            return [line.code for line in found.lines]

        assert codes() == codes(due=Due.EVER) == codes(unit_id=row.unit_id) == [code]
        assert codes(procedure_code=row.procedure_code) == [code]
        assert codes(due=Due.OVER) == codes(procedure_code="9.999999") == codes(after=code) == []
        Keeping.objects.update(keep_until=MONDAY_9AM.date() - timedelta(days=1))
        assert codes(due=Due.OVER) == [code]
