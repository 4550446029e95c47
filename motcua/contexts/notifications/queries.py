"""Hộp thông báo: lists, the badge, and the rows that wait to go out."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from motcua.contexts.identity import public as identity
from motcua.contexts.notifications import ports
from motcua.contexts.notifications.contracts import (
    Channel,
    DeliveryState,
    DeviceView,
    Leaf,
    Level,
    MessageView,
    Paper,
    PaperWay,
    Service,
    Tab,
    WayOut,
)
from motcua.contexts.notifications.models import (
    Delivery,
    Device,
    Notification,
    PaperService,
    Preferences,
)
from motcua.contexts.notifications.policies import PaperServicePolicy, ServicePolicy
from motcua.contexts.notifications.rules import serving, wishes, wording
from motcua.contexts.notifications.rules.hours import Quiet
from motcua.contexts.notifications.rules.wishes import Wishes
from motcua.kernel import proofs
from motcua.kernel.access import Ground, Policy, visible, where
from motcua.kernel.actors import Actor
from motcua.kernel.fields import BlindIndex

PAGE = 30
KEY = "notification-"  # of what is handed to the exchange
DAILY = "letter-"
BADGE_LIMIT = 100
RELEASE_BATCH = 200
CHOSEN_LAST = ("-changed_at", "-id")
TURN = ~Q(level=Level.FYI) & Q(settled_at__isnull=True)


class NotificationPolicy(Policy):
    """A message is for its reader and nobody else, whatever their posts."""

    resource = "notifications.notification"
    model = "notifications.Notification"
    what = "thông báo"
    named_by: ClassVar = {"notification_id": "pk"}
    lists = ("/thong-bao",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        ours = Q(person_id__in=actor.party_ids)
        if actor.mandate and actor.mandate.is_limited:
            ours &= ports.reached(actor, now)
        to_account = where(actor.is_officer and actor.account_id, Q(account_id=actor.account_id))
        to_person = where(actor.is_citizen and actor.party_ids, ours)
        return (
            Ground("Thông báo này gửi cho bạn.", to_account if actor.is_officer else to_person),
        )


def inbox(actor: Actor, *, now: datetime) -> QuerySet[Notification]:
    """Everything the actor was told, newest first."""
    rows = visible(Notification.objects.all(), actor, NotificationPolicy, now=now)
    return rows.order_by("-id")


def page_of(
    rows: QuerySet[Notification], tab: Tab | None, *, before: UUID | None, language: str
) -> tuple[MessageView, ...]:
    """One page of a tab (of both without one), and one message more when there are older ones."""
    if tab is not None:
        rows = rows.filter(TURN) if tab is Tab.TO_DO else rows.exclude(TURN)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return tuple(view_of(row, language) for row in rows[: PAGE + 1])


def of_person(person_id: UUID) -> QuerySet[Notification]:
    return Notification.objects.filter(person_id=person_id).order_by("-id")


def of_account(account_id: UUID) -> QuerySet[Notification]:
    return Notification.objects.filter(account_id=account_id).order_by("-id")


def unread(*, person_id: UUID | None = None, account_id: UUID | None = None) -> int:
    """How many are unread, counted up to BADGE_LIMIT on an index of unread rows only."""
    rows = Notification.objects.filter(_reader(person_id, account_id), read_at__isnull=True)
    return rows.order_by()[:BADGE_LIMIT].count()


def _reader(person_id: UUID | None, account_id: UUID | None) -> Q:
    return Q(person_id=person_id) if person_id else Q(account_id=account_id)


def unread_of(rows: QuerySet[Notification]) -> int:
    """How many of these are unread, counted up to BADGE_LIMIT."""
    return rows.filter(read_at__isnull=True).order_by()[:BADGE_LIMIT].count()


def to_do_count(rows: QuerySet[Notification]) -> int:
    """How many messages ask for an act, counted up to BADGE_LIMIT."""
    return rows.filter(TURN).order_by()[:BADGE_LIMIT].count()


def view_of(row: Notification, language: str) -> MessageView:
    values = {**row.params, "subject": row.subject}
    words = wording.say(row.template, language, values)
    return MessageView(
        id=row.id,
        level=Level(row.level),
        template=row.template,
        subject=row.subject,
        title=words.title,
        text=" ".join(words.text),
        next_step=words.next_step,
        url=wording.link_of(row.template, values),
        created_at=row.created_at,
        read=row.read_at is not None,
        settled=row.settled_at is not None,
    )


def settle(
    subject: str,
    templates: Iterable[str],
    *,
    person_id: UUID | None,
    account_id: UUID | None,
    now: datetime,
) -> None:
    """End the turns of these templates (EVERYTHING: of all) about a dossier for one reader."""
    open_turns = Notification.objects.filter(TURN, _reader(person_id, account_id), subject=subject)
    wanted = tuple(templates)
    if wording.EVERYTHING not in wanted:
        open_turns = open_turns.filter(template__in=wanted)
    open_turns.update(settled_at=now)


def mark_read(rows: QuerySet[Notification], *, now: datetime) -> None:
    """Read; the turn of a message that asks for nothing more than eyes ends with it."""
    found = rows.order_by()
    unsettled = found.filter(TURN).exclude(template__in=wording.staying())
    unsettled.update(settled_at=now)
    found.filter(read_at__isnull=True).update(read_at=now)


def unread_served(rows: QuerySet[Notification]) -> tuple[UUID, ...]:
    """Notices of the law among these that are opened for the first time."""
    found = rows.filter(read_at__isnull=True, template__in=wording.served())
    return tuple(found.values_list("pk", flat=True))


def for_sending(notification_id: UUID) -> Notification | None:
    """Lock the message so that two workers start its ways out one after the other."""
    rows = Notification.objects.select_for_update().filter(id=notification_id)
    return rows.order_by("id").first()


def started_ways(notification_id: UUID) -> frozenset[tuple[str, UUID | None]]:
    """Each channel, with the device where there are several."""
    rows = Delivery.objects.filter(notification_id=notification_id).order_by("channel")
    return frozenset(rows.values_list("channel", "device_id"))


def waiting_for_update(state: DeliveryState, now: datetime) -> list[Delivery]:
    """What may go out now; rows another worker holds are passed over."""
    rows = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        state=state, not_before__lte=now
    )
    return list(rows.select_related("notification").order_by("not_before", "id")[:RELEASE_BATCH])


def is_waiting(state: DeliveryState, now: datetime) -> bool:
    return Delivery.objects.filter(state=state, not_before__lte=now).exists()


def by_key(key: str) -> "QuerySet[Delivery]":
    """What one sending of ours carries: one delivery, or the letter of a day."""
    text = key.removeprefix(KEY)
    letter = text.removeprefix(DAILY)
    return Delivery.objects.filter(**{"id" if letter == text else "letter": UUID(letter)})


def set_sent(rows: "QuerySet[Delivery]", *, provider: str, now: datetime) -> None:
    """Compare and set; a receipt may have been faster."""
    waiting = rows.exclude(state__in=(DeliveryState.SENT, DeliveryState.DELIVERED))
    if provider:
        waiting = waiting.exclude(state=DeliveryState.FAILED, provider=provider)
    waiting.update(state=DeliveryState.SENT, provider=provider, reason="", changed_at=now)
    rows.filter(sent_at__isnull=True).update(sent_at=now)


def set_delivered(rows: "QuerySet[Delivery]", *, provider: str, now: datetime) -> None:
    """Whoever delivered it, it was delivered; said twice, the first moment stays."""
    first = rows.filter(delivered_at__isnull=True)
    first.update(
        state=DeliveryState.DELIVERED,
        delivered_at=now,
        provider=provider,
        reason="",
        changed_at=now,
    )


def set_failed(
    rows: "QuerySet[Delivery]", *, reason: str, now: datetime, provider: str = ""
) -> None:
    """What was delivered stays so. By a provider: only by the one that took it."""
    rows = rows.exclude(state=DeliveryState.DELIVERED)
    if provider:
        rows = rows.filter(provider__in=("", provider))
    else:
        rows = rows.exclude(state=DeliveryState.SENT)
    known = {"provider": provider} if provider else {}
    rows.update(state=DeliveryState.FAILED, reason=reason[:200], changed_at=now, **known)


class DevicePolicy(Policy):
    """A device is its reader's."""

    resource = "notifications.device"
    model = "notifications.Device"
    what = "máy nhận tin đẩy"
    named_by: ClassVar = {"push_device_id": "pk"}
    lists = ("/thong-bao/cai-dat",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        return (Ground("Máy này của bạn.", _own_rows(actor)),)


class PreferencesPolicy(Policy):
    """How somebody wants to be told is their own."""

    resource = "notifications.preferences"
    model = "notifications.Preferences"
    what = "cách nhận thông báo"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        return (Ground("Cách nhận thông báo của bạn.", _own_rows(actor)),)


def _own_rows(actor: Actor) -> Q:
    """Never of somebody one acts for: a device and one's hours are of the one who holds it.

    Of every row of the human being: what was allowed before two rows were merged stays allowed.
    """
    if actor.is_officer:
        return where(actor.account_id, Q(account_id=actor.account_id))
    own = actor.is_citizen and actor.own_ids and not actor.mandate
    return where(own, Q(person_id__in=actor.own_ids))


def devices_of(reader: Q) -> "QuerySet[Device]":
    """Those that are pushed to, the newest first."""
    return Device.objects.filter(reader, ended_at__isnull=True).order_by("-created_at", "-id")


def own_devices(actor: Actor, *, now: datetime) -> "QuerySet[Device]":
    rows = Device.objects.filter(ended_at__isnull=True)
    return visible(rows, actor, DevicePolicy, now=now).order_by("-created_at", "-id")


def device_view(row: Device) -> DeviceView:
    return DeviceView(id=row.id, name=row.name, created_at=row.created_at, used_at=row.used_at)


def own_preferences(actor: Actor, *, now: datetime) -> Preferences | None:
    """Of several merged rows, what was chosen last."""
    rows = visible(Preferences.objects.all(), actor, PreferencesPolicy, now=now)
    return rows.order_by(*CHOSEN_LAST).first()


def wishes_of(row: Preferences | None) -> Wishes:
    """Without a row: all ways, and the customary hours."""
    if row is None:
        return Wishes()
    return wishes.read(row.off, Quiet(row.quiet_from, row.quiet_to), gathers=row.gathers)


def reader_wishes(reader: Q) -> Wishes:
    return wishes_of(Preferences.objects.filter(reader).order_by(*CHOSEN_LAST).first())


def reader_of(notification: Notification) -> Q:
    """With every row of the human being, as devices and wishes may be of another."""
    if notification.person_id is None:
        return Q(account_id=notification.account_id)
    return Q(person_id__in=identity.rows_of_person(notification.person_id))


def has_devices(account_id: UUID) -> bool:
    return devices_of(Q(account_id=account_id)).exists()


def note_use(rows: "QuerySet[Delivery]", *, now: datetime) -> None:
    """The device took what was pushed."""
    pushed = rows.filter(device__isnull=False).order_by("id").values("device_id")
    Device.objects.filter(id__in=pushed).update(used_at=now)


def reader_fields(actor: Actor) -> dict[str, UUID | None]:
    """Whose a new row is: an officer's by account, a citizen's by person."""
    if actor.is_officer:
        return {"account_id": actor.account_id}
    return {"person_id": actor.person_id}


def device_at(endpoint: str) -> Device | None:
    """Who is pushed to at this address now, locked."""
    field = Device._meta.get_field("endpoint_index")
    assert isinstance(field, BlindIndex)
    rows = Device.objects.select_for_update().filter(
        endpoint_index=field.made_of(endpoint), ended_at__isnull=True
    )
    return rows.order_by("id").first()


def device_for_update(device_id: UUID) -> Device | None:
    rows = Device.objects.select_for_update().filter(id=device_id, ended_at__isnull=True)
    return rows.order_by("id").first()


def deliveries_of(notification_id: UUID) -> tuple[Delivery, ...]:
    rows = Delivery.objects.filter(notification_id=notification_id)
    return tuple(rows.order_by("channel"))


def deliveries_about(subject: str) -> dict[str, dict[str, int]]:
    rows = Delivery.objects.filter(notification__subject=subject).order_by()
    found: dict[str, dict[str, int]] = {}
    for channel, state, count in rows.values_list("channel", "state").annotate(Count("id")):
        found.setdefault(channel, {})[state] = count
    return found


def _unreached(now: datetime) -> QuerySet[Notification]:
    """Notices of the law that nobody opened in time and no provider says to have delivered."""
    delivered = Delivery.objects.filter(notification=OuterRef("pk"), state=DeliveryState.DELIVERED)
    asked = PaperService.objects.filter(notification=OuterRef("pk"))
    return Notification.objects.filter(
        ~Exists(delivered),
        ~Exists(asked),
        ~Q(level=Level.FYI),
        read_at__isnull=True,
        person_id__isnull=False,
        template__in=wording.served(),
        created_at__gt=now - serving.LOOK_BACK,
        created_at__lte=now - serving.WAIT,
    )


def is_unreached(now: datetime) -> bool:
    return _unreached(now).exists()


def unreached_for_update(now: datetime) -> list[Notification]:
    """Locked, so that two workers ask for paper once; in batches."""
    rows = _unreached(now).select_for_update(skip_locked=True, of=("self",))
    return list(rows.defer("params").order_by("created_at", "id")[:RELEASE_BATCH])


def papers(actor: Actor, *, now: datetime) -> "QuerySet[PaperService]":
    """What the actor's desks bring on paper, the longest waiting first."""
    rows = visible(PaperService.objects.all(), actor, PaperServicePolicy, now=now)
    return rows.select_related("notification").order_by("asked_at", "id")


def served_notices(actor: Actor, *, now: datetime, subject: str = "") -> QuerySet[Notification]:
    """Newest first; `params` stay sealed: how it was delivered does not need them."""
    rows = visible(Notification.objects.all(), actor, ServicePolicy, now=now)
    if subject:
        rows = rows.filter(subject=subject)
    return rows.defer("params").order_by("-id")


def services(rows: Sequence[Notification], *, language: str) -> tuple[Service, ...]:
    """How each was delivered; two statements for all of them."""
    ways: dict[UUID, list[Delivery]] = {row.pk: [] for row in rows}
    for delivery in Delivery.objects.filter(notification__in=rows).order_by("id"):
        ways[delivery.notification_id].append(delivery)
    brought = PaperService.objects.filter(notification__in=rows).order_by("id")
    papers_of = {paper.notification_id: paper for paper in brought}
    return tuple(_service(row, ways[row.pk], papers_of.get(row.pk), language) for row in rows)


def _service(
    row: Notification, ways: list[Delivery], paper: PaperService | None, language: str
) -> Service:
    found = tuple(
        serving.Way(channel=Channel(one.channel), state=DeliveryState(one.state)) for one in ways
    )
    by_paper = "PAPER" if paper is not None and paper.done_at else ""
    return Service(
        id=row.id,
        template=row.template,
        title=wording.say(row.template, language, {}).title,
        subject=row.subject,
        made_at=row.created_at,
        opened_at=row.read_at,
        reached=serving.reached_by(found, row.read_at) or by_paper,
        ways=tuple(map(_way_out, ways)),
        paper=_paper(paper) if paper is not None else None,
    )


def _way_out(one: Delivery) -> WayOut:
    return WayOut(
        channel=Channel(one.channel),
        state=DeliveryState(one.state),
        provider=one.provider,
        reason=one.reason,
        waits_until=one.not_before,
        handed_at=one.handed_at,
        sent_at=one.sent_at,
        delivered_at=one.delivered_at,
    )


def _paper(row: PaperService) -> Paper:
    return Paper(
        asked_at=row.asked_at,
        done_at=row.done_at,
        way=PaperWay(row.way) if row.way else None,
        reference=row.reference,
    )


def leaves_of(row: Notification) -> tuple[Leaf, ...]:
    """Every action on this notice that the ledger keeps, each with its proof, the oldest first."""
    sent = Delivery.objects.filter(notification=row).order_by("id").values_list("id", flat=True)
    subjects = (str(row.once), str(row.pk), *(f"{KEY}{one}" for one in sent))
    found = [leaf for subject in subjects for leaf in proofs.leaves_of(subject)]
    return tuple(_leaf(one) for one in sorted(found, key=lambda one: one.at))


def _leaf(one: proofs.LeafView) -> Leaf:
    proof = proofs.proof_of(one.id)
    return Leaf(
        id=one.id,
        at=one.at,
        action=one.action,
        digest=one.digest,
        head=proof.head.number if proof.head else 0,
        position=proof.position,
        holds=proof.holds,
    )
