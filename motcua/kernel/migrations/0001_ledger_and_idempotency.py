"""Ledger leaves (partitioned by month, append-only), heads, stored answers of idempotency keys."""

from datetime import date

from django.db import migrations, models

import motcua.kernel.db
import motcua.kernel.models
from motcua.kernel import partitions

LEAF = """
CREATE TABLE kernel_ledger_leaf (
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    action varchar(80) NOT NULL,
    subject varchar(80) NOT NULL,
    actor_id uuid,
    body text NOT NULL,
    salt bytea NOT NULL,
    digest bytea NOT NULL,
    xid bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE INDEX kernel_ledger_leaf_order ON kernel_ledger_leaf (xid, id);
CREATE INDEX kernel_ledger_leaf_subject ON kernel_ledger_leaf (subject, at);
"""
TABLE = "kernel_ledger_leaf"
FIRST = [
    partitions.month_partition(TABLE, month)
    for month in partitions.months(date(2026, 10, 1), date(2027, 3, 1))
]


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.RunSQL(
            [LEAF, partitions.default_partition(TABLE), *FIRST, partitions.guard(TABLE)],
            f"DROP TABLE {TABLE}",
        ),
        migrations.CreateModel(
            name="LedgerLeaf",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.db.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("action", models.CharField(max_length=80)),
                ("subject", models.CharField(max_length=80)),
                ("actor_id", models.UUIDField(null=True)),
                ("body", models.TextField()),
                ("salt", models.BinaryField(max_length=16)),
                ("digest", models.BinaryField(max_length=32)),
                (
                    "xid",
                    models.BigIntegerField(db_default=motcua.kernel.models.CurrentTransaction()),
                ),
            ],
            options={"db_table": "kernel_ledger_leaf", "managed": False},
        ),
        migrations.CreateModel(
            name="IdempotencyRecord",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.db.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("key", models.CharField(max_length=200)),
                ("action", models.CharField(max_length=160)),
                ("fingerprint", models.BinaryField(max_length=32)),
                ("result", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "db_table": "kernel_idempotency",
                "constraints": [
                    models.UniqueConstraint(fields=("key", "action"), name="idempotency_key_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerHead",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("size", models.BigIntegerField()),
                (
                    "xid_to",
                    models.BigIntegerField(help_text="leaves with a smaller xid are inside"),
                ),
                ("root", models.BinaryField(max_length=32)),
                ("previous", models.BinaryField(max_length=32)),
                (
                    "frontier",
                    models.BinaryField(help_text="roots of the perfect subtrees, left to right"),
                ),
                ("sealed_at", models.DateTimeField()),
                ("key_id", models.CharField(max_length=16)),
                ("signature", models.BinaryField(max_length=64)),
            ],
            options={
                "db_table": "kernel_ledger_head",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("size__gte", 0)), name="ledger_head_size"
                    )
                ],
            },
        ),
    ]
