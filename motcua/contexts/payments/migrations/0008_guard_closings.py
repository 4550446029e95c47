"""What two people closed stands: no line of a closing, and no closed closing, ever changes."""

from django.db import migrations

GUARD = """
CREATE TRIGGER closing_line_immutable BEFORE UPDATE OR DELETE ON payments_closing_line
  FOR EACH ROW EXECUTE FUNCTION payments_never_changes();

CREATE FUNCTION payments_closed_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.closed_at IS NOT NULL OR TG_OP = 'DELETE' THEN
    RAISE EXCEPTION '% is closed', TG_TABLE_NAME
      USING ERRCODE = 'check_violation', CONSTRAINT = 'unit_closing_closed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER unit_closing_closed BEFORE UPDATE OR DELETE ON payments_unit_closing
  FOR EACH ROW EXECUTE FUNCTION payments_closed_never_changes();
"""

UNGUARD = """
DROP TRIGGER unit_closing_closed ON payments_unit_closing;
DROP FUNCTION payments_closed_never_changes();
DROP TRIGGER closing_line_immutable ON payments_closing_line;
"""

# Whose money went back before this was kept: the desk that took the cash, else whose bill it is.
FROM_BEFORE = """
UPDATE payments_refund AS r SET unit_id = coalesce(
  (SELECT c.unit_id FROM payments_credit c WHERE c.id = r.credit_id),
  (SELECT min(c.unit_id::text)::uuid FROM payments_credit c
    WHERE r.way = 'CASH' AND c.invoice_id = r.invoice_id AND c.channel = 'CASH'),
  (SELECT i.unit_id FROM payments_invoice i WHERE i.id = r.invoice_id),
  (SELECT i.unit_id FROM payments_credit c JOIN payments_invoice i ON i.id = c.invoice_id
    WHERE c.id = r.credit_id));
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0007_refunds_of_agencies_and_closings")]

    operations = [
        migrations.RunSQL(GUARD, UNGUARD),
        migrations.RunSQL(FROM_BEFORE, migrations.RunSQL.noop),
    ]
