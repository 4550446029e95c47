"""Bảng của quầy: the queue, and what else stands at a desk."""

from motcua.contexts.counters.models.queue import Ticket, TicketSerial, Window

__all__ = ["Ticket", "TicketSerial", "Window"]
