"""Chia sẻ giấy tờ: the owner's page of links, and the page behind a link, open to its holder."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from motcua.contexts.documents import queries
from motcua.contexts.documents.actions import sharing
from motcua.contexts.documents.contracts import OpeningView, SharePeriod, ShareView
from motcua.contexts.documents.web import downloads, pages
from motcua.kernel import clock
from motcua.kernel.access import citizens, open_to_all, route
from motcua.kernel.limits import SHARES_OPENED
from motcua.kernel.reading import note_about
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui import dates
from motcua.ui.parts import Chip, Fact, Option, Tone, Verified
from motcua.ui.words import foreign

PHONES = ("Mobi", "Android", "iPhone", "iPad")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link as a card. url: "" once it is over. openings: sentences, newest first."""

    url: str
    state: Chip
    facts: tuple[Fact, ...]
    openings: tuple[str, ...]
    opened: str
    end_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksPage:
    title: str
    may_share: bool
    periods: tuple[Option, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorPage:
    facts: tuple[Fact, ...]
    once: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedPage:
    """file_url: "" when the paper is not good any more, and only the answer is shown."""

    answer: Verified
    file_url: str
    until: str


@never_cache
@route(citizens)
def links(request: HttpRequest, issued_id: UUID) -> HttpResponseBase:
    """Make a link, look at those there are. Raises: IssuedNotFound, ShareNotAllowed."""
    actor, now = actor_of(request), clock.now()
    paper = sharing.paper_of(issued_id, actor, now=now)
    if request.method == "POST":
        wanted = request.POST.get("period", "")
        period = SharePeriod(wanted) if wanted in set(SharePeriod) else SharePeriod.DAY
        once = request.POST.get("times") == "once"
        sharing.share_paper(issued_id, period, once=once, by=actor, now=now)
        return redirect_after(f"/vi/{issued_id}/chia-se")
    model = LinksPage(
        title=paper.title,
        may_share=paper.revoked_at is None,
        periods=_periods(),
        links=tuple(_link(one, issued_id) for one in sharing.shares_of(issued_id, actor, now=now)),
    )
    return page(request, "documents/links.html", model)


@route(citizens)
def end(request: HttpRequest, issued_id: UUID, share_id: UUID) -> HttpResponseBase:
    """POST: the link opens nothing from now on. Raises: ShareEnded."""
    actor, now = actor_of(request), clock.now()
    sharing.paper_of(issued_id, actor, now=now)
    if request.method == "POST":
        sharing.end_share(share_id, by=actor, now=now)
    return redirect_after(f"/vi/{issued_id}/chia-se")


@never_cache
@route(open_to_all, limit=SHARES_OPENED)
def door(request: HttpRequest, token: str) -> HttpResponseBase:
    """What is behind the link; opened by a button, not by a preview. Raises: ShareEnded."""
    now = clock.now()
    if request.method == "POST":
        device = _device(request)
        opened = sharing.open_shared(token, device=device, by=actor_of(request), now=now)
        return apart(redirect_after(f"/chia-se/{token}/xem/{opened.opening_id}"))
    told = sharing.shared(token, now=now)
    facts = (
        Fact(label=_("Giấy tờ"), value=told.title, language=foreign()),
        Fact(label=_("Nơi ban hành"), value=told.unit_name, language=foreign()),
        Fact(label=_("Người chia sẻ"), value=told.owner_masked, language=foreign()),
        Fact(label=_("Mở được đến"), value=dates.moment(told.ends_at)),
    )
    answer = apart(page(request, "documents/door.html", DoorPage(facts=facts, once=told.once)))
    answer["Referrer-Policy"] = "same-origin"  # its form says where it was, to us alone
    return answer


@never_cache
@route(open_to_all, limit=SHARES_OPENED)
def opened(request: HttpRequest, token: str, opening_id: UUID) -> HttpResponseBase:
    """The paper and whether it is real. Raises: ShareEnded."""
    told = sharing.opened(token, opening_id, now=clock.now())
    file_url = "" if told.paper.is_revoked else f"/chia-se/{token}/xem/{opening_id}/tep"
    model = OpenedPage(
        answer=pages.verified(told.proof), file_url=file_url, until=dates.moment(told.ends_at)
    )
    return apart(page(request, "documents/opened.html", model))


@route(open_to_all, limit=SHARES_OPENED)
def content(request: HttpRequest, token: str, opening_id: UUID) -> HttpResponseBase:
    """The bytes. Raises: ShareEnded, StoredCopyAltered."""
    found = sharing.opened_file(token, opening_id, now=clock.now())
    queries.check_scanned(found)
    note_about(found.owner_person_id, queries.CONTENT)
    return apart(downloads.answer(found, shown=True))


def apart(answer: HttpResponseBase) -> HttpResponseBase:
    """Nobody indexes it, keeps it, or is told by the next page where one came from."""
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer["Referrer-Policy"] = "no-referrer"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _device(request: HttpRequest) -> str:
    said = request.headers.get("User-Agent", "")
    return "phone" if any(mark in said for mark in PHONES) else "computer"


def _periods() -> tuple[Option, ...]:
    return (
        Option(value=SharePeriod.MINUTES, label=_("15 phút")),
        Option(value=SharePeriod.DAY, label=_("1 ngày")),
        Option(value=SharePeriod.WEEK, label=_("7 ngày")),
        Option(value=SharePeriod.MONTH, label=_("30 ngày")),
    )


def _link(told: ShareView, issued_id: UUID) -> Link:
    times = _("Một lần") if told.once else _("Nhiều lần")
    return Link(
        url=told.url if told.is_open else "",
        state=_state(told),
        facts=(
            Fact(label=_("Tạo lúc"), value=dates.moment(told.made_at)),
            Fact(label=_("Mở được đến"), value=dates.moment(told.ends_at)),
            Fact(label=_("Số lần mở"), value=times),
        ),
        openings=tuple(_opening(one) for one in told.openings),
        opened=_opened_times(len(told.openings)),
        end_url=f"/vi/{issued_id}/chia-se/{told.id}/dong" if told.is_open else "",
    )


def _opened_times(number: int) -> str:
    if not number:
        return _("Chưa ai mở.")
    return ngettext("Đã mở %(n)s lần.", "Đã mở %(n)s lần.", number) % {"n": number}


def _state(told: ShareView) -> Chip:
    if told.is_open:
        return Chip(label=_("Đang mở"), tone=Tone.OK, icon="circle-check")
    if told.ended_at:
        return Chip(label=_("Bạn đã đóng"))
    if told.once and told.openings:
        return Chip(label=_("Đã mở một lần"))
    return Chip(label=_("Hết hạn"))


def _opening(one: OpeningView) -> str:
    device = _("điện thoại") if one.device == "phone" else _("máy tính")
    who = one.viewer or _("người không đăng nhập")
    said = {"moment": dates.city_moment(one.at), "who": who, "device": device}
    return _("%(moment)s: %(who)s, trên %(device)s") % said
