"""Rows of dossiers: the application itself, its papers, what was asked and what was rated."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.contexts.dossiers.contracts import (
    Channel,
    PaperForm,
    PaperSource,
    PaperVerdict,
    ReturnForm,
    Source,
    SupplementPhase,
)
from motcua.contexts.dossiers.contracts.receiving import HandoverState
from motcua.contexts.dossiers.contracts.reviews import ReviewFinding
from motcua.contexts.dossiers.models.assisting import Assistance
from motcua.contexts.dossiers.models.board import BoardRow
from motcua.contexts.dossiers.models.copies import CopyRequest
from motcua.contexts.dossiers.models.fieldwork import FieldVisit, SiteNote
from motcua.contexts.dossiers.models.initials import DraftInitial
from motcua.contexts.dossiers.models.joint import JointItem, JointRun
from motcua.contexts.dossiers.models.library import LibraryText, LibraryTextVersion
from motcua.contexts.dossiers.models.looking_up import FailedLookUp
from motcua.contexts.dossiers.models.migrating import VersionMigration, VersionMigrationLine
from motcua.contexts.dossiers.models.rates import RightFirstRow
from motcua.contexts.dossiers.models.rulings import ValueRuling
from motcua.contexts.dossiers.models.shortcomings import ShortcomingRow, SupplementProposal
from motcua.contexts.dossiers.rules import receiving
from motcua.kernel.db import uuid7
from motcua.kernel.fields import BlindIndex, SealedJSON, SealedText

__all__ = [
    "Assistance",
    "BoardRow",
    "BulkFiling",
    "BulkLine",
    "BulkPart",
    "BulkSending",
    "BulkSendingPart",
    "CalendarFeed",
    "CopyRequest",
    "Dossier",
    "DossierPaper",
    "DossierPast",
    "Draft",
    "DraftInitial",
    "EmergencyAccess",
    "FailedLookUp",
    "FieldVisit",
    "Handover",
    "JointItem",
    "JointRun",
    "LibraryText",
    "LibraryTextVersion",
    "ReviewRequest",
    "RightFirstRow",
    "SandboxDossier",
    "ShortcomingRow",
    "SiteNote",
    "SupplementProposal",
    "SupplementRequest",
    "ValueRuling",
    "VersionMigration",
    "VersionMigrationLine",
]


class Draft(models.Model):
    """Bản nháp: answers as typed, saved one page at a time. `version` is the compare-and-set."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account_id = models.UUIDField()
    applicant_person = models.ForeignKey(
        "identity.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    procedure_version = models.ForeignKey(
        "procedures.ProcedureVersion", on_delete=models.PROTECT, related_name="+"
    )
    ward_code = models.CharField(max_length=5)
    receiving_unit_id = models.UUIDField(null=True)  # a desk of one's choice, anywhere in the city
    source = models.CharField(max_length=16, choices=[(s, s) for s in Source])
    sheet = SealedJSON()  # question -> value, kind, source, at
    typed = SealedJSON()  # question -> what was typed and refused, so that nothing is lost
    marks = models.JSONField(default=dict)  # question -> version, device, at of its last change
    papers = models.JSONField(default=list)  # component_key, file_id, source
    return_form = models.CharField(max_length=12, choices=[(r, r) for r in ReturnForm])
    post_address = SealedJSON(null=True)  # where the post shall take the result
    mandate = models.ForeignKey(  # under which the representative at the counter acts
        "identity.Mandate", null=True, on_delete=models.PROTECT, related_name="+"
    )
    register_trouble = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_as = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["account_id", "-saved_at"], condition=Q(submitted_as=""), name="draft_open"
            )
        ]


class BulkFiling(models.Model):
    """Nộp nhiều: one table of many applications, kept a week, to become drafts line by line."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account_id = models.UUIDField()
    applicant_person = models.ForeignKey(
        "identity.Person", on_delete=models.PROTECT, related_name="+"
    )
    procedure_version = models.ForeignKey(
        "procedures.ProcedureVersion", on_delete=models.PROTECT, related_name="+"
    )
    ward_code = models.CharField(max_length=5)
    columns = models.JSONField()  # [column of the table, path of the question]
    notices = SealedJSON()  # sentences about the file, which quote it
    lines = models.PositiveIntegerField()
    checked = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    again = models.PositiveIntegerField(default=0)  # lines that are drafts or dossiers already
    made = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    sandbox = models.BooleanField(default=False)  # by a key for trying out

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["applicant_person", "-created_at"], name="bulk_of_applicant"),
            models.Index(fields=["created_at"], name="bulk_by_age"),
        ]


class BulkPart(models.Model):
    """Up to 200 lines of a table: number, cells as read, cleaned answers, errors."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    filing = models.ForeignKey(BulkFiling, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    lines = SealedJSON()
    marks = models.JSONField(default=list)  # blind index of each good line
    checked_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["filing", "number"], name="bulk_part_once"),
        ]


class BulkLine(models.Model):
    """A line that became a draft: the same line of the same applicant never becomes another."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    applicant_person = models.ForeignKey(
        "identity.Person", on_delete=models.PROTECT, related_name="+"
    )
    mark = models.BinaryField(max_length=32)  # blind index of procedure and cleaned answers
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["applicant_person", "mark"], name="bulk_line_once"),
        ]


class BulkSending(models.Model):
    """Nộp cả loạt: the drafts of a table are sent, or only tried, in the name of who asked."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    filing = models.ForeignKey(BulkFiling, on_delete=models.CASCADE, related_name="+")
    trial = models.BooleanField()
    account_id = models.UUIDField()
    mandate_id = models.UUIDField(null=True)
    assurance = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["filing"], condition=Q(done_at__isnull=True), name="bulk_sending_at_a_time"
            ),
        ]


class BulkSendingPart(models.Model):
    """What became of the lines of one part: line, whether it passed, code or sentence."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sending = models.ForeignKey(BulkSending, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    outcomes = SealedJSON()
    passed = models.PositiveSmallIntegerField()
    refused = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sending", "number"], name="bulk_sending_part_once"),
        ]


class Dossier(models.Model):
    """Hồ sơ: one application, by one person or company, for one version of one procedure."""

    case = models.OneToOneField(
        "casework.Case", primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    code = models.CharField(max_length=40, unique=True)
    procedure_version = models.ForeignKey(
        "procedures.ProcedureVersion", on_delete=models.PROTECT, related_name="+"
    )
    applicant_person = models.ForeignKey(
        "identity.Person", on_delete=models.PROTECT, related_name="+"
    )
    submitted_by = models.UUIDField(null=True)
    mandate = models.ForeignKey(
        "identity.Mandate", null=True, on_delete=models.PROTECT, related_name="+"
    )
    source = models.CharField(max_length=16, choices=[(s, s) for s in Source])
    channel = models.PositiveSmallIntegerField(choices=[(c, c) for c in Channel])
    return_form = models.CharField(max_length=12, choices=[(r, r) for r in ReturnForm])
    ward_code = models.CharField(max_length=5)
    case_name = models.CharField(max_length=120, blank=True)
    secret = SealedText()
    sheet = SealedJSON()
    supplements = models.PositiveSmallIntegerField(default=0)  # asked while processing
    asked = models.PositiveSmallIntegerField(default=0)  # asked in all, also before acceptance
    signed_by = models.UUIDField(null=True)  # officer of the SIGN step
    signed_at = models.DateTimeField(null=True)
    stars = models.PositiveSmallIntegerField(null=True)
    comment = SealedText(null=True)
    rated_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)  # its values went at the end of their period

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(stars__isnull=True, rated_at__isnull=True)
                | Q(stars__gte=1, stars__lte=5, rated_at__isnull=False),
                name="dossier_rating_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True, signed_at__isnull=True)
                | Q(signed_by__isnull=False, signed_at__isnull=False),
                name="dossier_signature_is_dated",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["asked"], condition=Q(asked__gte=2), name="dossier_asked_again"
            ),  # few are, and their list begins here
        ]


class Handover(models.Model):
    """Giao kết quả: a paper result. code: fetches it at the desk; address: where the post goes.

    taken_by: who took it at the desk; mandate: under which, when it was not the owner.
    """

    dossier = models.OneToOneField(
        Dossier, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    code = SealedText()
    code_index = BlindIndex(of="code", scope=receiving.SCOPE, unique=True)
    address = SealedJSON(null=True)
    state = models.CharField(max_length=12, choices=[(s, s) for s in HandoverState])
    tracking = models.CharField(max_length=30, blank=True)
    posted_at = models.DateTimeField(null=True)
    posted_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    taken_by = SealedText(null=True)
    mandate = models.ForeignKey(
        "identity.Mandate", null=True, on_delete=models.PROTECT, related_name="+"
    )


class DossierPaper(models.Model):
    """Giấy tờ of a dossier, with the officer's verdict on it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    component_key = models.CharField(max_length=80)
    source = models.CharField(max_length=16, choices=[(s, s) for s in PaperSource])
    form = models.PositiveSmallIntegerField(choices=[(f, f) for f in PaperForm])
    file = models.ForeignKey(
        "documents.StoredFile", null=True, on_delete=models.PROTECT, related_name="+"
    )
    verdict = models.CharField(
        max_length=12, choices=[(v, v) for v in PaperVerdict], default=PaperVerdict.NOT_CHECKED
    )
    verdict_reason = models.CharField(max_length=60, blank=True)
    verdict_note = SealedText(null=True)
    added_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)


class DossierPast(models.Model):
    """What stood until it was overwritten: the answers of a dossier, or the verdict on a paper."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    paper = models.ForeignKey(DossierPaper, null=True, on_delete=models.PROTECT, related_name="+")
    until = models.DateTimeField()
    by = models.UUIDField(null=True)  # the account that overwrote it
    sheet = SealedJSON(null=True)
    verdict = models.CharField(max_length=12, blank=True)
    verdict_reason = models.CharField(max_length=60, blank=True)
    verdict_note = SealedText(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["dossier", "until"], name="dossier_past")]


class SupplementRequest(models.Model):
    """Yêu cầu bổ sung: one consolidated request; its items are rows of `ShortcomingRow`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    phase = models.CharField(max_length=12, choices=[(p, p) for p in SupplementPhase])
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField(null=True)
    answer_by = models.DateTimeField(null=True)
    supplied_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "number"], name="supplement_number_once"),
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(supplied_at__isnull=True),
                name="one_supplement_at_a_time",
            ),
        ]


class EmergencyAccess(models.Model):
    """Truy cập khẩn cấp: an administrator reads one dossier for half an hour, and says why."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    account_id = models.UUIDField()
    reason = models.CharField(max_length=500)
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    report = models.CharField(max_length=1000, blank=True)
    reported_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account_id"],
                condition=Q(reported_at__isnull=True),
                name="one_emergency_until_reported",
            )
        ]


class ReviewRequest(models.Model):
    """Đề nghị xem lại: the unhappy ask a unit that had no part in it; once more one level up."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    unit_id = models.UUIDField()  # who reviews
    stars = models.PositiveSmallIntegerField()
    text = SealedText()
    asked_by = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    finding = models.CharField(max_length=12, blank=True, choices=[(f, f) for f in ReviewFinding])
    answer = SealedText(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    agreed = models.BooleanField(null=True)
    settled_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "level"], name="review_once_a_level"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, finding="")
                | (Q(answered_at__isnull=False) & ~Q(finding="")),
                name="review_answer_has_finding",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit_id", "answered_at", "due_at"], name="review_of_unit")
        ]


class SandboxDossier(models.Model):
    """Hồ sơ thử: what a key for trying out sent; no case, no desk, no bill, no notice.

    status 0: a draft; then as of the nation's ten. It is a table of its own, so that no list,
    count or report of the city can meet such a row.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=40, unique=True)
    account_id = models.UUIDField()
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    procedure_version = models.ForeignKey(
        "procedures.ProcedureVersion", on_delete=models.PROTECT, related_name="+"
    )
    mark = models.BinaryField(max_length=32)
    sheet = SealedJSON()
    papers = models.JSONField(default=list)  # components that were named; no file is kept
    status = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "mark"], name="sandbox_line_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-made_at", "-id"], name="sandbox_of_person"),
            models.Index(
                fields=["moved_at"], condition=Q(status__in=[1, 2, 4]), name="sandbox_to_move"
            ),
            models.Index(fields=["made_at"], name="sandbox_by_age"),
        ]


class CalendarFeed(models.Model):
    """Địa chỉ lịch: a secret address of one party's calendar; only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account_id = models.UUIDField()
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    mandate_id = models.UUIDField(null=True)
    digest = models.BinaryField(unique=True, max_length=32)
    language = models.CharField(max_length=2)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account_id", "mandate_id"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="calendar_feed_once",
            ),
        ]
