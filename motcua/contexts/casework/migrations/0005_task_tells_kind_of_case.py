"""A task says of which kind of case it is, so that each kind has its own inbox."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0004_files_of_messages")]
    operations = [
        migrations.AddField(
            model_name="task",
            name="case_kind",
            field=models.CharField(default="dossier", max_length=20),
            preserve_default=False,
        ),
    ]
