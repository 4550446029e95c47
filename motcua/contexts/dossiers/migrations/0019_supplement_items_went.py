"""The items of a request are rows now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0018_move_supplement_items")]

    operations = [migrations.RemoveField("SupplementRequest", "items")]
