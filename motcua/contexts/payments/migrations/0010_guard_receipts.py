"""What a receipt says stands: only how it ended is ever written, once; no receipt is taken away."""

from django.db import migrations

GUARD = """
CREATE FUNCTION payments_receipt_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.state <> 'ISSUED'
     OR (to_jsonb(NEW) - 'state' - 'ended_at' - 'ended_by_id' - 'end_reason')
     <> (to_jsonb(OLD) - 'state' - 'ended_at' - 'ended_by_id' - 'end_reason') THEN
    RAISE EXCEPTION 'a receipt is ended, never changed'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'receipt_stands';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER receipt_stands BEFORE UPDATE OR DELETE ON payments_receipt
  FOR EACH ROW EXECUTE FUNCTION payments_receipt_stands();
"""

UNGUARD = """
DROP TRIGGER receipt_stands ON payments_receipt;
DROP FUNCTION payments_receipt_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0009_electronic_receipts")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
