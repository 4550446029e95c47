"""Chứng thực bản sao: the day of the visit is still to come."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from motcua.kernel.forms import Refusal


def check(answers: Mapping[str, object], *, today: date) -> list[Refusal]:
    """Refusals of a request for certified copies."""
    visit_on = str(answers.get("visit_on", ""))
    if visit_on and visit_on < today.isoformat():
        return [
            Refusal(
                field="visit_on", message=_("Ngày này đã qua. Bạn chọn hôm nay hoặc một ngày sau.")
            )
        ]
    return []
