"""Chức danh, cán bộ, ủy quyền, làm thay."""

from django.db import models
from django.db.models import F, Q

from motcua.kernel.db import uuid7
from motcua.kernel.period import lasts_a_day


class Post(models.Model):
    """Vị trí, chức danh at a unit; carries one role (kernel Role)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    title = models.CharField(max_length=100)
    rank = models.PositiveSmallIntegerField(default=0, help_text="order within unit and role")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "organisations_post"
        constraints = (lasts_a_day("post_lasts"),)


class Officer(models.Model):
    """Cán bộ, công chức, viên chức. staff_no is also the name to sign in with."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    staff_no = models.CharField(max_length=64, unique=True)
    full_name = models.CharField(max_length=100)
    email = models.EmailField()

    class Meta:
        db_table = "organisations_officer"


class PostHolding(models.Model):
    """Giữ chức danh: an officer holds a post in a period."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "organisations_post_holding"
        constraints = (
            lasts_a_day("post_holding_lasts"),
            models.UniqueConstraint(
                fields=["post"], condition=Q(valid_to__isnull=True), name="post_one_holder_now"
            ),
            models.UniqueConstraint(fields=["post", "valid_from"], name="post_holding_once"),
        )


class Substitution(models.Model):
    """Phân công làm thay: an officer is away; the substitute, or else the head, acts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    absent = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    substitute = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+", null=True)
    reason = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField()

    class Meta:
        db_table = "organisations_substitution"
        constraints = (
            lasts_a_day("substitution_lasts"),
            models.UniqueConstraint(fields=["absent", "valid_from"], name="substitution_once"),
            models.CheckConstraint(
                condition=Q(substitute__isnull=True) | ~Q(substitute=F("absent")),
                name="substitution_by_another",
            ),
        )


class Suspension(models.Model):
    """Đình chỉ, khóa tài khoản: the officer acts in no post, though still holding it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "organisations_suspension"
        constraints = (
            lasts_a_day("suspension_lasts"),
            models.UniqueConstraint(
                fields=["officer"], condition=Q(valid_to__isnull=True), name="suspended_once"
            ),
        )


class SigningAuthority(models.Model):
    """Thẩm quyền ký: how the holder of a post signs for its unit. capacity: Capacity."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=4)
    lines = models.CharField(max_length=250, help_text="above the name, one per line")
    document = models.CharField(max_length=120, blank=True, help_text="số quyết định ủy quyền")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "organisations_signing_authority"
        constraints = (
            lasts_a_day("signing_authority_lasts"),
            models.UniqueConstraint(fields=["post", "valid_from"], name="signing_authority_once"),
        )
