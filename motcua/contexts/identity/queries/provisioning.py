"""Officers and clients, as personnel systems and administrators see them."""

from uuid import UUID

from motcua.contexts.identity.contracts import AccountKind
from motcua.contexts.identity.contracts.provisioning import (
    ClientView,
    ProvisionedOfficer,
    ToldOfficer,
)
from motcua.contexts.identity.models import (
    Account,
    ProvisionedAccount,
    ProvisionedPlace,
    ProvisioningClient,
)
from motcua.contexts.identity.queries.accounts import token_digest
from motcua.contexts.organisations import public as organisations


def living_client(token: str) -> ProvisioningClient | None:
    """By its token; None when it is worth nothing."""
    rows = ProvisioningClient.objects.filter(digest=token_digest(token), revoked_at__isnull=True)
    return rows.first()


def clients() -> tuple[ClientView, ...]:
    rows = ProvisioningClient.objects.filter(revoked_at__isnull=True).order_by("id")[:100]
    return tuple(ClientView(id=row.id, name=row.name, created_at=row.created_at) for row in rows)


def officers() -> tuple[ProvisionedOfficer, ...]:
    """Every officer with an account that no system removed, by staff number. Two queries."""
    return tuple(_officers(officer_id=None).values())


def officer(officer_id: UUID) -> ProvisionedOfficer | None:
    return _officers(officer_id=officer_id).get(officer_id)


def _officers(*, officer_id: UUID | None) -> dict[UUID, ProvisionedOfficer]:
    rows = Account.objects.filter(kind=AccountKind.OFFICER).order_by("username")
    kept = ProvisionedAccount.objects.all()
    if officer_id is not None:
        rows, kept = rows.filter(officer_id=officer_id), kept.filter(account__officer=officer_id)
    told = {row.account_id: row for row in kept}
    known = organisations.officers_by_id([row.officer_id for row in rows if row.officer_id])
    found = {}
    for row in rows:
        mark = told.get(row.id)
        one = known.get(row.officer_id) if row.officer_id else None
        if one is None or (mark and mark.removed_at):
            continue
        found[one.id] = ProvisionedOfficer(
            id=one.id,
            account_id=row.id,
            created_at=row.created_at,
            told=ToldOfficer(
                staff_no=one.staff_no,
                full_name=one.full_name,
                email=one.email,
                is_active=row.is_active,
                external_id=mark.external_id if mark else "",
            ),
        )
    return found


def account_of(officer_id: UUID) -> Account | None:
    return Account.objects.filter(officer_id=officer_id).first()


def mark_of(account_id: UUID) -> ProvisionedAccount | None:
    return ProvisionedAccount.objects.filter(account_id=account_id).first()


def external_ids() -> dict[UUID, str]:
    """What personnel systems call units and posts, by our id."""
    return dict(ProvisionedPlace.objects.values_list("id", "external_id"))
