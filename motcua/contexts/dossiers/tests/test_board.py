"""The leader's figures: the parts sum to the whole, and each number is exactly its list."""

import copy
import random
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.contexts.casework.contracts import Phase
from motcua.contexts.casework.testing import Case
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.actions.board import refresh_board
from motcua.contexts.dossiers.contracts import Bucket
from motcua.contexts.dossiers.models import BoardRow, Dossier
from motcua.contexts.dossiers.queries.lists import initials
from motcua.contexts.dossiers.testing import a_submitted_birth
from motcua.contexts.identity.testing import a_person
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.testing import (
    ActKind,
    Passing,
    Reorganise,
    a_unit_for,
    acting,
)
from motcua.kernel import clock
from motcua.kernel.access import WrongRole
from motcua.kernel.actors import SYSTEM, Role
from motcua.kernel.clock import city_date
from motcua.kernel.db import uuid7
from motcua.kernel.testing import citizen, officer

FIELDS = ("ho_tich", "dat_dai", "xay_dung", "")
DAYS = 400


@pytest.fixture
def one(small_city) -> Dossier:
    """A dossier that was really sent; histories are made of its copies."""
    code = a_submitted_birth(citizen(person=a_person().id), now=clock.now())
    return Dossier.objects.select_related("case").get(code=code)


def leader():
    return acting("thanh", city_date(clock.now()))


def head():
    return acting("van", city_date(clock.now()))


def a_history(one: Dossier, dice: random.Random, size: int) -> None:
    """Copies with any phase, dates, unit and field; nothing about them is believable."""
    now = clock.now()
    units = [organisations.committee_of(ward).id for ward in ("26740", "26743")]
    for number in range(size):
        case, dossier = copy.copy(one.case), copy.copy(one)
        case.id, case.code = uuid7(), f"H29.99-20260101-{number:07d}"
        case.competent_unit_id, case.field = dice.choice(units), dice.choice(FIELDS)
        _live(case, dice, now)
        dossier.case, dossier.code = case, case.code
        dossier.supplements = dice.choice((0, 0, 1, 2))
        if case.status in {9, 10} and dice.random() < 0.5:
            dossier.stars, dossier.rated_at = dice.randint(1, 5), now
        case.save(force_insert=True)
        dossier.save(force_insert=True)


def _live(case: Case, dice: random.Random, now) -> None:
    def some(days: int):
        return timedelta(days=dice.randint(0, days), minutes=dice.randint(0, 1440))

    case.opened_at = now - some(DAYS) - timedelta(days=1)
    case.receive_due_at = case.opened_at + timedelta(days=1) * dice.randint(0, DAYS)
    case.phase = dice.choice(list(Phase))
    case.started_at = case.due_at = case.due_original = case.ended_at = None
    case.status = 1
    if case.phase == Phase.INTAKE:
        return
    case.started_at = min(case.opened_at + some(3), now)
    case.due_at = case.due_original = case.started_at + some(60)
    case.status = {Phase.RUNNING: 4, Phase.PAUSED: 5, Phase.DECIDED: 9}.get(
        case.phase, dice.choice((3, 8, 10))
    )
    if case.phase in {Phase.DECIDED, Phase.ENDED}:
        case.ended_at = min(case.started_at + some(60), now)


def every_code(bucket: Bucket, now, **part) -> list[str]:
    codes, after = [], ""
    while True:
        page = dossiers.lines_of(bucket, leader(), now=now, after=after, limit=7, **part)
        codes += [line.code for line in page.lines]
        after = page.older
        if not after:
            return codes


def test_the_parts_sum_to_the_whole_and_each_number_is_its_list(one):
    for seed in range(6):
        with transaction.atomic():
            a_history(one, random.Random(seed), 40)
            now = clock.now()
            refresh_board(now=now, all_months=True)
            for months in (1, 3, 12):
                check_sums(dossiers.board(leader(), now=now, months=months), now, months)
            transaction.set_rollback(True)


def check_sums(board, now, months) -> None:
    for bucket in board.whole.counts:
        whole = board.whole.counts[bucket]
        codes = every_code(bucket, now, months=months)
        assert len(codes) == len(set(codes)) == whole, bucket
        assert sum(unit.counts[bucket] for unit in board.by_unit) == whole, bucket
        assert sum(field.counts[bucket] for field in board.by_field) == whole, bucket
    for part in board.by_unit:
        if sum(part.counts.values()):
            check_unit(part, now, months)
    for part in board.by_field:
        found = every_code(Bucket.DONE, now, months=months, field=part.field)
        assert len(found) == part.counts[Bucket.DONE]


def check_unit(part, now, months) -> None:
    unit = dossiers.board(leader(), now=now, months=months, unit_id=part.unit_id)
    assert unit.whole.counts == part.counts
    for bucket in (Bucket.LATE, Bucket.OVERDUE, Bucket.RECEIVED):
        found = every_code(bucket, now, months=months, unit_id=part.unit_id)
        assert len(found) == part.counts[bucket]
        assert sum(field.counts[bucket] for field in unit.by_field) == part.counts[bucket]


def test_counting_the_present_months_gives_what_counting_all_gives(one):
    a_history(one, random.Random(7), 40)
    now = clock.now()
    refresh_board(now=now, all_months=True)
    first = rows()

    assert refresh_board(now=now).changed == len(set(idle_rows()))
    assert rows() == first


def rows():
    names = [f.name for f in BoardRow._meta.fields if f.name not in {"id", "as_of"}]
    return sorted(BoardRow.objects.order_by("id").values_list(*names), key=str)


def idle_rows():
    """Rows that carry the time: how it stands now, of the city and of each unit."""
    return BoardRow.objects.filter(month=None, field="").values_list("id", flat=True).order_by("id")


def test_a_row_that_no_dossier_counts_for_any_more_falls_to_zero(one):
    now = clock.now()
    refresh_board(now=now)
    before = dossiers.board(leader(), now=now).whole.counts[Bucket.WAITING_RECEPTION]
    Case.objects.filter(pk=one.pk).update(phase=Phase.ENDED, status=3, ended_at=clock.now())
    refresh_board(now=now)

    after = dossiers.board(leader(), now=now)
    assert (before, after.whole.counts[Bucket.WAITING_RECEPTION]) == (1, 0)
    assert all(part.counts[Bucket.WAITING_RECEPTION] == 0 for part in after.by_unit)


def test_a_board_of_nothing_costs_what_a_full_one_costs(one):
    now = clock.now()
    dossiers.board(leader(), now=now)  # units and calendars come into memory once
    with CaptureQueriesContext(connection) as empty:
        dossiers.board(leader(), now=now, months=12)
    a_history(one, random.Random(1), 30)
    refresh_board(now=now, all_months=True)
    with CaptureQueriesContext(connection) as full:
        dossiers.board(leader(), now=now, months=12)

    assert len(empty) == len(full) == 3


def test_a_second_supplement_request_counts_as_late(one):
    now = clock.now()
    Case.objects.filter(pk=one.pk).update(
        phase=Phase.DECIDED, status=9, started_at=now, due_original=now, due_at=now, ended_at=now
    )
    refresh_board(now=now)
    on_time = dossiers.board(leader(), now=now).whole.counts[Bucket.ON_TIME]
    Dossier.objects.filter(pk=one.pk).update(supplements=2)
    refresh_board(now=now)

    assert on_time == 1
    assert dossiers.board(leader(), now=now).whole.counts[Bucket.LATE] == 1


def test_names_leave_only_as_initials_unless_asked_for(one):
    masked = dossiers.lines_of(Bucket.WAITING_RECEPTION, leader(), now=clock.now())
    named = dossiers.lines_of(Bucket.WAITING_RECEPTION, leader(), now=clock.now(), named=True)

    assert masked.lines[0].applicant_name == initials("Nguyễn Thị Ánh Tuyết") == "N. T. Á. T."
    assert named.lines[0].applicant_name == "Nguyễn Thị Ánh Tuyết"


def test_a_signer_sees_the_figures_of_their_own_unit_only(one):
    now = clock.now()
    refresh_board(now=now)
    own = organisations.committee_of("26740").id

    assert dossiers.own_units(head()) == (own,)
    assert dossiers.board(head(), now=now, unit_id=own).whole.counts[Bucket.WAITING_RECEPTION] == 1
    for wrong in (None, organisations.committee_of("26743").id):
        with pytest.raises(WrongRole):
            dossiers.board(head(), now=now, unit_id=wrong)
        with pytest.raises(WrongRole):
            dossiers.lines_of(Bucket.LATE, head(), now=now, unit_id=wrong)
    with pytest.raises(WrongRole):
        dossiers.board(officer(Role.RECEIVER), now=now)


def test_after_a_merger_the_sums_are_the_same_in_both_geographies(one):
    a_history(one, random.Random(7), 60)
    now = clock.now()
    old = organisations.committee_of("26740")
    opens, new_id = a_unit_for(old, name="UBND phường mới", on=city_date(now))
    act = Reorganise(
        kind=ActKind.MERGER, title="Nhập phường", document="", effective_on=city_date(now),
        passings=(Passing(old.id, new_id),), opens=opens,
    )  # fmt: skip
    organisations.reorganise(act, actor=SYSTEM, now=now)
    refresh_board(now=now, all_months=True)

    as_now = dossiers.board(leader(), now=now, months=12)
    as_was = dossiers.board(leader(), now=now, months=12, as_was=True)

    assert as_now.whole == as_was.whole
    named = {part.unit_id for part in as_now.by_unit}
    assert (new_id in named, old.id in named) == (True, False)
    [was] = [part for part in as_was.by_unit if part.unit_id == old.id]
    [now_is] = [part for part in as_now.by_unit if part.unit_id == new_id]
    assert was.counts == now_is.counts
    for bucket in as_now.whole.counts:
        assert sum(part.counts[bucket] for part in as_now.by_unit) == as_now.whole.counts[bucket]
        listed = every_code(bucket, now, months=12, unit_id=new_id)
        assert len(listed) == now_is.counts[bucket]
        assert every_code(bucket, now, months=12, unit_id=new_id, as_was=True) == []
