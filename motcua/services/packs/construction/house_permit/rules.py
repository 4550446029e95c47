"""Giấy phép xây dựng nhà: what the answers must agree on with each other."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils.translation import gettext as _

from motcua.kernel.forms import Refusal

OWNER_STOREYS = 3
OWNER_AREA_M2 = 250
OWNER_HEIGHT_M = 12
OWN_DESIGN = "Nghị định 207/2026/NĐ-CP, Điều 10 khoản 2"
ROUNDING_M2 = 1


def check(answers: Mapping[str, object], *, today: date) -> list[Refusal]:
    """Refusals of an application for a building permit."""
    refusals = [*_own_design(answers), *_areas(answers)]
    if "starts_on" in answers and str(answers["starts_on"]) < today.isoformat():
        message = _("Ngày này đã qua. Bạn chọn hôm nay hoặc một ngày sau.")
        refusals.append(Refusal(field="starts_on", message=message))
    return refusals


def _own_design(answers: Mapping[str, object]) -> Iterator[Refusal]:
    """Legal: an owner designs only a small house (Decree 207/2026 Art. 10(2))."""
    if answers.get("designer_kind") != "owner":
        return
    limits = (
        (_("từ 3 tầng trở lên"), _number(answers, "storeys") >= OWNER_STOREYS),
        (_("có tầng hầm"), _number(answers, "basements") > 0),
        (_("tổng sàn từ 250 m² trở lên"), _number(answers, "total_floor_area") >= OWNER_AREA_M2),
        (_("cao từ 12 m trở lên"), _number(answers, "height") >= OWNER_HEIGHT_M),
        (_("không phải nhà ở riêng lẻ"), answers.get("work_kind") == "other"),
    )
    exceeded = ", ".join(words for words, is_exceeded in limits if is_exceeded)
    if exceeded:
        message = _(
            "Công trình %(exceeded)s thì cần tổ chức hoặc người có chứng chỉ thiết kế. "
            "Bạn chọn một trong hai mục đó."
        ) % {"exceeded": exceeded}
        yield Refusal(field="designer_kind", message=message, citation=OWN_DESIGN)


def _areas(answers: Mapping[str, object]) -> Iterator[Refusal]:
    ground, land = _number(answers, "ground_floor_area"), _number(answers, "land_area")
    total = _number(answers, "total_floor_area")
    if land and ground > land:
        message = _("Diện tích tầng trệt lớn hơn thửa đất. Bạn xem lại hai số.")
        yield Refusal(field="ground_floor_area", message=message)
    if total and ground > total:
        message = _("Tổng diện tích sàn nhỏ hơn tầng trệt. Bạn cộng lại mọi tầng.")
        yield Refusal(field="total_floor_area", message=message)
    floors = answers.get("floors")
    if isinstance(floors, list) and total:
        listed = sum(_number(floor, "area") for floor in floors)
        if abs(listed - total) > ROUNDING_M2:
            message = _(
                "Các tầng cộng lại %(listed)s m², tổng sàn ghi %(total)s m². Bạn sửa cho khớp."
            ) % {"listed": _said(listed), "total": _said(total)}
            yield Refusal(field="floors", message=message)


def _number(answers: Mapping[str, object], key: str) -> float:
    value = answers.get(key)
    return float(value) if isinstance(value, int | float) else 0.0


def _said(area: float) -> str:
    return f"{area:.1f}".removesuffix(".0").replace(".", ",")
