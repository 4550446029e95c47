"""What the post tells us, signed."""

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import AwareDatetime

from motcua.contexts.exchange import public as exchange
from motcua.contexts.exchange.contracts import VNPOST
from motcua.contexts.post.actions.tracking import note_tracking
from motcua.contexts.post.contracts import IdentityProof, TrackingKind, TrackingTold
from motcua.kernel import clock
from motcua.kernel.access import open_to_all, route
from motcua.kernel.actors import Actor, ActorKind

router = Router(tags=["post"])
CARRIER = Actor(kind=ActorKind.PARTNER, name="Bưu chính")


class TrackingIn(Schema):
    """One event of a consignment. order: the key that we gave it; id: the post's own."""

    order: str
    id: str
    kind: TrackingKind
    at: AwareDatetime
    place: str = ""
    reason: str = ""
    proof: IdentityProof = IdentityProof.NONE
    postman: str = ""
    taken_by: str = ""


@router.post("/post/tracking", response={204: None}, operation_id="post_tracking")
@route(open_to_all, keyless=True)
def post_tracking(request: HttpRequest, body: TrackingIn) -> Status[None]:
    """Bưu chính báo hành trình; signed by the post, counted once, in any order.

    Refusals: 403 callback_refused; 404 consignment_not_found; 409 told_otherwise,
    consignment_moved; 422 names_needed.
    """
    now = clock.now()
    exchange.verify_callback(VNPOST, request.body, request.headers, now=now)
    told = TrackingTold(
        order=body.order,
        id=body.id,
        kind=body.kind,
        happened_at=body.at,
        place=body.place,
        reason=body.reason,
        proof=body.proof,
        postman=body.postman,
        taken_by=body.taken_by,
    )
    note_tracking(told, actor=CARRIER, now=now)
    return Status(204, None)
