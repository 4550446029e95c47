"""A program hears what happened, signed, until it says so; a stranger's address hears nothing."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client, override_settings

from motcua.contexts.dossiers.testing import a_submitted_birth
from motcua.contexts.identity import public as identity
from motcua.contexts.identity.contracts import StepUpNeeded
from motcua.contexts.identity.testing import (
    a_citizen_account,
    a_mandate,
    a_person,
    acting,
    own_actor,
    signed_in,
)
from motcua.contexts.notifications import public as notifications
from motcua.contexts.webhooks import queries
from motcua.contexts.webhooks.actions import subscribing, telling
from motcua.contexts.webhooks.adapters import posting
from motcua.contexts.webhooks.contracts import (
    AddressMalformed,
    EndpointNotFound,
    LetterState,
    MandateTooNarrow,
    NewsKind,
    TooManyEndpoints,
)
from motcua.contexts.webhooks.models import Endpoint, Letter
from motcua.contexts.webhooks.rules import (
    DISABLED_AFTER,
    KEPT,
    MOST_ENDPOINTS,
    OLD_SECRET_LIVES,
    WAITS,
    new_secret,
    signature,
)
from motcua.contexts.webhooks.testing import a_program, an_endpoint
from motcua.kernel import clock
from motcua.kernel.models import LedgerLeaf

pytestmark = pytest.mark.usefixtures("small_city")


@pytest.fixture(autouse=True)
def stand_ins(settings):
    """A program on the loopback counts as one of the stand-ins."""
    settings.SIMULATORS = True


@pytest.fixture
def tuyet(small_city):
    return a_citizen_account()


@pytest.fixture
def actor(tuyet):
    return own_actor(tuyet, now=clock.now())


@pytest.fixture
def program():
    with a_program() as there:
        yield there


def moved(actor, *, code="H29.99-1", sandbox=False, at=None):
    """Something happened to a dossier of the party."""
    happened = at or clock.now()
    telling.announce(
        actor.party_id,
        NewsKind.MOVED,
        subject=code,
        data={"dossier_code": code, "status": 4},
        sandbox=sandbox,
        happened_at=happened,
        now=clock.now(),
    )


def log_of(endpoint_id, actor):
    return queries.letters(endpoint_id, actor, now=clock.now())[0]


# The example of the standard's own page, made by another hand.
def test_a_signature_is_the_one_of_the_standard():
    told = signature(
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "1614265330",
        '{"test": 2432232314}',
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    )

    assert told == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize(
    "url",
    [
        "http://phan-mem.example.vn/tin",
        "https://10.0.0.5/tin",
        "https://169.254.169.254/latest",
        "https://[fe80::1]/tin",
        "https://ten:mat-khau@phan-mem.example.vn/tin",
        "ftp://phan-mem.example.vn/tin",
        "//phan-mem.example.vn",
        "https://phan-mem.example.vn/" + "a" * 600,
    ],
)
def test_an_address_inside_or_in_clear_is_refused(actor, url):
    with pytest.raises(AddressMalformed):
        an_endpoint(url, actor, now=clock.now())


def test_what_later_leads_inside_is_not_posted_to(program):
    with override_settings(SIMULATORS=False):
        assert posting.post(program.url, "{}", {}).startswith("refused")
    assert program.heard == []


def test_a_live_address_is_made_only_by_who_proved_lately_who_they_are(actor):
    stale = replace(actor, proven_at=clock.now() - timedelta(days=1))

    with pytest.raises(StepUpNeeded):
        an_endpoint("http://127.0.0.1:9/tin", stale, now=clock.now())


def test_ten_addresses_are_enough(actor):
    for _ in range(MOST_ENDPOINTS):
        an_endpoint("http://127.0.0.1:9/tin", actor, now=clock.now())

    with pytest.raises(TooManyEndpoints):
        an_endpoint("http://127.0.0.1:9/tin", actor, now=clock.now())


def test_a_real_submission_is_heard_signed_and_without_a_personal_value(
    tuyet, actor, program, deliveries
):
    endpoint_id, secret = an_endpoint(program.url, actor, now=clock.now())

    code = a_submitted_birth(actor, now=clock.now())
    deliveries()

    (heard,) = program.heard
    assert heard.is_signed_with(secret)
    assert heard.told["type"] == "dossier.submitted"
    assert heard.told["data"] == {
        "dossier_code": code, "procedure_code": "1.001193", "sandbox": False,
    }  # fmt: skip
    assert str(tuyet.person_id) not in heard.body.decode()
    (letter,) = log_of(endpoint_id, actor)
    assert letter.state is LetterState.TAKEN


def test_nobody_elses_news_arrive(program, actor, deliveries):
    an_endpoint(program.url, actor, now=clock.now())
    khoa = a_citizen_account(a_person("Lê Minh Khoa", personal_number="079188999002"))

    moved(own_actor(khoa, now=clock.now()))
    moved(actor, sandbox=True)
    deliveries()

    assert program.heard == []


def test_an_event_that_is_told_twice_is_one_letter(program, actor, deliveries):
    an_endpoint(program.url, actor, now=clock.now())
    at = clock.now()

    moved(actor, at=at)
    moved(actor, at=at)
    deliveries()

    assert len(program.heard) == 1


@pytest.mark.parametrize("status", [500, 404, 302])
def test_what_is_not_taken_comes_again_under_the_same_id(program, actor, deliveries, status):
    endpoint_id, secret = an_endpoint(program.url, actor, now=clock.now())
    program.answers = [status]
    moved(actor)
    deliveries()

    telling.send_due(now=clock.now() + WAITS[0] * 2)

    first, second = program.heard
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body and second.is_signed_with(secret)
    assert log_of(endpoint_id, actor)[0].state is LetterState.TAKEN


def test_nothing_leaves_before_its_time(program, actor, deliveries):
    an_endpoint(program.url, actor, now=clock.now())
    program.answers = [500]
    moved(actor)
    deliveries()

    telling.send_due(now=clock.now())

    assert len(program.heard) == 1


def test_a_worker_killed_between_claim_and_answer_loses_nothing(program, actor, deliveries):
    an_endpoint(program.url, actor, now=clock.now())
    moved(actor)
    letter = Letter.objects.get()
    claimed = telling._claim(letter.id, now=clock.now())  # and then the machine went down

    deliveries()
    waited = len(program.heard)
    telling.send_due(now=clock.now() + WAITS[0] * 2)

    assert claimed is not None
    assert (waited, len(program.heard)) == (0, 1)


def test_two_workers_with_one_letter_make_one_try(program, actor):
    an_endpoint(program.url, actor, now=clock.now())
    moved(actor)
    letter, same = (Letter.objects.select_related("endpoint").get() for _ in range(2))

    won = [telling._claimed(one, now=clock.now()) for one in (letter, same)]

    assert won == [True, False]


def test_after_the_last_try_it_is_given_up_and_sent_again_by_hand(program, actor, deliveries):
    endpoint_id, _secret = an_endpoint(program.url, actor, now=clock.now())
    program.answers = [500] * (len(WAITS) + 1)
    moved(actor)
    deliveries()
    letter = Letter.objects.get()
    for wait in WAITS:
        Endpoint.objects.update(failing_since=None)
        telling.send(letter.id, now=Letter.objects.get().next_at + wait / 100)
    (given_up,) = log_of(endpoint_id, actor)

    telling.send_again(letter.id, endpoint_id, actor=actor, now=clock.now())
    deliveries()

    assert (given_up.state, given_up.finding) == (LetterState.GIVEN_UP, "500")
    assert log_of(endpoint_id, actor)[0].state is LetterState.TAKEN
    assert len({one.headers["webhook-id"] for one in program.heard}) == 1


def test_days_of_failure_put_an_address_to_sleep_and_its_party_hears(
    tuyet, actor, program, deliveries
):
    endpoint_id, _secret = an_endpoint(program.url, actor, now=clock.now())
    program.answers = [500, 500]
    moved(actor)
    deliveries()

    telling.send_due(now=clock.now() + DISABLED_AFTER * 2)

    assert queries.endpoint(endpoint_id, actor, now=clock.now()).disabled_at is not None
    (told,) = notifications.messages_for(tuyet.person_id)
    assert "tạm ngừng" in told.title
    moved(actor, code="H29.99-2")
    deliveries()
    assert len(program.heard) == 2
    subscribing.wake_endpoint(endpoint_id, actor=actor, now=clock.now())
    telling.send_due(now=clock.now() + DISABLED_AFTER * 3)
    assert len(program.heard) == 3


def test_gone_is_believed_at_once(program, actor, deliveries):
    endpoint_id, _secret = an_endpoint(program.url, actor, now=clock.now())
    program.answers = [410]
    moved(actor)

    deliveries()

    assert queries.endpoint(endpoint_id, actor, now=clock.now()).disabled_at is not None


def test_for_a_day_both_secrets_sign(program, actor, deliveries):
    endpoint_id, old = an_endpoint(program.url, actor, now=clock.now())
    new = new_secret()
    subscribing.change_secret(endpoint_id, new, actor=actor, now=clock.now())

    telling.ping(endpoint_id, actor=actor, now=clock.now())
    deliveries()
    later = clock.now() + OLD_SECRET_LIVES * 2
    telling.send_again(Letter.objects.get().id, endpoint_id, actor=actor, now=later)
    telling.send_due(now=later)

    first, second = program.heard
    assert first.is_signed_with(old) and first.is_signed_with(new)
    assert second.is_signed_with(new) and not second.is_signed_with(old)


def test_with_the_mandate_ends_what_its_holder_hears(tuyet, actor, program, deliveries):
    now = clock.now()
    khoa = a_citizen_account(a_person("Lê Minh Khoa", personal_number="079188999002"))
    mandate = a_mandate(tuyet.person_id, khoa.person_id, now=now)
    an_endpoint(program.url, replace(acting(khoa, mandate, now=now), proven_at=now), now=now)
    moved(actor)
    deliveries()
    identity.revoke_mandate(mandate, actor=actor, now=now)

    moved(actor, code="H29.99-2")
    deliveries()

    assert len(program.heard) == 1
    assert Endpoint.objects.get().ended_at is not None


def test_a_mandate_for_one_procedure_hears_nothing_of_all(tuyet):
    now = clock.now()
    khoa = a_citizen_account(a_person("Lê Minh Khoa", personal_number="079188999002"))
    mandate = a_mandate(tuyet.person_id, khoa.person_id, procedures=["1.004222"], now=now)
    narrow = replace(acting(khoa, mandate, now=now), proven_at=now)

    with pytest.raises(MandateTooNarrow):
        an_endpoint("http://127.0.0.1:9/tin", narrow, now=now)


def test_a_stranger_neither_sees_nor_pings(actor, program):
    endpoint_id, _secret = an_endpoint(program.url, actor, now=clock.now())
    khoa = a_citizen_account(a_person("Lê Minh Khoa", personal_number="079188999002"))
    stranger = own_actor(khoa, now=clock.now())

    with pytest.raises(EndpointNotFound):
        telling.ping(endpoint_id, actor=stranger, now=clock.now())
    assert queries.endpoints(stranger, now=clock.now()) == ()


def test_a_closed_address_hears_nothing(actor, program, deliveries):
    endpoint_id, _secret = an_endpoint(program.url, actor, now=clock.now())
    moved(actor)
    subscribing.end_endpoint(endpoint_id, actor=actor, now=clock.now())

    deliveries()
    telling.send_due(now=clock.now() + timedelta(days=1))

    assert program.heard == []


def test_a_month_later_letters_are_forgotten(actor, program, deliveries):
    an_endpoint(program.url, actor, now=clock.now())
    moved(actor)
    deliveries()

    telling.forget_letters(now=clock.now() + KEPT * 2)

    assert not Letter.objects.exists()


def test_the_pages_show_the_secret_once_the_log_and_a_test_letter(tuyet, program, deliveries):
    client = signed_in(Client(), tuyet)
    said = {"url": program.url, "kind": "dossier.moved", "idempotency_key": "w1"}

    made = client.post("/toi/lap-trinh", said).content.decode()
    place = f"/toi/lap-trinh/{Endpoint.objects.get().id}"
    client.post(f"{place}/thu", {"idempotency_key": "w2"})
    deliveries()
    later = client.get(place).content.decode()

    (secret,) = set(re.findall(r"whsec_[\w+/=]+", made))
    assert secret not in later
    assert program.heard[0].is_signed_with(secret)
    assert "Tin thử" in later and "Đã nhận" in later
    assert secret not in json.dumps([leaf.body for leaf in LedgerLeaf.objects.all()])


def test_a_form_without_a_kind_keeps_the_address_that_was_typed(tuyet):
    said = {"url": "https://phan-mem.example.vn/tin", "idempotency_key": "w1"}

    answer = signed_in(Client(), tuyet).post("/toi/lap-trinh", said)

    assert answer.status_code == 422
    assert "https://phan-mem.example.vn/tin" in answer.content.decode()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_guide_is_open_to_all_and_names_this_city(client, settings, language):
    told = client.get("/lap-trinh", headers={"accept-language": language}).content.decode()

    assert settings.PUBLIC_ORIGIN in told
    assert "webhook-id" in told
