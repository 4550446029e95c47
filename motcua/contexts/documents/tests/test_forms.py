"""The seven official forms: every word of hostile data prints as it is, nothing else happens."""

import io
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from pypdf import PdfReader

from motcua.contexts.documents import public
from motcua.contexts.documents.adapters import typesetting
from motcua.contexts.documents.contracts import (
    AddressedTo,
    Approval,
    ControlStep,
    Form,
    Form01,
    Form02,
    Form03,
    Form05,
    Form06,
    Form07,
    FormPhase,
    Gap,
    Ground,
    PaperLine,
    RegisterLine,
)
from motcua.contexts.documents.rules import printing
from motcua.contexts.documents.testing import DOSSIER, a_letter
from motcua.kernel.testing import MONDAY_9AM

HEAD = a_letter().letterhead
VAN = Approval(position="Phó Chủ tịch", full_name="Đỗ Thanh Vân", capacity="KT. Chủ tịch")
HOSTILE = (
    "#panic() $x$ \\ *dam* _nghieng_ `ma` @tham <nhan> // ghi chu /* */ "
    '"nhay" \'] } ) #read("/kit.typ")'
)


def common(name: str = "Nguyễn Thị Ánh Tuyết") -> dict[str, object]:
    return {
        "letterhead": HEAD,
        "dossier_code": DOSSIER,
        "procedure": "Đăng ký khai sinh",
        "qr_url": "https://motcua.example.vn/xac-minh/7K3M-Q9TX-2B5R",
        "verify_code": "7K3M-Q9TX-2B5R",
        "applicant": AddressedTo(full_name=name, personal_number="•••••••••001"),
    }


def receipt(name: str = "Nguyễn Thị Ánh Tuyết", **more: object) -> Form01:
    filled = {
        "papers": (PaperLine(name="Giấy chứng sinh", form="Điện tử", size=2_500_000, pages=2),),
        "received_at": MONDAY_9AM,
        "due_at": MONDAY_9AM.replace(hour=16, minute=30) + timedelta(days=2),
        "duration": "2 ngày làm việc",
        "due_explained": "Tính từ 9:00 ngày 23/11/2026.",
        "return_place": "Bộ phận Một cửa Phường Bến Thành",
        "receiver": "Trần Minh Khuê",
    }
    return Form01(**(common(name) | filled | more))


def all_forms(name: str, words: str) -> list[Form]:
    gap = Gap(what=words, why=words, how=words, law=words)
    ground = Ground(reason=words, law=words)
    step = ControlStep(handed_by=name, received_by=name, handed_at=MONDAY_9AM, result=words)
    line = RegisterLine(
        code=DOSSIER, procedure=words, applicant=name, received_at=MONDAY_9AM, due_at=None,
        status=words, finished_at=MONDAY_9AM, returned_at=MONDAY_9AM,
    )  # fmt: skip
    base = common(name)
    return [
        receipt(name, due_explained=words, fee=words, reprinted_on=date(2026, 11, 24)),
        Form02(**base, phase=FormPhase.INTAKE, gaps=(gap,), approval=VAN, effect=words),
        Form03(**base, grounds=(ground,), approval=VAN, instead=words, contact_name=name),
        replace(a_letter(), applicant=base["applicant"], reason=words, new_due_explained=words),
        Form05(
            **base, received_at=MONDAY_9AM, on_request=False, grounds=(ground,), stage=words,
            approval=VAN, papers_back=words,
        ),
        Form06(**base, received_at=MONDAY_9AM, due_at=None, steps=(step,)),
        Form07(
            letterhead=HEAD, first_on=date(2026, 11, 1), last_on=date(2026, 11, 30), lines=(line,)
        ),
    ]  # fmt: skip


def text_of(pdf: bytes) -> str:
    """What a reader copies out of the PDF, blanks and break marks removed."""
    told = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"[\s\u200b]+", "", told)


def test_the_number_must_fit_the_data():
    with pytest.raises(ValueError, match="form 02"):
        public.render_official_form("02", a_letter())


@pytest.mark.parametrize(
    "name",
    [
        '#import "/x" $ \\ * _ ` ~ = + - / < > @ [ ] { } ( )',
        "Trần 😀 Minh 中 한",
        "\u202eKhuê\u202c \u2066x\u2069",
        "عمر",
        "Ỷ" * 200,
        "a" * 200,
        "",
        "dòng một\ndòng hai",
        "\x00\x07chuông",
    ],
)
def test_any_name_is_set_on_every_form(name):
    for form in all_forms(name, HOSTILE):
        pdf = public.render_official_form(form.number, form)
        assert pdf.startswith(b"%PDF-")
        assert b"pdfaid" in pdf


def test_hostile_words_print_letter_for_letter():
    printed = text_of(public.render_official_form("03", all_forms(HOSTILE, HOSTILE)[2]))

    assert re.sub(r"\s+", "", HOSTILE) in printed


def test_a_letter_no_typeface_has_is_printed_as_its_number():
    printed = text_of(public.render_official_form("01", receipt("Trần 😀")))

    assert "Trần[U+1F600]" in printed


def test_every_vietnamese_letter_is_set():
    letters = "ắằẳẵặấầẩẫậếềểễệốồổỗộớờởỡợứừửữựỳỷỹỵđĐỶẴỘ"

    printed = text_of(public.render_official_form("02", all_forms("A", letters)[1]))

    assert letters in printed


def test_the_receipt_carries_all_that_the_circular_asks():
    printed = text_of(
        public.render_official_form("01", receipt(lookup_secret="K7Q2", ledger_mark="3f2a" * 16))
    )

    for words in (
        "GIẤYTIẾPNHẬNHỒSƠVÀHẸNTRẢKẾTQUẢ", DOSSIER, "NguyễnThịÁnhTuyết", "•••••••••001",
        "Đăngkýkhaisinh", "Giấychứngsinh", "2trang·2,4MB", "16:30,thứTư25/11/2026",
        "09:00ngày23/11/2026", "2ngàylàmviệc", "BộphậnMộtcửaPhườngBếnThành", "TrầnMinhKhuê",
        "K7Q2", "3f2a" * 16, "ngày23tháng11năm2026",
    ):  # fmt: skip
        assert words in printed, words


def test_a_receipt_without_a_promise_says_when_one_will_come():
    printed = text_of(public.render_official_form("01", receipt(due_at=None)))

    assert "Sẽhẹnkhihồsơđượctiếpnhận" in printed


def test_the_apology_keeps_the_old_promise_beside_the_new():
    printed = text_of(public.render_official_form("04", a_letter()))

    assert "09:00,thứHai23/11/2026" in printed
    assert "09:00,thứNăm26/11/2026" in printed


def test_a_long_register_goes_over_pages_with_its_heading():
    (*_, book) = all_forms("Lê Minh Khoa", "x")
    many = replace(book, lines=book.lines * 60)

    printed = text_of(public.render_official_form("07", many))

    assert printed.count("Mãhồsơ") > 1


def test_the_same_form_is_the_same_bytes():
    assert public.render_official_form("04", a_letter()) == public.render_official_form(
        "04", a_letter()
    )


def test_a_result_is_set_from_a_template_of_a_pack():
    template = """#import "/kit.typ": *
#show: letter.with(title: "Trích lục")
#heading-of("TRÍCH LỤC KHAI SINH")
#data.child · #data.born · #data.list.join(", ")
#qr(data.qr) #data.verify_code"""
    values = {
        "child": "Bé #1 $",
        "born": date(2026, 2, 5),
        "list": ("a", "b"),
        "sum": 3,
        "no": None,
    }

    printed = text_of(public.render_result(template, values, verify_code="7K3M-Q9TX-2B5R"))

    assert "Bé#1$·05/02/2026·a,b" in printed
    assert "7K3M-Q9TX-2B5R" in printed


def test_a_template_cannot_read_outside_the_forms():
    import typst

    for path in ("/../models.py", "../models.py", "/etc/passwd"):
        with pytest.raises(typst.TypstError):
            public.render_result(f'#read("{path}")', {})


def test_dates_follow_the_decree():
    assert printing.long_date(date(2026, 2, 5)) == "ngày 05 tháng 02 năm 2026"
    assert printing.long_date(date(2026, 11, 24)) == "ngày 24 tháng 11 năm 2026"
    assert printing.size_in_words(900) == "900 byte"
    assert printing.size_in_words(2048) == "2 KB"


def test_a_qr_is_drawn_here_and_only_for_an_address():
    assert typesetting.qr_svg("") == ""
    assert typesetting.qr_svg("https://motcua.example.vn").startswith("<svg")


def test_forms_can_be_set_by_several_threads_at_once():
    from concurrent.futures import ThreadPoolExecutor

    names = [f"Người {at}" for at in range(12)]
    with ThreadPoolExecutor(4) as pool:
        made = pool.map(lambda n: public.render_official_form("01", receipt(n)), names)

    for name, pdf in zip(names, made, strict=True):
        assert name.replace(" ", "") in text_of(pdf)
