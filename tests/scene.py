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
from motcua.contexts.documents.testing import a_file
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.actions.emergency import open_in_emergency
from motcua.contexts.dossiers.testing import BIRTH, a_submitted_birth, a_table
from motcua.contexts.identity.actions.tokens import make_token, new_token_text
from motcua.contexts.identity.models import Account, Consent, Training
from motcua.contexts.identity.queries.actors import actor_of
from motcua.contexts.identity.testing import (
    a_citizen_account,
    a_company,
    a_consent,
    a_mandate,
    a_person,
    acting,
    an_app,
    an_officer_account,
    signed_in,
)
from motcua.contexts.identity.web.session import MANDATE
from motcua.contexts.notifications.testing import a_device, a_paper_service, told
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.testing import the_officer
from motcua.contexts.payments.testing import an_invoice
from motcua.contexts.privacy.contracts import Right
from motcua.contexts.privacy.testing import asked as request_asked
from motcua.kernel import clock
from motcua.kernel.access import Policy, visible
from motcua.kernel.actors import ANONYMOUS, Actor, Role
from motcua.kernel.addresses import Route
from motcua.kernel.web import HEADER
from motcua.kernel.why import rows_of

NOTHING = {
    "code": "H29.99-20260105-0000000",
    "invoice": "MC0000000000000",
}
NOBODYS_ID = str(UUID(int=0x0190_0000_0000_7000_8000_0000_0000_0001))
SAMPLES = {"page_key": "child", "action": "receive", "moment": "20260105T000000.000000Z"}
KEYS = itertools.count()
OTHER_PROCEDURE = "1.013225"
REASON = "Hồ sơ không chuyển bước được, cần xem câu trả lời để sửa."


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
        policy = Policy.registry[matrix.RESOURCES[name]]
        field = policy.named_by["code" if name == "invoice" else name]
        rows = visible(rows_of(policy), actor, type(policy), now=clock.now())
        return rows.filter(**{field: named[name]}).exists()

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
    scene.objects["unit"] |= _of_person(tuyet, "079180999006", now)
    of_khoa = _of_person(khoa, "079180999007", now)
    scene.objects["other_unit"] |= of_khoa
    scene.objects["other_agency"] |= of_khoa
    _move_to_the_city(scene.objects["other_agency"]["code"])
    accounts = _visitors(scene, tuyet, khoa, now)
    _of_officers(scene, accounts, now)
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
    notice = told(actor.person_id, "supplement_asked", subject=code, now=now)
    begun = dossiers.begin_draft(BIRTH, ward_code=ward, actor=actor, now=now)
    return {
        "code": code,
        "paper_id": str(dossiers.dossier(code, actor, now=now).papers[0].id),
        "draft_id": str(begun.draft_id),
        "bulk_id": a_table(actor, now=now),
        "file_id": str(a_file(by=actor, owner_person_id=actor.person_id, now=now).id),
        "invoice": an_invoice(payer=actor.person_id, subject=code, unit_id=desk, now=now).code,
        "notification_id": str(told(actor.person_id, subject=code, now=now).id),
        "served_id": str(notice.id),
        "paper_service_id": str(a_paper_service(notice, desk=desk, now=now).id),
        "push_device_id": str(a_device(actor, now=now).id),
        "token_id": str(token.id),
        "moment": f"{clock.now().astimezone(UTC):%Y%m%dT%H%M%S.%fZ}",
    }


def _of_person(account: Account, number: str, now: datetime) -> dict[str, str]:
    """What a person has apart from any dossier."""
    actor = actor_of(account, assurance=2, proven_at=now, now=now)
    helper = a_person(f"Trần Văn Ba {number[-1]}", personal_number=number)
    consent = Consent.objects.get(pk=a_consent(actor, now=now))
    return {
        "mandate_id": str(a_mandate(actor.person_id, helper.id, now=now)),
        "request_code": request_asked(Right.ACCESS, actor, reason="để biết thêm", now=now).code,
        "consent_id": str(consent.pk),
        "application_id": str(consent.application_id),
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


def _visitors(scene: Scene, tuyet: Account, khoa: Account, now: datetime) -> dict[str, Account]:
    """By kind; accounts of the officers by kind as well."""
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
    _representatives(scene, tuyet, now)
    return {kind: accounts[staff_no] for kind, staff_no in wanted.items()}


def _representatives(scene: Scene, tuyet: Account, now: datetime) -> None:
    """Who acts for the applicant, fully or for another procedure, and who acts for a company."""
    limits = {"helper": (), "narrow": (OTHER_PROCEDURE,)}
    for number, (kind, procedures) in enumerate(limits.items()):
        person = a_person(f"Trần Văn {kind}", personal_number=f"07918099900{number + 3}")
        mandate = a_mandate(tuyet.person_id, person.id, procedures=procedures, now=now)
        account = a_citizen_account(person)
        _let_in(scene, kind, account, now, mandate=mandate)
    head = a_person("Phan Thị Hồng", personal_number="079180999008")
    company = a_company(head, now=now)
    _let_in(scene, "company", Account.objects.get(pk=company.account_id), now,
            mandate=company.mandate_id)  # fmt: skip


def _of_officers(scene: Scene, accounts: dict[str, Account], now: datetime) -> None:
    """What officers have: of those at the first place, and of a receiver elsewhere."""
    admin = scene.visitors[Role.ADMINISTRATOR].actor
    emergency = open_in_emergency(scene.objects["unit"]["code"], REASON, actor=admin, now=now)
    for who, kinds in (("CASE_OFFICER", ["unit"]), ("elsewhere", ["other_unit", "other_agency"])):
        account = accounts[who]
        training = Training.objects.filter(officer_id=account.officer_id).order_by("id")[0]
        things = {
            "factor_id": str(an_app(account).id),
            "training_id": str(training.id),
            "account_id": str(account.pk),
            "emergency_id": str(emergency.id),
        }
        for kind in kinds:
            scene.objects[kind] |= things


def _let_in(
    scene: Scene, kind: str, account: Account, now: datetime, *,
    level: int = 2, mandate: UUID | None = None,
) -> None:  # fmt: skip
    browser = signed_in(Client(raise_request_exception=False), account, assurance=level)
    actor = actor_of(account, assurance=level, now=now)
    if mandate:
        session = browser.session
        session[MANDATE] = str(mandate)
        session.save()
        actor = acting(account, mandate, now=now)
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
