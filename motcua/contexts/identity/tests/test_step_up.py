"""An act that needs a surer sign-in: a page that says why, VNeID, and back with nothing lost."""

import html
import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from motcua.contexts.identity import public
from motcua.contexts.identity.actions.tokens import make_token, new_token_text
from motcua.contexts.identity.contracts import SignInTooOld
from motcua.contexts.identity.models import Account, ApiToken, Consent, Person
from motcua.contexts.identity.testing import a_citizen_account, an_application, the_actor
from motcua.contexts.identity.tests.relying_party import RelyingParty, told
from motcua.contexts.identity.web.middleware import recent
from motcua.contexts.identity.web.session import PROVEN_AT
from motcua.kernel import clock
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM as NOW
from motcua.kernel.testing import officer

pytestmark = pytest.mark.django_db

CONTACT = {"email": "moi@example.vn", "phone": "0900 000 777", "idempotency_key": "k-1"}


@pytest.fixture
def lie(vneid):
    yield lambda mode: vneid.simulators.faults.set("vneid", mode)
    vneid.simulators.faults.set("vneid", "normal")


@pytest.fixture
def long_ago(browser):
    """Signed in, and the proof is an hour old."""
    browser.sign_in()
    grow_old(browser)
    return browser


def grow_old(browser, seconds=3600):
    session = browser.client.session
    session[PROVEN_AT] = int(clock.now().timestamp()) - seconds
    session.save()
    recent.forget()


def link(answer):
    """The way to VNeID that the page offers."""
    return html.unescape(re.search(r'href="(/dang-nhap/vneid\?[^"]+)"', answer.content.decode())[1])


def confirmed(browser, answer, who="Nguyễn Thị Ánh Tuyết"):
    asked = {name: v[0] for name, v in parse_qs(urlsplit(link(answer)).query).items()}
    return browser.client.get(browser.way_back(browser.to_vneid(asked.pop("next"), **asked), who))


def hidden(page):
    found = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


def reasons():
    rows = LedgerLeaf.objects.filter(action="identity.sign_in_refused").order_by("id")
    return "\n".join(row.body for row in rows)


def phone():
    return public.contact_of(Person.objects.get(source="VNEID").id).phone


@pytest.mark.parametrize("proven_at", [None, NOW - timedelta(minutes=11)])
def test_a_token_is_made_only_by_who_proved_it_a_moment_ago(proven_at):
    actor = the_actor(a_citizen_account(), proven_at=proven_at)

    with pytest.raises(SignInTooOld):
        make_token(new_token_text(), name="x", scopes=["read"], actor=actor, now=NOW)

    assert not ApiToken.objects.exists()
    public.require_recent(replace(actor, proven_at=NOW - timedelta(minutes=9)), now=NOW)


def test_officers_have_factors_of_their_own():
    public.require_recent(replace(officer(), proven_at=None), now=NOW)


def test_an_old_sign_in_is_told_why_and_where_to_go(long_ago):
    answer = long_ago.client.post("/toi/lien-he", CONTACT)

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "đã quá 10 phút" in page
    assert "moi=1" in link(answer)
    assert phone() != "0900000777"


def test_what_was_typed_comes_back_and_is_sent_by_a_press_of_the_button(long_ago):
    refused = long_ago.client.post("/toi/lien-he", CONTACT)
    back = confirmed(long_ago, refused)
    page = long_ago.client.get(back.headers["Location"]).content.decode()

    fields = hidden(page)
    assert phone() != "0900000777"
    sent = long_ago.client.post("/toi/lien-he", fields)

    assert fields["phone"] == "0900 000 777"
    assert sent.status_code == 303
    assert phone() == "0900000777"


def test_what_was_kept_is_offered_once(long_ago):
    refused = long_ago.client.post("/toi/lien-he", CONTACT)
    where = confirmed(long_ago, refused).headers["Location"]
    long_ago.client.get(where)

    again = long_ago.client.get(where)

    assert again.status_code == 404
    assert "Không còn gì đang chờ gửi" in again.content.decode()


def test_another_mark_opens_no_kept_form(long_ago):
    long_ago.client.post("/toi/lien-he", CONTACT)

    answer = long_ago.client.get("/dang-nhap/tiep-tuc?lan=guess")

    assert answer.status_code == 404


def test_nobody_else_may_come_back(long_ago):
    refused = long_ago.client.post("/toi/lien-he", CONTACT)

    answer = confirmed(long_ago, refused, who="Lê Minh Khoa")

    assert answer.status_code == 403
    assert "VNeID của người khác" in answer.content.decode()
    assert "another_account" in reasons()
    assert Account.objects.count() == 1
    assert "Nguyễn Thị Ánh Tuyết" in long_ago.client.get("/toi").content.decode()


@pytest.mark.parametrize(
    ("mode", "reason"),
    [
        ("no_auth_time", "auth_time_missing"),
        ("old_auth_time", "auth_time_too_old"),
        ("auth_time_ahead", "auth_time_ahead"),
    ],
)
def test_a_proof_that_is_not_new_is_none(long_ago, lie, mode, reason):
    refused = long_ago.client.post("/toi/lien-he", CONTACT)
    lie(mode)

    answer = confirmed(long_ago, refused)

    assert answer.status_code == 403
    assert reason in reasons()
    assert long_ago.client.post("/toi/lien-he", CONTACT).status_code == 403


def test_a_confirmation_counts_once(long_ago):
    refused = long_ago.client.post("/toi/lien-he", CONTACT)
    asked = {name: v[0] for name, v in parse_qs(urlsplit(link(refused)).query).items()}
    back = long_ago.way_back(long_ago.to_vneid(asked["next"], moi="1"))
    long_ago.client.get(back)
    grow_old(long_ago)

    replayed = long_ago.client.get(back)

    assert replayed.status_code == 403
    assert "state_unknown" in reasons()
    assert long_ago.client.post("/toi/lien-he", CONTACT).status_code == 403


def test_a_level_that_is_not_reached_gives_no_right(browser, vneid):
    level_one = next(a for a in vneid.simulators.vneid.accounts() if a.level == 1)
    browser.sign_in(who=level_one.name)

    answer = browser.sign_in(who=level_one.name, muc="2")

    assert answer.status_code == 403
    assert "công an" in answer.content.decode()
    assert "level_lower" in reasons()
    assert browser.client.session["assurance"] == 1


def test_a_form_too_long_to_keep_is_not_kept(long_ago):
    long_ago.client.post("/toi/lien-he", {**CONTACT, "email": "a" * 70_000})

    assert "kept_form" not in long_ago.client.session


def test_a_sensitive_datum_goes_to_an_application_only_on_a_new_proof(long_ago, small_city):
    library = RelyingParty(an_application(), long_ago.client, Client())
    asked = {"scope": "openid profile personal_number"}

    refused = library.answer(library.visit(**asked), scopes=["personal_number"])
    assert refused.status_code == 403
    assert not Consent.objects.exists()
    back = confirmed(long_ago, refused)
    fields = hidden(long_ago.client.get(back.headers["Location"]).content.decode())
    sent = long_ago.client.post("/oidc/dong-y", fields)

    assert told(sent)["code"]
    assert "personal_number" in Consent.objects.get().granted


def test_a_name_goes_to_an_application_on_an_old_one(long_ago, small_city):
    library = RelyingParty(an_application(), long_ago.client, Client())

    assert library.code(scope="openid profile", scopes=[])
