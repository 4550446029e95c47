"""Stored answers are sealed: a receipt holds the secret that opens a dossier.

Answers already stored are sealed too, so that a call repeated across the upgrade still has one
effect.
"""

from typing import Any

from django.db import migrations

import motcua.kernel.fields


def seal(apps: Any, _schema: Any) -> None:
    _move(apps, "result_clear", "result", nothing="")


def unseal(apps: Any, _schema: Any) -> None:
    _move(apps, "result", "result_clear", nothing=None)


def _move(apps: Any, old: str, new: str, *, nothing: str | None) -> None:
    rows = apps.get_model("kernel", "IdempotencyRecord").objects.exclude(**{old: nothing})
    for row in rows.iterator():
        setattr(row, new, getattr(row, old))
        row.save(update_fields=[new])


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_failures_and_checks")]

    operations = [
        migrations.RenameField("IdempotencyRecord", "result", "result_clear"),
        migrations.AddField(
            model_name="IdempotencyRecord",
            name="result",
            field=motcua.kernel.fields.SealedText(null=True),
        ),
        migrations.RunPython(seal, unseal),
        migrations.RemoveField("IdempotencyRecord", "result_clear"),
    ]
