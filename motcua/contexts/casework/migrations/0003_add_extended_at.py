"""When a new date was promised: the clock needs it to be told as known at any moment."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0002_figures_are_counted_by_index"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="extended_at",
            field=models.DateTimeField(null=True),
        ),
    ]
