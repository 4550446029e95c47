"""Biểu mẫu giao việc, gác việc: whom to give a task to, when to meet it again."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from django.http import QueryDict

from motcua.contexts.dossiers.contracts import DeskView
from motcua.contexts.dossiers.web.desk.asking import BAN, Address
from motcua.contexts.dossiers.web.desk.deciding import EMPTY, ActionForm
from motcua.contexts.organisations import public as organisations
from motcua.kernel import clock
from motcua.kernel.clock import CITY_TZ, city_date, city_time
from motcua.ui import dates
from motcua.ui.parts import Option, QuestionView

MORNING = time(7, 30)
TWO_HOURS = timedelta(hours=2)
DATED = "ngay"


def give_form(
    view: DeskView,
    url: Address,
    *,
    typed: QueryDict = EMPTY,
    errors: Mapping[str, str] | None = None,
) -> ActionForm | None:
    """None for whoever may not give it."""
    if view.task is None or not view.may_give:
        return None
    today, base = city_date(clock.now()), f"{BAN}/ho-so/{view.dossier.code}"
    able = organisations.holders_of(view.task.unit_id, view.task.role, today)
    people = tuple(
        Option(
            value=str(one.id),
            label=one.full_name,
            help="Đang vắng mặt, người làm thay sẽ thấy việc này."
            if organisations.is_away(one.id, today)
            else "",
        )
        for one in able
        if one.id != view.task.assignee_id
    )
    question = QuestionView(
        key="assignee",
        label="Giao cho",
        type="choice",
        value=typed.get("assignee", ""),
        options=people,
        error=(errors or {}).get("assignee", ""),
    )
    return ActionForm(
        title="Giao việc này",
        url=url(f"{base}/giao"),
        cancel_url=url(base),
        button="Giao việc",
        seen_version=view.dossier.version_seen,
        effect="Người được giao được báo và thấy việc này trong danh sách. Hạn không đổi.",
        questions=(question,),
    )


def snooze_form(
    view: DeskView,
    url: Address,
    *,
    typed: QueryDict = EMPTY,
    errors: Mapping[str, str] | None = None,
) -> ActionForm | None:
    """None for whoever does not hold the step."""
    if not view.mine:
        return None
    base, wrong, now = f"{BAN}/ho-so/{view.dossier.code}", errors or {}, clock.now()
    options = [Option(value=at.isoformat(), label=label) for label, at in offered_moments(now)]
    parts = tuple((part, typed.get(f"day.{part}", "")) for part in ("day", "month", "year"))
    return ActionForm(
        title="Gác lại, làm sau",
        url=url(f"{base}/gac"),
        cancel_url=url(base),
        button="Gác lại",
        seen_version=view.dossier.version_seen,
        effect="Chỉ danh sách của bạn vắng việc này. Hạn vẫn chạy, đơn vị vẫn tính trễ nếu trễ. "
        "Đến lúc bạn chọn, việc tự trở lại.",
        questions=(
            QuestionView(
                key="until",
                label="Làm lại vào lúc",
                type="choice",
                value=typed.get("until", options[0].value),
                options=(*options, Option(value=DATED, label="Sáng ngày khác, ghi bên dưới")),
                error=wrong.get("until", ""),
            ),
            QuestionView(key="day", label="Ngày khác", type="date", parts=parts, required=False,
                         error=wrong.get("day", "")),
        ),
    )  # fmt: skip


def offered_moments(now: datetime) -> tuple[tuple[str, datetime], ...]:
    """What people mean by «later», in the order they come. The moment itself goes into the form,
    so that the form sent twice says the same."""
    today = city_time(now).date()
    soon = (now + TWO_HOURS).astimezone(CITY_TZ).replace(second=0, microsecond=0)
    found = [(f"Hai giờ nữa ({dates.hour(soon)})", soon)]
    for words, days in (("Sáng mai", 1), ("Sáng kia", 2), ("Thứ Hai tới", 7 - today.weekday())):
        at = datetime.combine(today + timedelta(days=days), MORNING, CITY_TZ)
        if all(at != known for _label, known in found):
            found.append((f"{words} (7:30, {dates.short_day(at)})", at))
    return tuple(found)
