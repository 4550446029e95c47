"""Quét mã QR: by the browser's own reader, or from a photograph that is read here and not kept.

A code of ours leads to its page. Of an identity card nothing is read; anything else is put in the
box, and the person decides whether to search for it.
"""

from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.kernel.access import open_to_all, route
from motcua.kernel.codes import ProcedureCode
from motcua.kernel.errors import Invalid
from motcua.kernel.limits import FILES_CHECKED
from motcua.kernel.web import page, redirect_after
from motcua.portals.citizen import pasted
from motcua.portals.citizen.pictures import code_in
from motcua.ui.parts import Alert, FieldError

SCAN_URL = "/tim/quet"
CARD = "the-can-cuoc"
LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanPage:
    """said: what a code said that is none of ours. card: it was of an identity card."""

    said: str
    card: Alert | None
    errors: tuple[FieldError, ...]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(open_to_all, limit=FILES_CHECKED)
def scan(request: HttpRequest) -> HttpResponseBase:
    if request.method != "POST":
        return _page(request, is_card=request.GET.get("vi-sao") == CARD)
    try:
        said = request.POST.get("text", "").strip() or code_in(request.FILES.get("anh"))
    except Invalid as refusal:
        error = FieldError(field="anh", text=refusal.message)
        return _page(request, errors=(error,), status=int(refusal.kind))
    if pasted.is_identity_card(said):
        return _page(request, is_card=True)
    straight = pasted.address_of(said)
    if not straight and ProcedureCode.parses(said):
        straight = f"/thu-tuc/{ProcedureCode(said)}"
    return redirect_after(straight) if straight else _page(request, said=said[:LONGEST])


def _page(
    request: HttpRequest,
    *,
    said: str = "",
    is_card: bool = False,
    errors: tuple[FieldError, ...] = (),
    status: int = 200,
) -> HttpResponseBase:
    model = ScanPage(
        said=" ".join(said.split()), card=_refused() if is_card else None, errors=errors
    )
    return page(request, "citizen/scan.html", model, status=status)


def _refused() -> Alert:
    return Alert(
        title=_("Đây là mã trên thẻ căn cước"),
        text=_(
            "Ô tìm không đọc và không giữ mã này. Khi hồ sơ cần thông tin của bạn, bạn đăng nhập "
            "bằng VNeID, thông tin được điền sẵn."
        ),
        icon="id-card",
    )
