"""Kể lại thay đổi: each difference of two versions as one Vietnamese sentence."""

from collections.abc import Callable, Mapping
from typing import Any

from motcua.contexts.procedures.contracts.designing import Change, ChangeKind, Path
from motcua.contexts.procedures.rules.patching import Op, differences, name_of
from motcua.kernel.actors import ROLE_NAMES, Role

THINGS = {
    "step": "bước",
    "action": "thao tác",
    "page": "trang biểu mẫu",
    "question": "câu hỏi",
    "field": "câu hỏi trong nhóm",
    "component": "giấy tờ",
    "options": "lựa chọn",
    "reasons": "lý do soạn sẵn",
    "fee": "khoản thu",
    "duration": "thời hạn",
    "legal": "căn cứ",
    "retention": "thời hạn lưu",
}
FIELDS = {
    "name": "tên", "name_en": "tên tiếng Anh", "citizen_name": "tên người dân thấy",
    "citizen_name_en": "tên người dân thấy, tiếng Anh", "citizen_text": "lời giải thích",
    "citizen_text_en": "lời giải thích, tiếng Anh", "citizen_do": "việc người dân làm",
    "citizen_do_en": "việc người dân làm, tiếng Anh", "message": "tin nhắn",
    "message_en": "tin nhắn, tiếng Anh", "clock": "quy tắc đồng hồ", "hours": "giờ làm việc",
    "seat": "đơn vị làm", "role": "chức danh", "to": "bước tới", "status": "trạng thái",
    "kind": "loại", "label": "lời", "label_en": "lời tiếng Anh", "title": "tiêu đề",
    "title_en": "tiêu đề tiếng Anh", "help": "giải thích", "help_en": "giải thích tiếng Anh",
    "type": "kiểu trả lời", "required": "bắt buộc", "prefill": "nguồn điền sẵn",
    "legal": "căn cứ", "evidence": "giấy tờ được thay", "show_if": "điều kiện hiện",
    "applies_if": "điều kiện áp dụng", "amount": "mức thu", "value": "số",
    "unit": "đơn vị tính", "text": "lời", "valid_from": "ngày bắt đầu", "valid_to": "ngày hết",
    "form": "hình thức", "replaced_by": "cơ sở dữ liệu thay thế", "originals": "số bản chính",
    "copies": "số bản sao", "verified": "đã đối chiếu", "restart": "tính lại từ đầu",
    "online": "mức trực tuyến", "description": "mô tả", "conditions": "điều kiện",
    "keywords": "từ người dân dùng", "field": "lĩnh vực", "decision": "quyết định công bố",
    "agency_key": "cơ quan giải quyết", "rule": "cách tính", "approved_by": "nơi phê duyệt",
    "for_whom": "dành cho ai", "before_you_start": "trước khi bắt đầu", "steps": "các bước",
    "result": "kết quả", "source": "nguồn", "process_key": "mã quy trình", "note": "ghi chú",
    "units": "đơn vị được hỏi", "answer_hours": "giờ trả lời", "silence": "quy tắc im lặng",
    "silence_law": "căn cứ của quy tắc im lặng",
    "silence_verified": "căn cứ đã đối chiếu",
    "visit": "điều cần xem khi xác minh thực địa",
    "years": "số năm lưu", "counted_from": "tính từ", "law": "căn cứ", "of": "lưu",
    "mark": "độ tin",
}  # fmt: skip
SEATS = {
    "RECEIVING": "bộ phận tiếp nhận",
    "DIVISION": "phòng chuyên môn",
    "AUTHORITY": "lãnh đạo cơ quan",
    "RETURNING": "bộ phận trả kết quả",
}
CLOCKS = {
    "RECEIVING": "đồng hồ tiếp nhận",
    "RUNS": "đồng hồ giải quyết chạy",
    "ENDED": "đồng hồ đã hết",
}
# Bookkeeping that says nothing to a reader.
UNSAID = frozenset({("source",), ("process_key",), ("process", "key")})


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """Every change from one table of a definition to the other; none when they are the same."""
    return tuple(
        Change(
            kind=op.kind,
            path=op.path,
            sentence=_sentence(op, before, after),
            before=op.before,
            after=op.after,
            position=op.position,
        )
        for op in differences(before, after)
    )


def told(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """The changes that mean something to whoever reads the procedure."""
    return tuple(change for change in changes if change.path not in UNSAID)


def _sentence(op: Op, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    said = _TOLD[op.kind](op, before, after)
    return f"{said[:1].upper()}{said[1:]}."


def _set(op: Op, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    name = op.path[-1]
    what = _called(op.path[:-1], before, after)
    label = FIELDS.get(name, THINGS.get(name, name))
    place = f"{what}: {label}" if what else label
    old, new = value_said(name, op.before), value_said(name, op.after)
    if not old:
        return f"{place} thêm «{new}»"
    if not new:
        return f"{place} bỏ «{old}»"
    return f"{place} từ «{old}» thành «{new}»"


def _added(op: Op, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    item = op.after if isinstance(op.after, Mapping) else {}
    thing = THINGS.get(op.path[-2], op.path[-2])
    within = _called(op.path[:-2], before, after)
    hours = f", {item['hours']:g} giờ làm việc" if "hours" in item else ""
    return f"thêm {thing} «{title_of(item)}»{hours}" + (f" vào {within}" if within else "")


def _removed(op: Op, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    item = op.before if isinstance(op.before, Mapping) else {}
    thing = THINGS.get(op.path[-2], op.path[-2])
    within = _called(op.path[:-2], before, after)
    return f"bỏ {thing} «{title_of(item)}»" + (f" khỏi {within}" if within else "")


def _order(op: Op, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    assert isinstance(op.before, list) and isinstance(op.after, list)
    stay = _longest_kept(op.before, op.after)
    moved = [name for name in op.after if name not in stay]
    thing = THINGS.get(op.path[-1], op.path[-1])
    called = ", ".join(f"«{_item_title(after, (*op.path, name))}»" for name in moved)
    return f"đổi thứ tự {thing}: {called}"


_TOLD: dict[ChangeKind, Callable[[Op, Mapping[str, Any], Mapping[str, Any]], str]] = {
    ChangeKind.SET: _set,
    ChangeKind.ADDED: _added,
    ChangeKind.REMOVED: _removed,
    ChangeKind.ORDER: _order,
}


def value_said(name: str, value: object) -> str:
    """A value as a reader says it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if name == "role" and value in Role.__members__:
        return ROLE_NAMES[Role(str(value))]
    if name == "clock":
        return CLOCKS.get(str(value), str(value))
    if name == "seat":
        return SEATS.get(str(value), str(value))
    if isinstance(value, float | int):
        return f"{value:g}" if isinstance(value, float) else str(value)
    if isinstance(value, list):
        return "; ".join(value_said("", item) for item in value)
    if isinstance(value, Mapping):
        return title_of(value)
    return str(value)


def title_of(item: Mapping[str, Any]) -> str:
    for name in ("name", "title", "label", "document", "text", "unit", "key"):
        if item.get(name):
            return str(item[name])
    return ", ".join(f"{FIELDS.get(k, k)} {value_said(k, v)}" for k, v in item.items())


def _called(path: Path, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """The innermost thing on the path, by its title: «bước «Thẩm định»»."""
    for end in range(len(path), 1, -1):
        kind = path[end - 2]
        if kind in THINGS:
            title = _item_title(after, path[:end]) or _item_title(before, path[:end])
            return f"{THINGS[kind]} «{title}»"
    return ""


def _item_title(table: Mapping[str, Any], path: Path) -> str:
    here: Any = table
    for depth, name in enumerate(path):
        if isinstance(here, list):
            kind = path[depth - 1]
            here = next((item for item in here if name_of(kind, item) == name), None)
        else:
            here = here.get(name) if isinstance(here, Mapping) else None
        if here is None:
            return ""
    return title_of(here) if isinstance(here, Mapping) else ""


def _longest_kept(before: list[str], after: list[str]) -> set[str]:
    """The most names that stand in the same order in both."""
    rows = [[0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i in range(len(before) - 1, -1, -1):
        for j in range(len(after) - 1, -1, -1):
            same = before[i] == after[j]
            rows[i][j] = rows[i + 1][j + 1] + 1 if same else max(rows[i + 1][j], rows[i][j + 1])
    kept: set[str] = set()
    i = j = 0
    while i < len(before) and j < len(after):
        if before[i] == after[j]:
            kept.add(before[i])
            i, j = i + 1, j + 1
        elif rows[i + 1][j] >= rows[i][j + 1]:
            i += 1
        else:
            j += 1
    return kept
