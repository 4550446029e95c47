"""Bổ sung lần nữa: what waits for a head."""

from datetime import datetime

from django.db.models import Count, F, Q

from motcua.contexts.casework.contracts import Phase
from motcua.contexts.dossiers.contracts.shortcomings import ProposalLine, ProposalState
from motcua.contexts.dossiers.models import ShortcomingRow, SupplementProposal
from motcua.contexts.dossiers.queries.lists import visible_rows
from motcua.contexts.identity import public as identity
from motcua.contexts.procedures import public as procedures
from motcua.kernel.actors import Actor, Role

MOST = 200


def proposals_waiting(actor: Actor, *, now: datetime) -> tuple[ProposalLine, ...]:
    """The oldest first, of the dossiers that this head may see."""
    seats = list(actor.unit_ids(Role.DIVISION_HEAD, Role.SIGNER))
    of_head = SupplementProposal.objects.filter(
        Q(unit_id__in=seats) | Q(authority_id__in=seats),
        state=ProposalState.PROPOSED,
        dossier__case__step=F("step"),
        dossier__case__phase=Phase.RUNNING,
        dossier__in=visible_rows(actor, now),
    )
    rows = list(of_head.select_related("dossier").order_by("proposed_at", "pk")[:MOST])
    items = ShortcomingRow.objects.filter(proposal__in=rows).values_list("proposal")
    counts = dict(items.annotate(Count("pk")).order_by("proposal"))
    names = identity.officer_names({row.proposed_by for row in rows if row.proposed_by})
    versions = {row.dossier.procedure_version_id for row in rows}
    called = {one: procedures.version(one).name for one in versions}
    return tuple(
        ProposalLine(
            id=row.id,
            code=row.dossier.code,
            procedure_name=called[row.dossier.procedure_version_id],
            proposed_by=names.get(row.proposed_by, "") if row.proposed_by else "",
            proposed_at=row.proposed_at,
            items=counts.get(row.id, 0),
        )
        for row in rows
    )
