"""Lời về tiền hoàn: what a payer reads about money that goes back, on every page alike."""

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.contexts.payments.contracts import (
    InvoiceView,
    MoneyBack,
    RefundGround,
    RefundOffer,
    RefundState,
    RefundView,
    RefundWay,
)
from motcua.contexts.payments.rules.refunds import rules
from motcua.kernel.actors import Actor
from motcua.ui import dates
from motcua.ui.parts import Action, Alert, Tone
from motcua.ui.words import language


def ground_name(ground: RefundGround) -> str:
    """The reason in the reader's language; names are data."""
    rule = rules().grounds[ground]
    return rule.name_en if language() == "en" else rule.name


def offer_alert(offer: RefundOffer, *, code: str, can_ask: bool) -> Alert:
    """Money that came and is not owed, with the button that asks it back."""
    said = {"amount": offer.amount.vnd()}
    title = {
        RefundGround.OVERPAID: _("Bạn đã trả thừa %(amount)s"),
        RefundGround.PAID_TWICE: _("Bạn đã trả hai lần, thừa %(amount)s"),
        RefundGround.AFTER_CANCEL: _("Bạn trả %(amount)s sau khi khoản phí đã hủy"),
    }.get(offer.ground, _("Bạn đã trả %(amount)s cho khoản phí đã hủy"))
    text = _("Tiền này vẫn là của bạn. Bạn xin hoàn ở đây, không cần ra quầy.")
    if offer.came_at is not None:
        came = _("Tiền đến lúc %(when)s.") % {"when": dates.city_moment(offer.came_at)}
        text = f"{came} {text}"
    ask = Action(
        label=_("Xin hoàn %(amount)s") % said,
        url=f"{reverse('payments:ask_refund', args=[code])}?khoan={offer.credit_id or 'phi'}",
        kind="primary",
        icon="undo-2",
    )
    return Alert(title=title % said, text=text, tone=Tone.TURN, actions=(ask,) if can_ask else ())


def refund_alert(refund: RefundView, *, can_act: bool) -> Alert:
    """Where one refund is: amount, when, what to do if it does not arrive."""
    said = {"amount": refund.amount.vnd()}
    match refund.state:
        case RefundState.ASKED | RefundState.SECOND:
            return Alert(
                title=_("Đã nhận yêu cầu hoàn %(amount)s") % said,
                text=" ".join((_asked_of(refund), _if_nobody_answers(refund))).strip(),
                icon="clock",
            )
        case RefundState.ACCOUNT_NEEDED:
            return _account_needed(refund, said, can_act=can_act)
        case RefundState.PAID:
            return _paid(refund, said)
        case RefundState.DECLINED:
            return Alert(
                title=_("Chưa hoàn %(amount)s") % said,
                text=_("Lý do: %(why)s") % {"why": _sentence(refund.answer)}
                + " "
                + _complain(refund),
                icon="circle-x",
            )
    if refund.way is RefundWay.CASH:
        return Alert(
            title=_("Mời bạn nhận lại %(amount)s tiền mặt") % said,
            text=_("Bạn đến quầy đã thu tiền, mang theo biên lai hoặc mã khoản phí %(code)s.")
            % {"code": refund.invoice_code},
            tone=Tone.TURN,
        )
    return Alert(
        title=_("Đang hoàn tiền: %(amount)s") % said,
        text=" ".join(
            (_decided(refund), _paid_by(refund), _where(refund), if_it_does_not_arrive(refund))
        ),
        tone=Tone.GO,
        icon="hourglass",
    )


def _asked_of(refund: RefundView) -> str:
    """Who has it, since when: who received the money decides, whoever does the dossier."""
    said = {"when": dates.city_moment(refund.asked_at), "agency": refund.agency}
    if refund.agency:
        return _("%(agency)s đã thu khoản này và đang xem từ %(when)s.") % said
    return _("Bộ phận thu phí đang xem từ %(when)s. Có quyết định sẽ báo cho bạn.") % said


def _if_nobody_answers(refund: RefundView) -> str:
    if refund.answer_by is None:
        return ""
    return _("Hết ngày %(day)s chưa có trả lời, bạn gọi 1022 và đọc mã %(code)s.") % {
        "day": dates.day(refund.answer_by),
        "code": refund.invoice_code,
    }


def _complain(refund: RefundView) -> str:
    if not refund.agency:
        return _("Nếu bạn không đồng ý, gọi 1022 hoặc gửi khiếu nại.")
    return _("Nếu bạn không đồng ý, gọi 1022 hoặc gửi khiếu nại đến người đứng đầu %(agency)s.") % {
        "agency": refund.agency
    }


def _paid_by(refund: RefundView) -> str:
    return _("Nơi trả lại: %(agency)s.") % {"agency": refund.agency} if refund.agency else ""


def _account_needed(refund: RefundView, said: dict[str, str], *, can_act: bool) -> Alert:
    why = f"{_(refund.answer)} " if refund.answer else ""
    name = Action(
        label=_("Cho số tài khoản"),
        url=reverse("payments:refund_account", args=[refund.invoice_code, refund.id]),
        kind="primary",
        icon="landmark",
    )
    return Alert(
        title=_("Cần số tài khoản để hoàn %(amount)s") % said,
        text=why + _("Khoản hoàn đã được duyệt. Tiền đi ngay khi có tài khoản."),
        tone=Tone.TURN,
        actions=(name,) if can_act else (),
    )


def _paid(refund: RefundView, said: dict[str, str]) -> Alert:
    paper = Action(
        label=_("Tải giấy hoàn tiền (PDF)"),
        url=reverse("payments:refund_paper", args=[refund.invoice_code, refund.id]),
        icon="file-down",
    )
    when = _("Tiền đi lúc %(when)s.") % {"when": dates.city_moment(refund.paid_at)}
    text = when if refund.way is RefundWay.CASH else f"{when} {if_it_does_not_arrive(refund)}"
    return Alert(
        title=_("Đã hoàn %(amount)s") % said,
        text=text,
        tone=Tone.OK,
        actions=(paper,) if refund.invoice_code else (),
    )


def _decided(refund: RefundView) -> str:
    return _("Đã duyệt lúc %(when)s.") % {"when": dates.city_moment(refund.decided_at)}


def _where(refund: RefundView) -> str:
    if refund.way is RefundWay.BACK:
        return _("Tiền về tài khoản mà bạn đã dùng để trả.")
    return _("Tiền về tài khoản mà bạn đã cho.")


def if_it_does_not_arrive(refund: RefundView) -> str:
    """Until when to wait and whom to call; the time is ours, no law is known for it."""
    if refund.due_by is None:
        return ""
    return _("Hết ngày %(day)s chưa thấy tiền, bạn gọi 1022 và đọc mã %(code)s.") % {
        "day": dates.day(refund.due_by),
        "code": refund.invoice_code,
    }


def alerts_of(found: MoneyBack, invoice: InvoiceView, actor: Actor) -> tuple[Alert, ...]:
    """Everything about money that goes back, what asks for an act first."""
    payer = actor.is_citizen
    return (
        *(offer_alert(one, code=invoice.code, can_ask=payer) for one in found.offers),
        *(refund_alert(one, can_act=payer) for one in found.refunds),
    )


def claim_action(found: MoneyBack, code: str, actor: Actor) -> Action | None:
    """For a payer who thinks that a paid bill should have cost less, or nothing."""
    if found.claim is None or not actor.is_citizen:
        return None
    url = f"{reverse('payments:ask_refund', args=[code])}?khoan=khac"
    return Action(label=_("Xin hoàn khoản đã trả"), url=url, icon="undo-2")


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
