"""Pure decisions on bytes, names and printed words; nothing here opens, fetches or writes."""
