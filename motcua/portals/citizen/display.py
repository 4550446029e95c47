"""Cỡ chữ và trợ giúp: how pages are shown, and who helps whoever finds them hard."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.kernel.access import open_to_all, route
from motcua.kernel.web import page
from motcua.ui.parts import Option
from motcua.ui.themes import HELPS, OFF, ON, TEXTS, THEMES, is_helped, text_of, theme_of

DISPLAY = "/hien-thi"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One setting as buttons. field: its name in the form; chosen: the value that holds now."""

    title: str
    text: str
    field: str
    chosen: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisplayPage:
    choices: tuple[Choice, ...]


@require_safe
@route(open_to_all)
def display(request: HttpRequest) -> HttpResponseBase:
    """Size of the text, helper mode, light or dark; without script, before signing in too."""
    model = DisplayPage(choices=(_help(request), _text(request), _theme(request)))
    return page(request, "citizen/display.html", model)


def _help(request: HttpRequest) -> Choice:
    names = {ON: _("Bật"), OFF: _("Tắt")}
    return Choice(
        title=_("Chế độ trợ giúp"),
        text=_(
            "Nút to hơn, mọi thứ nằm một cột. Mỗi trang có lời giải thích, nút đọc to và cách gọi "
            "người giúp. Chữ lớn thêm một bậc nếu bạn chưa chọn cỡ chữ."
        ),
        field="help",
        chosen=ON if is_helped(request) else OFF,
        options=tuple(Option(value=value, label=names[value]) for value in HELPS),
    )


def _text(request: HttpRequest) -> Choice:
    names = dict(zip(TEXTS, (_("Thường"), _("Lớn"), _("Rất lớn")), strict=True))
    return Choice(
        title=_("Cỡ chữ"),
        text=_("Chữ, nút và khoảng cách cùng lớn lên."),
        field="text",
        chosen=text_of(request),
        options=tuple(Option(value=v, label=f"{names[v]} ({v}%)") for v in TEXTS),
    )


def _theme(request: HttpRequest) -> Choice:
    names = dict(zip(THEMES, (_("Theo máy"), _("Nền sáng"), _("Nền tối")), strict=True))
    return Choice(
        title=_("Nền trang"),
        text=_("Nền tối đỡ chói vào buổi tối."),
        field="theme",
        chosen=theme_of(request),
        options=tuple(Option(value=value, label=names[value]) for value in THEMES),
    )


def explained(path: str) -> str:
    """What one does on pages of this kind, in one or two sentences; "" where the page says it."""
    said = {
        "": _("Đây là trang đầu. Bạn gõ việc cần làm vào ô tìm, hoặc bấm một ô bên dưới."),
        "tim": _("Đây là kết quả tìm. Bạn bấm tên việc giống việc của bạn nhất."),
        "thu-tuc": _("Trang này cho biết cần giấy tờ gì, bao lâu xong, tốn bao nhiêu tiền."),
        "nop": _("Bạn sắp bắt đầu một hồ sơ. Chưa có gì được gửi đi."),
        "nhap": _("Bạn đang điền hồ sơ. Mỗi câu được lưu ngay; chưa bấm nộp thì chưa gửi đi đâu."),
        "ho-so": _(
            "Đây là hồ sơ của bạn. Dòng đầu cho biết đến lượt ai; bạn chỉ làm khi đến lượt."
        ),
        "thanh-toan": _("Bạn trả tiền ở đây. Trả một lần là đủ; chờ ngân hàng thì không trả lại."),
        "vi": _(
            "Đây là giấy tờ Thành phố đã cấp cho bạn. Bạn xem, tải về hoặc cho người khác xem."
        ),
        "thong-bao": _("Đây là tin Thành phố gửi bạn. «Cần làm» là việc chờ bạn."),
        "toi": _("Đây là thông tin về bạn và những ai được xem, được làm thay bạn."),
        "tra-cuu": _("Bạn ghi mã hồ sơ và mã tra cứu in trên giấy hẹn để xem hồ sơ đến đâu."),
    }
    return said.get(path.split("/")[1], "")
