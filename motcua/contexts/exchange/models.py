"""What was said to neighbours (append-only) and what still has to be said."""

from typing import ClassVar

from django.db import models

from motcua.contexts.exchange.contracts import SMS_PROVIDERS, Outcome, SendingState
from motcua.kernel.db import uuid7
from motcua.kernel.fields import SealedJSON


class ExchangeMessage(models.Model):
    """One attempt to speak with a neighbour. Append-only, partitioned by month.

    Bodies are not kept: the keyed digests prove later what was sent and heard, to whoever holds
    the body, and tell nothing to whoever does not.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField()
    connector = models.CharField(max_length=32)
    operation = models.CharField(max_length=48)
    key = models.CharField(max_length=200)
    purpose = models.CharField(max_length=48)
    actor_kind = models.CharField(max_length=16)
    account_id = models.UUIDField(null=True)
    attempt = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=16, choices=[(o.value, o.value) for o in Outcome])
    reason = models.CharField(max_length=64)
    took_ms = models.PositiveIntegerField()
    sent_digest = models.BinaryField(max_length=16)
    heard_digest = models.BinaryField(max_length=16, null=True)

    class Meta:
        db_table = "exchange_message"
        managed = False


class Sending(models.Model):
    """A message of the retry lane: what to say, to whom, and how the tries went."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    connector = models.CharField(max_length=32)
    operation = models.CharField(max_length=48)
    key = models.CharField(max_length=200)
    purpose = models.CharField(max_length=48)
    payload = SealedJSON(null=True, help_text="forgotten once the neighbour has it")
    actor_kind = models.CharField(max_length=16)
    account_id = models.UUIDField(null=True)
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in SendingState])
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    last_reason = models.CharField(max_length=64, default="")
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    provider = models.CharField(max_length=32, default="", help_text="who took it")
    reference = models.CharField(max_length=100, default="", help_text="its number there")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["connector", "operation", "key"], name="exchange_sending_once"
            ),
            models.CheckConstraint(
                name="exchange_waiting_has_a_time",
                condition=~models.Q(state="WAITING") | models.Q(next_try_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"],
                name="exchange_sending_due",
                condition=models.Q(state="WAITING"),
            ),
            models.Index(
                fields=["-ended_at", "-id"],
                name="exchange_sending_dead",
                condition=models.Q(state="DEAD"),
            ),
            models.Index(
                fields=["provider", "-ended_at"],
                name="exchange_sending_taken",
                condition=models.Q(state="SENT") & ~models.Q(provider=""),
            ),
        ]


class Receipt(models.Model):
    """What a provider of SMS said about one message, and what it costs us. Kept once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    provider = models.CharField(max_length=32, choices=[(p, p) for p in SMS_PROVIDERS])
    sending = models.ForeignKey(Sending, on_delete=models.PROTECT, related_name="+")
    delivered = models.BooleanField()
    reason = models.CharField(max_length=64, default="")
    at = models.DateTimeField(help_text="as the provider says")
    heard_at = models.DateTimeField()
    parts = models.PositiveSmallIntegerField()
    cost_dong = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sending", "provider", "delivered"], name="exchange_receipt_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["provider", "-heard_at"], name="exchange_receipt_recent"),
        ]
