"""Rows of webhooks: addresses that hear, and each letter to them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.contexts.webhooks.contracts import NewsKind
from motcua.kernel.db import uuid7
from motcua.kernel.fields import SealedText


class Endpoint(models.Model):
    """Địa chỉ nhận tin: of one party, live or of the sandbox."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account_id = models.UUIDField()
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    mandate_id = models.UUIDField(null=True)
    assurance = models.PositiveSmallIntegerField()
    sandbox = models.BooleanField()
    url = models.CharField(max_length=500)
    kinds = models.JSONField()
    secret = SealedText()
    old_secret = SealedText(null=True)
    old_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    failing_since = models.DateTimeField(null=True)
    disabled_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["person", "sandbox"],
                condition=Q(ended_at__isnull=True, disabled_at__isnull=True),
                name="webhook_of_party",
            ),
            models.Index(fields=["account_id"], name="webhook_of_account"),
        ]


class Letter(models.Model):
    """Tin: one event for one address. Its id is what the receiver tells repetitions by."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in NewsKind])
    subject = models.CharField(max_length=80)
    mark = models.CharField(max_length=160)  # the event, so that one told twice is one letter
    body = models.TextField()  # the very bytes that are signed; codes and states
    happened_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    finding = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["endpoint", "mark"], name="webhook_letter_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_at"], condition=Q(next_at__isnull=False), name="webhook_letter_due"
            ),
            models.Index(fields=["endpoint", "-happened_at"], name="webhook_log"),
            models.Index(fields=["happened_at"], name="webhook_letter_by_age"),
        ]
