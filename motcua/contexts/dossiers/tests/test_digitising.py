"""A paper is brought by phone or scanner, read, confirmed, and answers for the next dossier."""

import io
import re
from uuid import uuid4

import pytest
from django.test import Client

from motcua.contexts.casework.contracts import NotYourStep
from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts.digitised import ReadDecision, ReadingNotFound
from motcua.contexts.documents.testing import (
    a_birth_notice,
    a_photo,
    files_kept,
    newest_handoff,
    read_now,
    ten_minutes_pass,
)
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import DraftNotFound, ResultNotReusable, Source
from motcua.contexts.dossiers.testing import ANSWERS, BIRTH, a_submitted_birth
from motcua.contexts.identity.testing import (
    a_citizen_account,
    an_officer_account,
    own_actor,
    signed_in,
)
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel import clock
from motcua.kernel.forms import ProvenanceKind
from motcua.kernel.testing import MONDAY_9AM
from motcua.kernel.web import FIELD, new_key

KEY = "giay_chung_sinh"


def an_officer(name: str):
    return an_officer_account(name, officer_id=the_officer(name).id)


@pytest.fixture
def tuyet(small_city):
    return own_actor(a_citizen_account())


@pytest.fixture
def khue_account(small_city):
    return an_officer("khue")


@pytest.fixture
def khue(khue_account):
    return own_actor(khue_account)


@pytest.fixture
def desk(khue_account) -> Client:
    return signed_in(Client(), khue_account)


@pytest.fixture(scope="module")
def notice() -> bytes:
    return a_birth_notice()


def a_draft(actor, person_id, *, source=Source.COUNTER, now=MONDAY_9AM):
    begun = dossiers.begin_draft(
        BIRTH,
        ward_code="26740",
        actor=actor,
        now=now,
        source=source,
        applicant_person_id=person_id,
        ask_registers=False,
    )
    return begun.draft_id


@pytest.fixture
def draft(khue, tuyet):
    return a_draft(khue, tuyet.person_id)


def post(client, url, **given):
    return client.post(url, {FIELD: new_key(), **given})


def scan_and_read(khue, draft, notice, tuyet, *, now=MONDAY_9AM):
    """The birth notice under its paper, read by the machine."""
    file = documents.keep_upload(
        io.BytesIO(notice), filename="q.png", by=khue, now=now, owner_person_id=tuyet.person_id
    )
    dossiers.attach_paper(draft, KEY, file.id, actor=khue, now=now)
    asked = dossiers.read_draft_paper(draft, KEY, file.id, actor=khue, now=now)
    read_now(asked.reading_id, now=now)
    return asked.reading_id


def confirm_all(reading_id, actor):
    view = documents.reading_by_id(reading_id, actor, now=MONDAY_9AM)
    for one in view.values:
        if one.proposed is not None:
            documents.decide_proposal(
                reading_id, one.key, ReadDecision.CONFIRMED, by=actor, now=MONDAY_9AM
            )


def keep(reading_id, actor):
    confirm_all(reading_id, actor)
    return dossiers.keep_read_values(reading_id, actor=actor, now=MONDAY_9AM)


def test_confirmed_values_fill_blanks_of_the_draft_and_say_so(khue, draft, notice, tuyet):
    kept = keep(scan_and_read(khue, draft, notice, tuyet), khue)

    view = dossiers.draft(draft, khue, now=MONDAY_9AM)
    assert view.answers["child_full_name"] == "Lê Minh An"
    assert view.answers["child_born_on"] == "2026-11-10"
    assert view.answers["child_sex"] == "nam"
    assert view.provenance["child_full_name"].kind is ProvenanceKind.SCANNED
    assert view.provenance["child_full_name"].source == f"evidence.{kept.evidence_id}"
    assert set(kept.filled) >= {"child_full_name", "child_born_on", "facility_name"}


def test_what_the_person_said_is_not_overwritten(khue, draft, notice, tuyet):
    dossiers.save_page(draft, "child", {"child_full_name": "Lê Minh Anh"}, actor=khue,
                       now=MONDAY_9AM)  # fmt: skip
    kept = keep(scan_and_read(khue, draft, notice, tuyet), khue)

    view = dossiers.draft(draft, khue, now=MONDAY_9AM)
    assert view.answers["child_full_name"] == "Lê Minh Anh"
    assert "child_full_name" not in kept.filled


def test_the_next_dossier_that_asks_for_the_paper_is_offered_it(khue, draft, notice, tuyet, desk):
    kept = keep(scan_and_read(khue, draft, notice, tuyet), khue)
    another = a_draft(khue, tuyet.person_id, now=clock.now())
    place = {key: ANSWERS[key] for key in ("birth_place", "birth_address")}
    dossiers.save_page(another, "birthplace", place, actor=khue, now=clock.now())

    shown = desk.get(f"/nhap/{another}/giay-to").content.decode()
    answer = post(desk, f"/nhap/{another}/giay-to/da-so-hoa?giay={KEY}&ban={kept.evidence_id}")

    assert "Dùng lại bản đã số hóa" in shown
    assert answer.status_code == 303
    view = dossiers.draft(another, khue, now=clock.now())
    assert [p.source for p in view.papers] == ["FROM_STORE"]
    assert view.answers["child_full_name"] == "Lê Minh An"


def test_its_owner_is_offered_it_on_the_phone(khue, draft, notice, tuyet):
    kept = keep(scan_and_read(khue, draft, notice, tuyet), khue)
    own = a_draft(tuyet, tuyet.person_id, source=Source.CITY_APP)

    dossiers.reuse_evidence(own, KEY, kept.evidence_id, actor=tuyet, now=MONDAY_9AM)
    answers = {**ANSWERS, **dossiers.draft(own, tuyet, now=MONDAY_9AM).answers}

    assert answers["child_full_name"] == "Lê Minh An"


def test_nobody_else_is_offered_it(khue, draft, notice, tuyet):
    kept = keep(scan_and_read(khue, draft, notice, tuyet), khue)
    ngan = own_actor(an_officer("ngan"))

    with pytest.raises(DraftNotFound):
        dossiers.reuse_evidence(draft, KEY, kept.evidence_id, actor=ngan, now=MONDAY_9AM)
    assert documents.evidence_for(tuyet.person_id, [KEY], ngan, now=MONDAY_9AM) == ()


def test_the_counter_sends_a_dossier_with_a_paper_another_desk_scanned(khue, notice, tuyet):
    draft = a_draft(khue, tuyet.person_id)
    kept = keep(scan_and_read(khue, draft, notice, tuyet), khue)
    ngan = own_actor(an_officer("ngan"))
    another = a_draft(ngan, tuyet.person_id)
    dossiers.reuse_evidence(another, KEY, kept.evidence_id, actor=ngan, now=MONDAY_9AM)
    fill_all(another, ngan)

    receipt = dossiers.submit_draft(another, actor=ngan, now=MONDAY_9AM)

    papers = dossiers.dossier(receipt.code, ngan, now=MONDAY_9AM).papers
    assert [p.source for p in papers if p.component_key == KEY] == ["FROM_STORE"]


def test_what_is_over_when_it_is_sent_is_refused(khue, notice, tuyet):
    draft = a_draft(khue, tuyet.person_id)
    kept = keep(scan_and_read(khue, draft, notice, tuyet), khue)
    another = a_draft(tuyet, tuyet.person_id, source=Source.CITY_APP)
    dossiers.reuse_evidence(another, KEY, kept.evidence_id, actor=tuyet, now=MONDAY_9AM)
    documents.withdraw_evidence(kept.evidence_id, by=tuyet, now=MONDAY_9AM)
    fill_all(another, tuyet)

    with pytest.raises(ResultNotReusable, match="Giấy chứng sinh"):
        dossiers.submit_draft(another, actor=tuyet, now=MONDAY_9AM)


def fill_all(draft, actor):
    for page in dossiers.draft(draft, actor, now=MONDAY_9AM).version.form.pages:
        keys = {q.key for q in page.questions}
        raw = {key: value for key, value in ANSWERS.items() if key in keys}
        dossiers.save_page(draft, page.key, raw, actor=actor, now=MONDAY_9AM)


def test_a_dossier_is_read_by_who_holds_its_step(tuyet):
    ngan = own_actor(an_officer("ngan"))
    code = a_submitted_birth(tuyet, now=MONDAY_9AM)
    paper = next(
        p for p in dossiers.dossier(code, ngan, now=MONDAY_9AM).papers if p.component_key == KEY
    )

    with pytest.raises(NotYourStep):
        dossiers.read_dossier_paper(code, paper.id, paper.file.id, actor=tuyet, now=MONDAY_9AM)
    asked = dossiers.read_dossier_paper(code, paper.id, paper.file.id, actor=ngan, now=MONDAY_9AM)

    assert documents.reading_by_id(asked.reading_id, ngan, now=MONDAY_9AM).subject == code


def test_the_page_shows_the_place_the_value_and_how_sure(desk, khue, draft, notice, tuyet):
    reading_id = scan_and_read(khue, draft, notice, tuyet, now=clock.now())

    shown = desk.get(f"/ban/bai-doc/{reading_id}").content.decode()

    assert "Máy đề xuất 7 ô, còn 7 ô chờ bạn quyết định" in shown
    assert shown.count('class="reading__mark') == 7
    assert shown.count("reading__mark is-current") == 1
    assert "LÊ MINH AN" not in shown and "Lê Minh An" in shown
    assert "Đọc rõ" in shown
    picture = desk.get(f"/ban/bai-doc/{reading_id}/trang/1")
    assert picture["Content-Type"] == "image/jpeg"
    assert desk.get(f"/ban/bai-doc/{reading_id}/trang/2").status_code == 404


def test_a_decision_leads_to_the_next_field(desk, khue, draft, notice, tuyet):
    reading_id = scan_and_read(khue, draft, notice, tuyet, now=clock.now())
    url = f"/ban/bai-doc/{reading_id}"

    answer = post(desk, url, key="mother_full_name", decision="CONFIRMED")
    wrong = post(desk, url, key="child_born_on", decision="CORRECTED", value="hôm qua")

    assert answer["Location"] == f"{url}?o=mother_personal_number#o-mother_personal_number"
    assert wrong.status_code == 422
    assert "Giá trị này chưa đúng dạng" in wrong.content.decode()
    assert 'value="hôm qua"' in wrong.content.decode()


def test_keeping_is_refused_until_all_is_decided_then_leads_back(desk, khue, draft, notice, tuyet):
    reading_id = scan_and_read(khue, draft, notice, tuyet, now=clock.now())
    url = f"/ban/bai-doc/{reading_id}"

    early = post(desk, f"{url}/luu")
    confirm_all(reading_id, khue)
    done = post(desk, f"{url}/luu")

    assert early.status_code == 422
    assert "Còn ô chưa quyết định" in early.content.decode()
    assert done["Location"] == f"/nhap/{draft}/giay-to"
    assert "Đã lưu những ô được xác nhận" in desk.get(url).content.decode()


def test_somebody_elses_reading_is_not_there(khue, draft, notice, tuyet):
    reading_id = scan_and_read(khue, draft, notice, tuyet, now=clock.now())
    other = signed_in(Client(), an_officer("ngan"))

    assert other.get(f"/ban/bai-doc/{reading_id}").status_code == 404
    assert other.get(f"/ban/bai-doc/{reading_id}/trang/1").status_code == 404
    with pytest.raises(ReadingNotFound):
        dossiers.keep_read_values(reading_id, actor=own_actor(an_officer("bao")), now=clock.now())


def offered(desk, draft) -> str:
    """The address behind the QR that the desk shows now."""
    post(desk, f"/ban/so-hoa/{draft}/dien-thoai?giay={KEY}")
    return newest_handoff()


def photo(width: int = 900):
    file = io.BytesIO(a_photo(width=width))
    file.name = f"trang{width}.jpg"
    return file


def test_a_phone_brings_pages_that_become_one_file_of_the_paper(desk, draft, khue):
    door = offered(desk, draft)
    phone = Client(HTTP_USER_AGENT="Mozilla/5.0 (Android)")
    shown = desk.get(f"/ban/so-hoa/{draft}?giay={KEY}").content.decode()

    place = post(phone, door)["Location"]
    post(phone, place, page=[photo(900), photo(910)])
    pages = phone.get(place).content.decode()
    done = post(phone, f"{place}/xong")

    assert "Mã QR mở trang chụp" in shown and 'hx-trigger="every 4s"' in shown
    assert "Đã có 2 trang" in pages
    assert "Đã gửi cho cán bộ" in phone.get(done["Location"]).content.decode()
    (paper,) = dossiers.draft(draft, khue, now=clock.now()).papers
    assert (paper.source, paper.file.pages) == ("SCANNED", 2)
    assert files_kept() == 1
    assert "Điện thoại đã gửi lúc" in desk.get(f"/ban/so-hoa/{draft}?giay={KEY}").content.decode()


def test_one_phone_opens_it_and_a_second_is_told_so(desk, draft):
    door = offered(desk, draft)
    place = post(Client(), door)["Location"]

    second = Client().get(door)
    stolen = Client().get(f"{door}/{uuid4()}")

    assert second.status_code == 404
    assert "đã hết hạn hoặc đã được dùng" in second.content.decode()
    assert post(Client(), door).status_code == 404
    assert stolen.status_code == 404
    assert Client().get(place).status_code == 200


def test_it_ends_after_ten_minutes_by_a_newer_one_and_with_the_session(desk, draft, khue_account):
    door = offered(desk, draft)
    newer = offered(desk, draft)
    assert Client().get(door).status_code == 404
    assert Client().get(newer).status_code == 200

    ten_minutes_pass(clock.now())
    assert Client().get(newer).status_code == 404

    last = offered(desk, draft)
    assert Client().get(last).status_code == 200
    desk.session.flush()
    assert Client().get(last).status_code == 404


def test_an_invented_address_is_none(small_city):
    for token in ("0" * 64, "x" * 64, "", "a" * 31, "0" * 31 + "%00"):
        assert Client().get(f"/chup/{token}").status_code == 404


def test_what_is_no_picture_is_refused_and_the_rest_stays(desk, draft):
    place = post(Client(), offered(desk, draft))["Location"]
    phone = Client()
    text = io.BytesIO(b"khong phai anh")
    text.name = "a.jpg"

    refused = post(phone, place, page=[text])
    nothing = post(phone, f"{place}/xong")

    assert refused.status_code == 422
    assert nothing.status_code == 422
    assert "chưa chụp trang nào" in nothing.content.decode()


def test_a_page_is_left_out_and_the_same_page_twice_is_one(desk, draft):
    place, phone = post(Client(), offered(desk, draft))["Location"], Client()
    post(phone, place, page=[photo(900)])
    post(phone, place, page=[photo(900)])
    shown = phone.get(place).content.decode()
    (drop,) = re.findall(r'action="(/chup/[^"]+/bo\?trang=[^"]+)"', shown)

    post(phone, drop)

    assert "Đã có 1 trang" in shown
    assert "Đã có 0 trang" in phone.get(place).content.decode()
    assert files_kept() == 0


def test_the_page_of_a_phone_speaks_english_too(desk, draft):
    phone = Client(HTTP_ACCEPT_LANGUAGE="en")

    shown = phone.get(offered(desk, draft)).content.decode()

    assert "Start taking photos" in shown


def test_another_session_of_the_officer_does_not_see_the_code(desk, draft, khue_account):
    offered(desk, draft)
    elsewhere = signed_in(Client(), khue_account)

    shown = elsewhere.get(f"/ban/so-hoa/{draft}?giay={KEY}").content.decode()

    assert "Tạo mã QR" in shown
    assert "Quét mã bằng điện thoại" not in shown
