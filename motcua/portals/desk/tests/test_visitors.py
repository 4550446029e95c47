"""Who stands at the desk: mandates on paper, filing under one, numbers; never for who is absent."""

from datetime import date
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import FileNotFound
from motcua.contexts.documents.testing import a_pdf
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.models import Dossier, Draft
from motcua.contexts.dossiers.testing import BIRTH
from motcua.contexts.identity import public as identity
from motcua.contexts.identity.models import Mandate
from motcua.contexts.identity.testing import a_mandate, a_person
from motcua.kernel import clock
from motcua.kernel.actors import Act, MandateKind
from motcua.kernel.testing import citizen
from motcua.portals.desk.tests.test_counter import filled, person_page
from motcua.portals.desk.tests.test_desk import post, text_of

KHOA = {"name": "Lê Minh Khoa", "number": "079188999002", "born_on.day": "2", "born_on.month": "3",
        "born_on.year": "1988"}  # fmt: skip
PAPER = {"kind": "HELPER", "acts": ["DRAFT", "SUBMIT"], "evidence": "Văn bản ủy quyền số 12"}


def a_scan(name: str = "uy-quyen.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, a_pdf("giấy ủy quyền"))


@pytest.fixture
def khoa(small_city) -> UUID:
    return a_person("Lê Minh Khoa", personal_number="079188999002", born_on=date(1988, 3, 2)).id


def entered(ngan, page: str, **other) -> object:
    return post(ngan, f"{page}/uy-quyen", **(KHOA | PAPER | {"file": a_scan()} | other))


def begun(ngan, page: str, mandate: object) -> UUID:
    answer = post(ngan, f"{page}/nop", code=BIRTH, source="COUNTER", mandate=str(mandate))
    return UUID(answer["Location"].rpartition("/")[2])


def test_nothing_opens_for_whom_the_desk_has_not_found(at_desk, khoa):
    ngan = at_desk("ngan")
    mandate = a_mandate(khoa, a_person().id, now=clock.now())
    page = f"/quay/nguoi/{khoa}"

    assert ngan.get(f"{page}/uy-quyen").status_code == 403
    assert ngan.get(f"{page}/so-dinh-danh").status_code == 403
    assert entered(ngan, page).status_code == 403
    assert post(ngan, f"{page}/uy-quyen/{mandate}/thu-hoi").status_code == 403
    assert Mandate.objects.get().revoked_at is None


def test_a_paper_without_its_scan_is_refused_and_nothing_typed_is_lost(at_desk, khoa):
    ngan = at_desk("ngan")
    page = person_page(ngan)

    answer = post(ngan, f"{page}/uy-quyen", **(KHOA | PAPER))

    assert answer.status_code == 422
    assert "Bạn quét giấy đã xem" in text_of(answer)
    assert 'value="Văn bản ủy quyền số 12"' in text_of(answer)
    assert not Mandate.objects.exists()
    for lacking in ({"kind": ""}, {"name": " "}, {"number": ""}, {"until.day": "3"}):
        assert entered(ngan, page, **lacking).status_code == 422


def test_a_paper_lets_the_person_at_the_desk_act_for_another(at_desk, khoa):
    ngan = at_desk("ngan")
    page = person_page(ngan)

    assert entered(ngan, page).status_code == 303

    mandate = Mandate.objects.get()
    assert (mandate.principal_id, str(mandate.representative_id)) == (khoa, page.rpartition("/")[2])
    shown = text_of(ngan.get(f"{page}/uy-quyen"))
    assert "giấy tờ cán bộ đã xem: Văn bản ủy quyền số 12" in shown
    found = text_of(ngan.get(page, {"q": "khai sinh"}))
    assert "Thay Lê Minh Khoa" in found


def test_both_sides_may_read_the_scan_and_nobody_else(at_desk, khoa):
    ngan = at_desk("ngan")
    entered(ngan, person_page(ngan))
    scan, now = Mandate.objects.get().evidence_file_id, clock.now()
    stranger = a_person("Trần Văn Ba", personal_number="079180999003", born_on=date(1980, 1, 1))

    assert documents.file_for(scan, citizen(person=khoa), now=now).id == scan
    with pytest.raises(FileNotFound):
        documents.file_for(scan, citizen(person=stranger.id), now=now)


def test_a_company_on_paper_is_known_by_its_tax_code(at_desk):
    ngan = at_desk("ngan")
    page = person_page(ngan)
    company = {"name": "Công ty TNHH Thử Nghiệm Bến Nghé", "number": "", "kind": "ACCOUNTANT"}

    assert entered(ngan, page, **company, tax_code="0999900012").status_code == 422
    assert entered(ngan, page, **company, tax_code="0999900017").status_code == 303

    assert Mandate.objects.get().kind == MandateKind.ACCOUNTANT
    assert "Công ty TNHH Thử Nghiệm" in text_of(ngan.get(f"{page}/uy-quyen"))


def test_a_dossier_at_the_counter_names_both_and_the_chain_shows(at_desk, actor_at, khoa):
    ngan = at_desk("ngan")
    page = person_page(ngan)
    entered(ngan, page)
    draft = begun(ngan, page, Mandate.objects.get().id)
    assert "đang làm dở" in text_of(ngan.get(page)).lower()
    filled(draft, actor_at("ngan"))

    code = dossiers.submit_draft(draft, actor=actor_at("ngan"), now=clock.now()).code

    dossier = Dossier.objects.get(code=code)
    assert (dossier.applicant_person_id, dossier.mandate_id) == (khoa, Mandate.objects.get().id)
    slip = text_of(ngan.get(f"/quay/ho-so/{code}"))
    assert "Nguyễn Thị Ánh Tuyết nộp thay Lê Minh Khoa" in slip
    assert "Văn bản ủy quyền số 12" in slip


def test_beyond_the_paper_nothing_begins(at_desk, khoa):
    ngan = at_desk("ngan")
    page = person_page(ngan)
    entered(ngan, page, procedures=["1.004222"])
    entered(ngan, page, acts=["PAY"])
    limited, paying = Mandate.objects.order_by("id")

    for mandate, says in ((limited, "thủ tục bạn chọn"), (paying, "điền và lưu hồ sơ")):
        answer = post(ngan, f"{page}/nop", code=BIRTH, mandate=str(mandate.id))
        assert answer.status_code == 403 and says in text_of(answer)
    of_others = post(ngan, f"{page}/nop", code=BIRTH, mandate=str(UUID(int=7)))
    assert of_others.status_code == 404
    assert not Draft.objects.exists()


def test_taken_back_in_the_middle_the_draft_stays_and_the_refusal_says_why(at_desk, actor_at, khoa):
    ngan = at_desk("ngan")
    page = person_page(ngan)
    entered(ngan, page)
    mandate = Mandate.objects.get()
    draft = begun(ngan, page, mandate.id)
    filled(draft, actor_at("ngan"))
    post(ngan, f"{page}/uy-quyen/{mandate.id}/thu-hoi")

    answer = post(ngan, f"/nhap/{draft}/xem-lai", return_form="COUNTER")

    assert answer.status_code == 403
    assert "Bản nháp vẫn còn" in text_of(answer)
    assert Draft.objects.get().submitted_as == ""


def test_the_person_at_the_desk_takes_back_what_is_theirs_alone(at_desk, khoa):
    ngan = at_desk("ngan")
    third = a_person("Trần Văn Ba", personal_number="079180999003", born_on=date(1980, 1, 1))
    of_others = a_mandate(khoa, third.id, now=clock.now())
    page = person_page(ngan)

    assert post(ngan, f"{page}/uy-quyen/{of_others}/thu-hoi").status_code == 404
    own = a_mandate(UUID(page.rpartition("/")[2]), third.id, acts=[Act.PAY], now=clock.now())
    assert post(ngan, f"{page}/uy-quyen/{own}/thu-hoi").status_code == 303

    assert Mandate.objects.get(id=own).revoked_at is not None


def test_a_number_is_mended_on_paper_and_its_history_shows(at_desk):
    ngan = at_desk("ngan")
    page = person_page(ngan)
    told = {"new_number": "079190999011", "ended_as": "WRONG", "reason": "Nhập nhầm số cuối"}

    without = post(ngan, f"{page}/so-dinh-danh", **told, evidence="Thẻ căn cước")
    assert without.status_code == 422 and "Nhập nhầm số cuối" in text_of(without)
    malformed = told | {"new_number": "12", "file": a_scan(), "evidence": "Thẻ căn cước"}
    assert post(ngan, f"{page}/so-dinh-danh", **malformed).status_code == 422
    post(ngan, f"{page}/so-dinh-danh", **told, evidence="Thẻ căn cước", file=a_scan())

    shown = text_of(ngan.get(f"{page}/so-dinh-danh"))
    assert "•••••••••011" in shown and "số đã nhập sai" in shown
    assert "079190" not in shown
    assert identity.personal_number_of(UUID(page.rpartition("/")[2])) == "079190999011"
