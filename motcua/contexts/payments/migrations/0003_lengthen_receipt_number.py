"""A receipt's number ends with the amount: 24 characters held no bill of 100,000 đồng."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0002_guard_the_journal"),
    ]

    operations = [
        migrations.AlterField(
            model_name="receipt",
            name="number",
            field=models.CharField(max_length=40, unique=True),
        ),
    ]
