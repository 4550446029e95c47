"""Hộ kinh doanh: one main trade, founders named once."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from motcua.kernel.forms import Refusal


def check(answers: Mapping[str, object], *, today: date) -> list[Refusal]:
    """Refusals of a household business registration."""
    refusals: list[Refusal] = []
    trades = _rows(answers, "trades")
    if trades and sum(trade.get("main") is True for trade in trades) != 1:
        refusals.append(
            Refusal(field="trades", message=_("Bạn chọn «Có» ở đúng một ngành, nghề chính."))
        )
    numbers = [member.get("personal_number") for member in _rows(answers, "members")]
    owner = "owner" if answers.get("filed_by_other") is True else "applicant"
    if answers.get(f"{owner}_personal_number") in numbers or len(set(numbers)) < len(numbers):
        message = _("Mỗi người chỉ ghi một lần, không ghi lại chủ hộ. Bạn bỏ dòng thừa.")
        refusals.append(Refusal(field="members", message=message))
    return refusals


def _rows(answers: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    rows = answers.get(key)
    return rows if isinstance(rows, list) else []
