"""Pages of the hall: two touches at a kiosk, a place in the line, a window by its keys."""

import re

import pytest
from django.test import Client

from motcua.contexts.counters.models import Ticket
from motcua.contexts.counters.testing import a_ticket, an_open_window
from motcua.contexts.identity.testing import (
    a_citizen_account,
    an_officer_account,
    signed_in,
)
from motcua.contexts.organisations.testing import acting, the_officer
from motcua.kernel import clock
from motcua.kernel.clock import city_date
from motcua.kernel.testing import MONDAY_9AM

pytestmark = pytest.mark.usefixtures("small_city")
BEN_THANH = "H29.99.26743.1"
KIOSK = f"/kiosk/{BEN_THANH}"


@pytest.fixture
def window(small_city):
    """Khuê sits at window 3 of Bến Thành today, so that the hall is open at any hour."""
    now = clock.now()
    an_open_window(acting("khue", city_date(now)), "A", number=3, now=now)


@pytest.fixture
def khue(small_city):
    account = an_officer_account("khue", officer_id=the_officer("khue").id)
    return signed_in(Client(), account)


def send(browser, url, key="k", **values):
    return browser.post(url, {**values, "idempotency_key": key})


def text_of(answer):
    return re.sub(r"<[^>]+>|\s+", " ", answer.content.decode())


def test_a_place_without_a_queue_has_no_kiosk(client):
    assert client.get("/kiosk/H29.99.26740.2").status_code == 404
    assert client.get("/bang-so/khong-co").status_code == 404


def test_two_touches_and_a_slip(client, window):
    assert "Cư trú" in text_of(client.get(KIOSK))
    assert "Người cao tuổi" in text_of(client.get(f"{KIOSK}?nhom=A"))

    answer = send(client, KIOSK, group="A", kind="ELDERLY")

    slip = client.get(answer.url)
    assert "A001" in text_of(slip)
    assert slip["Refresh"].endswith(f"url={KIOSK}")
    assert client.get(f"/kiosk/H29.99.26740.1/so/{answer.url[-36:]}").status_code == 404


def test_a_second_press_at_the_kiosk_takes_no_second_number(client, window):
    first, again = (send(client, KIOSK, group="A", kind="") for _ in range(2))

    assert first.url == again.url
    assert Ticket.objects.count() == 1


def test_a_number_for_a_phone_needs_the_phone_or_a_person(client, window):
    refused = send(client, f"/lay-so/{BEN_THANH}", group="A", phone="12")

    assert refused.status_code == 422
    assert "10 chữ số" in text_of(refused)
    taken = send(client, f"/lay-so/{BEN_THANH}", "2", group="A", phone="0900 000 345")
    assert "Bạn là người tiếp theo" in text_of(client.get(taken.url))


def test_whoever_is_signed_in_finds_their_number_again(window):
    tuyet = signed_in(Client(), a_citizen_account())
    send(tuyet, f"/lay-so/{BEN_THANH}", group="A")

    assert "A001" in text_of(tuyet.get("/lay-so?q=ben thanh"))


def test_a_number_that_is_given_up_is_over(client, window):
    url = f"/so/{a_ticket(now=clock.now())}"

    send(client, f"{url}/bo")

    assert "Đã bỏ số" in text_of(client.get(url))
    assert send(client, f"{url}/bo", "2").status_code == 409


def test_a_number_of_another_day_says_so(client):
    url = f"/so/{a_ticket(now=MONDAY_9AM)}"

    assert "hết hiệu lực" in text_of(client.get(url))


def test_the_pages_of_the_hall_speak_english(client, window):
    url = f"/so/{a_ticket(now=clock.now())}"
    client.cookies["django_language"] = "en"

    assert "What do you come for?" in text_of(client.get(KIOSK))
    assert "You are next." in text_of(client.get(url))


def test_a_morning_at_a_window(khue, client):
    now = clock.now()
    refused = send(khue, "/quay/ban", "0", number="0", groups="A")
    assert refused.status_code == 422
    send(khue, "/quay/ban", "1", number="3", groups=["A", "B"])
    first, second = a_ticket("A", now=now), a_ticket("B", now=now)

    assert "Đến lượt" not in text_of(client.get(f"/so/{first}"))
    send(khue, "/quay/ban/goi", "2", seen="")
    assert "Mời bạn đến bàn số 3" in text_of(client.get(f"/so/{first}"))
    assert "Mời số A không không một, đến bàn số 3." in (
        client.get(f"/bang-so/{BEN_THANH}").content.decode()
    )
    send(khue, "/quay/ban/goi-lai", "3", seen=first)
    send(khue, "/quay/ban/chuyen", "4", seen=first, group="B")
    send(khue, "/quay/ban/goi", "5", seen="")
    send(khue, "/quay/ban/goi", "6", seen=first)
    send(khue, "/quay/ban/vang", "7", seen=second)
    assert "Đã gọi mà vắng" in text_of(khue.get("/quay/ban"))
    send(khue, "/quay/ban/quay-lai", "8", ticket=second)
    send(khue, "/quay/ban/goi", "9", seen="")
    send(khue, "/quay/ban/xong", "10", seen=second)
    nobody = khue.post("/quay/ban/goi", {"seen": "", "idempotency_key": "11"}, follow=True)

    assert "Không còn ai chờ" in text_of(nobody)
    send(khue, "/quay/ban/dong", "12")
    assert "Mở bàn" in text_of(khue.get("/quay/ban"))
    states = Ticket.objects.order_by("group", "number").values_list("state", flat=True)
    assert list(states) == ["FINISHED", "FINISHED"]


def test_priority_is_asked_about_once(khue, window):
    a_ticket("A", now=clock.now(), kind="MERIT")
    send(khue, "/quay/ban/goi", "1", seen="")
    ticket = Ticket.objects.get()

    assert "Người có công" in text_of(khue.get("/quay/ban"))
    send(khue, "/quay/ban/uu-tien", "2", seen=ticket.id, agreed="yes")
    assert "đã xác nhận" in text_of(khue.get("/quay/ban"))


def test_a_page_that_names_no_ticket_does_nothing(khue, window):
    assert send(khue, "/quay/ban/xong", "1", seen="").status_code == 404
    assert send(khue, "/quay/ban/quay-lai", "2", ticket="?").status_code == 404
    assert send(khue, "/quay/ban/dong", "3").status_code == 303
