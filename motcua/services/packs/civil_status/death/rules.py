"""Khai tử: what the dates must agree on."""

from collections.abc import Mapping
from datetime import date

from motcua.kernel.forms import Refusal


def check(answers: Mapping[str, object], *, today: date) -> list[Refusal]:
    """Refusals of a death registration; dates are ISO text, so they compare as they stand."""
    born_on, died_on = (str(answers.get(key, "")) for key in ("deceased_born_on", "died_on"))
    notice_on = str(answers.get("notice_on", ""))
    refusals: list[Refusal] = []
    if died_on > today.isoformat():
        refusals.append(Refusal(field="died_on", message="Ngày mất ở tương lai."))
    if born_on and died_on and died_on < born_on:
        refusals.append(Refusal(field="died_on", message="Ngày mất phải từ ngày sinh trở đi."))
    if notice_on and died_on and notice_on < died_on:
        message = "Giấy báo tử không thể có trước ngày mất."
        refusals.append(Refusal(field="notice_on", message=message))
    own, theirs = (answers.get(f"{who}_personal_number") for who in ("requester", "deceased"))
    if own and own == theirs:
        message = "Đây là số định danh của người đi đăng ký. Ghi số của người đã mất."
        refusals.append(Refusal(field="deceased_personal_number", message=message))
    return refusals
