"""Nộp giúp: asked, answered, filed, told, and perhaps denied; a row for each of it."""

import hmac
from datetime import datetime
from uuid import UUID

from motcua.contexts.casework import public as casework
from motcua.contexts.dossiers.actions.applicant import withdraw_within
from motcua.contexts.dossiers.contracts.assisting import (
    CODE_HOLDS,
    CODE_TRIES,
    Answered,
    AskConsent,
    CodeNotSent,
    Consent,
    ConsentAnswered,
    ConsentAsked,
    DeniedBefore,
    Identified,
    NoPhoneForCode,
    NotAssisted,
)
from motcua.contexts.dossiers.contracts.refusals import NotYourDossier
from motcua.contexts.dossiers.events import AssistanceDenied
from motcua.contexts.dossiers.models import Assistance
from motcua.contexts.dossiers.queries import assisting as queries
from motcua.contexts.dossiers.queries import dossier_row, runnable_version
from motcua.contexts.dossiers.rules.assisting import told_keys
from motcua.contexts.dossiers.rules.statuses import WITHDRAWABLE
from motcua.contexts.exchange import public as exchange
from motcua.contexts.identity import public as identity
from motcua.kernel import db, events
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import city_date
from motcua.kernel.db import owns_transaction
from motcua.kernel.text import nfc

CODE_TEXT = (
    "Mã đồng ý nộp giúp: {code}. Bạn đồng ý thì đọc mã cho cán bộ ở quầy. Hết hạn sau 10 phút."
)
DENIAL = "Người nộp báo không nộp hồ sơ này."
NOTE = 500


@owns_transaction
def ask_consent(command: AskConsent, *, actor: Actor, now: datetime) -> ConsentAsked:
    """Before anything of the person is asked of a register or typed.

    Raises: NotYourDossier, ProcedureNotFound, ProcedureNotOpen, ProcedureNotRunnable.
    """
    desks = sorted(actor.unit_ids(Role.RECEIVER), key=str)
    if not desks or actor.account_id is None or actor.officer_id is None:
        raise NotYourDossier("Chỉ cán bộ tiếp nhận nộp giúp được.")
    version = runnable_version(command.procedure_code, city_date(now), command.ward_code)
    row = Assistance(
        person_id=command.person_id,
        applicant_id=command.applicant_id,
        mandate_id=command.mandate_id,
        procedure_code=command.procedure_code,
        ward_code=command.ward_code,
        account_id=actor.account_id,
        officer_id=actor.officer_id,
        unit_id=desks[0],
        told=list(told_keys(version)),
        asked_at=now,
    )
    db.insert(row)
    _note("ask_consent", row, actor, procedure=command.procedure_code)
    return ConsentAsked(assistance_id=row.id)


@owns_transaction
def send_code(assistance_id: UUID, code: str, *, actor: Actor, now: datetime) -> None:
    """To the telephone that the city knows of this very person, never to one that is typed now.

    Raises: AssistanceNotFound, ConsentAnswered, NoPhoneForCode.
    """
    row = _unanswered(assistance_id, actor, now)
    phone = identity.contact_of(row.person_id).phone
    if not phone:
        raise NoPhoneForCode(field="consent")
    row.code, row.code_sent_at, row.tries = code, now, 0
    db.change(row, "code", "code_sent_at", "tries", expecting={"consent": ""})
    exchange.send(
        "sms",
        "send",
        {"to": phone, "text": CODE_TEXT.format(code=code)},
        key=f"assistance-{row.id}-{now.isoformat()}",
        purpose="CONSENT",
        actor=actor,
        now=now,
        urgent=True,
    )
    _note("send_consent_code", row, actor)


@owns_transaction
def answer_consent(
    assistance_id: UUID,
    consent: Consent,
    *,
    identified: Identified,
    code: str = "",
    actor: Actor,
    now: datetime,
) -> Answered:
    """What the person said. A wrong code counts as a try and leaves it open.

    Raises: AssistanceNotFound, ConsentAnswered, CodeNotSent.
    """
    row = _unanswered(assistance_id, actor, now)
    if consent is Consent.CODE and not _fits(row, code, now):
        row.tries += 1
        db.change(row, "tries", expecting={"consent": ""})
        _note("wrong_consent_code", row, actor)
        return Answered(agreed=False, left=CODE_TRIES - row.tries)
    row.identified, row.consent, row.answered_at, row.code = identified, consent, now, None
    db.change(row, "identified", "consent", "answered_at", "code", expecting={"consent": ""})
    _note("answer_consent", row, actor, consent=consent, identified=identified)
    return Answered(agreed=consent is not Consent.REFUSED)


def _fits(row: Assistance, code: str, now: datetime) -> bool:
    held, since = row.code, row.code_sent_at
    if not held or since is None or now > since + CODE_HOLDS or row.tries >= CODE_TRIES:
        raise CodeNotSent(field="code")
    return hmac.compare_digest(held, "".join(code.split()))


def _unanswered(assistance_id: UUID, actor: Actor, now: datetime) -> Assistance:
    row = queries.own_row(assistance_id, actor, now=now)
    if row.consent:
        raise ConsentAnswered
    return row


@owns_transaction
def deny(code: str, note: str, *, actor: Actor, now: datetime) -> None:
    """«Tôi không nộp hồ sơ này»: it goes no further, and others than the helper look into it.

    Raises: DossierNotFound, NotYourDossier, NotAssisted, DeniedBefore.
    """
    dossier = dossier_row(code, actor, now=now)
    if actor.mandate is not None or not actor.is_party(dossier.applicant_person_id):
        raise NotYourDossier
    row = queries.row_of(dossier)
    if row is None:
        raise NotAssisted
    if row.denied_at is not None:
        raise DeniedBefore
    row.denied_at, row.denied_note = now, nfc(note.strip())[:NOTE] or None
    db.change(row, "denied_at", "denied_note", expecting={"denied_at": None})
    stopped = casework.case_by_id(dossier.case_id).status in WITHDRAWABLE
    if stopped:
        withdraw_within(dossier, DENIAL, actor=actor, now=now)
    events.publish(AssistanceDenied(occurred_at=now, subject=code, assistance_id=row.id))
    _note("deny_assistance", row, actor, code=code, stopped=stopped)


def _note(what: str, row: Assistance, actor: Actor, **facts: object) -> None:
    db.record(action=f"dossiers.{what}", subject=str(row.id), actor=actor, facts=facts)
