"""Cảnh báo, nơi theo dõi, danh sách báo tin: messages, followed wards, whom a message reached."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from motcua.contexts.alerts.contracts import (
    Ended,
    Kind,
    PlaceKind,
    PlaceSource,
    State,
    Status,
)
from motcua.kernel.db import uuid7
from motcua.kernel.fields import BlindIndex, SealedText

WARD = "alerts.ward"


class Alert(models.Model):
    """One CAP message. Everybody pulls this row; `cap` is the document as it was released.

    chain: the first message of its chain. words: by language. wards: codes, chosen and touched.
    shape: what was drawn. written_by: accounts of whoever wrote; none of them releases. spread:
    how far the push list is: step, and the row after which it goes on.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=40, unique=True)
    chain = models.UUIDField(db_index=True)
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Status])
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in Kind])
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in State])
    ended_as = models.CharField(max_length=10, blank=True, choices=[(e.value,) * 2 for e in Ended])
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    template = models.CharField(max_length=20)
    category = models.CharField(max_length=10)
    urgency = models.CharField(max_length=10)
    severity = models.CharField(max_length=10)
    certainty = models.CharField(max_length=10)
    words = models.JSONField()
    contact = models.CharField(max_length=120, blank=True)
    wards = ArrayField(models.CharField(max_length=5))
    shape = models.JSONField(default=dict)
    hours = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)
    written_by = ArrayField(models.UUIDField())
    drafted_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
    released_by = models.UUIDField(null=True)
    onset_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    cap = models.TextField(blank=True)
    spread_step = models.PositiveSmallIntegerField(default=0)
    spread_after = models.CharField(max_length=40, blank=True)
    spread_at = models.DateTimeField(null=True, help_text="when everybody stood on the push list")
    told_at = models.DateTimeField(null=True, help_text="when everybody on it had been told")
    reached = models.JSONField(default=dict, help_text="by ward, once the list itself is gone")

    class Meta:
        db_table = "alerts_alert"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="alert_released_whole",
                condition=Q(state__in=["DRAFT", "DISCARDED"])
                | Q(released_at__isnull=False, released_by__isnull=False, expires_at__isnull=False),
            ),
            models.CheckConstraint(
                name="alert_ended_says_how",
                condition=Q(state="ENDED", ended_at__isnull=False) & ~Q(ended_as="")
                | ~Q(state="ENDED") & Q(ended_as=""),
            ),
            models.CheckConstraint(
                name="alert_follows",
                condition=Q(kind="Alert", replaces__isnull=True)
                | ~Q(kind="Alert") & Q(replaces__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=Q(released_at__isnull=False),
                name="alert_one_successor",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-released_at", "-id"], name="alert_by_release"),
            models.Index(
                fields=["expires_at"], condition=Q(state="RELEASED"), name="alert_in_force"
            ),
        ]


class Edition(models.Model):
    """Renewed by every release and every end; what each process looks at once a second."""

    name = models.CharField(primary_key=True, max_length=10)
    version = models.UUIDField(default=uuid7)

    class Meta:
        db_table = "alerts_edition"


class FollowedPlace(models.Model):
    """Nơi theo dõi: a ward for whose warnings somebody asked."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in PlaceKind])
    ward_code = SealedText()
    ward_index = BlindIndex(of="ward_code", scope=WARD)
    source = models.CharField(max_length=8, choices=[(s.value, s.value) for s in PlaceSource])
    since = models.DateTimeField()

    class Meta:
        db_table = "alerts_followed_place"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "ward_index"], name="followed_place_once")
        ]


class Reach(models.Model):
    """The push list and what became of it: one row per message and resident.

    ward_index: the blind index of the ward that made them one of the addressed. person_id without
    a foreign key: it comes from one, and a million checks would double the time of a release.
    """

    id = models.BigAutoField(primary_key=True)
    alert = models.ForeignKey(
        Alert, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    person_id = models.UUIDField()
    ward_index = models.BinaryField(max_length=16)
    addressed_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "alerts_reach"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["alert", "person_id"], name="reach_once")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["alert", "id"], condition=Q(told_at__isnull=True), name="reach_to_tell"
            )
        ]
