"""A message rings on each device that its reader allowed, and on nobody else's."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from motcua.contexts.exchange.contracts import PushServiceUnknown, UnreadableKeys
from motcua.contexts.exchange.testing import (
    in_process,
    mode_of,
    opened_pushes,
    registered,
)
from motcua.contexts.identity import testing as identity
from motcua.contexts.notifications import public, queries, subscribers, tasks
from motcua.contexts.notifications.actions.delivering import send_out
from motcua.contexts.notifications.actions.devices import allow_device, end_device
from motcua.contexts.notifications.actions.reading import mark_read
from motcua.contexts.notifications.actions.wishing import choose
from motcua.contexts.notifications.contracts import (
    Channel,
    DeviceNotFound,
    Kind,
    Level,
    TooManyDevices,
)
from motcua.contexts.notifications.models import Device, Notification
from motcua.contexts.notifications.rules.wishes import Wishes
from motcua.contexts.notifications.testing import SUBJECT, a_device, a_subscription
from motcua.contexts.notifications.testing import told as told_at
from motcua.contexts.notifications.tests.conftest import NOW, run_jobs
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel.actors import Actor, ActorKind
from motcua.kernel.testing import citizen

NIGHT = NOW.replace(hour=23)


@pytest.fixture
def service(tmp_path, mail, sms):
    """The stand-in of a push service, in the process."""
    with registered(in_process("push", tmp_path)):
        yield tmp_path


@pytest.fixture
def me(tuyet: UUID) -> Actor:
    return citizen(person=tuyet)


def told(person: UUID, template: str = "supplement_asked", **rest):
    message = told_at(person, template, **{"now": NOW, **rest})
    send_out(message.id, now=rest.get("now", NOW))
    run_jobs()
    return message


def pushes(message) -> list[str]:
    return [d.state for d in queries.deliveries_of(message.id) if d.channel == "PUSH"]


def test_a_turn_rings_on_every_device_with_code_and_sentence_only(me, service):
    a_device(me, now=NOW, folder=service)
    a_device(me, now=NOW, folder=service)

    message = told(me.person_id, params={"officer": "Võ Thị Kim Ngân", "papers": "Giấy chứng sinh"})

    assert pushes(message) == ["SENT", "SENT"]
    heard = opened_pushes(service)
    assert [m["words"]["title"] for m in heard] == ["Cần bạn gửi thêm giấy tờ"] * 2
    assert heard[0]["words"]["body"] == f"Hồ sơ {SUBJECT}. Mở app Công dân số để xem."
    assert heard[0]["words"]["url"] == f"/ho-so/{SUBJECT}"
    assert "Ngân" not in str(heard)
    assert "chứng sinh" not in str(heard)
    assert SUBJECT not in heard[0]["topic"]


def test_a_browser_allowed_on_an_english_page_is_told_in_english(me, service):
    allow_device(**a_subscription(service), name="Chrome", language="en", actor=me, now=NOW)

    told(me.person_id)

    [heard] = opened_pushes(service)
    assert heard["words"]["title"] == "We need more papers from you"
    assert heard["words"]["body"].startswith(f"Application {SUBJECT}. Open the")


@pytest.mark.parametrize(("language", "first"), [("vi", "Nước dâng."), ("en", "Water rises.")])
def test_what_everybody_may_know_is_said_in_the_push_itself(me, service, language, first):
    allow_device(**a_subscription(service), name="Chrome", language=language, actor=me, now=NOW)
    values = {"headline": "Nước dâng", "headline_en": "Water rises", "unit": "UBND"}

    told(me.person_id, "alert_issued", subject="CB-1", params=values)

    [heard] = opened_pushes(service)
    assert heard["words"]["body"].startswith(f"{first} ")
    assert heard["words"]["url"] == "/canh-bao/CB-1"


def test_devices_and_wishes_of_merged_rows_are_of_one_reader(me, service):
    other = identity.a_person(personal_number="079190999009")
    also = citizen(person=other.id)
    a_device(also, now=NOW, folder=service)
    choose(Wishes(off=frozenset({(Kind.TURN, Channel.PUSH)})), actor=also, now=NOW)

    identity.a_merge(me.person_id, other.id)
    whole = replace(me, also=frozenset({other.id}))
    served, turn = told(me.person_id), told(me.person_id, "payment_asked")

    assert (pushes(served), pushes(turn)) == (["SENT"], ["OFF"])
    assert queries.own_devices(whole, now=NOW).count() == 1
    assert queries.own_preferences(whole, now=NOW).person_id == other.id


def test_asked_twice_it_rings_once(me, service):
    a_device(me, now=NOW, folder=service)
    message = told(me.person_id)

    send_out(message.id, now=NOW)
    run_jobs()

    assert pushes(message) == ["SENT"]
    assert len(opened_pushes(service)) == 1


def test_small_news_never_ring(me, service):
    a_device(me, now=NOW, folder=service)

    assert pushes(told(me.person_id, "dossier_received")) == []


def test_keys_lie_sealed_and_leave_with_the_device(me, service):
    device = a_device(me, now=NOW, folder=service)
    with connection.cursor() as cursor:
        cursor.execute("SELECT endpoint, p256dh, auth FROM notifications_device")
        lying = b"".join(bytes(value) for value in cursor.fetchone())
    assert device.endpoint.encode() not in lying

    end_device(device.id, actor=me, now=NOW)

    device.refresh_from_db()
    assert (device.endpoint, device.p256dh, device.auth) == (None, None, None)
    assert device.ended_why == "OWNER"
    assert pushes(told(me.person_id)) == []


@pytest.mark.parametrize("mode", ["gone", "missing"])
def test_a_device_that_is_gone_is_forgotten(me, service, mode):
    device = a_device(me, now=NOW, folder=service)
    mode_of(service, "push", mode)

    message = told(me.person_id)

    device.refresh_from_db()
    assert (pushes(message), device.ended_why, device.endpoint) == (["FAILED"], "GONE", None)
    assert not queries.own_devices(me, now=NOW).exists()


def test_told_twice_that_it_is_gone_it_is_forgotten_once(me, service):
    device = a_device(me, now=NOW, folder=service)
    mode_of(service, "push", "gone")
    message = told(me.person_id)
    [delivery] = [d for d in queries.deliveries_of(message.id) if d.channel == "PUSH"]
    first = Device.objects.get().ended_at

    subscribers.devices.forget_gone(f"notification-{delivery.id}", now=NOW + timedelta(days=1))

    device.refresh_from_db()
    assert device.ended_at == first


def test_a_busy_service_is_asked_again_later(me, service):
    a_device(me, now=NOW, folder=service)
    mode_of(service, "push", "busy")

    message = told(me.person_id)

    [sending] = apps.get_model("exchange", "Sending").objects.filter(connector="push")
    assert pushes(message) == ["HANDED"]
    assert sending.state == "WAITING"
    assert sending.next_try_at - sending.created_at >= timedelta(seconds=120)


def test_a_phone_that_changes_hands_rings_for_the_newer_only(me, service, db):
    given = a_subscription(service)
    other = citizen(person=identity.a_person("Lê Minh Khoa", personal_number="079188999002").id)
    allow_device(**given, name="Chrome", actor=me, now=NOW)

    allow_device(**given, name="Chrome", actor=other, now=NOW)
    allow_device(**given, name="Chrome", actor=other, now=NOW)

    assert not queries.own_devices(me, now=NOW).exists()
    assert queries.own_devices(other, now=NOW).count() == 1
    assert Device.objects.get(person=me.person_id).ended_why == "OTHER"


def test_a_device_of_somebody_else_does_not_exist(me, service):
    device = a_device(me, now=NOW, folder=service)

    with pytest.raises(DeviceNotFound):
        end_device(device.id, actor=citizen(name="Lê Minh Khoa"), now=NOW)


def test_ten_devices_are_enough(me, service):
    for _ in range(10):
        a_device(me, now=NOW, folder=service)

    with pytest.raises(TooManyDevices):
        a_device(me, now=NOW, folder=service)


def test_strange_addresses_and_keys_are_refused(me, service):
    given = a_subscription(service)

    for endpoint in ("http://169.254.169.254/", "https://fcm.googleapis.com/fcm/send/x"):
        with pytest.raises(PushServiceUnknown):
            allow_device(**{**given, "endpoint": endpoint}, name="", actor=me, now=NOW)
    with pytest.raises(UnreadableKeys):
        allow_device(**{**given, "p256dh": "x"}, name="", actor=me, now=NOW)
    assert not Device.objects.exists()


def test_by_night_a_push_waits_and_what_was_read_meanwhile_stays_silent(me, service):
    a_device(me, now=NOW, folder=service)
    read, unread = (
        told(me.person_id, subject=f"H29.99-20261123-000004{n}", now=NIGHT) for n in (1, 2)
    )
    assert pushes(read) == pushes(unread) == ["HELD"]
    mark_read(read.id, actor=me, now=NIGHT)

    tasks.release(NIGHT + timedelta(hours=8, minutes=1))
    tasks.release(NIGHT + timedelta(hours=8, minutes=2))
    run_jobs()

    assert (pushes(read), pushes(unread)) == (["OFF"], ["SENT"])
    assert len(opened_pushes(service)) == 1


def test_danger_rings_by_night(me, service):
    a_device(me, now=NOW, folder=service)

    message = told_at(me.person_id, "overdue_apology", now=NIGHT)
    message.level = Level.EMERGENCY
    message.save()
    send_out(message.id, now=NIGHT)
    run_jobs()

    assert pushes(message) == ["SENT"]
    assert opened_pushes(service)[0]["urgency"] == "high"


def test_an_officers_browser_rings_too(small_city, service):
    account = identity.an_officer_account("bao", officer_id=the_officer("bao").id)
    bao = Actor(kind=ActorKind.OFFICER, name="Lê Quốc Bảo", account_id=account.id)
    a_device(bao, now=NOW, folder=service)

    public.notify(
        account_id=account.id, template="task_assigned", subject=SUBJECT, params={}, now=NOW
    )
    send_out(Notification.objects.get(account_id=account.id).id, now=NOW)
    run_jobs()

    assert "Bạn có việc mới" in str(opened_pushes(service))


def test_the_page_lists_devices_and_ends_one(small_city, client: Client, tmp_path):
    account = identity.a_citizen_account()
    identity.signed_in(client, account)
    given = a_subscription(tmp_path)

    added = client.post(
        "/thong-bao/may",
        {"idempotency_key": "a", **given},
        headers={"User-Agent": "Chrome/1 Android"},
    )
    page = client.get("/thong-bao/cai-dat").content.decode()
    device = Device.objects.get()
    refused = client.post(
        "/thong-bao/may", {"idempotency_key": "b", **given, "endpoint": "http://10.0.0.1/"}
    )
    ended = client.post(f"/thong-bao/may/{device.id}/go", {"idempotency_key": "c"})

    assert (added.status_code, refused.status_code, ended.status_code) == (303, 422, 303)
    assert "Chrome, Android" in page
    assert "chưa nối" in refused.content.decode()
    assert "Chưa có máy nào" in client.get("/thong-bao/cai-dat").content.decode()


def test_without_stand_ins_there_is_no_device_to_try(small_city, client: Client, settings):
    identity.signed_in(client, identity.a_citizen_account())
    settings.SIMULATORS = False

    answer = client.post("/thong-bao/may/thu", {"idempotency_key": "a"})

    assert answer.status_code == 404
    assert "Thêm máy thử" not in client.get("/thong-bao/cai-dat").content.decode()
