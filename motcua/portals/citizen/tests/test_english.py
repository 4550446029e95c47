"""English: no word of ours stays Vietnamese, except what is marked so for readers aloud."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.contexts.identity.testing import a_mandate, a_person
from motcua.kernel import clock
from motcua.portals.citizen.tests.conftest import BIRTH, HOUSE, text_of
from motcua.portals.citizen.tests.english import leftovers
from motcua.portals.citizen.tests.test_filling import a_scan, fill, upload


@pytest.fixture
def reader(tuyet):
    tuyet.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return tuyet


def untranslated(reader, *urls: str) -> dict[str, list[str]]:
    found = {url: leftovers(text_of(reader.get(url))) for url in urls}
    return {url: texts for url, texts in found.items() if texts}


def test_pages_before_sending_are_english(reader, draft_id):
    urls = ("/", "/ho-so", "/vi", "/tra-cuu", f"/nop/{BIRTH}", f"/nhap/{draft_id}")
    assert untranslated(reader, *urls) == {}
    assert 'lang="en"' in text_of(reader.get("/"))


def test_the_catalogue_is_english(reader):
    urls = ("/thu-tuc", "/tim?q=khai sinh", f"/thu-tuc/{BIRTH}", f"/thu-tuc/{HOUSE}")
    assert untranslated(reader, *urls) == {}


def test_the_pages_of_mandates_are_english(reader, account):
    helper = a_person("Lê Minh Khoa", personal_number="079188999002")
    a_mandate(account.person_id, helper.id, procedures=[BIRTH], now=clock.now())
    urls = ("/toi/uy-quyen", "/toi/uy-quyen/cho")
    assert untranslated(reader, *urls) == {}


def test_the_pages_of_ones_own_are_english(reader):
    urls = ("/toi", "/toi/lien-he", "/toi/ma-truy-cap", "/dang-xuat", "/xac-minh", "/thong-bao")
    assert untranslated(reader, *urls) == {}


def test_signing_in_is_english(stranger):
    stranger.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    assert untranslated(stranger, "/dang-nhap") == {}


@pytest.mark.parametrize("place", ["trang/applicant", "trang/copies", "giay-to", "xem-lai"])
def test_the_form_is_english(reader, draft_id, place):
    assert untranslated(reader, f"/nhap/{draft_id}/{place}") == {}


def test_errors_are_english(reader, draft_id):
    page = text_of(reader.send(f"/nhap/{draft_id}/trang/applicant", {"requester_phone": "1"}))
    assert "Error:" in page
    assert "A phone number has 10 digits" in page


def test_refusals_are_english(reader, draft_id):
    program = SimpleUploadedFile("a.pdf", b"MZ")
    page = text_of(reader.send(f"/nhap/{draft_id}/giay-to", {"giay_chung_sinh": program}))
    assert "This file is a Windows program" in page
    gone = text_of(reader.get("/ho-so/H29.99-20200101-0000001"))
    assert "This application was not found" in gone
    assert leftovers(gone) == []


def test_the_tracker_is_english(reader, submitted):
    code = submitted()
    page = text_of(reader.get(f"/ho-so/{code}"))
    assert "Nothing to do for you." in page
    assert untranslated(reader, *(f"/ho-so/{code}{part}" for part in ("", "/da-nop", "/rut"))) == {}


def test_lists_of_dossiers_are_english(reader, submitted):
    submitted()
    assert untranslated(reader, "/", "/ho-so") == {}
    assert "Birth registration" in text_of(reader.get("/ho-so"))


def test_supplying_is_english(reader, asked):
    urls = (f"/ho-so/{asked}", f"/ho-so/{asked}/gui-them")
    assert untranslated(reader, *urls) == {}


def test_the_result_and_its_proof_are_english(reader, decided):
    verify = re.search(r"/xac-minh/[0-9A-Z-]+", text_of(reader.get("/vi"))).group()
    assert untranslated(reader, "/vi", verify, f"/ho-so/{decided}") == {}


def test_paying_is_english(reader, draft_id):
    fill(reader, draft_id)
    upload(reader, draft_id, a_scan())
    reader.send(f"/nhap/{draft_id}/xem-lai", {"return_form": "ELECTRONIC"})
    bill = re.search(r"/thanh-toan/\w+", text_of(reader.get("/ho-so/" + own_code(reader)))).group()
    assert untranslated(reader, bill) == {}


def own_code(reader) -> str:
    return re.search(r"/ho-so/(H29[^\"]+)", text_of(reader.get("/ho-so"))).group(1)


def test_whoever_reads_no_language_of_ours_reads_vietnamese(tuyet):
    tuyet.defaults["HTTP_ACCEPT_LANGUAGE"] = "fr"
    assert 'lang="vi"' in text_of(tuyet.get("/"))
