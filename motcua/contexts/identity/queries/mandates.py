"""Reads of mandates: the one in force for a session, those given and held, the words of a chain."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from motcua.contexts.identity.contracts.mandates import (
    KIND_NAMES,
    PROOF_NAMES,
    MandateEnded,
    MandateNotFound,
    MandateView,
    Proof,
)
from motcua.contexts.identity.models import Mandate, Person
from motcua.contexts.identity.queries import organisations, people
from motcua.contexts.identity.queries.policies import MandatePolicy
from motcua.contexts.identity.rules import mandates as rules
from motcua.kernel import actors
from motcua.kernel.access import visible
from motcua.kernel.actors import Act, Actor, MandateKind, PrincipalKind
from motcua.kernel.clock import city_date

MOST = 100


def in_force(mandate_id: UUID, actor: Actor, *, now: datetime) -> actors.Mandate | None:
    """The mandate as an actor carries it; None when it is not the actor's or not in force."""
    rows = Mandate.objects.filter(id=mandate_id, representative_id__in=actor.own_ids)
    row = rows.select_related("principal__organisation", "principal__merged_into").first()
    if row is None or not rules.is_in_force(row.terms, city_date(now)):
        return None
    return _carried(row)


def of_token(mandate_id: UUID, actor: Actor, *, now: datetime) -> actors.Mandate:
    """The same for a token that was made under it. Raises: MandateEnded."""
    found = in_force(mandate_id, actor, now=now)
    if found is None:
        raise MandateEnded(
            _(
                "Mã truy cập này làm thay người khác, mà ủy quyền không còn hiệu lực. "
                "Việc vừa gửi chưa được ghi. Bạn nhờ ủy quyền lại rồi tạo mã mới."
            )
        )
    return found


def _carried(row: Mandate) -> actors.Mandate:
    principal = row.principal.merged_into or row.principal
    is_body = hasattr(principal, "organisation")
    return actors.Mandate(
        id=row.id,
        kind=MandateKind(row.kind),
        principal_id=principal.id,
        principal_kind=PrincipalKind.ORGANISATION if is_body else PrincipalKind.PERSON,
        principal_name=principal.full_name,
        acts=row.terms.scope.acts,
        procedures=row.terms.scope.procedures,
        fields=row.terms.scope.fields,
        principal_ids=frozenset({row.principal_id, *(UUID(one) for one in principal.also)}),
    )


def held_for_write(mandate_id: UUID) -> Mandate:
    """Locked against being taken back until the act is done. Raises: MandateNotFound."""
    rows = Mandate.objects.select_for_update(no_key=True).filter(id=mandate_id)
    row = rows.first()
    if row is None:
        raise MandateNotFound
    return row


def visible_mandate(mandate_id: UUID, actor: Actor, *, now: datetime) -> Mandate:
    """Raises: MandateNotFound, also for a mandate among others."""
    row = _visible(actor, now).filter(id=mandate_id).first()
    if row is None:
        raise MandateNotFound
    return row


def _visible(actor: Actor, now: datetime) -> "QuerySet[Mandate]":
    return visible(Mandate.objects.all(), actor, MandatePolicy, now=now)


def given(actor: Actor, *, now: datetime) -> tuple[MandateView, ...]:
    """Those for the party of the actor, living ones first."""
    rows = _visible(actor, now).filter(principal_id__in=actor.party_ids)
    return _views(rows, now)


def held(actor: Actor, *, now: datetime) -> tuple[MandateView, ...]:
    """Those under which the actor may act for others."""
    rows = _visible(actor, now).filter(representative_id__in=actor.own_ids)
    return _views(rows, now)


def of_principal(person_id: UUID, *, now: datetime) -> tuple[MandateView, ...]:
    """For the desk at which the principal stands."""
    same = people.group_of([person_id])
    return _views(Mandate.objects.filter(principal_id__in=same), now)


def of_representative(person_id: UUID, *, now: datetime) -> tuple[MandateView, ...]:
    """For the desk at which the representative stands."""
    same = people.group_of([person_id])
    return _views(Mandate.objects.filter(representative_id__in=same), now)


def sides_of(row: Mandate, *, on: date) -> tuple[UUID, ...]:
    """Both sides; for a body also who stands for it in law that day."""
    head = organisations.representative_on(row.principal_id, on)
    found = (row.principal_id, row.representative_id)
    return (*found, head.person_id) if head else found


def evidence_seen(actor: Actor, *, now: datetime) -> Q:
    """Over the table of files: scans of papers that show a mandate the actor sees."""
    seen = _visible(actor, now).exclude(evidence_file_id=None)
    return Q(pk__in=seen.order_by().values("evidence_file_id"))


def evidence_used(account_id: UUID | None = None) -> Q:
    """Over the table of files: scans that some mandate names."""
    rows = Mandate.objects.exclude(evidence_file_id=None)
    if account_id is not None:
        rows = rows.filter(recorded_by=account_id)
    return Q(pk__in=rows.order_by().values("evidence_file_id"))


def view(mandate_id: UUID, *, now: datetime) -> MandateView:
    """For jobs and neighbours that have checked their own policy. Raises: MandateNotFound."""
    found = _views(Mandate.objects.filter(id=mandate_id), now)
    if not found:
        raise MandateNotFound
    return found[0]


def _views(rows: "QuerySet[Mandate]", now: datetime) -> tuple[MandateView, ...]:
    newest = rows.order_by(F("revoked_at").desc(nulls_first=True), "-id")
    return views_of(list(newest[:MOST]), now=now)


def representatives_of(
    person_id: UUID, act: Act, *, procedure: str, field: str, now: datetime
) -> tuple[tuple[UUID, str], ...]:
    """(mandate, name) of whoever may do this for the person today; for a desk."""
    return tuple(
        (one.id, one.representative_name)
        for one in of_principal(person_id, now=now)
        if one.in_force and act in one.scope.acts and rules.reaches(one.scope, procedure, field)
    )


def representative_of(mandate_id: UUID, *, now: datetime) -> str:
    """Their name. Raises: MandateNotFound."""
    return view(mandate_id, now=now).representative_name


def views_of(rows: list[Mandate], *, now: datetime) -> tuple[MandateView, ...]:
    """Two queries, however many rows."""
    ids = {
        one for row in rows for one in (row.principal_id, row.representative_id, row.given_by_id)
    }
    names = people.names_of(one for one in ids if one)
    bodies = organisations.organisation_ids(row.principal_id for row in rows)
    today = city_date(now)
    return tuple(_view(row, names, row.principal_id in bodies, today) for row in rows)


def _view(row: Mandate, names: dict[UUID, str], is_body: bool, today: date) -> MandateView:
    terms = row.terms
    return MandateView(
        id=row.id,
        kind=MandateKind(row.kind),
        principal_id=row.principal_id,
        principal_kind=PrincipalKind.ORGANISATION if is_body else PrincipalKind.PERSON,
        principal_name=names.get(row.principal_id, ""),
        representative_id=row.representative_id,
        representative_name=names.get(row.representative_id, ""),
        given_by_name=names.get(row.given_by_id, "") if row.given_by_id else "",
        scope=terms.scope,
        proof=Proof(row.proof),
        evidence_note=row.evidence_note or "",
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        created_at=row.created_at,
        revoked_at=row.revoked_at,
        in_force=rules.is_in_force(terms, today),
    )


def chains_of(mandate_ids: Iterable[UUID], *, now: datetime) -> dict[UUID, str]:
    """«Lê Thị A nộp thay Nguyễn Văn B (cha hoặc mẹ, theo …)» by mandate; two queries."""
    rows = list(Mandate.objects.filter(id__in=set(mandate_ids)).order_by("id"))
    return {one.id: chain_of(one) for one in views_of(rows, now=now)}


def chain_of(one: MandateView) -> str:
    """Who acted for whom, as what, and how that was shown."""
    shown = PROOF_NAMES[one.proof]
    if one.given_by_name and one.principal_kind is PrincipalKind.ORGANISATION:
        shown = f"{shown} của {one.given_by_name}"
    if one.evidence_note:
        shown = f"{shown}: {one.evidence_note}"
    return (
        f"{one.representative_name} nộp thay {one.principal_name} "
        f"({KIND_NAMES[one.kind]}, theo {shown})"
    )


def principal_kind(person: Person) -> PrincipalKind:
    is_body = organisations.organisation_ids([person.id])
    return PrincipalKind.ORGANISATION if is_body else PrincipalKind.PERSON


def standing_for(
    principal_id: UUID, representative_id: UUID, kind: MandateKind
) -> "QuerySet[Mandate]":
    """Not taken back, of one kind, between two."""
    return Mandate.objects.filter(
        Q(principal_id=principal_id, representative_id=representative_id),
        kind=kind,
        revoked_at__isnull=True,
    )
