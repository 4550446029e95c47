"""Cửa vào của archive: check and restore packages, for commands and drills."""

from motcua.contexts.archive.actions.checking import check
from motcua.contexts.archive.actions.restoring import restore

__all__ = ["check", "restore"]
