"""What people and officers sign in with."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from motcua.contexts.identity.contracts import AccountKind, SignInOutcome
from motcua.contexts.identity.models.people import Person
from motcua.kernel.db import uuid7


class Accounts(BaseUserManager["Account"]):
    """Django asks the user model's manager for the look-up by natural key."""


class Account(AbstractBaseUser):
    """What somebody signs in with; the person or the officer behind it is linked, never copied."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in AccountKind])
    is_active = models.BooleanField(default=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    officer = models.OneToOneField(
        "organisations.Officer", null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()

    objects: ClassVar[Accounts] = Accounts()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="identity_account_kind",
                condition=models.Q(kind__in=[k.value for k in AccountKind]),
            ),
            models.CheckConstraint(
                name="identity_citizen_has_person",
                condition=~models.Q(kind="CITIZEN") | models.Q(person__isnull=False),
            ),
            models.CheckConstraint(
                name="identity_officer_is_linked",
                condition=~models.Q(kind="OFFICER") | models.Q(officer__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.username


class ApiToken(models.Model):
    """A personal access token; only its hash is kept, the token itself is shown once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    digest = models.BinaryField(unique=True, max_length=32)
    scopes = models.JSONField(default=list)
    assurance = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    mandate = models.ForeignKey(
        "identity.Mandate", null=True, on_delete=models.PROTECT, related_name="+"
    )
    sandbox = models.BooleanField(default=False)


class SignInAttempt(models.Model):
    """One try to sign in, append-only. Who and from where are blind indexes: counted, not read."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name_index = models.BinaryField(max_length=16)
    origin_index = models.BinaryField(max_length=16)
    outcome = models.CharField(max_length=24, choices=[(o.value, o.value) for o in SignInOutcome])
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["name_index", "at"], name="identity_attempt_by_name"),
            models.Index(fields=["origin_index", "at"], name="identity_attempt_by_origin"),
        ]
