"""Writes of reference: loading the published lists."""
