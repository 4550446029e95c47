"""The read log; append-only tables let a rotation of keys pass."""

from datetime import date

import django.contrib.postgres.fields
from django.db import migrations, models

import motcua.kernel.db
from motcua.kernel import partitions

LINE = """
CREATE TABLE kernel_read_line (
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    subject_id uuid,
    account_id uuid,
    actor_kind varchar(16) NOT NULL,
    unit_id uuid,
    role varchar(20) NOT NULL,
    purpose varchar(24) NOT NULL,
    case_code varchar(40) NOT NULL,
    address varchar(120) NOT NULL,
    fields varchar(80)[] NOT NULL,
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE INDEX kernel_read_line_subject ON kernel_read_line (subject_id, at);
CREATE INDEX kernel_read_line_reader ON kernel_read_line (account_id, at);
"""
TABLE = "kernel_read_line"
FIRST = [
    partitions.month_partition(TABLE, month)
    for month in partitions.months(date(2026, 10, 1), date(2027, 3, 1))
]


class Migration(migrations.Migration):
    dependencies = [("kernel", "0004_count_calls")]

    operations = [
        migrations.RunSQL(
            [LINE, partitions.default_partition(TABLE), *FIRST, partitions.guard(TABLE)],
            f"DROP TABLE {TABLE}",
        ),
        migrations.CreateModel(
            name="ReadLine",
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
                ("subject_id", models.UUIDField(null=True)),
                ("account_id", models.UUIDField(null=True)),
                ("actor_kind", models.CharField(max_length=16)),
                ("unit_id", models.UUIDField(null=True)),
                ("role", models.CharField(max_length=20)),
                ("purpose", models.CharField(max_length=24)),
                ("case_code", models.CharField(max_length=40)),
                ("address", models.CharField(max_length=120)),
                (
                    "fields",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), size=None
                    ),
                ),
            ],
            options={"db_table": "kernel_read_line", "managed": False},
        ),
    ]
