"""Đúng ngay lần đầu: the rates are exactly the dossiers behind them."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.contexts.casework.testing import Case
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.actions.rates import refresh_rates
from motcua.contexts.dossiers.contracts import Bucket
from motcua.contexts.dossiers.contracts.figures import RightFirst
from motcua.contexts.dossiers.models import Dossier
from motcua.contexts.dossiers.testing import BIRTH, a_submitted_birth
from motcua.contexts.identity.testing import a_person
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.testing import acting
from motcua.kernel import clock
from motcua.kernel.access import WrongRole
from motcua.kernel.testing import citizen, stable_id
from motcua.portals.lead.tests.test_lead import browser, text_of

HERE = "/dieu-hanh/dung-ngay"
ASKED = (0, 0, 1, 2, 3)  # how often each of five decided dossiers was sent back


@pytest.fixture
def decided(small_city) -> list[str]:
    now = clock.now()
    tuyet = citizen(person=a_person().id)
    codes = [a_submitted_birth(tuyet, now=now) for _ in ASKED]
    for code, asked in zip(codes, ASKED, strict=True):
        began = now - timedelta(hours=1)
        Case.objects.filter(code=code).update(
            phase="DECIDED", status=9, started_at=began, ended_at=now
        )
        Dossier.objects.filter(code=code).update(asked=asked)
    refresh_rates(now=now)
    return codes


def leader():
    return replace(acting("thanh", clock.now().date()), account_id=stable_id("account thanh"))


def test_each_rate_is_exactly_its_list(decided):
    now, unit = clock.now(), organisations.committee_of("26740")
    for unit_id in (None, unit.id):
        board = dossiers.right_first(leader(), now=now, unit_id=unit_id)
        birth = next(one for one in board.by_procedure if one.part == BIRTH)

        assert (birth.done, birth.first_right, birth.asked_again) == (5, 2, 2)
        assert (board.whole.first_share, board.whole.again_share) == (0.4, 0.4)
        for bucket, number in (
            (Bucket.DONE, 5), (Bucket.FIRST_RIGHT, 2), (Bucket.ASKED_AGAIN, 2),
        ):  # fmt: skip
            found = dossiers.lines_of(bucket, leader(), now=now, unit_id=unit_id, procedure=BIRTH)
            assert len(found.lines) == number, bucket


def test_counting_again_changes_only_what_changed(decided):
    now = clock.now()
    before = refresh_rates(now=now)
    Dossier.objects.filter(code=decided[0]).update(asked=2)

    assert before == 1  # the whole of the month carries the time
    assert refresh_rates(now=now, all_months=True) == 4


def test_an_idle_month_has_no_rate(small_city):
    board = dossiers.right_first(leader(), now=clock.now())

    assert board.whole.first_share is None
    assert board.by_procedure == ()


def test_whoever_heads_another_unit_sees_no_rates_of_this_one(decided):
    unit = organisations.committee_of("26740")

    with pytest.raises(WrongRole):
        dossiers.right_first(acting("bao", clock.now().date()), now=clock.now(), unit_id=unit.id)


def test_the_page_leads_to_the_list_and_the_export_agrees(decided):
    thanh = browser("thanh")

    page = text_of(thanh.get(HERE))
    listed = text_of(thanh.get(f"/dieu-hanh/danh-sach?phan=hoi-lai&thu-tuc={BIRTH}"))
    sheet = b"".join(thanh.get(f"{HERE}/xuat.csv").streaming_content).decode("utf-8-sig")
    rows = {row[0]: row for row in csv.reader(io.StringIO(sheet)) if row}

    assert f"phan=hoi-lai&amp;thu-tuc={BIRTH}" in page
    assert "40,0%" in page
    assert [code in listed for code in decided] == [False, False, False, True, True]
    assert rows[BIRTH][2:] == ["5", "2", "40,0%", "2", "40,0%"]
    assert "Đúng ngay lần đầu" in text_of(thanh.get("/dieu-hanh/cach-tinh"))


counts = st.integers(0, 10_000)


@given(counts, counts, counts)
def test_shares_lie_between_nothing_and_all(first, once, again):
    one = RightFirst(
        part="", name="", done=first + once + again, first_right=first, asked_again=again
    )

    if one.done:
        assert 0 <= one.first_share <= 1 and 0 <= one.again_share <= 1
        assert one.first_share + one.again_share <= 1 + 1e-9
    else:
        assert (one.first_share, one.again_share) == (None, None)
