"""Kết quả: the paper a dossier was about, set from its answers, signed and issued."""

from datetime import datetime
from uuid import UUID

from motcua.contexts.casework.contracts import CaseView
from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import IssuedKind, IssuedView, SignerInfo
from motcua.contexts.dossiers import queries
from motcua.contexts.dossiers.actions.letters import issue_apology
from motcua.contexts.dossiers.contracts import ResultDataMissing
from motcua.contexts.dossiers.models import Dossier
from motcua.contexts.dossiers.ports import result_template_of
from motcua.contexts.dossiers.rules.showing import shown
from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import UnitView
from motcua.contexts.procedures import public as procedures
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.kernel.db import joins_transaction
from motcua.kernel.forms import read_sheet, values_of
from motcua.kernel.privacy import strictest

__all__ = ["issue_apology", "issue_result"]


@joins_transaction
def issue_result(dossier: Dossier, case: CaseView, *, actor: Actor, now: datetime) -> IssuedView:
    """Signed by whoever took the SIGN step, sealed by the agency, put into the wallet.

    Raises: ResultDataMissing (no template), StoreUnavailable.
    """
    version = procedures.version(dossier.procedure_version_id)
    template = result_template_of(version.procedure_code)
    if not template or dossier.signed_by is None:
        raise ResultDataMissing
    unit = organisations.unit_by_id(case.competent_unit_id)
    signer = _signer(dossier.signed_by, unit, dossier.signed_at or now)
    verify_code = documents.new_verify_code()
    pdf = documents.render_result(
        template, _paper(dossier, unit, signer, now), verify_code=verify_code
    )
    return documents.issue(
        IssuedKind.RESULT,
        pdf,
        subject=dossier.code,
        owner_person_id=dossier.applicant_person_id,
        title=version.results[0] if version.results else version.name,
        signer=signer,
        now=now,
        verify_code=verify_code,
        by=actor,
        data_class=strictest(q.data_class for q in version.form.questions()),
    )


def _signer(officer_id: UUID, unit: UnitView, at: datetime) -> SignerInfo:
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
    dossier: Dossier, unit: UnitView, signer: SignerInfo, now: datetime
) -> dict[str, object]:
    version = procedures.version(dossier.procedure_version_id)
    answers = values_of(read_sheet(dossier.sheet))
    person = identity.person(dossier.applicant_person_id)
    above = organisations.units_above(unit.id)
    return {
        "superior": above[0].name if above else "",
        "agency": unit.name,
        "number": dossier.code[-7:].lstrip("0"),
        "place": "Thành phố Hồ Chí Minh",
        "date": city_date(now).isoformat(),
        "dossier_code": dossier.code,
        "procedure": version.name,
        "signer": {
            "name": signer.full_name,
            "title": signer.position,
            "capacity": signer.capacity,
        },
        "applicant": {
            "full_name": person.full_name,
            "personal_number": identity.personal_number_of(person.id),
            "born_on": person.born_on.isoformat() if person.born_on else "",
            "address": person.address_text,
        },
        "filed_by": queries.filed_by(dossier, now=now),
        "answers": answers,
        "shown": shown(version.form, answers, queries.ward_name),
    }
