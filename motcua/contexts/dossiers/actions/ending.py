"""Hết hạn lưu: drafts go, dossiers keep their skeleton for the figures and lose their values."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from motcua.contexts.casework import public as casework
from motcua.contexts.documents import public as documents
from motcua.contexts.dossiers.actions import numbering
from motcua.contexts.dossiers.models import (
    Dossier,
    DossierPaper,
    DossierPast,
    Draft,
    FieldVisit,
    Handover,
    ReviewRequest,
    ShortcomingRow,
    SiteNote,
    SupplementProposal,
    ValueRuling,
)
from motcua.contexts.dossiers.rules import receiving
from motcua.contexts.identity import public as identity
from motcua.kernel.db import joins_transaction
from motcua.kernel.holdings import Ending, digest_of


class DraftsEnd:
    """Drafts nobody has touched for the period; a dossier that was sent has its own copy."""

    kind = "dossiers.draft"

    def due(self, before: datetime, *, limit: int, without: Collection[str]) -> Sequence[Ending]:
        rows = Draft.objects.filter(saved_at__lt=before).exclude(submitted_as__in=without)
        return [_draft(row) for row in rows.order_by("saved_at", "id")[:limit]]

    def of_person(self, person_id: UUID) -> Sequence[Ending]:
        accounts = identity.citizen_accounts_of(person_id)
        rows = Draft.objects.filter(
            Q(applicant_person_id=person_id) | Q(account_id__in=accounts), submitted_as=""
        )
        return [_draft(row) for row in rows.order_by("saved_at", "id")]

    @joins_transaction
    def erase(self, ids: Collection[UUID], *, now: datetime) -> int:
        rows = Draft.objects.filter(pk__in=ids)
        papers = [one for row in rows.order_by("pk") for one in row.papers]
        files = [UUID(one["file_id"]) for one in papers if one.get("file_id")]
        rows.delete()
        return documents.dispose(files, subjects=(), now=now)


def _draft(row: Draft) -> Ending:
    return Ending(
        id=row.id,
        code=row.submitted_as or f"draft {row.id}",
        digest=digest_of(row.sheet, row.typed),
        person_id=row.applicant_person_id,
        ended_at=row.saved_at,
    )


class DossiersEnd:
    """Dossiers past their period: answers, notes, rating and secret go, the skeleton stays."""

    kind = "dossiers.dossier"

    def due(self, before: datetime, *, limit: int, without: Collection[str]) -> Sequence[Ending]:
        rows = _ended().filter(case__ended_at__lt=before).exclude(code__in=without)
        return [_dossier(row) for row in rows.order_by("case__ended_at", "pk")[:limit]]

    def of_person(self, person_id: UUID) -> Sequence[Ending]:
        """A statutory duty keeps every dossier for its period."""
        return ()

    @joins_transaction
    def erase(self, ids: Collection[UUID], *, now: datetime) -> int:
        rows = list(_ended().filter(pk__in=ids).order_by("pk"))
        for row in rows:
            row.sheet, row.comment, row.erased_at = {}, None, now
            row.secret = numbering.new_secret()  # known to nobody: a public look-up finds nothing
            row.save(update_fields=["sheet", "secret", "comment", "erased_at"])
        gone = [row.pk for row in rows]
        files = [*_papers_of(gone), *casework.forget_words(gone, now=now)]
        for item in ShortcomingRow.objects.filter(dossier_id__in=gone).order_by("pk"):
            item.words = {}
            item.save(update_fields=["words"])
        for proposal in SupplementProposal.objects.filter(dossier_id__in=gone).order_by("pk"):
            proposal.why_again, proposal.answer = "", None
            proposal.save(update_fields=["why_again", "answer"])
        for ruling in ValueRuling.objects.filter(dossier_id__in=gone).order_by("pk"):
            ruling.pair, ruling.reason = {}, ""
            ruling.save(update_fields=["pair", "reason"])
        for sent in Handover.objects.filter(dossier_id__in=gone).order_by("pk"):
            sent.code, sent.address, sent.taken_by = receiving.new_code(), None, None
            sent.save(update_fields=["code", "code_index", "address", "taken_by"])
        files += _notes_of(gone)
        for review in ReviewRequest.objects.filter(dossier_id__in=gone).order_by("pk"):
            review.text, review.answer = "", None
            review.save(update_fields=["text", "answer"])
        return documents.dispose(files, subjects=[row.code for row in rows], now=now)


def _papers_of(dossier_ids: Collection[UUID]) -> list[UUID]:
    """The files they had, which nothing of the dossier names any more."""
    papers = DossierPaper.objects.filter(dossier_id__in=dossier_ids)
    files = [one for one in papers.order_by("pk").values_list("file_id", flat=True) if one]
    papers.update(file=None, verdict_note=None)
    DossierPast.objects.filter(dossier_id__in=dossier_ids).delete()
    return files


def _notes_of(dossier_ids: Collection[UUID]) -> list[UUID]:
    """The pictures and drawn signatures of visits; what was written goes with them."""
    notes = SiteNote.objects.filter(visit__dossier_id__in=dossier_ids).order_by("pk")
    files = [one for one in notes.values_list("file_id", flat=True) if one]
    for note in notes:
        note.body, note.file = {}, None
        note.save(update_fields=["body", "file"])
    for visit in FieldVisit.objects.filter(dossier_id__in=dossier_ids).order_by("pk"):
        visit.place, visit.lines = "", []
        visit.companions = visit.unsuited = visit.reason = visit.finding = None
        visit.save(update_fields=["place", "lines", "companions", "unsuited", "reason", "finding"])
    return files


def _ended() -> "QuerySet[Dossier]":
    rows = Dossier.objects.filter(erased_at__isnull=True, case__phase="ENDED")
    return rows.select_related("case")


def _dossier(row: Dossier) -> Ending:
    assert row.case.ended_at is not None
    return Ending(
        id=row.pk,
        code=row.code,
        digest=digest_of(row.sheet, row.comment),
        person_id=row.applicant_person_id,
        ended_at=row.case.ended_at,
    )


def endings_of(case_ids: Collection[UUID]) -> tuple[Ending, ...]:
    """Those of these dossiers that have ended and still hold their values."""
    return tuple(_dossier(row) for row in _ended().filter(pk__in=set(case_ids)).order_by("pk"))
