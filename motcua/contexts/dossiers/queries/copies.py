"""Copies that are asked for: of one dossier, and what waits at an agency."""

from datetime import datetime

from motcua.contexts.dossiers.contracts.copies import AskedCopy
from motcua.contexts.dossiers.models import CopyRequest, Dossier
from motcua.contexts.dossiers.policies import DossierPolicy
from motcua.contexts.identity import public as identity
from motcua.contexts.procedures import public as procedures
from motcua.kernel.access import visible
from motcua.kernel.actors import Actor, Role

MOST = 200


def asked_at(code: str) -> datetime | None:
    """When the open request of a dossier was made; whoever asks has seen the dossier."""
    rows = CopyRequest.objects.filter(dossier__code=code, done_at=None)
    return rows.values_list("asked_at", flat=True).first()


def waiting_for(actor: Actor, *, now: datetime) -> tuple[AskedCopy, ...]:
    """What waits at the agencies for which the actor signs, the oldest first."""
    agencies = {post.unit_id for post in actor.posts if post.role is Role.SIGNER}
    seen = visible(Dossier.objects.all(), actor, DossierPolicy, now=now)
    rows = CopyRequest.objects.filter(
        done_at=None, dossier__in=seen, dossier__case__competent_unit_id__in=agencies
    )
    found = list(rows.select_related("dossier").order_by("asked_at", "pk")[:MOST])
    names = identity.names_of({row.dossier.applicant_person_id for row in found})
    return tuple(
        AskedCopy(
            code=row.dossier.code,
            procedure_name=procedures.version(row.dossier.procedure_version_id).name,
            applicant_name=names.get(row.dossier.applicant_person_id, ""),
            asked_at=row.asked_at,
        )
        for row in found
    )
