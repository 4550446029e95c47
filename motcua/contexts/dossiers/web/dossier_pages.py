"""Mô hình các trang sau khi nộp: list, tracker, receipt, supply, look-up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from motcua.contexts.casework.contracts import MessageView, Phase
from motcua.contexts.documents.contracts import FileView, IssuedKind, IssuedView
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import (
    SOURCE_NAMES,
    DossierLine,
    DossierView,
    DraftView,
    LookLine,
    NationalStatus,
    PaperSource,
    PaperView,
    ReturnForm,
)
from motcua.contexts.dossiers.queries import RETURN_WORDS
from motcua.contexts.dossiers.web import lacking, pages, reviewing, tracker_parts, visiting
from motcua.contexts.dossiers.web.lacking import EndedFor, Lacking
from motcua.kernel.clock import city_date, city_time
from motcua.ui import dates, words
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
    Message,
    Pager,
    QuestionView,
    RiverStep,
    Task,
    Tone,
)
from motcua.ui.words import foreign, in_fours

RATEABLE = frozenset({NationalStatus.DONE, NationalStatus.RETURNED})


@dataclass(frozen=True, slots=True, kw_only=True)
class MinePage:
    """turns: what waits for the reader; drafts; then the rest."""

    turns: tuple[Task, ...]
    drafts: tuple[Task, ...]
    tasks: tuple[Task, ...]
    empty: Empty
    pager: Pager | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackerPage:
    """The first sentence says whose turn it is. in_vietnamese: `lang` of what has no English."""

    code: str
    name: str
    language: str
    in_vietnamese: str
    crumbs: tuple[Crumb, ...]
    sent: str
    turn: Alert
    asked: tuple[Lacking, ...]
    ended_for: EndedFor | None
    effect: str
    due: Due
    apology: Alert | None
    looks: tuple[tracker_parts.LookRow, ...]
    rulings: tuple[tracker_parts.RulingRow, ...]
    review: reviewing.ReviewPart | None
    visits: tuple[visiting.VisitCard, ...]
    steps: tuple[RiverStep, ...]
    messages: tuple[Message, ...]
    compose: Compose | None
    papers: tuple[FileRow, ...]
    issued: tuple[FileRow, ...]
    facts: tuple[Fact, ...]
    supplement_url: str
    withdraw_url: str
    rate_url: str
    stars: int
    why_url: str
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedItem:
    """One item of a request on the page where it is answered: a paper to send, or a question."""

    lacking: Lacking
    state: Chip
    error: str = ""
    question: QuestionView | None = None

    @property
    def key(self) -> str:
        return self.lacking.key

    @property
    def name(self) -> str:
        return self.lacking.name

    @property
    def language(self) -> str:
        return self.lacking.name_language

    @property
    def anchor(self) -> str:
        """Where the sentence of an error leads."""
        return FieldError(text=self.error, field=f"p.{self.key}").anchor.removeprefix("#")


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyPage:
    """Answers to one consolidated request."""

    code: str
    title: str
    back_url: str
    intro: str
    answer_by: str
    effect: str
    in_vietnamese: str
    items: tuple[AskedItem, ...]
    accepted: tuple[FileRow, ...]
    note: str
    limit: int
    for_another: bool = False
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackPage:
    code: str
    secret: str
    found: bool
    name: str = ""
    in_vietnamese: str = ""
    facts: tuple[Fact, ...] = ()
    due: Due | None = None
    steps: tuple[RiverStep, ...] = ()
    state: Chip | None = None
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPage:
    """in_vietnamese: `lang` of the sentences of the clock."""

    confirmation: Confirmation
    papers: tuple[FileRow, ...]
    in_vietnamese: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawPage:
    code: str
    name: str
    language: str
    back_url: str


# ── lists ────────────────────────────────────────────────────────────────────────────────────────


def mine_task(line: DossierLine) -> Task:
    name, language = pages.name_of_line(line)
    return Task(
        title=name,
        language=language,
        url=f"/ho-so/{line.code}",
        chip=for_citizen(int(line.status)),
        when=_when(line),
        text=line.code,
        place=line.competent_unit,
        actions=_line_actions(line),
    )


def _line_actions(line: DossierLine) -> tuple[Action, ...]:
    if line.status is NationalStatus.SUPPLEMENT_ASKED:
        url = f"/ho-so/{line.code}/gui-them"
        return (Action(label=_("Gửi thêm"), url=url, kind="primary"),)
    return ()


def _when(line: DossierLine) -> str:
    if line.ended_at is not None:
        return pages.on_day(line.ended_at)
    if line.due_at is None:
        return _("nộp %(day)s") % {"day": pages.on_day(line.submitted_at)}
    day = dates.short_day(city_time(line.due_at))
    said = _("hẹn trả %(day)s") % {"day": day}
    return f"{said} · {line.left_text}" if line.left_text and words.language() == "vi" else said


def draft_task(draft: DraftView) -> Task:
    return Task(
        title=pages.name_of(draft.version),
        url=f"/nhap/{draft.id}",
        chip=Chip(label=_("Bản nháp"), icon="pencil"),
        when=_("lưu %(moment)s") % {"moment": dates.city_moment(draft.saved_at)},
        text=_("Bạn chưa nộp. Mở ra để điền tiếp."),
    )


# ── one dossier ──────────────────────────────────────────────────────────────────────────────────


def tracker_page(
    view: DossierView,
    *,
    now: datetime,
    files: Mapping[UUID, FileView],
    looks: Sequence[LookLine] = (),
    review: reviewing.ReviewPart | None = None,
    visits: tuple[visiting.VisitCard, ...] = (),
    typed: str = "",
    errors: tuple[FieldError, ...] = (),
) -> TrackerPage:
    """files: those that hang on messages. typed: a message that was refused, with the errors."""
    url = f"/ho-so/{view.code}"
    asked = view.open_supplement
    return TrackerPage(
        code=view.code,
        name=pages.name_of(view.version),
        language=foreign() if not view.version.name_en else "",
        in_vietnamese=foreign(),
        crumbs=(Crumb(label=_("Hồ sơ của tôi"), url="/ho-so"), Crumb(label=view.code)),
        sent=_sent(view),
        turn=turn_alert(view),
        asked=lacking.lacking(view, asked.items, mending=view.your_turn) if asked else (),
        ended_for=lacking.ended_for(view),
        effect=tracker_parts.effect(view) if asked else "",
        due=tracker_parts.due_of(view, today=city_date(now)),
        apology=tracker_parts.apology(view),
        looks=tracker_parts.look_rows(looks),
        rulings=tracker_parts.ruling_rows(view),
        review=review,
        visits=visits,
        steps=pages.river(view.stages, turn=view.your_turn),
        messages=tuple(_message(m, files) for m in view.messages),
        compose=_compose(view, typed),
        papers=tuple(paper_row(view, p) for p in in_order(view)),
        issued=tuple(issued_row(i) for i in sorted(view.issued, key=_result_first)),
        facts=tracker_facts(view),
        supplement_url=f"{url}/gui-them" if asked else "",
        withdraw_url=f"{url}/rut" if view.can_withdraw else "",
        rate_url=f"{url}/cham-diem" if view.status in RATEABLE else "",
        stars=view.stars or 0,
        why_url=f"/vi-sao?trang={url}",
        errors=errors,
    )


def _sent(view: DossierView) -> str:
    source = _(SOURCE_NAMES[view.source])
    said = {"source": source, "day": pages.on_day(view.submitted_at)}
    return _("Nộp qua %(source)s ngày %(day)s") % said


def _message(message: MessageView, files: Mapping[UUID, FileView]) -> Message:
    author = _("Bạn") if message.from_party else message.author_name or _("Cán bộ")
    return Message(
        author=author,
        when=dates.city_moment(message.at),
        text=message.text,
        mine=message.from_party,
        files=tuple(
            pages.file_row(files[key], files[key].filename)
            for key in message.file_ids
            if key in files
        ),
    )


def _compose(view: DossierView, typed: str) -> Compose | None:
    if view.phase is Phase.ENDED:
        return None
    url = f"/ho-so/{view.code}/nhan-tin"
    return Compose(
        url=url,
        value=typed,
        label=_("Nhắn cho cán bộ"),
        button=_("Gửi"),
        files=True,
        limit=settings.MAX_UPLOAD_BYTES,
    )


def _result_first(issued: IssuedView) -> bool:
    return issued.kind != IssuedKind.RESULT


def issued_row(issued: IssuedView) -> FileRow:
    code = {"code": issued.verify_code}
    return FileRow(
        name=issued.title,
        language=foreign(),
        url=issued.file_url,
        note=_("Mã xác minh %(code)s") % code,
        size=dates.city_moment(issued.issued_at),
    )


def paper_row(view: DossierView, paper: PaperView, *, with_hash: bool = False) -> FileRow:
    name, language = pages.paper_name(view.version, paper.component_key, paper.name)
    words = {
        PaperSource.PRODUCED: _("Bạn điền trên trang này"),
        PaperSource.FROM_DATABASE: _("Lấy từ cơ sở dữ liệu, bạn không phải nộp"),
        PaperSource.FROM_STORE: _("Lấy từ Ví giấy tờ"),
        PaperSource.HANDED_IN: _("Bản giấy đã nộp tại quầy"),
        PaperSource.SCANNED: _("Quầy đã chụp hoặc xem bản chính"),
    }
    spoken = paper.file is None or paper.source is PaperSource.FROM_STORE
    note = words.get(paper.source, "") if spoken else ""
    row = pages.file_row(paper.file, name, language=language, note=note, with_hash=with_hash)
    wrong = wrong_papers(view)
    if paper.component_key not in wrong or row.state:
        return row
    return replace(row, state=wrong[paper.component_key])


def wrong_papers(view: DossierView) -> dict[str, Chip]:
    """By paper: that it is asked for again, or that the dossier ended for it."""
    asked = view.open_supplement
    again = Chip(label=_("Cần gửi lại"), tone=Tone.TURN, icon="hand")
    ended = Chip(label=_("Chưa đạt"), tone=Tone.LATE, icon="x")
    items = [(one, again) for one in asked.items] if asked else []
    items += [(one, ended) for one in view.ended_for]
    return {one.component_key: chip for one, chip in items if one.component_key}


def in_order(view: DossierView) -> list[PaperView]:
    """As the procedure lists its papers; several of one kind as they came."""
    places = {component.key: at for at, component in enumerate(view.version.components)}
    return sorted(view.papers, key=lambda paper: places.get(paper.component_key, len(places)))


def turn_alert(view: DossierView) -> Alert:
    """Whose turn it is, first of all; with what to press when it is the reader's."""
    actions: tuple[Action, ...] = ()
    url = f"/ho-so/{view.code}"
    if view.your_turn and view.open_supplement:
        actions = (Action(label=_("Gửi thêm"), url=f"{url}/gui-them", kind="primary"),)
    pay = pay_action(view)
    if pay:
        actions = (*actions, pay)
    if view.status in RATEABLE:
        wallet = Action(label=_("Mở Ví giấy tờ"), url="/vi", kind="primary", icon="wallet-cards")
        actions = (*actions, wallet, *_to_fetch(view))
    if view.your_turn:
        return Alert(title=turn_words(view), tone=Tone.TURN, icon="hand", actions=actions)
    done = view.status in RATEABLE
    return Alert(
        title=turn_words(view),
        tone=Tone.OK if done else Tone.INFO,
        icon="circle-check" if done else "info",
        actions=actions,
    )


def _to_fetch(view: DossierView) -> tuple[Action, ...]:
    """On paper: the code of the desk, or where the post is."""
    if view.return_form is ReturnForm.ELECTRONIC or view.status is not NationalStatus.DONE:
        return ()
    label = _("Mã nhận tại quầy")
    if view.return_form is ReturnForm.POST:
        label = _("Xem bưu chính")
    return (Action(label=label, url=f"/ho-so/{view.code}/nhan-ket-qua", icon="qr-code"),)


def turn_words(view: DossierView) -> str:
    """The first sentence of the tracker."""
    if view.open_supplement and view.phase is not Phase.ENDED:
        return _("Đến lượt bạn: gửi thêm giấy tờ được yêu cầu.")
    said = {
        NationalStatus.NOT_RECEIVED: _(
            "Hồ sơ chưa tiếp nhận được. Bạn xem lý do trong phiếu, sửa rồi nộp lại."
        ),
        NationalStatus.OBLIGATION_ASKED: _("Đến lượt bạn: trả khoản tiền được thông báo."),
        NationalStatus.WITHDRAWAL_ASKED: _("Bạn đã xin rút. Cơ quan đang gửi thông báo dừng."),
        NationalStatus.STOPPED: _("Hồ sơ đã dừng. Bạn xem thông báo để biết lý do."),
        NationalStatus.DONE: _("Đã có kết quả. Bạn mở Ví giấy tờ để xem và tải về."),
        NationalStatus.RETURNED: _("Bạn đã nhận kết quả."),
    }
    if view.status in said:
        return said[view.status]
    if view.status is NationalStatus.REGISTERED:
        words = {"unit": view.receiving_unit}
        if owes(view):
            return _("%(unit)s đang xem hồ sơ. Bạn trả phí trước khi nhận kết quả.") % words
        return _("Bạn không cần làm gì. %(unit)s đang xem hồ sơ.") % words
    here = next((stage.name for stage in view.stages if stage.state == "now"), "")
    words = {"unit": view.handling_unit or view.competent_unit, "step": here}
    if owes(view):
        return _("%(unit)s đang làm bước «%(step)s». Bạn trả phí trước khi nhận kết quả.") % words
    return _("Bạn không cần làm gì. %(unit)s đang làm bước «%(step)s».") % words


def owes(view: DossierView) -> bool:
    return pay_action(view) is not None


def pay_action(view: DossierView) -> Action | None:
    """What is still to pay, as a button with the sum."""
    invoice = view.invoice
    over = view.phase is Phase.ENDED or view.status is NationalStatus.WITHDRAWAL_ASKED
    if over or invoice is None or invoice.outstanding <= 0:
        return None
    label = _("Trả %(amount)s") % {"amount": invoice.outstanding.vnd()}
    return Action(label=label, url=f"/thanh-toan/{invoice.code}", kind="primary", icon="banknote")


def chain_facts(view: DossierView) -> tuple[Fact, ...]:
    """Who filed it for whom; nothing when the applicant did it alone."""
    found = [Fact(label=_("Nộp thay"), value=view.filed_by)] if view.filed_by else []
    if view.assisted:
        helped, url = view.assisted, f"/ho-so/{view.code}/nop-giup"
        found.append(Fact(label=_("Nộp giúp"), value=f"{helped.helper}, {helped.unit}", url=url))
    return tuple(found)


def proof_facts(code: str) -> tuple[Fact, ...]:
    """That the ledger holds the submission, with the file that proves it."""
    mark = dossiers.submission_mark(code)
    if not mark:
        return ()
    note = _("Dấu trong sổ cái: %(mark)s.") % {"mark": in_fours(mark[:16])}
    url = f"/ho-so/{code}/bang-chung.json"
    return (Fact(label=_("Bằng chứng đã nộp"), value=_("Tải bằng chứng"), note=note, url=url),)


def tracker_facts(view: DossierView) -> tuple[Fact, ...]:
    found = [
        Fact(label=_("Trạng thái"), value=_(view.status_text)),
        Fact(label=_("Nơi tiếp nhận"), value=view.receiving_unit, language=foreign()),
        Fact(label=_("Cơ quan giải quyết"), value=view.competent_unit, language=foreign()),
        Fact(
            label=_("Nhận kết quả"),
            value=_(RETURN_WORDS[view.return_form]),
            url=f"/ho-so/{view.code}/nhan-ket-qua",
        ),
    ]
    found.extend(tracker_parts.fee_facts(view))
    if view.secret:
        note = _("Ai có mã này xem được tình trạng.")
        found.append(Fact(label=_("Mã tra cứu"), value=view.secret, note=note))
    return (*found, *chain_facts(view), *proof_facts(view.code))
