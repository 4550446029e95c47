"""Nghe tin: our own messages go out; the exchange says how that went."""

from datetime import date
from uuid import UUID

from motcua.contexts.exchange.events import (
    ReceiptRecorded,
    SendingDelivered,
    SendingGivenUp,
)
from motcua.contexts.identity import public as identity
from motcua.contexts.identity.events import (
    ClearanceLapseWarned,
    DeviceAdded,
    EvidenceAsked,
    FactorsChanged,
    MandateRecorded,
    MandateRevoked,
    MandateUsed,
)
from motcua.contexts.notifications import public
from motcua.contexts.notifications.actions import delivering, devices, mandates
from motcua.contexts.notifications.contracts import DeliveryState
from motcua.contexts.notifications.events import NotificationMade
from motcua.contexts.organisations import public as organisations
from motcua.kernel import clock
from motcua.kernel.clock import city_date
from motcua.kernel.events import subscribe
from motcua.kernel.privacy import CLASS_NAMES, DataClass
from motcua.ui import dates

# What a push service says of a browser that cannot be pushed to any more.
UNREACHABLE = frozenset({"gone", "unreadable_point", "unreadable_auth", "unreadable_base64"})


@subscribe(MandateRecorded)
def tell_recorded(event: MandateRecorded) -> None:
    mandates.recorded(UUID(event.subject), now=event.occurred_at)


@subscribe(MandateRevoked)
def tell_revoked(event: MandateRevoked) -> None:
    mandates.revoked(UUID(event.subject), now=event.occurred_at)


@subscribe(MandateUsed)
def tell_used(event: MandateUsed) -> None:
    mandates.used(UUID(event.subject), event.act, event.about, now=event.occurred_at)


@subscribe(NotificationMade)
def send_out(event: NotificationMade) -> None:
    delivering.send_out(event.notification_id, now=clock.now())


@subscribe(SendingDelivered)
def note_delivered(event: SendingDelivered) -> None:
    if event.subject.startswith(delivering.KEY):
        delivering.note_outcome(
            event.subject,
            state=DeliveryState.SENT,
            provider=event.provider,
            now=event.occurred_at,
        )


@subscribe(SendingGivenUp)
def note_given_up(event: SendingGivenUp) -> None:
    if event.subject.startswith(delivering.KEY):
        delivering.note_outcome(
            event.subject, state=DeliveryState.FAILED, reason=event.reason, now=event.occurred_at
        )
    if event.subject.startswith(delivering.KEY) and event.reason in UNREACHABLE:
        devices.forget_gone(event.subject, now=event.occurred_at)


@subscribe(ReceiptRecorded)
def note_receipt(event: ReceiptRecorded) -> None:
    if event.subject.startswith(delivering.KEY):
        delivering.note_outcome(
            event.subject,
            state=DeliveryState.DELIVERED if event.delivered else DeliveryState.FAILED,
            reason=event.reason,
            provider=event.provider,
            now=event.occurred_at,
        )


@subscribe(ClearanceLapseWarned)
def warn_officer_and_head(event: ClearanceLapseWarned) -> None:
    """Access ends on the day by itself; whoever can prevent it hears before."""
    known = organisations.officers_by_id([event.officer_id])
    if event.officer_id not in known:
        return
    heads = organisations.arrangers_of(event.officer_id, city_date(event.occurred_at))
    accounts = identity.accounts_of([event.officer_id, *(head.id for head in heads)])
    until = dates.day(date.fromisoformat(event.lapses_on))
    params = {
        "what": ", ".join(CLASS_NAMES[DataClass(one)] for one in event.data_classes.split(",")),
        "until": until,
        "officer": known[event.officer_id].full_name,
    }
    for officer_id, account_id in sorted(accounts.items()):
        is_own = officer_id == event.officer_id
        public.notify(
            account_id=account_id,
            template="clearance_lapses" if is_own else "clearance_of_officer_lapses",
            subject=f"{known[event.officer_id].staff_no}, {until}",
            params=params,
            now=event.occurred_at,
        )


@subscribe(EvidenceAsked)
def tell_of_evidence(event: EvidenceAsked) -> None:
    """Settled meanwhile: then nothing is asked of anybody."""
    what = identity.evidence_asked(event.candidate_id)
    if what:
        public.notify(
            template="evidence_asked",
            subject="",
            params={"what": what},
            person_id=UUID(event.subject),
            now=event.occurred_at,
        )


@subscribe(DeviceAdded)
def tell_of_new_device(event: DeviceAdded) -> None:
    public.notify(
        template="device_added",
        subject="",
        params={"where": event.device},
        person_id=event.person_id,
        account_id=None if event.person_id else UUID(event.subject),
        now=event.occurred_at,
    )


@subscribe(FactorsChanged)
def tell_of_factors(event: FactorsChanged) -> None:
    public.notify(
        template=f"factors_{event.how}",
        subject="",
        params={},
        account_id=UUID(event.subject),
        now=event.occurred_at,
    )
