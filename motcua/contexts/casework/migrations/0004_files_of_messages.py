import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0003_add_extended_at"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="message",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["file_ids"], name="message_files", opclasses=["jsonb_path_ops"]
            ),
        ),
    ]
