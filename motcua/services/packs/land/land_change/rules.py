"""Biến động đất đai: two sides, whole plots, heirs whose shares make one estate."""

from collections.abc import Iterator, Mapping
from datetime import date

from motcua.kernel.forms import Refusal

WHOLE_ESTATE = 100  # percent
ROUNDING = 0.1


def check(answers: Mapping[str, object], *, today: date) -> list[Refusal]:
    """Refusals of the registration of a land change."""
    refusals = list(_heirs(answers))
    own, other = (answers.get(f"{who}_personal_number") for who in ("requester", "other"))
    if own and own == other:
        message = "Bên chuyển và bên nhận phải là hai người khác nhau."
        refusals.append(Refusal(field="other_personal_number", message=message))
    if answers.get("whole") is False:
        message = "Chỉ chuyển một phần thì tách thửa trước (mã 1.012784)."
        refusals.append(Refusal(field="whole", message=message))
    if str(answers.get("deed_on", "")) > today.isoformat():
        refusals.append(Refusal(field="deed_on", message="Ngày ký ở tương lai."))
    died_on, deed_on = (str(answers.get(key, "")) for key in ("deceased_died_on", "deed_on"))
    if died_on and deed_on and deed_on < died_on:
        message = "Văn bản thừa kế phải lập sau ngày mất."
        refusals.append(Refusal(field="deed_on", message=message))
    return refusals


def _heirs(answers: Mapping[str, object]) -> Iterator[Refusal]:
    heirs = answers.get("heirs")
    if not isinstance(heirs, list) or not heirs:
        return
    numbers = [heir.get("personal_number") for heir in heirs]
    if len(set(numbers)) < len(numbers):
        yield Refusal(field="heirs", message="Mỗi người thừa kế chỉ ghi một lần.")
    total = sum(float(heir.get("share", 0)) for heir in heirs)
    if abs(total - WHOLE_ESTATE) > ROUNDING * len(heirs):
        said = f"{total:g}".replace(".", ",")
        message = f"Các phần cộng lại {said}%. Tổng phải là 100%."
        yield Refusal(field="heirs", message=message)
