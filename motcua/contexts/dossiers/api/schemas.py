"""What goes in and out of the API of dossiers, version 1."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Field, Schema
from pydantic import AwareDatetime

from motcua.contexts.casework.contracts import Phase, Timeliness
from motcua.contexts.dossiers.contracts import (
    DossierLine,
    DossierView,
    NationalStatus,
    PaperForm,
    PaperSource,
    PaperVerdict,
    PaperView,
    PublicStatus,
    ReturnForm,
    Source,
)

Text = Annotated[str, Field(max_length=2000)]


class PaperIn(Schema):
    """A paper by its component; `file_id` from POST /files."""

    component_key: Annotated[str, Field(max_length=80)]
    file_id: UUID


class PostAddressIn(Schema):
    """Where the post takes the result; `ward` as of today."""

    recipient: Annotated[str, Field(max_length=120)]
    phone: Annotated[str, Field(max_length=20)]
    ward: Annotated[str, Field(max_length=5)]
    street: Annotated[str, Field(max_length=300)]


class DossierIn(Schema):
    """`answers` by key of question, as the JSON Schema of the procedure's form says."""

    procedure_code: Annotated[str, Field(max_length=16)]
    ward_code: Annotated[str, Field(max_length=5)]
    answers: dict[str, object]
    papers: Annotated[list[PaperIn], Field(max_length=100, default_factory=list)]
    return_form: ReturnForm = ReturnForm.ELECTRONIC
    post_address: PostAddressIn | None = None


class ProvenLeafOut(Schema):
    id: str
    position: int
    salt: str
    digest: str
    body: str


class CountersignatureOut(Schema):
    witness: str
    ledger: str
    number: int
    size: int
    root: str
    at: str
    key: str
    signature: str


class StampOut(Schema):
    """token: RFC 3161, base64."""

    at: datetime
    token: str


class ProvingHeadOut(Schema):
    """path: siblings from the leaf up (RFC 9162 2.1.3)."""

    number: int
    size: int
    xid_to: int
    root: str
    previous: str
    sealed_at: str
    signature: str
    path: list[str]
    witnesses: list[CountersignatureOut]
    stamp: StampOut | None


class ProofOut(Schema):
    """What `verify_ledger.py proof` reads. Hashes and keys in hexadecimal."""

    format: str
    ledger: str
    key: str
    leaf: ProvenLeafOut
    heads: list[ProvingHeadOut]


class ReceiptOut(Schema):
    """`secret` opens the public look-up; whoever holds it sees the state, never a name."""

    code: str
    secret: str
    submitted_at: datetime
    receive_due_at: datetime
    expected_at: datetime | None
    due_sentence: str
    invoice_code: str


class LineOut(Schema):
    code: str
    procedure_code: str
    procedure_name: str
    status: int
    phase: Phase
    source: Source
    step_name: str
    receiving_unit: str
    competent_unit: str
    submitted_at: datetime
    receive_due_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    timeliness: Timeliness
    your_turn: bool

    @staticmethod
    def resolve_status(line: DossierLine) -> int:
        return int(line.status)


class LinesOut(Schema):
    """`next`: pass it as `before` to read on; empty at the end."""

    items: list[LineOut]
    next: str


class ReceivedFileOut(Schema):
    """sha256 of what was received: compare it with your own copy."""

    id: UUID
    filename: str
    size: int
    pages: int | None
    media_type: str
    sha256: str


class PaperOut(Schema):
    id: UUID
    component_key: str
    name: str
    source: PaperSource
    form: int
    file: ReceivedFileOut | None
    verdict: PaperVerdict
    verdict_note: str

    @staticmethod
    def resolve_form(paper: PaperView) -> int:
        return int(PaperForm(paper.form))


class StageOut(Schema):
    key: str
    name: str
    text: str
    state: str
    unit_name: str
    at: datetime | None


class ItemOut(Schema):
    """One thing that is not right: of one paper or one question, by which rule, what to do.

    `reason`: key of the reason, "other" for words of the officer's own. `law_verified`: the
    citation was compared with its source.
    """

    component_key: str
    question_key: str
    reason: str
    what: str
    why: str
    how: str
    law: str
    law_verified: bool


class SupplementOut(Schema):
    number: int
    asked_at: datetime
    asked_by: str
    answer_by: datetime | None
    supplied_at: datetime | None
    items: list[ItemOut]


class IssuedOut(Schema):
    """`url`: where anybody verifies it; `file_url`: where its holder downloads it."""

    kind: str
    title: str
    verify_code: str
    sha256: str
    url: str
    file_url: str
    issued_at: datetime


class DossierOut(Schema):
    """`version_seen`: send it back with a step, so that two officers never act on one state."""

    code: str
    procedure_code: str
    procedure_name: str
    version_seen: int
    status: int
    status_text: str
    phase: Phase
    source: Source
    receiving_unit: str
    competent_unit: str
    handling_unit: str
    submitted_at: datetime
    receive_due_at: datetime
    due_at: datetime | None
    due_sentence: str
    timeliness: Timeliness
    your_turn: bool
    turn_sentence: str
    answers: dict[str, object]
    withheld: list[str]  # answered, but sensitive, and the reader is not cleared
    papers: list[PaperOut]
    stages: list[StageOut]
    supplements: list[SupplementOut]
    ended_for: list[ItemOut]  # why it was not received, or stopped
    issued: list[IssuedOut]
    invoice_code: str
    stars: int | None

    @staticmethod
    def resolve_withheld(view: DossierView) -> list[str]:
        return sorted(view.withheld)

    @staticmethod
    def resolve_procedure_code(view: DossierView) -> str:
        return view.version.procedure_code

    @staticmethod
    def resolve_procedure_name(view: DossierView) -> str:
        return view.version.name

    @staticmethod
    def resolve_status(view: DossierView) -> int:
        return int(view.status)

    @staticmethod
    def resolve_due_at(view: DossierView) -> datetime | None:
        return view.clock.due_at

    @staticmethod
    def resolve_due_sentence(view: DossierView) -> str:
        return view.clock.sentence

    @staticmethod
    def resolve_timeliness(view: DossierView) -> Timeliness:
        return view.clock.timeliness

    @staticmethod
    def resolve_invoice_code(view: DossierView) -> str:
        return view.invoice.code if view.invoice else ""


class ItemIn(Schema):
    """Of one paper (`component_key`) or one question (`question_key`) of the procedure.

    A `reason` of the list fills `why`, `how` and `law` where they are left empty.
    """

    component_key: Annotated[str, Field(max_length=80)] = ""
    question_key: Annotated[str, Field(max_length=80)] = ""
    reason: Annotated[str, Field(max_length=60)] = ""
    what: Text = ""
    why: Text = ""
    how: Text = ""
    law: Text = ""


class StepIn(Schema):
    """An action of the present step. What it needs depends on its kind.

    `misdirected`: a return for who or where it is, not for what it says; a `reason` is enough.
    """

    action: Annotated[str, Field(max_length=40)]
    seen_version: int
    reason: Text = ""
    note: Text = ""
    citation: Text = ""
    assignee_id: UUID | None = None
    asked_unit_ids: Annotated[list[UUID], Field(max_length=50, default_factory=list)]
    question: Text = ""
    items: Annotated[list[ItemIn], Field(max_length=50, default_factory=list)]
    answer_by: AwareDatetime | None = None
    obligation_dong: Annotated[int | None, Field(ge=1, le=10**12)] = None
    obligation_label: Annotated[str, Field(max_length=200)] = ""
    misdirected: bool = False


class StepOut(Schema):
    code: str
    status: int
    phase: str
    step: str
    sentence: str
    issued_code: str


class SupplyIn(Schema):
    """`person_present`: a receiver acts for the applicant, who is at the desk and asks for it."""

    papers: Annotated[list[PaperIn], Field(max_length=100, default_factory=list)]
    answers: Annotated[dict[str, object], Field(default_factory=dict)]
    note: Text = ""
    person_present: bool = False


class WithdrawIn(Schema):
    """`person_present`: a receiver acts for the applicant, who is at the desk and asks for it."""

    reason: Text = ""
    person_present: bool = False


class RatingIn(Schema):
    stars: Annotated[int, Field(ge=1, le=5)]
    comment: Annotated[str, Field(max_length=500)] = ""


class TrackOut(Schema):
    """No name, no answer."""

    code: str
    procedure_name: str
    status: int
    status_text: str
    competent_unit: str
    submitted_at: datetime
    due_at: datetime | None
    due_sentence: str
    timeliness: Timeliness
    stages: list[StageOut]

    @staticmethod
    def resolve_status(found: PublicStatus) -> int:
        return int(NationalStatus(found.status))
