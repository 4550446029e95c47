"""A waiting job is compared with the others of its lock; without this, with the whole backlog.

The queue's own index begins with the number of the job, so that each fetch read it from end to end.
"""

from django.db import migrations

MAKE = """
CREATE INDEX motcua_jobs_by_lock ON procrastinate_jobs (lock)
WHERE status IN ('todo', 'doing')
"""


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0009_make_partitions_for_others"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations = [migrations.RunSQL(MAKE, "DROP INDEX motcua_jobs_by_lock")]
