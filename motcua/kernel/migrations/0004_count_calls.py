"""Counters of calls, shared by all processes; unlogged, since a lost one harms nobody."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0003_seal_stored_answers")]

    operations = [
        migrations.CreateModel(
            name="CallCount",
            fields=[
                ("key", models.BinaryField(max_length=16, primary_key=True, serialize=False)),
                ("used", models.IntegerField()),
                ("until", models.DateTimeField(db_index=True)),
            ],
            options={"db_table": "kernel_call_count"},
        ),
        migrations.RunSQL(
            "ALTER TABLE kernel_call_count SET UNLOGGED",
            "ALTER TABLE kernel_call_count SET LOGGED",
        ),
    ]
