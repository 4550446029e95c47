"""Hồ sơ đã đóng, for the archive: which there are, and everything that one of them holds.

No policy: the archive has its own, and reads as a job that somebody asked for.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import CaseView
from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import FileView, IssuedKind, IssuedView
from motcua.contexts.dossiers.contracts import PLAIN_STATUS, DossierNotFound, NationalStatus
from motcua.contexts.dossiers.contracts.archiving import (
    ClosedDossier,
    DossierRecord,
    RecordFile,
    RecordPart,
)
from motcua.contexts.dossiers.models import Dossier, DossierPaper
from motcua.contexts.dossiers.queries.one import supplements_of
from motcua.contexts.dossiers.queries.papers import paper_name
from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.contexts.payments import public as payments
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import VersionView
from motcua.kernel.forms import read_sheet
from motcua.kernel.privacy import DataClass, strictest

SCHEMA = "motcua-dossier-1"
Table = dict[str, object]


def closed_dossiers(
    first: datetime,
    last: datetime,
    *,
    unit_ids: Collection[UUID] | None = None,
    after: tuple[datetime, UUID] | None = None,
    limit: int,
) -> tuple[ClosedDossier, ...]:
    """Ended in [first, last), with their values still there, oldest end first; a keyset page."""
    rows = _closed(first, last, unit_ids)
    if after:
        rows = rows.filter(
            Q(case__ended_at__gt=after[0]) | Q(case__ended_at=after[0], pk__gt=after[1])
        )
    return _told(rows.order_by("case__ended_at", "pk")[:limit])


def count_closed(
    first: datetime, last: datetime, *, unit_ids: Collection[UUID] | None = None
) -> int:
    return _closed(first, last, unit_ids).count()


def closed_by_id(case_ids: Collection[UUID]) -> tuple[ClosedDossier, ...]:
    """Those of them that have ended and still hold their values."""
    rows = Dossier.objects.filter(pk__in=set(case_ids), erased_at__isnull=True)
    return _told(rows.filter(case__phase="ENDED").order_by("pk"))


def _closed(
    first: datetime, last: datetime, unit_ids: Collection[UUID] | None
) -> "QuerySet[Dossier]":
    rows = Dossier.objects.filter(erased_at__isnull=True, case__phase="ENDED")
    rows = rows.filter(case__ended_at__gte=first, case__ended_at__lt=last)
    return rows if unit_ids is None else rows.filter(case__competent_unit__in=set(unit_ids))


def _told(rows: "QuerySet[Dossier]") -> tuple[ClosedDossier, ...]:
    found = list(rows.select_related("case", "procedure_version__procedure"))
    issued = documents.last_issued([row.code for row in found], kind=IssuedKind.RESULT)
    return tuple(
        ClosedDossier(
            case_id=row.pk,
            code=row.code,
            version_id=row.procedure_version_id,
            procedure_code=row.procedure_version.procedure.code,
            procedure_name=row.procedure_version.name,
            unit_id=row.case.competent_unit_id,
            ended_at=row.case.ended_at or row.case.opened_at,
            issued_at=issued.get(row.code),
        )
        for row in found
    )


def dossier_record(code: str) -> DossierRecord:
    """Everything of one closed dossier. Raises: DossierNotFound, also when its values went."""
    row = Dossier.objects.filter(code=code, erased_at__isnull=True).first()
    case = casework.case(code) if row else None
    if row is None or case is None or case.ended_at is None:
        raise DossierNotFound
    version = procedures.version(row.procedure_version_id)
    unit = organisations.unit_by_id(case.competent_unit_id)
    name = identity.names_of([row.applicant_person_id]).get(row.applicant_person_id, "")
    number = identity.personal_number_of(row.applicant_person_id)
    papers, issued = _papers(row), documents.issued_of(code)
    files = (*_paper_files(papers), *_issued_files(issued))
    return DossierRecord(
        code=code,
        case_id=row.pk,
        procedure_code=version.procedure_code,
        procedure_name=version.name,
        unit_code=unit.code,
        unit_name=unit.name,
        applicant_name=name,
        applicant_number=number,
        ended_at=case.ended_at,
        content={
            "schema": SCHEMA,
            "code": code,
            "procedure": _procedure(version),
            "unit": {"code": unit.code, "name": unit.name},
            "units": _units(case),
            "applicant": {"name": name, "number": number},
            "source": row.source,
            "channel": row.channel,
            "status": {"code": case.status, "name": PLAIN_STATUS[NationalStatus(case.status)]},
            "opened_at": case.opened_at,
            "started_at": case.started_at,
            "due_original": case.due_original,
            "due_at": case.due_at,
            "ended_at": case.ended_at,
            "answers": _answers(row, version),
            "papers": [_paper(one, version) for one in papers],
            "issued": [_issued(one) for one in issued],
            "numbers": list(documents.numbers_of(code)),
            "supplements": _supplements(row),
            "events": _events(case),
            "messages": _messages(case),
            "fees": _fees(code),
        },
        files=files,
        data_class=strictest([one.data_class for one in files] + _classes(version)),
    )


def _classes(version: VersionView) -> list[DataClass]:
    return [question.data_class for question in version.form.questions()]


def _procedure(version: VersionView) -> Table:
    return {
        "code": version.procedure_code,
        "name": version.name,
        "version": version.number,
        "version_id": version.id,
        "field": version.field,
        "decision": version.decision,
    }


def _units(case: CaseView) -> Table:
    ids = {
        "receiving": case.receiving_unit_id,
        "competent": case.competent_unit_id,
        "handling": case.handling_unit_id,
    }
    found = organisations.units_by_id(ids.values())
    return {name: {"code": found[of].code, "name": found[of].name} for name, of in ids.items()}


def _answers(row: Dossier, version: VersionView) -> list[Table]:
    told = []
    for key, answer in read_sheet(row.sheet).items():
        question = version.form.question(key)
        told.append(
            {
                "key": key,
                "question": question.label if question else key,
                "value": answer.value,
                "from": answer.provenance.kind.value,
                "source": answer.provenance.source,
                "at": answer.provenance.at,
            }
        )
    return told


def _papers(row: Dossier) -> Sequence[DossierPaper]:
    """Those replaced too: they were what somebody decided on at their time."""
    rows = DossierPaper.objects.filter(dossier_id=row.pk).select_related("file")
    return list(rows.order_by("added_at", "pk"))


def _paper(paper: DossierPaper, version: VersionView) -> Table:
    return {
        "key": str(paper.pk),
        "component": paper.component_key,
        "name": paper_name(version, paper.component_key),
        "source": paper.source,
        "form": paper.form,
        "verdict": paper.verdict,
        "verdict_note": paper.verdict_note or "",
        "added_at": paper.added_at,
        "replaced_at": paper.replaced_at,
        "has_file": paper.file_id is not None,
        "read": _read_from(paper),
    }


def _read_from(paper: DossierPaper) -> Table | None:
    """What a machine read and an officer confirmed on it."""
    if paper.file_id is None:
        return None
    evidence = documents.evidence_of_files([paper.file_id]).get(paper.file_id)
    if evidence is None:
        return None
    return {
        "kind": evidence.kind_name,
        "values": dict(evidence.values),
        "confirmed_by": evidence.confirmed_by,
        "confirmed_at": evidence.confirmed_at,
        "last_day": evidence.last_day,
    }


def _paper_files(papers: Sequence[DossierPaper]) -> Iterator[RecordFile]:
    found = documents.files_by_id([one.file_id for one in papers if one.file_id])
    for paper in papers:
        file = found.get(paper.file_id) if paper.file_id else None
        if file is not None and not file.is_refused:
            yield _file(str(paper.pk), RecordPart.PAPER, file)


def _issued_files(issued: Sequence[IssuedView]) -> Iterator[RecordFile]:
    found = documents.files_by_id([one.file_id for one in issued])
    for one in issued:
        part = RecordPart.RESULT if one.kind == IssuedKind.RESULT else RecordPart.LETTER
        yield _file(str(one.id), part, found[one.file_id])


def _file(key: str, part: RecordPart, file: FileView) -> RecordFile:
    return RecordFile(
        key=key,
        part=part,
        file_id=file.id,
        name=file.filename,
        media_type=file.media_type,
        size=file.size,
        sha256=file.sha256,
        data_class=file.data_class,
    )


def _issued(one: IssuedView) -> Table:
    return {
        "key": str(one.id),
        "kind": one.kind,
        "verify_code": one.verify_code,
        "title": one.title,
        "issued_at": one.issued_at,
        "signer": one.signer_name,
        "position": one.signer_position,
        "unit": one.unit_name,
        "revoked_at": one.revoked_at,
        "revoked_reason": one.revoked_reason,
        "replaced_by": one.replaced_by_code,
    }


def _supplements(row: Dossier) -> list[Table]:
    return [
        {
            "number": one.number,
            "phase": one.phase.value,
            "asked_at": one.asked_at,
            "asked_by": one.asked_by,
            "items": [
                {"component": item.component_key, "question": item.question_key, "why": item.why}
                for item in one.items
            ],
            "supplied_at": one.supplied_at,
        }
        for one in supplements_of(row)
    ]


def _events(case: CaseView) -> list[Table]:
    return [
        {
            "serial": one.serial,
            "kind": one.kind,
            "action": one.action,
            "step": one.step,
            "status": one.status,
            "at": one.at,
            "happened_at": one.happened_at,
            "by": one.actor_name,
            "note": one.note,
        }
        for one in casework.events_of(case)
    ]


def _messages(case: CaseView) -> list[Table]:
    return [
        {"at": one.at, "from_applicant": one.from_party, "by": one.author_name, "text": one.text}
        for one in casework.messages_of(case.id)
    ]


def _fees(code: str) -> Table | None:
    bill = payments.invoice_of(code)
    if bill is None:
        return None
    return {
        "state": bill.state.value,
        "total": int(bill.total),
        "paid": int(bill.paid),
        "items": [{"label": item.label, "amount": int(item.amount)} for item in bill.items],
    }
