"""View models of the citizen's pages, and how they are made from contracts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from motcua.contexts.casework.contracts import ClockDay, DayKind, Derivation, Timeliness
from motcua.contexts.documents.contracts import FileView
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import (
    SOURCE_NAMES,
    DossierLine,
    DossierView,
    DraftView,
    NationalStatus,
    StageView,
)
from motcua.contexts.dossiers.rules.showing import shown_answer
from motcua.contexts.reference import public as reference
from motcua.kernel.clock import city_date, city_time
from motcua.kernel.forms import FieldType, Page, Provenance, ProvenanceKind
from motcua.ui import dates, words
from motcua.ui.calendar import due_days
from motcua.ui.chips import for_citizen
from motcua.ui.parts import (
    Action,
    Alert,
    Chip,
    Compose,
    Confirmation,
    Crumb,
    Due,
    Empty,
    Fact,
    FieldError,
    FileRow,
    ListedTask,
    Message,
    Option,
    Pager,
    QuestionView,
    RiverStep,
    Task,
    Tone,
)

REGISTERS = {"population": "CSDL quốc gia về dân cư"}
TIME_CHIPS: dict[Timeliness, tuple[str, Tone, str]] = {
    Timeliness.RUNNING_OK: ("Đúng tiến độ", Tone.OK, "circle-check"),
    Timeliness.DUE_SOON: ("Sắp đến hẹn", Tone.GO, "clock"),
    Timeliness.OVERDUE: ("Trễ hẹn", Tone.LATE, "triangle-alert"),
    Timeliness.PAUSED: ("Đồng hồ dừng", Tone.PLAIN, "pause"),
    Timeliness.EARLY: ("Trả sớm", Tone.OK, "circle-check"),
    Timeliness.ON_TIME: ("Trả đúng hẹn", Tone.OK, "circle-check"),
    Timeliness.LATE: ("Trả trễ", Tone.LATE, "triangle-alert"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FillPage:
    """One page of questions."""

    title: str
    help: str
    step: str
    back_url: str
    save_url: str
    procedure: str
    saved: str
    questions: tuple[QuestionView, ...]
    trouble: str = ""
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewPage:
    title: str
    crumbs: tuple[Crumb, ...]
    promise: str
    saved: str
    tasks: tuple[ListedTask, ...]
    ward_name: str
    wards: tuple[Option, ...]
    ward: str
    trouble: str
    next_url: str
    drop_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeededPaper:
    key: str
    name: str
    note: str
    state: Chip
    by_upload: bool
    files: tuple[FileRow, ...]
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersPage:
    title: str
    step: str
    back_url: str
    next_url: str
    procedure: str
    papers: tuple[NeededPaper, ...]
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage:
    title: str
    back_url: str
    procedure: str
    sections: tuple[tuple[str, tuple[Fact, ...]], ...]
    papers: tuple[FileRow, ...]
    fees: tuple[Fact, ...]
    promise: str
    return_forms: tuple[Option, ...]
    return_form: str
    button: str
    ready: bool
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MinePage:
    tasks: tuple[Task, ...]
    drafts: tuple[Task, ...]
    empty: Empty
    pager: Pager | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackerPage:
    """The first sentence says whose turn it is."""

    code: str
    name: str
    crumbs: tuple[Crumb, ...]
    sent: str
    turn: Alert
    due: Due
    steps: tuple[RiverStep, ...]
    messages: tuple[Message, ...]
    compose: Compose
    papers: tuple[FileRow, ...]
    issued: tuple[FileRow, ...]
    facts: tuple[Fact, ...]
    supplement_url: str
    withdraw_url: str
    rate_url: str
    stars: int
    why_url: str
    track_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyPage:
    code: str
    title: str
    back_url: str
    intro: str
    effect: str
    papers: tuple[NeededPaper, ...]
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackPage:
    code: str
    secret: str
    found: bool
    name: str = ""
    facts: tuple[Fact, ...] = ()
    due: Due | None = None
    steps: tuple[RiverStep, ...] = ()
    state: Chip | None = None
    errors: tuple[FieldError, ...] = ()


def ward_options(now: datetime) -> tuple[Option, ...]:
    return tuple(
        Option(value=c.code, label=c.full_name) for c in reference.communes(city_date(now))
    )


def source_words(provenance: Mapping[str, Provenance]) -> dict[str, str]:
    """For each answer that a register gave: which one, and of when."""
    found = {}
    for key, origin in provenance.items():
        if origin.kind is ProvenanceKind.REGISTER:
            register = REGISTERS.get(origin.source.split(".")[0], origin.source)
            found[key] = f"{register}, {city_time(origin.at):%d/%m/%Y}"
    return found


def file_row(file: FileView | None, name: str, *, note: str = "", remove_url: str = "") -> FileRow:
    """A kept file under the name of its paper; without a file only the paper."""
    if file is None:
        return FileRow(name=name, note=note)
    pages = f", {file.pages} trang" if file.pages else ""
    return FileRow(
        name=name,
        size=f"{words.file_size(file.size)}{pages}",
        url=f"/giay-to/tep/{file.id}",
        note=note or file.filename,
        remove_url=remove_url,
    )


def due_of(clock: Derivation, days: Sequence[ClockDay], *, today: date) -> Due:
    """The card of the due date: date, state, calendar, and why."""
    if clock.due_at is None or clock.started_at is None:
        return Due(
            due="Tính từ khi tiếp nhận",
            explanation=(clock.sentence,),
            question="Thời hạn tính thế nào?",
        )
    label, tone, icon = TIME_CHIPS.get(clock.timeliness, ("", Tone.PLAIN, ""))
    off = {day.on for day in days if day.kind is DayKind.OFF}
    return Due(
        due=dates.long_day(clock.due_at),
        state=Chip(label=label, tone=tone, icon=icon) if label else None,
        remaining=clock.left_text,
        days=due_days(
            city_date(clock.started_at),
            city_date(clock.due_at),
            today=today,
            is_working=lambda on: on not in off,
            paused={day.on for day in days if day.kind is DayKind.PAUSE},
        ),
        days_label=clock.sentence,
        explanation=(clock.sentence, *(line.text for line in clock.lines[1:])),
        question=f"Vì sao là {dates.short_day(clock.due_at)}?",
    )


def river(stages: Sequence[StageView], *, turn: bool = False) -> tuple[RiverStep, ...]:
    return tuple(
        RiverStep(
            title=stage.name,
            state="turn" if stage.state == "now" and turn else stage.state,
            text="" if stage.state == "done" else stage.text,
            note=" · ".join(
                filter(None, (dates.moment(stage.at) if stage.at else "", stage.unit_name))
            ),
        )
        for stage in stages
    )


def needed_papers(
    draft: DraftView, *, now: datetime, errors: Mapping[str, str]
) -> tuple[NeededPaper, ...]:
    """Every paper the answers call for: what a register holds is ticked, the rest is to send."""
    found = []
    for need in dossiers.needs(draft.version, draft.answers):
        component = need.component
        files = tuple(
            file_row(
                paper.file,
                paper.file.filename if paper.file else component.name,
                remove_url=f"/nhap/{draft.id}/giay-to/bo?tep={paper.file.id}" if paper.file else "",
            )
            for paper in draft.papers
            if paper.component_key == component.key
        )
        found.append(
            NeededPaper(
                key=component.key,
                name=component.name,
                note=component.note,
                state=paper_chip(need, has_file=bool(files)),
                by_upload=not component.filled_here,
                files=files,
                error=errors.get(component.key, ""),
            )
        )
    return tuple(found)


def paper_chip(need: "dossiers.Need", *, has_file: bool) -> Chip:
    if need.component.filled_here:
        return Chip(label="Bạn vừa điền", tone=Tone.OK, icon="check")
    if has_file:
        return Chip(label="Đã gửi", tone=Tone.OK, icon="check")
    if need.component.replaced_by:
        register = REGISTERS.get(need.component.replaced_by, need.component.replaced_by)
        return Chip(label=f"Lấy từ {register}", tone=Tone.OK, icon="database")
    if need.by_upload:
        return Chip(label="Cần gửi", tone=Tone.TURN, icon="hand")
    return Chip(label="Không bắt buộc")


def mine_task(line: DossierLine) -> Task:
    when = f"hẹn trả {dates.short_day(line.due_at)}" if line.due_at else "chờ tiếp nhận"
    return Task(
        title=line.procedure_name,
        url=f"/ho-so/{line.code}",
        chip=for_citizen(int(line.status)),
        when=line.left_text or when,
        text=f"{line.code} · {line.competent_unit}",
    )


def draft_task(draft: DraftView) -> Task:
    return Task(
        title=draft.version.name,
        url=f"/nhap/{draft.id}",
        chip=Chip(label="Bản nháp", icon="pencil"),
        when=f"lưu {dates.moment(draft.saved_at)}",
        text="Bạn chưa nộp. Mở ra để điền tiếp.",
    )


def answer_facts(page: Page, draft: DraftView, change_url: str) -> tuple[Fact, ...]:
    sources = source_words(draft.provenance)
    said = shown_on(page, draft.answers)
    return tuple(
        Fact(
            label=q.label,
            value=said.get(q.key, "Chưa trả lời"),
            source=sources.get(q.key, ""),
            change_url=f"{change_url}#{q.key}",
        )
        for q in page.questions
    )


def shown_on(page: Page, answers: Mapping[str, object]) -> dict[str, str]:
    """Answers in words; a group as one line per item."""
    found = {}
    for q in page.questions:
        if q.key not in answers:
            continue
        value = shown_answer(q, answers[q.key], dossiers.ward_name)
        if q.type is FieldType.GROUP and isinstance(value, list):
            value = "; ".join(", ".join(f"{k}: {v}" for k, v in item.items()) for item in value)
        found[q.key] = str(value)
    return found


def tracker_page(view: DossierView, *, now: datetime) -> TrackerPage:
    url = f"/ho-so/{view.code}"
    return TrackerPage(
        code=view.code,
        name=view.version.name,
        crumbs=(Crumb(label="Hồ sơ của tôi", url="/ho-so"), Crumb(label=view.code)),
        sent=f"Nộp qua {SOURCE_NAMES[view.source]} ngày {dates.day(view.submitted_at)}",
        turn=turn_alert(view),
        due=due_of(view.clock, view.days, today=city_date(now)),
        steps=river(view.stages, turn=view.your_turn),
        messages=tuple(
            Message(
                author="Bạn" if m.from_party else (m.author_name or "Cán bộ"),
                when=dates.moment(m.at),
                text=m.text,
                mine=m.from_party,
            )
            for m in view.messages
        ),
        compose=Compose(url=f"{url}/nhan-tin"),
        papers=tuple(file_row(p.file, p.name) for p in view.papers),
        issued=tuple(
            FileRow(
                name=i.title,
                url=f"/giay-to/tep/{i.file_id}",
                note=f"Mã xác minh {i.verify_code}",
                size=dates.moment(i.issued_at),
            )
            for i in view.issued
        ),
        facts=tracker_facts(view),
        supplement_url=f"{url}/gui-them" if view.open_supplement else "",
        withdraw_url=f"{url}/rut" if view.can_withdraw else "",
        rate_url=f"{url}/cham-diem"
        if view.status in {NationalStatus.DONE, NationalStatus.RETURNED}
        else "",
        stars=view.stars or 0,
        why_url=f"{url}/vi-sao",
        track_code=view.secret,
    )


def turn_alert(view: DossierView) -> Alert:
    actions: tuple[Action, ...] = ()
    if view.your_turn and view.open_supplement:
        actions = (Action(label="Gửi thêm", url=f"/ho-so/{view.code}/gui-them", kind="primary"),)
    invoice = view.invoice
    if invoice and invoice.outstanding > 0:
        pay = Action(
            label=f"Trả {invoice.outstanding.vnd()}",
            url=f"/thanh-toan/{invoice.code}",
            kind="primary",
        )
        actions = (*actions, pay)
    tone = Tone.TURN if view.your_turn else Tone.INFO
    icon = "hand" if view.your_turn else "info"
    return Alert(title=view.turn_sentence, tone=tone, icon=icon, actions=actions)


def tracker_facts(view: DossierView) -> tuple[Fact, ...]:
    found = [
        Fact(label="Trạng thái", value=view.status_text),
        Fact(label="Nơi tiếp nhận", value=view.receiving_unit),
        Fact(label="Cơ quan giải quyết", value=view.competent_unit),
    ]
    if view.invoice and view.invoice.total:
        paid = "đã trả" if view.invoice.outstanding == 0 else "chưa trả đủ"
        found.append(
            Fact(
                label="Phí, lệ phí",
                value=f"{view.invoice.total.vnd()}, {paid}",
                url=f"/thanh-toan/{view.invoice.code}",
            )
        )
    found.append(
        Fact(label="Mã tra cứu", value=view.secret, note="Ai có mã này xem được tình trạng.")
    )
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPage:
    confirmation: Confirmation
    papers: tuple[FileRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawPage:
    code: str
    name: str
    back_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyPage:
    code: str
    sees: bool
    because: tuple[str, ...]
    otherwise: tuple[str, ...]
    crumbs: tuple[Crumb, ...]
