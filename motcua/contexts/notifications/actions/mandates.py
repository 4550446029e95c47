"""Tell principal and representative of a mandate, and the principal what was done under it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from motcua.contexts.identity import public as identity
from motcua.contexts.identity.contracts.mandates import ACT_NAMES, MandateView
from motcua.contexts.notifications.actions import telling
from motcua.kernel.actors import Act

PAGE = "UY-QUYEN"  # what a notice is about when it is about no dossier


def recorded(mandate_id: UUID, *, now: datetime) -> None:
    one = identity.mandate(mandate_id, now=now)
    until = {"until": f"{one.valid_to:%d/%m/%Y}"} if one.valid_to else {}
    _tell(one, "mandate_recorded", PAGE, until, (one.principal_id, one.representative_id), now)


def revoked(mandate_id: UUID, *, now: datetime) -> None:
    one = identity.mandate(mandate_id, now=now)
    _tell(one, "mandate_revoked", PAGE, {}, (one.principal_id, one.representative_id), now)


def used(mandate_id: UUID, act: str, about: str, *, now: datetime) -> None:
    one = identity.mandate(mandate_id, now=now)
    _tell(one, "acted_for_you", about, {"answer": ACT_NAMES[Act(act)]}, (one.principal_id,), now)


def _tell(
    one: MandateView,
    template: str,
    subject: str,
    params: dict[str, str],
    readers: Iterable[UUID],
    now: datetime,
) -> None:
    names = {"officer": one.representative_name, "where": one.principal_name}
    for reader in readers:
        telling.tell(
            person_id=reader,
            account_id=None,
            template=template,
            subject=subject,
            params=names | params,
            level=None,
            now=now,
        )
