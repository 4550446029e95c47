"""Thông báo và lần gửi: one row per reader and message, one per way out."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.contexts.notifications.contracts import Channel, DeliveryState, Level
from motcua.kernel.db import uuid7
from motcua.kernel.fields import SealedJSON


class Notification(models.Model):
    """A message in the inbox of one person or one officer's account.

    The text is not kept: template and sealed values are, so that it reads in any language.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    once = models.UUIDField(unique=True, help_text="of reader, template, subject and moment")
    person = models.ForeignKey(
        "identity.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    account = models.ForeignKey(
        "identity.Account", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    level = models.CharField(max_length=10, choices=[(v.value, v.value) for v in Level])
    template = models.CharField(max_length=40)
    params = SealedJSON()
    subject = models.CharField(max_length=80, blank=True, help_text="code of the dossier")
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True, help_text="when nothing was left to do about it")

    class Meta:
        db_table = "notifications_notification"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="notification_one_reader",
                condition=Q(person__isnull=False, account__isnull=True)
                | Q(person__isnull=True, account__isnull=False),
            ),
            models.CheckConstraint(
                name="notification_level", condition=Q(level__in=[v.value for v in Level])
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-id"], name="notification_of_person"),
            models.Index(fields=["account", "-id"], name="notification_of_account"),
            models.Index(
                fields=["person"],
                condition=Q(read_at__isnull=True, person__isnull=False),
                name="notification_unread_person",
            ),
            models.Index(
                fields=["account"],
                condition=Q(read_at__isnull=True, account__isnull=False),
                name="notification_unread_account",
            ),
            models.Index(
                fields=["subject"],
                condition=~Q(level="FYI") & Q(settled_at__isnull=True),
                name="notification_turns",
            ),
        ]


class Delivery(models.Model):
    """One message on one way out of the house."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    notification = models.ForeignKey(Notification, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8, choices=[(c.value, c.value) for c in Channel])
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in DeliveryState])
    not_before = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "notifications_delivery"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["notification", "channel"], name="delivery_once"),
            models.CheckConstraint(
                name="delivery_held_until",
                condition=~Q(state="HELD") | Q(not_before__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["not_before"], condition=Q(state="HELD"), name="delivery_held")
        ]
