"""Bảng của quầy: the queue, the till, and what else stands at a desk."""

from motcua.contexts.counters.models.appointments import Appointment
from motcua.contexts.counters.models.bundles import Bundle, BundleLine
from motcua.contexts.counters.models.cash import CashLine, CashShift
from motcua.contexts.counters.models.intake import Intake
from motcua.contexts.counters.models.offline import CounterDevice, OfflineEntry, SerialRange
from motcua.contexts.counters.models.queue import Ticket, TicketSerial, Window

__all__ = [
    "Appointment",
    "Bundle",
    "BundleLine",
    "CashLine",
    "CashShift",
    "CounterDevice",
    "Intake",
    "OfflineEntry",
    "SerialRange",
    "Ticket",
    "TicketSerial",
    "Window",
]
