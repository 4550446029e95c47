"""Mô hình các trang của bản nháp: start, overview, questions, papers, check."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import DraftView, PaperSource
from motcua.contexts.dossiers.web import pages
from motcua.kernel.forms import Page
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


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPage:
    """Before the first question. known: what the register will be asked for.

    wards: empty when a question of the form names the place.
    """

    title: str
    language: str
    back_url: str
    drafts: tuple[Action, ...]
    known: tuple[str, ...]
    wards: tuple[Option, ...]
    ward: str
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FillPage:
    """One page of questions. branches: its answers make others of its questions appear."""

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
    trouble: str = ""
    errors: tuple[FieldError, ...] = ()


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
    """A paper with the files given for it. held: nothing has to be sent."""

    key: str
    name: str
    language: str
    note: str
    state: Chip
    by_upload: bool
    files: tuple[FileRow, ...]
    error: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersPage:
    title: str
    step: str
    back_url: str
    procedure: str
    language: str
    papers: tuple[NeededPaper, ...]
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
    promise: str
    promise_language: str
    decides: str
    receives: str
    desks: tuple[Option, ...]
    desk: str
    return_forms: tuple[Option, ...]
    return_form: str
    button: str
    ready: bool
    errors: tuple[FieldError, ...] = field(default_factory=tuple)


def needed_papers(
    draft: DraftView,
    *,
    now: datetime,
    errors: Mapping[str, str],
    notices: Mapping[str, str] | None = None,
) -> tuple[NeededPaper, ...]:
    """Every paper the answers call for: what a register holds is ticked, the rest is to send."""
    return tuple(
        _needed(draft, need, errors, notices or {})
        for need in dossiers.needs(draft.version, draft.answers)
    )


def _needed(
    draft: DraftView, need: dossiers.Need, errors: Mapping[str, str], notices: Mapping[str, str]
) -> NeededPaper:
    component = need.component
    english = pages.language() == "en" and component.name_en
    files = paper_files(draft, component.key, removable=True)
    return NeededPaper(
        key=component.key,
        name=component.name_en if english else component.name,
        language="" if english else pages.foreign(),
        note=component.note,
        state=paper_chip(need, has_file=bool(files)),
        by_upload=not component.filled_here,
        files=files,
        error=errors.get(component.key, ""),
        notice=notices.get(component.key, ""),
    )


def paper_files(draft: DraftView, key: str, *, removable: bool = False) -> tuple[FileRow, ...]:
    """The files of one paper, by their own names."""
    away = f"/nhap/{draft.id}/giay-to/bo?tep="
    return tuple(
        pages.file_row(
            paper.file,
            paper.file.filename if paper.file else paper.name,
            note=pages.moment(paper.file.created_at) if paper.file else "",
            remove_url=f"{away}{paper.file.id}" if paper.file and removable else "",
        )
        for paper in draft.papers
        if paper.component_key == key
    )


def paper_chip(need: dossiers.Need, *, has_file: bool) -> Chip:
    if need.component.filled_here:
        return Chip(label=_("Bạn vừa điền"), tone=Tone.OK, icon="check")
    if has_file:
        return Chip(label=_("Đã tải lên"), tone=Tone.OK, icon="check")
    if need.component.replaced_by:
        register = pages.REGISTERS.get(need.component.replaced_by, need.component.replaced_by)
        label = _("Lấy từ %(register)s") % {"register": _(register)}
        return Chip(label=label, tone=Tone.OK, icon="database")
    if need.by_upload:
        return Chip(label=_("Cần gửi"), tone=Tone.TURN, icon="hand")
    return Chip(label=_("Không bắt buộc"))


def answer_rows(
    page: Page, draft: DraftView, change_url: str, wrong: Mapping[str, str]
) -> tuple[Fact, ...]:
    """What was said, with its source; what is missing or refused, with the reason."""
    sources = pages.source_words(draft.provenance)
    sound = {key: value for key, value in draft.answers.items() if key not in wrong}
    said = pages.shown_on(page, sound)
    return tuple(
        Fact(
            label=q.label_in(pages.language()),
            value=said.get(q.key, ""),
            source=sources.get(q.key, ""),
            change_url=f"{change_url}#q-{q.key.replace('_', '-')}",
            wrong=wrong.get(q.key, ""),
        )
        for q in page.questions
    )


def sent_papers(draft: DraftView) -> tuple[FileRow, ...]:
    return tuple(
        pages.file_row(paper.file, paper.name, note=_shown_note(paper.source))
        for paper in draft.papers
    )


def _shown_note(source: PaperSource) -> str:
    return _("Xuất trình tại quầy") if source is PaperSource.SCANNED else ""
