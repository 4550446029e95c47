"""What a VNeID must do, kept by both that we have: our stand-in and a certified provider."""

import base64
import hashlib
import re
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from motcua.contexts.exchange.testing import CLIENT_SECRET, PLATFORM
from motcua.contexts.identity.adapters.vneid import Provider
from motcua.contexts.identity.models import Account
from motcua.kernel.models import LedgerLeaf

pytestmark = pytest.mark.django_db

CALLBACK = f"{PLATFORM}/dang-nhap/vneid/tra-ve"
LEVEL_ONE = re.compile(r"<strong>([^<]+)</strong><span[^>]*>[^<]*mức 1")


def signed_in_name(client):
    page = client.get("/toi")
    return page.content.decode() if page.status_code == 200 else ""


def reasons():
    rows = LedgerLeaf.objects.filter(action="identity.sign_in_refused").order_by("id")
    return "\n".join(row.body for row in rows)


def described(provider):
    place = f"{provider.issuer}/.well-known/openid-configuration"
    return requests.get(place, timeout=5).json()


def token_for(provider, code, *, verifier, secret=CLIENT_SECRET, callback=CALLBACK):
    return requests.post(
        described(provider)["token_endpoint"],
        {"grant_type": "authorization_code", "code": code, "redirect_uri": callback,
         "code_verifier": verifier},
        auth=("motcua", secret), timeout=5,
    )  # fmt: skip


def a_code(visitor, provider, verifier):
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest())
    asked = {
        "response_type": "code", "client_id": "motcua", "redirect_uri": CALLBACK,
        "scope": "openid profile", "state": "s", "nonce": "n",
        "code_challenge": challenge.rstrip(b"=").decode(), "code_challenge_method": "S256",
    }  # fmt: skip
    people = visitor.there.get(described(provider)["authorization_endpoint"], params=asked).text
    return parse_qs(urlsplit(visitor.way_back(people)).query)["code"][0]


def test_it_describes_itself(provider):
    said = described(provider)

    assert said["issuer"] == provider.issuer
    assert said["code_challenge_methods_supported"] == ["S256"]
    assert said["subject_types_supported"] == ["pairwise"]
    assert said["authorization_response_iss_parameter_supported"] is True
    assert set(said["acr_values_supported"]) >= {"1", "2"}
    assert "RS256" in said["id_token_signing_alg_values_supported"]


def test_somebody_signs_in(visitor):
    answer = visitor.sign_in()

    assert answer.headers["Location"] == "/toi"
    assert "Nguyễn Thị Ánh Tuyết" in signed_in_name(visitor.client)
    assert "•••••••••001" in signed_in_name(visitor.client)


def test_a_subject_is_the_same_at_the_second_visit(visitor):
    visitor.sign_in()
    visitor.leave()

    visitor.sign_in()

    assert Account.objects.count() == 1


def test_a_refusal_comes_back_as_one(visitor):
    answer = visitor.sign_in(who=None)

    assert "Bạn đã chọn không đăng nhập" in answer.content.decode()
    assert not signed_in_name(visitor.client)


def test_a_code_goes_once(visitor):
    first = visitor.way_back(visitor.to_vneid())
    code = parse_qs(urlsplit(first).query)["code"][0]
    visitor.client.get(first)
    visitor.leave()
    second = visitor.way_back(visitor.to_vneid())
    own = parse_qs(urlsplit(second).query)["code"][0]

    answer = visitor.client.get(second.replace(own, code))

    assert "VNeID không nhận mã" in answer.content.decode()
    assert "invalid_grant" in reasons()


def test_a_code_goes_for_a_short_while(visitor, provider):
    provider.fault("expired_code")
    back = visitor.way_back(visitor.to_vneid())

    answer = visitor.client.get(back)

    assert "VNeID không nhận mã" in answer.content.decode()
    assert not Account.objects.exists()


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"verifier": "w" * 43}, "invalid_grant"),
        ({"secret": "guess"}, "invalid_client"),
        ({"callback": f"{PLATFORM}/elsewhere"}, "invalid_grant"),
    ],
)
def test_a_thief_of_a_code_gets_nothing(visitor, provider, changed, error):
    verifier = "v" * 43
    code = a_code(visitor, provider, verifier)

    answer = token_for(provider, code, **{"verifier": verifier, **changed})

    assert answer.json()["error"] == error
    assert "id_token" not in answer.json()


def test_a_new_key_is_found_without_a_pause(visitor, provider):
    visitor.sign_in()
    visitor.leave()
    provider.rotate()

    visitor.sign_in()

    assert signed_in_name(visitor.client)


def test_the_key_before_still_counts(visitor, provider):
    provider.rotate()
    Provider.key(str(requests.get(described(provider)["jwks_uri"]).json()["keys"][1]["kid"]))


def test_an_outage_is_named(visitor, provider):
    back = visitor.way_back(visitor.to_vneid())
    provider.fault("down")

    answer = visitor.client.get(back)

    assert answer.status_code == 503
    assert "VNeID chưa trả lời" in answer.content.decode()
    assert "vneid_silent" in reasons()


@pytest.mark.parametrize(
    ("mode", "reason"),
    [
        ("other_subject", "subject_differs"),
        ("level_differs", "level_differs"),
        ("wrong_signature", "InvalidSignatureError"),
    ],
)
def test_a_lie_lets_nobody_in(visitor, provider, mode, reason):
    back = visitor.way_back(visitor.to_vneid())
    provider.fault(mode)

    answer = visitor.client.get(back)

    assert answer.status_code == 403
    assert reason in reasons()
    assert not Account.objects.exists()


def test_a_new_proof_is_given_when_asked(visitor):
    visitor.sign_in()

    answer = visitor.sign_in(next_url="/toi/lien-he", moi="1", muc="2")

    assert answer.headers["Location"] == "/toi/lien-he"
    assert visitor.client.session["assurance"] == 2
    assert visitor.client.session["proven_at"]


def test_a_lower_level_is_told_as_it_is(visitor, running):
    name = LEVEL_ONE.search(requests.get(f"{running.issuer}", timeout=5).text).group(1)

    visitor.sign_in(who=name)

    assert visitor.client.session["assurance"] == 1
