"""Phím tắt: what each key of the desk does; each can be switched off and stays so everywhere."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods

from motcua.contexts.casework import public as casework
from motcua.contexts.dossiers.web.desk.asking import BAN
from motcua.kernel import clock
from motcua.kernel.access import officers, route
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui.parts import FieldError

URL = f"{BAN}/phim"
KEYS = {
    "J": "Xuống dòng dưới",
    "K": "Lên dòng trên",
    "Enter": "Mở hồ sơ ở dòng đang chọn",
    "X": "Đánh dấu dòng để làm cùng lúc",
    "Shift+J": "Xuống và đánh dấu",
    "Shift+K": "Lên và đánh dấu",
    "Escape": "Về danh sách",
    "/": "Vào ô tìm",
    "F": "Lọc danh sách",
    "1": "Phần Kiểm tra", "2": "Phần Trao đổi", "3": "Phần Ý kiến",
    "4": "Phần Văn bản", "5": "Phần Lịch sử",
    "Space": "Xem tệp của giấy tờ đầu tiên",
    "N": "Nhận việc",
    "G": "Giao việc cho người khác",
    "H": "Gác lại, làm sau",
    "U": "Hoàn tác thao tác vừa làm",
    "D": "Đạt, chuyển bước sau (ký, ban hành, trả kết quả)",
    "B": "Yêu cầu người nộp gửi thêm",
    "Y": "Xin ý kiến, trả lời ý kiến",
    "C": "Trả lại bước trước",
    "T": "Hẹn hoặc đổi buổi xác minh thực địa",
    "Ctrl+K": "Mở bảng lệnh",
    "Ctrl+I": "Chèn câu có sẵn vào ô đang viết",
    "Ctrl+Enter": "Gửi biểu mẫu đang điền",
    "?": "Xem các phím tắt",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRow:
    """name: as the script knows it. keys: to be pressed together."""

    name: str
    keys: tuple[str, ...]
    label: str
    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KeysPage:
    rows: tuple[KeyRow, ...]
    url: str
    errors: tuple[FieldError, ...] = ()


@require_http_methods(["GET", "HEAD", "POST"])
@route(officers)
def keys(request: HttpRequest) -> HttpResponseBase:
    """See them; leave out those one does not want, or all."""
    actor = actor_of(request)
    if request.method == "POST":
        wanted = set() if "none" in request.POST else set(request.POST.getlist("on"))
        off = KEYS.keys() - (set(KEYS) if "all" in request.POST else wanted)
        casework.choose_keys(off, actor=actor, now=clock.now())
        messages.success(request, "Đã ghi phím tắt của bạn, dùng ở mọi máy bạn đăng nhập.")
        return redirect_after(URL)
    unwanted = casework.keys_off(actor.officer_id) if actor.officer_id else frozenset()
    rows = tuple(
        KeyRow(name=name, keys=tuple(name.split("+")), label=label, on=name not in unwanted)
        for name, label in KEYS.items()
    )
    return page(request, "dossiers/desk/keys.html", KeysPage(rows=rows, url=URL))
