"""Từng phần của trang theo dõi: lateness and its apology, what is owed, who looked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext as _

from motcua.contexts.casework.contracts import EventView, Phase, Timeliness
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import DossierView, LookLine
from motcua.contexts.dossiers.contracts.rulings import Ruling, RulingView
from motcua.contexts.dossiers.rules.showing import shown_answer
from motcua.contexts.dossiers.web import pages
from motcua.contexts.payments.contracts import RefundState, RefundView
from motcua.contexts.procedures.contracts import FeeLine
from motcua.kernel.clock import city_time
from motcua.kernel.forms import Question
from motcua.ui import dates, words
from motcua.ui.parts import Alert, Due, Fact, Tone
from motcua.ui.words import foreign


@dataclass(frozen=True, slots=True, kw_only=True)
class LookRow:
    """One reader of the dossier, as its owner reads of it. id: of the newest look."""

    id: str
    who: str
    post: str
    why: str
    when: str
    ask_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingRow:
    """A difference between applicant and register, as it was decided."""

    key: str
    title: str
    facts: tuple[Fact, ...]


def due_of(view: DossierView, *, today: date) -> Due:
    """The card of the due date; after a new date also why it was given."""
    due = pages.due_of(view.clock, view.days, today=today)
    promised = _promised(view)
    if promised is None:
        return due
    reason = _("Lý do hẹn lại: %(reason)s") % {"reason": promised.note}
    return replace(due, explanation=(due.explanation[0], reason, *due.explanation[1:]))


def _promised(view: DossierView) -> EventView | None:
    """The event that gave the new date."""
    return next((one for one in reversed(view.events) if one.kind == "extended"), None)


def apology(view: DossierView) -> Alert | None:
    """Late or given a new date: the agency says so before anybody asks."""
    if view.phase is Phase.ENDED or view.clock.due_at is None:
        return None
    unit, promised = {"unit": view.competent_unit}, _promised(view)
    late = view.clock.timeliness is Timeliness.OVERDUE
    if late:
        title = _("%(unit)s xin lỗi bạn: hồ sơ đang trễ.") % unit
        text = _("Bạn không phải đi hỏi. Cơ quan phải gửi thư xin lỗi và hẹn ngày mới.")
        if promised:
            text = _("Ngày hẹn lại cũng đã qua. Bạn gọi 1022, đọc mã hồ sơ để được trả lời ngay.")
        return Alert(title=title, text=text, tone=Tone.LATE, icon="triangle-alert")
    if promised is None:
        return None
    day = dates.long_day(city_time(view.clock.due_at))
    words = {"reason": promised.note, "who": promised.actor_name or view.competent_unit}
    return Alert(
        title=_("%(unit)s xin lỗi bạn và hẹn lại %(day)s.") % {**unit, "day": day},
        text=_("Lý do: %(reason)s Người ký thư: %(who)s.") % words,
        icon="mail",
    )


def effect(view: DossierView) -> str:
    """What sending does to the due date, said before it is sent."""
    if view.due_if_supplied is None:
        return _("Thời hạn bắt đầu tính khi hồ sơ đủ và được tiếp nhận.")
    day = {"day": dates.long_day(city_time(view.due_if_supplied))}
    return _("Đồng hồ đang dừng chờ bạn. Bạn gửi hôm nay thì ngày hẹn trả là %(day)s.") % day


def fee_facts(view: DossierView) -> tuple[Fact, ...]:
    """What is owed, what costs nothing, what nobody has fixed yet; each is said."""
    found = []
    if view.invoice and view.invoice.total:
        rest = view.invoice.outstanding
        state = _("chưa trả") if rest == view.invoice.total else _("chưa trả đủ")
        if rest == 0:
            state = _("đã trả")
        found.append(
            Fact(
                label=_("Phí, lệ phí"),
                value=f"{view.invoice.total.vnd()}, {state}",
                url=f"/thanh-toan/{view.invoice.code}",
            )
        )
    found.extend(_money_back(view))
    items = view.invoice.items if view.invoice else ()
    for item in items:
        if not item.full:
            found.append(
                Fact(
                    label=gettext(item.label),
                    value=_("Cơ quan định mức 0 ₫, bạn không phải trả"),
                    url=f"/thanh-toan/{view.invoice.code}" if view.invoice else "",
                )
            )
        if item.relief:
            said = {"amount": item.relief.vnd(), "name": gettext(item.relief_name)}
            value = _("Được miễn, giảm %(amount)s theo diện «%(name)s»") % said
            found.append(Fact(label=gettext(item.label), value=value))
    asked = {item.label for item in items}
    return (*found, *(_not_on_bill(line) for line in view.fees if line.label not in asked))


REFUNDS = {
    RefundState.ASKED: gettext_lazy("Đã nhận yêu cầu hoàn %(amount)s"),
    RefundState.SECOND: gettext_lazy("Đã nhận yêu cầu hoàn %(amount)s"),
    RefundState.PROMISED: gettext_lazy("Đang hoàn tiền: %(amount)s"),
    RefundState.ORDERED: gettext_lazy("Đang hoàn tiền: %(amount)s"),
    RefundState.ACCOUNT_NEEDED: gettext_lazy("Cần số tài khoản để hoàn %(amount)s"),
    RefundState.PAID: gettext_lazy("Đã hoàn %(amount)s"),
    RefundState.DECLINED: gettext_lazy("Chưa hoàn %(amount)s"),
}


def _money_back(view: DossierView) -> Iterator[Fact]:
    """What was paid too much, and what is on its way back; the page of the bill tells the rest."""
    if view.invoice is None:
        return
    url = f"/thanh-toan/{view.invoice.code}"
    for offer in view.money_back.offers:
        value = _("Bạn đã trả thừa %(amount)s, xin hoàn ở đây") % {"amount": offer.amount.vnd()}
        yield Fact(label=_("Tiền thừa"), value=value, url=url)
    for refund in view.money_back.refunds:
        yield Fact(
            label=_("Hoàn tiền"),
            value=str(REFUNDS[refund.state]) % {"amount": refund.amount.vnd()},
            note=_when(refund),
            url=f"/thanh-toan/{refund.invoice_code}",
        )


def _when(refund: RefundView) -> str:
    """Since when it stands so, and by when the next thing should have happened."""
    moment = dates.city_moment(refund.paid_at or refund.decided_at or refund.asked_at)
    going = refund.state in (RefundState.PROMISED, RefundState.ORDERED)
    asked = refund.state in (RefundState.ASKED, RefundState.SECOND)
    until = refund.due_by if going else refund.answer_by if asked else None
    if until is None:
        return moment
    text = _("tiền về trước ngày %(day)s") if going else _("trả lời trước ngày %(day)s")
    return f"{moment}, {text % {'day': dates.day(until)}}"


def _not_on_bill(line: FeeLine) -> Fact:
    if line.amount is not None:
        return Fact(label=gettext(line.label), value=_("Không thu"))
    return Fact(
        label=gettext(line.label),
        value=_("Chưa có mức thu"),
        note=line.text,
        note_language=foreign(),
    )


def look_rows(lines: Sequence[LookLine]) -> tuple[LookRow, ...]:
    """Each reader once, with the newest look."""
    rows: dict[tuple[str, str, str], LookRow] = {}
    for line in lines:
        key = (line.reader, line.role, line.unit)
        if key not in rows:
            rows[key] = LookRow(
                id=str(line.id),
                who=line.reader or _otherwise(line),
                post=", ".join(part for part in (line.role and _(line.role), line.unit) if part),
                why=_(line.why),
                when=dates.city_moment(line.at),
                ask_url=f"/toi/ai-da-xem/{line.id}/hoi",
            )
    return tuple(rows.values())


def _otherwise(line: LookLine) -> str:
    if line.by_code:
        return _("Người có mã hồ sơ và mã bí mật trên giấy tiếp nhận")
    return _("Người được bạn ủy quyền hoặc nộp cùng hồ sơ")


def ruling_rows(view: DossierView) -> tuple[RulingRow, ...]:
    """The newest decision of each question, with both values."""
    newest = {one.question_key: one for one in view.rulings}
    form = view.version.form
    found = ((form.question(key), one) for key, one in newest.items())
    return tuple(_ruling_row(q, one, view.competent_unit) for q, one in found if q)


def _ruling_row(question: Question, one: RulingView, competent: str) -> RulingRow:
    taken = one.ruling is Ruling.TAKEN
    name = {"name": question.label_in(words.language())}
    used, kept = (
        _("%(name)s: cơ quan dùng giá trị của cơ sở dữ liệu"),
        _("%(name)s: cơ quan giữ điều bạn khai"),
    )
    declared, registered = (
        str(shown_answer(question, value, dossiers.ward_name))
        for value in (one.declared, one.registered)
    )
    return RulingRow(
        key=question.key,
        title=(used if taken else kept) % name,
        facts=(
            Fact(label=_("Bạn khai"), value=declared),
            Fact(label=_("Cơ sở dữ liệu ghi"), value=registered),
            Fact(label=_("Lý do"), value=one.reason, language=foreign()),
            Fact(
                label=_("Người quyết định"),
                value=one.decided_by or competent,
                note=dates.city_moment(one.decided_at),
            ),
        ),
    )
