"""Cách tính: what each number of the page counts, in words."""

from dataclasses import dataclass

from motcua.portals.lead.saying import ATTENTION, ENOUGH, percent
from motcua.ui.parts import Crumb, Fact

DEFINITIONS = (
    ("Tiếp nhận", "Hồ sơ được tiếp nhận trong kỳ, tính theo ngày tiếp nhận."),
    ("Chờ tiếp nhận", "Hồ sơ đã nộp, lúc này chưa được tiếp nhận hay từ chối."),
    ("Chưa tiếp nhận quá 1 ngày", "Phần của «chờ tiếp nhận» đã quá một ngày làm việc của quầy."),
    ("Đang giải quyết", "Hồ sơ đã tiếp nhận, lúc này chưa có kết quả."),
    ("Quá hạn", "Phần của «đang giải quyết» đã qua giờ hẹn trả và đồng hồ đang chạy."),
    ("Dừng đồng hồ", "Phần của «đang giải quyết» đang chờ người nộp. Phần này không tính trễ."),
    (
        "Đúng hạn, trễ hạn",
        (
            "Hồ sơ có kết quả trong kỳ. So ngày có kết quả với ngày hẹn trả, không so giờ. "
            "Thời gian chờ người nộp bổ sung được trừ. "
            "Hồ sơ bị yêu cầu bổ sung từ hai lần trở lên tính là trễ."
        ),
    ),
    ("Tỷ lệ trễ", "Số trễ hạn chia cho số có kết quả trong kỳ."),
    (
        "Đúng ngay lần đầu",
        (
            "Phần của hồ sơ có kết quả trong kỳ mà người nộp không bị hỏi lại lần nào, "
            "cả trước và sau khi tiếp nhận. Hỏi lại là mỗi yêu cầu bổ sung theo Mẫu 02. "
            "Cán bộ trả lại cho nhau trong cơ quan không tính."
        ),
    ),
    (
        "Bị hỏi lại",
        "Phần của hồ sơ có kết quả trong kỳ mà người nộp bị hỏi lại từ hai lần trở lên.",
    ),
    ("Người dân chấm điểm", "Điểm trung bình của hồ sơ có kết quả trong kỳ và đã được chấm."),
    ("Kỳ", "Tháng này, hoặc 3, 12 tháng dương lịch trọn tính cả tháng này."),
    ("Đơn vị", "Mỗi hồ sơ tính cho cơ quan có thẩm quyền giải quyết, cả khi nộp ở quầy khác."),
    (
        "Địa giới",
        (
            "«Nay»: hồ sơ của cơ quan đã sắp xếp tính cho cơ quan nhận việc. "
            "«Lúc đó»: tính cho cơ quan đã giải quyết. Tổng hai cách bằng nhau."
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodPage:
    crumbs: tuple[Crumb, ...]
    facts: tuple[Fact, ...]


def method_page() -> MethodPage:
    ours = (
        f"Lĩnh vực hoặc đơn vị trễ từ {percent(ATTENTION)} trở lên và có từ {ENOUGH} hồ sơ xong. "
        "Ngưỡng này do trang chọn, không phải quy định."
    )
    return MethodPage(
        crumbs=(Crumb(label="Điều hành", url="/dieu-hanh"), Crumb(label="Cách tính")),
        facts=tuple(
            Fact(label=label, value=text) for label, text in (*DEFINITIONS, ("Cần chú ý", ours))
        ),
    )
