"""What dossiers add to the contexts below: policies of files and bills, where open work goes."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, F, Func, OuterRef, Q, UUIDField

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import CaseUnits
from motcua.contexts.documents import public as documents
from motcua.contexts.dossiers.contracts import AT_DESK
from motcua.contexts.dossiers.models import Dossier, DossierPaper, Draft, SiteNote
from motcua.contexts.dossiers.policies import DossierPolicy
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import NobodyHoldsRole, UnitNotCompetent
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import ProcedureNotOpen
from motcua.kernel import reasons
from motcua.kernel.access import NOTHING
from motcua.kernel.actors import Act, Actor, Role


class FilesOfDossiers:
    """Whoever may open a dossier reads its papers, its messages' files and what is issued on it."""

    sentence = "Tệp này thuộc hồ sơ bạn được xem."

    def predicate(self, actor: Actor, *, now: datetime) -> Q:
        seen = reasons.opened(Dossier.objects.all(), actor, DossierPolicy, now=now)
        papers = DossierPaper.objects.filter(file=OuterRef("pk"), dossier__in=seen)
        issued = documents.issued_about(
            seen.order_by().values("code"), results=actor.may(Act.RECEIVE)
        )
        sent = casework.file_was_sent(in_cases=seen.order_by().values("pk"))
        noted = SiteNote.objects.filter(file=OuterRef("pk"), visit__dossier__in=seen)
        return Q(Exists(papers)) | Q(issued) | Q(sent) | Q(Exists(noted))


class FilesInUse:
    """Papers, also replaced ones; what drafts hold; what was sent or noted somewhere."""

    def predicate(self, account_id: UUID | None = None) -> Q:
        drafts = Draft.objects.exclude(papers=[])
        if account_id is not None:
            drafts = drafts.filter(account_id=account_id)
        each = Func(
            F("papers"),
            template="(jsonb_path_query(%(expressions)s, '$[*].file_id ? (@ != null)')"
            " #>> '{}')::uuid",
            output_field=UUIDField(),
        )
        return (
            Q(Exists(DossierPaper.objects.filter(file=OuterRef("pk"))))
            | Q(Exists(SiteNote.objects.filter(file=OuterRef("pk"))))
            | Q(pk__in=drafts.values_list(each, flat=True))
            | Q(casework.file_was_sent(by_account=account_id))
        )


class EvidenceAtTheDesk:
    """Whoever fills a draft for somebody may use what was digitised of that person before."""

    sentence = "Bạn đang nộp giúp người có giấy này."

    def predicate(self, actor: Actor, *, now: datetime) -> Q:
        if not actor.is_officer or actor.account_id is None:
            return NOTHING
        drafts = Draft.objects.filter(
            account_id=actor.account_id, source__in=AT_DESK, submitted_as=""
        )
        return Q(owner_person_id__in=drafts.order_by().values("applicant_person_id"))


class FilesOfHelped:
    """Files of such papers, so that who may use them may look at them."""

    sentence = "Bạn đang nộp giúp người có giấy này."

    def predicate(self, actor: Actor, *, now: datetime) -> Q:
        if not actor.is_officer:
            return NOTHING
        return documents.is_evidence(EvidenceAtTheDesk().predicate(actor, now=now), now=now)


def about_dossiers(actor: Actor, now: datetime) -> Q:
    """Whoever may open a dossier may see its bill and, in the applicant's name, its messages."""
    seen = reasons.opened(Dossier.objects.all(), actor, DossierPolicy, now=now)
    return Q(subject__in=seen.order_by().values("code"))


def units_after_act(subject_code: str, heirs: CaseUnits, on: date) -> CaseUnits:
    """Open work follows competence: who decides this procedure in the heir's commune by now."""
    desk, heir = _desk_at(heirs.receiving, on), organisations.unit_by_id(heirs.competent)
    try:
        competent = organisations.competent_unit(
            subject=subject_code,
            level="COMMUNE" if heir.ward_code else "CITY",
            field=agency_key_of(subject_code, on),
            ward=heir.ward_code,
            on=on,
        )
    except (UnitNotCompetent, ProcedureNotOpen):
        return replace(heirs, receiving=desk)
    return CaseUnits(desk, competent.authority.id, competent.division.id, heirs.supporting)


def agency_key_of(subject_code: str, on: date) -> str:
    """By which key competence for a procedure is looked up."""
    return procedures.open_version(subject_code, on).agency_key


def _desk_at(unit_id: UUID, on: date) -> UUID:
    try:
        return organisations.unit_for_role(unit_id, Role.RECEIVER, on).id
    except NobodyHoldsRole:
        return unit_id


def desk_of(subject: str) -> UUID | None:
    """The desk that took the dossier in brings paper about it."""
    rows = Dossier.objects.filter(code=subject).order_by("pk")
    return rows.values_list("case__receiving_unit_id", flat=True).first()
