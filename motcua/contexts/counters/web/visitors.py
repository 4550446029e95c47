"""Ai đang ở quầy: by the number on the card; name and birth date of whom nobody knows yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from motcua.contexts.counters.queries import intake as queries
from motcua.contexts.counters.web.intake_pages import (
    Calling,
    calling_at,
    number_in,
    same_number,
    who_questions,
)
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import SearchPurpose
from motcua.contexts.identity import public as identity
from motcua.contexts.identity.contracts import PersonView
from motcua.kernel import clock
from motcua.kernel.clock import city_date
from motcua.kernel.codes import PersonalNumber
from motcua.kernel.errors import DomainError, Invalid
from motcua.kernel.forms.dates import day_of_parts
from motcua.kernel.text import nfc
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui.parts import FieldError, Option, QuestionView

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoPage:
    questions: tuple[QuestionView, ...]
    people: tuple[Option, ...]
    calling: Calling | None
    errors: tuple[FieldError, ...] = ()


class VisitorUnknown(Invalid):
    """people: several of that number, one of whom is to be chosen; empty: nobody is known."""

    sentence = (
        "Thành phố chưa biết số này. Bạn nhập họ tên và ngày sinh trên thẻ; "
        "cơ sở dữ liệu dân cư chỉ trả lời khi có đủ ba điều."
    )

    def __init__(self, people: tuple[PersonView, ...]) -> None:
        super().__init__(field="full_name")
        self.people = people


def found_visitor(request: HttpRequest) -> UUID:
    """Only the twelve digits of a scan are read: input methods spoil the rest of what it types.

    Raises: MalformedCode, VisitorUnknown, and as `identity.find_or_register`.
    """
    number = number_in(request.POST.get("number", ""))
    actor, now = actor_of(request), clock.now()
    PersonalNumber(number)
    dossiers.note_search(number, SearchPurpose.COUNTER, actor=actor, now=now)
    known = queries.people_of(number)
    name = nfc(request.POST.get("full_name", ""))[:LONGEST_NAME]
    born = day_of_parts(request.POST, "born_on")
    chosen = next((one for one in known if str(one.id) == request.POST.get("person")), None)
    if chosen is None and len(known) == 1 and not name:
        chosen = known[0]
    if chosen is not None:
        name, born = chosen.full_name, chosen.born_on
    if not name or born is None or born > city_date(now):
        raise VisitorUnknown(known)
    return identity.find_or_register(number, name, born, actor=actor, now=now)


def ask_who(
    request: HttpRequest, template: str, then: str, *, known: UUID | None = None
) -> HttpResponseBase:
    """Who stands there; whoever is found goes on below `then`. known: found in another way."""
    if request.method != "POST":
        return _who(request, template, {})
    try:
        person_id = known or found_visitor(request)
    except VisitorUnknown as unknown:
        wrong = {} if unknown.people else {"full_name": unknown.message}
        return _who(request, template, wrong, people=unknown.people)
    except DomainError as refusal:
        return _who(request, template, {refusal.field or "number": refusal.message})
    return redirect_after(f"{then}/{person_id}")


def _who(
    request: HttpRequest,
    template: str,
    wrong: Mapping[str, str],
    *,
    people: tuple[PersonView, ...] = (),
) -> HttpResponseBase:
    model = WhoPage(
        questions=who_questions(request.POST, wrong, people),
        people=tuple(same_number(one) for one in people),
        calling=calling_at(actor_of(request), now=clock.now()),
        errors=tuple(FieldError(text=text, field=key) for key, text in wrong.items()),
    )
    return page(request, template, model, status=422 if request.method == "POST" else 200)
