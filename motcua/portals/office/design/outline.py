"""Cột trái: the parts of a draft, in order, and where a remark of the linter is mended."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from motcua.contexts.procedures.contracts import Finding, Severity
from motcua.portals.office.design.asking import Path, address_of
from motcua.ui.parts import Action

SECTIONS = {
    "quy-trinh": ("Quy trình", ("process", "step")),
    "bieu-mau": ("Biểu mẫu", ("form", "page")),
    "giay-to": ("Giấy tờ", ("component",)),
    "khoan-thu": ("Phí", ("fee",)),
    "thoi-han": ("Thời hạn", ("duration",)),
    "can-cu": ("Căn cứ", ("legal",)),
    "luu-giu": ("Lưu giữ", ("retention",)),
    "loi": ("Lời", ()),
}
CHILDREN = {"step": "action", "page": "question"}
ADDS = {
    "step": "Thêm bước",
    "action": "Thêm thao tác",
    "page": "Thêm trang",
    "question": "Thêm câu hỏi",
    "component": "Thêm giấy tờ",
    "fee": "Thêm khoản thu",
    "duration": "Thêm thời hạn",
    "legal": "Thêm căn cứ",
    "retention": "Thêm thời hạn lưu",
}
_ITEM = re.compile(r"([a-z_]+)\[([^\]]*)\]")
ROOTS = {"process": "quy-trinh", "form": "bieu-mau", "component": "giay-to", "fee": "khoan-thu",
         "duration": "thoi-han", "legal": "can-cu", "retention": "luu-giu"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of the outline. depth: 1 for what lies inside another."""

    title: str
    note: str
    url: str
    path: str
    depth: int
    current: bool
    remarks: int
    can_move_up: bool
    can_move_down: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A finding of the linter with the way to mend it."""

    sentence: str
    url: str
    wrong: bool
    field: str = ""


def section_of(path: Path) -> str:
    """Which tab a part lies in."""
    return ROOTS.get(path[0], "loi") if path else "loi"


def items(
    table: Mapping[str, Any], section: str, chosen: Path, remarks: tuple[Finding, ...], id: UUID
) -> tuple[Item, ...]:
    """The lines of one tab."""
    _label, root = SECTIONS[section]
    if not root:
        return tuple(_words(chosen, remarks, id))
    return tuple(_lines(_at(table, root), root, chosen, remarks, id, depth=0))


def _words(chosen: Path, remarks: tuple[Finding, ...], id: UUID) -> Iterator[Item]:
    for path, title in (
        ((), "Tên, mức trực tuyến, mô tả"),
        (("texts", "vi"), "Lời cho người dân"),
        (("texts", "en"), "Lời tiếng Anh"),
    ):
        yield Item(
            title=title,
            note="",
            url=address_of(id, path, phan="loi"),
            path="/".join(path),
            depth=0,
            current=path == chosen,
            remarks=sum(1 for one in remarks if path and mended_at(one.path)[: len(path)] == path),
            can_move_up=False,
            can_move_down=False,
        )


def _lines(
    rows: list[Mapping[str, Any]],
    root: Path,
    chosen: Path,
    remarks: tuple[Finding, ...],
    id: UUID,
    *,
    depth: int,
) -> Iterator[Item]:
    for place, row in enumerate(rows):
        path = (*root, str(row.get("key", f"#{place}")))
        inside = CHILDREN.get(root[-1])
        yield Item(
            title=str(row.get("name") or row.get("title") or row.get("label") or _untitled(row)),
            note=_note(row),
            url=address_of(id, path),
            path="/".join(path),
            depth=depth,
            current=path == chosen,
            remarks=sum(1 for one in remarks if mended_at(one.path)[: len(path)] == path),
            can_move_up=place > 0,
            can_move_down=place < len(rows) - 1,
        )
        if inside and chosen[: len(path)] == path:
            children = list(row.get(inside, ()))
            yield from _lines(children, (*path, inside), chosen, remarks, id, depth=depth + 1)


def _untitled(row: Mapping[str, Any]) -> str:
    for name in ("document", "text", "case", "unit", "kind", "law"):
        if row.get(name):
            return str(row[name])
    return "Chưa có tên"


def _note(row: Mapping[str, Any]) -> str:
    if "hours" in row:
        return f"{row['hours']:g} giờ"
    return ""


def _at(table: Mapping[str, Any], root: Path) -> list[Mapping[str, Any]]:
    here: Any = table
    for name in root:
        here = here.get(name, {}) if isinstance(here, Mapping) else {}
    return list(here) if isinstance(here, list | tuple) else []


def adding(id: UUID, section: str, chosen: Path) -> tuple[Action, ...]:
    """What may be added here, and behind what."""
    root = SECTIONS[section][1]
    if not root:
        return ()
    main = chosen[: len(root) + 1]
    after = main[-1] if len(main) > len(root) else ""
    found = [_add(id, root, after)]
    inside = CHILDREN.get(root[-1])
    if inside and after:
        behind = chosen[len(root) + 2] if len(chosen) > len(root) + 2 else ""
        found.append(_add(id, (*main, inside), behind))
    return tuple(found)


def _add(id: UUID, root: Path, after: str) -> Action:
    url = address_of(id, root, them="1", sau=after)
    return Action(label=ADDS[root[-1]], url=url, icon="plus", kind="quiet")


def mended_at(path: str) -> Path:
    """The part of a draft that a remark speaks of: `form.page[a].question[b]` and its field."""
    found: list[str] = []
    for name in re.split(r"\.(?![^\[]*\])", path):
        item = _ITEM.fullmatch(name)
        if item is None:
            found.append(name)
            continue
        number = item[2].isdecimal() and item[1] in {"fee", "duration", "legal", "retention"}
        found += [item[1], f"#{item[2]}" if number else item[2]]
    return tuple(found)


def remarks_of(findings: tuple[Finding, ...], id: UUID) -> tuple[Remark, ...]:
    return tuple(_remark(one, id) for one in findings)


def remarks_at(findings: tuple[Finding, ...], path: Path, id: UUID) -> tuple[Remark, ...]:
    """What is said of one part itself or of something inside it."""
    if not path:
        return ()
    return tuple(_remark(f, id) for f in findings if mended_at(f.path)[: len(path)] == path)


def _remark(finding: Finding, id: UUID) -> Remark:
    whole = mended_at(finding.path)
    part, name = _part(whole)
    return Remark(
        sentence=finding.sentence,
        url=address_of(id, part, phan=section_of(part)) + (f"#q-{_dashed(name)}" if name else ""),
        wrong=finding.severity is Severity.ERROR,
        field=name,
    )


def _dashed(name: str) -> str:
    return name.replace("_", "-")


def _part(path: Path) -> tuple[Path, str]:
    """The part that has a page, and the field of it."""
    if path[:1] == ("texts",):
        return path[:2], path[2] if len(path) > 2 else ""
    for end in range(len(path), 1, -1):
        if path[end - 2] in ADDS:
            return path[:end], path[end] if len(path) > end else ""
    return ((), path[0] if len(path) == 1 else "") if path else ((), "")
