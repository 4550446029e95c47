"""Bảng quyền: rights.toml as rules; a right without time, law or way on does not load."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import ClockSpec, TimeUnit
from motcua.contexts.privacy.contracts import Right, RightRule, RightUnknown

FILE = Path(__file__).resolve().parents[1] / "data" / "rights.toml"


@cache
def _file() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def office_code() -> str:
    """The agency whose data protection officers answer."""
    return str(_file()["office"])


@cache
def rules() -> Mapping[Right, RightRule]:
    steps = _file()["step"]
    return {Right(entry["right"]): _rule(entry, steps) for entry in _file()["right"]}


def rule(right: Right) -> RightRule:
    return rules()[right]


def parse(word: str) -> Right:
    """`xem` in an address. Raises: RightUnknown."""
    for entry in _file()["right"]:
        if entry["slug"] == word:
            return Right(entry["right"])
    raise RightUnknown


def slug(right: Right) -> str:
    return next(str(e["slug"]) for e in _file()["right"] if e["right"] == right)


def _rule(entry: Mapping[str, Any], steps: list[dict[str, Any]]) -> RightRule:
    table = {
        "key": f"du-lieu.{entry['slug']}",
        "name": f"Giải quyết yêu cầu: {entry['name']}",
        "approved_by": "Quy trình mẫu",
        "invented": True,
        "intake": False,
        "step": [step | {"hours": entry["hours"]} for step in steps],
    }
    return RightRule(
        right=Right(entry["right"]),
        name=entry["name"],
        name_en=entry["name_en"],
        lead=entry["lead"],
        lead_en=entry["lead_en"],
        clock=ClockSpec(
            unit=TimeUnit.CALENDAR_DAY,
            value=entry["days"],
            citation=entry["citation"],
            apology=False,
        ),
        extension_days=entry.get("extension_days", 0),
        mark=entry["mark"],
        verified=entry["verified"],
        table=table,
        process=casework.parse_table(table),
    )
