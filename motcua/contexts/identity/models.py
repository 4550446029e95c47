"""People, the numbers that name them over time, and the accounts they sign in with."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from motcua.contexts.identity.contracts import AccountKind, IdentifierKind
from motcua.kernel.db import uuid7


class Person(models.Model):
    """A human being, living or not, known to the city.

    The personal number (số định danh) may be missing, change or be wrong: it is an attribute with a
    blind index for exact look-up, never a key and never unique.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    full_name = models.BinaryField()
    personal_number = models.BinaryField(null=True)
    personal_number_index = models.BinaryField(null=True, db_index=True, max_length=32)
    born_on = models.BinaryField(null=True)
    sex = models.BinaryField(null=True)
    email = models.BinaryField(null=True)
    phone = models.BinaryField(null=True)
    address = models.BinaryField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()


class PersonIdentifier(models.Model):
    """One number that named the person for a while; numbers are cancelled and issued again."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(
        max_length=16, choices=[(k.value, k.value) for k in IdentifierKind]
    )
    value = models.BinaryField()
    value_index = models.BinaryField(db_index=True, max_length=32)
    source = models.CharField(max_length=32)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    recorded_at = models.DateTimeField()


class Accounts(BaseUserManager["Account"]):
    """Django asks the user model's manager for the look-up by natural key."""


class Account(AbstractBaseUser):
    """What somebody signs in with; the person or the officer behind it is linked, never copied."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(max_length=64, unique=True)
    kind = models.CharField(
        max_length=8, choices=[(k.value, k.value) for k in AccountKind]
    )
    is_active = models.BooleanField(default=True)
    person = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+"
    )
    officer_id = models.UUIDField(null=True, unique=True)
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
        ]

    def __str__(self) -> str:
        return self.username
