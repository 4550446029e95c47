"""Cổng nối: the generic form, which the services hand to the catalogue as data."""

from collections.abc import Callable

from motcua.contexts.procedures.contracts import GenericTables

_load: Callable[[], GenericTables] | None = None


def register_generic(load: Callable[[], GenericTables]) -> None:
    """Called from the ready() of the services application. Nothing is read before an import."""
    global _load
    _load = load


def generic_tables() -> GenericTables | None:
    """None where no services are installed: records are then for reading only."""
    return _load() if _load else None
