"""Rows of post: consignments with their tracking, sheets, originals and their custody."""

from motcua.contexts.post.models.consignments import Consignment, HandoverSheet, TrackingEvent
from motcua.contexts.post.models.custody import CustodyStep, Original, Travelling

__all__ = [
    "Consignment",
    "CustodyStep",
    "HandoverSheet",
    "Original",
    "TrackingEvent",
    "Travelling",
]
