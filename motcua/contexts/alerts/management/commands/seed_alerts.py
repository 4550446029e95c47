"""A sample exercise: one that was released, updated and cancelled, and one that waits.

No page of a fresh city shows a band: a warning that is not meant would teach people to pass over
those that are. Both say in every channel that they are exercises.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from motcua.contexts.alerts.actions.drafting import draft
from motcua.contexts.alerts.actions.releasing import release
from motcua.contexts.alerts.contracts import (
    Certainty,
    DraftAlert,
    Kind,
    Severity,
    Status,
    Urgency,
)
from motcua.contexts.alerts.models import Alert
from motcua.contexts.alerts.rules.templates import templates
from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.kernel import clock
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import city_date

WARD = "26740"
COMMITTEE = f"H29.99.{WARD}"
DAYS_AGO = 9
CANCELLED = {
    "vi": {
        "headline": "Đã kết thúc diễn tập ngập",
        "instruction": "Bạn trở lại sinh hoạt bình thường.",
        "description": "Diễn tập ở phường đã xong.",
    },
    "en": {
        "headline": "The flood exercise is over",
        "instruction": "You may go back to normal.",
        "description": "The exercise in the ward is finished.",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Two officers of the ward who have accounts."""

    writer: Actor
    releaser: Actor


class Command(BaseCommand):
    help = "Sample exercises of alerts; safe to repeat."

    def handle(self, **options: Any) -> None:
        now = clock.now()
        if not settings.DEVELOPMENT_PASSWORD or Alert.objects.exists():
            return
        writer, releaser = _officer(Role.CLERK, now), _officer(Role.SIGNER, now)
        if writer and releaser:
            watch = Watch(writer=writer, releaser=releaser)
            _exercise(watch, now - timedelta(days=DAYS_AGO))
            draft(_command("chay"), actor=writer, now=now)


def _officer(role: Role, now: datetime) -> Actor | None:
    unit, today = organisations.unit(COMMITTEE), city_date(now)
    for officer in organisations.holders_of(unit.id, role, today):
        account_id = identity.accounts_of([officer.id]).get(officer.id)
        if account_id is not None:
            return identity.actor_at_work(account_id, assurance=2, mandate_id=None, now=now)
    return None


def _exercise(watch: Watch, began: datetime) -> None:
    """Three messages of one chain, two hours from each other."""
    first = _released(_command("ngap"), watch, began)
    more = {"kind": Kind.UPDATE, "replaces": first, "severity": Severity.MODERATE}
    second = _released(_command("ngap", **more), watch, began + timedelta(hours=2))
    texts = {one: {**templates()["ngap"].texts[one], **said} for one, said in CANCELLED.items()}
    last = {"kind": Kind.CANCEL, "replaces": second, "texts": texts}
    _released(_command("ngap", **last), watch, began + timedelta(hours=4))


def _released(command: DraftAlert, watch: Watch, at: datetime) -> str:
    code = draft(command, actor=watch.writer, now=at).code
    second = replace(watch.releaser, proven_at=at + timedelta(minutes=3))
    release(code, seen_version=1, actor=second, now=at + timedelta(minutes=3))
    return code


def _command(template: str, **other: Any) -> DraftAlert:
    kind = templates()[template]
    said: dict[str, Any] = {
        "template": kind.key,
        "status": Status.EXERCISE,
        "texts": kind.texts,
        "urgency": Urgency.IMMEDIATE,
        "severity": Severity.SEVERE,
        "certainty": Certainty.OBSERVED,
        "wards": (WARD,),
        "area": "",
        "contact": "1022",
        "hours": 6,
        "unit_id": organisations.unit(COMMITTEE).id,
    }
    return DraftAlert(**{**said, **other})
