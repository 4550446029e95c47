"""Mô hình trang làm cùng lúc: ticked dossiers by the action that all of a group allow."""

from collections.abc import Sequence
from dataclasses import dataclass

from motcua.contexts.casework.contracts import TaskState
from motcua.contexts.dossiers.actions.joint import TOGETHER
from motcua.contexts.dossiers.contracts import DeskView, OfferedAction
from motcua.contexts.dossiers.web.desk.asking import BAN, Asked
from motcua.contexts.dossiers.web.desk.deciding import EFFECTS
from motcua.contexts.dossiers.web.desk.panes import due_words, papers_note
from motcua.ui.parts import FieldError, Option

BULK = f"{BAN}/hang-loat"


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkRow:
    """A dossier of a group. `note`: what to know before, or why it cannot be done."""

    code: str
    name: str
    url: str
    note: str
    left: str
    late: bool
    seen_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkGroup:
    """Dossiers of one procedure at one step, and one action that all of them allow."""

    title: str
    label: str
    action: str
    effect: str
    rows: tuple[BulkRow, ...]
    assignees: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkPage:
    title: str
    url: str
    back_url: str
    runs_url: str
    groups: tuple[BulkGroup, ...]
    refused: tuple[BulkRow, ...]
    errors: tuple[FieldError, ...] = ()


def bulk_page(views: Sequence[DeskView], asked: Asked) -> BulkPage:
    """Same procedure, same step, same action: nothing else is done together."""
    groups: dict[tuple[str, str, str], list[tuple[DeskView, OfferedAction]]] = {}
    refused = []
    for view in views:
        offered = [action for action in view.actions if action.kind in TOGETHER]
        version = view.dossier.version
        for action in offered:
            key = (version.procedure_code, view.step_name, action.key)
            groups.setdefault(key, []).append((view, action))
        if not offered:
            refused.append(_row(view, asked, why_not(view)))
    return BulkPage(
        title=f"Làm cùng lúc {len(views)} hồ sơ",
        url=asked.url(BULK),
        back_url=asked.url(),
        runs_url=f"{BAN}/cung-luc",
        groups=tuple(_group(found, asked) for found in groups.values()),
        refused=tuple(refused),
    )


def _group(found: Sequence[tuple[DeskView, OfferedAction]], asked: Asked) -> BulkGroup:
    view, action = found[0]
    people = [dict(each.assignees) for _, each in found]
    common = {i: name for i, name in people[0].items() if all(i in one for one in people)}
    return BulkGroup(
        title=f"{view.dossier.version.name} · {view.step_name}",
        label=action.label,
        action=action.key,
        effect=EFFECTS[action.kind],
        rows=tuple(_row(each, asked, papers_note(each.dossier)) for each, _ in found),
        assignees=tuple(Option(value=str(i), label=name) for i, name in common.items()),
    )


def _row(view: DeskView, asked: Asked, note: str) -> BulkRow:
    left, late = due_words(view.dossier)
    return BulkRow(
        code=view.dossier.code,
        name=view.dossier.applicant_name,
        url=asked.url(f"{BAN}/ho-so/{view.dossier.code}"),
        note=note,
        left=left,
        late=late,
        seen_version=view.dossier.version_seen,
    )


def why_not(view: DeskView) -> str:
    if view.mine and view.actions:
        return "Bước này cần điền thêm cho từng hồ sơ. Bạn mở hồ sơ để làm."
    if view.task and view.task.state is TaskState.WAITING:
        return "Đang chờ ý kiến hoặc chờ người nộp."
    return view.holder_sentence
