"""Tra cứu công khai: code and secret of the receipt show the state, never a person."""

import hmac
from datetime import datetime, timedelta

from motcua.contexts.casework import public as casework
from motcua.contexts.dossiers.contracts import (
    PLAIN_STATUS,
    DossierNotFound,
    NationalStatus,
    PublicStatus,
    TooManyTries,
)
from motcua.contexts.dossiers.models import Dossier, FailedLookUp
from motcua.contexts.dossiers.queries.stages import stages_of
from motcua.contexts.organisations import public as organisations
from motcua.contexts.procedures import public as procedures
from motcua.kernel.codes import DossierCode
from motcua.kernel.crypto import blind_index

TRIES = 10
WINDOW = timedelta(minutes=10)


def track(code: str, secret: str, *, now: datetime, client: str) -> PublicStatus:
    """Raises: DossierNotFound (wrong code and wrong secret sound the same), TooManyTries."""
    who = blind_index(client, scope="look-up")
    if FailedLookUp.objects.filter(client=who, at__gt=now - WINDOW).count() >= TRIES:
        raise TooManyTries
    row = (
        Dossier.objects.filter(code=DossierCode(code)).first() if DossierCode.parses(code) else None
    )
    given = secret.strip().upper()
    if row is None or not hmac.compare_digest(row.secret.encode(), given.encode()):
        FailedLookUp.objects.create(client=who, at=now)
        raise DossierNotFound("Mã hồ sơ hoặc mã tra cứu không đúng. Cả hai in trên giấy hẹn.")
    case = casework.case_by_id(row.case_id)
    derivation, _days = casework.clock_of(row.code, as_of=now)
    return PublicStatus(
        code=row.code,
        procedure_name=procedures.version(row.procedure_version_id).name,
        status=NationalStatus(case.status),
        status_text=PLAIN_STATUS[NationalStatus(case.status)],
        competent_unit=organisations.unit_by_id(case.competent_unit_id).name,
        submitted_at=case.opened_at,
        due_at=derivation.due_at,
        due_sentence=derivation.sentence,
        stages=stages_of(case, casework.tasks_of(case), now=now),
        timeliness=derivation.timeliness,
        left_text=derivation.left_text,
    )
