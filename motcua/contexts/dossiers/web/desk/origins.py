"""Giấy từ đâu đến: how a paper came to the desk; who signed a result that is used again."""

from dataclasses import dataclass

from motcua.contexts.dossiers.contracts import PaperForm, PaperSource, PaperView
from motcua.kernel.clock import city_time
from motcua.ui import dates

PAPER_SOURCES = {
    PaperSource.UPLOADED: "người nộp gửi",
    PaperSource.SCANNED: "quét tại quầy",
    PaperSource.HANDED_IN: "bản giấy nộp tại quầy, chưa quét",
    PaperSource.FROM_STORE: "lấy từ Ví giấy tờ",
    PaperSource.FROM_DATABASE: "lấy từ cơ sở dữ liệu, không cần bản giấy",
    PaperSource.PRODUCED: "điền trên hệ thống",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Of a result that this city signed, as its register says now. late: it does not hold."""

    text: str
    verify_url: str
    late: bool = False


def came_as(paper: PaperView) -> str:
    """How this paper came to the desk."""
    shown = paper.source is not PaperSource.HANDED_IN
    if shown and paper.file is None and paper.form is PaperForm.ORIGINAL:
        return "đã xem bản chính tại quầy"
    return PAPER_SOURCES[paper.source]


def origin_of(paper: PaperView) -> Origin | None:
    issued = paper.issued
    if issued is None or paper.file is None:
        return None
    url = f"/xac-minh/{issued.verify_code}"
    if issued.sha256 != paper.file.sha256:
        text = "Tệp này không khớp với bản đã ký. Bạn không dùng giấy này."
        return Origin(text=text, verify_url=url, late=True)
    day = dates.day(city_time(issued.issued_at))
    said = f"{issued.unit_name} cấp {day}, {issued.signer_name} ký"
    if issued.revoked_at:
        over = dates.day(city_time(issued.revoked_at))
        text = f"{said}. Đã thu hồi {over}: {issued.revoked_reason}"
        return Origin(text=text, verify_url=url, late=True)
    return Origin(text=f"{said}. Còn hiệu lực, mã {issued.verify_code}.", verify_url=url)
