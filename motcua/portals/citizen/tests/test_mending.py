"""Mending papers before they are sent: the unhappy ways first."""

import io
import unicodedata

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from motcua.contexts.documents.testing import a_jpeg, a_pdf, a_photo
from motcua.contexts.dossiers.models import Draft
from motcua.portals.citizen.tests.conftest import text_of
from motcua.portals.citizen.tests.test_filling import fill, upload

KEY = "giay_chung_sinh"


@pytest.fixture
def filled(tuyet, draft_id) -> str:
    """Its answers call for the paper."""
    fill(tuyet, draft_id)
    return draft_id


def a_shot(name: str = "to-1.jpg", **how) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, a_photo(**how))


def given(draft_id: str) -> list[str]:
    return [line["file_id"] for line in Draft.objects.get(pk=draft_id).papers]


def act(browser, draft_id: str, what: str, which: int = 0):
    file_id = given(draft_id)[which]
    return browser.send(f"/nhap/{draft_id}/giay-to/sua?viec={what}&tep={file_id}")


def papers(browser, draft_id: str) -> str:
    return text_of(browser.get(f"/nhap/{draft_id}/giay-to"))


def content(browser, file_id: str) -> bytes:
    return b"".join(browser.get(f"/giay-to/tep/{file_id}").streaming_content)


@pytest.mark.parametrize("what", ["xoay-phai", "ghep", "len", "van-dung", "chup-lai", "tach"])
def test_nobody_mends_the_draft_of_another(tuyet, khoa, draft_id, what):
    upload(tuyet, draft_id, a_shot())
    before = given(draft_id)

    assert act(khoa, draft_id, what).status_code == 404
    assert given(draft_id) == before


@pytest.mark.parametrize("what", ["", "bay", "xoay-phai"])
def test_an_address_that_says_nothing_sensible_changes_nothing(tuyet, draft_id, what):
    upload(tuyet, draft_id, a_shot())
    before = given(draft_id)

    answer = tuyet.send(f"/nhap/{draft_id}/giay-to/sua?viec={what}&tep=khong-co")

    assert answer.status_code == 303
    assert given(draft_id) == before


def test_a_paper_that_cannot_be_turned_says_so_beside_it(tuyet, draft_id):
    upload(tuyet, draft_id, SimpleUploadedFile("a.pdf", a_pdf()))

    answer = act(tuyet, draft_id, "xoay-phai")

    assert answer.status_code == 422
    assert "Chỉ xoay và ghép được ảnh JPG, PNG hoặc WebP." in text_of(answer)


def test_a_damaged_picture_is_told_and_can_neither_be_turned_nor_stops_the_sending(tuyet, filled):
    upload(tuyet, filled, SimpleUploadedFile("hong.jpg", a_jpeg()))

    shown, answer = papers(tuyet, filled), act(tuyet, filled, "xoay-trai")

    assert "không mở xem thử được, có thể bị hỏng. Giấy vẫn gửi được." in shown
    assert answer.status_code == 422
    assert "Tệp bị hỏng" in text_of(answer)


def test_a_picture_is_turned_in_its_place(tuyet, draft_id):
    upload(tuyet, draft_id, a_shot(), a_shot("to-2.jpg", width=900))
    first, second = given(draft_id)

    answer = act(tuyet, draft_id, "xoay-phai")

    assert answer.headers["Location"] == f"/nhap/{draft_id}/giay-to#s-{KEY}"
    turned, other = given(draft_id)
    assert (turned != first, other) == (True, second)
    assert Image.open(io.BytesIO(content(tuyet, turned))).size == (1000, 800)
    act(tuyet, draft_id, "xoay-trai")
    assert given(draft_id) == [first, second]


def test_pictures_are_put_in_order_and_joined_and_taken_apart(tuyet, filled):
    upload(tuyet, filled, a_shot(), a_shot("to-2.jpg", width=1300))
    first, second = given(filled)

    act(tuyet, filled, "xuong")
    assert given(filled) == [second, first]
    tuyet.send(f"/nhap/{filled}/giay-to/sua?viec=ghep&giay={KEY}")

    (joined,) = given(filled)
    sizes = [
        round(page.mediabox.width)
        for page in pypdf.PdfReader(io.BytesIO(content(tuyet, joined))).pages
    ]
    assert sizes == [842, 595]
    assert "Giấy chứng sinh.pdf" in papers(tuyet, filled)
    assert "2 trang" in papers(tuyet, filled)
    act(tuyet, filled, "tach")
    assert given(filled) == [second, first]


def test_one_picture_alone_offers_no_order_and_no_joining(tuyet, filled):
    upload(tuyet, filled, a_shot())

    shown = papers(tuyet, filled)

    assert "Xoay phải" in shown
    assert "Ghép" not in shown
    assert "Xuống" not in shown


def test_advice_is_shown_until_it_was_read_and_never_blocks(tuyet, filled):
    upload(tuyet, filled, a_shot(width=300, height=400))

    shown = papers(tuyet, filled)
    checked = text_of(tuyet.get(f"/nhap/{filled}/xem-lai"))
    act(tuyet, filled, "van-dung")

    assert "Ảnh nhỏ, chữ có thể khó đọc. Giấy vẫn gửi được." in shown
    assert "Ảnh nhỏ, chữ có thể khó đọc." in checked
    assert "Ảnh nhỏ" not in papers(tuyet, filled)
    assert tuyet.send(f"/nhap/{filled}/xem-lai", {"return_form": "ELECTRONIC"}).status_code == 303


def test_a_picture_to_be_taken_again_goes_and_the_chooser_is_where_the_page_opens(tuyet, draft_id):
    upload(tuyet, draft_id, a_shot(paper="#404040"))

    answer = act(tuyet, draft_id, "chup-lai")

    assert given(draft_id) == []
    assert answer.headers["Location"].endswith(f"#s-{KEY}")


def test_a_small_picture_is_shown_to_its_owner_only(tuyet, khoa, draft_id):
    upload(tuyet, draft_id, a_shot(), SimpleUploadedFile("a.pdf", a_pdf()))
    picture, pdf = given(draft_id)

    own = tuyet.get(f"/giay-to/tep/{picture}/nho")

    assert max(Image.open(io.BytesIO(own.content)).size) == 240
    assert own.headers["Content-Type"] == "image/jpeg"
    assert khoa.get(f"/giay-to/tep/{picture}/nho").status_code == 404
    assert tuyet.get(f"/giay-to/tep/{pdf}/nho").status_code == 422


def test_the_receipt_names_pages_size_and_hash_of_a_joined_paper(tuyet, filled):
    upload(tuyet, filled, a_shot(), a_shot("to-2.jpg", width=900))
    tuyet.send(f"/nhap/{filled}/giay-to/sua?viec=ghep&giay={KEY}")

    sent = tuyet.send(f"/nhap/{filled}/xem-lai", {"return_form": "ELECTRONIC"})

    receipt = text_of(tuyet.get(sent.headers["Location"]))
    assert "KB, 2 trang · Giấy chứng sinh.pdf" in receipt
    assert "Mã kiểm tra tệp" in receipt


@pytest.mark.parametrize(
    "name",
    [
        unicodedata.normalize("NFD", "giấy chứng sinh 👶.jpg"),
        "a" * 200 + ".jpg",
        "👶.jpg",
        "../../etc/passwd.jpg",
        "  .jpg",
    ],
)
def test_a_picture_of_any_name_is_turned_and_joined(tuyet, draft_id, name):
    upload(tuyet, draft_id, a_shot(name), a_shot("to-2.jpg", width=900))

    assert act(tuyet, draft_id, "xoay-phai").status_code == 303
    assert tuyet.send(f"/nhap/{draft_id}/giay-to/sua?viec=ghep&giay={KEY}").status_code == 303
    assert len(given(draft_id)) == 1


@pytest.mark.parametrize(
    ("content_of", "sentence"),
    [
        (b"", "Tệp này trống. Bạn mở tệp kiểm tra rồi chọn lại."),
        (b"\xff\xd8\xff", "Tệp bị hỏng hoặc tải lên chưa hết."),
        (a_jpeg(width=39_000, height=39_000), "Ảnh có kích thước quá lớn. Bạn chụp lại"),
    ],
)
def test_what_is_no_paper_is_refused_with_what_to_do(tuyet, draft_id, content_of, sentence):
    answer = upload(tuyet, draft_id, SimpleUploadedFile("x.jpg", content_of))

    assert answer.status_code == 422
    assert sentence in text_of(answer)
