"""A QR in a photograph: ours leads on, an identity card's is refused, nothing is kept."""

import io
import logging
import struct
import zlib

import pytest
import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from motcua.kernel.models import LedgerLeaf
from motcua.portals.citizen.pictures import MOST_BYTES
from motcua.portals.citizen.tests.conftest import BIRTH, text_of

CARD = "079190999001|999000111|Nguyễn Thị Ánh Tuyết|01011990|Nữ|1 Lê Lợi, Quận 1|01012021"


def a_picture(text, *, kind="PNG", turned=0, side=900):
    made = io.BytesIO()
    segno.make(text, error="m").save(made, kind="png", scale=8, border=4)
    code = Image.open(made).convert("RGB")
    sheet = Image.new("RGB", (side, side), "white")
    sheet.paste(code, (40, 60))
    out = io.BytesIO()
    sheet.rotate(turned, fillcolor="white", expand=True).save(out, kind)
    return SimpleUploadedFile(f"anh.{kind.lower()}", out.getvalue())


def test_the_box_leads_to_scanning_and_the_page_says_that_nothing_is_kept(stranger):
    assert 'href="/tim/quet"' in text_of(stranger.get("/"))
    assert 'href="/tim/quet"' in text_of(stranger.get("/tim", {"q": "khai sinh"}))
    assert "không được giữ lại" in text_of(stranger.get("/tim/quet"))


@pytest.mark.parametrize(
    ("kind", "turned"), [("PNG", 0), ("JPEG", 17), ("WEBP", 90), ("JPEG", 180)]
)
def test_a_receipt_s_code_is_read_from_a_photograph(stranger, submitted, kind, turned):
    code = submitted()
    picture = a_picture(f"https://motcua.example.vn/tra-cuu?ma={code}", kind=kind, turned=turned)
    answer = stranger.send("/tim/quet", {"anh": picture})
    assert answer.headers["Location"] == f"/tra-cuu?ma={code}"


@pytest.mark.parametrize(
    ("said", "url"),
    [
        ("https://other.example/xac-minh/7K3M-Q9TX-2B5R", "/xac-minh?ma=7K3M-Q9TX-2B5R"),
        ("https://other.example/chia-se/Abcdefgh12345678-_", "/chia-se/Abcdefgh12345678-_"),
        (BIRTH, f"/thu-tuc/{BIRTH}"),
    ],
)
def test_other_codes_of_ours_lead_to_our_own_pages(stranger, said, url):
    assert stranger.send("/tim/quet", {"anh": a_picture(said)}).headers["Location"] == url
    assert stranger.send("/tim/quet", {"text": said}).headers["Location"] == url


def test_an_identity_card_is_refused_and_neither_shown_nor_logged(stranger, caplog):
    leaves = LedgerLeaf.objects.count()
    with caplog.at_level(logging.DEBUG):
        answers = [
            stranger.send("/tim/quet", {"anh": a_picture(CARD)}),
            stranger.send("/tim/quet", {"text": CARD}),
        ]
        found = stranger.get("/tim", {"q": CARD})
    assert found.headers["Location"] == "/tim/quet?vi-sao=the-can-cuoc"
    for page in [text_of(one) for one in answers]:
        assert "Đây là mã trên thẻ căn cước" in page
        assert "079190999001" not in page
        assert "Tuyết" not in page
    assert "079190999001" not in "".join(
        record.getMessage() for record in caplog.records if record.name.startswith("motcua")
    )
    assert LedgerLeaf.objects.count() == leaves


@pytest.mark.parametrize("said", ["https://evil.example/x", "WIFI:S:nha;P:bimat;;", "<b>x</b>"])
def test_any_other_code_is_only_put_into_the_box(stranger, said):
    page = text_of(stranger.send("/tim/quet", {"anh": a_picture(said)}))
    assert "Mã này không phải của Thành phố" in page
    assert "<b>x" not in page


def test_what_is_no_picture_or_holds_no_code_is_told_kindly(stranger):
    blank = io.BytesIO()
    Image.new("RGB", (300, 300), "white").save(blank, "PNG")
    for content, told in [
        (b"", "Bạn chụp hoặc chọn một ảnh có mã QR."),
        (b"%PDF-1.7", "Không mở được ảnh này."),
        (blank.getvalue()[:80], "Không mở được ảnh này."),
        (blank.getvalue(), "Không thấy mã QR trong ảnh."),
        (b"\xff\xd8" + b"x" * MOST_BYTES, "Ảnh lớn hơn 15 MB."),
    ]:
        answer = stranger.send("/tim/quet", {"anh": SimpleUploadedFile("a.png", content)})
        assert 400 <= answer.status_code < 500
        assert told in text_of(answer)


def test_a_picture_that_unpacks_to_far_too_much_is_refused(stranger):
    bomb = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(bomb, "PNG")
    answer = stranger.send("/tim/quet", {"anh": SimpleUploadedFile("a.png", bomb.getvalue())})
    assert answer.status_code == 422
    assert "Không mở được ảnh này." in text_of(answer) or "quá rộng" in text_of(answer)


def a_chunk(kind: bytes, held: bytes) -> bytes:
    return struct.pack(">I", len(held)) + kind + held + struct.pack(">I", zlib.crc32(kind + held))


def a_broken_png(*chunks: tuple[bytes, bytes], colours: int = 2, depth: int = 8) -> bytes:
    head = a_chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, depth, colours, 0, 0, 0))
    rest = b"".join(a_chunk(kind, held) for kind, held in (*chunks, (b"IEND", b"")))
    return b"\x89PNG\r\n\x1a\n" + head + rest


@pytest.mark.parametrize(
    "content",
    [
        a_broken_png((b"IDAT", b"garbage")),
        a_broken_png((b"zTXt", b"a\0\0garbage"), (b"IDAT", zlib.compress(b"\0" * 200))),
        a_broken_png((b"iCCP", b"a\0\0garbage"), (b"IDAT", b"")),
        a_broken_png((b"acTL", b"\0"), (b"IDAT", zlib.compress(b"\0"))),
        a_broken_png((b"tRNS", b"\0"), (b"IDAT", zlib.compress(b"\0" * 1000)), colours=3),
    ],
    ids=["pixels", "text", "colours", "animation", "transparency"],
)
def test_what_only_looks_like_a_picture_is_refused_with_a_sentence(stranger, content):
    answer = stranger.send("/tim/quet", {"anh": SimpleUploadedFile("anh.png", content)})

    assert answer.status_code == 422
    assert "ảnh" in text_of(answer)
