"""Cửa vào của archive: check and restore packages, what a new rule of keeping would do."""

from motcua.contexts.archive.actions.checking import check
from motcua.contexts.archive.actions.restoring import restore
from motcua.contexts.archive.queries.keepings import impact

__all__ = ["check", "impact", "restore"]
