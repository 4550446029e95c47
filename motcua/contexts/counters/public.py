"""Counters for whoever stands above: services, portals."""

from motcua.contexts.counters.actions.calling import call_next, finish
from motcua.contexts.counters.queries.queue import own_window

__all__ = ["call_next", "finish", "own_window"]
