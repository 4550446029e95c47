"""Ai đã xem hồ sơ này: the read log of one dossier, for the person it is about."""

from datetime import datetime

from motcua.contexts.dossiers.contracts import LookLine
from motcua.contexts.dossiers.queries.one import dossier_row
from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.kernel import read_log
from motcua.kernel.actors import ROLE_NAMES, Actor, ActorKind, Role
from motcua.kernel.purpose import PURPOSE_NAMES

MOST = 50


def looks_of(code: str, actor: Actor, *, now: datetime) -> tuple[LookLine, ...]:
    """Who read this dossier, newest first; empty for whoever is not the person it is about.

    Raises: DossierNotFound.
    """
    row = dossier_row(code, actor, now=now)
    if actor.person_id is None or row.applicant_person_id != actor.person_id:
        return ()
    found = read_log.looks_at(
        actor.person_id, by_machines=False, before=None, limit=MOST, case_code=row.code
    )
    others = [look for look in found if look.account_id != actor.account_id]
    names = identity.officer_names({look.account_id for look in others if look.account_id})
    units = organisations.units_by_id({look.unit_id for look in others if look.unit_id})
    return tuple(
        LookLine(
            id=look.id,
            at=look.at,
            reader=names.get(look.account_id, "") if look.account_id else "",
            role=ROLE_NAMES[Role(look.role)] if look.role else "",
            unit=units[look.unit_id].name if look.unit_id in units else "",
            why=PURPOSE_NAMES[look.purpose],
            by_code=look.kind is ActorKind.ANONYMOUS,
        )
        for look in others
    )
