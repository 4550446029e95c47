"""Builders of counters for tests of any context."""
