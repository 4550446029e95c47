"""Tìm thủ tục: a small in-memory index for what people type, with or without marks."""

from motcua.contexts.procedures.rules.search.index import Entry, Index, Ranked

__all__ = ["Entry", "Index", "Ranked"]
