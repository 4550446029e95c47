"""Every page that a citizen can come to, asked of the resolver: a new one cannot be forgotten.

Somebody of the small city has one of each thing, a dossier in each national state among them.
"""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.test import Client

from motcua.contexts.alerts.testing import a_released
from motcua.contexts.counters.testing import a_ticket, an_appointment, an_open_window
from motcua.contexts.documents.actions.sharing import link_of, open_shared
from motcua.contexts.documents.testing import a_handoff, a_share
from motcua.contexts.dossiers.contracts import NationalStatus
from motcua.contexts.dossiers.testing import BIRTH, a_filed_for, a_table
from motcua.contexts.identity.models import Account
from motcua.contexts.identity.queries.actors import actor_of
from motcua.contexts.identity.testing import (
    a_citizen_account,
    a_session_mark,
    an_officer_account,
    own_actor,
    signed_in,
)
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.testing import acting, the_officer
from motcua.contexts.privacy.contracts import Right
from motcua.contexts.privacy.rules import rights
from motcua.kernel import clock
from motcua.kernel.actors import ANONYMOUS, Actor, ActorKind
from motcua.kernel.addresses import Route, may, pages
from motcua.kernel.clock import city_date
from motcua.services.tests.test_states import REACHED
from tests.test_foreign_objects import address, one_of_each

NOBODY, CITIZEN = "nobody", "citizen"
KINDS = {NOBODY: ANONYMOUS, CITIZEN: Actor(kind=ActorKind.CITIZEN)}
# Of the house and of machines.
ELSEWHERE = ("/ui/", "/scim/", "/oidc/", "/api/", "/healthz", "/readyz", "/.well-known/")
OTHER_WARD = "1.013225"
# What no address of a page leads to, each with the reason.
NOT_SEEN = {
    "/dang-nhap/vneid": "leads on to the identity provider, which the tests do not have",
    "/dang-nhap/vneid/la-toi": "only on the way back from the identity provider",
    "/dang-nhap/vneid/tra-ve": "only on the way back from the identity provider",
    "/thanh-toan/<str:code>/bien-lai": "is a file; the bill here is not paid",
    "/bien-lai.xml": "is a file; asked with the code of a receipt",
    "/ho-so/<str:code>/bang-chung.json": "is a file; the ledger is not sealed here",
    "/giay-to/len": "asked by the script that sends a file in parts",
    "/dang-nhap/tiep-tuc": "leads on; nobody asked for a page before signing in",
    "/giay-to/tep/<uuid:file_id>/nho": "is a picture; the file here is none",
    "/lich/<str:secret>/nghia-vu.ics": "is a file",
    "/ho-so/<str:code>/xac-minh/<uuid:visit_id>": "leads back to the tracker; nobody visits here",
    "/thanh-toan/<str:code>/xin-hoan": "only of a bill that was paid",
    "/thanh-toan/<str:code>/hoan/<uuid:refund_id>/giay": "only of a bill that was paid",
    "/thanh-toan/<str:code>/hoan/<uuid:refund_id>/tai-khoan": "only of a bill that was paid",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One page as one of them sees it. pattern: as the resolver writes it."""

    who: str
    pattern: str
    url: str


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The sessions of who visits, the pages there are for them, and what no visit reached."""

    browsers: dict[str, Client]
    visits: tuple[Visit, ...]
    unseen: dict[str, int]


def open_to(who: str) -> list[Route]:
    """Somebody signed in sees the open pages as nobody does, except the home page."""
    found = sorted(pages(), key=lambda one: one.address)
    return [
        one
        for one in found
        if one.access
        and not one.address.startswith(ELSEWHERE)
        and may(one.access, KINDS[who])
        and (who == NOBODY or one.address == "/" or not may(one.access, ANONYMOUS))
    ]


def neighbourhood() -> Neighbourhood:
    """Written with the small city under it."""
    account, now = a_citizen_account(), clock.now()
    objects = one_of_each(account)
    more = _more(account, objects, now=now)
    browsers = {NOBODY: Client(), CITIZEN: signed_in(Client(), account)}
    visits: list[Visit] = []
    unseen: dict[str, int] = {}
    for who, browser in browsers.items():
        for route in open_to(who):
            for url in more.get(route.address) or (address(route, objects),):
                status = _status_of_page(browser, url)
                if status == HTTPStatus.OK:
                    visits.append(Visit(who=who, pattern=route.address, url=url))
                elif status >= HTTPStatus.BAD_REQUEST and route.address not in NOT_SEEN:
                    unseen[url] = status
    return Neighbourhood(browsers, tuple(visits), unseen)


def _status_of_page(browser: Client, url: str) -> int:
    """No content for a file; a redirection and a form without a page of its own are none either."""
    answer = browser.get(url)
    if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return HTTPStatus.NO_CONTENT
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    if answer.status_code == HTTPStatus.OK and not is_page:
        return HTTPStatus.NO_CONTENT
    return answer.status_code


def _more(account: Account, objects: dict[str, str], *, now: datetime) -> dict[str, list[str]]:
    """Addresses of what differs by its state, and of what is nobody's own; by pattern."""
    actor = actor_of(account, assurance=2, proven_at=now, now=now)
    states = {status: make(actor) for status, (make, _phase, _clock) in REACHED.items()}
    share = a_share(UUID(objects["issued_id"]), by=actor, now=now)
    token = link_of(share).rsplit("/", 1)[1]
    opening = open_shared(token, device="phone", by=ANONYMOUS, now=now).opening_id
    alert, table = a_released(now=now), a_table(actor, now=now)
    asked = states[NationalStatus.SUPPLEMENT_ASKED]
    helper = own_actor(an_officer_account("ngan", officer_id=the_officer("ngan").id), now=now)
    helped = a_filed_for(account.person_id, helper, now=now)
    desk, ticket = _hall(now)
    held = an_appointment(now=now)
    at_work = an_officer_account("khue", officer_id=the_officer("khue").id)
    khue, mark = own_actor(at_work, now=now), a_session_mark(at_work)
    return {
        "/kiosk/<str:desk>": [f"/kiosk/{desk}", f"/kiosk/{desk}?nhom=A"],
        "/kiosk/<str:desk>/so/<uuid:ticket_id>": [f"/kiosk/{desk}/so/{ticket}"],
        "/bang-so/<str:desk>": [f"/bang-so/{desk}"],
        "/lay-so/<str:desk>": [f"/lay-so/{desk}"],
        "/so/<uuid:ticket_id>": [f"/so/{ticket}"],
        "/hen-gio/<str:desk>": [f"/hen-gio/{desk}"],
        "/lich-hen/<uuid:appointment_id>": [f"/lich-hen/{held}"],
        "/lich-hen/<uuid:appointment_id>/doi": [f"/lich-hen/{held}/doi"],
        "/tim": ["/tim?q=khai+sinh", "/tim?q=zzzz"],
        "/thu-tuc": ["/thu-tuc?linh-vuc=ho_tich"],
        "/thu-tuc/<str:code>": [f"/thu-tuc/{BIRTH}", f"/thu-tuc/{OTHER_WARD}"],
        "/nop/<str:code>": [f"/nop/{BIRTH}"],
        "/nop-nhieu/<str:code>": [f"/nop-nhieu/{BIRTH}"],
        "/nop-nhieu/<str:code>/mau.csv": [f"/nop-nhieu/{BIRTH}/mau.csv"],
        "/nop-nhieu/<str:code>/mau.xlsx": [f"/nop-nhieu/{BIRTH}/mau.xlsx"],
        **{
            f"/nop-nhieu/bang/<uuid:bulk_id>{part}": [f"/nop-nhieu/bang/{table}{part}"]
            for part in ("", "/can-sua.csv", "/can-sua.xlsx")
        },
        "/vi-sao": ["/vi-sao?trang=/ho-so"],
        "/toi/du-lieu/quyen/<str:right>": [
            f"/toi/du-lieu/quyen/{rights.slug(one)}" for one in Right
        ],
        "/canh-bao/<str:alert_code>": [f"/canh-bao/{alert}"],
        "/canh-bao/cap/<str:alert_code>": [f"/canh-bao/cap/{alert}"],
        "/chia-se/<str:token>": [f"/chia-se/{token}"],
        "/chia-se/<str:token>/xem/<uuid:opening_id>": [f"/chia-se/{token}/xem/{opening}"],
        "/chia-se/<str:token>/xem/<uuid:opening_id>/tep": [f"/chia-se/{token}/xem/{opening}/tep"],
        "/chup/<str:token>": [a_handoff(khue, mark, now=now)],
        "/chup/<str:token>/<uuid:device_id>": [a_handoff(khue, mark, now=now, opened=True)],
        "/ho-so/<str:code>": [f"/ho-so/{code}" for code in states.values()],
        "/ho-so/<str:code>/gui-them": [f"/ho-so/{asked}/gui-them"],
        "/ho-so/<str:code>/nop-giup": [f"/ho-so/{helped}/nop-giup"],
    }


def _hall(now: datetime) -> tuple[str, UUID]:
    """A desk where somebody sits, so that it is open at any hour, and a ticket there."""
    an_open_window(acting("khue", city_date(now)), now=now)
    return organisations.one_stop_desk("26743").code, a_ticket(now=now)
