"""The worker makes the partitions of coming months without owning a table."""

from django.db import migrations

MAKE = """
CREATE FUNCTION motcua_make_partition(parent text, month date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    first date := date_trunc('month', month)::date;
    after date := (date_trunc('month', month) + interval '1 month')::date;
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_class WHERE relname = parent AND relkind = 'p'
            AND relnamespace = 'public'::regnamespace
    ) THEN
        RAISE EXCEPTION '% has no partitions', parent USING ERRCODE = 'undefined_table';
    END IF;
    EXECUTE format(
        'CREATE TABLE IF NOT EXISTS %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
        parent || to_char(first, '_YYYYMM'), parent,
        to_char(first, 'YYYY-MM-DD') || ' 00:00+07', to_char(after, 'YYYY-MM-DD') || ' 00:00+07'
    );
END $$;
REVOKE EXECUTE ON FUNCTION motcua_make_partition(text, date) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0008_guarded_values_can_be_emptied")]

    operations = [migrations.RunSQL(MAKE, "DROP FUNCTION motcua_make_partition(text, date)")]
