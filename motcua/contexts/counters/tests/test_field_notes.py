"""A phone at a place without a network: every note arrives once, in any order; nothing is lost."""

import itertools
import json
from base64 import b64encode
from dataclasses import replace
from datetime import timedelta
from random import Random
from uuid import uuid4

import pytest
from django.test import Client

from motcua.contexts.casework import public as casework
from motcua.contexts.counters.actions.field_notes import take_signed
from motcua.contexts.counters.actions.machines import register_device, revoke_device
from motcua.contexts.counters.contracts.offline import (
    DeviceNotFound,
    DeviceRevoked,
    DeviceUse,
    EntryMalformed,
    SignatureWrong,
    SignedEntry,
)
from motcua.contexts.counters.tests.machine import Machine, a_key
from motcua.contexts.documents.testing import a_photo, files_kept
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import TakeStep
from motcua.contexts.dossiers.contracts.fieldwork import SiteNoteChanged
from motcua.contexts.dossiers.testing import (
    a_closed_visit,
    a_submitted_birth,
    a_visit,
    settled,
)
from motcua.contexts.identity.testing import a_person, an_officer_account, own_actor, signed_in
from motcua.contexts.organisations.testing import acting, the_officer
from motcua.kernel.testing import MONDAY_9AM, citizen, stable_id

PHOTO = "data:image/jpeg;base64," + b64encode(a_photo()).decode()
SPOT = {"lat": 10.7769, "lng": 106.7009, "accuracy": 12.4, "place": "trước nhà"}
IDS = itertools.count()


def at(minutes: int):
    return MONDAY_9AM + timedelta(minutes=minutes)


def officer(name: str):
    return replace(acting(name, MONDAY_9AM.date()), account_id=stable_id(f"account {name}"))


def step(code: str, who: str, action: str, minutes: int, **more: object) -> None:
    seen = dossiers.desk_view(code, officer(who), now=at(minutes)).dossier.version_seen
    command = TakeStep(code=code, action=action, seen_version=seen, **more)
    dossiers.take_step(command, actor=officer(who), now=at(minutes))


@pytest.fixture
def visit(small_city):
    """Planned by Bảo, who goes with two things to look at."""
    code = a_submitted_birth(citizen(person=a_person().id), now=MONDAY_9AM, desk_ward="26743")
    bao = the_officer("bao").id
    step(code, "khue", "receive", 10)
    step(code, "nghia", "assign", 20, assignee_id=bao)
    lines = ("Có người ở", "Đúng số nhà")
    return a_visit(code, bao, *lines, actor=officer("bao"), starts_at=at(60), now=at(30))


def a_phone(who: str = "bao") -> Machine:
    key, public = a_key()
    done = register_device(
        f"Máy của {who}", public, use=DeviceUse.FIELD, actor=officer(who), now=at(40)
    )
    return Machine(key=key, id=done.device_id, officer=officer(who).account_id)


def a_note(visit, /, kind: str = "ANSWER", **more: object) -> dict[str, object]:
    said = {"id": str(uuid4()), "visit": str(visit.id), "kind": kind, "at": at(65).isoformat()}
    if kind == "ANSWER":
        said |= {"key": "l1", "mark": "FITS", "text": "Có chủ nhà"}
    return said | more


def send(phone: Machine, said: dict[str, object], minutes: int = 90, who: str = "bao"):
    signed = SignedEntry(device_id=phone.id, **phone.signs(said))
    return take_signed(signed, actor=officer(who), now=at(minutes))


def states(visit) -> list[str]:
    return sorted(one.state for one in dossiers.site_notes(visit.id))


def test_a_note_that_comes_twice_is_there_once(visit):
    phone, said = a_phone(), a_note(visit, "PHOTO", picture=PHOTO, spot=SPOT, text="Mặt tiền")

    first, files = send(phone, said), files_kept()
    again = send(phone, said, minutes=200)

    assert first == again
    assert files_kept() == files
    (note,) = dossiers.site_notes(visit.id)
    assert (note.spot.lat, note.spot.accuracy_m, note.happened_at) == (10.7769, 12, at(65))
    assert note.recorded_at == at(90)


def test_the_same_id_with_other_words_is_refused(visit):
    phone, said = a_phone(), a_note(visit)
    send(phone, said)

    with pytest.raises(SiteNoteChanged):
        send(phone, said | {"text": "Không có ai"})


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "NOTHING"},
        {"at": "2026-01-05T09:00:00"},
        {"visit": "?"},
        {"text": 7},
        {"picture": "data:text/html;base64,PGI+"},
        {"spot": {"lat": "north", "lng": 1}},
        {"picture": "x" * 3_000_001},
    ],
)
def test_what_is_no_note_is_refused(visit, wrong):
    phone = a_phone()

    with pytest.raises(EntryMalformed):
        send(phone, a_note(visit) | wrong)


def test_only_the_phone_of_whoever_is_there_is_believed(visit):
    phone, other = a_phone(), a_phone("nghia")
    forged = SignedEntry(device_id=phone.id, **other.signs(a_note(visit)))

    with pytest.raises(SignatureWrong):
        take_signed(forged, actor=officer("bao"), now=at(90))
    with pytest.raises(DeviceNotFound):
        send(phone, a_note(visit), who="nghia")
    revoke_device(phone.id, actor=officer("bao"), now=at(95))
    with pytest.raises(DeviceRevoked):
        send(phone, a_note(visit), minutes=100)


def test_notes_that_come_after_the_minutes_wait_and_become_an_addendum(visit):
    mine, head, bao = a_phone(), a_phone("nghia"), officer("bao")
    for key in ("l1", "l2"):
        send(head, a_note(visit, key=key), who="nghia")
    a_closed_visit(visit.id, actor=officer("nghia"), now=at(100))

    late = send(mine, a_note(visit, mark="DIFFERS"), minutes=120)
    photo = send(mine, a_note(visit, "PHOTO", picture=PHOTO), minutes=121)
    added = settled(late.id, takes=True, actor=bao, now=at(130))
    left = settled(photo.id, takes=False, actor=bao, now=at(131))

    assert (late.state, photo.state) == ("WAITING", "WAITING")
    assert (added.state, left.state) == ("ADDED", "ASIDE")
    (after,) = dossiers.field_visits(bao, now=at(140))
    assert len(after.minutes) == 2
    assert states(visit) == ["ADDED", "ASIDE", "KEPT", "KEPT"]
    assert casework.deviating_codes([casework.case(after.code).id]) == []


def test_forty_cut_schedules_lose_nothing_and_double_nothing(visit):
    random, phone = Random(2026), a_phone()
    for _schedule in range(40):
        waiting = [
            a_note(visit, "PERSON", name=f"Người {next(IDS)}", picture="")
            for _ in range(random.randint(1, 3))
        ]
        made = {one["id"] for one in waiting}
        while waiting:
            for said in random.sample(waiting, random.randint(1, len(waiting))):
                answer = send(phone, said)
                if random.random() < 0.5:  # else the answer is lost, and it is sent again
                    waiting = [one for one in waiting if one["id"] != str(answer.id)]
        there = [str(one.id) for one in dossiers.site_notes(visit.id)]
        assert made <= set(there)
        assert len(there) == len(set(there))


def test_the_page_takes_along_open_visits_and_hears_of_each_note(visit):
    account = an_officer_account("bao", officer_id=the_officer("bao").id)
    browser, bao, (key, public) = signed_in(Client(), account), own_actor(account), a_key()
    said = {"name": "Điện thoại", "key": public, "idempotency_key": "phone-1"}
    made = browser.post("/ban/thuc-dia/may/dang-ky", said).json()["device"]
    phone = Machine(key=key, id=made, officer=bao.account_id)

    pack = browser.get(f"/ban/thuc-dia/may/{made}/goi").json()
    batch = [phone.signs(a_note(visit)), phone.signs(a_note(visit, visit=str(uuid4())))]
    body = json.dumps({"device": made, "entries": batch})
    answers = browser.post("/ban/thuc-dia/gui", body, content_type="application/json").json()

    assert [one["place"] for one in pack["visits"]] == ["12 Nguyễn Huệ"]
    assert [line["text"] for line in pack["visits"][0]["lines"]] == ["Có người ở", "Đúng số nhà"]
    assert [one["state"] for one in answers["answers"]] == ["KEPT", "REFUSED"]
    assert browser.get("/ban/thuc-dia/mat-mang").status_code == 200
    assert "Điện thoại" in browser.get("/ban/thuc-dia/may").content.decode()
