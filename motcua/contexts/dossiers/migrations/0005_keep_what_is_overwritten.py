"""What stood in a dossier before it was overwritten."""

import django.db.models.deletion
from django.db import migrations, models

import motcua.kernel.db
import motcua.kernel.fields


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0004_retention"),
    ]

    operations = [
        migrations.CreateModel(
            name="DossierPast",
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
                ("until", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("sheet", motcua.kernel.fields.SealedJSON(null=True)),
                ("verdict", models.CharField(blank=True, max_length=12)),
                ("verdict_note", motcua.kernel.fields.SealedText(null=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.dossierpaper",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["dossier", "until"], name="dossier_past")],
            },
        ),
    ]
