"""Tên gọi on papers and pages of the officers: bases, levels, causes, grounds."""

from motcua.contexts.privacy.contracts import DutyCause, HoldGround, LegalBasis, Level

BASES: dict[str, str] = {
    LegalBasis.STATUTORY_DUTY: "Nghĩa vụ luật định",
    LegalBasis.CONSENT: "Sự đồng ý",
    LegalBasis.CONTRACT: "Hợp đồng",
    LegalBasis.VITAL_INTEREST: "Lợi ích sống còn",
    LegalBasis.EMERGENCY: "Tình trạng khẩn cấp",
    LegalBasis.PUBLIC_SOURCE: "Nguồn công khai",
}
LEVELS: dict[str, str] = {Level.LOW: "Thấp", Level.MEDIUM: "Vừa", Level.HIGH: "Cao"}
CAUSES: dict[str, str] = {
    DutyCause.NEW: "Chưa gửi lần nào",
    DutyCause.CHANGED: "Hoạt động đã thay đổi",
    DutyCause.RENEWAL: "Đến kỳ cập nhật",
}
GROUNDS: dict[str, str] = {
    HoldGround.COMPLAINT: "Đang có khiếu nại, tố cáo",
    HoldGround.COURT: "Tòa án, cơ quan điều tra yêu cầu",
    HoldGround.AUDIT: "Đang thanh tra, kiểm toán",
}
