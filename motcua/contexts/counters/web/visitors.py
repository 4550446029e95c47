"""Ai đang ở quầy: by the number on the card; name and birth date of whom nobody knows yet."""

from uuid import UUID

from django.http import HttpRequest

from motcua.contexts.counters.queries import intake as queries
from motcua.contexts.counters.web.intake_pages import number_in
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import SearchPurpose
from motcua.contexts.identity import public as identity
from motcua.contexts.identity.contracts import PersonView
from motcua.kernel import clock
from motcua.kernel.clock import city_date
from motcua.kernel.codes import PersonalNumber
from motcua.kernel.errors import Invalid
from motcua.kernel.forms.dates import day_of_parts
from motcua.kernel.text import nfc
from motcua.kernel.web import actor_of

LONGEST_NAME = 200


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
