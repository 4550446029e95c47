"""«Đây là tôi»: who came by VNeID says whether the person the city knows is them.

What VNeID said waits in the session, which is sealed, for a few minutes and one answer. Nobody is
signed in meanwhile.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.contexts.identity.contracts import LinkToConfirm, SignInExpired, Source, VNeIDClaims
from motcua.contexts.identity.contracts.organisations import OrganisationClaims, OrganisationKind
from motcua.contexts.identity.models import Person
from motcua.contexts.identity.queries import people
from motcua.contexts.identity.rules import HALF_WAY
from motcua.contexts.identity.web.pages import LinkPage
from motcua.contexts.identity.web.vneid_flow import Heard, Return, Sure
from motcua.kernel.clock import CITY_TZ, city_time
from motcua.kernel.web import page
from motcua.ui import dates, words
from motcua.ui.parts import Fact

KEY = "link"
SAME, OTHER = "same", "other"
ANSWERS = frozenset({SAME, OTHER})


@dataclass(frozen=True, slots=True)
class Waiting:
    """What VNeID said, whom the city knows, and where they were going."""

    heard: Heard
    person_id: UUID
    next_url: str


def ask(
    request: HttpRequest, back: Return, asked: LinkToConfirm, *, now: datetime
) -> HttpResponseBase:
    """Keep what was heard and go to the question."""
    assert back.heard is not None
    claims, sure = back.heard.claims, back.heard.sure
    request.session.cycle_key()
    request.session[KEY] = {
        "until": int((now + HALF_WAY).timestamp()),
        "claims": asdict(claims),
        "level": sure.level,
        "proven_at": sure.proven_at.timestamp() if sure.proven_at else None,
        "person": str(asked.person_id),
        "next": back.next_url,
    }
    return HttpResponseRedirect(reverse("identity:link"))


def waiting(request: HttpRequest, *, now: datetime) -> Waiting:
    """Raises: SignInExpired."""
    held = request.session.get(KEY)
    if not held or now.timestamp() > held["until"]:
        raise SignInExpired(reason="link_expired")
    at = held["proven_at"]
    proven_at = datetime.fromtimestamp(at, tz=CITY_TZ) if at else None
    sure = Sure(level=int(held["level"]), proven_at=proven_at, confirms=False)
    heard = Heard(claims=_claims(held["claims"]), sure=sure)
    return Waiting(heard, UUID(held["person"]), str(held["next"]))


def _claims(held: dict[str, Any]) -> VNeIDClaims | OrganisationClaims:
    if "person" not in held:
        return VNeIDClaims(**{**held, "born_on": _day(held["born_on"])})
    person = held["person"]
    told = VNeIDClaims(**{**person, "born_on": _day(person["born_on"])})
    return OrganisationClaims(**{**held, "person": told, "kind": OrganisationKind(held["kind"])})


def _day(told: object) -> date:
    return told if isinstance(told, date) else date.fromisoformat(str(told))


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def question(request: HttpRequest, asked: Waiting) -> HttpResponseBase:
    claims = asked.heard.claims
    person = claims.person if isinstance(claims, OrganisationClaims) else claims
    model = LinkPage(theirs=_theirs(person), ours=_ours(people.person_row(asked.person_id)))
    return page(request, "identity/link.html", model)


def _theirs(claims: VNeIDClaims) -> tuple[Fact, ...]:
    return (
        Fact(label=_("Họ và tên"), value=words.masked_name(claims.full_name)),
        Fact(label=_("Số định danh"), value=words.masked(claims.personal_number)),
        Fact(label=_("Mức định danh"), value=str(claims.level)),
    )


def _ours(known: Person) -> tuple[Fact, ...]:
    facts = (
        Fact(label=_("Họ và tên"), value=words.masked_name(known.full_name)),
        Fact(label=_("Số định danh"), value=words.masked(known.personal_number or "")),
        Fact(label=_("Thành phố biết từ"), value=_since(known)),
        Fact(label=_("Số điện thoại"), value=words.masked(known.phone or "")),
    )
    return tuple(fact for fact in facts if fact.value)


def _since(known: Person) -> str:
    day = dates.day(city_time(known.created_at).date())
    return _("%(day)s, tại quầy") % {"day": day} if known.source == Source.COUNTER else day
