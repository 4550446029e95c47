"""Sự kiện của bưu chính: facts other contexts may act on."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsignmentAsked(Event):
    """The post is to be asked for a consignment. `subject` is its id: one at a time."""

    name: ClassVar[str] = "post.consignment_asked"
    consignment_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsignmentProgressed(Event):
    """A consignment of a dossier (`subject`) reached another state."""

    name: ClassVar[str] = "post.consignment_progressed"
    consignment_id: UUID
    kind: str
    state: str
    tracking: str
