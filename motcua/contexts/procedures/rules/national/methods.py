"""Thời hạn và phí của bản ghi quốc gia: taken as printed, nothing read into them.

Traps: «Miễn phí» is printed when the number is 0 although the words say that the People's Council
decides; several cases are mixed into one channel; a unit may be missing.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from motcua.kernel.text import nfc

Row = Mapping[str, object]
_CHANNELS = {"online": "ONLINE", "postal": "POSTAL", "in_person": "COUNTER"}
_UNITS = {
    "working_day": "WORKING_DAY",
    "day": "CALENDAR_DAY",
    "hour": "HOUR",
    "month": "MONTH",
}
_COUNCIL = re.compile(r"hội đồng nhân dân|hđnd", re.I)
_FREE = re.compile(
    r"miễn phí\s*(?:\(\s*(?:không|không có|không thu|miễn phí)?\s*[.;]?\s*\))?\.?", re.I
)
_ONE_AMOUNT = re.compile(r"[\d.,\s]+(?:vnđ|việt nam đồng|đồng|đ)?\.?", re.I)


def is_online(methods: Iterable[Row]) -> bool:
    return any(row.get("channel") == "online" for row in methods)


def durations(methods: Iterable[Row]) -> list[dict[str, object]]:
    """One table for each different time limit; a channel with several gets numbered cases."""
    by_channel: dict[str, list[dict[str, object]]] = defaultdict(list)
    for row in methods:
        limit = _duration(row)
        channel = _CHANNELS.get(str(row.get("channel")), "ALL")
        if limit and limit not in by_channel[channel]:
            by_channel[channel].append(limit)
    lists = list(by_channel.values())
    if lists and all(limits == lists[0] for limits in lists):
        return _cased("ALL", lists[0])
    return [table for channel, limits in by_channel.items() for table in _cased(channel, limits)]


def _cased(channel: str, limits: list[dict[str, object]]) -> list[dict[str, object]]:
    numbered = len(limits) > 1
    return [
        {"channel": channel, "case": f"Trường hợp {n}" if numbered else "", **limit}
        for n, limit in enumerate(limits, start=1)
    ]


def _duration(row: Row) -> dict[str, object]:
    note = _text(row.get("note")) or _text(row.get("time_text"))
    value, unit = row.get("time_value"), _UNITS.get(str(row.get("time_unit")))
    if isinstance(value, str) and value.replace(".", "", 1).isdigit():
        value = float(value)
    if unit and isinstance(value, int | float) and value > 0:
        whole = int(value) if float(value).is_integer() else value
        return {"unit": unit, "value": whole, "text": note}
    return {"unit": "RULE_TEXT", "value": 0, "text": note} if note else {}


def fees(methods: Iterable[Row]) -> list[dict[str, object]]:
    """One table for each different fee; equal on every channel becomes one for all."""
    by_fee: dict[str, tuple[dict[str, object], set[str]]] = {}
    channels = set()
    for row in methods:
        channel = _CHANNELS.get(str(row.get("channel")), "ALL")
        channels.add(channel)
        fee = _fee(row)
        if fee:
            by_fee.setdefault(repr(sorted(fee.items())), (fee, set()))[1].add(channel)
    return [
        {**fee, "channel": channel}
        for fee, where in by_fee.values()
        for channel in (["ALL"] if where == channels else sorted(where))
    ]


def _fee(row: Row) -> dict[str, object]:
    text, note = _text(row.get("fee_text")), _text(row.get("note"))
    amounts = row.get("fee_amounts_vnd")
    numbers = (
        [int(a) for a in amounts if isinstance(a, int | float)] if isinstance(amounts, list) else []
    )
    if _COUNCIL.search(text) or (text and _COUNCIL.search(note)):
        return {"kind": "OTHER", "rule": "HDND_TABLE", "text": text}
    if len(numbers) == 1 and numbers[0] > 0 and (not text or _ONE_AMOUNT.fullmatch(text)):
        return {"kind": "OTHER", "rule": "FIXED", "amount": numbers[0], "text": text}
    if numbers and not text:
        return {"kind": "OTHER", "rule": "TEXT", "text": "; ".join(f"{n} đồng" for n in numbers)}
    if not text or text.startswith("Không có thông tin") or text == "VNĐ":
        return {}
    if _FREE.fullmatch(text) and not numbers:
        return {"kind": "OTHER", "rule": "FREE", "text": text}
    return {"kind": "OTHER", "rule": "TEXT", "text": text}


def _text(value: object) -> str:
    return nfc(value) if isinstance(value, str) else ""
