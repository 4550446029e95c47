"""A visit to the place: planned, noted on a phone, closed with signed minutes; two who differ."""

import itertools
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.contexts.casework import public as casework
from motcua.contexts.documents import public as documents
from motcua.contexts.documents.testing import a_pdf, a_photo
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.identity.testing import a_citizen_account, signed_in
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel import clock
from motcua.kernel.clock import city_time
from motcua.kernel.models import LedgerLeaf

KEYS = itertools.count()
PLACE = "12 Nguyễn Huệ, phường Bến Thành"
LINES = "Nhà có người ở\nSố nhà đúng giấy tờ"


def text_of(answer) -> str:
    return answer.content.decode().replace("\u00a0", " ")


def post(client, url: str, **data):
    return client.post(url, {"idempotency_key": f"visit-{next(KEYS)}", **data})


def act(client, code: str, action: str, **data):
    page = text_of(client.get(f"/ban/ho-so/{code}/lam/{action}"))
    version = re.search(r'name="seen_version" value="(\d+)"', page)[1]
    return post(client, f"/ban/ho-so/{code}/lam/{action}", seen_version=version, **data)


@pytest.fixture
def code(at_desk, submitted) -> str:
    """With Bảo, who appraises it."""
    code = submitted()
    act(at_desk("khue"), code, "receive")
    act(at_desk("nghia"), code, "assign", assignee=str(the_officer("bao").id))
    return code


def planned(days: int = 1, **more):
    at = city_time(clock.now() + timedelta(days=days))
    return {
        "starts_on.day": at.day,
        "starts_on.month": at.month,
        "starts_on.year": at.year,
        "starts_time": "8h30",
        "place": PLACE,
        "visitors": str(the_officer("bao").id),
        "lines": LINES,
        **more,
    }


def plan(client, code: str, **more):
    return post(client, f"/ban/ho-so/{code}/thuc-dia", **planned(**more))


def the_visit(client) -> str:
    return re.search(r"/ban/thuc-dia/[0-9a-f-]{36}", text_of(client.get("/ban/thuc-dia")))[0]


def hidden(page: str, form: str) -> dict[str, str]:
    """The hidden fields of the form that goes to this address, apart from its keys."""
    inside = re.search(rf'action="{form}".*?</form>', page, re.DOTALL)[0]
    found = dict(re.findall(r'type="hidden" name="([\w.]+)" value="([^"]*)"', inside))
    return {name: said for name, said in found.items() if "token" not in name}


def answered(client, visit: str, page: str, **said: str):
    kept = {k: v for k, v in hidden(page, f"{visit}/ghi").items() if k != "idempotency_key"}
    return post(client, f"{visit}/ghi", **kept, **said)


ALL = {"mark.l1": "FITS", "text.l1": "Có chủ nhà", "mark.l2": "NOT_SEEN", "text.l2": ""}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"starts_on.day": "45"}, "Bạn ghi ngày theo thứ tự"),
        ({"starts_time": "25:00"}, "Bạn ghi giờ đến"),
        ({"days": -1}, "Bạn chọn giờ đến sau lúc này"),
        ({"place": " "}, "Bạn ghi nơi đến"),
        ({"visitors": ""}, "Bạn chọn ít nhất một người đi"),
        ({"lines": ""}, "Bạn ghi ít nhất một điều cần xem"),
    ],
)
def test_a_visit_is_planned_whole_or_not_at_all(at_desk, code, wrong, words):
    bao = at_desk("bao")

    refused = plan(bao, code, **wrong)

    assert (refused.status_code, words in text_of(refused)) == (422, True)
    assert PLACE in text_of(refused) or "place" in wrong
    assert "Chưa hẹn buổi xác minh nào" in text_of(bao.get("/ban/thuc-dia"))


def test_only_who_holds_the_step_or_their_head_plans(at_desk, code, submitted):
    refused = plan(at_desk("khue"), code)
    early = plan(at_desk("khue"), submitted())
    by_head = plan(at_desk("nghia"), code)
    twice = plan(at_desk("bao"), code, place="Nơi khác")

    assert (refused.status_code, early.status_code) == (403, 409)
    assert by_head.status_code == 303
    assert twice.status_code == 303
    assert "Nơi khác" in text_of(at_desk("bao").get("/ban/thuc-dia"))


def test_the_applicant_is_told_and_may_say_it_does_not_suit(at_desk, code, tuyet, deliveries):
    bao, mine = at_desk("bao"), signed_in(type(at_desk("bao"))(), a_citizen_account())
    due = casework.case(code).due_at
    plan(bao, code)
    deliveries()
    tracker = text_of(mine.get(f"/ho-so/{code}"))
    url = re.search(rf"/ho-so/{code}/xac-minh/[0-9a-f-]+", tracker)[0]

    empty = post(mine, url, unsuited="\u200b")
    said = post(mine, url, unsuited="Tôi đi làm, chiều mới về.")
    deliveries()

    assert PLACE in tracker
    assert "Cán bộ sẽ đến xác minh" in text_of(mine.get("/thong-bao"))
    assert (empty.status_code, said.status_code) == (422, 303)
    assert "chiều mới về" in text_of(mine.get(f"/ho-so/{code}"))
    assert "Người nộp không tiện giờ xác minh" in text_of(bao.get("/thong-bao"))
    assert "chiều mới về" in text_of(bao.get(the_visit(bao)))
    assert casework.case(code).due_at == due


def test_minutes_wait_for_every_line_and_a_finding(at_desk, code):
    bao = at_desk("bao")
    plan(bao, code)
    visit = the_visit(bao)

    early = post(bao, f"{visit}/chot", finding="Đúng thực tế.")
    answered(bao, visit, text_of(bao.get(visit)), **ALL)
    unsaid = post(bao, f"{visit}/chot", finding=" ")
    nothing = answered(bao, visit, text_of(bao.get(visit)))

    assert (early.status_code, unsaid.status_code, nothing.status_code) == (409, 422, 422)
    assert "Còn điều cần xem chưa ghi" in text_of(early)
    assert "Đúng thực tế." in text_of(early)


def test_a_visit_ends_in_signed_minutes_that_the_applicant_reads(at_desk, code, tuyet):
    bao = at_desk("bao")
    plan(bao, code, companions="Công an phường")
    visit = the_visit(bao)
    page = text_of(bao.get(visit))
    answered(bao, visit, page, **ALL)
    photo = SimpleUploadedFile("nha.jpg", a_photo(), content_type="image/jpeg")
    spot = {"lat": "10.7769", "lng": "106.7009", "accuracy": "12", "place": "trước nhà"}
    kept = hidden(page, f"{visit}/anh")["id"]
    post(bao, f"{visit}/anh", id=kept, photo=photo, text="Mặt tiền", **spot)
    someone = hidden(page, f"{visit}/nguoi")["id"]
    post(bao, f"{visit}/nguoi", id=someone, name="Trần Văn Ba", capacity="Tổ trưởng")
    shown = text_of(bao.get(visit))

    closed = post(bao, f"{visit}/chot", finding="Đúng thực tế.")
    late = answered(bao, visit, shown, **(ALL | {"mark.l2": "FITS"}))

    assert "10.77690, 106.70090, sai số 12 m; trước nhà" in shown
    assert "Trần Văn Ba" in shown
    assert closed.status_code == 303
    assert late.status_code == 303
    (issued,) = [one for one in dossiers.dossier(code, tuyet, now=clock.now()).issued
                 if one.kind == "MINUTES"]  # fmt: skip
    assert documents.verify_pdf(documents.read_file(issued.file_id)).status == "VALID"
    assert LedgerLeaf.objects.filter(action="dossiers.visit_closed", subject=code).count() == 1


def test_only_pictures_come_as_photos_and_nobody_nameless_was_there(at_desk, code):
    bao = at_desk("bao")
    plan(bao, code)
    visit = the_visit(bao)
    page = text_of(bao.get(visit))
    kept = hidden(page, f"{visit}/anh")["id"]
    paper = SimpleUploadedFile("a.pdf", a_pdf(), content_type="application/pdf")

    without = post(bao, f"{visit}/anh", id=kept)
    wrong = post(bao, f"{visit}/anh", id=kept, photo=paper)
    nameless = post(bao, f"{visit}/nguoi", id=kept, name=" ")

    assert [one.status_code for one in (without, wrong, nameless)] == [422, 422, 422]
    assert "Chưa có ảnh." in text_of(bao.get(visit))


def test_what_a_colleague_noted_meanwhile_is_chosen_field_by_field(at_desk, code):
    bao, nghia = at_desk("bao"), at_desk("nghia")
    plan(bao, code)
    visit = the_visit(bao)
    seen_by_both = text_of(bao.get(visit))
    answered(nghia, visit, text_of(nghia.get(visit)), **ALL)

    other = answered(bao, visit, seen_by_both, **(ALL | {"mark.l1": "DIFFERS"}))
    page = text_of(bao.get(other["Location"]))
    blocked = post(bao, f"{visit}/chot", finding="Đúng thực tế.")
    note = re.search(r'name="note" value="([^"]+)"', page)[1]
    unsaid = post(bao, f"{visit}/doi-chieu", note=note)
    taken = post(bao, f"{visit}/doi-chieu", note=note, choice="take")
    again = post(bao, f"{visit}/doi-chieu", note=note, choice="leave")

    assert "khác bản đồng nghiệp ghi" in page
    assert "Bản ở máy chủ" in page
    assert [one.status_code for one in (blocked, unsaid, taken, again)] == [409, 422, 303, 409]
    settled = text_of(bao.get(visit))
    assert 'name="mark.l1" value="DIFFERS" checked' in settled
    assert "Bản ghi khác, còn lưu" in settled


def test_a_cancelled_visit_takes_no_notes(at_desk, code):
    bao = at_desk("bao")
    plan(bao, code)
    visit = the_visit(bao)
    page = text_of(bao.get(visit))

    unsaid = post(bao, f"{visit}/huy", reason="")
    done = post(bao, f"{visit}/huy", reason="Người nộp đã gửi ảnh.")
    late = answered(bao, visit, page, **ALL)
    anew = plan(bao, code, days=2)

    assert [one.status_code for one in (unsaid, done, late, anew)] == [422, 303, 409, 303]


def test_another_unit_sees_no_visit(at_desk, code):
    plan(at_desk("bao"), code)
    visit = the_visit(at_desk("bao"))

    strangers = [at_desk(name).get(visit).status_code for name in ("khue", "thanh")]

    assert strangers == [404, 404]
