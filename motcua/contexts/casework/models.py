"""Rows of casework. State, due date and step of a case are projections of its events."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from motcua.contexts.casework.contracts import (
    OpinionState,
    PauseReason,
    Phase,
    Silence,
    TaskKind,
    TaskState,
    Verdict,
)
from motcua.kernel.db import uuid7
from motcua.kernel.fields import SealedText

UNIT = "organisations.Unit"


def _unit(*, null: bool = False) -> "models.ForeignKey[models.Model, models.Model]":
    return models.ForeignKey(UNIT, null=null, on_delete=models.PROTECT, related_name="+")


class ProcessDefinition(models.Model):
    """Quy trình nội bộ, one published number of it. Immutable (trigger in the migration)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=120)
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    approved_by = models.CharField(max_length=200, blank=True)
    invented = models.BooleanField(default=True)
    table = models.JSONField()
    digest = models.BinaryField(max_length=32)
    published_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "number"], name="process_number_once"),
        ]


class Case(models.Model):
    """Vụ việc. `version` grows by one with every event: the ground of compare-and-set."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=20)
    code = models.CharField(max_length=40, unique=True)
    party_person = models.ForeignKey(
        "identity.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    subject_code = models.CharField(max_length=20)
    field = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=16, blank=True)
    process = models.ForeignKey(ProcessDefinition, on_delete=models.PROTECT, related_name="+")
    earlier = models.JSONField(null=True)  # tables it went by before: [{"process", "until"}]
    clock = models.JSONField()
    receiving_unit = _unit()
    competent_unit = _unit()
    handling_unit = _unit()
    supporting_unit = _unit(null=True)
    confidential = models.BooleanField(default=False)
    priority = models.BooleanField(default=False)
    step = models.CharField(max_length=40)
    phase = models.CharField(max_length=8, choices=[(p, p) for p in Phase])
    status = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    receive_due_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    due_original = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    extended_to = models.DateTimeField(null=True)
    extended_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(due_at__isnull=True) | Q(due_at__gte=F("due_original")),
                name="case_due_never_earlier",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("opened_at")),
                name="case_ends_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(phase__in=[Phase.INTAKE, Phase.RUNNING, Phase.PAUSED])
                | Q(ended_at__isnull=False),
                name="case_end_is_dated",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["party_person", "-opened_at"], name="case_of_party"),
            models.Index(
                fields=["competent_unit", "due_at"],
                condition=Q(phase=Phase.RUNNING),
                name="case_running_due",
            ),
            models.Index(
                fields=["receiving_unit", "receive_due_at"],
                condition=Q(phase=Phase.INTAKE),
                name="case_intake_due",
            ),
            # Figures: how it stands now, what came in and what was decided in a period.
            models.Index(
                fields=["competent_unit", "handling_unit", "field"],
                condition=Q(phase__in=[Phase.INTAKE, Phase.RUNNING, Phase.PAUSED]),
                name="case_open",
            ),
            models.Index(
                fields=["started_at"], condition=Q(started_at__isnull=False), name="case_started"
            ),
            models.Index(
                fields=["ended_at", "id"], condition=Q(status__in=[9, 10]), name="case_decided"
            ),
            models.Index(
                fields=["competent_unit", "ended_at"],
                condition=Q(status__in=[9, 10]),
                name="case_decided_by_unit",
            ),
        ]


class CaseEvent(models.Model):
    """What happened. Append-only, partitioned by month of recording."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField()
    happened_at = models.DateTimeField()
    case_id = models.UUIDField()
    serial = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    action = models.CharField(max_length=40)
    step = models.CharField(max_length=40)
    status = models.PositiveSmallIntegerField()
    actor_account_id = models.UUIDField(null=True)
    unit_id = models.UUIDField(null=True)
    on_behalf_of = models.UUIDField(null=True)
    visible_to_party = models.BooleanField(default=True)
    note = SealedText(null=True)
    facts = models.JSONField(default=dict)

    class Meta:
        db_table = "casework_caseevent"
        managed = False


class Task(models.Model):
    """Việc cần làm of one unit and role. The inbox is a query on these, never rows per user."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    case_kind = models.CharField(max_length=20)  # of its case: each kind has its own inbox
    kind = models.CharField(max_length=8, choices=[(k, k) for k in TaskKind])
    step = models.CharField(max_length=40)
    unit = _unit()
    role = models.CharField(max_length=20)
    assignee = models.ForeignKey(
        "organisations.Officer", null=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=10, choices=[(s, s) for s in TaskState])
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    outcome = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=[TaskState.OPEN, TaskState.WAITING], closed_at__isnull=True)
                | Q(state__in=[TaskState.DONE, TaskState.CANCELLED], closed_at__isnull=False),
                name="task_closing_is_dated",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(kind=TaskKind.STEP, state__in=[TaskState.OPEN, TaskState.WAITING]),
                name="one_step_at_a_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["unit", "role", "due_at", "id"],
                condition=Q(state=TaskState.OPEN),
                name="task_inbox",
            ),
            models.Index(
                fields=["unit", "role", "due_at", "id"],
                condition=Q(state=TaskState.WAITING),
                name="task_waiting",
            ),
            models.Index(
                fields=["unit", "role", "opened_at", "id"],
                condition=Q(state=TaskState.OPEN),
                name="task_by_age",
            ),
        ]


class Opinion(models.Model):
    """Ý kiến of one asked unit; several are asked side by side."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="+")
    unit = _unit()
    question = SealedText()
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    silence = models.CharField(max_length=12, choices=[(s, s) for s in Silence])
    state = models.CharField(max_length=10, choices=[(s, s) for s in OpinionState])
    verdict = models.CharField(max_length=10, blank=True, choices=[(v, v) for v in Verdict])
    text = SealedText(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    reminded_at = models.DateTimeField(null=True)
    longer_hours = models.FloatField(null=True)  # working hours more that it asked for, once
    longer_reason = SealedText(null=True)
    longer_granted = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state=OpinionState.ANSWERED)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="opinion_answer_is_signed",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"], condition=Q(state=OpinionState.ASKED), name="opinion_silence"
            )
        ]


class Pause(models.Model):
    """A time that does not count, with reason, evidence and citation."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=16, choices=[(r, r) for r in PauseReason])
    started_at = models.DateTimeField()
    started_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    evidence = models.CharField(max_length=200)
    citation = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                name="pause_is_a_period",
            ),
            models.CheckConstraint(
                condition=~Q(evidence="") & ~Q(citation=""), name="pause_has_grounds"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at__isnull=True), name="one_pause_at_a_time"
            ),
        ]


class Message(models.Model):
    """One message in the thread of a case."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    from_party = models.BooleanField()
    author_account_id = models.UUIDField()
    text = SealedText()
    file_ids = models.JSONField(default=list)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["case", "at"], name="message_thread"),
            GinIndex(fields=["file_ids"], name="message_files", opclasses=["jsonb_path_ops"]),
        ]


class Snooze(models.Model):
    """Tạm gác: one officer meets the task again at a moment. Its due date is as it was."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey("organisations.Officer", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["officer", "task"], name="snoozed_once"),
            models.CheckConstraint(condition=Q(until__gt=F("at")), name="snooze_ends"),
        ]


class Look(models.Model):
    """Đang xem: which officer saw which version of a case last, and since when they decide.

    Not logged: a crash loses it, and no more than a notice and a mark rests on it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey("organisations.Officer", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    deciding_until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "officer"], name="looked_once"),
        ]


class SavedView(models.Model):
    """Khung nhìn: a name for a filter of the inbox. `unit`: whose officers see it too."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    officer = models.ForeignKey("organisations.Officer", on_delete=models.PROTECT, related_name="+")
    unit = _unit(null=True)
    name = models.CharField(max_length=60)
    asked = models.CharField(max_length=600, blank=True)  # as in the address
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["officer", "name"], name="view_named_once"),
        ]


class KeyChoice(models.Model):
    """Phím tắt: the keys of the desk that an officer does not want."""

    officer = models.OneToOneField(
        "organisations.Officer", primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    off = models.JSONField(default=list)
    changed_at = models.DateTimeField()
