"""The stand-ins as a whole: refusals, control, mail that survives a restart, invented people."""

from datetime import date
from urllib.parse import urlencode

import pytest
import requests

from motcua.contexts.exchange.adapters.simulators import people
from motcua.contexts.exchange.testing import CLIENT_SECRET, PLATFORM, running_simulators

CALLBACK = f"{PLATFORM}/dang-nhap/vneid/tra-ve"
ASKED = {
    "response_type": "code",
    "client_id": "motcua",
    "redirect_uri": CALLBACK,
    "scope": "openid profile",
    "state": "s",
    "nonce": "n",
    "code_challenge": "x",
    "code_challenge_method": "S256",
}


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with running_simulators(tmp_path_factory.mktemp("simulators")) as running:
        yield running


def get(running, path, **query):
    return requests.get(f"{running.origin}{path}", query, timeout=5, allow_redirects=False)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"client_id": "another"}, "chưa đăng ký"),
        ({"redirect_uri": "https://evil.example/"}, "chưa đăng ký"),
        ({"code_challenge_method": "plain"}, "PKCE"),
        ({"code_challenge": ""}, "PKCE"),
        ({"nonce": ""}, "mã dùng một lần"),
        ({"response_type": "token"}, "không đúng chuẩn"),
    ],
)
def test_vneid_refuses_a_careless_client(running, changed, words):
    for path in ("/vneid/authorize", "/vneid/authorize/chon"):
        answer = get(running, path, **{**ASKED, **changed})

        assert answer.status_code == 400
        assert words in answer.text


def a_code(running):
    answer = get(running, "/vneid/authorize/chon", **ASKED, who="079190999001")
    return answer.headers["Location"].split("code=")[1].split("&")[0]


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"client_secret": "guess"}, "invalid_client"),
        ({"code_verifier": "guess"}, "invalid_grant"),
        ({"redirect_uri": "http://elsewhere/"}, "invalid_grant"),
        ({"code": "guess"}, "invalid_grant"),
    ],
)
def test_vneid_gives_no_token_to_a_thief(running, changed, error):
    sent = {
        "grant_type": "authorization_code", "code": a_code(running), "redirect_uri": CALLBACK,
        "client_id": "motcua", "client_secret": CLIENT_SECRET, "code_verifier": "v", **changed,
    }  # fmt: skip

    answer = requests.post(f"{running.issuer}/token", sent, timeout=5)

    assert answer.json()["error"] == error


def test_a_token_nobody_gave_opens_nothing(running):
    answer = requests.get(
        f"{running.issuer}/userinfo", headers={"Authorization": "Bearer x"}, timeout=5
    )

    assert answer.status_code == 401


@pytest.mark.parametrize(
    "sent", [{"system": "population", "mode": "magic"}, {"system": "nobody", "mode": "down"}, {}]
)
def test_the_control_page_knows_only_real_faults(running, sent):
    assert requests.post(f"{running.origin}/control", sent, timeout=5).status_code == 400


@pytest.mark.parametrize(
    "path",
    ["/", "/control", "/mailbox", "/mail", "/sms", "/bank", "/vneid", "/bank/tra?bill=H&amount=1",
     f"/vneid/authorize?{urlencode(ASKED)}"],
)  # fmt: skip
def test_every_page_has_a_title_a_language_and_a_strict_policy(running, path):
    answer = requests.get(f"{running.origin}{path}", timeout=5)

    assert answer.status_code == 200
    assert '<html lang="vi">' in answer.text
    assert "<title>" in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert " style=" not in answer.text
    assert "<script" not in answer.text


@pytest.mark.parametrize("path", ["/nothing", "/mail/nothing", "/sms/x", "/bank/giao-dich/x"])
def test_what_does_not_exist_says_so(running, path):
    assert get(running, path).status_code == 404


def test_another_method_is_refused(running):
    assert requests.post(f"{running.origin}/mailbox", timeout=5).status_code == 405


def test_a_body_that_is_not_json_is_a_bad_request(running):
    connector = running.connector("mail")

    answer = requests.post(
        f"{running.origin}/mail/send", data=b"[1]", timeout=5,
        headers={"Authorization": f"Bearer {connector.token}", "Idempotency-Key": "k"},
    )  # fmt: skip

    assert answer.status_code == 400


def test_a_machine_must_bring_an_idempotency_key(running):
    connector = running.connector("mail")

    answer = requests.post(
        f"{running.origin}/mail/send", json={}, timeout=5,
        headers={"Authorization": f"Bearer {connector.token}"},
    )  # fmt: skip

    assert answer.json()["error"] == "key_missing"


def test_mail_is_read_by_recipient_and_survives_a_restart(tmp_path):
    with running_simulators(tmp_path) as running:
        running.connector("mail").call(
            "send", {"to": "a@example.vn", "subject": "Xong", "text": "<b>Đã xong</b>"},
            key="k", seconds=3,
        )  # fmt: skip

    with running_simulators(tmp_path) as running:
        listed = requests.get(f"{running.origin}/mail?to=a@example.vn", timeout=5).text
        other = requests.get(f"{running.origin}/mail?to=b@example.vn", timeout=5).text
        ident = listed.split('href="/mail/')[1].split('"')[0]
        letter = requests.get(f"{running.origin}/mail/{ident}", timeout=5).text

    assert "Xong" in listed
    assert "Xong" not in other
    assert "&lt;b&gt;Đã xong" in letter


def test_people_can_read_mail_while_machines_are_turned_away(running):
    running.simulators.faults.set("mail", "down")

    page = get(running, "/mail")

    running.simulators.faults.set("mail", "normal")
    assert page.status_code == 200


def test_everybody_is_invented():
    everyone = people.population().values()

    assert 180 <= len(everyone) <= 260
    for person in everyone:
        assert person.personal_number[6:9] == "999"
        assert person.phone.startswith("0900000")
        assert person.email.endswith("@example.vn")
    assert len({person.personal_number for person in everyone}) == len(everyone)


def test_the_same_people_come_out_every_time():
    assert people.population() == people.population()


def test_families_fit_together():
    known = people.population()

    for person in known.values():
        if person.spouse:
            assert known[person.spouse].spouse == person.personal_number
        for parent in filter(None, (person.father, person.mother)):
            assert known[parent].born_on.year + 17 < person.born_on.year


def test_the_cast_and_ten_others_may_sign_in():
    chosen = people.personas(people.population(), date(2026, 11, 24))

    assert [p.full_name for p in chosen[:2]] == ["Nguyễn Thị Ánh Tuyết", "Lê Minh Khoa"]
    assert len(chosen) == 12
    assert sum(p.eid_level == 1 for p in chosen) == 2
    assert {p.sex for p in chosen if p.marital_status == "SINGLE"} == {"nam", "nu"}
