"""Packages as trees of files, written and read."""
