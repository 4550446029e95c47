"""Before and right after sending: drafts, what is missing, what it costs, when it is due."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from motcua.contexts.casework import public as casework
from motcua.contexts.documents import public as documents
from motcua.contexts.dossiers.contracts import (
    CHANNEL_OF,
    DraftNotFound,
    DraftPaper,
    DraftView,
    PaperSource,
    ProcedureNotRunnable,
    Receipt,
    ReturnForm,
    Source,
)
from motcua.contexts.dossiers.contracts.receiving import PostAddress
from motcua.contexts.dossiers.models import Dossier, Draft
from motcua.contexts.dossiers.policies import DraftPolicy
from motcua.contexts.dossiers.ports import refused_by_rules
from motcua.contexts.dossiers.queries.papers import paper_name
from motcua.contexts.dossiers.queries.places import place_choices
from motcua.contexts.dossiers.rules import limits
from motcua.contexts.dossiers.rules import papers as paper_rules
from motcua.contexts.dossiers.rules import place as place_rules
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import CompetentView
from motcua.contexts.payments import public as payments
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import (
    DurationNotSet,
    FeeLine,
    Level,
    ProcedureNotOpen,
    Routing,
    VersionView,
)
from motcua.kernel import access
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.kernel.codes import WardCode
from motcua.kernel.forms import FieldError, Sheet, read_sheet, validate, values_of

FOLLOWED_ONLY = (
    "Thủ tục này giải quyết trên hệ thống của bộ, ngành trung ương. Bạn nộp tại Cổng Dịch vụ công "
    "quốc gia hoặc tại quầy; ở đây chỉ theo dõi được tiến độ."
)
CLOSED = (
    "Thành phố tạm ngừng nhận thủ tục này trên mạng. Bạn nộp tại bộ phận Một cửa bất kỳ; "
    "trang của thủ tục ghi vì sao."
)
DEPENDS = "Thời hạn tùy trường hợp. Bạn điền tiếp, trang này sẽ báo ngày hẹn."


def runnable_version(procedure_code: str, on: date, ward: str = "") -> VersionView:
    """The version that can be filed here that day; ward: the commune that decides, if known.

    Raises: ProcedureNotFound, ProcedureNotOpen, ProcedureNotRunnable (saying where to file).
    """
    version = procedures.open_version(procedure_code, on, ward)
    if version.routing is Routing.MINISTRY_SYSTEM:
        raise ProcedureNotRunnable(FOLLOWED_ONLY)
    if version.closed:
        raise ProcedureNotRunnable(CLOSED)
    if not version.is_runnable:
        raise ProcedureNotRunnable
    return version


def fitting_version(pinned: VersionView, answers: Sheet, ward: str, on: date) -> VersionView:
    """The version that these answers will be sent by: a commune may be trying out another one."""
    return version_for(pinned, values_of(answers), ward, on)


def version_for(
    pinned: VersionView, answers: Mapping[str, object], ward: str, on: date
) -> VersionView:
    """The same for plain answers."""
    competent = place_rules.competent_ward(pinned.form, answers, otherwise=ward)
    try:
        return runnable_version(pinned.procedure_code, on, competent)
    except (ProcedureNotOpen, ProcedureNotRunnable):
        return pinned


def draft_view(draft_id: UUID, actor: Actor, *, now: datetime) -> DraftView:
    """Raises: DraftNotFound."""
    return _view(open_draft(draft_id, actor, now=now))


def open_draft(draft_id: UUID, actor: Actor, *, now: datetime) -> Draft:
    """A draft that is not sent yet. Raises: DraftNotFound."""
    row = _drafts(actor, now).filter(pk=draft_id, submitted_as="").first()
    if row is None:
        raise DraftNotFound
    return row


def _drafts(actor: Actor, now: datetime) -> "QuerySet[Draft]":
    return access.visible(Draft.objects.all(), actor, DraftPolicy, now=now)


def drafts_of(actor: Actor, *, now: datetime, limit: int = 20) -> tuple[DraftView, ...]:
    """Newest first."""
    rows = _drafts(actor, now).filter(submitted_as="")
    return tuple(_view(row) for row in rows.order_by("-saved_at")[:limit])


def _view(row: Draft) -> DraftView:
    version = procedures.version(row.procedure_version_id)
    sheet = read_sheet(row.sheet)
    files = documents.files_by_id([UUID(p["file_id"]) for p in row.papers if p["file_id"]])
    return DraftView(
        id=row.id,
        version=version,
        answers=values_of(sheet) | row.typed,
        provenance={key: answer.provenance for key, answer in sheet.items()},
        ward_code=row.ward_code,
        source=Source(row.source),
        applicant_person_id=row.applicant_person_id,
        assisted_by=None if row.source == Source.CITY_APP else row.account_id,
        papers=tuple(
            DraftPaper(
                component_key=p["component_key"],
                name=paper_name(version, p["component_key"]),
                source=PaperSource(p["source"]),
                file=files.get(UUID(p["file_id"])) if p["file_id"] else None,
                as_it_is=bool(p.get("as_it_is")),
            )
            for p in row.papers
        ),
        return_form=ReturnForm(row.return_form),
        post_address=PostAddress(**row.post_address) if row.post_address else None,
        saved_at=row.saved_at,
        saved_version=row.version,
        register_trouble=row.register_trouble,
        receiving_unit_id=row.receiving_unit_id,
        competent_ward=place_rules.competent_ward(
            version.form, values_of(sheet), otherwise=row.ward_code
        ),
    )


def missing_of(draft: DraftView, *, now: datetime) -> tuple[tuple[str, str], ...]:
    """(question or component key, sentence) of everything that still keeps it from being sent."""
    checked = validate(
        draft.version.form, draft.answers, today=city_date(now), choices=place_choices(now)
    )
    rules = refused_by_rules(draft.version.procedure_code, checked.cleaned, city_date(now))
    found = [(error.path, error.message) for error in (*checked.errors, *rules)]
    needed = paper_rules.needs(draft.version, checked.cleaned)
    given = {p.component_key for p in draft.papers}
    lacking = paper_rules.missing(needed, given, at_desk=draft.assisted_by is not None)
    return (*found, *((n.component.key, n.sentence) for n in lacking))


def at_odds(draft: DraftView, page_key: str, *, now: datetime) -> tuple[FieldError, ...]:
    """Answers of one page that do not agree with what was said so far: told while it is open."""
    page = draft.version.form.page(page_key)
    asked = {question.key for question in page.questions} if page else set()
    today = city_date(now)
    said = validate(draft.version.form, draft.answers, today=today).cleaned
    found = refused_by_rules(draft.version.procedure_code, said, today)
    return tuple(error for error in found if error.path.split(".")[0] in asked)


def expected_fees(draft: DraftView) -> tuple[FeeLine, ...]:
    channel = CHANNEL_OF[draft.source].name
    case = draft.version.case_for(draft.answers)
    return procedures.fee_items(draft.version, draft.answers, channel=channel, case=case)


def version_where_decided(
    procedure_code: str, on: date, answers: Mapping[str, object], ward: str
) -> VersionView:
    """In force that day where it is decided: that commune may be trying out another version.

    Raises: as `runnable_version`.
    """
    general = runnable_version(procedure_code, on, ward)
    return runnable_version(
        procedure_code, on, place_rules.competent_ward(general.form, answers, otherwise=ward)
    )


def competent_for(version: VersionView, ward: str, on: date) -> CompetentView:
    """Who decides it there. Raises: UnitNotCompetent."""
    return organisations.competent_unit(
        subject=version.procedure_code,
        level="COMMUNE" if Level.COMMUNE in version.levels else "CITY",
        field=version.agency_key,
        ward=WardCode(ward),
        on=on,
    )


def promise(draft: DraftView, *, now: datetime) -> str:
    """When the result may be expected, explained before sending."""
    version, today = draft.version, city_date(now)
    try:
        spec = limits.clock_spec(version, draft.source, version.case_for(draft.answers), today)
    except DurationNotSet:
        return DEPENDS
    ward = WardCode(draft.competent_ward)
    competent = competent_for(version, ward, today)
    desk_id = draft.receiving_unit_id or organisations.one_stop_desk(ward, today).id
    return casework.promise(spec, desk_id=desk_id, authority_id=competent.authority.id, sent_at=now)


def desk_name(draft: DraftView, *, now: datetime) -> str:
    """The desk that will receive it."""
    if draft.receiving_unit_id:
        return organisations.unit_by_id(draft.receiving_unit_id).name
    return organisations.one_stop_desk(WardCode(draft.competent_ward), city_date(now)).name


def receipt_of(row: Dossier) -> Receipt:
    """The receipt of a dossier sent before, for its applicant."""
    case = casework.case_by_id(row.case_id)
    invoice = payments.invoice_of(row.code)
    sentence = casework.promise(
        case.clock,
        desk_id=case.receiving_unit_id,
        authority_id=case.competent_unit_id,
        sent_at=case.opened_at,
    )
    return Receipt(
        code=row.code,
        secret=row.secret,
        submitted_at=case.opened_at,
        receive_due_at=case.receive_due_at,
        expected_at=case.due_at,
        due_sentence=sentence,
        invoice_code=invoice.code if invoice else "",
    )


def sent_before(draft_id: UUID, actor: Actor, *, now: datetime) -> Dossier | None:
    """The dossier that one's draft became; None when it was never sent."""
    drafts = _drafts(actor, now).filter(pk=draft_id)
    code = drafts.values_list("submitted_as", flat=True).first()
    return Dossier.objects.filter(code=code).first() if code else None
