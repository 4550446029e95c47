"""Chờ tôi ký: the pages of signing, as officers see them."""

import re

import pytest

from motcua.contexts.documents import public as documents
from motcua.contexts.identity import testing as identity
from motcua.kernel import clock
from motcua.portals.desk.tests.test_desk import post, text_of
from motcua.services.tests.journey import walk


@pytest.fixture
def waiting(submitted):
    """Two births that wait for the chairwoman's signature."""
    codes = [submitted(), submitted()]
    for code in codes:
        walk(code, now=clock.now(), until="sign")
    return codes


@pytest.fixture
def van(at_desk):
    identity.an_app(at_desk("van").account)
    return at_desk("van")


def chosen(browser, codes) -> str:
    """The page of a batch of these."""
    answer = post(browser, "/ban/ky/chon", case=codes)
    assert answer.status_code == 303
    return answer["Location"]


def test_who_signs_nothing_has_no_such_page(at_desk):
    assert at_desk("khue").get("/ban/ky").status_code == 403


def test_ticking_nothing_says_what_to_do(van):
    answer = post(van, "/ban/ky/chon")

    assert "Bạn đánh dấu những văn bản cần ký." in text_of(van.get(answer["Location"]))


def test_a_wrong_code_signs_nothing_and_asks_again(van, waiting):
    url = chosen(van, waiting)

    refused = post(van, f"{url}/ky", code="000000")

    assert refused.status_code == 403
    assert "q-code-error" in text_of(refused)
    assert "Đã ký 0 trên 2 văn bản." in text_of(van.get(url))


def test_what_is_alike_is_shown_once_and_what_differs_for_each(van, waiting):
    page = text_of(van.get(chosen(van, waiting)))

    assert "giống nhau ở" in page
    assert page.count("Lê Minh An") == 1
    assert all(page.count(f"/ban/ky/ban-thao/{code}") == 1 for code in waiting)


def test_one_code_signs_all_that_was_chosen(van, waiting):
    assert all(code in text_of(van.get("/ban/ky")) for code in waiting)
    url = chosen(van, waiting)

    answer = post(van, f"{url}/ky", code=identity.code_of())

    page = text_of(van.get(answer["Location"]))
    assert "Đã ký 2 trên 2 văn bản." in page
    assert page.count("Đã ký</td>") == 2 or len(re.findall(r">\s*Đã ký\s*<", page)) == 2
    assert all(documents.is_signed(code) for code in waiting)


def test_the_draft_is_a_pdf_that_no_stranger_opens(van, at_desk, waiting):
    draft = van.get(f"/ban/ky/ban-thao/{waiting[0]}")

    assert draft.content.startswith(b"%PDF-")
    assert at_desk("quynh").get(f"/ban/ky/ban-thao/{waiting[0]}").status_code in {403, 404}


def test_a_correction_keeps_what_was_typed_when_it_is_refused_and_then_replaces(van, submitted):
    code = submitted()
    walk(code, now=clock.now())
    url = f"/ban/ho-so/{code}/dinh-chinh"
    said = {"item": "child_full_name", "value": "Lê Minh Ân", "reason": "Ghi sai dấu."}
    assert url in text_of(van.get(f"/ban/ho-so/{code}"))

    refused = post(van, url, **said, code=identity.code_of())
    done = post(van, url, **said, citation="Luật Hộ tịch", code=identity.code_of(later=1))

    assert refused.status_code == 422
    assert "Lê Minh Ân" in text_of(refused)
    assert done.status_code == 303, text_of(done)
    assert "Đã cấp bản đính chính" in text_of(van.get(done["Location"]))
