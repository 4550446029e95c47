"""Bưu gửi of a dossier over the API."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from motcua.contexts.dossiers import queries
from motcua.contexts.post import public as post
from motcua.contexts.post.contracts import (
    ConsignmentKind,
    ConsignmentState,
    ConsignmentView,
    TrackingKind,
)
from motcua.kernel import clock
from motcua.kernel.access import route, signed_in
from motcua.kernel.api import actor_of

router = Router(tags=["dossiers"])


class ParcelEventOut(Schema):
    """What the post told, in the order in which it happened."""

    kind: TrackingKind
    happened_at: datetime
    place: str
    reason: str


class ParcelOut(Schema):
    """One consignment. price: whole đồng, null where the post told none; price_source: who did."""

    id: UUID
    kind: ConsignmentKind
    state: ConsignmentState
    tracking: str
    price: int | None
    price_source: str
    attempts: int
    asked_at: datetime
    claim: str
    events: list[ParcelEventOut]

    @staticmethod
    def resolve_price(view: ConsignmentView) -> int | None:
        return None if view.price is None else int(view.price)


@router.get(
    "/dossiers/{code}/consignments", response=list[ParcelOut], operation_id="list_consignments"
)
@route(signed_in)
def consignments(request: HttpRequest, code: str) -> tuple[ConsignmentView, ...]:
    """Bưu gửi của một hồ sơ, mới nhất trước. A foreign dossier does not exist: 404."""
    queries.dossier_row(code, actor_of(request), now=clock.now())
    return post.consignments_of(code)
