"""Gói mang theo: what a window keeps to receive without a network, and nothing about anybody."""

from datetime import datetime, timedelta

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import ReturnForm
from motcua.contexts.organisations import public as organisations
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import FeeRule, FeeRuleView, VersionView
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import city_date
from motcua.kernel.forms import Condition, condition_table, form_table
from motcua.kernel.text import fold

DAYS = 4  # of reception that due dates are reckoned for: a weekend and the days around it
MOST = 200
RETURN_WORDS = (
    (ReturnForm.COUNTER, "Nhận tại quầy"),
    (ReturnForm.ELECTRONIC, "Bản điện tử trong Ví giấy tờ"),
)


def package_of(actor: Actor, *, now: datetime) -> dict[str, object]:
    """For the first desk of the actor; empty where they receive nowhere."""
    today = city_date(now)
    unit_id = next(iter(sorted(actor.unit_ids(Role.RECEIVER), key=str)))
    unit = organisations.unit_by_id(unit_id)
    hits = procedures.browse(on=today, runnable=True, limit=MOST)
    versions = procedures.versions(hit.version_id for hit in hits if not hit.generic)
    return {
        "at": now.isoformat(),
        "days": [(today + timedelta(days=n)).isoformat() for n in range(DAYS)],
        "unit": {"id": str(unit.id), "name": unit.name, "ward": unit.ward_code},
        "officer": {"id": str(actor.account_id), "name": actor.name},
        "agency": dossiers.AGENCY,
        "returns": [{"value": value, "label": label} for value, label in RETURN_WORDS],
        "procedures": [_procedure(one, unit.ward_code, now) for one in versions],
    }


def _procedure(version: VersionView, ward: str, now: datetime) -> dict[str, object]:
    keys = dossiers.deciding(version)
    pages = form_table(version.form)["page"]
    assert isinstance(pages, list)
    return {
        "code": version.procedure_code,
        "version": version.number,
        "name": version.name,
        "words": fold(f"{version.name} {version.procedure_code} {' '.join(version.keywords)}"),
        "place": dossiers.place_question(version.form),
        "questions": [
            question | {"page_if": page.get("show_if")}
            for page in pages
            for question in page["question"]
            if question["key"] in keys
        ],
        "papers": [
            {
                "key": one.key,
                "name": one.name,
                "note": one.note,
                "must": one.required and not one.replaced_by and not one.filled_here,
                "form": one.filled_here,
                "register": one.replaced_by,
                "if": _table(one.applies_if),
            }
            for one in version.components
        ],
        "fees": [_fee(one) for one in version.fees],
        "cases": _cases(version, ward, now),
    }


def _fee(rule: FeeRuleView) -> dict[str, object]:
    """amount None: reckoned when there is a network."""
    amount = rule.amount if rule.rule is FeeRule.FIXED else None
    return {
        "label": rule.label,
        "amount": 0 if rule.rule is FeeRule.FREE else amount,
        "channel": rule.channel,
        "case": rule.case,
        "if": _table(rule.applies_if),
    }


def _cases(version: VersionView, ward: str, now: datetime) -> list[dict[str, object]]:
    """Special cases in the order in which they are asked, the rest last."""
    special = [(d.case, d.applies_if) for d in version.durations if d.applies_if is not None]
    return [
        {"case": case, "if": _table(condition), "dues": _dues(version, case, ward, now)}
        for case, condition in (*special, ("", None))
    ]


def _dues(version: VersionView, case: str, ward: str, now: datetime) -> list[list[str]]:
    days = (city_date(now) + timedelta(days=n) for n in range(DAYS))
    spans = (
        span for day in days for span in dossiers.due_spans(version, case, ward_code=ward, on=day)
    )
    return [[s.start.isoformat(), s.end.isoformat(), s.due_at.isoformat()] for s in spans]


def _table(condition: Condition | None) -> dict[str, object] | None:
    return condition_table(condition) if condition is not None else None
