"""«Đồng ý» and taking it back."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from motcua.contexts.identity.actions.grants import end
from motcua.contexts.identity.contracts.applications import (
    SCOPE_NAMES,
    SENSITIVE,
    ApplicationNotFound,
    Asked,
    ConsentIncomplete,
    DataScope,
    Ended,
)
from motcua.contexts.identity.models import Consent
from motcua.contexts.identity.queries import applications
from motcua.contexts.identity.rules import require_recent
from motcua.kernel.access import SignInNeeded
from motcua.kernel.actors import Actor
from motcua.kernel.db import change, current, insert, joins_transaction, owns_transaction, record
from motcua.kernel.holdings import Given


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGiven:
    id: UUID


@owns_transaction
def give_consent(
    client_id: str,
    offered: tuple[Asked, ...],
    ticked: Collection[str],
    *,
    actor: Actor,
    now: datetime,
) -> ConsentGiven:
    """Keep what was shown and what of it was allowed; it takes the place of an earlier consent.

    offered: as the page showed it, so that the words can be proven later.
    Raises: SignInNeeded, ApplicationNotFound, ConsentIncomplete, SignInTooOld.
    """
    if actor.account_id is None:
        raise SignInNeeded
    application = applications.open_application(client_id)
    if application is None:
        raise ApplicationNotFound
    if not set(ticked) <= {one.scope for one in offered}:
        raise ConsentIncomplete
    granted = [one.scope for one in offered if one.required or one.scope in ticked]
    if not SENSITIVE.isdisjoint(granted):
        require_recent(actor, now=now)
    subject = applications.subject_for(application.sector, actor.account_id)
    earlier = applications.consent_in_force(application.id, actor.account_id)
    if earlier is not None:
        earlier.ended_at = now
        change(earlier, "ended_at", expecting={"ended_at": None})
        current().flush()  # one in force at a time: the old one ends before the new one begins
    row = Consent(
        application=application,
        account_id=actor.account_id,
        sector=application.sector,
        subject=subject,
        offered=[DataScope.OPENID, *(one.scope for one in offered)],
        granted=[DataScope.OPENID, *granted],
        shown=[{"scope": one.scope.value, "purpose": one.purpose} for one in offered],
        whole_number=application.whole_number,
        given_at=now,
    )
    insert(row)
    record(
        action="identity.give_consent",
        subject=str(row.id),
        actor=actor,
        facts={"client": client_id, "offered": row.offered, "granted": row.granted},
    )
    return ConsentGiven(id=row.id)


@owns_transaction
def decline_consent(client_id: str, *, actor: Actor, now: datetime) -> None:
    """«Không»: nothing is told to the application but that."""
    record(
        action="identity.decline_consent",
        subject=str(actor.account_id),
        actor=actor,
        facts={"client": client_id},
    )


@owns_transaction
def withdraw_consent(consent_id: UUID, *, actor: Actor, now: datetime) -> None:
    """At once: every token that came of it is dead. Raises: ConsentNotFound."""
    end_consent(applications.own_consent(consent_id, actor, now=now), actor=actor, now=now)


@joins_transaction
def end_consent(row: Consent, *, actor: Actor, now: datetime) -> None:
    row.ended_at = now
    change(row, "ended_at", expecting={"ended_at": None})
    for grant in applications.grants_of_consent(row.id):
        end(grant, why=Ended.CONSENT, actor=actor, now=now)
    record(action="identity.withdraw_consent", subject=str(row.id), actor=actor)


class ApplicationConsents:
    """What a person lets applications know, by whichever account they signed in."""

    def given_by(self, person_id: UUID) -> Sequence[Given]:
        return [
            Given(
                key=str(row.id),
                title=_("Cho ứng dụng «%(name)s» biết: %(what)s")
                % {"name": row.application.name, "what": _named(row.granted)},
                given_at=row.given_at,
                effect=_("Ứng dụng này không xem được dữ liệu của bạn nữa."),
            )
            for row in applications.consents_of_person(person_id)
        ]

    def take_back(self, key: str, person_id: UUID, *, actor: Actor, now: datetime) -> None:
        for row in applications.consents_of_person(person_id):
            if str(row.id) == key:
                end_consent(row, actor=actor, now=now)


def _named(scopes: Iterable[str]) -> str:
    names = [_(SCOPE_NAMES[DataScope(one)]) for one in scopes if one != DataScope.OPENID]
    return ", ".join(name[:1].lower() + name[1:] for name in names) or _("mã riêng của bạn")
