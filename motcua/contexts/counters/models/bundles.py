"""Bàn giao giấy tờ: a bundle, and each paper in it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.contexts.counters.contracts.bundles import Carrier, LineState
from motcua.kernel.db import uuid7


class Bundle(models.Model):
    """Danh sách bàn giao: from one unit to another, given and taken by two persons."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    borderless = models.BooleanField()
    carrier = models.CharField(max_length=10, choices=[(c.value, c.value) for c in Carrier])
    reference = models.CharField(max_length=40, blank=True)  # of the post
    made_at = models.DateTimeField()
    made_by_id = models.UUIDField()
    given_at = models.DateTimeField(null=True)
    given_by_id = models.UUIDField(null=True)
    taken_at = models.DateTimeField(null=True)
    taken_by_id = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True) | Q(given_at__isnull=False),
                name="counter_bundle_given_first",
            ),
            models.CheckConstraint(
                condition=Q(given_at__isnull=True, given_by_id__isnull=True)
                | Q(given_at__isnull=False, given_by_id__isnull=False),
                name="counter_bundle_given_by",
            ),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True, taken_by_id__isnull=True)
                | Q(taken_at__isnull=False, taken_by_id__isnull=False),
                name="counter_bundle_taken_by",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "-made_at"], name="counter_bundles_from"),
            models.Index(fields=["to_unit", "-made_at"], name="counter_bundles_to"),
        ]


class BundleLine(models.Model):
    """One paper. item: its id in dossiers. first_unit: who received it from its owner.

    is_open: until it arrived; a paper is in one bundle on its way at most.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="+")
    item = models.CharField(max_length=60)
    code = models.CharField(max_length=40, db_index=True)
    title = models.CharField(max_length=200)
    first_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in LineState])
    note = models.CharField(max_length=200, blank=True)
    is_open = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(is_open=True), name="counter_paper_one_bundle"
            ),
        ]
