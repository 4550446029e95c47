"""Personal access tokens: shown once, kept hashed, bounded, revocable."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from motcua.contexts.identity import public
from motcua.contexts.identity.actions.mandates import revoke_mandate
from motcua.contexts.identity.actions.tokens import make_token, new_token_text, revoke_token
from motcua.contexts.identity.contracts import TokenNotFound
from motcua.contexts.identity.contracts.mandates import MandateEnded, MandateRefused
from motcua.contexts.identity.models import Account, ApiToken
from motcua.contexts.identity.testing import (
    a_citizen_account,
    a_mandate,
    a_person,
    acting,
    signed_in,
    the_actor,
)
from motcua.kernel import clock
from motcua.kernel.access import SignInNeeded
from motcua.kernel.actors import ANONYMOUS, Act
from motcua.kernel.db import owns_transaction, record
from motcua.kernel.testing import MONDAY_9AM as NOW
from motcua.kernel.testing import citizen

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(db):
    return a_citizen_account()


def a_token(account, *, scopes=("read", "write"), now=NOW):
    text = new_token_text()
    make_token(
        text, name="máy tính", scopes=scopes, actor=the_actor(account, proven_at=now), now=now
    )
    return text


def test_nobody_makes_a_token_for_nobody():
    with pytest.raises(SignInNeeded):
        make_token(new_token_text(), name="x", scopes=[], actor=ANONYMOUS, now=NOW)


def test_a_token_acts_as_its_owner(account):
    actor = public.actor_for_token(a_token(account), now=NOW)

    assert (actor.account_id, actor.person_id) == (account.id, account.person_id)
    assert actor.assurance == 2


def test_a_guess_is_nobody(account):
    a_token(account)

    assert public.actor_for_token(new_token_text(), now=NOW) is None


def test_an_expired_token_is_nobody(account):
    text = a_token(account)

    assert public.actor_for_token(text, now=NOW + timedelta(days=91)) is None


def test_the_token_of_a_closed_account_is_nobody(account):
    text = a_token(account)
    Account.objects.update(is_active=False)

    assert public.actor_for_token(text, now=NOW) is None


def test_a_revoked_token_is_nobody_at_once(account):
    text = a_token(account)

    revoke_token(ApiToken.objects.get().id, actor=the_actor(account), now=NOW)

    assert public.actor_for_token(text, now=NOW) is None


def test_a_foreign_token_does_not_exist(account):
    a_token(account)
    other = a_citizen_account(a_person("Lê Minh Khoa", personal_number="079188999002"))

    with pytest.raises(TokenNotFound):
        revoke_token(ApiToken.objects.get().id, actor=the_actor(other), now=NOW)


@pytest.fixture
def helped(account):
    """Lê Minh Khoa may fill and send for Tuyết, nothing else; with a token made in her name."""
    khoa = a_citizen_account(a_person("Lê Minh Khoa", personal_number="079188999002"))
    now = clock.now()
    mandate = a_mandate(account.person_id, khoa.person_id, acts=[Act.DRAFT, Act.SUBMIT], now=now)
    text = new_token_text()
    actor = replace(acting(khoa, mandate, now=now), proven_at=now)
    make_token(text, name="phần mềm", scopes=["read", "write"], actor=actor, now=now)
    return account.person_id, mandate, text


def test_a_token_made_in_somebodys_name_works_in_that_name_as_far_as_the_mandate_reaches(helped):
    principal, mandate, text = helped

    actor = public.actor_for_token(text, now=clock.now())

    assert (actor.party_id, actor.mandate.id) == (principal, mandate)
    assert actor.person_id != principal
    assert actor.may(Act.SUBMIT) and not actor.may(Act.PAY)


def test_beyond_the_scope_the_api_refuses_and_says_why(client, account):
    khoa = a_citizen_account(a_person("Lê Minh Khoa", personal_number="079188999002"))
    now = clock.now()
    mandate = a_mandate(account.person_id, khoa.person_id, acts=[Act.DRAFT], now=now)
    text = new_token_text()
    actor = replace(acting(khoa, mandate, now=now), proven_at=now)
    make_token(text, name="phần mềm", scopes=["read", "write"], actor=actor, now=now)
    assert "Nguyễn Thị Ánh Tuyết" in tokens_page(client, khoa)

    with pytest.raises(MandateRefused) as refusal:
        act(public.actor_for_token(text, now=now), now=now)

    assert "nộp, gửi thêm, rút hồ sơ" in refusal.value.message


@owns_transaction
def act(actor, *, now):
    public.act_under(actor, Act.SUBMIT, now=now)
    record(action="test.act", subject="x", actor=actor)


def tokens_page(client, account):
    return signed_in(client, account).get("/toi/ma-truy-cap").content.decode()


def test_after_revocation_the_api_says_that_the_mandate_is_over(client, helped):
    principal, mandate, text = helped
    now = clock.now()
    revoke_mandate(mandate, actor=replace(citizen(person=principal), proven_at=now), now=now)
    header = {"authorization": f"Bearer {text}"}

    for answer in (
        client.get("/api/v1/dossiers", headers=header),
        client.post(
            "/api/v1/dossiers", "{}", "application/json",
            headers=header | {"idempotency-key": "k1"},
        ),
    ):  # fmt: skip
        assert (answer.status_code, answer.json()["code"]) == (403, "mandate_ended")
        assert "tạo mã mới" in answer.json()["title"]


def test_no_token_is_made_under_a_mandate_that_ended_meanwhile(account):
    khoa = a_citizen_account(a_person("Lê Minh Khoa", personal_number="079188999002"))
    mandate = a_mandate(account.person_id, khoa.person_id, now=NOW)
    stale = replace(acting(khoa, mandate), proven_at=NOW)
    revoke_mandate(mandate, actor=citizen(person=account.person_id), now=NOW)

    with pytest.raises(MandateEnded):
        make_token(new_token_text(), name="x", scopes=["read"], actor=stale, now=NOW)


def test_the_token_itself_is_kept_nowhere(account):
    text = a_token(account)

    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM identity_apitoken t")
        [(row,)] = cursor.fetchall()
    assert text not in row
    assert text.encode().hex() not in row


def test_its_last_use_is_known_to_the_minute(account):
    text = a_token(account)

    public.actor_for_token(text, now=NOW)
    public.actor_for_token(text, now=NOW + timedelta(seconds=30))

    assert ApiToken.objects.get().last_used_at == NOW


def test_a_token_that_may_only_read_writes_nothing(client, account):
    text = a_token(account, scopes=["read"], now=clock.now())

    answer = client.post("/api/v1/anything", headers={"authorization": f"Bearer {text}"})

    assert answer.status_code == 403
    assert answer.json()["code"] == "token_scope_missing"


def test_the_page_shows_a_new_token_once(client, account):
    signed_in(client, account)

    made = client.post("/toi/ma-truy-cap", {"name": "máy", "idempotency_key": "k"})
    later = client.get("/toi/ma-truy-cap")

    [text] = set(re.findall(r"mct_[\w-]+", made.content.decode()))
    assert text not in later.content.decode()
    assert "máy" in later.content.decode()


def test_the_page_tells_the_hour_of_the_city(client, account):
    a_token(account, now=clock.now())
    late = datetime(2026, 11, 27, 18, 30, tzinfo=UTC)
    ApiToken.objects.update(last_used_at=late, expires_at=late + timedelta(days=400))
    signed_in(client, account)

    told = client.get("/toi/ma-truy-cap").content.decode()

    assert "1:30, 28/11/2026" in told
    assert "02/01/2028" in told


def test_a_token_without_a_name_is_asked_for_one(client, account):
    signed_in(client, account)

    answer = client.post("/toi/ma-truy-cap", {"name": " ", "idempotency_key": "k"})

    assert answer.status_code == 422


def test_the_page_revokes(client, account):
    signed_in(client, account)
    a_token(account)
    token = ApiToken.objects.get()

    client.post(f"/toi/ma-truy-cap/{token.id}/thu-hoi", {"idempotency_key": "k"})

    token.refresh_from_db()
    assert token.revoked_at
