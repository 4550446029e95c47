"""Mở truy cập khẩn cấp: time-limited, reasoned, told at once to others, reported afterwards."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from motcua.contexts.casework import public as casework
from motcua.contexts.dossiers.contracts import DossierNotFound
from motcua.contexts.dossiers.contracts.emergency import (
    LASTS,
    LONGEST_REASON,
    LONGEST_REPORT,
    SHORTEST,
    EmergencyNotFound,
    EmergencyReasonShort,
    EmergencyReportOwed,
    EmergencyReportShort,
)
from motcua.contexts.dossiers.models import Dossier, EmergencyAccess
from motcua.contexts.dossiers.policies import EmergencyPolicy
from motcua.contexts.identity import public as identity
from motcua.contexts.notifications import public as notifications
from motcua.contexts.organisations import public as organisations
from motcua.kernel import db
from motcua.kernel.access import WrongRole, visible
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import city_date
from motcua.kernel.text import nfc


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyOpened:
    id: UUID
    until: datetime


@db.owns_transaction
def open_in_emergency(code: str, reason: str, *, actor: Actor, now: datetime) -> EmergencyOpened:
    """Half an hour, from now. Asked again for the same dossier meanwhile, the same one stands.

    Raises: WrongRole, EmergencyReasonShort, DossierNotFound, EmergencyReportOwed.
    """
    own = _own(actor, now).select_for_update()
    said = " ".join(nfc(reason).split())
    if len(said) < SHORTEST:
        raise EmergencyReasonShort(field="reason")
    dossier = Dossier.objects.filter(code=code).first()
    if dossier is None:
        raise DossierNotFound(field="code")
    held = own.filter(reported_at__isnull=True).first()
    if held is not None and (held.dossier_id != dossier.pk or held.until <= now):
        raise EmergencyReportOwed
    row = held or EmergencyAccess(
        dossier=dossier, account_id=_account(actor), reason=said[:LONGEST_REASON],
        opened_at=now, until=now + LASTS,
    )  # fmt: skip
    if held is None:
        db.insert(row)
        _tell("emergency_opened", dossier, actor, row.reason, now)
    facts: dict[str, object] = {"access": str(row.id), "again": held is not None}
    db.record(action="dossiers.open_in_emergency", subject=code, actor=actor, facts=facts)
    return EmergencyOpened(id=row.id, until=row.until)


@db.owns_transaction
def report_emergency(emergency_id: UUID, text: str, *, actor: Actor, now: datetime) -> None:
    """What was read and done. It ends the access, also before its time.

    Raises: EmergencyNotFound, EmergencyReportShort.
    """
    row = _own(actor, now).select_for_update().filter(pk=emergency_id).first()
    if row is None:
        raise EmergencyNotFound
    said = " ".join(nfc(text).split())[:LONGEST_REPORT]
    if len(said) < SHORTEST:
        raise EmergencyReportShort(field="report")
    code = Dossier.objects.values_list("code", flat=True).get(pk=row.dossier_id)
    again = row.reported_at is not None
    if not again:
        row.report, row.reported_at = said, now
        db.change(row, "report", "reported_at", expecting={"reported_at": None})
        _tell("emergency_reported", row.dossier, actor, said, now)
    facts: dict[str, object] = {"access": str(row.id), "again": again}
    db.record(action="dossiers.report_emergency", subject=code, actor=actor, facts=facts)


def _account(actor: Actor) -> UUID:
    """Raises: WrongRole."""
    if not actor.has(Role.ADMINISTRATOR) or actor.account_id is None:
        raise WrongRole("Việc này dành cho: quản trị viên.")
    return actor.account_id


def _own(actor: Actor, now: datetime) -> "QuerySet[EmergencyAccess]":
    """Raises: WrongRole."""
    account_id = _account(actor)
    rows = visible(EmergencyAccess.objects.all(), actor, EmergencyPolicy, now=now)
    return rows.filter(account_id=account_id)


def _tell(template: str, dossier: Dossier, actor: Actor, reason: str, now: datetime) -> None:
    """The guards of data, and who heads the agency that decides: never only the reader."""
    agency = casework.case_by_id(dossier.pk).competent_unit_id
    today = city_date(now)
    guards = [
        officer.id
        for unit in organisations.all_units(today)
        for officer in organisations.holders_of(unit.id, Role.DATA_PROTECTION, today)
    ]
    heads = [officer.id for officer in organisations.holders_of(agency, Role.SIGNER, today)]
    told = set(identity.accounts_of([*guards, *heads]).values()) - {actor.account_id}
    for account_id in sorted(told):
        notifications.notify(
            account_id=account_id,
            template=template,
            subject=dossier.code,
            params={"from": actor.name, "reason": reason},
            now=now,
        )
