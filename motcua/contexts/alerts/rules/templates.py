"""Mẫu cảnh báo: what an officer starts from (`data/templates.toml`)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from motcua.contexts.alerts.contracts import LANGUAGES, Certainty, Severity, Urgency

FILE = Path(__file__).resolve().parents[1] / "data" / "templates.toml"
TEXTS = ("event", "headline", "description", "instruction")


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """texts: by language, then by name of the text."""

    key: str
    name: str
    category: str
    urgency: Urgency
    severity: Severity
    certainty: Certainty
    hours: int
    texts: Mapping[str, Mapping[str, str]]


@cache
def templates() -> Mapping[str, Template]:
    """Every template, in the order of the file."""
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        key: Template(
            key=key,
            name=entry["name"],
            category=entry["category"],
            urgency=Urgency(entry["urgency"]),
            severity=Severity(entry["severity"]),
            certainty=Certainty(entry["certainty"]),
            hours=entry["hours"],
            texts={one: {name: entry[one][name] for name in TEXTS} for one in LANGUAGES},
        )
        for key, entry in raw.items()
    }
