"""Bảy mẫu của Thông tư 03/2025/TT-VPCP, Phụ lục I: the data each form needs, typed.

The words printed are composed by the caller where they depend on the case (explained due date,
reasons); everything fixed by the form is in its template. Dates are printed in city time.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

SCHEME = "TT 03/2025/TT-VPCP"  # the numbering; older forms of TT 01/2018 number differently


class FormPhase(StrEnum):
    """When a supplement is asked: before acceptance, or with the clock stopped."""

    INTAKE = "INTAKE"
    PROCESSING = "PROCESSING"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """superior: the body above, printed over `agency`, may be empty. number: with its symbol."""

    superior: str
    agency: str
    number: str
    on: date
    place: str = "Thành phố Hồ Chí Minh"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressedTo:
    """The applicant as printed. personal_number: already masked by the caller.

    filed_by: who filed it for them and on what ground; empty when they did it alone.
    """

    full_name: str
    personal_number: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    filed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """The block at the foot. capacity: «KT. CHỦ TỊCH». signed_at None leaves room for ink."""

    position: str
    full_name: str
    capacity: str = ""
    signed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """One paper received. form: in words (bản chính, bản sao, bản điện tử, lấy từ CSDL).

    size: bytes, and short_hash as FileView gives it; both empty for paper originals.
    """

    name: str
    form: str
    count: int = 1
    pages: int | None = None
    size: int | None = None
    short_hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One thing to supplement: which paper, why it does not do, how to mend it, by which rule."""

    what: str
    why: str
    how: str
    law: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A reason and the rule it stands on. what: the paper or question; how: what one can do."""

    reason: str
    law: str = ""
    what: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlStep:
    """One hand-over of the control slip. timeliness: Sớm hạn, Đúng hạn, Quá hạn or empty."""

    handed_by: str
    received_by: str
    handed_at: datetime
    due_at: datetime | None = None
    result: str = ""
    timeliness: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLine:
    """One line of the register of dossiers."""

    code: str
    procedure: str
    applicant: str
    received_at: datetime
    due_at: datetime | None
    status: str
    transferred_to: str = ""
    finished_at: datetime | None = None
    returned_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Common part: who writes, about which dossier.

    qr_url: where the reader checks or follows; printed as QR. verify_code: printed beneath it
    when the form is signed and issued.
    """

    number: ClassVar[str]
    title: ClassVar[str]

    letterhead: Letterhead
    dossier_code: str
    procedure: str
    qr_url: str = ""
    verify_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form01(Form):
    """Receipt and appointment (A5).

    due_explained: the sentence of the clock. lookup_secret: lets anybody holding the receipt look
    the dossier up. ledger_mark: digest of the submission's leaf; paper in a hand binds the ledger.
    fee: in words as printed. reprinted_on: set when this is not the first print.
    due_at None: nothing was promised yet (status 1), the form then says when to expect a promise.
    """

    number = "01"
    title = "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"

    applicant: AddressedTo
    papers: tuple[PaperLine, ...]
    received_at: datetime
    due_at: datetime | None
    duration: str
    due_explained: str
    return_place: str
    receiver: str
    return_channel: str = ""
    fee: str = ""
    lookup_secret: str = ""
    reprinted_on: date | None = None
    reprint_reason: str = ""
    ledger_mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form02(Form):
    """Request to supplement. effect: what happens to the clock, one sentence."""

    number = "02"
    title = "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ"

    applicant: AddressedTo
    phase: FormPhase
    gaps: tuple[Gap, ...]
    approval: Approval
    answer_by: date | None = None
    effect: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form03(Form):
    """Refusal to receive. instead: what the person can do now, may be empty."""

    number = "03"
    title = "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ"

    applicant: AddressedTo
    grounds: tuple[Ground, ...]
    approval: Approval
    instead: str = ""
    contact_name: str = ""
    contact_phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form04(Form):
    """Apology and new appointment; the original promise stays printed."""

    number = "04"
    title = "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT"

    applicant: AddressedTo
    received_at: datetime
    original_due_at: datetime
    new_due_at: datetime
    reason: str
    approval: Approval
    new_due_explained: str = ""
    contact_name: str = ""
    contact_phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form05(Form):
    """Notice that processing stops (new in 2025), on request or by law."""

    number = "05"
    title = "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ"

    applicant: AddressedTo
    received_at: datetime
    on_request: bool
    grounds: tuple[Ground, ...]
    stage: str
    approval: Approval
    settlement: str = "Hồ sơ này chưa thu khoản tiền nào."
    papers_back: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form06(Form):
    """Control slip (A4 landscape): every hand-over with its timeliness."""

    number = "06"
    title = "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ"

    applicant: AddressedTo
    received_at: datetime
    due_at: datetime | None
    steps: tuple[ControlStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form07(Form):
    """Register of dossiers for a period (A4 landscape); dossier_code and procedure stay empty."""

    number = "07"
    title = "SỔ THEO DÕI HỒ SƠ"

    first_on: date
    last_on: date
    lines: tuple[RegisterLine, ...]
    dossier_code: str = ""
    procedure: str = ""
