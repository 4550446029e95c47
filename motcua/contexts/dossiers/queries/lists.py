"""Lists of dossiers: of an applicant, of a search; keyset pages, one policy."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from motcua.contexts.dossiers.contracts import (
    DossierLine,
    LinePage,
)
from motcua.contexts.dossiers.models import Dossier
from motcua.contexts.dossiers.policies import DossierPolicy
from motcua.contexts.dossiers.queries.lines import lines
from motcua.contexts.dossiers.queries.one import not_found
from motcua.contexts.identity import public as identity
from motcua.kernel import access, reasons
from motcua.kernel.actors import Actor
from motcua.kernel.clock import CITY_TZ
from motcua.kernel.codes import DossierCode, PersonalNumber

CAP = 1000


def visible_rows(actor: Actor, now: datetime) -> "QuerySet[Dossier]":
    return access.visible(Dossier.objects.select_related("case"), actor, DossierPolicy, now=now)


def mine(actor: Actor, *, now: datetime, before: str = "", limit: int = 20) -> LinePage:
    """The applicant's dossiers, newest first. `before`: keyset of the page before."""
    party = actor.party_ids
    if not party:
        return LinePage(lines=())
    rows = (
        visible_rows(actor, now)
        .filter(applicant_person_id__in=party, case__party_person_id__in=party)
        .order_by("-case__opened_at", "-case_id")
    )
    if before:
        at, last = split(before)
        rows = rows.filter(case__opened_at__lte=at).exclude(case__opened_at=at, case_id__gte=last)
    found = list(rows[: limit + 1])
    page = found[:limit]
    older = joined(page[-1].case.opened_at, page[-1].case_id) if len(found) > limit else ""
    return LinePage(lines=lines(page, now=now), older=older)


def one_line(code: str, actor: Actor, *, now: datetime) -> DossierLine:
    """One's own, as a line of the list. Raises: DossierNotFound."""
    row = visible_rows(actor, now).filter(code=code).first()
    if row is None:
        raise not_found()
    return lines([row], now=now)[0]


def joined(at: datetime, last: UUID) -> str:
    return f"{at.timestamp():.6f}_{last}"


def split(key: str) -> tuple[datetime, UUID]:
    """A broken key starts from the beginning of time: an empty page, never an error page."""
    at, _, last = key.partition("_")
    try:
        moment = datetime.fromtimestamp(float(at), tz=CITY_TZ)
        return moment, UUID(last)
    except (ValueError, OverflowError, OSError):
        return datetime(1970, 1, 2, tzinfo=CITY_TZ), UUID(int=0)


def find(text: str, actor: Actor, *, now: datetime, limit: int = 20) -> tuple[DossierLine, ...]:
    """By exact dossier code, or all dossiers of a personal number, as far as the actor may see."""
    rows = visible_rows(actor, now).order_by("-case__opened_at", "-case_id")
    if DossierCode.parses(text):
        rows = rows.filter(code=DossierCode(text))
    elif PersonalNumber.parses(text):
        people = identity.people_with_number(PersonalNumber(text))
        rows = rows.filter(applicant_person_id__in=people)
    else:
        return ()
    found = list(rows[:limit])
    return named_where_open(lines(found, now=now), found, actor, now=now)


def named_where_open(
    made: Sequence[DossierLine], rows: Sequence[Dossier], actor: Actor, *, now: datetime
) -> tuple[DossierLine, ...]:
    """Who sees a dossier only by watching the city reads initials until a reason is kept."""
    if not reasons.watches(actor, DossierPolicy, now=now):
        return tuple(made)
    seen = Dossier.objects.filter(pk__in=[row.pk for row in rows])
    opened = reasons.opened(seen, actor, DossierPolicy, now=now)
    codes = set(opened.values_list("code", flat=True))
    return tuple(line if line.code in codes else masked(line) for line in made)


def masked(line: DossierLine) -> DossierLine:
    return replace(line, applicant_name=initials(line.applicant_name))


def initials(name: str) -> str:
    """«Nguyễn Thị Ánh Tuyết» as «N. T. Á. T.»."""
    return " ".join(f"{word[0]}." for word in name.split() if word[0] != ".")
