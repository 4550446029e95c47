"""Taken in at the counter on one page, by the hands of a receiver."""

import re
from datetime import timedelta

import pytest

from motcua.contexts.casework import public as casework
from motcua.contexts.counters.actions import intake
from motcua.contexts.counters.contracts.intake import IntakeMoved, State
from motcua.contexts.counters.models import Intake
from motcua.contexts.dossiers.contracts import NationalStatus
from motcua.contexts.dossiers.testing import BIRTH, codes_kept
from motcua.contexts.exchange.testing import in_process, logged_operations, registry
from motcua.contexts.identity import public as identity
from motcua.contexts.identity.testing import a_person, an_officer_account, own_actor, signed_in
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel import clock

HERE = "/quay/nhan"
TUYET = "079190999001"
CARD = "079190999001|012345678|Nguyeenx Thij Ánh Tuyeets|12051990|Nuwx|12 Nguyeenx Huee|01012022"
COMPLETE = {
    "there0": "yes",
    "a0.birth_place": "facility",
    "a0.relation": "mother",
    "a0.copies": "0",
    "p0.giay_chung_sinh": "shown",
}


@pytest.fixture
def account(small_city: None):
    return an_officer_account("khue", officer_id=the_officer("khue").id)


@pytest.fixture
def khue(account, client):
    return signed_in(client, account)


def posts(client, act="", **said):
    number = posts.calls = getattr(posts, "calls", 0) + 1
    data = {"idempotency_key": f"key {number}", "visit": visit_of(client), **said}
    return client.post(HERE, data | ({"act": act} if act else {}))


def visit_of(client, address=HERE):
    """Whom the page is about that the receiver has open."""
    found = re.search(r'name="visit" value="([^"]*)"', client.get(address).content.decode())
    return found[1] if found else ""


def reads(client, address=HERE):
    return client.get(address).content.decode()


@pytest.fixture
def tuyet(khue):
    """Her card was scanned."""
    a_person()
    posts(khue, "who", number=CARD)
    return khue


def test_a_number_that_is_none_and_one_that_nobody_has_say_what_to_do(khue):
    malformed = posts(khue, "who", number="12")
    unknown = posts(khue, "who", number="079190999777")

    assert malformed.status_code == unknown.status_code == 422
    assert "12 chữ số" in malformed.content.decode()
    assert "cơ sở dữ liệu dân cư chỉ trả lời" in unknown.content.decode()
    born = {"born_on.day": "1", "born_on.month": "2", "born_on.year": "1980"}
    known = posts(khue, "who", number="079190999777", full_name="Lê Văn Tám", **born)
    assert known.status_code == 303 and "Lê Văn Tám" in reads(khue)


def test_of_a_scan_only_the_number_is_read(khue):
    person = a_person()

    posts(khue, "who", number=CARD)

    assert person.full_name in reads(khue) and "Tuyeets" not in reads(khue)
    assert identity.people_with_number(TUYET) == (person.id,)


def test_nothing_is_received_before_a_procedure_is_chosen(tuyet):
    refused = posts(tuyet)

    assert refused.status_code == 422
    assert "Bạn chọn thủ tục trước" in refused.content.decode()
    assert codes_kept() == []


def test_what_is_refused_stays_as_typed_and_is_said_beside_its_field(tuyet):
    posts(tuyet, "save", q="khai sinh")

    refused = posts(tuyet, **(COMPLETE | {"a0.birth_place": "", "reason": "Mẫu cũ"}))
    page = refused.content.decode()

    assert refused.status_code == 422 and "Bạn chọn câu trả lời: Trẻ sinh ở đâu" in page
    assert "Mẫu cũ" in reads(tuyet) and 'value="mother" checked' in reads(tuyet)


def test_a_missing_paper_makes_a_slip_of_guidance_or_a_refusal_in_writing(tuyet):
    posts(tuyet, "save", q="khai sinh")
    lacking = COMPLETE | {"p0.giay_chung_sinh": "missing"}

    stopped = posts(tuyet, **lacking)
    offered = reads(tuyet)
    unsaid = posts(tuyet, "decline", **lacking)
    guided = posts(tuyet, "supplement", **lacking)

    assert "Thiếu «" in stopped.content.decode() and "in phiếu hướng dẫn" in offered
    assert "Bạn ghi lý do không nhận" in unsaid.content.decode()
    assert guided.status_code == 303
    assert "PHIẾU HƯỚNG DẪN BỔ SUNG HỒ SƠ" in reads(tuyet, f"{HERE}/xong")
    assert casework.case(codes_kept()[0]).status == NationalStatus.REGISTERED


def test_a_dossier_is_received_and_the_slip_and_the_display_tell_code_and_date(tuyet):
    posts(tuyet, "save", q="khai sinh")

    received = posts(tuyet, **COMPLETE)
    code = codes_kept()[0]

    slip, display = reads(tuyet, f"{HERE}/xong"), reads(tuyet, "/quay/man-hinh")
    assert received["Location"] == f"{HERE}/xong"
    assert code in slip and "Nguyễn Thị Ánh Tuyết" in slip and "đã xem bản chính" in slip
    assert code in display and "Nguyễn T•••" in display and "Tuyết" not in display
    assert casework.case(code).status == NationalStatus.RECEIVED
    assert "Quét thẻ căn cước" in reads(tuyet)


def test_what_was_received_last_stands_first(tuyet):
    posts(tuyet, "save", q="khai sinh")
    posts(tuyet, **COMPLETE)
    posts(tuyet, "who", number=TUYET)

    offered = reads(tuyet)
    posts(tuyet, "save", q="kha")

    assert f'value="add:{BIRTH}"' in offered
    assert "Trẻ sinh ở đâu" in reads(tuyet)


def test_several_procedures_of_one_visit_have_one_sheet(tuyet):
    posts(tuyet, "save", q="khai sinh")
    posts(tuyet, "save", q="khai sinh", **COMPLETE)
    second = {name.replace("0", "1", 1): value for name, value in COMPLETE.items()}

    dropped = posts(tuyet, "save", q="kết hôn", **COMPLETE, **second)
    posts(tuyet, "drop:2", **COMPLETE, **second)
    posts(tuyet, **COMPLETE, **second)

    codes = set(codes_kept())
    sheet = reads(tuyet, f"{HERE}/xong")
    assert dropped.status_code == 303
    assert len(codes) == 2 and all(code in sheet for code in codes)


def test_a_half_filled_receipt_is_kept_for_a_day_for_its_receiver_alone(tuyet, account):
    posts(tuyet, "save", q="khai sinh")
    said = {"idempotency_key": "luu", "visit": visit_of(tuyet), **COMPLETE}
    kept = tuyet.post(f"{HERE}/luu", said)
    other = an_officer_account("ngan", officer_id=the_officer("ngan").id)

    assert kept.json()["saved"]
    assert 'value="facility" checked' in reads(tuyet)
    assert "Quét thẻ căn cước" in reads(signed_in(tuyet, other))
    intake.forget_old(now=clock.now() + timedelta(hours=23))
    assert Intake.objects.count() == 1
    intake.forget_old(now=clock.now() + timedelta(hours=25))
    assert Intake.objects.count() == 0


def test_of_two_tabs_the_later_one_is_told(account):
    khue, now = own_actor(account), clock.now()
    intake.save(State(), seen=0, actor=khue, now=now)
    intake.save(State(phone="1"), seen=1, actor=khue, now=now)

    with pytest.raises(IntakeMoved):
        intake.save(State(phone="2"), seen=1, actor=khue, now=now)


def test_a_page_left_open_for_somebody_else_receives_nobody(tuyet):
    other = a_person("Trần Văn Khác", personal_number="079190999002")
    posts(tuyet, "save", q="khai sinh")
    left_open = visit_of(tuyet)
    posts(tuyet, "other")
    posts(tuyet, "who", number="079190999002")
    posts(tuyet, "save", q="khai sinh")

    pressed = posts(tuyet, "receive", **COMPLETE, visit=left_open)
    typed = {"idempotency_key": "luu", "visit": left_open, "phone": "0900000078"}
    saved = tuyet.post(f"{HERE}/luu", typed, headers={"accept": "application/json"})

    assert pressed.status_code == 409 and "vừa đổi ở thẻ khác" in pressed.content.decode()
    assert other.full_name in pressed.content.decode()
    assert codes_kept() == []
    assert saved.status_code == 404 and "0900000078" not in reads(tuyet)


def test_pressed_twice_it_is_received_once_and_the_slip_is_shown(tuyet):
    posts(tuyet, "save", q="khai sinh")
    visit = visit_of(tuyet)

    first = posts(tuyet, **COMPLETE, visit=visit)
    again = posts(tuyet, **COMPLETE, visit=visit)

    assert (first["Location"], again["Location"]) == (f"{HERE}/xong", f"{HERE}/xong")
    assert len(codes_kept()) == 1


def test_a_procedure_that_is_not_open_leaves_no_page_that_cannot_be_opened(tuyet):
    posts(tuyet, "save", q="khai sinh")

    posts(tuyet, "add:1.999999", **COMPLETE)

    assert tuyet.get(HERE).status_code == 200
    assert posts(tuyet, **COMPLETE)["Location"] == f"{HERE}/xong"


@pytest.mark.parametrize("name", ["\u200b\u200d", "\u202e", " \u00ad "])
def test_a_name_of_unseen_characters_is_no_name(khue, name):
    born = {"born_on.day": "1", "born_on.month": "2", "born_on.year": "1980"}

    refused = posts(khue, "who", number="079190999777", full_name=name, **born)

    assert refused.status_code == 422
    assert identity.people_with_number("079190999777") == ()


def test_somebody_known_without_a_birth_date_is_asked_for_it(khue):
    a_person("Lê Thị Không Ngày", personal_number="079190999003", born_on=None)

    asked = posts(khue, "who", number="079190999003")
    born = {"born_on.day": "1", "born_on.month": "2", "born_on.year": "1980"}
    found = posts(khue, "who", number="079190999003", full_name="Lê Thị Không Ngày", **born)

    assert asked.status_code == 422 and 'name="born_on.day"' in asked.content.decode()
    assert found.status_code == 303


def test_a_phone_that_nobody_knew_is_kept_and_a_known_one_stays(khue):
    new = a_person("Lê Văn Mới", personal_number="079190999004", phone="")
    posts(khue, "who", number="079190999004")
    posts(khue, "save", q="khai sinh")

    wrong = posts(khue, **COMPLETE, phone="12")
    posts(khue, **COMPLETE, phone="0900 000 079")
    known = a_person()
    posts(khue, "who", number=TUYET)
    page = reads(khue)
    posts(khue, "save", q="khai sinh")
    posts(khue, **COMPLETE, phone="0900000080")

    assert wrong.status_code == 422 and "10 chữ số" in wrong.content.decode()
    assert identity.contact_of(new.id).phone == "0900000079"
    assert "0900000001" in page and 'name="phone"' not in page
    assert identity.contact_of(known.id).phone == "0900000001"


COPY = "2.000815"  # without a form on paper: everything is asked at once


def test_the_register_fills_what_the_procedure_asks_at_once_and_the_page_says_so(tuyet, tmp_path):
    with registry.registered(in_process("population", tmp_path)):
        posts(tuyet, f"add:{COPY}")

    shown = reads(tuyet)
    assert 'value="Nguyễn Thị Ánh Tuyết"' in shown
    assert "Cơ sở dữ liệu quốc gia về dân cư" in shown
    assert logged_operations() == ["lookup"]


def test_a_procedure_with_a_form_on_paper_asks_the_register_nothing(tuyet, tmp_path):
    with registry.registered(in_process("population", tmp_path)):
        posts(tuyet, f"add:{BIRTH}")

    assert logged_operations() == []


def test_a_register_that_is_silent_is_told_and_the_page_goes_on_by_hand(tuyet, tmp_path):
    with registry.registered(in_process("population", tmp_path, down=True)):
        answer = posts(tuyet, f"add:{COPY}")

    assert answer.status_code == 303
    assert "chưa trả lời" in reads(tuyet)
