"""Hộ của người ở quầy: the head stands there; members are entered from a paper, or leave."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from motcua.contexts.identity import public as identity
from motcua.contexts.identity.contracts import Source
from motcua.contexts.identity.contracts.households import (
    RELATION_NAMES,
    AddMember,
    HouseholdNotFound,
    MemberMalformed,
    MemberView,
    Relation,
)
from motcua.kernel import clock, idempotency
from motcua.kernel.access import actor_of, route
from motcua.kernel.actors import Actor
from motcua.kernel.errors import DomainError
from motcua.kernel.web import redirect_after
from motcua.portals.desk import visitor_pages as pages
from motcua.portals.desk.visitors import RECEIVERS, VisitorPage, answered, day_of, keep_scan
from motcua.ui import dates
from motcua.ui.parts import Fact, FieldError, Option, QuestionView


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    name: str
    facts: tuple[Fact, ...]
    end_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdPage:
    name: str
    back: str
    rows: tuple[MemberRow, ...]
    heads_url: str
    questions: tuple[QuestionView, ...]
    errors: tuple[FieldError, ...]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(RECEIVERS)
def show(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """Members and their relation; another one is entered here. Raises: NotAtYourDesk."""
    return answered(request, person_id, HOUSEHOLD)


def url_of(person_id: UUID) -> str:
    return f"{pages.person_url(person_id)}/ho-gia-dinh"


def heads_url(person_id: UUID) -> str:
    return f"{url_of(person_id)}/chu-ho"


def _add(request: HttpRequest, person_id: UUID, actor: Actor, now: datetime) -> None:
    """Raises: NotAtYourDesk, MemberMalformed, and as `identity.add_member`."""
    identity.household_of_visitor(person_id, actor=actor, now=now)
    typed = request.POST
    name, born_on = typed.get("name", "").strip(), day_of(typed, "born_on")
    if not name or born_on is None:
        raise MemberMalformed(
            "Bạn nhập họ tên và ngày sinh của thành viên.", field="born_on" if name else "name"
        )
    if typed.get("relation") not in set(Relation):
        raise MemberMalformed("Bạn chọn quan hệ với chủ hộ.", field="relation")
    if not typed.get("evidence", "").strip() or "file" not in request.FILES:
        raise MemberMalformed("Bạn quét giấy đã xem và ghi tên, số của giấy.", field="evidence")
    with idempotency.using(""):
        member_id = identity.find_or_register(
            typed.get("number", "").replace(" ", ""), name, born_on,
            actor=actor, now=now, source=Source.APPLICATION,
        )  # fmt: skip
    identity.add_member(
        AddMember(
            head_id=person_id,
            person_id=member_id,
            relation=Relation(typed["relation"]),
            evidence_note=typed.get("evidence", ""),
            evidence_file_id=keep_scan(request, person_id, actor, now),
        ),
        actor=actor,
        now=now,
    )


@never_cache
@require_POST
@route(RECEIVERS)
def end(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponseBase:
    """Out of the household from today. Raises: NotAtYourDesk, HouseholdNotFound."""
    actor, now = actor_of(request), clock.now()
    found = identity.household_of_visitor(person_id, actor=actor, now=now)
    if found is None or member_id not in {one.id for one in found.members}:
        raise HouseholdNotFound
    identity.end_member(member_id, actor=actor, now=now)
    messages.success(request, "Đã ghi: người này ra khỏi hộ từ hôm nay.")
    return redirect_after(url_of(person_id))


def _page(
    person_id: UUID,
    typed: QueryDict,
    actor: Actor,
    now: datetime,
    refusal: DomainError | None,
) -> HouseholdPage:
    found = identity.household_of_visitor(person_id, actor=actor, now=now)
    wrong = {refusal.field or "": refusal.message} if refusal else {}
    may_add = found is None or found.head_id == person_id
    return HouseholdPage(
        name=identity.person(person_id).full_name,
        back=pages.person_url(person_id),
        rows=tuple(_row(one, person_id) for one in (found.members if found else ())),
        heads_url=heads_url(person_id) if found and len(found.members) > 1 else "",
        questions=_questions(typed, wrong) if may_add else (),
        errors=(FieldError(text=refusal.message, field=refusal.field or ""),) if refusal else (),
    )


def _row(one: MemberView, person_id: UUID) -> MemberRow:
    return MemberRow(
        name=one.full_name,
        facts=(
            Fact(label="Quan hệ", value=RELATION_NAMES[one.relation]),
            Fact(label="Từ ngày", value=dates.day(one.since)),
            Fact(label="Căn cứ", value=one.evidence_note),
        ),
        end_url=f"{url_of(person_id)}/{one.id}/ra",
    )


def _questions(typed: QueryDict, wrong: dict[str, str]) -> tuple[QuestionView, ...]:
    relations = tuple(
        Option(value=one, label=RELATION_NAMES[one].capitalize())
        for one in Relation
        if one is not Relation.HEAD
    )
    return (
        QuestionView(
            key="name", label="Họ tên thành viên", value=typed.get("name", ""),
            error=wrong.get("name", ""),
        ),
        QuestionView(
            key="born_on", label="Ngày sinh", type="date", error=wrong.get("born_on", ""),
            parts=tuple((part, typed.get(f"born_on.{part}", "")) for part in pages.DATES),
        ),
        QuestionView(
            key="number", label="Số định danh", type="personal_number", required=False,
            value=typed.get("number", ""), help="Bỏ trống khi chưa có số.",
            error=wrong.get("number", ""),
        ),
        QuestionView(
            key="relation", label="Là ai với chủ hộ", type="choice", options=relations,
            value=typed.get("relation", ""), error=wrong.get("relation", ""),
        ),
        paper_question(typed, wrong),
    )  # fmt: skip


def paper_question(typed: QueryDict, wrong: dict[str, str]) -> QuestionView:
    return QuestionView(
        key="evidence",
        label="Tên, số của giấy đã xem",
        value=typed.get("evidence", ""),
        example="Xác nhận thông tin về cư trú số 12",
        error=wrong.get("evidence", ""),
    )


HOUSEHOLD = VisitorPage(
    template="desk/visitor_household.html",
    write=_add,
    done="Đã ghi thành viên hộ.",
    url=url_of,
    model=_page,
)
