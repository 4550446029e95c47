"""Chứng thực bản sao: received at once; a dossier of the city like any other, seen to the day."""

from datetime import datetime
from uuid import UUID

from motcua.contexts.counters.contracts.copies import (
    PROCEDURE,
    CopiesTaken,
    CopyLine,
    NoCopyAsked,
    OriginalNotAnswered,
    TakeCopies,
)
from motcua.contexts.counters.contracts.queue import NotAtThisDesk
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import (
    GivenPaper,
    PaperForm,
    ReturnForm,
    Source,
    SubmitDossier,
)
from motcua.contexts.dossiers.contracts.counter import Outcome, TakeIn
from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.kernel import db
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import city_date
from motcua.kernel.db import owns_transaction

ORIGINAL = "ban_chinh"


@owns_transaction
def take_copies(command: TakeCopies, *, actor: Actor, now: datetime) -> CopiesTaken:
    """All kinds of paper of one visit, or none.

    Raises: NotAtThisDesk, NoCopyAsked, OriginalNotAnswered, and as `dossiers.take_in`.
    """
    desks = sorted(actor.unit_ids(Role.RECEIVER), key=str)
    if not desks:
        raise NotAtThisDesk
    if not command.lines:
        raise NoCopyAsked(field="paper0")
    if not command.answers_for:
        raise OriginalNotAnswered(field="answers_for")
    known = _known(command.person_id)
    codes = tuple(
        dossiers.take_in(_taken(line, known, command, desks[0], now), actor=actor, now=now).code
        for line in command.lines
    )
    facts: dict[str, object] = {"codes": list(codes), "copies": [n.copies for n in command.lines]}
    db.record(action="counters.take_copies", subject=str(desks[0]), actor=actor, facts=facts)
    return CopiesTaken(codes=codes)


def _known(person_id: UUID) -> dict[str, object]:
    """What the form asks of the requester, as the city knows it; the rest may stay open."""
    person = identity.person(person_id)
    found: dict[str, object] = {
        "requester_full_name": person.full_name,
        "requester_personal_number": identity.personal_number_of(person_id),
    }
    if person.born_on:
        found["requester_born_on"] = person.born_on.isoformat()
    if person.phone:
        found["requester_phone"] = person.phone
    return found


def _taken(
    line: CopyLine, known: dict[str, object], command: TakeCopies, unit_id: UUID, now: datetime
) -> TakeIn:
    answers = known | {
        "paper_name": line.paper,
        "paper_issuer": line.issuer,
        "pages": line.pages,
        "copies": line.copies,
        "visit_on": city_date(now).isoformat(),
        "truthful": True,
    }
    dossier = SubmitDossier(
        procedure_code=PROCEDURE,
        ward_code=organisations.unit_by_id(unit_id).ward_code,
        applicant_person_id=command.person_id,
        answers=answers,
        papers=(GivenPaper(component_key=ORIGINAL, form=PaperForm.ORIGINAL),),
        source=Source.COUNTER,
        receiving_unit_id=unit_id,
        return_form=ReturnForm.COUNTER,
    )
    return TakeIn(dossier=dossier, outcome=Outcome.RECEIVE)
