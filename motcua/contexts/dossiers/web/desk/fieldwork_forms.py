"""Biểu mẫu hẹn xác minh: when, where, who goes, with whom, and what to look at."""

import re
from collections.abc import Mapping
from datetime import datetime, time
from uuid import UUID

from django.http import QueryDict

from motcua.contexts.dossiers.contracts import DeskView
from motcua.contexts.dossiers.contracts.fieldwork import (
    FieldVisitState,
    FieldVisitView,
    PlanVisit,
)
from motcua.contexts.dossiers.queries.fieldwork import GOES, lines_for
from motcua.contexts.dossiers.web.desk.asking import BAN, Address
from motcua.contexts.dossiers.web.desk.deciding import EMPTY, ActionForm
from motcua.contexts.dossiers.web.desk.reading import DateMalformed
from motcua.contexts.organisations import public as organisations
from motcua.kernel import clock
from motcua.kernel.clock import CITY_TZ, city_date, city_time
from motcua.kernel.errors import Invalid
from motcua.kernel.forms.dates import day_of_parts
from motcua.kernel.web import uuid_of
from motcua.ui import dates
from motcua.ui.parts import Fact, Option, QuestionView

HOUR = re.compile(r"(\d{1,2})\s*(?:[:hg.]\s*(\d{2})?)?")
VISIT_STATES = {
    FieldVisitState.PLANNED: "Hẹn xác minh",
    FieldVisitState.CANCELLED: "Đã hủy xác minh",
    FieldVisitState.CLOSED: "Đã xác minh",
}
CLOCK_RUNS = (
    "Người nộp được báo ngay và có thể báo giờ không tiện. "
    "Đồng hồ giải quyết vẫn chạy: buổi xác minh không dừng thời hạn."
)


class HourMalformed(Invalid):
    sentence = "Bạn ghi giờ đến như 8:30 hoặc 14h."


def open_visit(view: DeskView) -> FieldVisitView | None:
    return next((one for one in view.visits if one.state is FieldVisitState.PLANNED), None)


def visit_facts(view: DeskView) -> tuple[Fact, ...]:
    """The visits of the dossier, beside its clock."""
    return tuple(
        Fact(
            label=VISIT_STATES[one.state],
            value=f"{dates.city_moment(one.starts_at)}, {one.place}",
            url=f"{BAN}/thuc-dia/{one.id}",
            note=f"Người nộp không tiện: {one.unsuited}"
            if one.unsuited and one.state is FieldVisitState.PLANNED
            else "",
        )
        for one in view.visits
    )


def visit_form(
    view: DeskView,
    url: Address,
    *,
    typed: QueryDict = EMPTY,
    errors: Mapping[str, str] | None = None,
) -> ActionForm | None:
    """A new visit, or the open one to move. None for whoever may not plan one."""
    if not view.can_visit or view.task is None:
        return None
    base, before = f"{BAN}/ho-so/{view.dossier.code}", open_visit(view)
    said, wrong = _said(view, before, typed), errors or {}
    questions = (
        QuestionView(
            key="starts_on",
            label="Ngày đến",
            type="date",
            parts=tuple((part, said[f"starts_on.{part}"]) for part in ("day", "month", "year")),
            error=wrong.get("starts_on", ""),
        ),
        _line("starts_time", "Giờ đến", said, wrong, help="Như 8:30 hoặc 14h."),
        _line("place", "Nơi đến", said, wrong, help="Số nhà, đường, phường, để người nộp đọc."),
        QuestionView(
            key="visitors",
            label="Ai đi",
            type="multi_choice",
            values=tuple(_visitors(view, before, typed)),
            options=_able(view.task.unit_id),
            error=wrong.get("visitors", ""),
        ),
        _line("companions", "Cùng đi với", said, wrong, required=False,
              help="Như công an phường, tổ trưởng dân phố."),
        QuestionView(
            key="lines",
            label="Cần xem gì",
            type="long_text",
            value=said["lines"],
            help="Mỗi dòng một điều. Lấy từ thủ tục, bạn sửa được.",
            error=wrong.get("lines", ""),
        ),
    )  # fmt: skip
    return ActionForm(
        title="Đổi buổi xác minh" if before else "Hẹn xác minh thực địa",
        url=url(f"{base}/thuc-dia"),
        cancel_url=url(base),
        button="Đổi và báo người nộp" if before else "Hẹn và báo người nộp",
        seen_version=view.dossier.version_seen,
        effect=CLOCK_RUNS,
        questions=questions,
    )


def _line(
    key: str,
    label: str,
    said: Mapping[str, str],
    wrong: Mapping[str, str],
    *,
    help: str,
    required: bool = True,
) -> QuestionView:
    return QuestionView(
        key=key,
        label=label,
        value=said[key],
        help=help,
        required=required,
        error=wrong.get(key, ""),
    )


def _said(view: DeskView, before: FieldVisitView | None, typed: QueryDict) -> dict[str, str]:
    """What was typed; else the open visit; else what the procedure says."""
    parts = (f"starts_on.{part}" for part in ("day", "month", "year"))
    names = (*parts, "starts_time", "place", "companions", "lines")
    if typed:
        return {name: typed.get(name, "") for name in names}
    if before is None:
        return dict.fromkeys(names, "") | {"lines": "\n".join(lines_for(view.dossier.case_id))}
    at = city_time(before.starts_at)
    return {
        "starts_on.day": str(at.day),
        "starts_on.month": str(at.month),
        "starts_on.year": str(at.year),
        "starts_time": f"{at:%H:%M}",
        "place": before.place,
        "companions": before.companions,
        "lines": "\n".join(line.text for line in before.lines),
    }


def _visitors(view: DeskView, before: FieldVisitView | None, typed: QueryDict) -> list[str]:
    if typed:
        return typed.getlist("visitors")
    if before is not None:
        return [str(one) for one in before.visitor_ids]
    return [str(view.task.assignee_id)] if view.task and view.task.assignee_id else []


def _able(unit_id: UUID) -> tuple[Option, ...]:
    today = city_date(clock.now())
    able = {o.id: o for role in GOES for o in organisations.holders_of(unit_id, role, today)}
    return tuple(
        Option(
            value=str(one.id),
            label=one.full_name,
            help="Đang vắng mặt." if organisations.is_away(one.id, today) else "",
        )
        for one in able.values()
    )


def visit_typed(code: str, typed: QueryDict) -> PlanVisit:
    """Raises: DateMalformed, HourMalformed."""
    on = day_of_parts(typed, "starts_on")
    if on is None:
        raise DateMalformed(field="starts_on")
    return PlanVisit(
        code=code,
        starts_at=datetime.combine(on, hour_in(typed.get("starts_time", "")), CITY_TZ),
        place=typed.get("place", ""),
        companions=typed.get("companions", ""),
        visitors=tuple(filter(None, map(uuid_of, typed.getlist("visitors")))),
        lines=tuple(line.strip() for line in typed.get("lines", "").splitlines() if line.strip()),
    )


def hour_in(text: str) -> time:
    """«8:30», «8h30», «14h», «9». Raises: HourMalformed."""
    found = HOUR.fullmatch(text.strip().lower())
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    if hour > 23 or minute > 59:
        raise HourMalformed(field="starts_time")
    return time(hour, minute)
