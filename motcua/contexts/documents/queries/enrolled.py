"""Certificates of officers, for administrators."""

from datetime import datetime

from motcua.contexts.documents.contracts.enrolled import SOON, EnrolledState, EnrolledView
from motcua.contexts.documents.models import SignerCertificate
from motcua.kernel.clock import city_time


def enrolled(*, now: datetime) -> tuple[EnrolledView, ...]:
    """What is in use or waits first, by the end of its time; what was withdrawn last."""
    rows = SignerCertificate.objects.order_by("-withdrawn_at", "not_after", "pk")
    found = sorted(rows, key=lambda row: row.withdrawn_at is not None)
    return tuple(_view(row, now) for row in found)


def _view(row: SignerCertificate, now: datetime) -> EnrolledView:
    return EnrolledView(
        id=row.pk,
        officer_id=row.officer_id,
        holder=row.holder,
        issuer=row.issuer,
        serial=row.serial,
        fingerprint=row.fingerprint,
        token_serial=row.token_serial,
        not_after=city_time(row.not_after),
        state=_state(row, now),
        asked_by=row.asked_by,
        asked_at=city_time(row.asked_at),
        confirmed_at=city_time(row.confirmed_at) if row.confirmed_at else None,
        withdrawn_at=city_time(row.withdrawn_at) if row.withdrawn_at else None,
        withdrawn_reason=row.withdrawn_reason,
        wrong_pins=row.wrong_pins,
    )


def _state(row: SignerCertificate, now: datetime) -> EnrolledState:
    if row.withdrawn_at is not None:
        return EnrolledState.WITHDRAWN
    if row.not_after <= now:
        return EnrolledState.ENDED
    if row.confirmed_at is None:
        return EnrolledState.ASKED
    return EnrolledState.ENDING if row.not_after - now <= SOON else EnrolledState.VALID
