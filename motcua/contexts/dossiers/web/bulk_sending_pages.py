"""Mô hình phần nộp cả loạt: try all drafts of a table, send them, see which were not sent."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from motcua.contexts.dossiers.contracts import BulkFault, BulkSendingView, BulkState, BulkView
from motcua.ui.parts import Action, Cell, Table
from motcua.ui.words import count, foreign


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became of the lines. codes: line and dossier, of those that were sent."""

    counts: BulkSendingView
    refused: tuple[BulkFault, ...]
    codes: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingPart:
    """send_url: "" while a job works on it, or who acts may not send."""

    sentence: str
    working: bool
    done: int
    total: int
    send_url: str
    refused: Table | None
    codes: tuple[Action, ...]


def sending_part(view: BulkView, told: Told | None, *, may_send: bool) -> SendingPart | None:
    """None until the drafts are made, and where there are none."""
    total = view.made + view.again
    if view.state is not BulkState.DONE or not total:
        return None
    working = told is not None and not told.counts.is_done
    return SendingPart(
        sentence=_sentence(told, total),
        working=working,
        done=told.counts.passed + told.counts.refused if told else 0,
        total=total,
        send_url=f"/nop-nhieu/bang/{view.id}/nop" if may_send and not working else "",
        refused=_table(told.refused) if told and told.refused else None,
        codes=tuple(
            Action(label=_("Dòng %(line)s: %(code)s") % {"line": line, "code": code},
                   url=f"/ho-so/{code}", kind="quiet")
            for line, code in (told.codes if told else ())
        ),
    )  # fmt: skip


def _sentence(told: Told | None, total: int) -> str:
    if told is None:
        return _(
            "Bạn thử trước: hệ thống xem từng bản nháp đã đủ để nộp chưa. Nộp rồi, mỗi dòng là "
            "một hồ sơ có mã riêng; hồ sơ có phí thì bạn trả phí sau."
        )
    numbers = {"passed": count(told.counts.passed), "refused": count(told.counts.refused),
               "done": count(told.counts.passed + told.counts.refused),
               "total": count(total)}  # fmt: skip
    if not told.counts.is_done:
        return _("Đã xem %(done)s trên %(total)s bản nháp. Bạn rời trang này cũng được.") % numbers
    if told.counts.trial:
        said = _("Thử xong, chưa nộp gì. %(passed)s bản nháp nộp được, %(refused)s chưa được.")
    else:
        said = _("Đã nộp %(passed)s hồ sơ. %(refused)s dòng chưa nộp được.")
    return said % numbers


def _table(refused: tuple[BulkFault, ...]) -> Table:
    return Table(
        caption=_("Các dòng chưa nộp được"),
        heads=((_("Dòng"), True), (_("Bạn sửa thế nào"), False)),
        rows=tuple(
            (Cell(text=str(one.line), number=True), Cell(text=one.sentence, language=foreign()))
            for one in refused
        ),
    )
