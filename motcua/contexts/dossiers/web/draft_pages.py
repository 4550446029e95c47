"""Mô hình các trang của bản nháp: start, overview, questions, papers, check."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.contexts.documents.contracts.digitised import EvidenceView
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import DraftView, Overtaken, PaperSource, WalletPaper
from motcua.contexts.dossiers.web import pages
from motcua.contexts.dossiers.web.helping import shown_original
from motcua.contexts.dossiers.web.kept_choices import KeptChoice, kept_choices
from motcua.contexts.dossiers.web.paper_files import (
    FileAct,
    PaperFile,
    advice_words,
    files_of,
    joining,
)
from motcua.contexts.dossiers.web.wallet_choices import WalletChoice, choices
from motcua.kernel.forms import Page
from motcua.ui import dates, words
from motcua.ui.parts import (
    Action,
    Chip,
    Crumb,
    Fact,
    FieldError,
    FileRow,
    ListedTask,
    Option,
    QuestionView,
    Tone,
)
from motcua.ui.words import foreign

ORIGINAL_SEEN = Chip(label="Đã xem bản chính", tone=Tone.OK, icon="check")


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPage:
    """Before the first question. known: what the register will be asked for.

    wards: empty when a question of the form names the place.
    """

    title: str
    language: str
    back_url: str
    drafts: tuple[Action, ...]
    known: tuple[Option, ...]
    wards: tuple[Option, ...]
    ward: str
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FillPage:
    """One page of questions. branches: its answers make others of its questions appear.

    answered: the key of the post that this page answers, so that the browser forgets what it kept
    in case nobody answered. seal: the key under which it keeps that. as_shown: for the hidden
    field (`rules.devices`). has_islands: a map, a pad to sign on or a date is on it.
    """

    title: str
    help: str
    step: str
    back_url: str
    save_url: str
    procedure: str
    language: str
    saved: str
    questions: tuple[QuestionView, ...]
    branches: bool
    answered: str
    seal: str
    as_shown: str
    has_islands: bool = False
    conflicts: tuple["Conflict", ...] = ()
    back_to_check: bool = False
    trouble: str = ""
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A question that two devices answered differently: both answers in words, and when."""

    key: str
    label: str
    mine: str
    theirs: str
    moment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewPage:
    """wards: empty when a question of the form names the place."""

    title: str
    language: str
    crumbs: tuple[Crumb, ...]
    promise: str
    promise_language: str
    saved: str
    tasks: tuple[ListedTask, ...]
    ward_name: str
    wards: tuple[Option, ...]
    ward: str
    trouble: str
    next_url: str
    drop_url: str
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NeededPaper:
    """A paper with the files given for it. note_language: notes have no English."""

    key: str
    name: str
    language: str
    note: str
    note_language: str
    state: Chip
    by_upload: bool
    by_sight: bool = False  # an officer may look at the original and hand it back
    original: bool = False  # and did so
    files: tuple[PaperFile, ...]
    joining: FileAct | None = None
    replaced: str = ""  # by which register, as asked when: the paper itself is struck out
    wallet: tuple[WalletChoice, ...] = ()
    kept: tuple[KeptChoice, ...] = ()
    digitise_url: str = ""
    error: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersPage:
    title: str
    url: str
    step: str
    back_url: str
    procedure: str
    language: str
    papers: tuple[NeededPaper, ...]
    at_desk: bool
    limit: int
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Answers of one page of the form, with where to change them."""

    title: str
    rows: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage:
    """desks: every one-stop desk of the city, the usual one under ""."""

    title: str
    back_url: str
    procedure: str
    language: str
    sections: tuple[Section, ...]
    papers: tuple[FileRow, ...]
    papers_url: str
    fees: tuple[Fact, ...]
    exemption: tuple[str, ...]
    promise: str
    promise_language: str
    decides: str
    receives: str
    desks: tuple[Option, ...]
    desk: str
    return_forms: tuple[Option, ...]
    return_form: str
    post_address: str
    post_address_url: str
    button: str
    ready: bool
    errors: tuple[FieldError, ...] = field(default_factory=tuple)


def conflicts(page: Page, overtaken: tuple[Overtaken, ...]) -> tuple[Conflict, ...]:
    mine = pages.said_on(page, {one.key: one.mine for one in overtaken})
    theirs = pages.said_on(page, {one.key: one.theirs for one in overtaken})
    labels = {q.key: q.label_in(words.language()) for q in page.questions}
    return tuple(
        Conflict(
            key=one.key,
            label=labels.get(one.key, one.key),
            mine=mine.get(one.key, ""),
            theirs=theirs.get(one.key, ""),
            moment=dates.city_moment(one.at),
        )
        for one in overtaken
    )


def needed_papers(
    draft: DraftView,
    *,
    now: datetime,
    errors: Mapping[str, str],
    notices: Mapping[str, str] | None = None,
    at_desk: bool = False,
    wallet: tuple[WalletPaper, ...] = (),
    kept: tuple[EvidenceView, ...] = (),
) -> tuple[NeededPaper, ...]:
    """Every paper the answers call for: what a register holds is ticked, the rest is to send.

    at_desk: the original may be looked at and handed back instead. wallet: results of the
    applicant, which may answer for a paper. kept: papers of theirs that were digitised before.
    """
    return tuple(
        _needed(draft, need, errors, notices or {}, at_desk=at_desk, wallet=wallet, kept=kept)
        for need in dossiers.needs(draft.version, draft.answers)
    )


def _needed(
    draft: DraftView,
    need: dossiers.Need,
    errors: Mapping[str, str],
    notices: Mapping[str, str],
    *,
    at_desk: bool,
    wallet: tuple[WalletPaper, ...],
    kept: tuple[EvidenceView, ...],
) -> NeededPaper:
    component = need.component
    original = shown_original(draft, component.key)
    name, language = pages.paper_name(draft.version, component.key)
    files = files_of(draft, component.key)
    given = bool(files or original or component.filled_here)
    by_scan = at_desk and not component.filled_here
    return NeededPaper(
        key=component.key,
        name=name,
        language=language,
        note=component.note,
        note_language=foreign(),
        state=ORIGINAL_SEEN if original else paper_chip(need, has_file=bool(files)),
        by_sight=at_desk and not component.filled_here,
        original=original,
        by_upload=not component.filled_here and (at_desk or not need.in_person),
        files=files,
        joining=joining(draft, component.key, files),
        replaced="" if files or original else _replaced(draft, component.replaced_by),
        wallet=() if given else choices(wallet, need),
        kept=() if given else kept_choices(kept, draft, component.key),
        digitise_url=f"/ban/so-hoa/{draft.id}?giay={component.key}" if by_scan else "",
        error=errors.get(component.key, ""),
        notice=notices.get(component.key, ""),
    )


def _replaced(draft: DraftView, register: str) -> str:
    """Which register spoke in place of a paper, and when; "" until it has."""
    name = register.partition(".")[0]
    told = {k: o for k, o in draft.provenance.items() if o.source.partition(".")[0] == name}
    return max(pages.source_words(told).values(), default="") if name else ""


def paper_chip(need: dossiers.Need, *, has_file: bool) -> Chip:
    if need.component.filled_here:
        return Chip(label=_("Bạn vừa điền"), tone=Tone.OK, icon="check")
    if has_file:
        return Chip(label=_("Đã tải lên"), tone=Tone.OK, icon="check")
    if need.component.replaced_by:
        register = pages.REGISTERS.get(need.component.replaced_by, need.component.replaced_by)
        label = _("Lấy từ %(register)s") % {"register": _(register)}
        return Chip(label=label, tone=Tone.OK, icon="database")
    if need.in_person:
        return Chip(label=_("Mang đến quầy"), tone=Tone.GO, icon="map-pin")
    if need.by_upload:
        return Chip(label=_("Cần gửi"), tone=Tone.TURN, icon="hand")
    return Chip(label=_("Không bắt buộc"))


def answer_rows(
    page: Page, draft: DraftView, change_url: str, wrong: Mapping[str, str]
) -> tuple[Fact, ...]:
    """What was said, with its source; what is missing or refused, with the reason."""
    sources = pages.source_words(draft.provenance)
    told = pages.told_words(page, draft)
    sound = {key: value for key, value in draft.answers.items() if key not in wrong}
    refused = {key: value for key, value in draft.answers.items() if key in wrong}
    said = pages.shown_on(page, sound) | pages.said_on(page, refused)
    return tuple(
        Fact(
            label=q.label_in(words.language()),
            value=said.get(q.key, ""),
            source=sources.get(q.key, ""),
            note=told.get(q.key, ""),
            change_url=f"{change_url}?ve=xem-lai#q-{q.key.replace('_', '-')}",
            wrong=wrong.get(q.key, ""),
        )
        for q in page.questions
    )


def sent_papers(draft: DraftView) -> tuple[FileRow, ...]:
    found = []
    for paper in draft.papers:
        name, language = pages.paper_name(draft.version, paper.component_key, paper.name)
        said = (_shown_note(paper.source), *(advice_words(one) for one in paper.advice))
        note = " ".join(filter(None, said))
        found.append(pages.file_row(paper.file, name, language=language, note=note))
    return tuple(found)


def _shown_note(source: PaperSource) -> str:
    words = {
        PaperSource.SCANNED: _("Xuất trình tại quầy"),
        PaperSource.FROM_STORE: _("Lấy từ Ví giấy tờ"),
    }
    return words.get(source, "")
