"""What goes in and out of the API for business programs, version 1."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Field, Schema

from motcua.contexts.dossiers.contracts import BulkLineView, BulkState, DossierLine
from motcua.contexts.dossiers.contracts.obligations import Obligation, ObligationKind
from motcua.contexts.dossiers.contracts.sandbox import TriedView
from motcua.kernel.errors import Invalid


class FileNeeded(Invalid):
    sentence = "Bạn gửi tệp bằng POST /files trước, rồi ghi file_id."


class FiledIn(Schema):
    """`rows`: at most 1,000 at once; larger filings go as a spreadsheet."""

    procedure_code: Annotated[str, Field(max_length=16)]
    ward_code: Annotated[str, Field(max_length=5)]
    rows: Annotated[list[dict[str, object]], Field(min_length=1, max_length=1000)]


class SendingOut(Schema):
    """passed: sent, or in a trial ready to be."""

    trial: bool
    passed: int
    refused: int
    is_done: bool


class FilingOut(Schema):
    """repeated: lines that are drafts or dossiers already; they are not made again."""

    id: UUID
    sandbox: bool
    procedure_code: str
    state: BulkState
    lines: int
    checked: int
    good: int
    wrong: int
    repeated: int
    drafts: int
    notices: list[str]
    sending: SendingOut | None


class FaultOut(Schema):
    """field: the path of the question, "" for the whole line."""

    field: str
    message: str


class FilingLineOut(Schema):
    """line: of `rows` from 1, of a spreadsheet its own number. kept_back: why it was not sent."""

    line: int
    errors: list[FaultOut]
    draft_id: UUID | None
    dossier_code: str
    kept_back: str


class FilingLinesOut(Schema):
    """`next`: pass it as `after` to read on; null at the end."""

    items: list[FilingLineOut]
    next: int | None


class PaperNamedIn(Schema):
    component_key: Annotated[str, Field(max_length=80)]
    file_id: UUID | None = None

    def needed_file(self) -> UUID:
        """Raises: FileNeeded."""
        if self.file_id is None:
            raise FileNeeded
        return self.file_id


class SendIn(Schema):
    trial: bool = False


class DeskIn(Schema):
    """status: one of the nation's ten states, 2 to 10."""

    status: Annotated[int, Field(ge=2, le=10)]


class FiledOut(Schema):
    """status: one of the nation's ten states."""

    code: str
    procedure_code: str
    procedure_name: str
    status: int
    submitted_at: datetime | None
    due_at: datetime | None
    ended_at: datetime | None


class FiledPageOut(Schema):
    """`next`: pass it as `before` to read on; empty at the end."""

    items: list[FiledOut]
    next: str


class ObligationOut(Schema):
    """due: a moment or a day; null where there is no deadline."""

    id: str
    kind: ObligationKind
    dossier_code: str
    due: str | None


class ObligationsOut(Schema):
    items: list[ObligationOut]


def of_line(line: BulkLineView) -> dict[str, object]:
    return {
        "line": line.line,
        "errors": [{"field": path, "message": said} for path, said in line.faults],
        "draft_id": line.draft_id,
        "dossier_code": line.code,
        "kept_back": line.kept_back,
    }


def of_filed(line: DossierLine) -> dict[str, object]:
    return {
        "code": line.code,
        "procedure_code": line.procedure_code,
        "procedure_name": line.procedure_name,
        "status": int(line.status),
        "submitted_at": line.submitted_at,
        "due_at": line.due_at,
        "ended_at": line.ended_at,
    }


def of_tried(view: TriedView) -> dict[str, object]:
    return {
        "code": view.code,
        "procedure_code": view.procedure_code,
        "procedure_name": view.procedure_name,
        "status": view.status,
        "submitted_at": view.sent_at,
        "due_at": None,
        "ended_at": None,
    }


def obligation_out(one: Obligation) -> dict[str, object]:
    return {
        "id": one.uid,
        "kind": one.kind,
        "dossier_code": one.subject,
        "due": None if one.open_ended else one.at.isoformat(),
    }
