"""What providers of SMS tell us over HTTP."""

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from motcua.contexts.exchange import public as exchange
from motcua.contexts.exchange.actions.receipts import Told, take_receipt
from motcua.contexts.exchange.contracts import neighbour_name
from motcua.kernel import clock
from motcua.kernel.access import open_to_all, route
from motcua.kernel.actors import Actor, ActorKind

router = Router(tags=["exchange"])


class ReceiptIn(Schema):
    """What became of one message. `key`: the Idempotency-Key by which we sent it."""

    provider: Literal["sms_one", "sms_two"]
    key: Annotated[str, Field(min_length=1, max_length=200)]
    delivered: bool
    reason: Annotated[str, Field(max_length=200)] = ""
    at: datetime
    parts: Annotated[int, Field(ge=1, le=100)]
    cost_dong: Annotated[int, Field(ge=0, le=1_000_000)]


@router.post("/sms/receipts", response={204: None}, operation_id="sms_receipt")
@route(open_to_all, keyless=True)
def sms_receipt(request: HttpRequest, body: ReceiptIn) -> Status[None]:
    """Tổng đài báo tin nhắn đã tới hay chưa; signed by the provider, taken once.

    Refusals: 403 callback_refused; 404 message_unknown.
    """
    now = clock.now()
    exchange.verify_callback(body.provider, request.body, request.headers, now=now)
    provider = Actor(kind=ActorKind.PARTNER, name=neighbour_name(body.provider))
    take_receipt(Told(**body.dict()), actor=provider, now=now)
    return Status(204, None)
