"""Bản gốc và sổ giao nhận: who holds which paper, since when, from whose hand."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.contexts.post.contracts import HolderKind
from motcua.contexts.post.models.consignments import Consignment
from motcua.contexts.post.rules.custody import Hand
from motcua.kernel.db import uuid7
from motcua.kernel.fields import SealedText

HOLDERS = [(k.value, k.value) for k in HolderKind]


class Original(models.Model):
    """One paper that exists once. holder: who has it now, never nobody."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.CharField(max_length=80, help_text="code of the dossier")
    owner = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=200)
    holder = models.CharField(max_length=5, choices=HOLDERS)
    holder_unit = models.ForeignKey(
        "organisations.Unit", null=True, on_delete=models.PROTECT, related_name="+"
    )
    since = models.DateTimeField()
    steps = models.IntegerField(default=0)
    is_lost = models.BooleanField(default=False)

    class Meta:
        db_table = "post_original"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="original_desk_is_named",
                condition=Q(holder="DESK", holder_unit__isnull=False)
                | (~Q(holder="DESK") & Q(holder_unit__isnull=True)),
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["subject"], name="original_subject"),
            models.Index(fields=["holder_unit"], name="original_at_desk"),
        ]

    def hand(self) -> Hand:
        return Hand(kind=HolderKind(self.holder), unit_id=self.holder_unit_id)


class CustodyStep(models.Model):
    """One hand-over of an original, with the two who did it. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    original = models.ForeignKey(Original, on_delete=models.PROTECT, related_name="+")
    serial = models.IntegerField()
    giver = models.CharField(max_length=5, choices=HOLDERS)
    giver_unit_id = models.UUIDField(null=True)
    taker = models.CharField(max_length=5, choices=HOLDERS)
    taker_unit_id = models.UUIDField(null=True)
    gave_name = SealedText()
    took_name = SealedText()
    consignment = models.ForeignKey(
        Consignment, null=True, on_delete=models.PROTECT, related_name="+"
    )
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by_id = models.UUIDField(null=True)

    class Meta:
        db_table = "post_custody_step"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["original", "serial"], name="custody_step_once")
        ]


class Travelling(models.Model):
    """Which originals lie in which consignment."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    consignment = models.ForeignKey(Consignment, on_delete=models.PROTECT, related_name="+")
    original = models.ForeignKey(Original, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "post_travelling"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consignment", "original"], name="travelling_once")
        ]
