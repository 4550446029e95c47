"""Bảng của cơ quan, chức danh, thẩm quyền; every row of them carries its days of validity."""

from motcua.contexts.organisations.models.competence import Competence, UnitCalendar
from motcua.contexts.organisations.models.reorganisation import (
    ActProposal,
    CompetenceShift,
    Reorganisation,
    ReorganisationLine,
)
from motcua.contexts.organisations.models.staff import (
    Officer,
    Post,
    PostHolding,
    SigningAuthority,
    Substitution,
    Suspension,
)
from motcua.contexts.organisations.models.units import Edition, Unit

__all__ = [
    "ActProposal",
    "Competence",
    "CompetenceShift",
    "Edition",
    "Officer",
    "Post",
    "PostHolding",
    "Reorganisation",
    "ReorganisationLine",
    "SigningAuthority",
    "Substitution",
    "Suspension",
    "Unit",
    "UnitCalendar",
]
