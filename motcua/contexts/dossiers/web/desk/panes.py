"""Mô hình trang hồ sơ ở bàn làm việc: whose step, clock, papers, what may be done."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from motcua.contexts.casework.contracts import (
    ActionKind,
    MessageView,
    TaskState,
    Timeliness,
)
from motcua.contexts.documents.contracts import FileView
from motcua.contexts.dossiers.contracts import (
    SOURCE_NAMES,
    DeskView,
    DossierView,
    OfferedAction,
    PaperSource,
    PaperVerdict,
    PaperView,
)
from motcua.contexts.dossiers.web.desk import items, keeping, money, showing
from motcua.contexts.dossiers.web.desk.asking import BAN, Asked
from motcua.contexts.dossiers.web.desk.comparisons import ComparedTable
from motcua.contexts.dossiers.web.desk.deciding import AT_ONCE, DANGER, KEYS, ActionForm
from motcua.contexts.dossiers.web.desk.fieldwork_forms import open_visit, visit_facts
from motcua.contexts.dossiers.web.desk.filing import filed_facts
from motcua.contexts.dossiers.web.desk.history import Slip, history_of, slip_of
from motcua.contexts.dossiers.web.desk.lists import ListPage
from motcua.contexts.dossiers.web.desk.meeting import Meeting
from motcua.contexts.dossiers.web.desk.opinions import OpinionRow, opinion_row, summary_of
from motcua.contexts.dossiers.web.desk.origins import Origin, came_as, origin_of
from motcua.contexts.dossiers.web.desk.paper_trail import issued_of, supplements_of
from motcua.contexts.dossiers.web.desk.proposing import ProposalCard, card_of
from motcua.contexts.dossiers.web.desk.telling import snoozed_words, warnings_of
from motcua.contexts.dossiers.web.pages import file_row
from motcua.kernel.clearance import WHERE_TO_CLEAR, WITHHELD
from motcua.kernel.clock import city_date, city_time
from motcua.kernel.errors import Conflict
from motcua.kernel.forms import visible
from motcua.ui import dates
from motcua.ui.chips import for_officer
from motcua.ui.parts import (
    Alert,
    Chip,
    Compose,
    Due,
    Fact,
    FieldError,
    FileRow,
    Message,
    Option,
    RiverStep,
    Tone,
)

TABS = {
    "kiem-tra": "Kiểm tra",
    "trao-doi": "Trao đổi",
    "y-kien": "Ý kiến",
    "van-ban": "Văn bản",
    "lich-su": "Lịch sử",
}
FIRST, ISSUED = "kiem-tra", "van-ban"
PAPER_VERDICTS = {
    PaperVerdict.PASSED: Chip(label="Đạt", tone=Tone.OK, icon="check"),
    PaperVerdict.FAILED: Chip(label="Chưa đạt", tone=Tone.LATE, icon="x"),
    PaperVerdict.NOT_CHECKED: Chip(label="Chưa xem"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TabLink:
    label: str
    url: str
    current: bool
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow:
    """A paper with its verdict; `judge_url` is empty for whoever does not hold the step."""

    name: str
    note: str
    url: str
    open: bool
    passed: bool
    failed: bool
    chip: Chip
    verdict_note: str
    judge_url: str
    digitise_url: str = ""
    origin: Origin | None = None
    verdict_reason: str = ""
    verdict_said: str = ""
    reasons: tuple[Option, ...] = ()  # why it may not do


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button of the bar: at once (a form) or a link to what the action asks first."""

    label: str
    url: str
    key: str
    at_once: bool
    primary: bool
    danger: bool
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PanePage:
    """One dossier on the desk, beside the list it was opened from."""

    list: ListPage
    code: str
    title: str
    sub: str
    chips: tuple[Chip, ...]
    due: str
    due_late: bool
    due_note: str
    tabs: tuple[TabLink, ...]
    tab: str
    alerts: tuple[Alert, ...]
    holder: str
    clock: Due
    steps: tuple[RiverStep, ...]
    papers: tuple[PaperRow, ...]
    papers_note: str
    answers: tuple[tuple[str, tuple[Fact, ...]], ...]
    compare_url: str
    compared: ComparedTable | None
    facts: tuple[Fact, ...]
    messages: tuple[Message, ...]
    compose: Compose | None
    opinions: tuple[OpinionRow, ...]
    opinions_note: str
    issued: tuple[FileRow, ...]
    supplements: tuple[tuple[str, tuple[Fact, ...]], ...]
    events: tuple[RiverStep, ...]
    slip: Slip
    buttons: tuple[Button, ...]
    claim_url: str
    seen_version: int
    give_url: str
    snooze_url: str
    wake_url: str
    watch_url: str
    watched: str
    deciding: bool
    stands_in_for: str
    snoozed: str
    applicant: str = ""
    visits: tuple[Fact, ...] = ()
    proposal: ProposalCard | None = None
    form: ActionForm | None = None
    meeting: Meeting | None = None
    errors: tuple[FieldError, ...] = ()
    initials: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a page shows around the dossier itself.

    watched: who else has it open. deciding: one is at a form. meeting: somebody was faster.
    """

    tab: str = FIRST
    form: ActionForm | None = None
    alerts: tuple[Alert, ...] = ()
    errors: tuple[FieldError, ...] = ()
    compared: ComparedTable | None = None
    compose: Compose | None = None
    files: Mapping[UUID, FileView] = field(default_factory=dict)  # sent in messages
    watched: str = ""
    deciding: bool = False
    meeting: Meeting | None = None
    initials: tuple[Fact, ...] = ()


def pane_page(
    view: DeskView, shown: ListPage, asked: Asked, around: Around, *, now: datetime
) -> PanePage:
    dossier, base = view.dossier, f"{BAN}/ho-so/{view.dossier.code}"
    due, late = due_words(dossier)
    return PanePage(
        list=shown,
        code=dossier.code,
        title=f"{dossier.applicant_name}: {dossier.version.name}",
        sub=sub_line(dossier),
        chips=tuple(chips_of(view)),
        due=due,
        due_late=late,
        due_note=due_note(view),
        tabs=tabs_of(view, asked, around.tab),
        tab=around.tab,
        alerts=(*around.alerts, *warnings_of(view)),
        holder=view.holder_sentence,
        clock=showing.due_of(dossier.clock, dossier.days, today=city_date(now)),
        steps=showing.river(dossier.stages),
        papers=tuple(paper_row(p, view, asked) for p in dossier.papers),
        papers_note=papers_note(dossier),
        answers=tuple(answers_of(dossier, now)),
        compare_url=asked.url(f"{base}/doi-chieu") if view.mine and not around.compared else "",
        compared=around.compared,
        facts=tuple(facts_of(dossier)),
        messages=tuple(message_of(m, dossier, around.files) for m in dossier.messages),
        compose=around.compose,
        opinions=tuple(
            opinion_row(o, view, url=asked.url(f"{base}/y-kien/doi")) for o in view.opinions
        ),
        opinions_note=summary_of(view),
        issued=tuple(issued_of(dossier)),
        supplements=tuple(supplements_of(dossier)),
        events=history_of(view),
        slip=slip_of(view),
        buttons=tuple(buttons_of(view, asked)),
        claim_url=asked.url(f"{base}/nhan-viec") if may_claim(view) else "",
        seen_version=dossier.version_seen,
        give_url=asked.url(f"{base}/giao") if view.may_give else "",
        snooze_url=asked.url(f"{base}/gac") if view.mine and not view.snoozed_until else "",
        wake_url=asked.url(f"{base}/goi-lai") if view.snoozed_until else "",
        watch_url=f"{base}/dang-xem",
        watched=around.watched,
        deciding=around.deciding,
        stands_in_for=view.stands_in_for,
        snoozed=snoozed_words(view),
        applicant=dossier.applicant_name,
        visits=visit_facts(view),
        proposal=card_of(view, asked),
        form=around.form,
        meeting=around.meeting,
        errors=around.errors,
        initials=around.initials,
    )


def chips_of(view: DeskView) -> Iterator[Chip]:
    stages = view.dossier.stages
    here = next((n for n, s in enumerate(stages, 1) if s.state == "now"), 0)
    step = f"Bước {here}/{len(stages)} · {view.step_name}" if here else view.step_name
    yield Chip(label=step, tone=Tone.GO)
    yield for_officer(int(view.dossier.status))
    late = {Timeliness.OVERDUE, Timeliness.LATE, Timeliness.PAUSED}
    if view.dossier.clock.timeliness in late:
        yield showing.TIME_CHIPS[view.dossier.clock.timeliness]
    if view.task and view.task.state is TaskState.WAITING:
        yield Chip(label="Chờ ý kiến hoặc người nộp", icon="hourglass")


def due_words(dossier: DossierView) -> tuple[str, bool]:
    clock = dossier.clock
    if clock.due_at is None:
        return "Chờ tiếp nhận", False
    return clock.left_text or showing.TIME_CHIPS[clock.timeliness].label, (
        clock.timeliness in {Timeliness.OVERDUE, Timeliness.LATE}
    )


def due_note(view: DeskView) -> str:
    clock, task = view.dossier.clock, view.task
    parts = []
    if clock.due_at:
        parts.append(f"hẹn {dates.short_day(city_time(clock.due_at))}")
    else:
        by = city_time(view.dossier.receive_due_at)
        parts.append(f"tiếp nhận trước {dates.hour(by)} {dates.short_day(by)}")
    if task:
        mine = city_time(task.due_at)
        parts.append(f"bước này: {dates.hour(mine)} {dates.short_day(mine)}")
    return " · ".join(parts)


def sub_line(dossier: DossierView) -> str:
    sent = city_time(dossier.submitted_at)
    return f"{SOURCE_NAMES[dossier.source]}, nộp {dates.moment(sent)} · {dossier.competent_unit}"


def tabs_of(view: DeskView, asked: Asked, current: str) -> tuple[TabLink, ...]:
    base = f"{BAN}/ho-so/{view.dossier.code}"
    counts = {
        "trao-doi": len(view.dossier.messages),
        "y-kien": len(view.opinions),
        "van-ban": len(view.dossier.issued),
    }
    return tuple(
        TabLink(
            label=f"{label} {counts[slug]}" if counts.get(slug) else label,
            url=asked.url(base, **({} if slug == FIRST else {"muc": slug})),
            current=slug == current,
            key=str(number),
        )
        for number, (slug, label) in enumerate(TABS.items(), 1)
    )


def paper_row(paper: PaperView, view: DeskView, asked: Asked) -> PaperRow:
    note = came_as(paper)
    if paper.file:
        note = f"{note} · {showing.file_words(paper.file)}"
    url = f"{BAN}/ho-so/{view.dossier.code}/giay-to/{paper.id}"
    return PaperRow(
        name=paper.name,
        note=note,
        url=f"/giay-to/tep/{paper.file.id}" if paper.file else declaration_url(paper, view),
        open=view.mine and paper.verdict is PaperVerdict.NOT_CHECKED,
        passed=paper.verdict is PaperVerdict.PASSED,
        failed=paper.verdict is PaperVerdict.FAILED,
        chip=PAPER_VERDICTS[paper.verdict],
        verdict_note=paper.verdict_note,
        judge_url=asked.url(url) if view.mine else "",
        digitise_url=digitise_url(paper, view),
        origin=origin_of(paper),
        verdict_reason=paper.verdict_reason,
        verdict_said=items.said_of(view, paper),
        reasons=items.reasons_for(view, paper) if paper.verdict is PaperVerdict.FAILED else (),
    )


def declaration_url(paper: PaperView, view: DeskView) -> str:
    """Where a declaration on paper is typed in, for whoever holds the step."""
    component = view.dossier.version.component(paper.component_key)
    on_paper = paper.source is PaperSource.HANDED_IN and component and component.filled_here
    return f"/quay/ho-so/{view.dossier.code}/to-khai" if on_paper and view.mine else ""


def digitise_url(paper: PaperView, view: DeskView) -> str:
    """Where a paper is scanned and read, for whoever holds the step; not of what was typed here."""
    made = paper.source in (PaperSource.PRODUCED, PaperSource.FROM_DATABASE)
    if made or not view.mine:
        return ""
    return f"{BAN}/ho-so/{view.dossier.code}/so-hoa/{paper.id}"


def papers_note(dossier: DossierView) -> str:
    verdicts = [paper.verdict for paper in dossier.papers]
    passed, failed = verdicts.count(PaperVerdict.PASSED), verdicts.count(PaperVerdict.FAILED)
    said = [f"{passed} đạt"] if passed else []
    said += [f"{failed} chưa đạt"] if failed else []
    rest = len(verdicts) - passed - failed
    return ", ".join([*said, *([f"{rest} chưa xem"] if rest else [])])


def answers_of(dossier: DossierView, now: datetime) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    sources = showing.source_words(dossier.provenance)
    for page in visible(dossier.version.form, dossier.answers, today=city_date(now)):
        said = showing.shown_on(page, dossier.answers)
        told = showing.told_words(page, dossier)
        origin = {key: (sources.get(key, ""), told.get(key, "")) for key in said}
        rows = tuple(
            Fact(label=q.label, value=WITHHELD, url=WHERE_TO_CLEAR)
            if q.key in dossier.withheld
            else Fact(
                label=q.label, value=said[q.key], source=origin[q.key][0], note=origin[q.key][1]
            )
            for q in page.questions
            if said.get(q.key) or q.key in dossier.withheld
        )
        if rows:
            yield page.title, rows


def facts_of(dossier: DossierView) -> Iterator[Fact]:
    yield Fact(label="Người nộp", value=dossier.applicant_name)
    yield from filed_facts(dossier)
    yield Fact(label="Nơi tiếp nhận", value=dossier.receiving_unit)
    yield Fact(label="Cơ quan giải quyết", value=dossier.competent_unit)
    if dossier.handling_unit != dossier.competent_unit:
        yield Fact(label="Đơn vị thụ lý", value=dossier.handling_unit)
    if dossier.supporting_unit:
        yield Fact(label="Đơn vị hỗ trợ", value=dossier.supporting_unit)
    yield from money.fee_of(dossier)
    yield from keeping.kept_of(dossier)
    if dossier.secret:
        yield Fact(label="Mã tra cứu", value=dossier.secret)


def message_of(
    message: MessageView, dossier: DossierView, files: Mapping[UUID, FileView]
) -> Message:
    author = dossier.applicant_name if message.from_party else message.author_name or "Cán bộ"
    return Message(
        author=author,
        when=dates.city_moment(message.at),
        text=message.text,
        mine=not message.from_party,
        files=tuple(file_row(files[i], files[i].filename) for i in message.file_ids if i in files),
    )


def may_claim(view: DeskView) -> bool:
    return bool(view.mine and view.task and view.task.assignee_id is None)


def buttons_of(view: DeskView, asked: Asked) -> Iterator[Button]:
    base = f"{BAN}/ho-so/{view.dossier.code}"
    used: set[str] = set()
    for offered in view.actions:
        key = KEYS.get(offered.kind, "")
        yield Button(
            label=offered.label,
            url=asked.url(f"{base}/lam/{offered.key}"),
            key="" if key in used else key,
            at_once=offered.kind in AT_ONCE,
            primary=offered.kind in AT_ONCE or offered.kind is ActionKind.ASSIGN,
            danger=offered.kind in DANGER,
            action=offered.key,
        )
        used.add(key)
    if view.can_visit:
        label = "Đổi buổi xác minh" if open_visit(view) else "Hẹn xác minh thực địa"
        yield _link(label, asked.url(f"{base}/thuc-dia"), "T")
    if view.opinion_to_answer:
        yield _link("Trả lời ý kiến", asked.url(f"{base}/y-kien"), "Y", primary=not view.actions)
    if view.can_initial:
        yield _link("Ký nháy bản thảo", f"{base}/ky-nhay", "")
    if view.can_extend:
        yield _link("Xin lỗi, hẹn lại", asked.url(f"{base}/hen-lai"), "")
    if view.can_correct:
        yield _link("Đính chính kết quả", f"{base}/dinh-chinh", "")
        yield _link("Cấp bản sao", f"{base}/sao-y", "")
    if view.can_fix_fee:
        yield _link("Nhập mức thu", asked.url(f"{base}/muc-thu"), "")
    if view.can_exempt:
        yield _link("Miễn, giảm phí", asked.url(f"{base}/mien-giam"), "")


def _link(label: str, url: str, key: str, *, primary: bool = False) -> Button:
    return Button(
        label=label, url=url, key=key, at_once=False, primary=primary, danger=False, action=""
    )


def offered_of(view: DeskView, key: str) -> OfferedAction | None:
    return next((offered for offered in view.actions if offered.key == key), None)


class NothingToAnswer(Conflict):
    sentence = "Đơn vị của bạn không còn được hỏi ý kiến về hồ sơ này."


class NothingToClaim(Conflict):
    sentence = "Hồ sơ này không còn bước nào để nhận."
