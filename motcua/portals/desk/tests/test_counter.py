"""The counter: a person without a phone gets the same dossier, and a slip to hold."""

import re
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.contexts.documents.testing import a_pdf
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import PaperSource, Source
from motcua.contexts.dossiers.testing import ANSWERS, BIRTH
from motcua.kernel import clock
from motcua.kernel.forms import visible
from motcua.portals.desk.tests.test_desk import post, text_of

TUYET = {
    "personal_number": "079190999001",
    "full_name": "Nguyễn Thị Ánh Tuyết",
    "born_on.day": "12",
    "born_on.month": "5",
    "born_on.year": "1990",
    "phone": "0900000001",
}


def person_page(ngan) -> str:
    answer = post(ngan, "/quay", **TUYET)
    assert answer.status_code == 303
    return answer["Location"]


def begun(ngan, source: str = "COUNTER") -> UUID:
    answer = post(ngan, f"{person_page(ngan)}/nop", code=BIRTH, source=source)
    if source == Source.ASSISTED:
        answer = post(ngan, answer["Location"], identified="SHOWN", consent="SIGNED")
    return UUID(re.fullmatch(r"/nhap/([0-9a-f-]{36})", answer["Location"])[1])


def filled(draft: UUID, actor) -> None:
    """As the form pages do; the original was shown at the desk."""
    now = clock.now()
    for page in visible(dossiers.draft(draft, actor, now=now).version.form, ANSWERS):
        raw = {q.key: ANSWERS[q.key] for q in page.questions if q.key in ANSWERS}
        assert dossiers.save_page(draft, page.key, raw, actor=actor, now=now).errors == ()
    dossiers.attach_paper(
        draft, "giay_chung_sinh", None, actor=actor, now=now, source=PaperSource.SCANNED
    )


def test_a_person_is_found_or_registered_and_met_again(at_desk):
    ngan = at_desk("ngan")

    first, second = person_page(ngan), person_page(ngan)
    page = text_of(ngan.get(first, {"q": "khai sinh"}))

    assert first == second
    assert "•••••••••001" in page
    assert "079190999001" not in page
    assert re.findall(r'name="source" value="(\w+)"', page) == ["COUNTER", "ASSISTED", "POST"]


def test_what_is_missing_at_the_counter_is_named_and_kept(at_desk):
    answer = post(at_desk("ngan"), "/quay", full_name="Nguyễn Thị Ánh Tuyết")

    page = text_of(answer)
    assert answer.status_code == 422
    assert "Bạn nhập 12 chữ số trên thẻ căn cước." in page
    assert 'value="Nguyễn Thị Ánh Tuyết"' in page


def test_a_wrong_number_is_refused_beside_its_field(at_desk):
    answer = post(at_desk("ngan"), "/quay", **{**TUYET, "personal_number": "12"})

    assert answer.status_code == 422
    assert 'value="12"' in text_of(answer)


@pytest.mark.parametrize("source", [Source.COUNTER, Source.ASSISTED, Source.POST])
def test_a_dossier_of_the_counter_is_sent_received_and_printed(
    at_desk, actor_at, deliveries, source
):
    ngan, actor = at_desk("ngan"), actor_at("ngan")
    draft = begun(ngan, source)
    assert ngan.get(f"/nhap/{draft}").status_code == 200
    filled(draft, actor)

    sent = post(ngan, f"/nhap/{draft}/xem-lai", return_form="COUNTER")
    slip = sent["Location"]
    before = text_of(ngan.get(slip))
    version = re.search(r'name="seen_version" value="(\d+)"', before)[1]
    received = post(ngan, f"{slip}/tiep-nhan", seen_version=version)
    deliveries()
    after = text_of(ngan.get(slip))

    code = slip.rpartition("/")[2]
    assert slip.startswith("/quay/ho-so/")
    assert "CHỜ TIẾP NHẬN" in before
    assert received["Location"] == slip
    assert "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ" in after
    assert "Võ Thị Kim Ngân" in after
    assert "Giấy chứng sinh, đã xem bản chính tại quầy" in after
    assert "/giay-to/tep/" in after
    view = dossiers.desk_view(code, actor, now=clock.now()).dossier
    assert view.source is source
    assert view.receiving_unit.endswith("phường Sài Gòn")


def test_who_is_helped_hears_what_is_read_and_may_say_no(at_desk):
    ngan = at_desk("ngan")
    url = post(ngan, f"{person_page(ngan)}/nop", code=BIRTH, source="ASSISTED")["Location"]

    sheet = text_of(ngan.get(url))
    unsaid = post(ngan, url)
    coded = text_of(ngan.get(post(ngan, f"{url}/ma")["Location"]))
    wrong = post(ngan, url, identified="CARD", consent="CODE", code="000")
    refused = post(ngan, url, identified="CARD", consent="REFUSED")

    assert "PHIẾU ĐỒNG Ý NHỜ NỘP HỒ SƠ" in sheet
    assert "Người khác sẽ giải quyết hồ sơ, không phải tôi." in sheet
    assert "079190999001" not in sheet
    assert (unsaid.status_code, wrong.status_code) == (422, 422)
    assert "Mã 6 chữ số họ đọc" in coded
    assert "Còn 4 lần thử." in text_of(wrong)
    assert refused["Location"] == "/quay"
    assert "không đồng ý" in text_of(ngan.get("/quay"))


def test_the_counter_is_for_receivers(at_desk):
    answer = at_desk("bao").get("/quay")

    assert answer.status_code == 403
    assert "cán bộ tiếp nhận" in text_of(answer)


def test_the_original_is_looked_at_and_handed_back(at_desk, actor_at):
    ngan = at_desk("ngan")
    url = f"/nhap/{begun(ngan)}/giay-to"

    before = text_of(ngan.get(url))
    key = re.search(r'name="original" value="(\w+)"', before)[1]
    post(ngan, url, original=key)
    seen = text_of(ngan.get(url))
    post(ngan, url, original=key)

    assert "Đăng ký khai sinh, cho Nguyễn Thị Ánh Tuyết" in before
    assert "Đã xem bản chính, trả lại" in before
    assert "Chưa xem bản chính" in seen
    assert text_of(ngan.get(url)).count("Đã xem bản chính, trả lại") == before.count(
        "Đã xem bản chính, trả lại"
    )


def test_what_is_scanned_at_the_counter_says_so(at_desk, actor_at):
    ngan, actor = at_desk("ngan"), actor_at("ngan")
    draft = begun(ngan)
    scan = SimpleUploadedFile("quet.pdf", a_pdf(), content_type="application/pdf")

    post(ngan, f"/nhap/{draft}/giay-to", giay_chung_sinh=scan)

    papers = dossiers.draft(draft, actor, now=clock.now()).papers
    assert [(p.component_key, p.source) for p in papers] == [
        ("giay_chung_sinh", PaperSource.SCANNED)
    ]


def test_a_form_filled_for_somebody_leads_back_to_them_at_the_counter(at_desk):
    ngan = at_desk("ngan")
    who = person_page(ngan)

    page = text_of(ngan.get(f"/nhap/{begun(ngan)}"))

    assert f'<a href="{who}">Tiếp nhận tại quầy</a>' in page
    assert 'href="/quay"' in page
    assert "Hồ sơ của tôi" not in page
    assert "Công dân số</" not in page
    assert 'href="/quay"' not in text_of(at_desk("bao").get("/thu-tuc"))
