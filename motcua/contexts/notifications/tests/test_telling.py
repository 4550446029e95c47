"""A message reaches one inbox once, leaves by the right ways, and survives a dead gateway."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection

from motcua.contexts.exchange.events import SendingDelivered, SendingGivenUp
from motcua.contexts.identity import testing as identity
from motcua.contexts.notifications import public, queries, subscribers, tasks
from motcua.contexts.notifications.actions.delivering import release_held, send_out
from motcua.contexts.notifications.actions.reading import mark_all_read, mark_read
from motcua.contexts.notifications.contracts import (
    Channel,
    DeliveryState,
    Level,
    MessageNotFound,
    NobodyToTell,
    Tab,
    UnknownTemplate,
)
from motcua.contexts.notifications.events import NotificationMade
from motcua.contexts.notifications.models import Delivery, Notification
from motcua.contexts.notifications.testing import SUBJECT
from motcua.contexts.notifications.testing import told as told_at
from motcua.contexts.notifications.tests.conftest import NOW, Gateway, a_person, run_jobs
from motcua.contexts.organisations.testing import a_small_city, the_officer
from motcua.kernel.actors import SYSTEM, Actor, ActorKind
from motcua.kernel.db import owns_transaction, record
from motcua.kernel.testing import citizen, stable_id

NIGHT = NOW.replace(hour=22)


def told(person: UUID, template: str = "dossier_received", **rest) -> Notification:
    return told_at(person, template, **{"now": NOW, **rest})


def states(notification: Notification) -> dict[str, str]:
    return {d.channel: d.state for d in queries.deliveries_of(notification.id)}


def test_telling_twice_tells_once(tuyet: UUID):
    told(tuyet)
    told(tuyet)

    assert Notification.objects.count() == 1
    assert public.unread_count(tuyet) == 1


def test_an_unknown_template_or_no_reader_is_refused(tuyet: UUID):
    with pytest.raises(UnknownTemplate):
        told(tuyet, "hello")
    for readers in ({}, {"person_id": tuyet, "account_id": tuyet}):
        with pytest.raises(NobodyToTell):
            public.notify(template="withdrawn", subject=SUBJECT, params={}, now=NOW, **readers)


def test_telling_joins_the_callers_action(tuyet: UUID):
    @owns_transaction
    def act(*, now) -> None:
        told(tuyet, now=now)
        record(action="tests.act", subject=SUBJECT, actor=SYSTEM)

    act(now=NOW)

    assert Notification.objects.count() == 1


def test_values_are_sealed_in_the_database(tuyet: UUID):
    told(tuyet, params={"officer": "Võ Thị Kim Ngân"})

    with connection.cursor() as cursor:
        cursor.execute("SELECT params FROM notifications_notification")
        (raw,) = cursor.fetchone()
    assert "Ngân".encode() not in bytes(raw)
    assert "Võ Thị Kim Ngân" in public.messages_for(tuyet)[0].text


def test_mail_and_sms_leave_by_day(tuyet: UUID, mail: Gateway, sms: Gateway):
    message = told(tuyet, params={"due": "thứ Năm, 26/11/2026"})

    send_out(message.id, now=NOW)
    send_out(message.id, now=NOW)
    run_jobs()

    assert [letter["to"] for letter in mail.kept.values()] == ["tuyet@example.vn"]
    assert [text["to"] for text in sms.kept.values()] == ["0900000001"]
    assert "subject" not in next(iter(sms.kept.values()))
    assert states(message) == {"EMAIL": "SENT", "SMS": "SENT"}


def test_an_sms_waits_for_the_morning_and_leaves_once(tuyet: UUID, mail: Gateway, sms: Gateway):
    message = told(tuyet, now=NIGHT)

    send_out(message.id, now=NIGHT)
    tasks.release(NIGHT + timedelta(hours=8))
    run_jobs()
    assert states(message) == {"EMAIL": "SENT", "SMS": "HELD"}
    assert sms.kept == {}

    morning = NIGHT + timedelta(hours=9)
    tasks.release(morning)
    release_held(now=morning)
    run_jobs()

    assert states(message)["SMS"] == "SENT"
    assert len(sms.kept) == 1


def test_a_dead_gateway_loses_nothing(tuyet: UUID, mail: Gateway, sms: Gateway):
    sms.dead = True
    message = told(tuyet)
    send_out(message.id, now=NOW)

    run_jobs()

    assert sms.kept == {}
    assert public.unread_count(tuyet) == 1
    assert states(message) == {"EMAIL": "SENT", "SMS": "HANDED"}


def test_the_exchange_says_how_it_went(tuyet: UUID, mail: Gateway, sms: Gateway):
    message = told(tuyet)
    send_out(message.id, now=NOW)
    by_channel = {d.channel: d for d in queries.deliveries_of(message.id)}

    subscribers.note_delivered(
        SendingDelivered(
            occurred_at=NOW,
            subject=f"notification-{by_channel['EMAIL'].id}",
            connector="mail",
            operation="send",
        )
    )
    subscribers.note_given_up(
        SendingGivenUp(
            occurred_at=NOW,
            subject=f"notification-{by_channel['SMS'].id}",
            connector="sms",
            operation="send",
            reason="message_too_long",
        )
    )
    subscribers.note_delivered(
        SendingDelivered(occurred_at=NOW, subject="bank-1", connector="bank", operation="x")
    )
    subscribers.note_given_up(
        SendingGivenUp(
            occurred_at=NOW, subject="bank-1", connector="bank", operation="x", reason=""
        )
    )

    assert states(message) == {"EMAIL": "SENT", "SMS": "FAILED"}
    assert Delivery.objects.get(channel=Channel.SMS).reason == "message_too_long"


def test_somebody_without_contact_still_has_the_inbox(db: None):
    person = a_person("Lê Minh Khoa", email="", phone="")
    message = told(person)

    send_out(message.id, now=NOW)

    assert states(message) == {"EMAIL": "NO_ADDRESS", "SMS": "NO_ADDRESS"}
    assert public.unread_count(person) == 1


def test_a_contact_taken_away_overnight_is_not_used(tuyet: UUID, mail: Gateway, sms: Gateway):
    message = told(tuyet, now=NIGHT)
    send_out(message.id, now=NIGHT)
    apps.get_model("identity", "Person").objects.filter(id=tuyet).update(phone=None)

    release_held(now=NIGHT + timedelta(hours=9))

    assert states(message)["SMS"] == DeliveryState.NO_ADDRESS


def test_a_message_that_vanished_starts_nothing(db: None):
    subscribers.send_out(
        NotificationMade(occurred_at=NOW, subject=SUBJECT, notification_id=stable_id("nothing"))
    )

    assert not Delivery.objects.exists()


def test_an_answer_ends_the_turn_it_answers(tuyet: UUID):
    told(tuyet, "supplement_asked")
    told(tuyet, "supplement_asked", subject="H29.99-20261123-0000043")

    told(tuyet, "supplement_received", now=NOW + timedelta(hours=1))

    me = citizen(person=tuyet)
    to_do = queries.page_of(queries.inbox(me, now=NOW), Tab.TO_DO, before=None, language="vi")
    to_know = queries.page_of(queries.inbox(me, now=NOW), Tab.TO_KNOW, before=None, language="vi")
    assert [m.subject for m in to_do] == ["H29.99-20261123-0000043"]
    assert [m.template for m in to_know] == ["supplement_received", "supplement_asked"]
    assert queries.to_do_count(queries.inbox(me, now=NOW)) == 1


def test_the_end_of_a_dossier_ends_every_turn(tuyet: UUID):
    told(tuyet, "supplement_asked")
    told(tuyet, "payment_asked")

    told(tuyet, "withdrawn", now=NOW + timedelta(hours=1))

    assert not Notification.objects.filter(queries.TURN).exists()


def test_turns_can_be_ended_without_a_word(tuyet: UUID):
    told(tuyet, "payment_asked")

    public.settle_turns(subject=SUBJECT, person_id=tuyet, now=NOW)

    assert not Notification.objects.filter(queries.TURN).exists()


def test_reading_is_for_the_reader_only(tuyet: UUID):
    message = told(tuyet)
    stranger = citizen(name="Lê Minh Khoa")

    with pytest.raises(MessageNotFound):
        mark_read(message.id, actor=stranger, now=NOW)
    mark_all_read(subject=None, actor=stranger, now=NOW)
    assert public.unread_count(tuyet) == 1

    mark_read(message.id, actor=citizen(person=tuyet), now=NOW)
    mark_read(message.id, actor=citizen(person=tuyet), now=NOW)
    assert public.unread_count(tuyet) == 0


def test_reading_ends_the_turn_of_what_needs_only_eyes(tuyet: UUID):
    told(tuyet, "conversation_message")
    told(tuyet, "supplement_asked")
    me = citizen(person=tuyet)

    mark_all_read(subject=None, actor=me, now=NOW)

    to_do = queries.page_of(queries.inbox(me, now=NOW), Tab.TO_DO, before=None, language="vi")
    assert [(m.template, m.read) for m in to_do] == [("supplement_asked", True)]


def test_a_dossiers_messages_are_read_together(tuyet: UUID):
    told(tuyet)
    told(tuyet, subject="H29.99-20261123-0000043")

    mark_all_read(subject=SUBJECT, actor=citizen(person=tuyet), now=NOW)

    assert public.unread_count(tuyet) == 1


def test_an_officer_has_an_inbox_of_the_account(db: None):
    a_small_city("26740")
    account = identity.an_officer_account("bao", officer_id=the_officer("bao").id)
    bao = Actor(kind=ActorKind.OFFICER, name="Lê Quốc Bảo", account_id=account.id)

    public.notify(
        account_id=account.id,
        template="task_assigned",
        subject=SUBJECT,
        params={"task": "thẩm định"},
        level=Level.WARNING,
        now=NOW,
    )

    assert public.unread_count_for_account(account.id) == 1
    assert queries.inbox(bao, now=NOW).get().level == Level.WARNING
    assert public.messages_for_account(account.id)[0].url == f"/ban/ho-so/{SUBJECT}"
    assert not queries.inbox(SYSTEM, now=NOW).exists()


def test_pages_follow_each_other(tuyet: UUID):
    for minute in range(queries.PAGE + 5):
        told(tuyet, now=NOW + timedelta(minutes=minute))

    first = public.messages_for(tuyet)
    second = public.messages_for(tuyet, before=first[-1].id)

    assert (len(first), len(second)) == (queries.PAGE, 5)
    assert not {m.id for m in first} & {m.id for m in second}


def test_the_badge_is_one_query(tuyet: UUID, django_assert_num_queries):
    told(tuyet)

    with django_assert_num_queries(1):
        public.unread_count(tuyet)
