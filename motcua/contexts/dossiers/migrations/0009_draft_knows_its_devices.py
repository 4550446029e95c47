from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0008_emergency_access")]

    operations = [
        migrations.AddField(model_name="draft", name="marks", field=models.JSONField(default=dict)),
    ]
