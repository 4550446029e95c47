"""Sessions, so that their owners can list and end them, and the devices they began on."""

from typing import ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from motcua.contexts.identity.models.accounts import Account
from motcua.kernel.db import uuid7


class Session(AbstractBaseSession):
    """One browser, signed in or on its way. The key is kept as a digest; the data, with device and

    place, lie sealed. mark: stays when the key is renewed, so that what began in it ends with it.
    """

    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(default=0)
    began_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True, help_text="to a few minutes")
    mark = models.CharField(max_length=32, blank=True, db_index=True)


class KnownDevice(models.Model):
    """A browser that an account has signed in from; a new one is told to its owner."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    digest = models.BinaryField(max_length=32)
    first_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "digest"], name="identity_device_once"),
        ]
