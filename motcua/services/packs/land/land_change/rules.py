"""Biến động đất đai: two sides, whole plots, heirs whose shares make one estate."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils.translation import gettext as _

from motcua.kernel.forms import Refusal

WHOLE_ESTATE = 100  # percent
ROUNDING = 0.1


def check(answers: Mapping[str, object], *, today: date) -> list[Refusal]:
    """Refusals of the registration of a land change."""
    refusals = list(_heirs(answers))
    own, other = (answers.get(f"{who}_personal_number") for who in ("requester", "other"))
    if own and own == other:
        message = _("Đây là số định danh của bạn. Bạn ghi số của bên kia.")
        refusals.append(Refusal(field="other_personal_number", message=message))
    if answers.get("whole") is False:
        message = _("Chỉ chuyển một phần thì bạn tách thửa trước, bằng thủ tục mã 1.012784.")
        refusals.append(Refusal(field="whole", message=message))
    if str(answers.get("deed_on", "")) > today.isoformat():
        refusals.append(Refusal(field="deed_on", message=_("Ngày này chưa tới. Bạn xem lại.")))
    died_on, deed_on = (str(answers.get(key, "")) for key in ("deceased_died_on", "deed_on"))
    if died_on and deed_on and deed_on < died_on:
        message = _("Văn bản ghi ngày trước ngày mất. Bạn xem lại hai ngày.")
        refusals.append(Refusal(field="deed_on", message=message))
    return refusals


def _heirs(answers: Mapping[str, object]) -> Iterator[Refusal]:
    heirs = answers.get("heirs")
    if not isinstance(heirs, list) or not heirs:
        return
    numbers = [heir.get("personal_number") for heir in heirs]
    if len(set(numbers)) < len(numbers):
        yield Refusal(
            field="heirs", message=_("Mỗi người thừa kế chỉ ghi một lần. Bạn bỏ dòng thừa.")
        )
    total = sum(float(heir.get("share", 0)) for heir in heirs)
    if abs(total - WHOLE_ESTATE) > ROUNDING * len(heirs):
        message = _("Các phần cộng lại %(sum)s%%. Bạn sửa để tổng là 100%%.") % {
            "sum": f"{total:g}".replace(".", ",")
        }
        yield Refusal(field="heirs", message=message)
