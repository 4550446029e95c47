"""Reads of webhooks: one's own addresses and letters, through their policy; those that are due."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import QuerySet

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.webhooks.contracts import (
    EndpointNotFound,
    EndpointView,
    LetterNotFound,
    LetterState,
    LetterView,
    NewsKind,
)
from motcua.contexts.webhooks.models import Endpoint, Letter
from motcua.contexts.webhooks.policies import EndpointPolicy
from motcua.kernel import access
from motcua.kernel.actors import Actor
from motcua.kernel.codes import ProcedureCode

A_PAGE = 30


def _visible(actor: Actor, now: datetime) -> "QuerySet[Endpoint]":
    rows = Endpoint.objects.filter(ended_at__isnull=True)
    return access.visible(rows, actor, EndpointPolicy, now=now)


def hosts_hearing_of(procedure_code: ProcedureCode) -> tuple[str, ...]:
    """Where programs hear of dossiers of a procedure: machines of parties that ever sent one."""
    live = Endpoint.objects.filter(
        ended_at__isnull=True, disabled_at__isnull=True, sandbox=False
    ).order_by("pk")
    urls = list(live.values_list("person_id", "url"))
    parties = dossiers.parties_with(procedure_code, {person for person, _url in urls})
    return tuple(sorted({urlsplit(url).hostname or "" for one, url in urls if one in parties}))


def own_endpoint(endpoint_id: UUID, actor: Actor, *, now: datetime) -> Endpoint:
    """Raises: EndpointNotFound."""
    found = _visible(actor, now).filter(pk=endpoint_id).first()
    if found is None:
        raise EndpointNotFound
    return found


def count_of(actor: Actor, *, now: datetime) -> int:
    return _visible(actor, now).count()


def endpoints(actor: Actor, *, now: datetime) -> tuple[EndpointView, ...]:
    return tuple(_view(row, now) for row in _visible(actor, now).order_by("-id"))


def endpoint(endpoint_id: UUID, actor: Actor, *, now: datetime) -> EndpointView:
    """Raises: EndpointNotFound."""
    return _view(own_endpoint(endpoint_id, actor, now=now), now)


def _view(row: Endpoint, now: datetime) -> EndpointView:
    return EndpointView(
        id=row.id,
        url=row.url,
        sandbox=row.sandbox,
        kinds=tuple(NewsKind(kind) for kind in row.kinds),
        made_at=row.made_at,
        failing_since=row.failing_since,
        disabled_at=row.disabled_at,
        old_until=row.old_until if row.old_until and row.old_until > now else None,
    )


def letters(
    endpoint_id: UUID, actor: Actor, *, now: datetime, before: str = ""
) -> tuple[tuple[LetterView, ...], str]:
    """Newest first, and the key of the next page. Raises: EndpointNotFound."""
    row = own_endpoint(endpoint_id, actor, now=now)
    rows = Letter.objects.filter(endpoint=row).order_by("-happened_at", "-id")
    last = rows.filter(pk=before).first() if before else None
    if last is not None:
        rows = rows.filter(happened_at__lte=last.happened_at).exclude(
            happened_at=last.happened_at, id__gte=last.id
        )
    found = list(rows[: A_PAGE + 1])
    older = str(found[A_PAGE - 1].id) if len(found) > A_PAGE else ""
    return tuple(_letter(row) for row in found[:A_PAGE]), older


def own_letter(letter_id: UUID, endpoint_id: UUID, actor: Actor, *, now: datetime) -> Letter:
    """Raises: EndpointNotFound, LetterNotFound."""
    row = own_endpoint(endpoint_id, actor, now=now)
    found = Letter.objects.filter(endpoint=row, pk=letter_id).select_related("endpoint").first()
    if found is None:
        raise LetterNotFound
    return found


def _letter(row: Letter) -> LetterView:
    state = LetterState.WAITING
    if row.taken_at is not None:
        state = LetterState.TAKEN
    elif row.given_up_at is not None:
        state = LetterState.GIVEN_UP
    return LetterView(
        id=row.id,
        kind=NewsKind(row.kind),
        subject=row.subject,
        state=state,
        tries=row.tries,
        finding=row.finding,
        happened_at=row.happened_at,
        next_at=row.next_at,
    )


def hearing(person_id: UUID, kind: NewsKind, *, sandbox: bool) -> list[Endpoint]:
    """The addresses of a party that want such news."""
    rows = Endpoint.objects.filter(
        person_id=person_id, sandbox=sandbox, ended_at__isnull=True, disabled_at__isnull=True
    )
    return [row for row in rows.order_by("id") if kind in row.kinds]


def told_already(endpoint_ids: Iterable[UUID], mark: str) -> set[UUID]:
    rows = Letter.objects.filter(endpoint__in=list(endpoint_ids), mark=mark)
    return set(rows.values_list("endpoint_id", flat=True))


def due(now: datetime, *, limit: int) -> list[UUID]:
    """Letters whose next try has come, the oldest first."""
    rows = Letter.objects.filter(next_at__lte=now, endpoint__ended_at__isnull=True)
    living = rows.filter(endpoint__disabled_at__isnull=True)
    return list(living.order_by("next_at", "id").values_list("id", flat=True)[:limit])
