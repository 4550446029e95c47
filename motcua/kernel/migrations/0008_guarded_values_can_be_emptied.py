"""Tables that only grow let disposal empty a value, and nothing else of the row."""

from django.db import migrations

from motcua.kernel import partitions


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0007_find_hours_of_reading"),
    ]

    operations = [migrations.RunSQL(partitions.GUARD, migrations.RunSQL.noop)]
