"""Reads of counters."""
