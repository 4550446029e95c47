"""What an officer keeps at the desk: snoozed tasks, looks, saved views, unwanted keys."""

import django.db.models.deletion
from django.db import migrations, models

from motcua.kernel.db import uuid7

PROTECT = django.db.models.deletion.PROTECT


def _id() -> tuple[str, models.UUIDField]:
    field = models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)
    return "id", field


def _to(model: str, *, null: bool = False) -> models.ForeignKey:
    return models.ForeignKey(null=null, on_delete=PROTECT, related_name="+", to=model)


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0005_task_tells_kind_of_case"),
        ("organisations", "0003_suspension"),
    ]
    operations = [
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("state", "OPEN")),
                fields=["unit", "role", "opened_at", "id"],
                name="task_by_age",
            ),
        ),
        migrations.CreateModel(
            name="Snooze",
            fields=[
                _id(),
                ("task", _to("casework.task")),
                ("officer", _to("organisations.officer")),
                ("at", models.DateTimeField()),
                ("until", models.DateTimeField()),
            ],
        ),
        migrations.AddConstraint(
            model_name="snooze",
            constraint=models.UniqueConstraint(fields=("officer", "task"), name="snoozed_once"),
        ),
        migrations.AddConstraint(
            model_name="snooze",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gt", models.F("at"))), name="snooze_ends"
            ),
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                _id(),
                ("case", _to("casework.case")),
                ("officer", _to("organisations.officer")),
                ("version", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("deciding_until", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddConstraint(
            model_name="look",
            constraint=models.UniqueConstraint(fields=("case", "officer"), name="looked_once"),
        ),
        migrations.RunSQL(
            "ALTER TABLE casework_look SET UNLOGGED", "ALTER TABLE casework_look SET LOGGED"
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                _id(),
                ("officer", _to("organisations.officer")),
                ("unit", _to("organisations.unit", null=True)),
                ("name", models.CharField(max_length=60)),
                ("asked", models.CharField(blank=True, max_length=600)),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(fields=("officer", "name"), name="view_named_once"),
        ),
        migrations.CreateModel(
            name="KeyChoice",
            fields=[
                (
                    "officer",
                    models.OneToOneField(
                        on_delete=PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="organisations.officer",
                    ),
                ),
                ("off", models.JSONField(default=list)),
                ("changed_at", models.DateTimeField()),
            ],
        ),
    ]
