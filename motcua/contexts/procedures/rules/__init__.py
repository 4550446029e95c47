"""Decisions of the catalogue, from values to values."""
