"""Bưu gửi, hành trình, bảng kê giao bưu chính."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.contexts.post.contracts import (
    ConsignmentKind,
    ConsignmentState,
    IdentityProof,
    TrackingKind,
)
from motcua.kernel.db import uuid7
from motcua.kernel.fields import SealedJSON, SealedText


class HandoverSheet(models.Model):
    """What a desk gives the post at once. Closed when the postman has it, with both names."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by_id = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)
    gave_name = SealedText(null=True)
    took_name = SealedText(null=True)

    class Meta:
        db_table = "post_handover_sheet"
        indexes: ClassVar = [models.Index(fields=["unit", "-made_at"], name="sheet_of_desk")]


class Consignment(models.Model):
    """One parcel or letter. The home of a citizen is sealed; the state is a projection."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in ConsignmentKind])
    subject = models.CharField(max_length=80, help_text="code of the dossier")
    owner = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    home = SealedJSON()
    state = models.CharField(
        max_length=12,
        choices=[(s.value, s.value) for s in ConsignmentState],
        default=ConsignmentState.ASKED,
    )
    attempts = models.SmallIntegerField(default=0, help_text="times nobody was at home")
    tracking = models.CharField(max_length=30, blank=True)
    price_dong = models.BigIntegerField(null=True)
    price_source = models.CharField(max_length=120, blank=True)
    refusal = models.CharField(max_length=60, blank=True, help_text="the post's own code")
    asked_at = models.DateTimeField()
    tries = models.IntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True, help_text="when the post last told something")
    sheet = models.ForeignKey(HandoverSheet, null=True, on_delete=models.PROTECT, related_name="+")
    claim = models.CharField(max_length=30, blank=True, help_text="number of the claim at the post")
    claimed_at = models.DateTimeField(null=True)
    proof = models.CharField(
        max_length=4, blank=True, choices=[(p.value, p.value) for p in IdentityProof if p.value]
    )
    taken_by = SealedText(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "post_consignment"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="consignment_booked_has_number",
                condition=Q(state__in=["ASKED", "REFUSED", "CANCELLED"]) | ~Q(tracking=""),
            ),
            models.CheckConstraint(
                name="consignment_price_has_source",
                condition=Q(price_dong__isnull=True) | ~Q(price_source=""),
            ),
            models.UniqueConstraint(
                fields=["subject", "kind"],
                condition=Q(state__in=["ASKED", "BOOKED"]),
                name="consignment_one_asked",
            ),
            models.UniqueConstraint(
                fields=["tracking"], condition=~Q(tracking=""), name="consignment_tracking_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["subject"], name="consignment_subject"),
            models.Index(fields=["unit", "state"], name="consignment_at_desk"),
            models.Index(
                fields=["next_try_at"],
                condition=Q(next_try_at__isnull=False),
                name="consignment_to_order",
            ),
        ]


class TrackingEvent(models.Model):
    """One word of the post. Only added; told again it is the same row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    consignment = models.ForeignKey(Consignment, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=64, help_text="as the post numbers its events")
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in TrackingKind])
    happened_at = models.DateTimeField()
    heard_at = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=120, blank=True)

    class Meta:
        db_table = "post_tracking_event"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consignment", "number"], name="tracking_event_once")
        ]
