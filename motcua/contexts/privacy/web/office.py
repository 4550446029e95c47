"""Danh sách của người bảo vệ dữ liệu: what waits, what was answered, the register."""

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.contexts.privacy.contracts import Activity, RequestLine
from motcua.contexts.privacy.queries import requests
from motcua.contexts.privacy.rules import rights
from motcua.contexts.privacy.rules.activities import activities
from motcua.contexts.privacy.rules.words import BASES
from motcua.contexts.privacy.web import words
from motcua.contexts.privacy.web.room import GUARDS, ROOM, list_page
from motcua.kernel import clock
from motcua.kernel.access import route
from motcua.kernel.privacy import CLASS_NAMES, DataClass
from motcua.kernel.web import actor_of, page
from motcua.ui.exporting import csv_answer
from motcua.ui.parts import Action, Cell

HEADS = ("Yêu cầu", "Quyền", "Người yêu cầu", "Hạn trả lời", "Trạng thái")
REGISTER = (
    "Hoạt động",
    "Mục đích",
    "Cơ sở",
    "Căn cứ",
    "Loại dữ liệu",
    "Chủ thể",
    "Nơi nhận",
    "Thời hạn giữ",
    "Biện pháp bảo vệ",
    "Độ tin",
)


@never_cache
@require_safe
@route(GUARDS)
def queue(request: HttpRequest) -> HttpResponseBase:
    """Requests to answer, next due first."""
    now = clock.now()
    lines = requests.queue(actor_of(request), now=now)
    model = list_page(
        "Yêu cầu cần trả lời",
        HEADS,
        tuple(_row(line, now) for line in lines),
        empty="Không còn yêu cầu nào chờ bạn",
        note="Thời hạn tính theo ngày, từ ngày yêu cầu đến. Yêu cầu sắp hết hạn đứng trước.",
        actions=(
            Action(label="Câu hỏi về lượt xem", url=f"{ROOM}/luot-xem"),
            Action(label="Cảnh báo đọc dữ liệu", url=f"{ROOM}/canh-bao"),
        ),
    )
    return page(request, "privacy/list.html", model)


@never_cache
@require_safe
@route(GUARDS)
def answered(request: HttpRequest) -> HttpResponseBase:
    """What was decided, newest first."""
    now = clock.now()
    rows = tuple(_row(line, now) for line in requests.answered(actor_of(request), now=now))
    model = list_page("Yêu cầu đã trả lời", HEADS, rows, empty="Chưa trả lời yêu cầu nào")
    return page(request, "privacy/list.html", model)


def _row(line: RequestLine, now: datetime) -> tuple[Cell, ...]:
    return (
        Cell(text=line.code, url=f"{ROOM}/yeu-cau/{line.code}"),
        Cell(text=rights.rule(line.right).name),
        Cell(text=line.person_name),
        Cell(text=words.day(line.due_at)),
        Cell(text="", chip=words.state(line, now)),
    )


@require_safe
@route(GUARDS)
def register(request: HttpRequest) -> HttpResponseBase:
    """Sổ hoạt động xử lý."""
    rows = tuple(_activity(one) for one in activities())
    model = list_page(
        "Sổ hoạt động xử lý dữ liệu cá nhân",
        REGISTER,
        tuple(tuple(Cell(text=text) for text in row) for row in rows),
        empty="Sổ chưa có hoạt động nào",
        note="Mỗi bảng có dữ liệu cá nhân thuộc một hoạt động. K-l: chưa có nguồn.",
        export_url=f"{ROOM}/so-xu-ly/xuat.csv",
        actions=(Action(label="Đánh giá tác động", url=f"{ROOM}/danh-gia", icon="scale"),),
    )
    return page(request, "privacy/list.html", model)


@require_safe
@route(GUARDS)
def register_csv(request: HttpRequest) -> HttpResponseBase:
    """The register as a file."""
    rows: Iterable[tuple[str, ...]] = (_activity(one) for one in activities())
    return csv_answer("so-hoat-dong-xu-ly.csv", REGISTER, rows)


def _activity(one: Activity) -> tuple[str, ...]:
    return (
        one.name,
        one.purpose,
        BASES[one.basis],
        one.law,
        ", ".join(CLASS_NAMES[DataClass(found)] for found in one.classes),
        one.subjects,
        one.recipients,
        one.period,
        ", ".join(one.security),
        one.mark,
    )
