"""Who may tell us about officers, and what they told."""

from django.db import models

from motcua.contexts.identity.models.accounts import Account
from motcua.kernel.db import uuid7


class ProvisioningClient(models.Model):
    """A personnel system that keeps our officers up to date; only the hash of its token is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=80)
    digest = models.BinaryField(unique=True, max_length=32)
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)


class ProvisionedAccount(models.Model):
    """What the personnel system calls an account. removed_at: it told us that the officer left."""

    account = models.OneToOneField(
        Account, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    external_id = models.CharField(max_length=200, blank=True)
    removed_at = models.DateTimeField(null=True)


class ProvisionedPlace(models.Model):
    """What the personnel system calls a unit or a post. id: of the unit, of the post."""

    id = models.UUIDField(primary_key=True, editable=False)
    external_id = models.CharField(max_length=200)
