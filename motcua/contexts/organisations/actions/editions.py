"""Phiên bản trong bộ nhớ: tells every process that rows of organisations changed."""

from motcua.contexts.organisations.models import Edition
from motcua.contexts.organisations.queries import staff, structure
from motcua.kernel.db import uuid7


def renew_absences() -> None:
    """After a change of substitutions."""
    _renew(staff.ABSENCES, None)
    staff.absences.changed()


def renew_staff(*, digest: str | None = None) -> None:
    """After a change of posts, holders or signing."""
    _renew(staff.ROSTER, digest)
    staff.roster.changed()


def renew_all(*, digest: str | None = None) -> None:
    """After a change of units, competence or calendars, which staff is read with."""
    _renew(structure.EDITION, digest)
    structure.snapshot.changed()
    renew_staff(digest=digest)


def _renew(name: str, digest: str | None) -> None:
    values: dict[str, object] = {"version": uuid7()}
    if digest is not None:
        values["digest"] = digest
    Edition.objects.update_or_create(name=name, defaults=values)
