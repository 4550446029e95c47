"""Kết quả: the paper a dossier was about, set from its answers, signed and issued."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from motcua.contexts.casework.contracts import CaseView
from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import IssuedKind, IssuedView, SignerInfo
from motcua.contexts.dossiers import queries
from motcua.contexts.dossiers.actions.letters import issue_apology
from motcua.contexts.dossiers.contracts import ResultDataMissing, SignAtTable
from motcua.contexts.dossiers.contracts.initials import InitialView
from motcua.contexts.dossiers.models import Dossier
from motcua.contexts.dossiers.ports import result_template_of
from motcua.contexts.dossiers.queries import initials
from motcua.contexts.dossiers.rules.showing import shown
from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import UnitView
from motcua.contexts.procedures import public as procedures
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date, city_time
from motcua.kernel.db import joins_transaction
from motcua.kernel.forms import read_sheet, values_of
from motcua.kernel.privacy import strictest

__all__ = ["issue_apology", "issue_result", "sign_result", "signer_of"]
SYMBOL = re.compile(r'#head\("([^"]+)"')
PLAIN_SYMBOL = "TB"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """What a corrected result says otherwise, and in place of which it stands.

    number_of: what its own number is taken for.
    """

    answers: dict[str, object]
    number_of: str
    words: str


@joins_transaction
def sign_result(
    dossier: Dossier,
    case: CaseView,
    key: documents.SigningKey | None,
    *,
    actor: Actor,
    now: datetime,
    mended: Mended | None = None,
) -> None:
    """Set the paper and sign it with the officer's key; without an open key, with the one that this
    installation keeps. A procedure without a template has nothing to sign. mended: a correction.

    Raises: SignAtTable, KeyRefused, StoreUnavailable.
    """
    version = procedures.version(dossier.procedure_version_id)
    template = result_template_of(version.procedure_code)
    if not template or dossier.signed_by is None:
        return
    unit = organisations.unit_by_id(case.competent_unit_id)
    signer = signer_of(dossier.signed_by, unit, dossier.signed_at or now)
    with _opened(key, signer, now) as opened:
        verify_code = documents.new_verify_code()
        number = documents.take_number(
            mended.number_of if mended else dossier.code,
            unit_code=unit.code,
            symbol=symbol_of(template),
            now=now,
        )
        initialled = () if mended else initials_on(dossier, case, now=now)
        paper = _paper(dossier, unit, signer, number, now, mended, initialled)
        pdf = documents.render_result(template, paper, verify_code=verify_code)
        documents.sign(
            IssuedKind.RESULT,
            pdf,
            opened,
            subject=dossier.code,
            owner_person_id=dossier.applicant_person_id,
            title=version.results[0] if version.results else version.name,
            signer=signer,
            now=now,
            verify_code=verify_code,
            by=actor,
            data_class=strictest(q.data_class for q in version.form.questions()),
        )


def check_signs_here(dossier: Dossier) -> None:
    """Whether a step may sign without the officer's PIN. Raises: SignAtTable."""
    version = procedures.version(dossier.procedure_version_id)
    if result_template_of(version.procedure_code) and documents.asks_pin():
        raise SignAtTable


def draft_of(dossier: Dossier, case: CaseView, officer_id: UUID | None, *, now: datetime) -> bytes:
    """The paper as it will be signed, without number and code. officer_id: who signs, if known.

    Raises: ResultDataMissing.
    """
    version = procedures.version(dossier.procedure_version_id)
    template = result_template_of(version.procedure_code)
    if not template:
        raise ResultDataMissing
    unit = organisations.unit_by_id(case.competent_unit_id)
    signer = signer_of(officer_id, unit, now) if officer_id else None
    paper = _paper(dossier, unit, signer, None, now)
    return documents.render_result(template, paper)


def digest_of(dossier: Dossier, case: CaseView, *, now: datetime) -> str:
    """Of all that the draft says and how it is set, but who signs it, when, under which number."""
    version = procedures.version(dossier.procedure_version_id)
    unit = organisations.unit_by_id(case.competent_unit_id)
    said = _content(dossier, unit, now) | {"template": result_template_of(version.procedure_code)}
    return sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def initials_on(dossier: Dossier, case: CaseView, *, now: datetime) -> tuple[InitialView, ...]:
    """Who initialled, and whose initial the draft as it is now still bears out."""
    if not initials.are_there(dossier):
        return ()
    return initials.initials_of(dossier, digest_of(dossier, case, now=now))


@contextmanager
def _opened(
    key: documents.SigningKey | None, signer: SignerInfo, now: datetime
) -> Iterator[documents.SigningKey]:
    """Raises: SignAtTable."""
    if key is not None:
        yield key
        return
    if documents.asks_pin():
        raise SignAtTable
    with documents.open_key(signer, "", now=now) as kept:
        yield kept


@joins_transaction
def issue_result(dossier: Dossier, case: CaseView, *, actor: Actor, now: datetime) -> IssuedView:
    """What was signed in the SIGN step gets the agency's seal and goes into the wallet.

    Raises: ResultDataMissing (no template), SignedNotFound, StoreUnavailable.
    """
    if not documents.is_signed(dossier.code) and not documents.asks_pin():
        # Signed before signatures were made in their own step: the paper is made now.
        sign_result(dossier, case, None, actor=actor, now=now)
        if not documents.is_signed(dossier.code):
            raise ResultDataMissing
    return documents.seal(dossier.code, by=actor, now=now)


def symbol_of(template: str) -> str:
    """The symbol behind the number, as the template prints it."""
    found = SYMBOL.search(template)
    return found[1] if found else PLAIN_SYMBOL


def signer_of(officer_id: UUID, unit: UnitView, at: datetime) -> SignerInfo:
    officer = organisations.officers_by_id([officer_id])[officer_id]
    signing = organisations.signing_of(officer_id, unit.id, city_date(at))
    return SignerInfo(
        key=officer_id,
        full_name=officer.full_name,
        position=signing.title if signing else "",
        unit_code=unit.code,
        unit_name=unit.name,
        capacity="\n".join(signing.lines) if signing else "",
    )


def _paper(
    dossier: Dossier,
    unit: UnitView,
    signer: SignerInfo | None,
    number: int | None,
    now: datetime,
    mended: Mended | None = None,
    initialled: tuple[InitialView, ...] = (),
) -> dict[str, object]:
    """What the draft says, by whom it is signed and under which number."""
    said = (
        {
            "name": signer.full_name,
            "title": signer.position,
            "capacity": signer.capacity,
            "signed_at": "" if number is None else f"{city_time(now):%H:%M %d/%m/%Y}",
        }
        if signer
        else {}
    )
    return _content(dossier, unit, now, mended) | {
        "number": "……" if number is None else f"{number:02d}",
        "date": city_date(now).isoformat(),
        "signer": said,
        "initials": [
            f"{one.full_name}, {one.position}, {city_time(one.at):%H:%M %d/%m/%Y}"
            for one in initialled
            if one.holds
        ],
    }


def _content(
    dossier: Dossier, unit: UnitView, now: datetime, mended: Mended | None = None
) -> dict[str, object]:
    version = procedures.version(dossier.procedure_version_id)
    answers = values_of(read_sheet(dossier.sheet)) | (mended.answers if mended else {})
    person = identity.person(dossier.applicant_person_id)
    above = organisations.units_above(unit.id)
    return {
        "superior": above[0].name if above else "",
        "agency": unit.name,
        "place": "Thành phố Hồ Chí Minh",
        "dossier_code": dossier.code,
        "procedure": version.name,
        "applicant": {
            "full_name": person.full_name,
            "personal_number": identity.personal_number_of(person.id),
            "born_on": person.born_on.isoformat() if person.born_on else "",
            "address": person.address_text,
        },
        "filed_by": queries.filed_by(dossier, now=now),
        "replaces": mended.words if mended else "",
        "answers": answers,
        "shown": shown(version.form, answers, queries.ward_name),
    }
