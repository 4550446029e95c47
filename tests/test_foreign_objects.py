"""Every address that names an object, asked for somebody else's: it answers as if there were none.

A new address with a parameter fails here until it says whose object it names.
"""

import itertools
import re
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.test import Client

from motcua.config.map import matrix
from motcua.contexts.counters.testing import an_offline_entry, an_open_till
from motcua.contexts.documents.testing import (
    a_batch,
    a_file,
    a_share,
    an_issued_paper,
    an_upload,
)
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.testing import BIRTH, a_submitted_birth
from motcua.contexts.identity.actions.tokens import make_token, new_token_text
from motcua.contexts.identity.models import Account
from motcua.contexts.identity.queries.actors import actor_of
from motcua.contexts.identity.testing import (
    a_citizen_account,
    a_consent,
    a_mandate,
    a_person,
    an_officer_account,
    signed_in,
)
from motcua.contexts.notifications.testing import a_device, a_paper_service, told
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.testing import acting, the_officer
from motcua.contexts.payments.testing import an_invoice
from motcua.contexts.privacy.contracts import Right
from motcua.contexts.privacy.testing import a_look_at, asked
from motcua.contexts.webhooks.testing import a_letter, an_endpoint
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.addresses import Route, operations, pages
from motcua.kernel.clock import city_date
from motcua.kernel.web import HEADER

NOBODYS_ID = str(UUID(int=0x0190_0000_0000_7000_8000_0000_0000_0001))
NOBODYS_CODE = "H29.99-20260105-0000000"
NOBODYS_INVOICE = "MC0000000000000"
KEYS = itertools.count()

# Addresses whose object is nobody's own, each with the reason.
OF_ALL = {
    "/scim/v2/ResourceTypes/<str:name>": "asked by machines with a token of their own",
    "/scim/v2/Schemas/<str:name>": "asked by machines with a token of their own",
    "/scim/v2/Users/<str:user_id>": "asked by machines with a token of their own",
    "/scim/v2/Groups/<str:group_id>": "asked by machines with a token of their own",
    "/scim/v2/Posts/<str:post_id>": "asked by machines with a token of their own",
    "/scim/v2/<path:rest>": "asked by machines with a token of their own",
    "/thu-tuc/<str:code>": "the catalogue is public",
    "/nop/<str:code>": "the catalogue is public",
    "/nop-nhieu/<str:code>": "the catalogue is public",
    "/nop-nhieu/<str:code>/mau.xlsx": "the catalogue is public",
    "/nop-nhieu/<str:code>/mau.csv": "the catalogue is public",
    "/toi/du-lieu/quyen/<str:right>": "the rights are the same for all",
    "/xac-minh/<str:code>": "whoever holds a paper may verify it",
    "/chia-se/<str:token>": "whoever holds the link opens it",
    "/chia-se/<str:token>/xem/<uuid:opening_id>": "whoever opened the link looks at it",
    "/chia-se/<str:token>/xem/<uuid:opening_id>/tep": "whoever opened the link looks at it",
    "/kiosk/<str:desk>": "a place that receives is known to everybody",
    "/kiosk/<str:desk>/so/<uuid:ticket_id>": "a slip without a name, at the kiosk that printed it",
    "/bang-so/<str:desk>": "the hall hears who is called; no name is on it",
    "/kiosk/<str:desk>/hen": "a code of six digits, at the desk and on the day alone; limited",
    "/hen-gio/<str:desk>": "a place that receives is known to everybody",
    "/lich-hen/<uuid:appointment_id>": "whoever holds the address sees the time",
    "/lich-hen/<uuid:appointment_id>/doi": "whoever holds the address changes the time",
    "/lich-hen/<uuid:appointment_id>/bo": "whoever holds the address gives it up",
    "/lay-so/<str:desk>": "a place that receives is known to everybody",
    "/so/<uuid:ticket_id>": "whoever holds the address sees a number and its place in the line",
    "/so/<uuid:ticket_id>/bo": "whoever holds the address gives the number up",
    "/chup/<str:token>": "whoever scanned the code of a desk brings the pages",
    "/chup/<str:token>/<uuid:device_id>": "whoever opened the code brings the pages",
    "/chup/<str:token>/<uuid:device_id>/bo": "whoever opened the code brings the pages",
    "/chup/<str:token>/<uuid:device_id>/xong": "whoever opened the code brings the pages",
    "/lich/<str:secret>/nghia-vu.ics": "whoever holds the address reads it; its owner closes it",
    "/api/v1/procedures/{code}": "the catalogue is public",
    "/api/v1/verify/{code}": "whoever holds a paper may verify it",
    "/quay/nguoi/<uuid:person_id>": "any desk serves anybody; the desk finds the person first",
    "/quay/nguoi/<uuid:person_id>/nop": "any desk serves anybody; the desk finds the person first",
    "/ban/vang-mat/<uuid:substitution_id>/ket-thuc": "who is away is known to every officer",
}
# Rows of the house, not of a person: a role sees all of them or none (tests/test_routes.py).
OF_THE_HOUSE = (
    "sending_id",
    "refund_id",
    "credit_id",
    "day",
    "report",
    "sheet_id",
    "consignment_id",
    "job_id",
    "version_id",
    "migration_id",
    "check_id",
    "account_id",
    "recovery_id",
    "client_id",
    "question_id",
    "alert_id",
    "alert_code",
    "application_id",
    "hold_id",
    "emergency_id",
    "review_id",
    "visit_id",
    "candidate_id",
    "number_id",
    "breach_code",
    "activity_key",
    "list_id",
    "package_id",
    "restored_id",
)
OF_OFFICERS = ("/ban", "/bao-ve-du-lieu", "/quay", "/dieu-hanh", "/quan-tri", "/luu-tru")
PARAMETER = re.compile(r"[<{](?:(\w+):)?(\w+)[>}]")
STRANGERS = ("khoa", "khue", "quynh")  # a citizen, the receiver of another ward, an administrator
READING, WRITING = "get", "post"


def names(route: Route) -> list[str]:
    return [name for _, name in PARAMETER.findall(route.address)]


def _named(route: Route) -> bool:
    """What tests/test_matrix.py visits by the policy of its resource is not asked again here."""
    if route.address in OF_ALL or not names(route):
        return False
    if set(matrix.parameters(route)) & set(matrix.RESOURCES):
        return False
    return not set(names(route)) & set(OF_THE_HOUSE)


CALLS = [
    *((how, one) for one in pages() if _named(one) for how in (READING, WRITING)),
    *((one.methods.lower(), one) for one in operations() if _named(one)),
]


@pytest.fixture
def tuyet(small_city):
    return a_citizen_account()


@pytest.fixture
def own(tuyet) -> dict[str, str]:
    return one_of_each(tuyet)


def _signer(now: datetime) -> Actor:
    """The chairwoman, at an account of her own."""
    return replace(acting("van", city_date(now)), account_id=uuid4())


def one_of_each(account: Account) -> dict[str, str]:
    """Of each thing that Nguyễn Thị Ánh Tuyết has, at the desk of Phường Sài Gòn."""
    now = clock.now()
    actor = actor_of(account, assurance=2, proven_at=now, now=now)
    code = a_submitted_birth(actor, now=now, desk_ward="26740")
    desk = organisations.one_stop_desk("26740").id
    helper = a_person("Trần Văn Ba", personal_number="079180999003")
    paper = an_issued_paper(owner_person_id=actor.person_id, now=now)
    token = make_token(new_token_text(), name="API", scopes=["read"], actor=actor, now=now)
    notice = told(actor.person_id, "supplement_asked", subject=code, now=now)
    shift = an_open_till(acting("ngan", city_date(now)), ward="26740", now=now)
    endpoint_id, _secret = an_endpoint("http://127.0.0.1:9/tin", actor, sandbox=True, now=now)
    return {
        "code": code,
        "filed_code": code,
        "shift_id": str(shift),
        "endpoint_id": str(endpoint_id),
        "letter_id": str(a_letter(endpoint_id, actor, now=now)),
        "moment": f"{now.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}",
        "paper_id": str(dossiers.dossier(code, actor, now=now).papers[0].id),
        "draft_id": str(
            dossiers.begin_draft(BIRTH, ward_code="26740", actor=actor, now=now).draft_id
        ),
        "file_id": str(a_file(by=actor, owner_person_id=actor.person_id, now=now).id),
        "issued_id": str(paper.id),
        "batch_id": str(a_batch(code, by=_signer(now), now=now).id),
        "share_id": str(a_share(paper.id, by=actor, now=now)),
        "upload_id": str(an_upload(by=actor, now=now)),
        "invoice": an_invoice(payer=actor.person_id, subject=code, unit_id=desk, now=now).code,
        "notification_id": str(told(actor.person_id, subject=code, now=now).id),
        "served_id": str(notice.id),
        "paper_service_id": str(a_paper_service(notice, desk=desk, now=now).id),
        "push_device_id": str(a_device(actor, now=now).id),
        "token_id": str(token.id),
        "line_id": str(a_look_at(actor.person_id)),
        "request_code": asked(Right.ACCESS, actor, now=now).code,
        "consent_id": str(a_consent(actor, now=now)),
        "mandate_id": str(a_mandate(actor.person_id, helper.id, now=now)),
        **{name: str(one) for name, one in an_offline_entry(desk, now=now).items()},
    }


def somebody(name: str) -> Client:
    """Signed in: `khoa` is another citizen, the others are officers of the cast."""
    browser = Client(raise_request_exception=False)
    if name == "khoa":
        other = a_person("Lê Minh Khoa", personal_number="079188999002")
        return signed_in(browser, a_citizen_account(other))
    return signed_in(browser, an_officer_account(name, officer_id=the_officer(name).id))


def address(route: Route, objects: dict[str, str]) -> str:
    """The address of these objects; of nothing where there is none."""

    def filled(match: re.Match[str]) -> str:
        kind, name = match[1], match[2]
        if name == "code" and ("thanh-toan" in route.address or "invoices" in route.address):
            return objects.get("invoice", NOBODYS_INVOICE)
        if kind == "slug":
            return {"page_key": "child", "action": "receive"}[name]
        return objects.get(name, NOBODYS_ID if name.endswith("_id") else NOBODYS_CODE)

    return PARAMETER.sub(filled, route.address)


def ask(browser: Client, how: str, route: Route, objects: dict[str, str]):
    send, url = getattr(browser, how), address(route, objects)
    if how == READING:
        return send(url)
    if url.startswith("/api/"):
        key = {f"HTTP_{HEADER.upper().replace('-', '_')}": f"test-{next(KEYS)}"}
        return send(url, {}, content_type="application/json", **key)
    return send(url, {"idempotency_key": f"test-{next(KEYS)}"})


def said(answer, objects: dict[str, str]) -> str:
    """Status, way on and words, apart from the names of the objects and from tokens of forms."""
    text = answer.content.decode(errors="replace")
    found = re.search(r"<main.*</main>", text, re.DOTALL)
    told_ = f"{answer.status_code} {answer.get('Location', '')} {found[0] if found else text}"
    nothing = {NOBODYS_CODE, NOBODYS_ID, NOBODYS_INVOICE}
    for value in sorted({*objects.values(), *nothing}, key=len, reverse=True):
        told_ = told_.replace(value, "…")
    told_ = re.sub(r'value="[\w-]{20,}"', "", told_)
    return re.sub(r"ct-[\w-]+", "", told_)


@pytest.mark.parametrize(
    ("how", "route"), CALLS, ids=[f"{how} {route.address}" for how, route in CALLS]
)
def test_the_object_of_another_does_not_exist(how, route, own):
    for name in STRANGERS:
        browser = somebody(name)

        of_another = ask(browser, how, route, own)
        of_nothing = ask(browser, how, route, {})

        assert of_another.status_code < 500, name
        assert said(of_another, own) == said(of_nothing, own), name


@pytest.mark.parametrize(
    "route",
    [one for one in pages() if _named(one) and not one.address.startswith(OF_OFFICERS)],
    ids=lambda one: one.address,
)
def test_ones_own_object_is_found(route, own, tuyet):
    answer = ask(signed_in(Client(), tuyet), READING, route, own)

    assert answer.status_code not in {403, 404}
