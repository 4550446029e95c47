"""What witnesses outside countersigned, how it stands with each, and daily time stamps."""

from django.db import migrations, models

import motcua.kernel.db
from motcua.kernel import partitions


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0005_create_read_log"),
    ]

    operations = [
        migrations.CreateModel(
            name="LedgerStamp",
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
                ("number", models.BigIntegerField(unique=True)),
                ("at", models.DateTimeField(help_text="as the token says")),
                ("token", models.BinaryField()),
                ("noted_at", models.DateTimeField()),
            ],
            options={
                "db_table": "kernel_ledger_stamp",
            },
        ),
        migrations.CreateModel(
            name="LedgerWitness",
            fields=[
                ("name", models.CharField(max_length=32, primary_key=True, serialize=False)),
                (
                    "key",
                    models.BinaryField(
                        help_text="the first it ever signed with", max_length=32, null=True
                    ),
                ),
                (
                    "number",
                    models.BigIntegerField(default=0, help_text="the last head it countersigned"),
                ),
                ("anchored_at", models.DateTimeField(null=True)),
                ("tried_at", models.DateTimeField()),
                ("problem", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "db_table": "kernel_ledger_witness",
            },
        ),
        migrations.CreateModel(
            name="LedgerAnchor",
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
                ("witness", models.CharField(max_length=32)),
                ("number", models.BigIntegerField()),
                ("size", models.BigIntegerField()),
                ("root", models.BinaryField(max_length=32)),
                (
                    "at",
                    models.CharField(help_text="as the witness wrote and signed it", max_length=40),
                ),
                ("key", models.BinaryField(max_length=32)),
                ("signature", models.BinaryField(max_length=64)),
                ("noted_at", models.DateTimeField()),
            ],
            options={
                "db_table": "kernel_ledger_anchor",
                "indexes": [models.Index(fields=["number"], name="ledger_anchor_number")],
                "constraints": [
                    models.UniqueConstraint(fields=("witness", "number"), name="ledger_anchor_once")
                ],
            },
        ),
        migrations.RunSQL(
            [partitions.guard("kernel_ledger_anchor"), partitions.guard("kernel_ledger_stamp")],
            "DROP TRIGGER kernel_ledger_anchor_append_only ON kernel_ledger_anchor;"
            " DROP TRIGGER kernel_ledger_stamp_append_only ON kernel_ledger_stamp",
        ),
    ]
