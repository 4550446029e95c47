"""What is due, as a page, a file and a secret address; read strictly as RFC 5545 says."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from motcua.contexts.dossiers.actions import calendar_feed
from motcua.contexts.dossiers.contracts.obligations import FeedNotFound, ObligationKind
from motcua.contexts.dossiers.models import CalendarFeed, Dossier, SupplementRequest
from motcua.contexts.dossiers.queries import obligations as reading
from motcua.contexts.dossiers.rules.icalendar import CalendarEvent, calendar_file
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
    the_actor,
)
from motcua.contexts.payments.testing import an_invoice
from motcua.kernel import clock
from motcua.kernel.clock import CITY_TZ
from motcua.kernel.testing import MONDAY_9AM

LINE = re.compile(r"[A-Z0-9-]+(;[A-Z0-9-]+=[^;:]+)*:.*")


def lines_of(text: str) -> list[str]:
    """Unfolded lines of a file that keeps the rules. Fails where it does not."""
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    pieces = text.removesuffix("\r\n").split("\r\n")
    assert max(len(piece.encode()) for piece in pieces) <= 75
    lines = "\r\n".join(pieces).replace("\r\n ", "").split("\r\n")
    assert all(LINE.fullmatch(line) for line in lines)
    opened = []
    for line in lines:
        if line.startswith("BEGIN:"):
            opened.append(line[6:])
        if line.startswith("END:"):
            assert opened.pop() == line[4:]
    assert not opened
    return lines


def events_of(text: str) -> dict[str, dict[str, str]]:
    """By UID; alarms are left out."""
    found: dict[str, dict[str, str]] = {}
    inside: dict[str, str] | None = None
    for line in lines_of(text):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            inside = {}
        elif line == "END:VEVENT" and inside is not None:
            assert {"UID", "DTSTAMP", "SEQUENCE", "STATUS"} <= set(inside)
            assert inside["UID"] not in found
            found[inside["UID"]] = inside
            inside = None
        elif inside is not None:
            inside.setdefault(name, value)
    return found


def an_event(**changes: object) -> CalendarEvent:
    plain = {
        "uid": "a@motcua.invalid", "at": MONDAY_9AM, "summary": "Gửi thêm", "description": "Mở",
        "url": "https://motcua.example.vn/ho-so/H29.99-1", "sequence": 3,
    }  # fmt: skip
    return CalendarEvent(**(plain | changes))


def test_long_lines_fold_between_letters_and_read_back_whole():
    said = "Bổ sung giấy tờ, rồi; xong \\ hết\ntiếp " * 5

    text = calendar_file([an_event(summary=said)], name="Lịch", now=MONDAY_9AM)

    told = events_of(text)["a@motcua.invalid"]["SUMMARY"]
    plain = told.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";")
    assert plain.replace("\\\\", "\\") == said


def test_a_moment_stands_in_the_zone_of_the_city_and_a_day_ends_the_next():
    day = an_event(uid="b@motcua.invalid", at=date(2026, 12, 31))

    text = calendar_file([an_event(), day], name="Lịch", now=MONDAY_9AM)

    found = events_of(text)
    assert found["a@motcua.invalid"]["DTSTART;TZID=Asia/Ho_Chi_Minh"] == "20261123T090000"
    assert found["a@motcua.invalid"]["DTSTAMP"] == "20261123T020000Z"
    assert found["b@motcua.invalid"]["DTSTART;VALUE=DATE"] == "20261231"
    assert found["b@motcua.invalid"]["DTEND;VALUE=DATE"] == "20270101"
    assert "TZID:Asia/Ho_Chi_Minh" in text


def test_words_cannot_add_a_line():
    text = calendar_file(
        [an_event(summary="a\r\nATTACH:https://example.vn/x")], name="Lịch", now=MONDAY_9AM
    )

    assert not any(line.startswith("ATTACH") for line in lines_of(text))


@pytest.fixture
def tuyet(small_city):
    return a_citizen_account()


@pytest.fixture
def code(tuyet):
    """A dossier with a question that is to be answered in a week, and a fee."""
    now = clock.now()
    actor = own_actor(tuyet, now=now)
    code = a_submitted_birth(actor, now=now)
    SupplementRequest.objects.create(
        dossier=Dossier.objects.get(code=code), number=1, phase="INTAKE",
        asked_at=now, answer_by=datetime(2126, 1, 5, 17, 0, tzinfo=CITY_TZ),
    )  # fmt: skip
    an_invoice(payer=tuyet.person_id, subject=code, unit_id=None, now=now)
    return code


def feed_text(actor, *, language="vi"):
    text = calendar_feed.new_secret()
    calendar_feed.make_feed(text, language=language, actor=actor, now=clock.now())
    return text


def test_what_is_due_stands_with_its_moment_and_what_has_none_on_today(tuyet, code):
    now = clock.now()

    found = {one.kind: one for one in reading.open_obligations(own_actor(tuyet, now=now), now=now)}

    assert found[ObligationKind.SUPPLEMENT].at == datetime(2126, 1, 5, 17, 0, tzinfo=CITY_TZ)
    fee = found[ObligationKind.FEE]
    assert (fee.open_ended, fee.at) == (True, clock.city_date(now))
    assert {one.subject for one in found.values()} == {code}


def test_what_was_done_is_told_as_cancelled_under_the_same_uid(tuyet, code):
    client = signed_in(Client(), tuyet)
    uid = f"supplement-{code}-1@motcua.invalid"
    before = events_of(client.get("/toi/lich/nghia-vu.ics").content.decode())[uid]
    SupplementRequest.objects.update(supplied_at=clock.now())

    after = events_of(client.get("/toi/lich/nghia-vu.ics").content.decode())[uid]

    assert (before["STATUS"], after["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert int(after["SEQUENCE"]) >= int(before["SEQUENCE"])


def test_an_address_is_read_without_signing_in_and_names_nobody(tuyet, code):
    text = feed_text(own_actor(tuyet, now=clock.now()))

    answer = Client().get(f"/lich/{text}/nghia-vu.ics")

    told = answer.content.decode()
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert code in told
    assert "Tuyết" not in told and "Lê Minh An" not in told and "khai sinh" not in told.lower()
    assert CalendarFeed.objects.get().read_at is not None


def test_an_address_speaks_the_language_it_was_made_in(tuyet, code):
    text = feed_text(own_actor(tuyet, now=clock.now()), language="en")

    assert "Send more papers" in Client().get(f"/lich/{text}/nghia-vu.ics").content.decode()


def test_a_guess_finds_nothing(code):
    assert Client().get(f"/lich/{calendar_feed.new_secret()}/nghia-vu.ics").status_code == 404


def test_a_new_address_ends_the_one_before_and_closing_ends_it_for_good(tuyet, code):
    actor = own_actor(tuyet, now=clock.now())
    first = feed_text(actor)
    second = feed_text(actor)

    assert Client().get(f"/lich/{first}/nghia-vu.ics").status_code == 404
    calendar_feed.end_feed(actor=actor, now=clock.now())
    assert Client().get(f"/lich/{second}/nghia-vu.ics").status_code == 404
    with pytest.raises(FeedNotFound):
        calendar_feed.end_feed(actor=actor, now=clock.now())


def test_an_address_is_made_only_by_who_proved_lately_who_they_are(tuyet):
    now = clock.now()
    stale = the_actor(tuyet, proven_at=now - timedelta(days=1))

    with pytest.raises(StepUpNeeded):
        calendar_feed.make_feed(calendar_feed.new_secret(), language="vi", actor=stale, now=now)


def test_with_the_mandate_ends_the_address_of_whom_one_acts_for(tuyet, code):
    now = clock.now()
    khoa = a_citizen_account(a_person("Lê Minh Khoa", personal_number="079188999002"))
    mandate = a_mandate(tuyet.person_id, khoa.person_id, now=now)
    text = feed_text(acting(khoa, mandate, now=now))
    there = Client().get(f"/lich/{text}/nghia-vu.ics")
    identity.revoke_mandate(mandate, actor=own_actor(tuyet, now=now), now=now)

    assert code in there.content.decode()
    assert Client().get(f"/lich/{text}/nghia-vu.ics").status_code == 404


def test_the_page_shows_the_address_once(tuyet, code):
    client = signed_in(Client(), tuyet)

    made = client.post("/toi/lich/dia-chi", {"idempotency_key": "k"}).content.decode()
    later = client.get("/toi/lich").content.decode()

    (address,) = set(re.findall(r"/lich/[\w-]{20,}/nghia-vu\.ics", made))
    assert address not in later
    assert "gửi giấy tờ cơ quan yêu cầu" in later
