"""Nộp, gửi thêm, xử lý: what is asked of dossiers, and what comes back at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from motcua.contexts.casework.contracts import (
    Verdict,
)
from motcua.contexts.documents.contracts import Advice, FileView
from motcua.contexts.dossiers.contracts.receiving import PostAddress
from motcua.contexts.dossiers.contracts.shortcomings import Release, Shortcoming
from motcua.contexts.dossiers.contracts.words import PaperForm, PaperSource, ReturnForm, Source
from motcua.contexts.procedures.contracts import VersionView
from motcua.kernel.forms import FieldError, Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    draft_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPaper:
    """A paper of a draft. `file` None: taken from a register, filled here, or shown at the desk.

    as_it_is: the advice on its quality was read, and the paper is to stay.
    """

    component_key: str
    name: str
    source: PaperSource
    file: FileView | None
    as_it_is: bool = False

    @property
    def advice(self) -> tuple[Advice, ...]:
        """What is still to be read before sending."""
        return self.file.advice if self.file and not self.as_it_is else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftView:
    """Bản nháp: what the applicant has so far. Answers are keyed by question."""

    id: UUID
    version: VersionView
    answers: Mapping[str, object]
    provenance: Mapping[str, Provenance]
    ward_code: str
    source: Source
    applicant_person_id: UUID | None
    assisted_by: UUID | None
    papers: tuple[DraftPaper, ...]
    return_form: ReturnForm
    saved_at: datetime
    post_address: PostAddress | None = None
    register_trouble: str = ""  # a sentence when a register could not be asked
    receiving_unit_id: UUID | None = (
        None  # borderless: a desk of one's choice; None: that of the ward
    )
    saved_version: int = 0
    competent_ward: str = ""  # the commune that decides, as the answers name it


class Keep(StrEnum):
    """Which of two answers of two devices the person chose."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a page showed before it was filled. shown: question -> version, print of the answer
    (`rules.devices`). chosen: where the person was asked before.
    """

    device: str
    shown: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    chosen: Mapping[str, Keep] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overtaken:
    """One question that two devices answered differently."""

    key: str
    mine: object
    theirs: object
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPage:
    """Answer of saving one page. Errors keep nothing from being stored as typed.

    answers: what the page now says. kept: questions whose answers of another device stay.
    overtaken: those of them to choose on.
    """

    saved_at: datetime
    version: int = 0
    answers: Mapping[str, object] = field(default_factory=dict)
    errors: tuple[FieldError, ...] = ()
    kept: frozenset[str] = frozenset()
    overtaken: tuple[Overtaken, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitDossier:
    """A complete application, from whatever door it comes."""

    procedure_code: str
    ward_code: str
    applicant_person_id: UUID
    answers: Mapping[str, object]
    papers: tuple["GivenPaper", ...] = ()
    source: Source = Source.CITY_APP
    receiving_unit_id: UUID | None = None  # borderless: any desk; None: the desk of the ward
    return_form: ReturnForm = ReturnForm.ELECTRONIC
    post_address: PostAddress | None = None  # needed where the post brings the result
    provenance: Mapping[str, Provenance] = field(default_factory=dict)
    draft_id: UUID | None = None
    mandate_id: UUID | None = None  # at the counter, under which the person there acts
    entitlements: frozenset[str] = frozenset()  # keys that the identification system told
    assistance_id: UUID | None = None  # what the person agreed to, of an assisted filing


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenPaper:
    component_key: str
    source: PaperSource = PaperSource.UPLOADED
    form: PaperForm = PaperForm.ELECTRONIC
    file_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the applicant holds after sending: code, secret, explained due date, what to pay."""

    code: str
    secret: str
    submitted_at: datetime
    receive_due_at: datetime
    expected_at: datetime | None
    due_sentence: str
    invoice_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeStep:
    """An action of the present step.

    items: what a supplement request, a refusal at intake or a stop stands on; papers failed by the
    officer propose them. A return to a colleague stands on items too, whose citation may be left
    out; misdirected: it is returned for who or where, not for what it says, and a reason is enough.
    release: set by `release_supplement` alone.
    """

    code: str
    action: str
    seen_version: int
    reason: str = ""
    note: str = ""
    citation: str = ""
    assignee_id: UUID | None = None
    asked_unit_ids: tuple[UUID, ...] = ()
    question: str = ""
    answer_hours: float | None = None
    items: tuple[Shortcoming, ...] = ()
    answer_by: datetime | None = None
    obligation_dong: int | None = None
    obligation_label: str = ""
    misdirected: bool = False
    release: Release | None = None  # a head lets the request of an officer go
    recorded_at: datetime | None = None  # of a step that was taken without a network


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTaken:
    """Where the dossier is now, and the paper that was issued with the step."""

    code: str
    status: int
    phase: str
    step: str
    sentence: str
    issued_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FixFee:
    """The amount of one open fee, as an officer read it in the table that fixes it."""

    code: str
    label: str
    amount_dong: int
    entitlements: frozenset[str] = frozenset()


class ExemptionProof(StrEnum):
    """What the desk has seen of an entitlement."""

    ON_PHONE = "ON_PHONE"
    DOCUMENT = "DOCUMENT"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetExemption:
    """key: of the exemption; "" takes back what was granted. proof: what the desk has seen."""

    code: str
    key: str
    proof: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerOpinion:
    code: str
    opinion_id: UUID
    verdict: Verdict
    text: str = ""


class OpinionChange(StrEnum):
    """WITHDRAW, GRANT, DECLINE: by who asked. LONGER: by the asked unit."""

    WITHDRAW = "WITHDRAW"
    LONGER = "LONGER"
    GRANT = "GRANT"
    DECLINE = "DECLINE"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeOpinion:
    """hours: working hours more that are asked for."""

    code: str
    opinion_id: UUID
    change: OpinionChange
    reason: str = ""
    hours: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """What the applicant sends after a supplement request.

    person_present: a receiver acts for the applicant, who stands at the desk and asks for it.
    """

    code: str
    papers: tuple[GivenPaper, ...] = ()
    answers: Mapping[str, object] = field(default_factory=dict)
    note: str = ""
    person_present: bool = False
