"""Mã vào: with it an officer sets a password without having one, once, within a day."""

from typing import ClassVar

from django.db import models

from motcua.contexts.identity.models.accounts import Account
from motcua.kernel.db import uuid7


class EntryCode(models.Model):
    """Made by a head or an administrator for the officer in front of them; only its hash is kept.

    ended_at: a newer one came, or the account was closed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    issued_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    digest = models.BinaryField(max_length=32)
    issued_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(used_at__isnull=True, ended_at__isnull=True),
                name="identity_one_entry_code",
            ),
            models.CheckConstraint(
                condition=~models.Q(issued_by=models.F("account")),
                name="identity_entry_by_another",
            ),
        ]
