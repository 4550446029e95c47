"""Reads of codes to enter with, and how far the officers of a head have come."""

from datetime import datetime
from uuid import UUID

from motcua.contexts.identity.contracts import RecoveryState
from motcua.contexts.identity.contracts.passwords import Entrance, OfficerStanding
from motcua.contexts.identity.models import Account, EntryCode
from motcua.contexts.identity.queries import factors, recoveries
from motcua.contexts.identity.queries.policies import AccountPolicy, EntryCodePolicy
from motcua.contexts.identity.rules import ENTRY_CODE
from motcua.contexts.organisations import public as organisations
from motcua.kernel.access import visible
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date


def living(account_id: UUID, *, now: datetime) -> EntryCode | None:
    """The code that would open now."""
    rows = EntryCode.objects.filter(account_id=account_id, used_at__isnull=True)
    return rows.filter(ended_at__isnull=True, issued_at__gt=now - ENTRY_CODE).first()


def standings(actor: Actor, *, now: datetime) -> tuple[OfficerStanding, ...]:
    """The officers this head arranges work for and who have an account, by name."""
    staff = organisations.officers_arranged_by(actor, city_date(now))
    seen = visible(Account.objects.all(), actor, AccountPolicy, now=now)
    held = {row.officer_id: row for row in seen.filter(officer_id__in=[one.id for one in staff])}
    proved = factors.accounts_with_any(row.id for row in held.values())
    codes = visible(EntryCode.objects.all(), actor, EntryCodePolicy, now=now)
    waiting = codes.filter(used_at__isnull=True, ended_at__isnull=True)
    until = {
        account: at + ENTRY_CODE
        for account, at in waiting.filter(issued_at__gt=now - ENTRY_CODE).values_list(
            "account_id", "issued_at"
        )
    }
    asked = {
        one.account_id: one.until
        for one in recoveries.open_ones(actor, now=now)
        if one.state is not RecoveryState.GRANTED
    }
    return tuple(
        OfficerStanding(
            officer_id=one.id,
            account_id=held[one.id].id,
            full_name=one.full_name,
            staff_no=one.staff_no,
            is_open=held[one.id].is_active,
            entrance=_entrance(held[one.id], proved),
            code_until=until.get(held[one.id].id),
            asked_until=asked.get(held[one.id].id),
        )
        for one in staff
        if one.id in held
    )


def _entrance(account: Account, proved: frozenset[UUID]) -> Entrance:
    if not account.has_usable_password():
        return Entrance.NEVER
    return Entrance.DONE if account.id in proved else Entrance.BEGUN
