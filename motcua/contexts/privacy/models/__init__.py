"""Rows of privacy."""

from motcua.contexts.privacy.models.requests import DataRequest, ProcessingMark, Tombstone

__all__ = ["DataRequest", "ProcessingMark", "Tombstone"]
