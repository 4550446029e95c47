"""A result of the wallet answers for a paper; a paper that a register stands in for is struck."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from motcua.contexts.documents.contracts import IssuedView
from motcua.contexts.documents.testing import an_issued_paper, revoke_alone
from motcua.contexts.dossiers.models import DossierPaper, Draft
from motcua.contexts.dossiers.rules import reuse
from motcua.contexts.exchange.testing import in_process, registry
from motcua.contexts.identity.testing import an_officer_account, signed_in
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM
from motcua.portals.citizen.tests.conftest import BIRTH, Browser, text_of
from motcua.portals.citizen.tests.test_filling import fill

KEY = "giay_chung_sinh"


@pytest.fixture
def filled(tuyet, draft_id) -> str:
    fill(tuyet, draft_id)
    return draft_id


def a_result(draft_id: str, *, title: str = "Giấy chứng sinh") -> IssuedView:
    owner = Draft.objects.get(pk=draft_id).applicant_person_id
    return an_issued_paper(title=title, owner_person_id=owner, now=clock.now())


def reuses(browser, draft_id: str, issued_id: UUID, key: str = KEY):
    return browser.send(f"/nhap/{draft_id}/giay-to/tu-vi?giay={key}&ket-qua={issued_id}")


def papers(browser, draft_id: str) -> str:
    return text_of(browser.get(f"/nhap/{draft_id}/giay-to"))


def revoke(result: IssuedView) -> None:
    revoke_alone(result.id, reason="Cấp nhầm tên", by=SYSTEM, now=clock.now())


def test_a_result_of_somebody_else_is_not_found(tuyet, khoa, filled):
    result = a_result(filled)
    begun = khoa.send(f"/nop/{BIRTH}", {"ward": "26740"})
    other = begun.headers["Location"].split("/")[2]

    assert reuses(khoa, other, result.id).status_code == 404
    assert reuses(khoa, filled, result.id).status_code == 404
    assert Draft.objects.get(pk=other).papers == []


def test_a_revoked_result_is_shown_with_the_reason_and_not_offered(tuyet, filled):
    result = a_result(filled)
    revoke(result)

    shown, answer = papers(tuyet, filled), reuses(tuyet, filled, result.id)

    assert "Không dùng lại được: đã thu hồi" in shown
    assert "Cấp nhầm tên" in shown
    assert "Dùng lại giấy này" not in shown
    assert answer.status_code == 422
    assert Draft.objects.get(pk=filled).papers == []


def test_a_result_that_is_over_is_shown_so_and_not_taken(tuyet, filled, monkeypatch):
    result = a_result(filled)
    yesterday = clock.now().date() - timedelta(days=1)
    monkeypatch.setattr(reuse, "last_day", lambda procedure, issued_on: yesterday)

    shown = papers(tuyet, filled)
    reuses(tuyet, filled, result.id)

    assert "Không dùng lại được: hết thời hạn từ" in shown
    assert Draft.objects.get(pk=filled).papers == []


def test_a_result_revoked_after_it_was_chosen_cannot_be_sent(tuyet, filled):
    result = a_result(filled)
    reuses(tuyet, filled, result.id)
    revoke(result)

    answer = tuyet.send(f"/nhap/{filled}/xem-lai", {"return_form": "ELECTRONIC"})

    assert answer.status_code in (409, 422)
    assert "đã bị thu hồi hoặc hết thời hạn" in text_of(answer)
    assert not DossierPaper.objects.exists()


def test_a_result_answers_for_a_paper_as_the_very_file_that_was_signed(tuyet, filled):
    result = a_result(filled)
    offered = papers(tuyet, filled)

    reuses(tuyet, filled, result.id)
    sent = tuyet.send(f"/nhap/{filled}/xem-lai", {"return_form": "ELECTRONIC"})

    assert "Ủy ban nhân dân Phường Sài Gòn cấp" in offered
    assert sent.status_code == 303
    paper = DossierPaper.objects.get(component_key=KEY)
    assert (paper.file_id, paper.source) == (result.file_id, "FROM_STORE")
    assert "Lấy từ Ví giấy tờ" in text_of(tuyet.get(sent.headers["Location"]))


def test_the_desk_reads_who_signed_it_and_when_it_is_revoked_meanwhile(tuyet, filled):
    result = a_result(filled)
    reuses(tuyet, filled, result.id)
    sent = tuyet.send(f"/nhap/{filled}/xem-lai", {"return_form": "ELECTRONIC"})
    desk = f"/ban/ho-so/{sent.headers['Location'].split('/')[2]}"
    account = an_officer_account("bao", officer_id=the_officer("bao").id)
    bao = signed_in(Browser(), account)

    holds = text_of(bao.get(desk))
    revoke(result)

    assert f"Đỗ Thanh Vân ký. Còn hiệu lực, mã {result.verify_code}." in holds
    assert f"/xac-minh/{result.verify_code}" in holds
    assert "Cấp nhầm tên" in text_of(bao.get(desk))


def test_a_paper_that_fits_by_its_name_comes_first(tuyet, filled):
    a_result(filled)
    a_result(filled, title="Giấy phép xây dựng")

    shown = papers(tuyet, filled)

    assert shown.index(">Giấy chứng sinh</b>") < shown.index(">Giấy phép xây dựng</b>")


def test_a_paper_that_a_register_knows_is_struck_out_with_source_and_age(tuyet, tmp_path):
    with registry.registered(in_process("population", tmp_path)):
        begun = tuyet.send(f"/nop/{BIRTH}", {"ward": "26740", "consent": "yes"})

    shown = papers(tuyet, begun.headers["Location"].split("/")[2])

    assert "<s>Giấy tờ tùy thân</s>" in shown
    assert "Đã có: CSDL quốc gia về dân cư, " in shown


def test_without_the_word_of_a_register_no_paper_is_struck_out(tuyet, filled):
    assert "<s>" not in papers(tuyet, filled)


def test_a_limited_result_lasts_so_many_months():
    (code,) = reuse.limited()

    assert reuse.last_day(code, date(2026, 8, 31)) == date(2027, 2, 28)
    assert reuse.last_day("1.001193", date(2026, 8, 31)) is None
