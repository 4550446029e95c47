"""The real programs on pages that we draw: what the recorded table stands for is still so."""

from datetime import date

import pytest

from motcua.contexts.documents import public
from motcua.contexts.documents.actions import digitising
from motcua.contexts.documents.adapters import page_pictures, programs
from motcua.contexts.documents.adapters.tesseract import Tesseract
from motcua.contexts.documents.ports import ReaderFailed, ReaderTrouble
from motcua.contexts.documents.rules.paper_kinds import paper_kinds
from motcua.contexts.documents.rules.reading import proposals
from motcua.contexts.documents.testing import a_birth_notice, a_file
from motcua.kernel.actors import Role
from motcua.kernel.testing import officer

DESK = officer(Role.RECEIVER)
TODAY = date(2026, 11, 28)
WANTED = {
    "mother_full_name": "Nguyễn Thị Ánh Tuyết",
    "mother_personal_number": "079190999001",
    "child_born_on": "2026-11-10",
    "facility_name": "Bệnh viện Từ Dũ",
    "child_sex": "nam",
    "child_full_name": "Lê Minh An",
    "number": "0412/GCS-2026",
}


def read(file) -> dict[str, str]:
    with digitising.reading.checked(file.sha256) as content:
        drawn = page_pictures.for_reading(content, file, 1)
    lines = Tesseract().lines(drawn.picture, page=1)
    found = proposals(paper_kinds()["giay_chung_sinh"], lines, today=TODAY)
    return {one.key: one.value for one in found}


@pytest.mark.django_db
@pytest.mark.program("tesseract")
def test_a_picture_of_our_own_page_is_read_word_for_word():
    assert read(a_file(a_birth_notice(), filename="a.png", by=DESK)) == WANTED


@pytest.mark.django_db
@pytest.mark.program("tesseract")
@pytest.mark.program("pdftoppm")
def test_a_pdf_of_the_same_page_is_read_alike(settings):
    picture = a_file(a_birth_notice(), filename="a.png", by=DESK)
    pdf = public.join_pictures([picture.id], title="Giấy", by=DESK, now=picture.created_at)

    assert read(pdf) == WANTED
    assert public.page_picture(pdf.id, 1)[:3] == b"\xff\xd8\xff"


@pytest.mark.program("tesseract")
def test_the_program_says_its_name():
    assert Tesseract().name().startswith("tesseract ")
    assert Tesseract().name().endswith(" vie")


@pytest.mark.program("tesseract")
def test_what_is_no_picture_fails_and_nothing_else():
    with pytest.raises(ReaderFailed) as failed:
        Tesseract().lines(b"khong phai anh", page=1)

    assert failed.value.trouble is ReaderTrouble.FAILED


def test_a_program_that_is_not_there_says_so():
    with pytest.raises(ReaderFailed) as failed:
        programs.output("motcua-khong-co", [], seconds=1)

    assert failed.value.trouble is ReaderTrouble.ABSENT


def test_a_program_that_takes_too_long_is_ended():
    with pytest.raises(ReaderFailed) as failed:
        programs.output("sleep", ["20"], seconds=0.2)

    assert failed.value.trouble is ReaderTrouble.SLOW


def test_what_it_is_given_reaches_it_and_comes_back():
    assert programs.output("cat", [], given=b"chu", seconds=20) == b"chu"
