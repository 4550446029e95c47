"""A case that was given another table of steps keeps which it went by before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0006_desk_of_an_officer")]
    operations = [
        migrations.AddField(model_name="case", name="earlier", field=models.JSONField(null=True)),
    ]
