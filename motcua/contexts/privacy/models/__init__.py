"""Rows of privacy."""

from motcua.contexts.privacy.models.requests import DataRequest, ProcessingMark, Tombstone
from motcua.contexts.privacy.models.retention import DisposalRun, Hold

__all__ = ["DataRequest", "DisposalRun", "Hold", "ProcessingMark", "Tombstone"]
