"""A shift on its pages: opened, taken in, counted with a difference, signed, handed on."""

import pytest
from django.test import Client

from motcua.contexts.counters.testing import the_desk
from motcua.contexts.counters.tests.test_queue_pages import send, text_of
from motcua.contexts.identity.testing import a_person, an_officer_account, signed_in
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.testing import the_officer
from motcua.contexts.payments.testing import an_invoice
from motcua.kernel import clock
from motcua.kernel.clock import city_date

pytestmark = pytest.mark.usefixtures("small_city")


def at_work(staff_no):
    account = an_officer_account(staff_no, officer_id=the_officer(staff_no).id)
    return signed_in(Client(), account)


@pytest.fixture
def khue(small_city):
    return at_work("khue")


@pytest.fixture
def head(small_city):
    found = organisations.officers_of(the_desk(), city_date(clock.now()))
    return at_work(next(one.staff_no for one in found if one.full_name == "Võ Minh Bình"))


def test_a_shift_from_the_float_to_the_safe(khue, head):
    bill = an_invoice(payer=a_person().id, subject="H29.99-1", unit_id=the_desk(), now=clock.now())
    pays = f"/thanh-toan/{bill.code}/tien-mat"
    assert send(khue, pays, "0", amount="8.000", unit=the_desk()).status_code == 409
    assert send(khue, "/quay/quy", "1", float="?").status_code == 422

    url = send(khue, "/quay/quy", "2", float="200.000").url
    assert send(khue, pays, "3", amount="8.000", unit=the_desk()).status_code == 303
    assert "208.000" in text_of(khue.get(url))
    assert send(khue, url, "4", seen="0", **{"note.200000": "1"}).status_code == 409
    assert send(khue, url, "5", seen="8000", **{"note.200000": "x"}).status_code == 422
    assert send(khue, url, "6", seen="8000", **{"note.200000": "1"}).status_code == 422
    send(khue, url, "7", seen="8000", reason="Thối nhầm", **{"note.200000": "1"})

    assert "thiếu 8.000" in text_of(khue.get(url))
    assert send(khue, f"{url}/ky", "8", agreed="yes").status_code == 403
    send(head, f"{url}/ky", "9", agreed="yes")
    assert "Tôi nhận 200.000" in text_of(head.get(url))
    send(head, f"{url}/nhan", "10")
    assert "NGƯỜI NHẬN TIỀN" in text_of(head.get(url))
    assert "Đã bàn giao" in text_of(head.get("/quay/quy"))


def test_the_till_of_another_desk_is_not_there(khue):
    url = send(khue, "/quay/quy", "1", float="0").url

    assert at_work("ngan").get(url).status_code == 404
