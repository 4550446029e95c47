"""Tạm giữ: what was typed to hold a code back from disposal."""

from collections.abc import Mapping
from datetime import date

from motcua.contexts.privacy.contracts import HoldGround, HoldMalformed, PlaceHold


def hold_in(typed: Mapping[str, str]) -> PlaceHold:
    """Raises: HoldMalformed."""
    ground = typed.get("ground", "")
    if ground not in HoldGround.__members__:
        raise HoldMalformed("Bạn chọn vì sao phải tạm giữ.", field="ground")
    try:
        until = date.fromisoformat(typed.get("until", ""))
    except ValueError as wrong:
        raise HoldMalformed(field="until") from wrong
    return PlaceHold(
        code=typed.get("code", ""),
        ground=HoldGround(ground),
        reason=typed.get("reason", ""),
        until=until,
    )
