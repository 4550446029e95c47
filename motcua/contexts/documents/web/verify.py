"""Xác minh giấy tờ: the page a QR leads to; open to everybody."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.contexts.documents.actions import verification
from motcua.contexts.documents.contracts import EmptyFile, TooLarge, TypeNotAllowed
from motcua.contexts.documents.rules.verify_codes import read_code
from motcua.contexts.documents.web import pages
from motcua.kernel.access import open_to_all, route
from motcua.kernel.errors import Invalid
from motcua.kernel.limits import CODES_CHECKED, FILES_CHECKED
from motcua.kernel.web import page

TEMPLATE = "documents/verify.html"


@route(open_to_all, limit=FILES_CHECKED)
def ask(request: HttpRequest) -> HttpResponse:
    """The form; a typed code leads to its own address, a file is answered here."""
    if request.method == "POST":
        return _answer_file(request)
    typed = request.GET.get("ma", "").strip()
    if not typed:
        return page(request, TEMPLATE, pages.empty_page())
    return HttpResponseRedirect(reverse("documents:verify_code", args=[read_code(typed) or "sai"]))


@route(open_to_all, limit=CODES_CHECKED)
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Valid, altered, revoked or unknown, in plain words."""
    return page(request, TEMPLATE, pages.answered_page(verification.verify(code)))


def _answer_file(request: HttpRequest) -> HttpResponse:
    try:
        found = verification.verify_pdf(_uploaded(request))
    except Invalid as refusal:
        return page(request, TEMPLATE, pages.refused_page(refusal), status=int(refusal.kind))
    return page(request, TEMPLATE, pages.answered_page(found))


def _uploaded(request: HttpRequest) -> bytes:
    """Raises: EmptyFile, TooLarge, TypeNotAllowed."""
    file = request.FILES.get("tep")
    if file is None or not file.size:
        raise EmptyFile(_("Bạn chọn tệp PDF cần xác minh."))
    if file.size > settings.MAX_UPLOAD_BYTES:
        raise TooLarge
    content: bytes = file.read()
    if not content.startswith(b"%PDF-"):
        raise TypeNotAllowed(_("Chỉ xác minh được tệp PDF. Bạn chọn đúng tệp đã tải về."))
    return content
