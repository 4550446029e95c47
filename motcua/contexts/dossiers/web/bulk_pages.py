"""Mô hình các trang nộp nhiều hồ sơ: choose a procedure, bring a table, follow it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.contexts.dossiers.contracts import BulkFault, BulkState, BulkView
from motcua.contexts.dossiers.web import pages
from motcua.contexts.dossiers.web.bulk_sending_pages import SendingPart
from motcua.ui.parts import (
    Action,
    Alert,
    Cell,
    Crumb,
    Fact,
    FieldError,
    Option,
    Table,
    Tone,
)
from motcua.ui.words import count, foreign

ROOT = "/nop-nhieu"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A procedure to file many of. language: of its name, where it has no English."""

    name: str
    url: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkListPage:
    crumbs: tuple[Crumb, ...]
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkStartPage:
    """columns: what the template asks for. earlier: tables sent before."""

    title: str
    language: str
    crumbs: tuple[Crumb, ...]
    samples: tuple[Action, ...]
    columns: tuple[Fact, ...]
    wards: tuple[Option, ...]
    ward: str
    earlier: tuple[Action, ...]
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkPage:
    """poll_url: while a job works on it, "" otherwise."""

    title: str
    language: str
    crumbs: tuple[Crumb, ...]
    sentence: str
    done: int
    total: int
    working: bool
    poll_url: str
    facts: tuple[Fact, ...]
    notices: tuple[str, ...]
    faults: Table | None
    marked: tuple[Action, ...]
    make_url: str
    make_label: str
    sending: SendingPart | None
    onward: Alert | None


def crumbs(*more: Crumb) -> tuple[Crumb, ...]:
    return (Crumb(label=_("Hồ sơ của tôi"), url="/ho-so"),
            Crumb(label=_("Nộp nhiều hồ sơ"), url=ROOT), *more)  # fmt: skip


def bulk_page(
    view: BulkView, faults: tuple[BulkFault, ...], sending: SendingPart | None = None
) -> BulkPage:
    url = f"{ROOT}/bang/{view.id}"
    working = view.state in (BulkState.CHECKING, BulkState.MAKING)
    making = view.state in (BulkState.MAKING, BulkState.DONE)
    name = pages.name_of(view.version)
    ready = view.state is BulkState.CHECKED and view.good > 0
    return BulkPage(
        title=name,
        language=foreign() if not view.version.name_en else "",
        crumbs=crumbs(Crumb(label=name, url=f"{ROOT}/{view.version.procedure_code}",
                            language=foreign() if not view.version.name_en else "")),
        sentence=_sentence(view),
        done=view.made if making else view.checked,
        total=max(view.good, 1) if making else view.lines,
        working=working,
        poll_url=url if working or (sending and sending.working) else "",
        facts=_facts(view),
        notices=view.notices,
        faults=_table(faults) if faults else None,
        marked=_marked(url) if view.wrong and not working else (),
        make_url=f"{url}/tao" if ready else "",
        make_label=ngettext("Tạo %(n)s bản nháp", "Tạo %(n)s bản nháp", view.good)
        % {"n": count(view.good)},
        sending=sending,
        onward=_onward(view),
    )  # fmt: skip


def _sentence(view: BulkView) -> str:
    numbers = {"checked": count(view.checked), "lines": count(view.lines),
               "made": count(view.made), "good": count(view.good)}  # fmt: skip
    match view.state:
        case BulkState.CHECKING:
            said = _("Đã kiểm tra %(checked)s trên %(lines)s dòng. Bạn rời trang này cũng được.")
        case BulkState.CHECKED if not view.good:
            said = _("Đã kiểm tra xong %(lines)s dòng. Chưa có dòng nào tạo được bản nháp.")
        case BulkState.CHECKED:
            said = _("Đã kiểm tra xong %(lines)s dòng. %(good)s dòng tạo được bản nháp.")
        case BulkState.MAKING:
            said = _("Đã tạo %(made)s trên %(good)s bản nháp. Xong, chúng tôi báo cho bạn.")
        case BulkState.DONE:
            said = _("Đã tạo %(made)s bản nháp.")
    return said % numbers


def _facts(view: BulkView) -> tuple[Fact, ...]:
    return (
        Fact(label=_("Số dòng trong bảng"), value=count(view.lines)),
        Fact(label=_("Đúng"), value=count(view.good)),
        Fact(label=_("Cần sửa"), value=count(view.wrong)),
        Fact(label=_("Đã gửi lần trước, không tạo lại"), value=count(view.again)),
    )


def _table(faults: tuple[BulkFault, ...]) -> Table:
    return Table(
        caption=_("Các ô cần sửa"),
        heads=((_("Dòng"), True), (_("Cột"), False), (_("Bạn sửa thế nào"), False)),
        rows=tuple(
            (
                Cell(text=str(fault.line), number=True),
                Cell(text=fault.column or _("Cả dòng"), language=foreign() if fault.column else ""),
                Cell(text=fault.sentence, language=foreign()),
            )
            for fault in faults
        ),
    )


def _marked(url: str) -> tuple[Action, ...]:
    return (
        Action(label=_("Tải các dòng cần sửa (.xlsx)"), url=f"{url}/can-sua.xlsx", kind=""),
        Action(label=_("Tải các dòng cần sửa (.csv)"), url=f"{url}/can-sua.csv", kind="quiet"),
    )


def _onward(view: BulkView) -> Alert | None:
    if view.state is not BulkState.DONE:
        return None
    return Alert(
        title=_("Bản nháp nằm trong Hồ sơ của tôi"),
        text=_("Bản nháp cần giấy tờ thì bạn mở, thêm giấy tờ. Gửi lại cùng bảng không tạo trùng."),
        tone=Tone.OK,
        actions=(Action(label=_("Mở Hồ sơ của tôi"), url="/ho-so"),),
    )
