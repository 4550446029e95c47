"""What an officer proves with besides the password, and how lost ones are replaced."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from motcua.contexts.identity.contracts import FactorKind
from motcua.contexts.identity.models.accounts import Account
from motcua.kernel.db import uuid7
from motcua.kernel.fields import SealedText


class Factor(models.Model):
    """A passkey, or an app that makes codes. A removed one stays, so that signatures of old acts

    can be explained and the account is known to have had one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in FactorKind])
    name = models.CharField(max_length=60)
    secret = SealedText(null=True, help_text="of an app of codes: base32")
    last_step = models.BigIntegerField(default=0, help_text="of an app: no code up to it counts")
    credential_id = models.BinaryField(null=True, unique=True, max_length=1023)
    credential = models.BinaryField(null=True, help_text="of a passkey: attested public key")
    sign_count = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["account"], name="identity_factor_of")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="identity_factor_is_whole",
                condition=Q(kind="TOTP", secret__isnull=False)
                | Q(kind="PASSKEY", credential_id__isnull=False, credential__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(kind="TOTP", removed_at__isnull=True),
                name="identity_one_app_of_codes",
            ),
        ]


class FactorRecovery(models.Model):
    """An officer lost every factor: asked for, confirmed by two administrators, used once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    first_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    first_at = models.DateTimeField(null=True)
    second_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    second_at = models.DateTimeField(null=True)
    code_digest = models.BinaryField(null=True, max_length=32)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["account", "-id"], name="identity_recovery_of")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="identity_recovery_by_two",
                condition=Q(second_by__isnull=True) | ~Q(second_by=F("first_by")),
            ),
            models.CheckConstraint(
                name="identity_recovery_not_by_asker",
                condition=(Q(first_by__isnull=True) | ~Q(first_by=F("asked_by")))
                & (Q(second_by__isnull=True) | ~Q(second_by=F("asked_by"))),
            ),
        ]
