"""The read log is looked through by time alone once in ten minutes: an index of a few pages."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("kernel", "0006_ledger_anchors")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX kernel_read_line_time ON kernel_read_line USING brin (at)",
            "DROP INDEX kernel_read_line_time",
        ),
    ]
