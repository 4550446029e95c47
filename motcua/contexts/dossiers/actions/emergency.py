"""Mở truy cập khẩn cấp: time-limited, reasoned, told at once to others, reported afterwards."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from motcua.contexts.casework import public as casework
from motcua.contexts.dossiers.actions.telling_officers import data_guards
from motcua.contexts.dossiers.contracts import DossierNotFound
from motcua.contexts.dossiers.contracts.emergency import (
    LASTS,
    LONGEST_REASON,
    LONGEST_REPORT,
    REPORTED_WITHIN,
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
from motcua.kernel.text import letters_in, nfc


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyOpened:
    id: UUID
    until: datetime


@db.owns_transaction
def open_in_emergency(code: str, reason: str, *, actor: Actor, now: datetime) -> EmergencyOpened:
    """Half an hour, from now. Asked again for the same dossier meanwhile, the same one stands.

    Raises: WrongRole, EmergencyReasonShort, EmergencyReportOwed, DossierNotFound.
    """
    own = _own(actor, now).select_for_update(of=("self",))
    said = " ".join(nfc(reason).split())
    if letters_in(said) < SHORTEST:
        raise EmergencyReasonShort(field="reason")
    held = own.select_related("dossier").filter(reported_at__isnull=True).first()
    if held is not None and (held.dossier.code != code or held.until <= now):
        raise EmergencyReportOwed  # before the code is looked up: who owes a report tries no codes
    dossier = held.dossier if held else Dossier.objects.filter(code=code).first()
    if dossier is None:
        raise DossierNotFound(field="code")
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
    if letters_in(said) < SHORTEST:
        raise EmergencyReportShort(field="report")
    code = Dossier.objects.values_list("code", flat=True).get(pk=row.dossier_id)
    again = row.reported_at is not None
    if not again:
        row.report, row.reported_at = said, now
        db.change(row, "report", "reported_at", expecting={"reported_at": None})
        _tell("emergency_reported", row.dossier, actor, said, now)
    facts: dict[str, object] = {"access": str(row.id), "again": again}
    db.record(action="dossiers.report_emergency", subject=code, actor=actor, facts=facts)


def ask_for_reports(*, now: datetime) -> None:
    """Each morning: who reads in an emergency and tells nobody afterwards is asked for, by others.

    The other administrators may still open their own, and this one keeps the rest of their work:
    a city that is broken must not wait for one person's report.
    """
    overdue = EmergencyAccess.objects.filter(
        reported_at__isnull=True, until__lte=now - REPORTED_WITHIN
    )
    for row in overdue.select_related("dossier").order_by("id"):
        name = identity.officer_names({row.account_id}).get(row.account_id, "")
        told = _watchers(row.dossier, now) | {row.account_id}
        _notify(told, "emergency_unreported", row.dossier, name, row.reason, now)


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
    """Never only the reader."""
    told = _watchers(dossier, now) - {actor.account_id}
    _notify(told, template, dossier, actor.name, reason, now)


def _watchers(dossier: Dossier, now: datetime) -> set[UUID]:
    """Accounts of the guards of data, and of who heads the agency that decides."""
    agency = casework.case_by_id(dossier.pk).competent_unit_id
    today = city_date(now)
    heads = [officer.id for officer in organisations.holders_of(agency, Role.SIGNER, today)]
    return set(identity.accounts_of([*data_guards(today), *heads]).values())


def _notify(
    told: Iterable[UUID], template: str, dossier: Dossier, who: str, reason: str, now: datetime
) -> None:
    for account_id in sorted(told):
        notifications.notify(
            account_id=account_id,
            template=template,
            subject=dossier.code,
            params={"from": who, "reason": reason},
            now=now,
        )
