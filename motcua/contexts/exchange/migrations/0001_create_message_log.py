"""The append-only log of what was said to neighbours, partitioned by month."""

from datetime import date
from typing import ClassVar

from django.db import migrations

from motcua.kernel import partitions

TABLE = "exchange_message"
LOG = """
CREATE TABLE exchange_message (
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    connector varchar(32) NOT NULL,
    operation varchar(48) NOT NULL,
    key varchar(200) NOT NULL,
    purpose varchar(48) NOT NULL,
    actor_kind varchar(16) NOT NULL,
    account_id uuid,
    attempt smallint NOT NULL,
    outcome varchar(16) NOT NULL,
    reason varchar(64) NOT NULL,
    took_ms integer NOT NULL,
    sent_digest bytea NOT NULL,
    heard_digest bytea,
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE INDEX exchange_message_connector ON exchange_message (connector, at);
CREATE INDEX exchange_message_key ON exchange_message (key);
"""
FIRST = [
    partitions.month_partition(TABLE, month)
    for month in partitions.months(date(2026, 10, 1), date(2027, 3, 1))
]


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar = []

    operations: ClassVar = [
        migrations.RunSQL(
            [LOG, partitions.default_partition(TABLE), *FIRST, partitions.guard(TABLE)],
            f"DROP TABLE {TABLE}",
        ),
    ]
