"""The pages of what was received without a network, by the hands of a receiver."""

import json
from datetime import timedelta

import pytest

from motcua.contexts.counters.tests.machine import a_key, a_machine
from motcua.contexts.identity.testing import (
    a_person,
    an_officer_account,
    own_actor,
    signed_in,
)
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel import clock

LISTED = "/quay/mat-mang/doi-chieu"


@pytest.fixture
def account(small_city: None):
    return an_officer_account("khue", officer_id=the_officer("khue").id)


@pytest.fixture
def khue(account, client):
    return signed_in(client, account)


@pytest.fixture
def window(account):
    return a_machine(own_actor(account), now=clock.now())


def posts(client, address, **said):
    return client.post(address, {"idempotency_key": f"{address}{said}", **said})


def sends(client, window, *entries):
    body = {"device": str(window.id), "entries": [window.signs(one) for one in entries]}
    answer = client.post("/quay/mat-mang/gui", json.dumps(body), content_type="application/json")
    return answer.json()["answers"]


def test_a_batch_that_is_none_is_refused_and_a_broken_entry_says_so(khue, window):
    said = window.entry(at=clock.now())
    broken = khue.post("/quay/mat-mang/gui", "[]", content_type="application/json")

    refused, taken = sends(khue, window, said | {"kind": "?"}, said)

    assert broken.status_code == 422
    assert (refused["state"], refused["code"]) == ("REFUSED", "entry_malformed")
    assert (taken["state"], taken["code"]) == ("RECEIVED", said["code"])


def test_a_machine_registers_takes_numbers_and_gives_them_back(khue):
    _key, public = a_key()

    device = posts(khue, "/quay/mat-mang/may", name="Quầy số 1", key=public).json()["device"]
    given = posts(khue, f"/quay/mat-mang/may/{device}/dai-so").json()
    first = given["ranges"][0]
    back = f"/quay/mat-mang/dai-so/{first['id']}/tra"
    returned = posts(khue, back, **{"from": first["first"]})
    page = khue.get(LISTED).content.decode()

    assert first["last"] - first["first"] == 19 and len(given["seal"]) == 44
    assert returned.json() == {"returned": True}
    assert posts(khue, back, **{"from": "x"}).status_code == 422
    assert "Quầy số 1" in page and "Đã trả" in page
    posts(khue, f"/quay/mat-mang/may/{device}/thu-hoi")
    assert "thu hồi" in khue.get(LISTED).content.decode()


def test_a_window_takes_with_it_what_it_needs_and_nothing_about_anybody(khue):
    a_person()

    told = khue.get("/quay/mat-mang/goi")

    package = told.json()
    birth = next(one for one in package["procedures"] if one["code"] == "1.001193")
    assert {q["key"] for q in birth["questions"]} == {"birth_place", "relation", "copies"}
    assert birth["cases"][-1]["case"] == "" and birth["cases"][-1]["dues"]
    assert "Ánh Tuyết" not in told.content.decode()


def test_an_officer_settles_field_by_field(khue, window):
    a_person()
    told = {"number": "079190999001", "name": "Nguyễn Thị Ánh", "born_on": "1990-05-12"}
    said = window.entry(at=clock.now(), person=told)
    sends(khue, window, said)

    listed = khue.get(LISTED).content.decode()
    address = f"{LISTED}/{said['id']}"
    shown = khue.get(address).content.decode()
    refused = posts(khue, address)
    settled = posts(khue, address, name="city")

    assert said["code"] in listed and "khác: Họ và tên" in listed
    assert "Nguyễn Thị Ánh" in shown and "Nguyễn Thị Ánh Tuyết" in shown
    assert "079190999001" not in shown
    assert refused.status_code == 422 and "Bạn chọn cách xử lý" in refused.content.decode()
    assert settled.status_code == 303
    assert "đã xử lý xong" in khue.get(address).content.decode()


def test_a_wrong_clock_is_settled_with_the_hour_that_the_officer_writes(khue, window):
    said = window.entry(at=clock.now() + timedelta(hours=9))
    sends(khue, window, said)
    address = f"{LISTED}/{said['id']}"

    refused = posts(khue, address, clock="city", at="hôm qua")
    settled = posts(khue, address, clock="void")

    assert "Bạn ghi giờ nhận đúng" in refused.content.decode()
    assert settled.status_code == 303


def test_a_procedure_that_nobody_knows_can_still_be_looked_at_and_given_up(khue, window):
    said = window.entry(at=clock.now(), procedure="1.999999")
    [kept] = sends(khue, window, said)
    address = f"{LISTED}/{said['id']}"

    shown = khue.get(address)
    settled = posts(khue, address, refused="void")

    assert kept["state"] == "WAITING"
    assert shown.status_code == 200 and "1.999999" in shown.content.decode()
    assert settled.status_code == 303
