"""Facts told by organisations."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstitutionGranted(Event):
    """Somebody is away, and another (or the head) acts in all their posts."""

    name: ClassVar[str] = "organisations.substitution_granted"
    absent_id: UUID
    substitute_id: UUID | None
    first_on: str
    back_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstitutionEnded(Event):
    """The absent officer is back earlier, or the grant was withdrawn."""

    name: ClassVar[str] = "organisations.substitution_ended"
    absent_id: UUID
    substitute_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsReorganised(Event):
    """An act took or will take effect; open work follows competence."""

    name: ClassVar[str] = "organisations.units_reorganised"
    act_id: UUID
    effective_on: str
