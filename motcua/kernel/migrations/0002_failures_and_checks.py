"""Why a job failed, checks of the ledger, and the index that finds dead letters."""

from django.db import migrations, models

import motcua.kernel.db


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0001_ledger_and_idempotency"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX kernel_jobs_failed ON procrastinate_jobs (id) WHERE status = 'failed'",
            "DROP INDEX kernel_jobs_failed",
        ),
        migrations.CreateModel(
            name="JobFailure",
            fields=[
                ("job_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("error", models.CharField(max_length=160)),
                ("place", models.CharField(max_length=160)),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
            ],
            options={"db_table": "kernel_job_failure"},
        ),
        migrations.CreateModel(
            name="LedgerCheck",
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
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("actor_id", models.UUIDField(null=True)),
                ("head_to", models.BigIntegerField(help_text="the newest head at the start")),
                ("size_to", models.BigIntegerField(help_text="its number of leaves")),
                ("head_at", models.BigIntegerField(default=0, help_text="the last head checked")),
                ("leaves", models.BigIntegerField(default=0)),
                ("wrong", models.BigIntegerField(default=0)),
                (
                    "findings",
                    models.JSONField(default=list, help_text="the first hundred, what and where"),
                ),
            ],
            options={
                "db_table": "kernel_ledger_check",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["ended_at"],
                        condition=models.Q(("ended_at__isnull", True)),
                        name="ledger_check_one_running",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
    ]
