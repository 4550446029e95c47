from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0003_impact_assessments"),
    ]

    operations = [
        migrations.AlterField(
            model_name="storedfile",
            name="scan",
            field=models.CharField(
                choices=[
                    ("NOT_SCANNED", "NOT_SCANNED"),
                    ("WAITING", "WAITING"),
                    ("CLEAN", "CLEAN"),
                    ("INFECTED", "INFECTED"),
                    ("TOO_LARGE", "TOO_LARGE"),
                ],
                max_length=16,
            ),
        ),
        migrations.AddIndex(
            model_name="storedfile",
            index=models.Index(
                condition=models.Q(
                    ("scan", "WAITING"),
                    models.Q(("scan", "NOT_SCANNED"), ("uploaded_by__isnull", False)),
                    _connector="OR",
                ),
                fields=["created_at"],
                name="documents_file_unscanned",
            ),
        ),
    ]
