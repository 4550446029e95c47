"""Reads of organisations."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from motcua.contexts.identity.contracts.organisations import (
    OrganisationKind,
    OrganisationNotFound,
    OrganisationView,
)
from motcua.contexts.identity.models import LegalRepresentative, Organisation
from motcua.contexts.identity.models.organisations import TAX_CODE
from motcua.kernel.crypto import blind_indexes


def by_tax_code(tax_code: str) -> Organisation | None:
    rows = Organisation.objects.filter(tax_code_index__in=blind_indexes(tax_code, scope=TAX_CODE))
    return rows.select_related("person").first()


def organisation_ids(ids: Iterable[UUID]) -> frozenset[UUID]:
    """Those of the persons in law that are bodies."""
    rows = Organisation.objects.filter(person_id__in=set(ids))
    return frozenset(rows.values_list("person_id", flat=True))


def standing_representative(organisation_id: UUID) -> LegalRepresentative | None:
    """Who stands for it now; the row without an end."""
    rows = LegalRepresentative.objects.filter(organisation_id=organisation_id)
    return rows.filter(valid_to__isnull=True).first()


def representative_on(organisation_id: UUID, day: date) -> LegalRepresentative | None:
    """Who stood for it in law that day."""
    rows = LegalRepresentative.objects.filter(organisation_id=organisation_id, valid_from__lte=day)
    lasting = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))
    return lasting.select_related("person").order_by("-valid_from", "-recorded_at").first()


def view_of(organisation_id: UUID, *, on: date) -> OrganisationView:
    """Raises: OrganisationNotFound."""
    rows = Organisation.objects.filter(person_id=organisation_id).select_related("person")
    row = rows.first()
    if row is None:
        raise OrganisationNotFound
    head = representative_on(organisation_id, on)
    address = row.person.address or {}
    return OrganisationView(
        id=row.person_id,
        tax_code=row.tax_code,
        full_name=row.person.full_name,
        kind=OrganisationKind(row.kind),
        address_text=address.get("text", ""),
        ward_code=address.get("ward_code", ""),
        representative_id=head.person_id if head else None,
        representative_name=head.person.full_name if head else "",
        representative_since=head.valid_from if head else None,
    )
