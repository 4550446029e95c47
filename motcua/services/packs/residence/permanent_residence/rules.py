"""Thường trú: who moves is named once, and a lease has not ended."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from motcua.kernel.forms import Refusal


def check(answers: Mapping[str, object], *, today: date) -> list[Refusal]:
    """Refusals of a registration of permanent residence."""
    refusals: list[Refusal] = []
    own, head = answers.get("requester_personal_number"), answers.get("head_personal_number")
    if own and own == head:
        message = _(
            "Đây là số định danh của bạn. Bạn ghi số của chủ hộ, "
            "hoặc chọn «Có» ở câu trên nếu bạn là chủ hộ."
        )
        refusals.append(Refusal(field="head_personal_number", message=message))
    numbers = _member_numbers(answers)
    if own in numbers or len(set(numbers)) < len(numbers):
        message = _("Mỗi người chỉ ghi một lần, không ghi lại chính bạn. Bạn bỏ dòng thừa.")
        refusals.append(Refusal(field="members", message=message))
    lease_until = str(answers.get("lease_until", ""))
    if lease_until and lease_until < today.isoformat():
        refusals.append(
            Refusal(
                field="lease_until",
                message=_(
                    "Hợp đồng này đã hết hạn. Bạn ghi hạn mới, hoặc ký lại hợp đồng trước khi nộp."
                ),
            )
        )
    alone = answers.get("head_is_me") is True and answers.get("home_kind") == "own"
    if answers.get("confirm_by") == "none_needed" and not alone:
        message = _(
            "Chủ hộ và chủ nhà cần xác nhận, vì đó không phải là bạn. Bạn chọn cách xác nhận."
        )
        refusals.append(Refusal(field="confirm_by", message=message))
    return refusals


def _member_numbers(answers: Mapping[str, object]) -> list[object]:
    members = answers.get("members")
    rows = members if isinstance(members, list) else []
    return [member.get("personal_number") for member in rows]
