"""Người ở quầy: their mandates on paper and their numbers, typed by the receiver who sees both.

Each page asks first whether the person was found at this very desk; what comes as a scan is kept
before the action, as every upload is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from motcua.contexts.documents import public as documents
from motcua.contexts.identity import public as identity
from motcua.contexts.identity.contracts import NotAtYourDesk, PersonNotFound, Source
from motcua.contexts.identity.contracts.mandates import (
    GiveMandate,
    MandateMalformed,
    MandateNotFound,
    Proof,
    Scope,
)
from motcua.contexts.identity.contracts.matching import EvidenceNeeded, NumberEnd
from motcua.contexts.identity.contracts.organisations import NewOrganisation, OrganisationKind
from motcua.kernel import clock, idempotency
from motcua.kernel.access import actor_of, roles, route
from motcua.kernel.actors import Act, Actor, MandateKind, Role
from motcua.kernel.clock import city_date
from motcua.kernel.errors import DomainError
from motcua.kernel.web import page, redirect_after
from motcua.portals.desk import visitor_pages as pages

RECEIVERS = roles(Role.RECEIVER)


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorPage:
    """What is written on such a page, what is said afterwards, and the page it comes back to."""

    template: str
    write: Callable[[HttpRequest, UUID, Actor, datetime], None]
    done: str
    url: Callable[[UUID], str]
    model: Callable[[UUID, QueryDict, Actor, datetime, DomainError | None], object]


def answered(request: HttpRequest, person_id: UUID, what: VisitorPage) -> HttpResponseBase:
    """A refusal comes back with what was typed. Raises: NotAtYourDesk, PersonNotFound."""
    actor, now = actor_of(request), clock.now()
    refusal: DomainError | None = None
    if request.method == "POST":
        try:
            what.write(request, person_id, actor, now)
        except (NotAtYourDesk, PersonNotFound):
            raise
        except DomainError as problem:
            refusal = problem
        else:
            messages.success(request, what.done)
            return redirect_after(what.url(person_id))
    model = what.model(person_id, request.POST, actor, now, refusal)
    status = int(refusal.kind) if refusal else 200
    return page(request, what.template, model, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(RECEIVERS)
def mandates(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """Mandates held and given; a paper is entered here. Raises: NotAtYourDesk."""
    return answered(request, person_id, MANDATES)


def _record(request: HttpRequest, person_id: UUID, actor: Actor, now: datetime) -> None:
    typed = request.POST
    identity.mandates_of_visitor(person_id, actor=actor, now=now)
    kind = typed.get("kind", "")
    if kind not in set(MandateKind):
        raise MandateMalformed("Bạn chọn một vai trò.", field="kind")
    until = day_of(typed, "until")
    if until is None and any(typed.get(f"until.{part}") for part in pages.DATES):
        raise MandateMalformed("Bạn nhập đủ ngày, tháng, năm, hoặc bỏ trống.", field="until")
    other = _other(typed, actor, now)
    stands_for_other = typed.get("stands") != "principal"
    identity.give_mandate(
        GiveMandate(
            principal_id=other if stands_for_other else person_id,
            representative_id=person_id if stands_for_other else other,
            kind=MandateKind(kind),
            scope=Scope(
                acts=frozenset(Act(act) for act in typed.getlist("acts") if act in set(Act)),
                procedures=frozenset(typed.getlist("procedures")),
            ),
            valid_from=city_date(now),
            valid_to=until,
            proof=Proof.PAPER,
            evidence_file_id=keep_scan(request, person_id, actor, now),
            evidence_note=typed.get("evidence", ""),
            child_agreed=typed.get("agreed") == "yes",
        ),
        actor=actor,
        now=now,
    )


def _other(typed: QueryDict, actor: Actor, now: datetime) -> UUID:
    """Whom the paper names beside the person at the desk: a person, or a body by its tax code.

    Raises: MandateMalformed, MalformedCode.
    """
    name = typed.get("name", "").strip()
    if not name:
        raise MandateMalformed("Bạn nhập tên như trên giấy ủy quyền.", field="name")
    tax_code = typed.get("tax_code", "").strip()
    with idempotency.using(""):
        if tax_code:
            told = NewOrganisation(
                tax_code=tax_code,
                full_name=name,
                kind=OrganisationKind.COMPANY,
                source=Source.COUNTER,
            )
            return identity.find_or_register_organisation(told, actor=actor, now=now)
        born_on, number = day_of(typed, "born_on"), typed.get("number", "").replace(" ", "")
        if not number or born_on is None:
            raise MandateMalformed(
                "Bạn nhập số định danh và ngày sinh, hoặc mã số thuế nếu là tổ chức.",
                field="born_on" if number else "number",
            )
        return identity.find_or_register(
            number, name, born_on, actor=actor, now=now, source=Source.APPLICATION
        )


def keep_scan(request: HttpRequest, owner: UUID, actor: Actor, now: datetime) -> UUID | None:
    """Keep the scan that came with the form. Raises: as `documents.keep_upload`."""
    upload = request.FILES.get("file")
    if upload is None:
        return None
    with idempotency.using(""):
        kept = documents.keep_upload(
            upload, filename=upload.name or "", by=actor, now=now, owner_person_id=owner
        )
    return kept.id


@never_cache
@require_POST
@route(RECEIVERS)
def revoke(request: HttpRequest, person_id: UUID, mandate_id: UUID) -> HttpResponseBase:
    """Taken back by who stands at the desk. Raises: NotAtYourDesk, MandateNotFound."""
    actor, now = actor_of(request), clock.now()
    both = identity.mandates_of_visitor(person_id, actor=actor, now=now)
    if mandate_id not in {one.id for found in both for one in found}:
        raise MandateNotFound
    identity.revoke_mandate(mandate_id, person_present=True, actor=actor, now=now)
    messages.success(request, "Đã thu hồi. Từ bây giờ không ai làm thay được theo ủy quyền này.")
    return redirect_after(pages.mandates_url(person_id))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(RECEIVERS)
def numbers(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """The numbers over time; missing, changed or wrong ones are mended on paper.

    Raises: NotAtYourDesk.
    """
    return answered(request, person_id, NUMBERS)


def _change_number(request: HttpRequest, person_id: UUID, actor: Actor, now: datetime) -> None:
    """Raises: EvidenceNeeded, and as `identity.change_number`."""
    typed = request.POST
    identity.numbers_of_visitor(person_id, actor=actor, now=now)
    note, ended = typed.get("evidence", "").strip(), typed.get("ended_as", "")
    if not note or "file" not in request.FILES:
        raise EvidenceNeeded(field="file" if note else "evidence")
    identity.change_number(
        person_id,
        new_number=typed.get("new_number", "").replace(" ", ""),
        ended_as=NumberEnd(ended) if ended in set(NumberEnd) else NumberEnd.CHANGED,
        reason=typed.get("reason", ""),
        evidence_note=note,
        evidence_file_id=keep_scan(request, person_id, actor, now),
        actor=actor,
        now=now,
    )


def day_of(typed: QueryDict, key: str) -> date | None:
    try:
        year, month, day = (int(typed.get(f"{key}.{part}", "")) for part in reversed(pages.DATES))
        return date(year, month, day)
    except ValueError:
        return None


MANDATES = VisitorPage(
    template="desk/visitor_mandates.html",
    write=_record,
    done="Đã ghi ủy quyền. Hai bên nhận được thông báo.",
    url=pages.mandates_url,
    model=pages.mandates_page,
)
NUMBERS = VisitorPage(
    template="desk/visitor_numbers.html",
    write=_change_number,
    done="Đã ghi. Số cũ vẫn ở trong lịch sử.",
    url=pages.numbers_url,
    model=pages.numbers_page,
)
