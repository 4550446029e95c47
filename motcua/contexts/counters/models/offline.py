"""Nhận khi mất mạng: machines, the numbers they hold, what they took in."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from motcua.contexts.counters.contracts.offline import DeviceUse, EntryKind, EntryState
from motcua.kernel.db import uuid7
from motcua.kernel.fields import SealedJSON, SealedText


class CounterDevice(models.Model):
    """Máy ở quầy: signs with a key that never left it. seal: closes what waits in its browser.

    use: of a window, or of whoever registered it, at a place.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    use = models.CharField(
        max_length=7, choices=[(u, u) for u in DeviceUse], default=DeviceUse.COUNTER
    )
    public_key = models.BinaryField(max_length=200)  # SPKI of a P-256 key
    seal = SealedText()
    registered_at = models.DateTimeField()
    registered_by = models.UUIDField()
    seen_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.UUIDField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["unit", "-seen_at"], name="counter_device_unit")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="counter_device_revoked",
            ),
        ]


class SerialRange(models.Model):
    """Dải số: serials of the city that one machine alone may give out.

    returned_from: numbers from here on came back unused; NULL until the machine says so.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    device = models.ForeignKey(CounterDevice, on_delete=models.PROTECT, related_name="+")
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    issued_at = models.DateTimeField()
    issued_to = models.UUIDField()
    valid_until = models.DateTimeField()
    signature = models.BinaryField(max_length=64)
    revoked_at = models.DateTimeField(null=True)
    returned_from = models.PositiveIntegerField(null=True)
    returned_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["device", "-issued_at"], name="range_of_device")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="range_has_numbers"),
            models.UniqueConstraint(fields=["first", "issued_at"], name="range_once"),
        ]


class OfflineEntry(models.Model):
    """Lượt nhận khi mất mạng: one number and what became of it. id: made by the machine.

    body: the text that was signed, until it is a dossier; digest: of it. differences: what did
    not agree. choices: how an officer settled it. dossier_code: of the dossier that it became.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    range = models.ForeignKey(SerialRange, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    serial = models.PositiveIntegerField()
    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in EntryKind])
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in EntryState])
    digest = models.BinaryField(max_length=32)
    body = SealedText(null=True)
    differences = SealedJSON(null=True)
    choices = models.JSONField(default=dict)
    received_by = models.UUIDField()
    sent_by = models.UUIDField()
    happened_at = models.DateTimeField()
    synced_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.UUIDField(null=True)
    dossier_code = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["unit", "synced_at"], condition=Q(state="WAITING"), name="entry_waiting"
            ),
            models.Index(fields=["range", "state"], name="entry_of_range"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["range", "serial"], name="entry_number_once"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="entry_settled_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state="RECEIVED") | ~Q(dossier_code=""), name="entry_names_dossier"
            ),
        ]
