"""Sổ chứng thực bản sao: what was certified at a desk on a day, or has its number still to come."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from motcua.contexts.counters.contracts.copies import PROCEDURE, CopyView, NotACopy
from motcua.contexts.documents import public as documents
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import DossierView
from motcua.kernel.actors import Actor


def copies(codes: Iterable[str], actor: Actor, *, now: datetime) -> tuple[CopyView, ...]:
    """Raises: DossierNotFound, NotACopy."""
    return tuple(_copy(dossiers.dossier(code, actor, now=now)) for code in codes)


def book_of(unit_id: UUID, day: date, actor: Actor, *, now: datetime) -> tuple[CopyView, ...]:
    """As they came that day at that desk."""
    codes = dossiers.received_at(unit_id, PROCEDURE, day, actor, now=now)
    return copies(codes, actor, now=now)


def _copy(view: DossierView) -> CopyView:
    if view.version.procedure_code != PROCEDURE:
        raise NotACopy
    said, bill = view.answers, view.invoice
    numbers = documents.numbers_of(view.code)
    signed = next((e for e in reversed(view.events) if e.action == "sign"), None)
    return CopyView(
        code=view.code,
        number=numbers[0] if numbers else "",
        received_at=view.submitted_at,
        requester=view.applicant_name,
        paper=str(said.get("paper_name", "")),
        issuer=str(said.get("paper_issuer", "")),
        pages=_whole(said.get("pages")),
        copies=_whole(said.get("copies")),
        fee_dong=int(bill.total) if bill else 0,
        paid=bill is None or not bill.outstanding,
        invoice_code=bill.code if bill else "",
        agency=view.competent_unit,
        signer=signed.actor_name if signed else "",
        signed_at=signed.at if signed else None,
        due_at=view.clock.due_at,
    )


def _whole(value: object) -> int:
    return int(value) if isinstance(value, int | str) and str(value).isdecimal() else 0
