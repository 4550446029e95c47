"""Forms 06 and 07 from the desk: who may, which days, which files."""

import io
from uuid import uuid4

from pypdf import PdfReader

from motcua.portals.desk.tests.test_desk import act, text_of

BOOK = "/ban/so-theo-doi"


def words_of(answer) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


def test_the_register_of_another_unit_stays_closed(at_desk, submitted):
    page = at_desk("khue").get(f"{BOOK}?don-vi={uuid4()}")
    file = at_desk("khue").get(f"{BOOK}.csv?don-vi={uuid4()}")

    assert page.status_code == 422
    assert "chỉ xem được sổ theo dõi của đơn vị bạn" in text_of(page)
    assert file.status_code == 403


def test_days_without_a_dossier_are_an_empty_register(at_desk, submitted):
    code = submitted()

    page = text_of(at_desk("khue").get(f"{BOOK}?tu=01/01/2020&den=31/01/2020"))

    assert code not in page
    assert "Không có hồ sơ nào trong những ngày này" in page


def test_the_register_holds_what_the_unit_received_in_every_kind_of_file(at_desk, submitted):
    code, khue = submitted(), at_desk("khue")

    assert code in text_of(khue.get(BOOK))
    assert "SỔ THEO DÕI HỒ SƠ" in words_of(khue.get(f"{BOOK}.pdf"))
    assert code in b"".join(khue.get(f"{BOOK}.csv")).decode()
    assert khue.get(f"{BOOK}.xlsx").content.startswith(b"PK")


def test_the_control_slip_tells_every_hand_over(at_desk, submitted):
    code = submitted()
    act(at_desk("khue"), code, "receive")

    words = words_of(at_desk("khue").get(f"/ban/ho-so/{code}/phieu-kiem-soat.pdf"))

    assert "PHIẾU KIỂM SOÁT" in words
    assert code in words
    assert "Trần Minh Khuê" in words or "Sớm hạn" in words
