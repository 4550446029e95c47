"""Đánh giá tác động: what one activity does with which fields, drafted from the code itself.

Fields and classes come from what every context says of its models, retention from the schedule,
the rest from the register. The print of all of it tells when a signed assessment is out of date.
Legal: Law 91/2025/QH15; Decree 356/2025/NĐ-CP (facts 10; not compared with the text).
"""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps

from motcua.contexts.privacy.contracts import Activity, Draft, Level, Risk, Terms, TouchedTable
from motcua.contexts.privacy.rules.schedule import kept_for, periods
from motcua.kernel import privacy
from motcua.kernel.clock import months_later

FILE = Path(__file__).resolve().parents[1] / "data" / "impacts.toml"


@cache
def _file() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def terms() -> Terms:
    return Terms(**{name: value for name, value in _file().items() if name != "risk"})


@cache
def _risks() -> tuple[tuple[Risk, frozenset[str]], ...]:
    return tuple(
        (
            Risk(
                key=one["key"],
                name=one["name"],
                harm=one["harm"],
                likelihood=Level(one["likelihood"]),
                severity=Level(one["severity"]),
                measures=one["measures"],
            ),
            frozenset(one["activities"]),
        )
        for one in _file()["risk"]
    )


def risks_of(activity: Activity) -> tuple[Risk, ...]:
    """The risks to begin with; the officer weighs each anew."""
    return tuple(risk for risk, of in _risks() if of & {"*", activity.key})


def draft(activity: Activity) -> Draft:
    """What the activity does, as the code stands now."""
    return Draft(
        purpose=activity.purpose,
        basis=activity.basis.value,
        law=activity.law,
        subjects=activity.subjects,
        recipients=activity.recipients,
        kept=(activity.period, *_kept(activity)),
        security=activity.security,
        tables=tuple(filter(None, (_table(label) for label in activity.models))),
        abroad=activity.abroad,
    )


def _kept(activity: Activity) -> tuple[str, ...]:
    found = [one for one in periods().values() if one.activity == activity.key]
    return tuple(f"{one.name}: {kept_for(one)}" for one in found)


def _table(label: str) -> TouchedTable | None:
    said = privacy.of(apps.get_model(label)).classes
    fields = tuple((name, kind.value) for name, kind in said.items() if kind.is_personal)
    return TouchedTable(label=label, fields=fields) if fields else None


def print_of(told: Draft) -> str:
    """Equal for equal drafts."""
    text = json.dumps(asdict(told), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def first_due(activity: Activity) -> date:
    return activity.started_on + timedelta(days=terms().days_after_start)


def renewal_due(sent_on: date) -> date:
    """The same day so many months on, or the last of that month."""
    return months_later(sent_on, terms().months_between)


def change_due(seen_on: date) -> date:
    return seen_on + timedelta(days=terms().days_after_change)
