"""Who visits the matrix of access, and whose objects there are."""

import itertools
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.cookies import SimpleCookie
from uuid import UUID

from django.db import transaction
from django.test import Client

from motcua.config.map import matrix
from motcua.contexts.casework.testing import Case
from motcua.contexts.documents.models import StoredFile
from motcua.contexts.documents.queries import FilePolicy
from motcua.contexts.documents.testing import a_file
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.models import Dossier, Draft
from motcua.contexts.dossiers.policies import DossierPolicy, DraftPolicy
from motcua.contexts.dossiers.testing import BIRTH, a_submitted_birth
from motcua.contexts.identity.actions.tokens import make_token, new_token_text
from motcua.contexts.identity.models import Account, ApiToken
from motcua.contexts.identity.queries.actors import actor_of
from motcua.contexts.identity.queries.policies import ApiTokenPolicy
from motcua.contexts.identity.testing import (
    a_citizen_account,
    a_person,
    an_officer_account,
    signed_in,
)
from motcua.contexts.notifications.models import Notification
from motcua.contexts.notifications.queries import NotificationPolicy
from motcua.contexts.notifications.testing import told
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.testing import the_officer
from motcua.contexts.payments.models import Invoice
from motcua.contexts.payments.queries.policies import InvoicePolicy
from motcua.contexts.payments.testing import an_invoice
from motcua.kernel import clock
from motcua.kernel.access import visible
from motcua.kernel.actors import ANONYMOUS, Actor, Role
from motcua.kernel.addresses import Route
from motcua.kernel.web import HEADER

NOTHING = {
    "code": "H29.99-20260105-0000000",
    "invoice": "MC0000000000000",
}
NOBODYS_ID = str(UUID(int=0x0190_0000_0000_7000_8000_0000_0000_0001))
SAMPLES = {"page_key": "child", "action": "receive", "moment": "20260105T000000.000000Z"}
KEYS = itertools.count()
POLICIES = {
    "code": (DossierPolicy, Dossier, "code"),
    "invoice": (InvoicePolicy, Invoice, "code"),
    "file_id": (FilePolicy, StoredFile, "pk"),
    "notification_id": (NotificationPolicy, Notification, "pk"),
    "token_id": (ApiTokenPolicy, ApiToken, "pk"),
    "draft_id": (DraftPolicy, Draft, "pk"),
}


@dataclass
class Visitor:
    browser: Client
    actor: Actor
    cookies: str = ""


@dataclass
class Scene:
    """visitors by kind; objects of each kind: parameter -> value, for one owner at one place."""

    visitors: dict[str, Visitor] = field(default_factory=dict)
    objects: dict[str, dict[str, str]] = field(default_factory=lambda: {"nothing": {}})

    def sees(self, who: str, route: Route, kind: str) -> bool:
        """Whether the policies of all that the address names let this visitor see it."""
        named = self.objects[kind]
        wanted = [name for name in matrix.parameters(route) if name in matrix.RESOURCES]
        return bool(named) and all(self._sees(who, name, named) for name in wanted)

    def _sees(self, who: str, name: str, named: dict[str, str]) -> bool:
        actor = self.visitors[who].actor
        if name == "paper_id":
            return self._sees(who, "code", named)
        policy, model, key = POLICIES[name]
        rows = visible(model.objects.all(), actor, policy, now=clock.now())
        return rows.filter(**{key: named[name]}).exists()

    def visit(self, who: str, method: str, route: Route, kind: str) -> tuple[int, str]:
        """Status and words of one visit that leaves nothing behind."""
        visitor, named = self.visitors[who], self.objects[kind]
        visitor.browser.cookies = SimpleCookie(visitor.cookies)
        with transaction.atomic():
            answer = asked(visitor.browser, method.lower(), address(route, named))
            words = b"".join(answer) if answer.streaming else answer.content
            transaction.set_rollback(True)
        told_ = _told(words.decode(errors="replace"), named)
        return answer.status_code, f"{_told(answer.get('Location', ''), named)} {told_}"


def address(route: Route, named: dict[str, str]) -> str:
    def filled(match: re.Match[str]) -> str:
        kind, name = match[1], match[2]
        if name == "code" and "invoice" in matrix.parameters(route):
            name = "invoice"
        if name in named:
            return named[name]
        if name in SAMPLES:
            return SAMPLES[name]
        if kind == "int":
            return "999999999999"
        other = NOBODYS_ID if kind == "uuid" or name.endswith("_id") else NOTHING["code"]
        return NOTHING.get(name, other)

    return matrix.PARAMETER.sub(filled, route.address)


def asked(browser: Client, method: str, url: str):
    send = getattr(browser, method)
    if method == "get":
        return send(url)
    if url.startswith("/api/"):
        key = {f"HTTP_{HEADER.upper().replace('-', '_')}": f"test-{next(KEYS)}"}
        return send(url, {}, content_type="application/json", **key)
    return send(url, {"idempotency_key": f"test-{next(KEYS)}"})


def _told(text: str, named: dict[str, str]) -> str:
    """Apart from the names of the objects and from tokens of forms."""
    found = re.search(r"<main.*</main>", text, re.DOTALL)
    said = found[0] if found else text
    names = {*named.values(), *NOTHING.values(), SAMPLES["moment"], NOBODYS_ID}
    for value in sorted(names, key=len, reverse=True):
        said = said.replace(value, "…")
    return re.sub(r'value="[\w-]{20,}"|ct-[\w-]+', "", said)


def set_up() -> Scene:
    """Two applicants with one of each thing, and one visitor of each kind."""
    scene, now = Scene(), clock.now()
    tuyet = a_citizen_account()
    khoa = a_citizen_account(a_person("Lê Minh Khoa", personal_number="079188999002"))
    scene.objects["unit"] = _things(tuyet, "26740", now)
    scene.objects["other_unit"] = _things(khoa, "26743", now)
    scene.objects["other_agency"] = _things(khoa, "26743", now)
    _move_to_the_city(scene.objects["other_agency"]["code"])
    _visitors(scene, tuyet, khoa, now)
    return scene


def _things(account: Account, ward: str, now: datetime) -> dict[str, str]:
    actor = actor_of(account, assurance=2, proven_at=now, now=now)
    code = a_submitted_birth(actor, now=now, desk_ward=ward)
    desk = organisations.one_stop_desk(ward).id
    committee = organisations.committee_of(ward).id
    Case.objects.filter(code=code).update(
        competent_unit_id=committee, handling_unit_id=committee, receiving_unit_id=desk
    )
    token = make_token(new_token_text(), name="API", scopes=["read"], actor=actor, now=now)
    begun = dossiers.begin_draft(BIRTH, ward_code=ward, actor=actor, now=now)
    return {
        "code": code,
        "paper_id": str(dossiers.dossier(code, actor, now=now).papers[0].id),
        "draft_id": str(begun.draft_id),
        "file_id": str(a_file(by=actor, owner_person_id=actor.person_id, now=now).id),
        "invoice": an_invoice(payer=actor.person_id, subject=code, unit_id=desk, now=now).code,
        "notification_id": str(told(actor.person_id, subject=code, now=now).id),
        "token_id": str(token.id),
        "moment": f"{clock.now().astimezone(UTC):%Y%m%dT%H%M%S.%fZ}",
    }


def _move_to_the_city(code: str) -> None:
    """A case of a department: another agency for everybody of the communes."""
    today = clock.now().date()
    head = next(iter(_holders(Role.LEADER, today)))
    Case.objects.filter(code=code).update(
        receiving_unit_id=head, competent_unit_id=head, handling_unit_id=head
    )


def _holders(role: Role, today) -> dict[UUID, str]:
    """Where somebody holds the role, and whom by staff number."""
    found = {}
    for unit in organisations.all_units(today):
        for officer in organisations.holders_of(unit.id, role, today)[:1]:
            found[unit.id] = officer.staff_no
    return found


def _visitors(scene: Scene, tuyet: Account, khoa: Account, now: datetime) -> None:
    accounts: dict[str, Account] = {}
    wanted = {"uncleared": "26740.2-cv3", "elsewhere": _receiver_of("26743", now)}
    for role in Role:
        wanted[role.value] = _of_sai_gon(role, now)
    scene.visitors["nobody"] = Visitor(Client(raise_request_exception=False), ANONYMOUS)
    for kind, staff_no in wanted.items():
        if staff_no not in accounts:
            officer_id = the_officer(staff_no).id
            accounts[staff_no] = an_officer_account(
                staff_no, officer_id=officer_id, is_cleared=kind != "uncleared"
            )
        _let_in(scene, kind, accounts[staff_no], now)
    for kind, account, level in (("owner", tuyet, 2), ("stranger", khoa, 2), ("low", tuyet, 1)):
        _let_in(scene, kind, account, now, level=level)


def _let_in(scene: Scene, kind: str, account: Account, now: datetime, level: int = 2) -> None:
    browser = signed_in(Client(raise_request_exception=False), account, assurance=level)
    actor = actor_of(account, assurance=level, now=now)
    cookies = browser.cookies.output(header="", sep=";")
    scene.visitors[kind] = Visitor(browser, actor, cookies)


def _receiver_of(ward: str, now: datetime) -> str:
    desk = organisations.one_stop_desk(ward).id
    return organisations.holders_of(desk, Role.RECEIVER, now.date())[0].staff_no


def _of_sai_gon(role: Role, now: datetime) -> str:
    """The officer of the commune where the first dossier is, or of wherever the role sits."""
    found = _holders(role, now.date())
    mine = organisations.units_within(organisations.committee_of("26740").id, now.date())
    here = [found[unit.id] for unit in mine if unit.id in found]
    return (here or sorted(found.values()))[0]
