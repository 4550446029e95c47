"""Ô tìm: a code opens at once; for a number the officer says what for, once for a while."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import SearchPurpose
from motcua.contexts.dossiers.web.desk import lists
from motcua.contexts.dossiers.web.desk.asking import BAN, asked
from motcua.kernel import clock
from motcua.kernel.access import officers, read_for, route
from motcua.kernel.codes import DossierCode, PersonalNumber
from motcua.kernel.errors import Invalid
from motcua.kernel.purpose import Purpose
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui.parts import FieldError

HOLDS = timedelta(minutes=30)  # a purpose that was said counts for the next searches
SAID = "search_said"  # session key
IN_HAND = re.compile(r"/ban/ho-so/([^/]+)")
READS_FOR = {
    SearchPurpose.CASE: Purpose.HANDLE_CASE,
    SearchPurpose.COUNTER: Purpose.SERVE_AT_COUNTER,
    SearchPurpose.DUPLICATE: Purpose.FIND_DUPLICATE,
    SearchPurpose.OTHER: Purpose.STATED,
}
LABELS = {
    SearchPurpose.CASE: "Hồ sơ đang làm",
    SearchPurpose.COUNTER: "Người dân đang ở quầy hoặc gọi điện",
    SearchPurpose.DUPLICATE: "Kiểm tra hồ sơ trùng",
    SearchPurpose.OTHER: "Việc khác, có số văn bản",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody reads for. case_code, reference: "" where the purpose asks for none."""

    purpose: str
    case_code: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One way to go on, on a key of its own."""

    value: str
    label: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposePage:
    """The number is carried in the body, as it came."""

    number: str
    choices: tuple[Choice, ...]
    case_code: str
    reference: str
    hand: str  # the dossier on whose page the search began
    minutes: int
    wrong: dict[str, str]
    errors: tuple[FieldError, ...] = ()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(officers, keyless=True)
def search(request: HttpRequest) -> HttpResponseBase:
    """An exact dossier code, or all dossiers of a personal number; one answer opens at once.

    Asked by POST, so that the number stays out of addresses, histories and logs.
    """
    text, now, actor = request.POST.get("q", "").strip(), clock.now(), actor_of(request)
    if PersonalNumber.parses(text) and not DossierCode.parses(text):
        said = _given(request) or _remembered(request, now)
        if said is None:
            return _ask(request, text)
        try:
            _keep(request, text, said, now)
        except Invalid as problem:
            return _ask(request, text, said, problem)
    found = dossiers.find(text, actor, now=now)
    if len(found) == 1:
        return redirect_after(f"{BAN}/ho-so/{found[0].code}")
    shown = lists.found_page(text, found, actor, asked(request), now=now)
    return page(request, "dossiers/desk/inbox.html", lists.InboxPage(list=shown))


def _given(request: HttpRequest) -> Said | None:
    """What was chosen on the page that asks."""
    typed = request.POST
    purpose = typed.get("purpose", "")
    if not purpose:
        return None
    case = typed.get("case_code", "").strip() if purpose == SearchPurpose.CASE else ""
    named = typed.get("reference", "").strip() if purpose == SearchPurpose.OTHER else ""
    return Said(purpose=purpose, case_code=case, reference=named)


def _remembered(request: HttpRequest, now: datetime) -> Said | None:
    """What was said not long ago, unless another dossier is in hand since."""
    kept = request.session.get(SAID)
    if not kept or now.timestamp() > kept["until"]:
        return None
    said = Said(purpose=kept["purpose"], case_code=kept["case"], reference=kept["reference"])
    in_hand = case_in_hand(request)
    return None if in_hand and in_hand not in {said.case_code, kept["hand"]} else said


def _keep(request: HttpRequest, number: str, said: Said, now: datetime) -> None:
    """Raises: what `note_search` raises."""
    dossiers.note_search(
        number,
        said.purpose,
        case_code=said.case_code,
        reference=said.reference,
        actor=actor_of(request),
        now=now,
    )
    read_for(request, READS_FOR[SearchPurpose(said.purpose)], case_code=said.case_code)
    if _given(request):
        request.session[SAID] = {
            "purpose": said.purpose,
            "case": said.case_code,
            "reference": said.reference,
            "hand": request.POST.get("hand", ""),
            "until": (now + HOLDS).timestamp(),
        }


def case_in_hand(request: HttpRequest) -> str:
    """The dossier on whose page the search box was used."""
    found = IN_HAND.match(urlsplit(request.headers.get("Referer", "")).path)
    return found[1] if found and DossierCode.parses(found[1]) else ""


def _ask(
    request: HttpRequest, number: str, said: Said | None = None, problem: Invalid | None = None
) -> HttpResponseBase:
    in_hand = case_in_hand(request)
    ways = list(SearchPurpose) if in_hand else [*list(SearchPurpose)[1:], SearchPurpose.CASE]
    model = PurposePage(
        number=number,
        choices=tuple(
            Choice(value=way.value, label=LABELS[way], key=str(place))
            for place, way in enumerate(ways, 1)
        ),
        case_code=said.case_code if said else in_hand,
        reference=said.reference if said else "",
        hand=in_hand or request.POST.get("hand", ""),
        minutes=int(HOLDS.total_seconds() // 60),
        wrong={problem.field or "purpose": problem.message} if problem else {},
        errors=(FieldError(text=problem.message, field=problem.field or "purpose"),)
        if problem
        else (),
    )
    status = int(problem.kind) if problem else 200
    return page(request, "dossiers/desk/purpose.html", model, status=status)
