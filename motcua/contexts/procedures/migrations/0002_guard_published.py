"""Published versions are immutable, and one procedure has one version in force on a day."""

from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations

GUARD = """
CREATE FUNCTION procedures_keep_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'DRAFT' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a published version cannot be deleted' USING ERRCODE = 'check_violation';
    END IF;
    IF to_jsonb(NEW) - 'state' - 'valid_to' IS DISTINCT FROM to_jsonb(OLD) - 'state' - 'valid_to'
       OR NEW.state NOT IN (OLD.state, 'REPEALED') THEN
        RAISE EXCEPTION 'a published version cannot change' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER procedures_keep_published BEFORE UPDATE OR DELETE ON procedures_procedureversion
    FOR EACH ROW EXECUTE FUNCTION procedures_keep_published();
"""
UNGUARD = """
DROP TRIGGER procedures_keep_published ON procedures_procedureversion;
DROP FUNCTION procedures_keep_published();
"""
ONE_IN_FORCE = """
ALTER TABLE procedures_procedureversion ADD CONSTRAINT procedures_one_in_force
    EXCLUDE USING gist (procedure_id WITH =, daterange(valid_from, valid_to) WITH &&)
    WHERE (state <> 'DRAFT');
"""
MANY = "ALTER TABLE procedures_procedureversion DROP CONSTRAINT procedures_one_in_force;"


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_catalogue")]

    operations = [
        BtreeGistExtension(),
        migrations.RunSQL(GUARD, UNGUARD),
        migrations.RunSQL(ONE_IN_FORCE, MANY),
    ]
