"""Mẫu điền sẵn: each of the seven forms with invented values, for the check of their layout."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TypedDict

from motcua.contexts.documents.contracts.official import (
    AddressedTo,
    Approval,
    ControlStep,
    Form,
    Form01,
    Form02,
    Form03,
    Form04,
    Form05,
    Form06,
    Form07,
    FormPhase,
    Gap,
    Ground,
    Letterhead,
    PaperLine,
    RegisterLine,
)
from motcua.kernel.clock import CITY_TZ

AT = datetime(2026, 11, 23, 9, 0, tzinfo=CITY_TZ)
CODE = "H29.99-20261123-0000042"
PROCEDURE = "Đăng ký khai sinh"
HEAD = Letterhead(
    superior="Ủy ban nhân dân Thành phố Hồ Chí Minh",
    agency="Ủy ban nhân dân Phường Sài Gòn",
    number="12/TB",
    on=date(2026, 11, 23),
)
SIGNED = Approval(
    position="Phó Chủ tịch", full_name="Đỗ Thanh Vân", capacity="KT. Chủ tịch", signed_at=AT
)
WORDS = "Ảnh chụp mờ, không đọc được số trên giấy chứng sinh."
LAW = "Nghị định 123/2015/NĐ-CP"
MANY = 14  # gaps enough for a second page


class Common(TypedDict):
    """What each form about one dossier bears."""

    letterhead: Letterhead
    dossier_code: str
    procedure: str
    verify_code: str
    applicant: AddressedTo
    qr_url: str


def filled_forms() -> Iterator[Form]:
    """One of each, in the order of their numbers."""
    common: Common = {
        "letterhead": HEAD,
        "dossier_code": CODE,
        "procedure": PROCEDURE,
        "verify_code": "7K3M-Q9TX-2B5R",
        "applicant": AddressedTo(full_name="Nguyễn Thị Ánh Tuyết"),
        "qr_url": "https://motcua.example.vn/xac-minh/7K3M-Q9TX-2B5R",
    }
    ground = Ground(reason=WORDS, law=LAW, what="Giấy chứng sinh", how="Chụp lại thẳng góc.")
    yield Form01(
        **common,
        papers=(PaperLine(name="Giấy chứng sinh", form="Điện tử", pages=2),),
        received_at=AT,
        due_at=AT + timedelta(days=2),
        duration="2 ngày làm việc",
        due_explained="Tính từ 09:00 ngày 23/11/2026.",
        return_place="Bộ phận Một cửa Phường Bến Thành",
        receiver="Trần Minh Khuê",
    )
    gap = Gap(what="Giấy chứng sinh", why=WORDS, how="Chụp lại thẳng góc, đủ sáng.", law=LAW)
    yield Form02(**common, phase=FormPhase.INTAKE, gaps=(gap,) * MANY, approval=SIGNED, effect="")
    yield Form03(**common, grounds=(ground,), approval=SIGNED)
    yield Form04(
        **common,
        received_at=AT,
        original_due_at=AT,
        new_due_at=AT + timedelta(days=3),
        reason="chờ xác minh của đơn vị khác.",
        approval=SIGNED,
    )
    yield Form05(
        **common,
        received_at=AT,
        on_request=False,
        grounds=(ground,),
        stage="Thẩm định",
        approval=SIGNED,
    )
    step = ControlStep(handed_by="Trần Minh Khuê", received_by="Lý Trọng Nghĩa", handed_at=AT)
    yield Form06(**common, received_at=AT, due_at=AT, steps=(step,))
    line = RegisterLine(
        code=CODE,
        procedure=PROCEDURE,
        applicant="Nguyễn Thị Ánh Tuyết",
        received_at=AT,
        due_at=AT,
        status="Đang giải quyết",
    )
    yield Form07(
        letterhead=HEAD, first_on=date(2026, 11, 1), last_on=date(2026, 11, 30), lines=(line,)
    )
