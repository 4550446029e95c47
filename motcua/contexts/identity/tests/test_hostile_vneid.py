"""A VNeID that lies, stalls or is played by somebody else: a clear page, a leaf, nobody let in."""

import pytest

from motcua.contexts.exchange import public as exchange
from motcua.contexts.identity.adapters.vneid import Provider, VNeIDConnector
from motcua.contexts.identity.models import Account, Person
from motcua.kernel.models import LedgerLeaf

pytestmark = pytest.mark.django_db

NOT_TRUSTED = "không khớp với lượt đăng nhập này"
SILENT = "VNeID chưa trả lời"
IN_TOKEN = {
    "wrong_nonce": "nonce_differs",
    "wrong_signature": "InvalidSignatureError",
    "no_algorithm": "InvalidAlgorithmError",
    "shared_algorithm": "InvalidAlgorithmError",
    "unknown_key": "key_unknown",
    "critical_header": "InvalidTokenError",
    "other_audience": "InvalidAudienceError",
    "two_audiences": "authorised_party_differs",
    "other_issuer": "InvalidIssuerError",
    "expired": "ExpiredSignatureError",
    "from_the_future": "ImmatureSignatureError",
    "no_subject": "MissingRequiredClaimError",
    "strange_subject": "subject_differs",
    "endless_number": "Error",
    "other_access_token": "access_token_differs",
    "auth_time_ahead": "auth_time_ahead",
    "no_token": "DecodeError",
}
IN_USERINFO = {
    "other_subject": "subject_differs",
    "level_differs": "level_differs",
    "level_unknown": "claims_missing",
    "kind_unknown": "claims_missing",
    "endless_name": "claims_missing",
    "claims_missing": "claims_missing",
    "not_a_birth_date": "birth_date_unreadable",
}
IN_ANSWERS = {
    "html": "unreadable",
    "too_long": "answer_too_long",
    "too_deep": "unreadable",
    "a_list": "unreadable",
    "redirected": "unreadable",
    "dripping": "timeout",
}
ON_THE_WAY_BACK = {
    "mixed_up": "issuer_differs",
    "unnamed": "issuer_differs",
    "twice": "parameter_twice",
    "other_state": "state_unknown",
}
IN_DISCOVERY = {
    "places_inside": "address_elsewhere",
    "description_of_another": "issuer_differs",
    "places_missing": "address_elsewhere",
}


@pytest.fixture
def lie(vneid):
    yield lambda mode: vneid.simulators.faults.set("vneid", mode)
    vneid.simulators.faults.set("vneid", "normal")


def nobody_came_in(browser):
    session = browser.client.session
    return "_auth_user_id" not in session and not (
        Account.objects.exists() or Person.objects.exists()
    )


def only_refusal():
    return LedgerLeaf.objects.get(action="identity.sign_in_refused").body


@pytest.mark.parametrize(("mode", "reason"), {**IN_TOKEN, **IN_USERINFO}.items())
def test_a_lie_is_found(browser, lie, mode, reason):
    back = browser.way_back(browser.to_vneid())
    lie(mode)

    answer = browser.client.get(back)

    assert answer.status_code == 403
    assert NOT_TRUSTED in answer.content.decode()
    assert reason in only_refusal()
    assert nobody_came_in(browser)


@pytest.mark.parametrize(("mode", "reason"), IN_ANSWERS.items())
def test_an_answer_nobody_can_read_is_an_outage(browser, lie, mode, reason):
    quick = {name: exchange.Operation(seconds=0.4) for name in VNeIDConnector().operations}
    back = browser.way_back(browser.to_vneid())
    exchange.register(VNeIDConnector(operations=quick))
    lie(mode)

    answer = browser.client.get(back)

    assert answer.status_code == 503
    assert SILENT in answer.content.decode()
    assert reason in only_refusal()
    assert nobody_came_in(browser)


@pytest.mark.parametrize(("mode", "reason"), ON_THE_WAY_BACK.items())
def test_a_crooked_way_back_leads_nowhere(browser, lie, mode, reason):
    people = browser.to_vneid()
    lie(mode)

    answer = browser.client.get(browser.way_back(people))

    assert answer.status_code == 403
    assert reason in only_refusal()
    assert nobody_came_in(browser)


@pytest.mark.parametrize(("mode", "reason"), IN_DISCOVERY.items())
def test_nobody_is_sent_where_a_forged_description_says(browser, lie, mode, reason):
    lie(mode)

    answer = browser.client.get("/dang-nhap/vneid")

    assert answer.status_code == (302 if mode == "places_inside" else 403)
    if answer.status_code == 302:  # only what machines are told was forged: found on the way back
        back = browser.way_back(browser.there.get(answer.headers["Location"], timeout=5).text)
        answer = browser.client.get(back)
    assert answer.status_code == 403
    assert reason in only_refusal()
    assert nobody_came_in(browser)


def test_what_is_no_key_is_no_key(browser, lie):
    back = browser.way_back(browser.to_vneid())
    Provider.forget()
    lie("keys_unreadable")

    answer = browser.client.get(back)

    assert answer.status_code == 403
    assert "key_unknown" in only_refusal()
    assert nobody_came_in(browser)


@pytest.mark.parametrize("mode", ["no_auth_time", "old_auth_time"])
def test_a_person_may_have_been_at_vneid_for_long(browser, lie, mode):
    back = browser.way_back(browser.to_vneid())
    lie(mode)

    answer = browser.client.get(back)

    assert answer.headers["Location"] == "/toi"
