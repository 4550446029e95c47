"""The desk through the browser's door: what an officer sees, does, and is refused."""

import csv
import io
import itertools
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.contexts.documents import public as documents
from motcua.contexts.documents.testing import a_pdf
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import NationalStatus
from motcua.contexts.dossiers.testing import a_submitted_birth
from motcua.contexts.identity.testing import a_citizen_account, signed_in
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.testing import SAI_GON, acting, the_officer
from motcua.kernel import clock
from motcua.kernel.clock import city_date
from motcua.ui.exporting import harmless

KEYS = itertools.count()


def text_of(answer) -> str:
    return answer.content.decode().replace("\u00a0", " ")


def seen(client, code: str) -> str:
    page = text_of(client.get(f"/ban/ho-so/{code}"))
    return re.search(r'name="seen_version" value="(\d+)"', page)[1]


def post(client, url: str, key: str = "", **data):
    return client.post(url, {"idempotency_key": key or f"key-{next(KEYS)}", **data})


def act(client, code: str, action: str, **data):
    page = text_of(client.get(f"/ban/ho-so/{code}/lam/{action}"))
    version = re.search(r'name="seen_version" value="(\d+)"', page)[1]
    return post(client, f"/ban/ho-so/{code}/lam/{action}", seen_version=version, **data)


def status(code: str, tuyet) -> NationalStatus:
    return dossiers.dossier(code, tuyet, now=clock.now()).status


def assigned(at_desk, code: str) -> None:
    act(at_desk("khue"), code, "receive")
    act(at_desk("nghia"), code, "assign", assignee=str(the_officer("bao").id))


def test_the_inbox_lists_what_waits_for_my_posts(at_desk, submitted):
    code = submitted()

    page = text_of(at_desk("khue").get("/ban"))

    assert f"/ban/ho-so/{code}" in page
    assert "Nguyễn Thị Ánh Tuyết" in page
    assert f"/ban/ho-so/{code}" not in text_of(at_desk("ngan").get("/ban"))


def test_a_birth_goes_over_the_desks_by_clicks_alone(at_desk, submitted, tuyet, deliveries):
    code = submitted()
    assigned(at_desk, code)
    act(at_desk("bao"), code, "propose")
    act(at_desk("nghia"), code, "approve")
    act(at_desk("van"), code, "sign")
    issued = act(at_desk("ha"), code, "issue")
    deliveries()
    act(at_desk("khue"), code, "return_result")

    assert issued.status_code == 303
    assert status(code, tuyet) is NationalStatus.RETURNED
    for tab in ("", "?muc=trao-doi", "?muc=y-kien", "?muc=van-ban", "?muc=lich-su"):
        assert at_desk("khue").get(f"/ban/ho-so/{code}{tab}").status_code == 200


def test_after_an_action_comes_the_next_dossier_with_a_message(at_desk, submitted):
    first, second = submitted(), submitted()

    answer = act(at_desk("khue"), first, "receive")
    page = at_desk("khue").get(answer["Location"])

    assert answer["Location"] == f"/ban/ho-so/{second}"
    assert f"Đã ghi: Tiếp nhận. Hồ sơ {first}" in text_of(page)


def test_going_on_can_be_switched_off(at_desk, submitted):
    first, _ = submitted(), submitted()
    post(at_desk("khue"), "/ban/lam-tiep", bat="0")

    assert act(at_desk("khue"), first, "receive")["Location"] == f"/ban/ho-so/{first}"


def test_the_supplement_request_writes_itself_from_failed_papers(
    at_desk, submitted, tuyet, deliveries
):
    code, bao = submitted(), at_desk("bao")
    assigned(at_desk, code)
    papers = dossiers.dossier(code, tuyet, now=clock.now()).papers
    paper = next(p for p in papers if p.component_key == "giay_chung_sinh")
    post(bao, f"/ban/ho-so/{code}/giay-to/{paper.id}", verdict="FAILED")

    form = text_of(bao.get(f"/ban/ho-so/{code}/lam/supplement"))
    answer = act(
        bao,
        code,
        "supplement",
        **{
            "item.0.about": "giay:giay_chung_sinh",
            "item.0.reason": "unclear_photo",
            "answer_by.day": "30",
            "answer_by.month": "12",
            "answer_by.year": "2026",
        },
    )

    assert "Ảnh giấy chứng sinh không đọc được." in form
    assert "Chụp lại nơi đủ sáng, thấy cả bốn góc." in form
    assert answer.status_code == 303
    asked = dossiers.dossier(code, tuyet, now=clock.now()).open_supplement
    assert asked.items[0].what == "Giấy chứng sinh"
    assert asked.items[0].how == "Chụp lại nơi đủ sáng, thấy cả bốn góc."
    assert asked.answer_by.day == 30


def test_nothing_typed_is_lost_when_an_action_is_refused(at_desk, submitted):
    code, bao = submitted(), at_desk("bao")
    assigned(at_desk, code)

    answer = act(
        bao,
        code,
        "supplement",
        **{"item.0.what": "Trang hai", "item.0.article": "Điều 16", "item.0.why": "Mờ"},
    )

    page = text_of(answer)
    assert answer.status_code == 422
    assert "Bạn chọn giấy tờ hoặc câu hỏi mà điểm này nói đến." in page
    assert 'href="#q-items-0-about"' in page
    assert 'value="Trang hai"' in page
    assert 'value="Điều 16"' in page


def test_a_row_can_be_added_without_script(at_desk, submitted):
    code, bao = submitted(), at_desk("bao")
    assigned(at_desk, code)

    page = text_of(act(bao, code, "supplement", add="1", **{"item.0.why": "Mờ"}))

    assert ">Mờ</textarea>" in page
    assert 'name="item.1.why"' in page


def test_the_letter_is_read_before_it_goes(at_desk, submitted, tuyet):
    code, bao = submitted(), at_desk("bao")
    assigned(at_desk, code)
    row = {"item.0.about": "giay:giay_chung_sinh", "item.0.reason": "unreadable"}

    lacking = act(bao, code, "supplement", preview="1", **{"item.0.reason": "unreadable"})
    page = text_of(act(bao, code, "supplement", preview="1", **row))

    assert lacking.status_code == 422
    assert "Thư sẽ gửi, chưa gửi" in page
    assert "Bạn chụp lại thẳng góc, đủ sáng, thấy cả bốn mép." in page
    assert status(code, tuyet) is not NationalStatus.SUPPLEMENT_ASKED
    assert act(bao, code, "supplement", **row).status_code == 303


def test_a_reason_is_demanded_in_words(at_desk, submitted, tuyet):
    code = submitted()

    refused = act(at_desk("khue"), code, "decline")
    row = {"item.0.about": "cau:child_full_name", "item.0.reason": "already_registered"}
    done = act(at_desk("khue"), code, "decline", **row)

    assert refused.status_code == 422
    assert "Bạn ghi ít nhất một điểm chưa đạt" in text_of(refused)
    assert done.status_code == 303
    assert status(code, tuyet) is NationalStatus.NOT_RECEIVED


def test_two_units_are_asked_and_one_answers(at_desk, submitted, tuyet):
    code, bao = submitted(), at_desk("bao")
    assigned(at_desk, code)
    form = text_of(bao.get(f"/ban/ho-so/{code}/lam/consult"))
    units = re.findall(r'name="unit" value="([0-9a-f-]{36})"', form)
    linh_unit = next(
        str(p.unit_id)
        for p in organisations.posts_of(the_officer("linh").id, city_date(clock.now()))
        if str(p.unit_id) in units
    )
    other = next(unit for unit in units if unit != linh_unit)

    asked = act(
        bao, code, "consult", unit=[linh_unit, other], question="Có vướng gì?", answer_hours="8"
    )
    linh = at_desk("linh")
    page = text_of(linh.get(f"/ban/ho-so/{code}/y-kien"))
    opinion = re.search(r'name="opinion" value="([0-9a-f-]{36})"', page)[1]
    empty = post(linh, f"/ban/ho-so/{code}/y-kien", opinion=opinion, text="Không vướng")
    answer = post(
        linh, f"/ban/ho-so/{code}/y-kien", opinion=opinion, verdict="AGREE", text="Không vướng"
    )

    assert asked.status_code == 303
    assert "Có vướng gì?" in page
    assert empty.status_code == 422
    assert "Không vướng" in text_of(empty)
    assert answer.status_code == 303
    assert "Đồng ý" in text_of(bao.get(f"/ban/ho-so/{code}?muc=y-kien"))


def test_the_same_form_sent_twice_has_one_effect(at_desk, submitted, tuyet):
    code, khue = submitted(), at_desk("khue")
    version = seen(khue, code)

    first = post(khue, f"/ban/ho-so/{code}/lam/receive", key="same", seen_version=version)
    second = post(khue, f"/ban/ho-so/{code}/lam/receive", key="same", seen_version=version)

    assert (first.status_code, second.status_code) == (303, 303)
    khue_as_actor = acting("khue", city_date(clock.now()))
    events = dossiers.desk_view(code, khue_as_actor, now=clock.now()).dossier.events
    assert [event.action for event in events].count("receive") == 1


def test_of_two_officers_the_second_is_told_and_keeps_what_was_typed(at_desk, submitted):
    code, khue = submitted(), at_desk("khue")
    version = seen(khue, code)
    act(khue, code, "receive")

    answer = post(
        khue,
        f"/ban/ho-so/{code}/lam/decline",
        seen_version=version,
        reason="Trẻ đã có giấy khai sinh ở nơi khác.",
    )

    page = text_of(answer)
    assert answer.status_code == 409
    assert "Hồ sơ này vừa được Trần Minh Khuê xử lý lúc" in page
    assert "Trẻ đã có giấy khai sinh ở nơi khác." in page
    assert "Bạn đã nhập, chưa được ghi" in page


def test_a_wrong_role_is_refused_and_told_whose_step_it_is(at_desk, submitted):
    code = submitted()
    assigned(at_desk, code)
    khue = at_desk("khue")

    view = text_of(khue.get(f"/ban/ho-so/{code}/lam/propose"))
    answer = post(khue, f"/ban/ho-so/{code}/lam/propose", seen_version="3")

    assert "Lê Quốc Bảo, chuyên viên thụ lý" in view
    assert answer.status_code in {403, 409}
    assert "Lê Quốc Bảo" in text_of(answer)


def test_a_citizen_is_told_that_the_desk_is_for_officers(client, small_city):
    signed_in(client, a_citizen_account())

    answer = client.get("/ban")

    assert answer.status_code == 403
    assert "Việc này dành cho" in text_of(answer)
    assert client.get("/ban/xuat.csv").status_code == 403


def test_a_dossier_of_other_units_does_not_exist(at_desk, submitted):
    code = submitted()

    answer = at_desk("phat").get(f"/ban/ho-so/{code}")

    assert answer.status_code == 404
    assert post(at_desk("phat"), f"/ban/ho-so/{code}/nhan-tin", text="Xin chào").status_code == 404


def test_search_opens_the_one_dossier_and_hides_foreign_ones(at_desk, submitted):
    code = submitted()

    found = at_desk("khue").post("/ban/tim", {"q": code})
    by_number = at_desk("khue").post("/ban/tim", {"q": "079190999001", "purpose": "COUNTER"})
    foreign = text_of(at_desk("phat").post("/ban/tim", {"q": code}))
    in_the_address = text_of(at_desk("khue").get("/ban/tim?q=079190999001"))

    assert found["Location"] == f"/ban/ho-so/{code}"
    assert by_number["Location"] == f"/ban/ho-so/{code}"
    assert "Không có hồ sơ nào khớp" in foreign
    assert code not in in_the_address


def test_an_officer_writes_to_the_applicant_and_an_empty_message_is_refused(
    at_desk, submitted, tuyet
):
    code, khue = submitted(), at_desk("khue")

    sent = post(khue, f"/ban/ho-so/{code}/nhan-tin", text="Mời chị xem lại ngày sinh.")
    empty = post(khue, f"/ban/ho-so/{code}/nhan-tin", text=" ")

    assert sent.status_code == 303
    assert "Mời chị xem lại ngày sinh." in text_of(khue.get(f"/ban/ho-so/{code}?muc=trao-doi"))
    assert empty.status_code == 422
    dossiers.send_message(code, "Đúng rồi ạ.", actor=tuyet, now=clock.now())
    assert "Người nộp chờ trả lời" in text_of(khue.get("/ban"))


def test_a_file_in_a_message_is_opened_by_who_may_see_the_dossier(at_desk, submitted, tuyet):
    code, now = submitted(), clock.now()
    file = documents.keep_upload(io.BytesIO(a_pdf()), filename="anh.pdf", by=tuyet, now=now)
    dossiers.send_message(code, "Tôi gửi thêm ạ.", (file.id,), actor=tuyet, now=now)
    address = f"/giay-to/tep/{file.id}"

    assert address in text_of(at_desk("khue").get(f"/ban/ho-so/{code}?muc=trao-doi"))
    assert at_desk("khue").get(address).status_code == 200
    assert at_desk("quynh").get(address).status_code == 404


def test_claiming_is_for_one(at_desk, submitted):
    code, khue = submitted(), at_desk("khue")

    assert post(khue, f"/ban/ho-so/{code}/nhan-viec").status_code == 303

    assert code in text_of(khue.get("/ban?cua-toi=1"))
    assert "Bước này đang ở Trần Minh Khuê" in text_of(khue.get(f"/ban/ho-so/{code}"))


def test_the_signer_apologises_and_sets_one_new_date(at_desk, submitted, tuyet):
    code = submitted()
    assigned(at_desk, code)
    van = at_desk("van")
    url = f"/ban/ho-so/{code}/hen-lai"
    day = {"new_due.day": "30", "new_due.month": "12", "new_due.year": "2026"}

    form = van.get(url)
    refused = post(van, url, **day)
    done = post(van, url, reason="Chờ xác minh nơi sinh", **day)

    assert form.status_code == 200
    assert refused.status_code == 422
    assert 'value="30"' in text_of(refused)
    assert done.status_code == 303
    assert dossiers.dossier(code, tuyet, now=clock.now()).clock.extended
    assert "Bạn không làm thao tác này được lúc này" in text_of(van.get(url))


@pytest.mark.parametrize("cell", ["=1+1", "+84", "-1", "@SUM(A1)", "\tx", " =1", "\0=1", "＝1"])
def test_no_cell_of_the_export_runs(cell):
    assert harmless(cell) == f"'{cell}"


def test_the_export_holds_what_the_list_holds(at_desk, submitted):
    codes = {submitted() for _ in range(3)}

    answer = at_desk("khue").get("/ban/xuat.csv")
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))

    assert rows[0][0] == "Mã hồ sơ"
    assert {row[0] for row in rows[1:]} == codes
    assert at_desk("ngan").get("/ban/xuat.csv").getvalue().decode().count("\n") == 1


def queries_of(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as sent:
        assert client.get(url).status_code == 200
    return len(sent)


def test_the_inbox_costs_the_same_with_many_dossiers(at_desk, submitted):
    khue = at_desk("khue")
    code, *_ = [submitted() for _ in range(5)]
    few, one = queries_of(khue, "/ban"), queries_of(khue, f"/ban/ho-so/{code}")
    for _ in range(45):
        submitted()

    assert queries_of(khue, "/ban") == few <= 17
    assert queries_of(khue, f"/ban/ho-so/{code}") == one <= 40


def test_pages_of_the_list_go_there_and_back(at_desk, submitted, monkeypatch):
    khue = at_desk("khue")
    codes = [submitted() for _ in range(53)]

    first = text_of(khue.get("/ban"))
    older = re.search(r'href="(/ban\?sau=[^"]+)"', first)[1]
    second = text_of(khue.get(older))
    newer = re.search(r'href="(/ban\?truoc=[^"]+)"', second)[1]

    assert sum(code in first for code in codes) == 50
    assert sum(code in second for code in codes) == 3
    assert sum(code in text_of(khue.get(newer)) for code in codes) == 50
    assert khue.get("/ban?sau=rubbish&vai=NOBODY&don-vi=x").status_code == 200


def test_ticked_dossiers_are_claimed_and_one_taken_stops_no_other(at_desk, submitted):
    codes, khue = [submitted() for _ in range(3)], at_desk("khue")

    post(khue, "/ban/nhan-viec", case=codes[:2])

    page = text_of(khue.get("/ban?cua-toi=1"))
    assert [code in page for code in codes] == [True, True, False]
    assert "Bạn đã nhận 2 hồ sơ." in page


def test_the_history_speaks_the_words_of_the_approved_table(at_desk, submitted):
    code = submitted()
    assigned(at_desk, code)

    officer = at_desk("bao")
    page = text_of(officer.get(f"/ban/ho-so/{code}?muc=lich-su"))
    why = text_of(officer.get(f"/vi-sao?trang=/ban/ho-so/{code}"))

    assert re.search(r"Nộp hồ sơ.*Tiếp nhận.*Trần Minh Khuê.*Phân công.*Phạm Hữu Nghĩa", page, re.S)
    assert "Vì sao tôi thấy hồ sơ này?" in page
    assert "Đơn vị của bạn giải quyết hồ sơ này." in why
    assert "Phiếu kiểm soát" in page


FORM = re.compile(r'<form[^>]*method="post".*?</form>', re.S)


@pytest.mark.parametrize(
    "url", ["/ban", "{}", "{}/lam/supplement", "{}/lam/consult", "{}?muc=trao-doi", "/ban/vang-mat"]
)
def test_every_form_proves_where_it_comes_from_and_is_unrepeated(at_desk, submitted, url):
    code, bao = submitted(), at_desk("bao")
    assigned(at_desk, code)

    forms = FORM.findall(text_of(bao.get(url.format(f"/ban/ho-so/{code}"))))

    assert forms
    for form in forms:
        assert re.search(r'name="csrfmiddlewaretoken" value="\w{20,}"', form), form[:200]
        assert re.search(r'name="idempotency_key" value="[\w-]{20,}"', form), form[:200]


def test_borderless_is_said_only_of_a_desk_of_another_commune(at_desk, submitted, tuyet):
    elsewhere = submitted()
    at_home = a_submitted_birth(tuyet, now=clock.now(), desk_ward=SAI_GON)

    far = text_of(at_desk("khue").get(f"/ban/ho-so/{elsewhere}"))
    near = text_of(at_desk("ngan").get(f"/ban/ho-so/{at_home}"))

    assert "Tiếp nhận phi địa giới: Ủy ban nhân dân phường Sài Gòn giải quyết hồ sơ này." in far
    assert "phi địa giới" not in near


def test_the_form_of_an_action_is_where_the_page_begins_to_be_read(at_desk, submitted):
    code, khue = submitted(), at_desk("khue")

    asked = text_of(khue.get(f"/ban/ho-so/{code}/lam/decline"))
    refused = text_of(act(khue, code, "supplement"))

    focused = re.compile(r"<section[^>]*data-focus[^>]*>")
    assert ['id="bieu-mau"' in found for found in focused.findall(asked)] == [True]
    assert ['class="errors"' in found for found in focused.findall(refused)] == [True]


def test_an_assignment_names_somebody(at_desk, submitted):
    code = submitted()
    act(at_desk("khue"), code, "receive")

    nobody = act(at_desk("nghia"), code, "assign")
    stranger = act(at_desk("nghia"), code, "assign", assignee=str(the_officer("phat").id))

    for answer in (nobody, stranger):
        assert answer.status_code == 422
        assert 'href="#q-assignee"' in text_of(answer)
    assert "Bạn chọn người được giao." in text_of(nobody)


def test_who_waits_for_opinions_is_told_for_whom_and_until_when(at_desk, submitted):
    code, bao = submitted(), at_desk("bao")
    assigned(at_desk, code)
    form = text_of(bao.get(f"/ban/ho-so/{code}/lam/consult"))
    unit = re.search(r'name="unit" value="([0-9a-f-]{36})"', form)[1]
    hours = [int(h) for h in re.findall(r'name="answer_hours" value="(\d+)"', form)]
    act(bao, code, "consult", unit=[unit], question="Có vướng gì?", answer_hours="8")

    page = text_of(bao.get(f"/ban/ho-so/{code}"))

    assert hours == sorted(hours)
    assert "Đang chờ ý kiến: Phòng " in page
    assert "Quá giờ đó, đơn vị chưa trả lời coi như đồng ý." in page


def test_who_waits_for_the_applicant_is_told_so(at_desk, submitted):
    code, bao = submitted(), at_desk("bao")
    assigned(at_desk, code)
    row = {"item.0.about": "giay:giay_chung_sinh", "item.0.reason": "unreadable"}
    act(bao, code, "supplement", **row)

    page = text_of(bao.get(f"/ban/ho-so/{code}"))

    assert "Đang chờ người nộp gửi thêm." in page
    assert "Đồng hồ dừng. Bước này đi tiếp khi họ gửi đủ." in page


def test_a_returned_step_goes_to_whoever_did_it(at_desk, submitted):
    code = submitted()
    assigned(at_desk, code)
    act(at_desk("bao"), code, "propose")

    offered = text_of(at_desk("nghia").get(f"/ban/ho-so/{code}"))
    back = re.search(rf"/ban/ho-so/{code}/lam/(return\w*)", offered)[1]
    answer = act(at_desk("nghia"), code, back, return_for="noi", reason="Giao nhầm.")

    assert answer.status_code == 303
    assert code in text_of(at_desk("bao").get("/ban?cua-toi=1"))
    assert "Bước này đang ở Lê Quốc Bảo" in text_of(at_desk("bao").get(f"/ban/ho-so/{code}"))


def test_papers_stand_in_the_order_of_the_procedure(at_desk, submitted, tuyet):
    views = [dossiers.dossier(submitted(), tuyet, now=clock.now()) for _ in range(4)]

    for view in views:
        ours = [paper.component_key for paper in view.papers]
        assert ours == [c.key for c in view.version.components if c.key in ours]
