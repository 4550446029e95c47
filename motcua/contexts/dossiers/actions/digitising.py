"""Số hóa giấy của hồ sơ: scan, read, confirm; what was confirmed fills blanks and is used again.

The desk digitises papers of drafts that it fills for somebody, and of dossiers whose step it holds.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts.digitised import KindUnknown
from motcua.contexts.dossiers import queries
from motcua.contexts.dossiers.actions.drafts import note, open_draft, save
from motcua.contexts.dossiers.actions.papers import put_under
from motcua.contexts.dossiers.actions.submission import classify_files, paper_row
from motcua.contexts.dossiers.contracts import (
    FileNotYours,
    GivenPaper,
    NotADesk,
    NotYourDossier,
    PaperSource,
)
from motcua.contexts.dossiers.contracts.digitised import EvidenceReused, ReadingAsked, ValuesKept
from motcua.contexts.dossiers.models import Dossier, DossierPaper, Draft
from motcua.contexts.dossiers.rules import devices
from motcua.contexts.dossiers.rules.filling import filled
from motcua.contexts.procedures import public as procedures
from motcua.kernel import db
from motcua.kernel.actors import Actor, Role
from motcua.kernel.db import joins_transaction, owns_transaction
from motcua.kernel.forms import read_sheet, sheet_table
from motcua.kernel.web import uuid_of

READERS = (Role.RECEIVER, Role.CASE_OFFICER, Role.CLERK)


@owns_transaction
def read_draft_paper(
    draft_id: UUID, component_key: str, file_id: UUID, *, actor: Actor, now: datetime
) -> ReadingAsked:
    """Raises: DraftNotFound, FileNotYours, and as `documents.ask_reading`."""
    draft = open_draft(draft_id, actor, now)
    if not any(_is_line(line, component_key, file_id) for line in draft.papers):
        raise FileNotYours
    version = procedures.version(draft.procedure_version_id)
    return _asked(
        file_id, component_key, version.procedure_code, str(draft.pk), actor=actor, now=now
    )


def _is_line(line: Mapping[str, object], component_key: str, file_id: UUID) -> bool:
    return line["component_key"] == component_key and line["file_id"] == str(file_id)


@owns_transaction
def read_dossier_paper(
    code: str, paper_id: UUID, file_id: UUID, *, actor: Actor, now: datetime
) -> ReadingAsked:
    """file_id: of this paper, or of another file of the same.

    Raises: DossierNotFound, NotYourStep, FileNotYours, and as `documents.ask_reading`.
    """
    dossier, paper = paper_in_hand(code, paper_id, actor, now)
    key = paper.component_key
    same = DossierPaper.objects.filter(
        dossier_id=dossier.case_id, component_key=key, file_id=file_id, replaced_at__isnull=True
    )
    if not same.exists():
        raise FileNotYours
    version = procedures.version(dossier.procedure_version_id)
    return _asked(file_id, key, version.procedure_code, code, actor=actor, now=now)


def paper_in_hand(
    code: str, paper_id: UUID, actor: Actor, now: datetime
) -> tuple[Dossier, DossierPaper]:
    """A paper of a dossier whose step the actor holds. Raises: DossierNotFound, NotYourStep."""
    dossier = queries.dossier_row(code, actor, now=now)
    paper = DossierPaper.objects.filter(
        pk=paper_id, dossier_id=dossier.case_id, replaced_at__isnull=True
    ).first()
    if paper is None:
        raise queries.not_found()
    queries.check_holds_step(dossier, actor, now=now)
    return dossier, paper


def _asked(
    file_id: UUID, component_key: str, procedure: str, subject: str, *, actor: Actor, now: datetime
) -> ReadingAsked:
    kind = documents.paper_kind_for(component_key, procedure)
    if kind is None:
        raise KindUnknown
    reading_id = documents.ask_reading(
        file_id,
        kind.key,
        subject=subject,
        unit_id=_unit_of(actor),
        by=actor,
        now=now,
    )
    db.record(
        action="dossiers.read_paper",
        subject=subject,
        actor=actor,
        facts={"component": component_key, "reading": str(reading_id)},
    )
    return ReadingAsked(reading_id=reading_id)


@owns_transaction
def read_again(reading_id: UUID, *, actor: Actor, now: datetime) -> ReadingAsked:
    """What could not be read is tried once more. Raises: ReadingNotFound, and as `ask_reading`."""
    view = documents.reading_by_id(reading_id, actor, now=now)
    again = documents.ask_reading(
        view.file.id, view.kind, subject=view.subject, unit_id=_unit_of(actor), by=actor, now=now
    )
    facts: dict[str, object] = {"reading": str(again)}
    db.record(action="dossiers.read_again", subject=view.subject, actor=actor, facts=facts)
    return ReadingAsked(reading_id=again)


def _unit_of(actor: Actor) -> UUID | None:
    """Where whoever reads sits."""
    return next(iter(sorted(actor.unit_ids(*READERS), key=str)), None)


@owns_transaction
def keep_read_values(reading_id: UUID, *, actor: Actor, now: datetime) -> ValuesKept:
    """Evidence of the person, and blanks of the draft it was read for.

    Raises: as `documents.close_reading`, DraftNotFound when somebody else's draft it is.
    """
    subject = documents.reading_by_id(reading_id, actor, now=now).subject
    evidence_id = documents.close_reading(reading_id, by=actor, now=now)
    db.record(
        action="dossiers.keep_read_values",
        subject=subject,
        actor=actor,
        facts={"evidence": str(evidence_id)},
    )
    draft_id = uuid_of(subject)
    if draft_id is None or not Draft.objects.filter(pk=draft_id, submitted_as="").exists():
        return ValuesKept(evidence_id=evidence_id)
    draft = open_draft(draft_id, actor, now)
    keys = _fill(draft, evidence_id, actor, now)
    return ValuesKept(evidence_id=evidence_id, filled=keys)


def _fill(draft: Draft, evidence_id: UUID, actor: Actor, now: datetime) -> tuple[str, ...]:
    """What nobody answered is answered by the paper, and says so."""
    said = documents.evidence(evidence_id, actor, now=now).answers
    sheet = read_sheet(draft.sheet)
    form = procedures.version(draft.procedure_version_id).form
    found = filled(form, sheet, draft.typed, said, source=f"evidence.{evidence_id}", at=now)
    if found:
        mark = devices.Mark(version=draft.version + 1, device="", at=now)
        draft.sheet = sheet_table({**sheet, **found})
        draft.marks = draft.marks | {key: devices.mark_table(mark) for key in sorted(found)}
        save(draft, now, "sheet", "marks")
        note("fill_from_paper", draft, actor, keys=sorted(found), evidence=str(evidence_id))
    return tuple(found)


@owns_transaction
def reuse_evidence(
    draft_id: UUID, component_key: str, evidence_id: UUID, *, actor: Actor, now: datetime
) -> EvidenceReused:
    """Answer for a paper with one that was digitised before; blanks are filled from it.

    Raises: DraftNotFound, EvidenceNotFound.
    """
    draft = open_draft(draft_id, actor, now)
    found = documents.evidence(evidence_id, actor, now=now)
    version = procedures.version(draft.procedure_version_id)
    kind = documents.paper_kind_for(component_key, version.procedure_code)
    other = found.owner_person_id != draft.applicant_person_id
    if kind is None or kind.key != found.kind or other:
        raise NotYourDossier("Bản số hóa này không phải của giấy hoặc người nộp ở đây.")
    put_under(draft, component_key, found.file_id, PaperSource.FROM_STORE, now)
    note("reuse_evidence", draft, actor, component=component_key, evidence=str(evidence_id))
    return EvidenceReused(filled=_fill(draft, evidence_id, actor, now))


@owns_transaction
def take_scan(
    draft_id: UUID, component_key: str, arrival_id: UUID, *, actor: Actor, now: datetime
) -> None:
    """A scan of the desk becomes a paper of the draft. Raises: DraftNotFound, ArrivalGone."""
    draft = open_draft(draft_id, actor, now)
    file = documents.take_arrival(
        arrival_id, owner_person_id=draft.applicant_person_id, by=actor, now=now
    )
    put_under(draft, component_key, file.id, PaperSource.SCANNED, now)
    note("take_scan", draft, actor, component=component_key)


@owns_transaction
def take_scan_for(
    code: str, paper_id: UUID, arrival_id: UUID, *, actor: Actor, now: datetime
) -> None:
    """The same for a paper of a dossier. Raises: DossierNotFound, NotYourStep, ArrivalGone."""
    dossier, paper = paper_in_hand(code, paper_id, actor, now)
    file = documents.take_arrival(
        arrival_id, owner_person_id=dossier.applicant_person_id, by=actor, now=now
    )
    _add_file(dossier, paper, file.id, actor, now)


@joins_transaction
def take_from_phone(subject: str, key: str, file_id: UUID, *, by: Actor, now: datetime) -> None:
    """What a phone brought: of a draft by its id, of a dossier by its code, then key is a paper.

    Raises: DraftNotFound, DossierNotFound, NotYourStep, NotADesk.
    """
    if not by.has(*READERS):
        raise NotADesk
    draft_id = uuid_of(subject)
    if draft_id is not None:
        draft = open_draft(draft_id, by, now)
        put_under(draft, key, file_id, PaperSource.SCANNED, now)
        note("take_from_phone", draft, by, component=key)
        return
    paper_id = uuid_of(key)
    if paper_id is None:
        raise queries.not_found()
    dossier, paper = paper_in_hand(subject, paper_id, by, now)
    _add_file(dossier, paper, file_id, by, now)


def _add_file(
    dossier: Dossier, paper: DossierPaper, file_id: UUID, actor: Actor, now: datetime
) -> None:
    """Where only the original was seen the scan stands in its place; else it is one file more."""
    if paper.file_id is None:
        paper.replaced_at = now
        db.change(paper, "replaced_at", expecting={"replaced_at": None})
    given = GivenPaper(
        component_key=paper.component_key, file_id=file_id, source=PaperSource.SCANNED
    )
    db.insert(paper_row(dossier, given, now))
    classify_files(procedures.version(dossier.procedure_version_id), [given])
    db.record(
        action="dossiers.digitise_paper",
        subject=dossier.code,
        actor=actor,
        facts={"component": paper.component_key, "file": str(file_id)},
    )
