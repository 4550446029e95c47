"""Sổ hoạt động xử lý: activities.toml as values, found by table."""

import tomllib
from functools import cache
from pathlib import Path

from motcua.contexts.privacy.contracts import Activity, LegalBasis

FILE = Path(__file__).resolve().parents[1] / "data" / "activities.toml"


@cache
def activities() -> tuple[Activity, ...]:
    """Every activity, in the order of the register."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(
        Activity(
            **{
                **entry,
                "basis": LegalBasis(entry["basis"]),
                "models": tuple(entry["models"]),
                "classes": tuple(entry["classes"]),
                "security": tuple(entry["security"]),
            }
        )
        for entry in told["activity"]
    )


@cache
def _by_model() -> dict[str, Activity]:
    return {model: activity for activity in activities() for model in activity.models}


def covered() -> frozenset[str]:
    """Labels of the tables that some activity names."""
    return frozenset(_by_model())


def activity_of(model: str) -> Activity:
    """Raises KeyError for a table that no activity covers, which a test forbids."""
    return _by_model()[model]
