"""Đổi chủ hộ của người ở quầy: one paper, and who everybody is to the new head, in one step."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.contexts.identity import public as identity
from motcua.contexts.identity.contracts.households import (
    RELATION_NAMES,
    HouseholdNotFound,
    HouseholdView,
    MemberMalformed,
    MemberView,
    Relation,
    ReplaceHead,
)
from motcua.kernel.access import route
from motcua.kernel.actors import Actor
from motcua.kernel.errors import DomainError
from motcua.portals.desk.households import paper_question, url_of
from motcua.portals.desk.visitors import RECEIVERS, VisitorPage, answered, keep_scan
from motcua.ui.parts import FieldError, Option, QuestionView

LEAVES = "LEAVES"
NEW_HEAD = {Relation.HEAD: "Chủ hộ mới"}


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadPage:
    """questions: one for each member."""

    name: str
    back: str
    questions: tuple[QuestionView, ...]
    paper: QuestionView
    errors: tuple[FieldError, ...]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(RECEIVERS)
def replace(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """Another member becomes the head. Raises: NotAtYourDesk, HouseholdNotFound."""
    return answered(request, person_id, HEAD)


def _found(person_id: UUID, actor: Actor, now: datetime) -> HouseholdView:
    found = identity.household_of_visitor(person_id, actor=actor, now=now)
    if found is None:
        raise HouseholdNotFound
    return found


def _write(request: HttpRequest, person_id: UUID, actor: Actor, now: datetime) -> None:
    """Raises: NotAtYourDesk, MemberMalformed, and as `identity.replace_head`."""
    found, typed = _found(person_id, actor, now), request.POST
    relations = tuple((one.id, _said(typed, one)) for one in found.members)
    if not typed.get("evidence", "").strip() or "file" not in request.FILES:
        raise MemberMalformed("Bạn quét giấy đã xem và ghi tên, số của giấy.", field="evidence")
    told = ReplaceHead(
        person_id=person_id,
        relations=relations,
        evidence_note=typed.get("evidence", ""),
        evidence_file_id=keep_scan(request, person_id, actor, now),
    )
    identity.replace_head(told, actor=actor, now=now)


def _said(typed: QueryDict, one: MemberView) -> Relation | None:
    """None: they leave. Raises: MemberMalformed."""
    said = typed.get(_key(one), "")
    if said == LEAVES:
        return None
    if said not in set(Relation):
        raise MemberMalformed(f"Bạn chọn {one.full_name} là ai với chủ hộ mới.", field=_key(one))
    return Relation(said)


def _key(one: MemberView) -> str:
    return f"relation.{one.id}"


def _page(
    person_id: UUID,
    typed: QueryDict,
    actor: Actor,
    now: datetime,
    refusal: DomainError | None,
) -> HeadPage:
    found = _found(person_id, actor, now)
    wrong = {refusal.field or "": refusal.message} if refusal else {}
    return HeadPage(
        name=identity.person(person_id).full_name,
        back=url_of(person_id),
        questions=tuple(_question(one, typed, wrong) for one in found.members),
        paper=paper_question(typed, wrong),
        errors=(FieldError(text=refusal.message, field=refusal.field or ""),) if refusal else (),
    )


def _question(one: MemberView, typed: QueryDict, wrong: dict[str, str]) -> QuestionView:
    was_head = one.relation is Relation.HEAD
    names = (RELATION_NAMES | NEW_HEAD).items()
    options = [
        Option(value=relation, label=name[0].upper() + name[1:])
        for relation, name in names
        if not (was_head and relation is Relation.HEAD)
    ]
    if was_head:
        options.append(Option(value=LEAVES, label="Ra khỏi hộ từ hôm nay"))
    return QuestionView(
        key=_key(one),
        label=f"{one.full_name} là ai với chủ hộ mới",
        type="choice",
        options=tuple(options),
        value=typed.get(_key(one), ""),
        help="Đang là chủ hộ." if was_head else f"Đang là {RELATION_NAMES[one.relation]}.",
        error=wrong.get(_key(one), ""),
    )


HEAD = VisitorPage(
    template="desk/visitor_household_head.html",
    write=_write,
    done="Đã đổi chủ hộ.",
    url=url_of,
    model=_page,
)
