"""Officers prove a second thing: nothing opens before, no code counts twice, none is the last."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from motcua.contexts.identity.actions.factors import add_app, new_secret, remove_factor, use_code
from motcua.contexts.identity.contracts import FactorNotFound, LastFactor, SecondFactorExists
from motcua.contexts.identity.models import Account, ApiToken, Factor, Session
from motcua.contexts.identity.queries.actors import actor_of
from motcua.contexts.identity.rules import has_two_factors, one_time_code, step_of_code
from motcua.contexts.identity.testing import (
    PASSWORD,
    SECRET,
    a_citizen_account,
    an_app,
    an_officer_account,
    code_of,
    signed_in,
)
from motcua.contexts.identity.web.middleware import recent
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel import addresses, clock
from motcua.kernel.addresses import may
from motcua.kernel.db import Stale
from motcua.kernel.models import LedgerLeaf

pytestmark = pytest.mark.django_db
RFC_6238 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # its test secret, in base32
NOTHING = {"uuid": "01900000-0000-7000-8000-000000000001", "int": "1"}
OFFICERS_ONLY = [
    re.sub(r"<(\w+):\w+>", lambda found: NOTHING.get(found[1], "x"), one.address)
    for one in addresses.pages()
    if one.access
    and not may(one.access, addresses.people()["nobody"])
    and any(may(one.access, who) for who in addresses.people().values() if who.is_officer)
]


@pytest.fixture
def khue(small_city):
    recent.forget()
    return an_officer_account("khue", officer_id=the_officer("khue").id)


def half_way(client, *, next_url="/toi/vi-tri"):
    return client.post("/dang-nhap", {"username": "khue", "password": PASSWORD, "next": next_url})


def give(client, code):
    return client.post("/dang-nhap/xac-nhan", {"code": code})


@pytest.mark.parametrize(
    ("at", "digits"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")]
)
def test_codes_are_those_of_the_standard(at, digits):
    assert one_time_code(RFC_6238, at // 30) == digits


@pytest.mark.parametrize(("steps", "counts"), [(-2, False), (-1, True), (0, True), (1, True)])
def test_a_clock_may_be_half_a_minute_off_and_no_more(steps, counts):
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    code = one_time_code(SECRET, int(now.timestamp()) // 30 + steps)

    assert (step_of_code(code, SECRET, after=0, now=now) is not None) is counts


@pytest.mark.parametrize(
    ("methods", "enough"),
    [(["pwd"], False), (["otp"], False), (["hwk"], False), ([], False),
     (["pwd", "otp"], True), (["hwk", "user"], True)],
)  # fmt: skip
def test_two_factors_are_two_different_things(methods, enough):
    assert has_two_factors(methods) is enough


def test_the_password_alone_leads_to_enrolment(client, khue):
    first = half_way(client)
    second = client.get(first.headers["Location"])

    assert second.headers["Location"] == "/dang-nhap/dang-ky"
    assert "Ứng dụng tạo mã" in client.get("/dang-nhap/dang-ky").content.decode()


def test_half_signed_in_opens_nothing_of_officers(client, khue):
    an_app(khue)
    half_way(client)

    read = {address: client.get(address) for address in OFFICERS_ONLY}
    written = {
        address: client.post(address, {"idempotency_key": f"{number}"}).status_code
        for number, address in enumerate(OFFICERS_ONLY)
    }

    assert len(OFFICERS_ONLY) > 60
    for address, answer in read.items():
        assert answer.status_code in {302, 405}, address
        assert answer.get("Location", "/dang-nhap?next=").startswith("/dang-nhap?next="), address
    assert set(written.values()) <= {403, 405}


def test_half_signed_in_makes_no_token_and_calls_no_operation(client, khue):
    half_way(client)

    made = client.post("/toi/ma-truy-cap", {"name": "x", "idempotency_key": "k"})
    called = client.get("/api/v1/inbox")

    assert made.status_code == 403
    assert called.status_code in {401, 404}
    assert not ApiToken.objects.exists()


def test_a_session_that_was_only_given_a_password_is_nobody(client, khue):
    client.force_login(khue, backend="django.contrib.auth.backends.ModelBackend")

    assert client.get("/toi").status_code == 302


def test_without_the_password_there_is_no_second_step(client, khue):
    an_app(khue)

    for address in ("/dang-nhap/xac-nhan", "/dang-nhap/dang-ky"):
        assert client.get(address).headers["Location"] == "/dang-nhap"
    assert give(client, code_of()).headers["Location"] == "/dang-nhap"


def test_enrolment_is_not_offered_to_whoever_has_a_factor(client, khue):
    an_app(khue)
    half_way(client)

    assert client.get("/dang-nhap/dang-ky").headers["Location"] == "/dang-nhap/xac-nhan"


def test_ten_minutes_later_the_password_is_asked_again(client, khue):
    an_app(khue)
    half_way(client)
    session = client.session
    session["half"] = {**session["half"], "until": int(clock.now().timestamp()) - 1}
    session.save()

    assert give(client, code_of()).headers["Location"] == "/dang-nhap"


def test_a_wrong_code_is_refused_and_five_close_the_door(client, khue):
    an_app(khue)
    half_way(client)

    for _ in range(5):
        assert give(client, "000000").status_code == 403
    answer = give(client, code_of())

    assert "chờ 15 phút" in answer.content.decode()
    assert not Session.objects.filter(account=khue).exists()


def test_the_right_code_opens_with_both_methods_in_the_session(client, khue):
    an_app(khue)
    half_way(client)
    before = client.session.session_key

    answer = give(client, code_of())

    assert (answer.status_code, answer.headers["Location"]) == (303, "/toi/vi-tri")
    assert client.session["methods"] == ["pwd", "otp"]
    assert client.session["assurance"] == 3
    assert client.session.session_key != before


def test_the_same_code_opens_once(client, khue):
    an_app(khue)
    code = code_of()
    half_way(client)
    give(client, code)
    other = Client()
    half_way(other)

    assert give(other, code).status_code == 403
    assert give(other, code_of(later=1)).status_code == 303


def test_an_older_code_does_not_count_after_a_newer_one(client, khue):
    an_app(khue)
    half_way(client)
    give(client, code_of(later=1))
    other = Client()
    half_way(other)

    assert give(other, code_of()).status_code == 403


def test_two_windows_with_one_code_at_once_are_one(khue):
    app = an_app(khue)
    same = Factor.objects.get()
    use_code(app, 5, now=clock.now())

    with pytest.raises(Stale):
        use_code(same, 5, now=clock.now())


def test_enrolling_an_app_signs_in(client, khue):
    half_way(client)
    client.get("/dang-nhap/dang-ky")
    secret = client.session["app_to_confirm"]

    wrong = client.post("/dang-nhap/dang-ky", {"code": "000000"})
    right = client.post("/dang-nhap/dang-ky", {"code": code_of(secret)})

    assert wrong.status_code == 403
    assert right.headers["Location"] == "/toi/vi-tri"
    assert client.get("/toi/vi-tri").status_code == 200
    assert LedgerLeaf.objects.filter(action="identity.add_factor").count() == 1


def test_the_secret_lies_sealed(khue):
    an_app(khue)

    with connection.cursor() as cursor:
        cursor.execute("SELECT f::text FROM identity_factor f")
        [(row,)] = cursor.fetchall()
    assert SECRET not in row
    assert SECRET.encode().hex() not in row


def test_a_second_app_is_refused(khue):
    an_app(khue)
    secret, actor = new_secret(), actor_of(khue, assurance=3, now=clock.now())

    with pytest.raises(SecondFactorExists):
        add_app(khue.id, secret=secret, code=code_of(secret), actor=actor, now=clock.now())


def test_the_last_factor_stays(client, khue):
    app = an_app(khue)

    with pytest.raises(LastFactor):
        remove_factor(app.id, actor=actor_of(khue, assurance=3, now=clock.now()), now=clock.now())
    page = signed_in(client, khue).get("/toi/cach-xac-nhan").content.decode()
    assert "cách cuối cùng" in page
    assert "/go" not in page


def test_a_removed_factor_counts_no_more(client, khue):
    app = an_app(khue)
    a_passkey(khue)

    gone = signed_in(client, khue).post(f"/toi/cach-xac-nhan/{app.id}/go", {"idempotency_key": "k"})
    stranger = Client()
    half_way(stranger)

    assert gone.headers["Location"] == "/toi/cach-xac-nhan"
    assert give(stranger, code_of()).status_code == 403


def test_the_factor_of_another_does_not_exist(khue):
    app = an_app(khue)
    bao = an_officer_account("bao", officer_id=the_officer("bao").id)

    with pytest.raises(FactorNotFound):
        remove_factor(app.id, actor=actor_of(bao, assurance=3, now=clock.now()), now=clock.now())


def test_a_forgotten_screen_is_not_enough_to_add_a_factor(client, khue):
    an_app(khue)
    signed_in(client, khue)
    session = client.session
    session["signed_in_at"] = int((clock.now() - timedelta(minutes=16)).timestamp())
    session.save()

    asked = client.get("/toi/cach-xac-nhan/them")
    proved = give(client, code_of())

    assert asked.headers["Location"] == "/dang-nhap/xac-nhan"
    assert proved.headers["Location"] == "/toi/cach-xac-nhan"
    assert client.get("/toi/cach-xac-nhan/them").status_code == 200


def test_a_citizen_has_no_page_of_factors(client, khue):
    citizen = signed_in(client, a_citizen_account())

    assert citizen.get("/toi/cach-xac-nhan").status_code == 403


def test_an_answer_that_no_passkey_gave_is_refused(client, khue):
    client.get("/dang-nhap/khoa")

    for answer in ("", "{}", "nothing", "[]", '{"id": "AA", "rawId": "AA", "response": {}}'):
        refused = client.post("/dang-nhap/khoa", {"answer": answer})

        assert refused.status_code == 403
        assert "không dùng được" in refused.content.decode()


def test_closing_the_account_closes_the_second_step(client, khue):
    an_app(khue)
    half_way(client)
    Account.objects.update(is_active=False)

    assert give(client, code_of()).status_code == 403


def a_passkey(account):
    return Factor.objects.create(
        account=account, kind="PASSKEY", name="Máy tính", credential_id=account.id.bytes,
        credential=b"x", created_at=clock.now(),
    )  # fmt: skip
