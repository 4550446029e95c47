"""Điều đã biết: asked of the registers before anything is written, for they may be slow."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from motcua.contexts.dossiers.rules.known import (
    ORGANISATION,
    organisation_fields,
    own_contact,
    population_fields,
)
from motcua.contexts.identity import public as identity
from motcua.contexts.identity.contracts import PopulationFacts
from motcua.kernel.actors import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Register to field to value; trouble: why there is no more; at: how old it is."""

    known: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    trouble: str = ""
    at: datetime | None = None


def known_of(
    person_id: UUID | None,
    purpose: str,
    fields: frozenset[str] | None,
    *,
    actor: Actor,
    now: datetime,
) -> Known:
    """Of a person what the register says of these fields, and how to reach them; of a body what we
    hold ourselves. fields None: no register is asked;
    none of them: the population register is not. Raises: PersonNotFound.
    """
    body = identity.organisation(person_id, now=now) if person_id else None
    if body is not None:
        return Known(known={ORGANISATION: organisation_fields(body)})
    if person_id is None or fields is None:
        return Known()
    facts = PopulationFacts()
    if fields:
        facts = identity.population_facts(person_id, purpose, actor, fields=fields)
    known = {"population": population_fields({name: facts[name].value for name in facts})}
    if actor.is_officer or person_id == actor.party_id:
        known |= {"account": own_contact(identity.contact_of(person_id))}
    at = min((facts[name].as_of for name in facts), default=None)
    return Known(known=known, trouble=facts.notice, at=at)
