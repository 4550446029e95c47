"""How one wants to be told: kinds by way, quiet hours, one letter a day."""

from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from motcua.contexts.exchange.events import ReceiptRecorded, SendingDelivered
from motcua.contexts.identity import testing as identity
from motcua.contexts.notifications import queries, subscribers, tasks
from motcua.contexts.notifications.actions.delivering import send_letters, send_out
from motcua.contexts.notifications.actions.reading import mark_read
from motcua.contexts.notifications.actions.wishing import choose
from motcua.contexts.notifications.contracts import Channel, Kind, Level
from motcua.contexts.notifications.models import Delivery, Preferences
from motcua.contexts.notifications.rules.hours import Quiet, hold_until, letter_at
from motcua.contexts.notifications.rules.wishes import Wishes
from motcua.contexts.notifications.testing import told as told_at
from motcua.contexts.notifications.tests.conftest import NOW, run_jobs
from motcua.kernel.testing import citizen

CITY = ZoneInfo("Asia/Ho_Chi_Minh")


def at(hour: int, minute: int = 0, *, day: int = 23, month: int = 11, year: int = 2026):
    return datetime(year, month, day, hour, minute, tzinfo=CITY)


def told(person: UUID, template: str, *, now=NOW, **rest):
    message = told_at(person, template, now=now, **rest)
    send_out(message.id, now=now)
    run_jobs()
    return message


def states(message) -> dict[str, str]:
    return {d.channel: d.state for d in queries.deliveries_of(message.id)}


@pytest.mark.parametrize(("moment", "quiet", "until"), [
    (at(20, 59), Quiet(), None),
    (at(21), Quiet(), at(7, day=24)),
    (at(0), Quiet(), at(7)),
    (at(6, 59), Quiet(), at(7)),
    (at(7), Quiet(), None),
    (at(23, day=31, month=12), Quiet(), at(7, day=1, month=1, year=2027)),
    (at(23, 59, day=5, month=2, year=2027), Quiet(), at(7, day=6, month=2, year=2027)),  # Tết
    (at(12), Quiet(time(11, 30), time(13)), at(13)),
    (at(13), Quiet(time(11, 30), time(13)), None),
    (at(22), Quiet(time(22, 30), time(5, 45)), None),
    (at(22, 30), Quiet(time(22, 30), time(5, 45)), at(5, 45, day=24)),
    (at(23), Quiet(time(9), time(9)), None),
])  # fmt: skip
@pytest.mark.parametrize("channel", [Channel.SMS, Channel.PUSH])
def test_what_rings_waits_for_ones_own_morning(channel, moment, quiet, until):
    assert hold_until(channel, Level.YOUR_TURN, moment, quiet) == until
    assert hold_until(channel, Level.EMERGENCY, moment, quiet) is None
    assert hold_until(Channel.EMAIL, Level.YOUR_TURN, moment, quiet) is None


def test_the_letter_leaves_at_six_in_the_evening():
    assert letter_at(at(17, 59)) == at(18)
    assert letter_at(at(18)) == at(18, day=24)


def test_a_way_that_was_switched_off_stays_silent(tuyet, mail, sms):
    off = frozenset({(Kind.TURN, Channel.SMS)})
    choose(Wishes(off=off), actor=citizen(person=tuyet), now=NOW)

    message = told(tuyet, "payment_asked")

    assert states(message) == {"EMAIL": "SENT", "SMS": "OFF"}


def test_what_the_law_wants_told_cannot_be_switched_off(tuyet, mail, sms):
    off = frozenset((kind, channel) for kind in Kind for channel in Channel)
    choose(Wishes(off=off), actor=citizen(person=tuyet), now=NOW)

    asked, paid = told(tuyet, "supplement_asked"), told(tuyet, "payment_asked")

    assert states(asked) == {"EMAIL": "SENT", "SMS": "SENT"}
    assert states(paid) == {"EMAIL": "OFF", "SMS": "OFF"}
    assert not any(one.startswith(("SERVED", "EMERGENCY")) for one in Preferences.objects.get().off)


def test_small_news_come_in_one_letter_without_what_was_read(tuyet, mail, sms):
    codes = [f"H29.99-20261123-000004{n}" for n in range(3)]
    found = [told(tuyet, "supplement_received", subject=code) for code in codes]
    assert [states(one) for one in found] == [{"EMAIL": "GATHERED"}] * 3
    mark_read(found[0].id, actor=citizen(person=tuyet), now=NOW)

    evening = letter_at(NOW)
    tasks.letters_of_the_day(evening - timedelta(minutes=1))
    tasks.letters_of_the_day(evening)
    send_letters(now=evening)
    run_jobs()

    [letter] = mail.kept.values()
    assert letter["subject"] == "2 tin cho biết trong ngày"
    assert codes[1] in letter["text"]
    assert codes[0] not in letter["text"]
    assert [states(one)["EMAIL"] for one in found] == ["OFF", "SENT", "SENT"]


def test_each_reader_gets_a_letter_of_their_own(tuyet, mail, sms):
    khoa = identity.a_person(
        "Lê Minh Khoa", personal_number="079188999002", email="khoa@example.vn"
    )
    told(tuyet, "supplement_received")
    told(khoa.id, "supplement_received")

    send_letters(now=letter_at(NOW))
    run_jobs()

    assert sorted(letter["to"] for letter in mail.kept.values()) == [
        "khoa@example.vn",
        "tuyet@example.vn",
    ]


def test_who_wants_gets_every_small_news_in_the_letter_but_what_guards_the_account(
    tuyet, mail, sms
):
    choose(Wishes(gathers=True), actor=citizen(person=tuyet), now=NOW)

    assert states(told(tuyet, "result_returned")) == {"EMAIL": "GATHERED"}
    assert states(told(tuyet, "device_added", subject="")) == {"EMAIL": "SENT"}


@pytest.fixture
def one_sms(tuyet, mail, sms):
    message = told(tuyet, "supplement_asked")
    return Delivery.objects.get(notification=message, channel="SMS")


def receipt(delivery: Delivery, *, delivered: bool, by: str, hours: int = 1) -> None:
    subscribers.note_receipt(
        ReceiptRecorded(
            occurred_at=NOW + timedelta(hours=hours), subject=f"notification-{delivery.id}",
            provider=by, delivered=delivered, reason="" if delivered else "number_off",
        )
    )  # fmt: skip


def taken(delivery: Delivery, by: str) -> None:
    subscribers.note_delivered(
        SendingDelivered(
            occurred_at=NOW, subject=f"notification-{delivery.id}", connector="sms",
            operation="send", provider=by,
        )
    )  # fmt: skip


def test_a_receipt_is_believed_once_and_the_first_moment_stays(one_sms):
    receipt(one_sms, delivered=True, by="sms_one")
    receipt(one_sms, delivered=True, by="sms_one", hours=9)
    receipt(one_sms, delivered=False, by="sms_one", hours=10)

    one_sms.refresh_from_db()
    assert (one_sms.state, one_sms.provider) == ("DELIVERED", "sms_one")
    assert one_sms.delivered_at == NOW + timedelta(hours=1)


def test_a_late_yes_wins_over_a_no(one_sms):
    receipt(one_sms, delivered=False, by="sms")
    assert Delivery.objects.get(id=one_sms.id).state == "FAILED"

    receipt(one_sms, delivered=True, by="sms_two", hours=30)

    assert Delivery.objects.get(id=one_sms.id).state == "DELIVERED"


def test_a_receipt_may_be_faster_than_our_own_note(tuyet, mail, sms):
    sms.dead = True
    message = told(tuyet, "supplement_asked")
    delivery = Delivery.objects.get(notification=message, channel="SMS")
    receipt(delivery, delivered=False, by="sms_one")

    taken(delivery, "sms_one")

    delivery.refresh_from_db()
    assert (delivery.state, delivery.sent_at) == ("FAILED", NOW)


def test_the_page_saves_what_was_ticked(small_city, client: Client):
    account = identity.a_citizen_account()
    identity.signed_in(client, account)

    page = client.get("/thong-bao/cai-dat").content.decode()
    saved = client.post(
        "/thong-bao/cai-dat/luu",
        {"idempotency_key": "a", "bat": ["TURN:EMAIL", "FYI:EMAIL"], "tu": "22:15", "den": "06:00",
         "gop": "1"},
    )  # fmt: skip
    again = client.get("/thong-bao/cai-dat").context["page"]
    wrong = client.post(
        "/thong-bao/cai-dat/luu", {"idempotency_key": "b", "tu": "25:00", "den": "x"}
    )

    assert "Không tắt được" in page
    assert (saved.status_code, wrong.status_code) == (303, 422)
    assert (again.quiet_from, again.quiet_to, again.gathers) == ("22:15", "06:00", True)
    on = [box.value for kind in again.kinds for box in kind.boxes if box.on]
    assert on == ["TURN:EMAIL", "FYI:EMAIL"]
