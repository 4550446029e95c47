"""Nhận tại quầy: what a reception of a procedure would mean, before anybody presses the key."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import OPEN_PHASES, ActionKind, NotYourStep, Phase
from motcua.contexts.dossiers.contracts import CHANNEL_OF, PaperSource, Source
from motcua.contexts.dossiers.models import Dossier, DossierPaper
from motcua.contexts.dossiers.queries.one import may_fix_fee
from motcua.contexts.dossiers.queries.places import place_choices
from motcua.contexts.dossiers.queries.sending import competent_for, version_where_decided
from motcua.contexts.dossiers.rules import counter, limits
from motcua.contexts.dossiers.rules import place as place_rules
from motcua.contexts.dossiers.rules.papers import Need, needs
from motcua.contexts.organisations import public as organisations
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import DurationNotSet, FeeLine, VersionView
from motcua.kernel.actors import Actor
from motcua.kernel.calendar import SAME_DAY_CUT_OFF
from motcua.kernel.clock import city_date, start_of_day
from motcua.kernel.forms import read_sheet, validate, values_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What is due if it is received at that moment. due_at None: words of the law, no date."""

    version: VersionView
    needs: tuple[Need, ...]
    fees: tuple[FeeLine, ...]
    due_at: datetime | None

    @property
    def fee_dong(self) -> int | None:
        """None while a fee is for an officer to read in a table."""
        if any(line.amount is None for line in self.fees):
            return None
        return sum(line.amount or 0 for line in self.fees)


def quote(
    procedure_code: str, answers: Mapping[str, object], *, ward_code: str, at: datetime
) -> Quote:
    """answers: as typed. Raises: ProcedureNotFound, ProcedureNotOpen, ProcedureNotRunnable,
    UnitNotCompetent.
    """
    today = city_date(at)
    version = version_where_decided(procedure_code, today, answers, ward_code)
    answers = validate(version.form, answers, today=today, choices=place_choices(at)).cleaned
    case_name = version.case_for(answers)
    channel = CHANNEL_OF[Source.COUNTER].name
    return Quote(
        version=version,
        needs=needs(version, answers),
        fees=procedures.fee_items(version, answers, channel=channel, case=case_name),
        due_at=_due(version, answers, case_name, ward_code, at),
    )


def _due(
    version: VersionView, answers: Mapping[str, object], case_name: str, ward: str, at: datetime
) -> datetime | None:
    try:
        spec = limits.clock_spec(version, Source.COUNTER, case_name, city_date(at))
    except DurationNotSet:
        return None
    ward = place_rules.competent_ward(version.form, answers, otherwise=ward)
    competent = competent_for(version, ward, city_date(at))
    return casework.first_due(spec, organisations.calendar_of(competent.authority.id), at)


def open_dossier_of(person_ids: Collection[UUID], procedure_code: str) -> str:
    """The code of a dossier of these people for this procedure that is not ended; "" for none."""
    open_ones = Dossier.objects.filter(
        applicant_person_id__in=person_ids,
        case__subject_code=procedure_code,
        case__phase__in=OPEN_PHASES,
    )
    return open_ones.order_by("-case_id").values_list("code", flat=True).first() or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueSpan:
    """Whoever is received from `start` until before `end` gets this due date, proved."""

    start: datetime
    end: datetime
    due_at: datetime


def due_spans(
    version: VersionView, case_name: str, *, ward_code: str, on: date
) -> tuple[DueSpan, ...]:
    """The due dates of one day of reception, for a window that cannot ask.

    A due date never goes back when one is received later (facts 15.3.3): equal at both ends of a
    span, it is the same in between. Where the ends differ nothing is promised.
    """
    midnight = start_of_day(on)
    cuts = (midnight, midnight.replace(hour=SAME_DAY_CUT_OFF.hour), midnight + timedelta(days=1))
    found = []
    for start, end in pairwise(cuts):
        first = _due(version, {}, case_name, ward_code, start)
        last = _due(version, {}, case_name, ward_code, end - timedelta(minutes=1))
        if first is not None and first == last:
            found.append(DueSpan(start=start, end=end, due_at=first))
    return tuple(found)


def check_may_type_in(dossier: Dossier, actor: Actor, *, now: datetime) -> None:
    """The receiving desk, or whoever holds the step, has the paper, until the result is signed.

    What people declared themselves nobody else writes over. Raises: NotYourStep.
    """
    case = casework.case_by_id(dossier.case_id)
    if not may_fix_fee(case, actor, now=now):
        raise NotYourStep
    if not _came_on_paper(dossier):
        raise NotYourStep(
            "Người nộp tự khai hồ sơ này, không có tờ khai giấy để nhập. Cần sửa thì bạn yêu cầu "
            "người nộp bổ sung."
        )
    step = casework.process_table(case.process_id).step(case.step)
    signed = any(action.kind is ActionKind.ISSUE for action in step.actions)
    if signed or case.phase is Phase.DECIDED:
        raise NotYourStep("Kết quả đã ký theo tờ khai này. Cần sửa thì người ký đính chính.")


def _came_on_paper(dossier: Dossier) -> bool:
    forms = _forms_of(procedures.version(dossier.procedure_version_id))
    if not forms:
        return Source(dossier.source) in {Source.COUNTER, Source.POST}
    return _handed_in(dossier, forms)


def _forms_of(version: VersionView) -> list[str]:
    """The papers that say what the form asks."""
    return [component.key for component in version.components if component.filled_here]


def _handed_in(dossier: Dossier, forms: list[str]) -> bool:
    papers = DossierPaper.objects.filter(dossier_id=dossier.case_id, component_key__in=forms)
    return papers.filter(source=PaperSource.HANDED_IN).exists()


def not_typed_yet(dossier: Dossier) -> tuple[str, ...]:
    """The questions that only the paper form answers."""
    version = procedures.version(dossier.procedure_version_id)
    forms = _forms_of(version)
    if not forms or not _handed_in(dossier, forms):
        return ()
    answers = values_of(read_sheet(dossier.sheet))
    return counter.not_typed_yet(validate(version.form, answers).errors, answers)
