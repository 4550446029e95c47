"""Signing in at an agency's application: what is refused, what is told, what ends."""

import re
import time
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from django.conf import settings
from django.test import Client

from motcua.contexts.identity import public
from motcua.contexts.identity.actions.applications import close_application
from motcua.contexts.identity.actions.signing_keys import change_signing_key
from motcua.contexts.identity.models import Account, Consent, Grant, IssuedToken, SigningKey
from motcua.contexts.identity.tasks import forget_tokens
from motcua.contexts.identity.testing import (
    a_citizen_account,
    an_application,
    an_officer_account,
    application_terms,
    signed_in,
)
from motcua.contexts.identity.tests.relying_party import BACK, RelyingParty, told
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM, Role
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.testing import officer

ADMINISTRATOR = officer(Role.ADMINISTRATOR)


@pytest.fixture
def tuyet(small_city):
    return a_citizen_account()


@pytest.fixture
def library(tuyet):
    return RelyingParty(an_application(), signed_in(Client(), tuyet), Client())


@pytest.fixture
def museum(tuyet):
    made = an_application(name="Bảo tàng Thành phố", sector="bao-tang.example.vn")
    return RelyingParty(made, signed_in(Client(), tuyet), Client())


def refusals() -> list[str]:
    leaves = LedgerLeaf.objects.filter(action="identity.refuse_connection").order_by("id")
    return [leaf.body.partition('"reason": "')[2].partition('"')[0] for leaf in leaves]


# The request


@pytest.mark.parametrize("client_id", ["app-nobody", "", "x\0y", "ứng dụng"])
def test_an_unknown_application_gets_a_page_and_no_redirect(library, client_id):
    answer = library.visit(client_id=client_id)

    assert answer.status_code == 403
    assert "chưa đúng cách" in answer.content.decode()
    assert len(refusals()) == 1


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example.vn/ve",
        BACK + "/",
        BACK + "?x=1",
        BACK + "#x",
        "https://thu-vien.example.vn:8443/ve",
        "https://thu-vien.example.vn@evil.example.vn/ve",
        "javascript:alert(1)",
        "",
        None,
    ],
)
def test_a_browser_is_never_sent_to_an_address_that_is_not_registered(library, address):
    answer = library.visit(redirect_uri=address)

    assert answer.status_code == 403
    assert not re.search(r'(href|url)="?[^"]*evil', answer.content.decode())
    assert len(refusals()) == 1


@pytest.mark.parametrize(
    ("other", "error", "reason"),
    [
        ({"code_challenge": None}, "invalid_request", "pkce_missing"),
        ({"code_challenge_method": "plain"}, "invalid_request", "pkce_downgraded"),
        ({"code_challenge_method": None}, "invalid_request", "pkce_downgraded"),
        ({"code_challenge": "short"}, "invalid_request", "pkce_unreadable"),
        ({"response_mode": "fragment"}, "invalid_request", "response_mode_unsupported"),
        ({"nonce": "n\0"}, "invalid_request", "nonce_unreadable"),
        ({"response_type": "id_token"}, "unsupported_response_type", "unsupported_response_type"),
        ({"response_type": "code id_token"}, "unauthorized_client", "unauthorized_client"),
        ({"response_type": "token"}, "unsupported_response_type", "unsupported_response_type"),
        ({"scope": "profile"}, "invalid_scope", "invalid_scope"),
        ({"request": "e30.e30."}, "request_not_supported", "request_not_supported"),
        ({"prompt": "none login"}, "invalid_request", "invalid_request"),
    ],
)
def test_an_unsafe_request_is_answered_to_the_application_and_written_down(
    library, other, error, reason
):
    answer = told(library.visit(**other))

    assert (answer["error"], answer["state"]) == (error, "s1")
    assert answer["iss"] == settings.PUBLIC_ORIGIN
    assert refusals() == [reason]


def test_a_scope_that_is_not_registered_is_refused(tuyet):
    made = an_application(asked=())
    library = RelyingParty(made, signed_in(Client(), tuyet), Client())

    answer = told(library.visit(scope="openid personal_number"))

    assert answer["error"] == "invalid_scope"


def test_a_form_of_an_application_is_only_sent_on(library):
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post("/oidc/authorize", library.asked())

    assert (answer.status_code, answer["Location"][:16]) == (303, "/oidc/authorize?")


# Signing in


def test_who_is_not_signed_in_signs_in_here_and_comes_back(library):
    answer = Client().get("/oidc/authorize", library.asked())

    assert answer.status_code == 302
    assert answer["Location"].startswith("/dang-nhap?next=/oidc/authorize%3F")


def test_prompt_none_asks_nobody_anything(library):
    nobody = told(Client().get("/oidc/authorize", library.asked(prompt="none")))
    unasked = told(library.visit(prompt="none"))
    library.code()
    known = told(library.visit(prompt="none"))

    assert (nobody["error"], unasked["error"]) == ("login_required", "consent_required")
    assert known["code"]
    assert refusals() == []


def test_a_consent_to_one_application_is_none_to_another(library, museum):
    library.code()

    assert told(museum.visit(prompt="none"))["error"] == "consent_required"


@pytest.mark.parametrize("other", [{"prompt": "login"}, {"max_age": "0"}, {"max_age": "60"}])
def test_an_application_may_want_a_fresh_sign_in(library, tuyet, other):
    library.code()
    was_signed_in(library.browser, int(time.time()) - 3600)

    page = library.visit(**other)
    assert "Đăng nhập lại" in page.content.decode()
    sent = library.browser.post("/oidc/dang-nhap-lai", {"asked": page.context["page"].asked})
    assert sent["Location"].startswith("/dang-nhap?next=/oidc/authorize%3F")
    signed_in(library.browser, tuyet)
    was_signed_in(library.browser, int(time.time()))

    assert told(library.visit(**other))["code"]


def was_signed_in(browser, at):
    session = browser.session
    session["signed_in_at"] = at
    session.save()


def test_another_than_the_hinted_person_does_not_answer(library):
    hint = library.tokens()["id_token"]
    khoa = RelyingParty(
        library.registered, signed_in(Client(), an_officer_account_of("khue")), Client()
    )

    assert told(khoa.visit(id_token_hint=hint))["error"] == "login_required"
    assert told(library.visit(id_token_hint=hint))["code"]


def an_officer_account_of(name):
    return an_officer_account(name, officer_id=the_officer(name).id)


# Consent


def test_the_page_shows_who_wants_what_and_what_for_with_values_masked(library):
    text = library.visit(scope="openid profile personal_number email phone").content.decode()

    for said in ("Thư viện Thành phố", "Nguyễn Thị Ánh Tuyết", "Tìm lại thẻ cũ", "•••••••••001"):
        assert said in text
    for hidden in ("079190999001", "anh.tuyet@example.vn", "0900000001"):
        assert hidden not in text
    assert "checked" not in text


def test_no_is_no(library):
    answer = library.answer(library.visit(), answer="no")

    assert told(answer)["error"] == "access_denied"
    assert not Consent.objects.exists()


def test_only_what_was_ticked_is_told(library):
    tokens = library.tokens(scope="openid profile birthdate email", scopes=["birthdate"])

    heard = library.userinfo(tokens["access_token"]).json()

    assert heard["name"] == "Nguyễn Thị Ánh Tuyết"
    assert heard["birthdate"] == "1990-05-12"
    assert "email" not in heard
    assert tokens["scope"] == "openid profile birthdate"


def test_nobody_ticks_what_was_not_shown(library):
    answer = library.answer(library.visit(scope="openid profile"), scopes=["personal_number"])

    assert answer.status_code == 422
    assert not Consent.objects.exists()


def test_a_consent_is_remembered_until_more_or_something_else_is_asked(library):
    library.code()

    assert told(library.visit())["code"]
    assert library.visit(scope="openid profile birthdate email").status_code == 200
    assert library.visit(prompt="consent").status_code == 200


def test_a_consent_keeps_the_words_that_were_shown(library):
    library.code()

    consent = Consent.objects.get()
    assert {"scope": "profile", "purpose": "Ghi tên lên thẻ bạn đọc"} in consent.shown
    assert consent.granted == ["openid", "profile", "birthdate"]


def test_a_form_from_elsewhere_gives_no_consent(library, tuyet):
    strict = signed_in(Client(enforce_csrf_checks=True), tuyet)

    answer = strict.post("/oidc/dong-y", {"asked": "x", "answer": "yes", "idempotency_key": "k"})

    assert answer.status_code == 403


def test_the_page_of_allowed_applications_tells_the_time_of_the_city(library):
    library.code()
    given_at = datetime(2026, 11, 23, 2, 5, tzinfo=UTC)
    Consent.objects.update(given_at=given_at)

    assert "9:05, 23/11/2026" in library.browser.get("/toi/ung-dung").content.decode()


def test_taking_it_back_ends_every_token_at_once(library):
    tokens = library.tokens()
    consent = Consent.objects.get()

    shown = library.browser.get("/toi/ung-dung").content.decode()
    library.browser.post(f"/toi/ung-dung/{consent.id}/thoi", {"idempotency_key": "w"})

    assert "Thư viện Thành phố" in shown
    assert library.userinfo(tokens["access_token"]).status_code == 401
    assert library.refresh(tokens["refresh_token"]).json()["error"] == "invalid_grant"
    assert "Thư viện" not in library.browser.get("/toi/ung-dung").content.decode()
    assert library.visit().status_code == 200


# Codes and tokens


def test_the_identity_token_says_who_when_and_how_sure_and_nothing_about_the_person(library):
    key = jwt.PyJWK(library.server.get("/oidc/keys").json()["keys"][0])

    token = library.tokens()["id_token"]

    said = jwt.decode(token, key, algorithms=["RS256"], audience=library.registered.client_id)
    assert said["acr"].endswith("/oidc/level/2")
    assert (said["nonce"], said["account_type"]) == ("n1", "citizen")
    assert not {"name", "birthdate", "email"} & set(said)


def test_applications_of_two_sectors_cannot_compare_their_readers(library, museum, tuyet):
    here = library.userinfo(library.tokens()["access_token"]).json()["sub"]
    there = museum.userinfo(museum.tokens()["access_token"]).json()["sub"]

    assert here != there
    assert tuyet.id.hex not in (here, there)
    assert library.userinfo(library.tokens()["access_token"]).json()["sub"] == here


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"code": "guess"}, "code_unknown"),
        ({"code_verifier": "x" * 43}, "invalid_grant"),
        ({"code_verifier": None}, "invalid_request"),
        ({"redirect_uri": "https://thu-vien.example.vn/khac"}, "invalid_request"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"secret": "wrong"}, "secret_wrong"),
        ({"client_id": "app-nobody"}, "client_unknown"),
    ],
)
def test_a_code_is_worth_nothing_to_who_cannot_prove(library, other, reason):
    code = library.code()

    answer = library.redeem(**{"code": code, **other})

    assert answer.status_code in (400, 401)
    assert "access_token" not in answer.json()
    assert refusals() == [reason]


def test_the_secret_is_not_sent_in_two_ways_at_once(library):
    answer = library.redeem(library.code(), client_secret=library.registered.secret)

    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_a_code_of_another_application_is_refused(library, museum):
    answer = museum.redeem(library.code())

    assert answer.json()["error"] == "invalid_grant"
    assert refusals() == ["code_foreign"]


def test_a_replayed_code_ends_what_came_of_it(library):
    code = library.code()
    tokens = library.redeem(code).json()

    answer = library.redeem(code)

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")
    assert library.userinfo(tokens["access_token"]).status_code == 401
    assert library.refresh(tokens["refresh_token"]).json()["error"] == "invalid_grant"
    assert refusals()[0] == "code_replayed"


def test_an_old_code_is_refused(library):
    code = library.code()
    Grant.objects.update(code_expires_at=clock.now() - timedelta(seconds=1))

    assert library.redeem(code).json()["error"] == "invalid_grant"
    assert refusals() == ["code_expired"]


def test_a_refresh_token_is_good_for_one_time(library):
    first = library.tokens()
    second = library.refresh(first["refresh_token"]).json()

    replayed = library.refresh(first["refresh_token"])

    assert replayed.json()["error"] == "invalid_grant"
    assert library.userinfo(second["access_token"]).status_code == 401
    assert library.refresh(second["refresh_token"]).json()["error"] == "invalid_grant"
    assert refusals()[0] == "refresh_replayed"


def test_a_renewed_token_still_names_the_same_person(library):
    first = library.tokens()

    second = library.refresh(first["refresh_token"]).json()

    kept = [jwt.decode(one["id_token"], options={"verify_signature": False})
            for one in (first, second)]  # fmt: skip
    assert kept[0]["sub"] == kept[1]["sub"]
    assert library.userinfo(second["access_token"]).json()["sub"] == kept[0]["sub"]


def test_a_refresh_token_widens_nothing(library):
    tokens = library.tokens()

    answer = library.refresh(tokens["refresh_token"], scope="openid personal_number")

    assert answer.json()["error"] == "invalid_scope"


def test_tokens_are_kept_nowhere(library):
    tokens = library.tokens()

    rows = str(list(IssuedToken.objects.values())) + str(list(Grant.objects.values()))
    assert tokens["access_token"] not in rows
    assert tokens["refresh_token"] not in rows


def test_expired_tokens_are_forgotten_and_live_ones_stay(library):
    first = library.tokens()
    IssuedToken.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    Grant.objects.update(started_at=clock.now() - timedelta(days=401))
    second = library.tokens()

    forget_tokens(clock.now())

    assert library.userinfo(first["access_token"]).status_code == 401
    assert library.userinfo(second["access_token"]).status_code == 200
    assert Grant.objects.count() == 1


def test_an_expired_token_reads_nothing(library):
    tokens = library.tokens()
    IssuedToken.objects.update(expires_at=clock.now())

    assert library.userinfo(tokens["access_token"]).status_code == 401


@pytest.mark.parametrize("door", ["refresh_token", "id_token", "guess", "query"])
def test_userinfo_answers_an_access_token_in_the_header_and_nothing_else(library, door):
    tokens = library.tokens()
    tokens["guess"] = tokens["access_token"][:-1] + "x"

    if door == "query":
        answer = library.server.get("/oidc/userinfo", {"access_token": tokens["access_token"]})
    else:
        answer = library.userinfo(tokens[door])

    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer["WWW-Authenticate"]


def test_a_closed_account_has_no_live_token(library, tuyet):
    tokens, code = library.tokens(), library.code()
    Account.objects.filter(id=tuyet.id).update(is_active=False)

    assert library.userinfo(tokens["access_token"]).status_code == 401
    assert library.refresh(tokens["refresh_token"]).status_code == 400
    assert library.redeem(code).status_code == 400


def test_a_closed_application_is_nobody(library):
    tokens = library.tokens()

    close_application(library.registered.id, actor=ADMINISTRATOR, now=clock.now())

    assert library.userinfo(tokens["access_token"]).status_code == 401
    assert library.refresh(tokens["refresh_token"]).status_code == 401
    assert library.visit().status_code == 403


def test_introspection_tells_an_application_about_its_own_tokens_only(library, museum):
    token = library.tokens()["access_token"]

    own = library.post("/oidc/introspect", token=token).json()
    foreign = museum.post("/oidc/introspect", token=token).json()

    assert (own["active"], own["client_id"]) == (True, library.registered.client_id)
    assert foreign == {"active": False}
    assert refusals() == ["token_foreign"]


def test_an_application_takes_back_its_own_tokens_only(library, museum):
    tokens = library.tokens()

    foreign = museum.post("/oidc/revoke", token=tokens["refresh_token"])
    assert foreign.status_code == 400
    assert library.userinfo(tokens["access_token"]).status_code == 200
    own = library.post("/oidc/revoke", token=tokens["refresh_token"])

    assert own.status_code == 200
    assert library.userinfo(tokens["access_token"]).status_code == 401


def test_an_officer_is_told_apart_and_shows_posts(library):
    khue = signed_in(Client(), an_officer_account_of("khue"))
    party = RelyingParty(library.registered, khue, Client())

    tokens = party.tokens(scope="openid profile birthdate posts", scopes=["posts"])
    heard = party.userinfo(tokens["access_token"]).json()

    assert heard["account_type"] == "officer"
    assert {post["role"] for post in heard["posts"]} >= {"RECEIVER"}
    assert "birthdate" not in heard


def test_the_whole_number_goes_only_where_the_page_said_so(library, tuyet):

    asked = {"scope": "openid profile personal_number", "scopes": ["personal_number"]}
    masked = library.tokens(**asked)["access_token"]
    terms = application_terms(whole_number=True)
    public.change_application(library.registered.id, terms, actor=ADMINISTRATOR, now=clock.now())

    assert library.userinfo(masked).json()["personal_number"] == "•••••••••001"
    page = library.visit(scope=asked["scope"])
    assert "cả 12 số" in page.content.decode()
    code = told(library.answer(page, scopes=["personal_number"]))["code"]
    whole = library.redeem(code).json()["access_token"]
    assert library.userinfo(whole).json()["personal_number"] == "079190999001"


# Keys


def test_a_new_key_signs_and_the_old_one_still_verifies(library):
    old = library.tokens()["id_token"]

    change_signing_key(actor=SYSTEM, now=clock.now())
    new = library.tokens()["id_token"]

    keys = {one["kid"]: jwt.PyJWK(one) for one in library.server.get("/oidc/keys").json()["keys"]}
    names = [jwt.get_unverified_header(token)["kid"] for token in (old, new)]
    assert names[0] != names[1]
    for name, token in zip(names, (old, new), strict=True):
        jwt.decode(token, keys[name], algorithms=["RS256"], audience=library.registered.client_id)
    assert SigningKey.objects.get(retired_at__isnull=False).private_pem is None


def test_a_retired_key_is_published_until_its_tokens_have_ended(library):
    library.tokens()
    change_signing_key(actor=SYSTEM, now=clock.now() - timedelta(hours=2))

    assert len(library.server.get("/oidc/keys").json()["keys"]) == 1


# Signing out


def test_signing_out_asks_and_sends_back_to_a_registered_address(library):
    tokens = library.tokens()
    said = {
        "id_token_hint": tokens["id_token"], "state": "s2",
        "post_logout_redirect_uri": "https://thu-vien.example.vn/ra",
    }  # fmt: skip

    page = library.browser.get("/oidc/logout", said)
    assert "Thư viện Thành phố" in page.content.decode()
    assert library.userinfo(tokens["access_token"]).status_code == 401
    answer = library.browser.post("/oidc/dang-xuat", {**said, "answer": "yes"})

    assert "https://thu-vien.example.vn/ra?state=s2" in answer.content.decode()
    assert "_auth_user_id" not in library.browser.session


def test_staying_is_possible(library):
    library.browser.post("/oidc/dang-xuat", {"answer": "no"})

    assert "_auth_user_id" in library.browser.session


@pytest.mark.parametrize(
    "address", ["https://evil.example.vn/", "https://thu-vien.example.vn/ra/x", BACK]
)
def test_signing_out_sends_nobody_to_an_unregistered_address(library, address):
    said = {"client_id": library.registered.client_id, "post_logout_redirect_uri": address}

    answer = Client().get("/oidc/logout", said)

    assert answer.status_code == 403
    assert refusals() == ["logout_address_unregistered"]


def forged(how, library):
    """A token that says what ours says, but is not ours."""
    token = library.tokens()["id_token"]
    said = jwt.decode(token, options={"verify_signature": False})
    header = jwt.get_unverified_header(token)
    public = library.server.get("/oidc/keys").json()["keys"][0]
    if how == "none":
        return jwt.encode(said, None, algorithm="none", headers={"kid": header["kid"]})
    if how == "hmac with the public key":
        return jwt.encode(said, public["n"], algorithm="HS256", headers={"kid": header["kid"]})
    if how == "another name for the key":
        return jwt.encode(said, "x" * 32, algorithm="HS256", headers={"kid": "../../dev/null"})
    if how == "a name no database takes":
        return jwt.encode(said, "x" * 32, algorithm="HS256", headers={"kid": "x\0' OR 1=1"})
    head, _, rest = token.partition(".")
    body, _, signature = rest.partition(".")
    return f"{head}.{body[:-2]}xx.{signature}"


@pytest.mark.parametrize(
    "how",
    [
        "none",
        "hmac with the public key",
        "another name for the key",
        "a name no database takes",
        "altered",
    ],
)
def test_a_forged_token_is_no_hint(library, how):
    answer = library.browser.get("/oidc/logout", {"id_token_hint": forged(how, library)})

    assert answer.status_code == 403
    assert refusals() == ["hint_untrusted"]
    assert Grant.objects.filter(ended_at__isnull=True).exists()
