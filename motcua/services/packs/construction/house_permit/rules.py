"""Giấy phép xây dựng nhà: what the answers must agree on with each other."""

from collections.abc import Iterator, Mapping
from datetime import date

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
        message = "Ngày khởi công phải từ hôm nay trở đi."
        refusals.append(Refusal(field="starts_on", message=message))
    return refusals


def _own_design(answers: Mapping[str, object]) -> Iterator[Refusal]:
    """Legal: an owner designs only a small house (Decree 207/2026 Art. 10(2))."""
    if answers.get("designer_kind") != "owner":
        return
    limits = (
        ("từ 3 tầng trở lên", _number(answers, "storeys") >= OWNER_STOREYS),
        ("có tầng hầm", _number(answers, "basements") > 0),
        ("tổng sàn từ 250 m² trở lên", _number(answers, "total_floor_area") >= OWNER_AREA_M2),
        ("cao từ 12 m trở lên", _number(answers, "height") >= OWNER_HEIGHT_M),
        ("không phải nhà ở riêng lẻ", answers.get("work_kind") == "other"),
    )
    exceeded = ", ".join(words for words, is_exceeded in limits if is_exceeded)
    if exceeded:
        message = f"Công trình {exceeded} thì cần tổ chức hoặc người có chứng chỉ thiết kế."
        yield Refusal(field="designer_kind", message=message, citation=OWN_DESIGN)


def _areas(answers: Mapping[str, object]) -> Iterator[Refusal]:
    ground, land = _number(answers, "ground_floor_area"), _number(answers, "land_area")
    total = _number(answers, "total_floor_area")
    if land and ground > land:
        message = "Diện tích tầng trệt lớn hơn diện tích thửa đất."
        yield Refusal(field="ground_floor_area", message=message)
    if total and ground > total:
        message = "Tổng diện tích sàn phải gồm cả tầng trệt."
        yield Refusal(field="total_floor_area", message=message)
    floors = answers.get("floors")
    if isinstance(floors, list) and total:
        listed = sum(_number(floor, "area") for floor in floors)
        if abs(listed - total) > ROUNDING_M2:
            message = f"Các tầng cộng lại {_said(listed)} m², tổng sàn ghi {_said(total)} m²."
            yield Refusal(field="floors", message=message)


def _number(answers: Mapping[str, object], key: str) -> float:
    value = answers.get(key)
    return float(value) if isinstance(value, int | float) else 0.0


def _said(area: float) -> str:
    return f"{area:.1f}".removesuffix(".0").replace(".", ",")
