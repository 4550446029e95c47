"""Thông báo, lần gửi, máy nhận tin đẩy, cách báo: what is told, how it leaves, what they want."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.contexts.notifications.contracts import Channel, DeliveryState, Level, PaperWay
from motcua.kernel.db import uuid7
from motcua.kernel.fields import BlindIndex, SealedJSON, SealedText


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
            models.Index(
                fields=["created_at"],
                condition=~Q(level="FYI") & Q(read_at__isnull=True),
                name="notification_not_opened",
            ),
            models.Index(fields=["subject", "-id"], name="notification_about"),
        ]


class Delivery(models.Model):
    """One message on one way out of the house."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    notification = models.ForeignKey(Notification, on_delete=models.PROTECT, related_name="+")
    device = models.ForeignKey("Device", null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8, choices=[(c.value, c.value) for c in Channel])
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in DeliveryState])
    not_before = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)
    letter = models.UUIDField(null=True, help_text="of the day, which carries several messages")
    provider = models.CharField(max_length=32, blank=True, help_text="who took it")
    handed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notifications_delivery"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["notification", "channel"],
                condition=Q(device__isnull=True),
                name="delivery_once",
            ),
            models.UniqueConstraint(
                fields=["notification", "device"],
                condition=Q(device__isnull=False),
                name="delivery_once_a_device",
            ),
            models.CheckConstraint(
                name="delivery_held_until",
                condition=~Q(state__in=["HELD", "GATHERED"]) | Q(not_before__isnull=False),
            ),
            models.CheckConstraint(
                name="delivery_pushed_to_a_device",
                condition=Q(channel="PUSH") | Q(device__isnull=True),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["not_before"], condition=Q(state="HELD"), name="delivery_held"),
            models.Index(
                fields=["not_before"], condition=Q(state="GATHERED"), name="delivery_gathered"
            ),
            models.Index(
                fields=["letter"], condition=Q(letter__isnull=False), name="delivery_by_letter"
            ),
        ]


class Device(models.Model):
    """A browser that its reader allowed to be pushed to. Ended, it keeps no address and no keys."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(
        "identity.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    account = models.ForeignKey(
        "identity.Account", null=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=80, help_text="browser and system, as people say it")
    service = models.CharField(max_length=32, help_text="the connector that reaches it")
    language = models.CharField(max_length=2, default="vi", help_text="of the page that asked")
    endpoint = SealedText(null=True)
    endpoint_index = BlindIndex(null=True, of="endpoint", scope="push.endpoint")
    p256dh = SealedText(null=True)
    auth = SealedText(null=True)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=8, blank=True, help_text="OWNER, GONE, OTHER")

    class Meta:
        db_table = "notifications_device"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="device_one_reader",
                condition=Q(person__isnull=False, account__isnull=True)
                | Q(person__isnull=True, account__isnull=False),
            ),
            models.CheckConstraint(
                name="device_ended_keeps_no_keys",
                condition=Q(ended_at__isnull=True)
                | Q(endpoint__isnull=True, p256dh__isnull=True, auth__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["endpoint_index"],
                condition=Q(ended_at__isnull=True),
                name="device_one_reader_at_a_time",
            ),
        ]


class Preferences(models.Model):
    """How one reader wants to be told. Without a row: all ways, quiet from 21:00 to 7:00."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.OneToOneField(
        "identity.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    account = models.OneToOneField(
        "identity.Account", null=True, on_delete=models.PROTECT, related_name="+"
    )
    off = models.JSONField(default=list, help_text="«TURN:SMS»: kinds that stay away from a way")
    quiet_from = models.TimeField()
    quiet_to = models.TimeField()
    gathers = models.BooleanField(help_text="every FYI in the letter of the day")
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "notifications_preferences"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="preferences_one_reader",
                condition=Q(person__isnull=False, account__isnull=True)
                | Q(person__isnull=True, account__isnull=False),
            ),
        ]


class PaperService(models.Model):
    """A notice of the law that reached nobody: the desk brings it by post or at the counter."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    notification = models.OneToOneField(Notification, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        "identity.Account", null=True, on_delete=models.PROTECT, related_name="+"
    )
    way = models.CharField(max_length=8, blank=True, choices=[(w.value, w.value) for w in PaperWay])
    reference = models.CharField(max_length=40, blank=True, help_text="number of the postal item")

    class Meta:
        db_table = "notifications_paper_service"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="paper_done_tells_how",
                condition=Q(done_at__isnull=True, way="") | Q(done_at__isnull=False) & ~Q(way=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["unit", "asked_at"], condition=Q(done_at__isnull=True), name="paper_open"
            ),
        ]
