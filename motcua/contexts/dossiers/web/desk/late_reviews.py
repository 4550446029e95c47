"""Xem lại trễ: for leaders, which unit has not answered the unhappy, without anybody's words."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.contexts.dossiers.contracts.reviews import ReviewView
from motcua.contexts.dossiers.queries import reviews as asked
from motcua.contexts.dossiers.web.desk.reviewing import review_clock
from motcua.kernel import clock
from motcua.kernel.access import roles, route
from motcua.kernel.actors import Role
from motcua.kernel.purpose import Purpose
from motcua.kernel.web import actor_of, page
from motcua.ui import dates
from motcua.ui.parts import Cell, Crumb, Empty, Table

HEADS = ("Cơ quan xem lại", "Hồ sơ", "Thủ tục", "Đơn vị bị phản ánh", "Lần", "Hạn trả lời")


@dataclass(frozen=True, slots=True, kw_only=True)
class LateReviewsPage:
    title: str
    note: str
    table: Table
    crumbs: tuple[Crumb, ...]


@never_cache
@require_safe
@route(roles(Role.LEADER), purpose=Purpose.AUDIT)
def late(request: HttpRequest) -> HttpResponseBase:
    """Past their time, the oldest first."""
    rows = asked.overdue(actor_of(request), now=clock.now())
    title = "Đề nghị xem lại bị trễ"
    model = LateReviewsPage(
        title=title,
        note=f"Trễ trả lời: {len(rows)}. {review_clock()}",
        table=Table(
            caption=title,
            heads=tuple((head, False) for head in HEADS),
            rows=tuple(_row(one) for one in rows),
            empty=Empty(title="Không có đề nghị nào bị trễ", icon="scale"),
        ),
        crumbs=(Crumb(label="Điều hành", url="/dieu-hanh"), Crumb(label=title)),
    )
    return page(request, "dossiers/desk/late_reviews.html", model)


def _row(one: ReviewView) -> tuple[Cell, ...]:
    return (
        Cell(text=one.unit_name),
        Cell(text=one.code),
        Cell(text=one.procedure_name),
        Cell(text=one.about_unit),
        Cell(text=str(one.level)),
        Cell(text=dates.city_moment(one.due_at)),
    )
