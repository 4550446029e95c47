"""Nộp hồ sơ: from complete answers to a dossier with a code, a clock and a desk."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from uuid import UUID

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import OpenCase, OpenedCase
from motcua.contexts.documents import public as documents
from motcua.contexts.dossiers import queries
from motcua.contexts.dossiers.actions import fees, numbering
from motcua.contexts.dossiers.actions.drafts import (
    check_at_counter,
    check_level,
    check_mandate,
    open_draft,
)
from motcua.contexts.dossiers.contracts import (
    AT_DESK,
    CHANNEL_OF,
    AnswersIncomplete,
    FileNotYours,
    GivenPaper,
    NationalStatus,
    NotYourDossier,
    PaperForm,
    PapersMissing,
    PaperSource,
    Receipt,
    ReturnForm,
    Source,
    SubmitDossier,
)
from motcua.contexts.dossiers.contracts.counter import GivenOut
from motcua.contexts.dossiers.contracts.receiving import (
    AddressMissing,
    HandoverState,
    PostAddress,
)
from motcua.contexts.dossiers.events import DossierSubmitted
from motcua.contexts.dossiers.models import Dossier, DossierPaper, Handover
from motcua.contexts.dossiers.ports import refused_by_rules
from motcua.contexts.dossiers.queries import assisting, reuse
from motcua.contexts.dossiers.rules import counter, limits, receiving
from motcua.contexts.dossiers.rules import papers as paper_rules
from motcua.contexts.dossiers.rules import place as place_rules
from motcua.contexts.organisations import public as organisations
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import ComponentView, VersionView
from motcua.kernel import db, events
from motcua.kernel.actors import Act, Actor, Role
from motcua.kernel.clearance import NEEDS_CLEARANCE
from motcua.kernel.clock import city_date
from motcua.kernel.codes import WardCode
from motcua.kernel.db import joins_transaction, owns_transaction
from motcua.kernel.forms import (
    Answer,
    Checked,
    FieldError,
    FieldType,
    Form,
    Provenance,
    ProvenanceKind,
    read_sheet,
    sheet_table,
    validate,
    values_of,
)


@owns_transaction
def submit(command: SubmitDossier, *, actor: Actor, now: datetime) -> Receipt:
    """Open a dossier: case, answers, papers, bill, jobs and leaf in one statement.

    Raises: ProcedureNotFound, ProcedureNotOpen, ProcedureNotRunnable, AnswersIncomplete,
    PapersMissing, AddressMissing, UnitNotCompetent, NotYourDossier, ConsentMissing, or the
    pack's refusals.
    Legal: Decree 118/2025/ND-CP (one-stop reception).
    """
    return submit_within(command, actor=actor, now=now)


@owns_transaction
def submit_draft(
    draft_id: UUID, *, entitlements: frozenset[str] = frozenset(), actor: Actor, now: datetime
) -> Receipt:
    """Send a draft. Sent twice, however fast, it becomes one dossier (compare-and-set).

    Raises: as `submit`, and DraftNotFound.
    """
    draft = open_draft(draft_id, actor, now)
    sheet = read_sheet(draft.sheet)
    version = procedures.version(draft.procedure_version_id)
    if draft.applicant_person_id is None:
        raise NotYourDossier("Bản nháp chưa có người nộp. Bạn nhập người nộp trước.")
    command = SubmitDossier(
        procedure_code=version.procedure_code,
        ward_code=draft.ward_code,
        applicant_person_id=draft.applicant_person_id,
        answers=values_of(sheet),
        papers=tuple(
            GivenPaper(
                component_key=p["component_key"],
                source=PaperSource(p["source"]),
                file_id=UUID(p["file_id"]) if p["file_id"] else None,
                form=PaperForm.ELECTRONIC if p["file_id"] else PaperForm.ORIGINAL,
            )
            for p in draft.papers
        ),
        source=Source(draft.source),
        receiving_unit_id=desk_of(actor) if draft.source in AT_DESK else draft.receiving_unit_id,
        return_form=ReturnForm(draft.return_form),
        post_address=PostAddress(**draft.post_address) if draft.post_address else None,
        provenance={key: answer.provenance for key, answer in sheet.items()},
        draft_id=draft.id,
        mandate_id=draft.mandate_id,
        entitlements=entitlements,
        assistance_id=assisting.of_draft(draft.id),
    )
    receipt = submit_within(command, actor=actor, now=now)
    draft.submitted_as = receipt.code
    db.change(draft, "submitted_as", expecting={"submitted_as": "", "version": draft.version})
    return receipt


def desk_of(actor: Actor) -> UUID | None:
    return next(iter(sorted(actor.unit_ids(Role.RECEIVER), key=str)), None)


@joins_transaction
def submit_within(
    command: SubmitDossier,
    *,
    actor: Actor,
    now: datetime,
    on_paper: bool = False,
    without: frozenset[str] = frozenset(),
    given_out: GivenOut | None = None,
    recorded_at: datetime | None = None,
) -> Receipt:
    """`submit` within another action.

    on_paper: the declaration is a paper form at the desk; only what decides is asked now.
    without: papers that are told to be missing. given_out: what a window printed without a
    network; recorded_at: when that came to us.
    """
    _check_right(command, actor)
    if command.return_form is ReturnForm.POST and command.post_address is None:
        raise AddressMissing(field="post_address")
    today = city_date(now)
    version = queries.version_where_decided(
        command.procedure_code, today, command.answers, command.ward_code
    )
    check = deciding_answers if on_paper else checked_answers
    answers = check(version, command.answers, now)
    answers = with_signatures_of(version.form, answers, command.papers)
    _check_papers(version, answers, command, actor, now, without=without)
    ward = place_rules.competent_ward(version.form, answers, otherwise=command.ward_code)
    command = replace(command, ward_code=ward)

    case_name = version.case_for(answers)
    code = given_out.code if given_out else numbering.next_code(now)
    _check_mandates(command, version, code, actor, now)
    desk = command.receiving_unit_id or _desk_of_ward(command.ward_code, now)
    spec = _case(command, version, case_name, code, desk, actor, now)
    opened = casework.open_case(replace(spec, recorded_at=recorded_at), actor=actor, now=now)
    dossier = _dossier(
        command, version, answers, code, case_name, opened, actor, now, on_paper=on_paper
    )
    if given_out:
        dossier.secret = given_out.secret
    invoice_code = fees.ask_known(
        command, version, answers, code=code, case_name=case_name, desk=desk, now=now
    )
    _tell_submitted(command, version, code, actor, now)
    return Receipt(
        code=code,
        secret=dossier.secret,
        submitted_at=now,
        receive_due_at=opened.receive_due_at,
        expected_at=opened.due_at,
        due_sentence=opened.due_sentence,
        invoice_code=invoice_code,
    )


def _check_mandates(
    command: SubmitDossier, version: VersionView, code: str, actor: Actor, now: datetime
) -> None:
    """Raises: MandateRefused, MandateNotFound."""
    check_mandate(actor, Act.SUBMIT, version, about=code, now=now)
    if command.mandate_id is not None:
        check_at_counter(
            command.mandate_id,
            Act.SUBMIT,
            command.applicant_person_id,
            version,
            about=code,
            now=now,
        )


def _tell_submitted(
    command: SubmitDossier, version: VersionView, code: str, actor: Actor, now: datetime
) -> None:
    """The event and the leaf."""
    events.publish(
        DossierSubmitted(
            occurred_at=now,
            subject=code,
            procedure_code=version.procedure_code,
            applicant_person_id=command.applicant_person_id,
        )
    )
    db.record(
        action="dossiers.submit",
        subject=code,
        actor=actor,
        facts={
            "procedure": version.procedure_code,
            "version": version.number,
            "source": command.source,
            "papers": len(command.papers),
        },
    )


def _check_right(command: SubmitDossier, actor: Actor) -> None:
    """One sends for oneself or whom one acts for, a receiver for the person at the desk.

    Raises: NotYourDossier, AssuranceTooLow.
    """
    check_level(actor)
    own = actor.is_party(command.applicant_person_id)
    if not own and not (command.source in AT_DESK and actor.has(Role.RECEIVER)):
        raise NotYourDossier("Bạn chỉ nộp được hồ sơ của chính mình.")


def checked_answers(
    version: VersionView, answers: Mapping[str, object], now: datetime
) -> dict[str, object]:
    """Raises: AnswersIncomplete, with every field and sentence in `facts["errors"]`."""
    checked = _checked(version, answers, now)
    _refuse(
        checked.errors or refused_by_rules(version.procedure_code, checked.cleaned, city_date(now))
    )
    return checked.cleaned


def deciding_answers(
    version: VersionView, answers: Mapping[str, object], now: datetime
) -> dict[str, object]:
    """Of a declaration on paper: what was typed is right, and what decides was. Raises: as above.

    The rules of a pack look at the whole declaration, once it is typed in.
    """
    checked = _checked(version, answers, now)
    _refuse(counter.refused(checked.errors, counter.deciding(version)))
    return checked.cleaned


def _checked(version: VersionView, answers: Mapping[str, object], now: datetime) -> Checked:
    return validate(version.form, answers, today=city_date(now), choices=queries.place_choices(now))


def _refuse(errors: tuple[FieldError, ...]) -> None:
    if errors:
        raise AnswersIncomplete(
            " ".join([AnswersIncomplete.sentence, *(e.message for e in errors[:3])]),
            field=errors[0].path,
            errors=errors,
        )


def with_signatures_of(
    form: Form, answers: dict[str, object], given: Sequence[GivenPaper]
) -> dict[str, object]:
    """A drawing that is not among the papers is none: nobody could look at it."""
    files = {str(paper.file_id) for paper in given}
    found = dict(answers)
    for question in form.questions():
        value = found.get(question.key)
        if question.type is FieldType.SIGNATURE and isinstance(value, Mapping):
            kept = value["file"] if value["file"] in files else ""
            found[question.key] = {**value, "file": kept}
    return found


def _check_papers(
    version: VersionView,
    answers: Mapping[str, object],
    command: SubmitDossier,
    actor: Actor,
    now: datetime,
    *,
    without: frozenset[str],
) -> None:
    """Raises: PapersMissing (naming each), FileNotYours, ResultNotReusable."""
    given = command.papers
    needed, keys = paper_rules.needs(version, answers), {p.component_key for p in given} | without
    lacking = paper_rules.missing(needed, keys, at_desk=actor.is_officer)
    if lacking:
        raise PapersMissing(
            " ".join(n.sentence for n in lacking),
            field=lacking[0].component.key,
            missing=tuple(n.component.key for n in lacking),
        )
    digitised = reuse.digitised_among(given, command.applicant_person_id, now=now)
    check_files(given, actor, reused=digitised)
    reuse.check_still_good(given, now=now)


def check_files(
    given: Sequence[GivenPaper], actor: Actor, *, reused: frozenset[UUID] = frozenset()
) -> None:
    """reused: what was digitised of the applicant before, and still answers for its paper.

    Raises: FileNotYours for a file that the caller neither brought nor owns; FileInfected,
    FileNotScannable.
    """
    wanted = {paper.file_id for paper in given if paper.file_id} - reused
    strange = wanted - documents.own_files(wanted, actor) if wanted else set()
    if strange:
        for file in documents.files_by_id(strange).values():
            documents.check_scanned(file, file.uploaded_by)
        raise FileNotYours


def _desk_of_ward(ward: str, now: datetime) -> UUID:
    return organisations.one_stop_desk(WardCode(ward), city_date(now)).id


def _case(
    command: SubmitDossier,
    version: VersionView,
    case_name: str,
    code: str,
    desk: UUID,
    actor: Actor,
    now: datetime,
) -> OpenCase:
    assert version.process_id is not None
    today = city_date(now)
    competent = queries.competent_for(version, command.ward_code, today)
    return OpenCase(
        kind="dossier",
        code=code,
        party_person_id=command.applicant_person_id,
        subject_code=version.procedure_code,
        field=version.field_code,
        source=command.source,
        process_id=version.process_id,
        clock=limits.clock_spec(version, command.source, case_name, today),
        receiving_unit_id=desk,
        competent_unit_id=competent.authority.id,
        handling_unit_id=competent.division.id,
        supporting_unit_id=desk_of(actor) if command.source is Source.ASSISTED else None,
        status=NationalStatus.REGISTERED,
    )


def _dossier(
    command: SubmitDossier,
    version: VersionView,
    answers: Mapping[str, object],
    code: str,
    case_name: str,
    opened: OpenedCase,
    actor: Actor,
    now: datetime,
    *,
    on_paper: bool,
) -> Dossier:
    said = Provenance(kind=ProvenanceKind.DECLARED, at=now)
    sheet = {k: Answer(v, command.provenance.get(k, said)) for k, v in answers.items()}
    dossier = Dossier(
        case_id=opened.id,
        code=code,
        procedure_version_id=version.id,
        applicant_person_id=command.applicant_person_id,
        submitted_by=actor.account_id,
        mandate_id=actor.mandate.id if actor.mandate else command.mandate_id,
        source=command.source,
        channel=CHANNEL_OF[command.source],
        return_form=command.return_form,
        ward_code=command.ward_code,
        case_name=case_name,
        secret=numbering.new_secret(),
        sheet=sheet_table(sheet),
    )
    db.insert(dossier, *(paper_row(dossier, p, now) for p in command.papers))
    db.insert(*handover_rows(dossier, command.post_address))
    _bind_assistance(command, dossier, actor, now)
    classify_files(version, command.papers)
    brought = {paper.component_key for paper in command.papers}
    for component in version.components_for(answers):
        if component.key not in brought and (component.filled_here or component.replaced_by):
            given = _comes_by_itself(component, on_paper=on_paper)
            db.insert(paper_row(dossier, given, now))
    return dossier


def _bind_assistance(command: SubmitDossier, dossier: Dossier, actor: Actor, now: datetime) -> None:
    """An assisted filing stands on what the person agreed to, once. Raises: ConsentMissing."""
    if command.source is not Source.ASSISTED:
        return
    agreed = assisting.agreed_row(
        command.assistance_id,
        command.procedure_code,
        command.applicant_person_id,
        actor,
        now,
    )
    agreed.dossier_id = dossier.pk
    db.change(agreed, "dossier", expecting={"dossier": None})


def _comes_by_itself(component: ComponentView, *, on_paper: bool) -> GivenPaper:
    """The declaration, filled here or on the paper at the desk; what a register holds."""
    key = component.key
    if not component.filled_here:
        return GivenPaper(component_key=key, source=PaperSource.FROM_DATABASE)
    if on_paper:
        return GivenPaper(component_key=key, source=PaperSource.HANDED_IN, form=PaperForm.ORIGINAL)
    return GivenPaper(component_key=key, source=PaperSource.PRODUCED)


def handover_rows(dossier: Dossier, address: PostAddress | None = None) -> tuple[Handover, ...]:
    """What a result on paper needs: a code for the desk, an address for the post."""
    if dossier.return_form == ReturnForm.ELECTRONIC:
        return ()
    by_post = dossier.return_form == ReturnForm.POST
    row = Handover(
        dossier_id=dossier.case_id,
        code=receiving.new_code(),
        address=asdict(address) if by_post and address else None,
        state=HandoverState.WAITING,
    )
    return (row,)


def classify_files(version: VersionView, papers: Iterable[GivenPaper]) -> None:
    """What a paper says about health asks for more care than an upload nobody knows yet."""
    for given in papers:
        component = version.component(given.component_key)
        if given.file_id and component and component.data_class in NEEDS_CLEARANCE:
            documents.classify(given.file_id, component.data_class)


def paper_row(dossier: Dossier, given: GivenPaper, now: datetime) -> DossierPaper:
    return DossierPaper(
        dossier_id=dossier.case_id,
        component_key=given.component_key,
        source=given.source,
        form=given.form,
        file_id=given.file_id,
        added_at=now,
    )
