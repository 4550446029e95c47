"""Pure rules of counters."""
