"""A day of money at a ward's desk: taken, counted, signed by the collector, closed by the head."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from motcua.contexts.counters.actions import tills
from motcua.contexts.counters.contracts.cash import CountShift
from motcua.contexts.counters.testing import an_open_till, the_desk
from motcua.contexts.identity.testing import (
    Account,
    a_person,
    an_app,
    an_officer_account,
    code_of,
    own_actor,
    signed_in,
)
from motcua.contexts.notifications.models import Notification
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.testing import the_officer
from motcua.contexts.payments import public as payments
from motcua.contexts.payments.actions.closing import tell_open_days
from motcua.contexts.payments.actions.receiving import receive_bank_credit
from motcua.contexts.payments.testing import a_credit, an_invoice
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM, Role
from motcua.kernel.clock import city_date
from motcua.kernel.web import FIELD

pytestmark = pytest.mark.django_db
LIST = "/thu-phi/chot-ngay"


@pytest.fixture
def khue(small_city: None) -> Account:
    """Trần Minh Khuê, who receives and collects at Bến Thành."""
    account = an_officer_account("khue", officer_id=the_officer("khue").id)
    an_app(account)
    return account


@pytest.fixture
def head(khue: Account) -> Account:
    """Who heads that desk."""
    [one] = organisations.holders_of(the_desk(), Role.DIVISION_HEAD, city_date(clock.now()))
    account = an_officer_account(one.staff_no, officer_id=one.id)
    an_app(account)
    return account


def took_cash(by: Account) -> UUID:
    """Cash for one bill of the desk, taken just now; the shift is still open."""
    now = clock.now()
    actor = own_actor(by, now=now)
    bill = an_invoice(
        payer=a_person().id, subject="H29.99-20261128-0000009", unit_id=the_desk(), now=now
    )
    shift = an_open_till(actor, now=now)
    payments.record_cash(
        code=bill.code, amount_dong=8_000, unit_id=the_desk(), actor=actor, now=now
    )
    return shift


def counted(shift: UUID, by: Account, witness: Account) -> None:
    now = clock.now()
    command = CountShift(shift_id=shift, notes=((5_000, 1), (1_000, 3)), reason="", seen_dong=8_000)
    tills.count_shift(command, actor=own_actor(by, now=now), now=now)
    tills.sign_shift(shift, agreed=True, actor=own_actor(witness, now=now), now=now)


def address() -> str:
    return f"{LIST}/{the_desk()}/{city_date(clock.now()).isoformat()}"


def text(answer) -> str:
    return answer.content.decode().replace("\u00a0", " ")


def press(browser: Client, act: str, **typed: str):
    page = browser.get(address()).context["page"]
    return browser.post(
        f"{address()}/{act}",
        {FIELD: f"{act}{sorted(typed)}", "digest": page.digest, **typed},
    )


def test_a_day_is_counted_signed_and_closed_by_two_people(khue: Account, head: Account):
    collector, second = signed_in(Client(), khue), signed_in(Client(), head)
    shift = took_cash(khue)
    assert "Còn ca thu tiền chưa kiểm đếm" in text(collector.get(address()))
    counted(shift, khue, head)

    wrong = press(collector, "ky", code="000000")
    signed = press(collector, "ky", code=code_of())
    waiting = text(second.get(LIST))
    closed = press(second, "chot", code=code_of())

    assert (wrong.status_code, signed.status_code, closed.status_code) == (422, 303, 303)
    assert "Đã ký, chờ chốt" in waiting
    page = text(second.get(address()))
    assert "Mọi tổng đều bằng nhau" in page
    assert "Tiền mặt thu tại quầy" in page
    assert "Mã của số liệu" in page
    assert f"/quay/quy/{shift}" in page
    assert press(second, "chot", code=code_of(later=1), again="1").status_code == 422


def test_the_head_sends_a_day_back_with_the_reason(khue: Account, head: Account):
    collector, second = signed_in(Client(), khue), signed_in(Client(), head)
    counted(took_cash(khue), khue, head)
    press(collector, "ky", code=code_of())

    without = press(second, "tra-lai", reason=" ")
    back = press(second, "tra-lai", reason="Bạn xem lại ca chiều")

    assert (without.status_code, back.status_code) == (422, 303)
    assert "Bạn xem lại ca chiều" in text(collector.get(address()))


def test_a_day_is_told_as_a_file_and_on_paper(khue: Account, head: Account):
    browser = signed_in(Client(), khue)
    counted(took_cash(khue), khue, head)

    rows = b"".join(browser.get(f"{address()}/so.csv").streaming_content).decode()
    paper = browser.get(f"{address()}/so.pdf")

    assert "Tiền mặt thu tại quầy" in rows
    assert "8000" in rows
    assert paper.content.startswith(b"%PDF")


def test_the_day_of_another_desk_is_not_there(khue: Account):
    took_cash(khue)
    other = signed_in(Client(), an_officer_account("ngan", officer_id=the_officer("ngan").id))

    assert other.get(address()).status_code == 404
    assert other.get(f"{LIST}/{the_desk()}/2026-13-01").status_code == 404
    assert press_blind(other).status_code == 404


def press_blind(browser: Client):
    return browser.post(f"{address()}/ky", {FIELD: "blind", "code": "000000"})


def test_a_day_left_open_is_told_to_who_collects_and_who_heads(
    khue: Account, head: Account, deliveries
):
    now = clock.now()
    bill = an_invoice(payer=a_person().id, unit_id=the_desk(), now=now)
    receive_bank_credit(a_credit(bill.code, 5_000, at=now), actor=SYSTEM, now=now)

    tell_open_days(now=now)
    assert "days_left_open" not in templates(khue)
    tell_open_days(now=now + timedelta(days=1))
    deliveries()

    assert "days_left_open" in templates(khue)
    assert "days_left_open" in templates(head)


def templates(account: Account) -> set[str]:
    found = Notification.objects.filter(account_id=account.id)
    return set(found.values_list("template", flat=True))
