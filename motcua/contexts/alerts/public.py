"""Cửa vào của alerts: what holds now, for whoever shows it."""

from datetime import datetime

from motcua.contexts.alerts.contracts import AlertView
from motcua.contexts.alerts.queries import live

__all__ = ["in_force"]


def in_force(now: datetime) -> tuple[AlertView, ...]:
    """Alerts that hold at this moment, lives first; from memory, at most a second old."""
    return live.in_force(now)
