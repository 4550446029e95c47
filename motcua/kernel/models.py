"""Rows of the kernel: ledger leaves and heads, stored answers, failures, counted calls."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Func

from motcua.kernel.db import uuid7
from motcua.kernel.fields import SealedText


class CurrentTransaction(Func):
    """The 64-bit id of the running transaction; orders the ledger by transaction horizon."""

    function = "pg_current_xact_id"
    template = "%(function)s()::text::bigint"
    arity = 0
    output_field = models.BigIntegerField()


class LedgerLeaf(models.Model):
    """One action, as one leaf. Append-only, partitioned by month (no update, no delete)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField()
    action = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    actor_id = models.UUIDField(null=True)
    body = models.TextField()
    salt = models.BinaryField(max_length=16)
    digest = models.BinaryField(max_length=32)
    xid = models.BigIntegerField(db_default=CurrentTransaction())

    class Meta:
        db_table = "kernel_ledger_leaf"
        managed = False


class LedgerHead(models.Model):
    """A signed root over all leaves up to `xid_to`, chained to the head before it."""

    number = models.BigIntegerField(primary_key=True)
    size = models.BigIntegerField()
    xid_to = models.BigIntegerField(help_text="leaves with a smaller xid are inside")
    root = models.BinaryField(max_length=32)
    previous = models.BinaryField(max_length=32)
    frontier = models.BinaryField(help_text="roots of the perfect subtrees, left to right")
    sealed_at = models.DateTimeField()
    key_id = models.CharField(max_length=16)
    signature = models.BinaryField(max_length=64)

    class Meta:
        db_table = "kernel_ledger_head"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(size__gte=0), name="ledger_head_size")
        ]


class LedgerAnchor(models.Model):
    """A head as a witness outside saw and countersigned it. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    witness = models.CharField(max_length=32)
    number = models.BigIntegerField()
    size = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    at = models.CharField(max_length=40, help_text="as the witness wrote and signed it")
    key = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)
    noted_at = models.DateTimeField()

    class Meta:
        db_table = "kernel_ledger_anchor"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["witness", "number"], name="ledger_anchor_once")
        ]
        indexes: ClassVar = [models.Index(fields=["number"], name="ledger_anchor_number")]


class LedgerWitness(models.Model):
    """How it stands with one witness. problem: why the last try failed, "" when it did not."""

    name = models.CharField(max_length=32, primary_key=True)
    key = models.BinaryField(max_length=32, null=True, help_text="the first it ever signed with")
    number = models.BigIntegerField(default=0, help_text="the last head it countersigned")
    anchored_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField()
    problem = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "kernel_ledger_witness"


class LedgerStamp(models.Model):
    """A qualified time over one head (RFC 3161), once a day. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.BigIntegerField(unique=True)
    at = models.DateTimeField(help_text="as the token says")
    token = models.BinaryField()
    noted_at = models.DateTimeField()

    class Meta:
        db_table = "kernel_ledger_stamp"


class IdempotencyRecord(models.Model):
    """The answer of an unsafe call, kept with its effect.

    result: sealed, since a receipt holds the secret that opens a dossier. None: no answer.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=200)
    action = models.CharField(max_length=160)
    fingerprint = models.BinaryField(max_length=32)
    result = SealedText(null=True)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "kernel_idempotency"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "action"], name="idempotency_key_once")
        ]


class ReadLine(models.Model):
    """Somebody read personal data of one person. Append-only, partitioned by month.

    subject_id: the person; None when the row is nobody's that we know. fields: model and field.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField()
    subject_id = models.UUIDField(null=True)
    account_id = models.UUIDField(null=True)
    actor_kind = models.CharField(max_length=16)
    unit_id = models.UUIDField(null=True)
    role = models.CharField(max_length=20)
    purpose = models.CharField(max_length=24)
    case_code = models.CharField(max_length=40)
    address = models.CharField(max_length=120)
    fields = ArrayField(models.CharField(max_length=80))

    class Meta:
        db_table = "kernel_read_line"
        managed = False


class JobFailure(models.Model):
    """Why a job failed last. The words of the failure are not kept: they may name people."""

    job_id = models.BigIntegerField(primary_key=True)
    error = models.CharField(max_length=160)
    place = models.CharField(max_length=160)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        db_table = "kernel_job_failure"


class LedgerCheck(models.Model):
    """One check of the whole ledger, done in pieces; at most one runs at a time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    actor_id = models.UUIDField(null=True)
    head_to = models.BigIntegerField(help_text="the newest head at the start")
    size_to = models.BigIntegerField(help_text="its number of leaves")
    head_at = models.BigIntegerField(default=0, help_text="the last head checked")
    leaves = models.BigIntegerField(default=0)
    wrong = models.BigIntegerField(default=0)
    findings = models.JSONField(default=list, help_text="the first hundred, what and where")

    class Meta:
        db_table = "kernel_ledger_check"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["ended_at"],
                condition=models.Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="ledger_check_one_running",
            )
        ]


class CallCount(models.Model):
    """How often somebody did one thing since the span began; unlogged, its key is blind."""

    key = models.BinaryField(primary_key=True, max_length=16)
    used = models.IntegerField()
    until = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "kernel_call_count"
