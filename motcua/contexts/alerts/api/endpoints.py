"""Alerts over the API: what holds now, from memory; and every released message."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema

from motcua.contexts.alerts import public
from motcua.contexts.alerts.contracts import (
    AlertView,
    Certainty,
    Kind,
    Severity,
    State,
    Status,
    Urgency,
)
from motcua.contexts.alerts.queries import alerts
from motcua.kernel import clock
from motcua.kernel.access import open_to_all, route
from motcua.kernel.api import actor_of

router = Router(tags=["alerts"])


class WordsOut(Schema):
    event: str
    headline: str
    description: str
    instruction: str
    area: str


class AlertOut(Schema):
    """`words` by language. `cap_url`: the CAP 1.2 document. `is_life`: lives are at stake now."""

    code: str
    status: Status
    kind: Kind
    state: State
    category: str
    urgency: Urgency
    severity: Severity
    certainty: Certainty
    is_life: bool
    words: dict[str, WordsOut]
    wards: list[str]
    unit_name: str
    contact: str
    released_at: datetime
    onset_at: datetime | None
    expires_at: datetime
    ended_at: datetime | None
    chain: list[str]
    cap_url: str

    @staticmethod
    def resolve_cap_url(one: AlertView) -> str:
        return f"/canh-bao/cap/{one.code}.xml"


class AlertsOut(Schema):
    alerts: list[AlertOut]


@router.get("/alerts", response=AlertsOut, operation_id="list_alerts")
@route(open_to_all)
def list_alerts(request: HttpRequest) -> dict[str, object]:
    """Cảnh báo đang có hiệu lực, at most a second old, lives first. Poll this."""
    return {"alerts": list(public.in_force(clock.now()))}


@router.get("/alerts/{alert_code}", response=AlertOut, operation_id="read_alert")
@route(open_to_all)
def read_alert(request: HttpRequest, alert_code: str) -> AlertView:
    """One released message, also an ended one. Refusals: 404 alert_not_found."""
    return alerts.public_one(alert_code, actor_of(request), now=clock.now())
