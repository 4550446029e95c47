"""Chụp bằng điện thoại: the pages behind the QR on an officer's screen, for who holds a phone."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from motcua.contexts.documents.actions import handing_off
from motcua.contexts.documents.contracts import EmptyFile
from motcua.contexts.documents.contracts.digitised import Capture, HandoffEnded
from motcua.contexts.documents.web.sharing import apart
from motcua.kernel import clock, idempotency
from motcua.kernel.access import open_to_all, route
from motcua.kernel.errors import DomainError
from motcua.kernel.limits import PHONES_BRING
from motcua.kernel.web import actor_of, page, redirect_after, uuid_of
from motcua.ui import dates
from motcua.ui.parts import Fact, FieldError
from motcua.ui.words import foreign


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTaken:
    label: str
    drop_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturePage:
    """opened: this is the phone that opened it. done: everything was handed over."""

    facts: tuple[Fact, ...]
    opened: bool = False
    done: str = ""
    pages: tuple[PageTaken, ...] = ()
    count: str = ""
    add_url: str = ""
    finish_url: str = ""
    errors: tuple[FieldError, ...] = ()


@never_cache
@route(open_to_all, limit=PHONES_BRING)
def door(request: HttpRequest, token: str) -> HttpResponseBase:
    """What is asked for; begun by a button, so that a preview uses nothing up.

    Raises: HandoffEnded.
    """
    now = clock.now()
    if request.method == "POST":
        opened = handing_off.open_handoff(token, by=actor_of(request), now=now)
        return apart(redirect_after(f"/chup/{token}/{opened.device}"))
    told = handing_off.offered(token, now=now)
    return _shown(request, CapturePage(facts=_facts(told)))


@never_cache
@route(open_to_all, limit=PHONES_BRING)
def capture(request: HttpRequest, token: str, device_id: UUID) -> HttpResponseBase:
    """The pages so far; POST brings more. Raises: HandoffEnded."""
    if request.method == "POST":
        return _tried(request, token, device_id, lambda: _bring(request, token, device_id))
    return _of_phone(request, token, device_id)


@route(open_to_all, limit=PHONES_BRING)
def drop(request: HttpRequest, token: str, device_id: UUID) -> HttpResponseBase:
    """POST: leave a page out; the address says which. Raises: HandoffEnded."""
    page_id = uuid_of(request.GET.get("trang", ""))
    if request.method == "POST" and page_id is not None:
        handing_off.drop_page(token, device_id, page_id, now=clock.now())
    return redirect_after(f"/chup/{token}/{device_id}")


@route(open_to_all, limit=PHONES_BRING)
def finish(request: HttpRequest, token: str, device_id: UUID) -> HttpResponseBase:
    """POST: everything is there; it becomes the paper. Raises: HandoffEnded."""
    if request.method != "POST":
        return redirect_after(f"/chup/{token}/{device_id}")

    def hand_over() -> None:
        handing_off.finish(token, device_id, now=clock.now())

    return _tried(request, token, device_id, hand_over)


def _bring(request: HttpRequest, token: str, device_id: UUID) -> None:
    """Each picture by itself: one that is refused does not take the others with it."""
    files = request.FILES.getlist("page")
    if not files:
        raise EmptyFile(_("Bạn chụp hoặc chọn ảnh rồi bấm Thêm trang."))
    with idempotency.using(""):
        for file in files:
            handing_off.add_page(
                token, device_id, file, filename=file.name or "trang.jpg", now=clock.now()
            )


def _tried(
    request: HttpRequest, token: str, device_id: UUID, do: Callable[[], None]
) -> HttpResponseBase:
    try:
        do()
    except HandoffEnded:
        raise
    except DomainError as refusal:
        error = FieldError(text=refusal.message, field="page")
        return _of_phone(request, token, device_id, errors=(error,), status=int(refusal.kind))
    return apart(redirect_after(f"/chup/{token}/{device_id}"))


def _of_phone(
    request: HttpRequest,
    token: str,
    device_id: UUID,
    *,
    errors: tuple[FieldError, ...] = (),
    status: int = 200,
) -> HttpResponseBase:
    told = handing_off.capture(token, device_id, now=clock.now())
    url, number = f"/chup/{token}/{device_id}", len(told.pages)
    model = CapturePage(
        facts=_facts(told),
        opened=True,
        done=_("Đã gửi cho cán bộ ở quầy. Bạn đóng trang này được rồi.") if told.done else "",
        pages=tuple(
            PageTaken(label=_("Trang %(n)s") % {"n": n}, drop_url=f"{url}/bo?trang={page_id}")
            for n, page_id in enumerate(told.pages, start=1)
        ),
        count=ngettext("Đã có %(n)s trang.", "Đã có %(n)s trang.", number) % {"n": number},
        add_url=url,
        finish_url=f"{url}/xong",
        errors=errors,
    )
    return _shown(request, model, status=status)


def _facts(told: Capture) -> tuple[Fact, ...]:
    return (
        Fact(label=_("Giấy cần chụp"), value=told.title, language=foreign()),
        Fact(label=_("Chụp được đến"), value=dates.moment(told.ends_at)),
    )


def _shown(request: HttpRequest, model: CapturePage, *, status: int = 200) -> HttpResponseBase:
    answer = apart(page(request, "documents/capture.html", model, status=status))
    answer["Referrer-Policy"] = "same-origin"  # its forms say where they were, to us alone
    return answer
