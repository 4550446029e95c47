"""Asking now and sending later: log, breaker, retry lane, dead letters."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from motcua.contexts.exchange import public
from motcua.contexts.exchange.actions.sending import deliver
from motcua.contexts.exchange.adapters import registry
from motcua.contexts.exchange.contracts import (
    CallbackRefused,
    NeighbourDown,
    NeighbourRefused,
    Outcome,
    SendingNotDead,
    SendingState,
    UnknownConnector,
)
from motcua.contexts.exchange.models import ExchangeMessage, Sending
from motcua.contexts.exchange.queries import sendings
from motcua.contexts.exchange.rules import FAILURES_TO_OPEN, MAX_ATTEMPTS, signature_of
from motcua.contexts.exchange.testing import in_process
from motcua.kernel import clock
from motcua.kernel.access import WrongRole
from motcua.kernel.actors import SYSTEM, Role
from motcua.kernel.db import owns_transaction, record
from motcua.kernel.testing import citizen, officer

pytestmark = pytest.mark.django_db

QUESTION = {
    "personal_number": "079190999001",
    "full_name": "Nguyễn Thị Ánh Tuyết",
    "born_on": "1990-05-12",
    "purpose": "PREFILL",
}


def ask(**changed):
    return public.ask(
        "population", "lookup", {**QUESTION, **changed}, key="k", purpose="PREFILL",
        actor=citizen(),
    )  # fmt: skip


@owns_transaction
def send_mail(*, key: str = "notice 1", now) -> None:
    public.send(
        "mail", "send", {"to": "a@example.vn", "text": "Xin chào"}, key=key, purpose="NOTIFY",
        actor=SYSTEM, now=now,
    )  # fmt: skip
    record(action="test.send", subject=key, actor=SYSTEM)


def the_sending() -> Sending:
    return Sending.objects.get()


def test_a_dead_neighbour_is_refused_and_logged(tmp_path):
    dead = in_process("population", tmp_path, down=True)

    with registry.registered(dead), pytest.raises(NeighbourDown):
        ask()

    line = ExchangeMessage.objects.get()
    assert (line.outcome, line.reason) == ("DOWN", "unreachable")


def test_a_refusal_does_not_count_against_the_neighbour(tmp_path):
    with registry.registered(in_process("population", tmp_path)):
        for _ in range(FAILURES_TO_OPEN + 1):
            with pytest.raises(NeighbourRefused):
                ask(purpose="")

        assert ask()["person"]


def test_after_five_failures_nobody_waits_any_more(tmp_path):
    with registry.registered(in_process("population", tmp_path, down=True)):
        for _ in range(FAILURES_TO_OPEN + 1):
            with pytest.raises(NeighbourDown) as problem:
                ask()

    assert problem.value.reason == "resting"
    assert ExchangeMessage.objects.filter(outcome="NOT_TRIED").count() == 1


def test_unknown_neighbours_and_operations_do_not_exist():
    with pytest.raises(UnknownConnector):
        public.ask("nobody", "lookup", {}, key="k", purpose="PREFILL", actor=SYSTEM)
    with pytest.raises(UnknownConnector):
        public.ask("population", "erase", {}, key="k", purpose="PREFILL", actor=SYSTEM)


def test_the_log_keeps_no_personal_data(tmp_path):
    with registry.registered(in_process("population", tmp_path)):
        ask()

    with connection.cursor() as cursor:
        cursor.execute("SELECT m::text FROM exchange_message m")
        [(row,)] = cursor.fetchall()
    assert "079190999001" not in row
    assert "Tuyết" not in row


@pytest.mark.parametrize("change", ["UPDATE exchange_message SET outcome='X'",
                                    "DELETE FROM exchange_message"])  # fmt: skip
def test_the_log_only_grows(tmp_path, change):
    with registry.registered(in_process("population", tmp_path)):
        ask()

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_a_message_waits_until_it_is_delivered_and_is_then_forgotten(tmp_path):
    now = clock.now()
    send_mail(now=now)
    assert the_sending().state == SendingState.WAITING

    with registry.registered(in_process("mail", tmp_path)):
        assert deliver(the_sending().id, now=now)

    sending = the_sending()
    assert (sending.state, sending.attempts, sending.payload) == ("SENT", 1, None)


def test_the_same_key_is_sent_once(tmp_path):
    now = clock.now()

    send_mail(now=now)
    send_mail(now=now)

    assert Sending.objects.count() == 1


def test_a_failed_try_comes_back_later(tmp_path):
    now = clock.now()
    send_mail(now=now)

    with registry.registered(in_process("mail", tmp_path, down=True)):
        deliver(the_sending().id, now=now)

    assert the_sending().state == SendingState.WAITING
    assert sendings.due_ids(now, limit=10) == []
    assert sendings.due_ids(now + timedelta(seconds=31), limit=10) == [the_sending().id]


def test_two_workers_never_send_the_same_message_at_once(tmp_path):
    now = clock.now()
    send_mail(now=now)
    assert sendings.claim(the_sending().id, now=now, until=now + timedelta(minutes=2))

    with registry.registered(in_process("mail", tmp_path)):
        assert not deliver(the_sending().id, now=now)


def given_up(tmp_path, *, now) -> Sending:
    send_mail(now=now)
    Sending.objects.update(attempts=MAX_ATTEMPTS - 1)
    with registry.registered(in_process("mail", tmp_path, down=True)):
        deliver(the_sending().id, now=now)
    return the_sending()


def test_what_fails_for_long_becomes_a_dead_letter(tmp_path):
    now = clock.now()

    given_up(tmp_path, now=now)

    watcher = officer(Role.AUDITOR)
    [letter] = public.dead_letters(watcher, now=now)
    assert (letter.connector, letter.last_reason) == ("mail", "unreachable")
    assert public.dead_letters(watcher, now=now, before=letter.gave_up_at) == ()
    assert public.dead_letters(officer(Role.RECEIVER), now=now) == ()


def test_a_refused_message_is_dead_at_once(tmp_path):
    now = clock.now()
    send_mail(now=now)
    sending = Sending.objects.get()
    sending.payload = {"to": "a@example.vn"}
    sending.save()

    with registry.registered(in_process("mail", tmp_path)):
        deliver(the_sending().id, now=now)

    assert the_sending().state == SendingState.DEAD


def test_an_administrator_sends_a_dead_letter_again(tmp_path):
    now = clock.now()
    letter = given_up(tmp_path, now=now)

    public.retry(letter.id, actor=officer(Role.ADMINISTRATOR), now=now)

    with registry.registered(in_process("mail", tmp_path)):
        deliver(letter.id, now=now)
    assert the_sending().state == SendingState.SENT


def test_nobody_else_does(tmp_path):
    now = clock.now()
    letter = given_up(tmp_path, now=now)

    with pytest.raises(WrongRole):
        public.retry(letter.id, actor=officer(Role.RECEIVER), now=now)


def test_a_living_message_is_not_sent_again():
    now = clock.now()
    send_mail(now=now)

    with pytest.raises(SendingNotDead):
        public.retry(the_sending().id, actor=officer(Role.ADMINISTRATOR), now=now)


def test_a_callback_is_believed_only_with_the_neighbours_signature():
    now = clock.now()
    timestamp = now.isoformat()
    secret = registry.shared_secret("bank")
    good = {
        "X-Timestamp": timestamp,
        "X-Signature": signature_of(secret, timestamp=timestamp, body=b"{}"),
    }

    public.verify_callback("bank", b"{}", good, now=now)
    for headers, neighbour in ((good, "population"), ({}, "bank")):
        with pytest.raises(CallbackRefused):
            public.verify_callback(neighbour, b"{}", headers, now=now)


def test_neighbours_are_judged_by_the_last_hour(tmp_path):
    watcher, now = officer(Role.ADMINISTRATOR), clock.now()
    with registry.registered(in_process("population", tmp_path)):
        ask()
    with (
        registry.registered(in_process("population", tmp_path, down=True)),
        pytest.raises(NeighbourDown),
    ):
        ask()

    states = {state.connector: state for state in public.neighbours(watcher, now=clock.now())}

    assert (states["population"].answered, states["population"].down) == (1, 1)
    assert states["population"].is_failing
    assert not states["bank"].is_failing
    assert public.neighbours(officer(Role.RECEIVER), now=now)[0].answered == 0


def test_calls_are_told_to_watchers_without_their_content(tmp_path):
    dead = in_process("population", tmp_path, down=True)
    with registry.registered(dead), pytest.raises(NeighbourDown):
        ask()
    with registry.registered(in_process("population", tmp_path)):
        ask()
    watcher, now = officer(Role.AUDITOR), clock.now()

    every = public.calls(watcher, now=now)
    down = public.calls(watcher, now=now, outcome=Outcome.DOWN, connector="population")

    assert [call.outcome for call in every] == [Outcome.ANSWERED, Outcome.DOWN]
    assert [call.id for call in down] == [every[1].id]
    assert public.calls(watcher, now=now, before=(every[0].at, every[0].id)) == (every[1],)
    assert "079190999001" not in str(every)
    assert public.calls(officer(Role.RECEIVER), now=now) == ()
