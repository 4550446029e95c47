"""Lịch lưu giữ: schedule.toml as periods."""

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from motcua.contexts.privacy.contracts import Period

YEAR = 365.25
FILE = Path(__file__).resolve().parents[1] / "data" / "schedule.toml"


@cache
def periods() -> Mapping[str, Period]:
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {entry["kind"]: Period(**entry) for entry in told["kind"]}


def cut_off(period: Period, now: datetime) -> datetime:
    """What ended before this moment is past its period."""
    return now - timedelta(days=period.days)


def kept_for(period: Period) -> str:
    """«90 ngày từ lần lưu cuối», «10 năm từ ngày kết thúc», «vĩnh viễn», «theo thủ tục …»."""
    if period.forever:
        return "vĩnh viễn"
    if period.by_list:
        return period.counted_from
    years = round(period.days / YEAR)
    whole = years and abs(period.days - years * YEAR) < 1
    time = f"{years} năm" if whole else f"{period.days} ngày"
    return f"{time} từ {period.counted_from}"
