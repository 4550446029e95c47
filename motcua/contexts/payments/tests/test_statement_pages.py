"""The pages of statements: a file is brought, a day is read, settled and signed off."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.contexts.identity import testing as identity
from motcua.contexts.organisations.testing import a_small_city, the_officer
from motcua.contexts.payments.models import BankDayClosing, BankStatement, StatementEntry
from motcua.contexts.payments.testing import a_line, a_statement
from motcua.kernel.testing import MONDAY_9AM

DAY = MONDAY_9AM.date()
LIST = "/thu-phi/sao-ke"
URL = f"{LIST}/{DAY.isoformat()}"
CHARGE = a_line(-3_300, "phi", reference="F5", on=DAY, is_charge=True)
OUT = a_line(-9_000, "rut tien", reference="X1", on=DAY)


@pytest.fixture
def ngan(db: None) -> Client:
    """Võ Thị Kim Ngân, who also collects fees at the desk of Sài Gòn."""
    a_small_city("26740")
    return signed_in("ngan")


def signed_in(name: str) -> Client:
    account = identity.an_officer_account(name, officer_id=the_officer(name).id)
    return identity.signed_in(Client(), account)


def bring(client: Client, content: bytes, **typed: str):
    file = SimpleUploadedFile("sao-ke", content)
    return client.post(LIST, {"idempotency_key": f"k{hash(content)}{typed}", "file": file, **typed})


def post(client: Client, url: str, **typed: str):
    return client.post(url, {"idempotency_key": f"k{url}{typed}", **typed})


def text(answer) -> str:
    return answer.content.decode().replace("\u00a0", " ")


def test_a_file_that_cannot_be_read_is_refused_beside_its_field(ngan: Client):
    for content in (b"%PDF-1.7", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"):
        answer = bring(ngan, content)

        assert answer.status_code == 422
        assert 'id="file-error"' in text(answer)
    assert not BankStatement.objects.exists()


def test_nothing_chosen_is_said(ngan: Client):
    assert "Bạn chọn tệp sao kê" in text(post(ngan, LIST))


def test_a_csv_with_unknown_columns_is_asked_about_and_then_remembered(ngan: Client):
    content = "lúc,sô tiền,gì\n23/11/2026,-3300,phi\n".encode()
    told = {"booked": "lúc", "amount": "sô tiền", "memo": "gì"}

    asked = bring(ngan, content)
    half = bring(ngan, content, booked="lúc")
    done = bring(ngan, content, **told)
    again = bring(ngan, content.replace(b"-3300", b"-4400"))

    assert 'name="booked"' in text(asked)
    assert "Bạn chọn cột ngày" in text(half)
    assert (done.status_code, again.status_code) == (303, 303)
    assert StatementEntry.objects.count() == 2


def test_a_day_is_settled_and_signed_off_and_opened_again(ngan: Client):
    brought = bring(ngan, a_statement(CHARGE, OUT))
    assert brought.headers["Location"] == URL
    page = ngan.get(URL).context["page"]
    items = {one.difference: one.item for one in page.open}

    empty = post(ngan, f"{URL}/xu-ly", item=items["UNKNOWN_OUT"], difference="UNKNOWN_OUT")
    post(ngan, f"{URL}/xu-ly", item=items["CHARGE"], difference="CHARGE")
    early = post(ngan, f"{URL}/chot")
    post(ngan, f"{URL}/xu-ly", item=items["UNKNOWN_OUT"], difference="UNKNOWN_OUT", said="Trả lại")
    post(ngan, f"{URL}/chot", at="last")

    assert empty.status_code == 422
    assert early.status_code == 409
    closed = text(ngan.get(URL))
    assert "Võ Thị Kim Ngân chốt lúc" in closed
    assert "Trả lại" in closed
    assert "Đã chốt" in text(ngan.get(LIST))
    assert post(ngan, f"{URL}/mo-lai", reason=" ").status_code == 422
    post(ngan, f"{URL}/mo-lai", reason="Ghi nhầm")
    assert "Mở lại lúc" in text(ngan.get(URL))


def test_everything_that_needs_no_words_is_booked_at_once(ngan: Client):
    other = a_line(-1_100, "phi", reference="F6", on=DAY, is_charge=True)
    unknown = a_line(20_000, "tien phi", reference="F7", on=DAY)
    bring(ngan, a_statement(CHARGE, other, unknown))
    assert "Ghi sổ cả 3 khác biệt" in text(ngan.get(URL))

    post(ngan, f"{URL}/xu-ly-het")

    assert "Không còn khác biệt nào chờ xử lý" in text(ngan.get(URL))
    assert post(ngan, f"{URL}/chot").status_code == 303
    assert BankDayClosing.objects.get().report["matched"] == 3


def test_the_report_is_told_as_csv_and_as_pdf(ngan: Client):
    bring(ngan, a_statement(CHARGE, OUT))

    rows = b"".join(ngan.get(f"{URL}/doi-soat.csv").streaming_content).decode()
    paper = ngan.get(f"{URL}/doi-soat.pdf")

    assert "Phí ngân hàng,F5,0,-3300" in rows.replace("'-", "-")
    assert paper.content.startswith(b"%PDF")


@pytest.mark.parametrize("day", ["hom-nay", "2026-13-01", "20261123", "9999-01-01"])
def test_what_is_no_day_is_not_found(ngan: Client, day: str):
    assert ngan.get(f"{LIST}/{day}").status_code == 404


def test_others_do_not_read_the_account(ngan: Client):
    bao = signed_in("bao")

    for url in (LIST, URL, f"{URL}/doi-soat.csv"):
        assert bao.get(url).status_code == 403
    assert post(bao, f"{URL}/chot").status_code == 403


def test_the_list_names_days_without_any_line(ngan: Client):
    bring(ngan, a_statement(CHARGE))
    later = a_line(-1, "phi", reference="F8", on=DAY + timedelta(days=2))
    bring(ngan, a_statement(later, opening=996_700))

    page = ngan.get(LIST).context["page"]

    assert [row[1].text for row in page.days.rows] == ["1", "0", "1"]
