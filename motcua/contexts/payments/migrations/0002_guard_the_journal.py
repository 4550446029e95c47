"""The journal guards itself: every entry balances at commit, no entry or line ever changes."""

from django.db import migrations

GUARD = """
CREATE FUNCTION payments_entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  entry uuid := CASE TG_TABLE_NAME WHEN 'payments_journal_line' THEN (to_jsonb(NEW)->>'entry_id')
                ELSE (to_jsonb(NEW)->>'id') END;
  debits bigint;
  credits bigint;
BEGIN
  SELECT coalesce(sum(debit_dong), 0), coalesce(sum(credit_dong), 0) INTO debits, credits
    FROM payments_journal_line WHERE entry_id = entry;
  IF debits <> credits OR debits = 0 THEN
    RAISE EXCEPTION 'journal entry % does not balance: debits %, credits %', entry, debits, credits
      USING ERRCODE = 'check_violation', CONSTRAINT = 'journal_entry_balances';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER journal_line_balances AFTER INSERT ON payments_journal_line
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments_entry_balances();
CREATE CONSTRAINT TRIGGER journal_entry_balances AFTER INSERT ON payments_journal_entry
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments_entry_balances();

CREATE FUNCTION payments_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
    USING ERRCODE = 'check_violation', CONSTRAINT = 'journal_append_only';
END $$;

CREATE TRIGGER journal_line_immutable BEFORE UPDATE OR DELETE ON payments_journal_line
  FOR EACH ROW EXECUTE FUNCTION payments_never_changes();
CREATE TRIGGER journal_entry_immutable BEFORE UPDATE OR DELETE ON payments_journal_entry
  FOR EACH ROW EXECUTE FUNCTION payments_never_changes();
CREATE TRIGGER invoice_item_immutable BEFORE UPDATE OR DELETE ON payments_invoice_item
  FOR EACH ROW EXECUTE FUNCTION payments_never_changes();
"""

UNGUARD = """
DROP TRIGGER invoice_item_immutable ON payments_invoice_item;
DROP TRIGGER journal_entry_immutable ON payments_journal_entry;
DROP TRIGGER journal_line_immutable ON payments_journal_line;
DROP FUNCTION payments_never_changes();
DROP TRIGGER journal_entry_balances ON payments_journal_entry;
DROP TRIGGER journal_line_balances ON payments_journal_line;
DROP FUNCTION payments_entry_balances();
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_create_invoices_money_and_books")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
