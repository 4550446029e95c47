"""Nhập mức thu: the form and the reading of a fee whose amount a table outside fixes."""

from collections.abc import Mapping

from django.http import QueryDict

from motcua.contexts.dossiers.contracts import (
    DeskView,
    ExemptionProof,
    FeeAmountNeeded,
    FixFee,
    NothingToExempt,
    SetExemption,
)
from motcua.contexts.dossiers.web.desk.deciding import EMPTY, ActionForm, with_error
from motcua.kernel.money import dong_in
from motcua.ui.parts import Option, QuestionView

NO_EXEMPTION = "none"
PROOF_WORDS = {
    ExemptionProof.ON_PHONE: "Ứng dụng VNeID của người nộp",
    ExemptionProof.DOCUMENT: "Văn bản xác nhận, đã trả lại",
}
BEYOND = 10**12  # đồng: from a million million it is a slip of the finger


def fee_form(
    view: DeskView,
    *,
    url: str,
    cancel_url: str,
    typed: QueryDict = EMPTY,
    errors: Mapping[str, str] | None = None,
) -> ActionForm:
    """One amount for one open fee."""
    names = tuple(Option(value=fee.label, label=fee.label) for fee in view.open_fees)
    which = QuestionView(
        key="label", label="Khoản thu", type="choice", value=typed.get("label", ""), options=names
    )
    amount = QuestionView(
        key="amount_dong",
        label="Số tiền",
        type="money",
        value=typed.get("amount_dong", ""),
        help="Ghi 0 nếu khoản này không thu.",
    )
    single = view.open_fees[0] if len(view.open_fees) == 1 else None
    asked = (amount,) if single else (which, amount)
    return ActionForm(
        title=f"Nhập mức thu: {single.label}" if single else "Nhập mức thu",
        url=url,
        cancel_url=cancel_url,
        button="Ghi mức thu, báo người nộp",
        seen_version=view.dossier.version_seen,
        effect=single.text if single else "Người nộp nhận tin kèm mã chuyển khoản.",
        hidden=(("label", single.label),) if single else (),
        questions=tuple(with_error(q, (errors or {}).get(q.key, "")) for q in asked),
    )


def fee_typed(view: DeskView, typed: QueryDict) -> FixFee:
    """Raises: FeeAmountNeeded."""
    amount = dong_in(typed.get("amount_dong", ""))
    if amount is None or amount >= BEYOND:
        raise FeeAmountNeeded(field="amount_dong")
    return FixFee(code=view.dossier.code, label=typed.get("label", ""), amount_dong=int(amount))


def exemption_form(
    view: DeskView,
    *,
    url: str,
    cancel_url: str,
    typed: QueryDict = EMPTY,
    errors: Mapping[str, str] | None = None,
) -> ActionForm:
    """Which exemption, and what the desk has seen of it; or none any more."""
    rules = tuple(Option(value=one.key, label=one.name) for one in view.exemptions)
    which = QuestionView(
        key="key",
        label="Diện miễn, giảm",
        type="choice",
        value=typed.get("key", ""),
        options=(*rules, Option(value=NO_EXEMPTION, label="Không còn diện nào, thu đủ")),
    )
    proof = QuestionView(
        key="proof",
        label="Đã xem",
        type="choice",
        value=typed.get("proof", ""),
        options=tuple(Option(value=one, label=PROOF_WORDS[one]) for one in ExemptionProof),
    )
    return ActionForm(
        title="Miễn, giảm phí",
        url=url,
        cancel_url=cancel_url,
        button="Lập lại khoản phí",
        seen_version=view.dossier.version_seen,
        effect="Khoản phí cũ hủy, khoản mới có mức tốt nhất. Đã trả rồi thì phần được giảm"
        " thành yêu cầu hoàn tiền.",
        questions=tuple(with_error(q, (errors or {}).get(q.key, "")) for q in (which, proof)),
    )


def exemption_typed(view: DeskView, typed: QueryDict) -> SetExemption:
    """Raises: NothingToExempt when nothing was chosen."""
    key = typed.get("key", "")
    if not key:
        raise NothingToExempt(field="key")
    wanted = "" if key == NO_EXEMPTION else key
    return SetExemption(code=view.dossier.code, key=wanted, proof=typed.get("proof", ""))
