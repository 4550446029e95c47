"""Two providers of SMS: the split, a dead one, and what they tell us afterwards."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from motcua.contexts.exchange import public
from motcua.contexts.exchange.actions.sending import deliver
from motcua.contexts.exchange.adapters import registry
from motcua.contexts.exchange.adapters.simulators.callbacks import CallbackLane
from motcua.contexts.exchange.adapters.wiring import ears
from motcua.contexts.exchange.contracts import SMS_PROVIDERS
from motcua.contexts.exchange.models import ExchangeMessage, Receipt, Sending
from motcua.contexts.exchange.rules import (
    FAILURES_TO_OPEN,
    STAYS_FOR,
    lane,
    signature_of,
)
from motcua.contexts.exchange.testing import in_process, mode_of, registered, running_simulators
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM, Role
from motcua.kernel.db import owns_transaction, record
from motcua.kernel.testing import citizen, officer

ONE, TWO = SMS_PROVIDERS
RECEIPTS = "/api/v1/sms/receipts"


@owns_transaction
def send(key: str, *, now) -> None:
    text = {"to": "0900000001", "text": "Hồ sơ của bạn có kết quả"}
    public.send("sms", "send", text, key=key, purpose="NOTIFY", actor=SYSTEM, now=now)
    record(action="test.send", subject=key, actor=SYSTEM)


def sent(key: str, *, now=None) -> Sending:
    """Asked for, and tried once."""
    now = now or clock.now()
    if not Sending.objects.filter(key=key).exists():
        send(key, now=now)
    deliver(Sending.objects.get(key=key).id, now=now)
    return Sending.objects.get(key=key)


@pytest.fixture
def both(db, tmp_path):
    """Both providers in the process, the first one first for every message."""
    folders = {name: tmp_path / name for name in SMS_PROVIDERS}
    with registered(in_process(ONE, folders[ONE])), registered(in_process(TWO, folders[TWO])):
        yield folders


@pytest.fixture
def first_for_all(settings):
    settings.SMS_SHARE = 100


def tried() -> list[tuple[str, str]]:
    return list(ExchangeMessage.objects.order_by("at", "id").values_list("connector", "outcome"))


def receipt(client: Client, key: str, *, by: str = ONE, signed_by: str = "", at=None, **changed):
    told = {
        "provider": by, "key": key, "delivered": True, "at": clock.now().isoformat(),
        "parts": 1, "cost_dong": 350, **changed,
    }  # fmt: skip
    body = json.dumps(told).encode()
    stamp = (at or clock.now()).isoformat()
    signature = signature_of(registry.shared_secret(signed_by or by), timestamp=stamp, body=body)
    return client.post(
        RECEIPTS, body, content_type="application/json",
        headers={"X-Timestamp": stamp, "X-Signature": signature},
    )  # fmt: skip


def test_the_split_follows_the_share_and_a_key_keeps_its_provider():
    firsts = [lane(f"key {n}", SMS_PROVIDERS, share=70, attempt=1)[0] for n in range(1000)]

    assert 650 < firsts.count(ONE) < 750
    assert lane("a", SMS_PROVIDERS, share=70, attempt=1) == lane(
        "a", SMS_PROVIDERS, share=70, attempt=STAYS_FOR
    )
    assert lane("a", SMS_PROVIDERS, share=100, attempt=1) == (ONE, TWO)
    assert lane("a", SMS_PROVIDERS, share=0, attempt=1) == (TWO, ONE)
    assert lane("a", SMS_PROVIDERS, share=100, attempt=STAYS_FOR + 1) == (TWO, ONE)


def test_one_provider_takes_a_message(both, first_for_all):
    sending = sent("k")

    assert (sending.state, sending.provider) == ("SENT", ONE)
    assert sending.reference
    assert tried() == [(ONE, "ANSWERED")]


def test_a_dead_provider_leaves_its_messages_to_the_other(both, first_for_all):
    with registered(in_process(ONE, both[ONE], down=True)):
        found = [sent(f"k{n}") for n in range(FAILURES_TO_OPEN + 1)]

    assert {one.provider for one in found} == {TWO}
    outcomes = [outcome for name, outcome in tried() if name == ONE]
    assert outcomes == ["DOWN"] * FAILURES_TO_OPEN + ["NOT_TRIED"]  # then it is left alone


def test_a_provider_without_quota_leaves_its_messages_to_the_other(both, first_for_all):
    mode_of(both[ONE], ONE, "quota")

    assert sent("k").provider == TWO


def test_both_dead_loses_nothing(both, first_for_all):
    with (
        registered(in_process(ONE, both[ONE], down=True)),
        registered(in_process(TWO, both[TWO], down=True)),
    ):
        waiting = sent("k")

    assert (waiting.state, waiting.attempts) == ("WAITING", 1)
    assert sent("k", now=waiting.next_try_at).state == "SENT"


def test_an_answer_that_never_came_is_asked_of_the_same_provider_first(
    both, first_for_all, tmp_path
):
    with running_simulators(tmp_path / "slow") as running:
        running.play(ONE, "slow")
        slow = running.connector(ONE)
        hasty = replace(slow, operations={"send": replace(slow.operations["send"], seconds=0.05)})
        with registered(hasty):
            sending = sent("k")
            for _ in range(STAYS_FOR - 1):
                sending = sent("k", now=sending.next_try_at)
            assert {name for name, _ in tried()} == {ONE}
            moved = sent("k", now=sending.next_try_at)

    assert (moved.state, moved.provider) == ("SENT", TWO)


def test_a_refused_message_is_not_offered_around(both, first_for_all):
    @owns_transaction
    def send_long(*, now) -> None:
        public.send(
            "sms", "send", {"to": "0900000001", "text": "a" * 1001}, key="long",
            purpose="NOTIFY", actor=SYSTEM, now=now,
        )  # fmt: skip
        record(action="test.send", subject="long", actor=SYSTEM)

    send_long(now=clock.now())

    assert sent("long").state == "DEAD"
    assert tried() == [(ONE, "REFUSED")]


def test_a_receipt_is_taken_once_however_often_it_comes(both, first_for_all, client):
    sent("k")

    answers = [receipt(client, "k").status_code for _ in range(3)]

    assert answers == [204, 204, 204]
    kept = Receipt.objects.get()
    assert (kept.delivered, kept.parts, kept.cost_dong) == (True, 1, 350)


def test_a_late_receipt_is_believed_and_an_old_signature_is_not(both, first_for_all, client):
    sent("k")
    long_ago = clock.now() - timedelta(days=2)

    stale = receipt(client, "k", at=long_ago)
    late = receipt(client, "k", delivered=False, reason="number_off")
    later = receipt(client, "k")

    assert (stale.status_code, late.status_code, later.status_code) == (403, 204, 204)
    assert sorted(Receipt.objects.values_list("delivered", flat=True)) == [False, True]


@pytest.mark.parametrize("signed_by", [TWO, "bank", "somebody"])
def test_another_partys_secret_opens_nothing(both, first_for_all, client, signed_by):
    sent("k")

    answer = receipt(client, "k", signed_by=signed_by)

    assert (answer.status_code, answer.json()["code"]) == (403, "callback_refused")
    assert not Receipt.objects.exists()


def test_a_receipt_about_nothing_of_ours_is_refused(both, client):
    assert receipt(client, "never sent").status_code == 404
    assert receipt(client, "k", parts=0).status_code == 422
    assert receipt(client, "k", by="mail").status_code == 422


class Platform:
    """Carries the stand-in's calls to the platform without a wire."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.heard: list[int] = []

    def post(self, url, *, data, headers, timeout):
        answer = self.client.post(
            RECEIPTS, data, content_type="application/json",
            headers={k: v for k, v in headers.items() if k != "Content-Type"},
        )  # fmt: skip
        self.heard.append(answer.status_code)
        return answer


@pytest.mark.parametrize(("mode", "heard", "delivered"), [
    ("normal", [204], [True]),
    ("twice", [204, 204], [True]),
    ("unreached", [204], [False]),
    ("silent", [], []),
    ("late", [], []),
    ("forged", [403], []),
])  # fmt: skip
def test_the_stand_in_tells_in_the_way_it_was_told_to(
    db, first_for_all, client, tmp_path, mode, heard, delivered
):
    platform = Platform(client)
    with running_simulators(tmp_path) as running, registered(running.connector(ONE)):
        running.play(ONE, mode)
        sent("k")
        lane_of = CallbackLane(
            store=running.simulators.store, ears=ears("http://testserver"), now=clock.now,
            session=platform,
        )  # fmt: skip
        lane_of.run_due()

    assert platform.heard == heard
    assert list(Receipt.objects.values_list("delivered", flat=True)) == delivered


def test_figures_are_for_administrators_and_add_up(both, first_for_all, client):
    sent("k")
    sent("l")
    receipt(client, "k")
    receipt(client, "l", delivered=False, cost_dong=700, parts=2)
    since, now = clock.now() - timedelta(days=1), clock.now()

    [one, two] = public.sms_figures(officer(Role.ADMINISTRATOR), since=since, now=now)
    [hidden, _] = public.sms_figures(citizen(), since=since, now=now)

    assert (one.taken, one.delivered, one.failed, one.parts, one.cost_dong) == (2, 1, 1, 3, 1050)
    assert (one.share, two.share, two.taken) == (100, 0, 0)
    assert (hidden.taken, hidden.cost_dong) == (0, 0)
