"""Chụp bằng điện thoại: a short address that one phone opens once, to bring the pages of a paper.

Whoever holds the phone need not sign in: the address proves that an officer at work asked for it.
What the phone brings is brought in that officer's name, for as long as that session lasts.
"""

from datetime import datetime, timedelta
from hmac import compare_digest
from uuid import UUID, uuid4

from django.conf import settings
from django.db.models import Max, QuerySet

from motcua.contexts.documents.actions import keeping, picturing
from motcua.contexts.documents.adapters.staging import Readable
from motcua.contexts.documents.contracts import PictureWanted, TooManyPictures
from motcua.contexts.documents.contracts.digitised import (
    Capture,
    HandoffEnded,
    HandoffView,
    NoPages,
    Offered,
    OpenedByPhone,
)
from motcua.contexts.documents.contracts.files import PICTURES
from motcua.contexts.documents.models import HandoffPage, PhoneHandoff, StoredFile
from motcua.contexts.documents.ports import handoff_taker
from motcua.contexts.documents.rules.limits import HANDOFF_LIVES, JOINED_AT_ONCE
from motcua.contexts.identity import public as identity
from motcua.kernel.access import SignInNeeded
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_time
from motcua.kernel.crypto import blind_index, blind_indexes
from motcua.kernel.db import change, insert, owns_transaction, record

SCOPE = "documents.handoff"
ID_DIGITS = 32
MARK_DIGITS = 32
REMEMBERED = timedelta(hours=1)


@owns_transaction
def offer_handoff(
    subject: str,
    key: str,
    *,
    title: str,
    owner_person_id: UUID | None,
    session_mark: str,
    by: Actor,
    now: datetime,
) -> Offered:
    """For one paper; what was offered before for it ends. Raises: SignInNeeded."""
    if by.account_id is None:
        raise SignInNeeded
    _of(subject, key, by).filter(done_at=None, ended_at=None).update(ended_at=now)
    row = PhoneHandoff(
        subject=subject,
        key=key,
        title=title[:200],
        owner_person_id=owner_person_id,
        account_id=by.account_id,
        assurance=by.assurance,
        session_mark=session_mark,
        made_at=now,
        ends_at=now + HANDOFF_LIVES,
    )
    insert(row)
    facts: dict[str, object] = {"about": subject, "key": key}
    record(action="documents.offer_handoff", subject=f"handoff {row.pk}", actor=by, facts=facts)
    return Offered(handoff_id=row.pk)


def handoff_of(
    subject: str, key: str, *, session_mark: str, by: Actor, now: datetime
) -> HandoffView | None:
    """The newest of this session for that paper, for an hour."""
    rows = _of(subject, key, by).filter(session_mark=session_mark, ended_at=None)
    row = rows.filter(made_at__gt=now - REMEMBERED).order_by("-made_at").first()
    if row is None:
        return None
    is_open = row.opened_at is None and row.done_at is None and row.ends_at > now
    return HandoffView(
        id=row.pk,
        key=row.key,
        url=link_of(row.pk) if is_open else "",
        ends_at=city_time(row.ends_at),
        opened_at=city_time(row.opened_at) if row.opened_at else None,
        done_at=city_time(row.done_at) if row.done_at else None,
        pages=HandoffPage.objects.filter(handoff=row).count(),
    )


@owns_transaction
def end_handoff(subject: str, key: str, *, by: Actor, now: datetime) -> None:
    """The officer thought better of it; ended twice is ended."""
    _of(subject, key, by).filter(done_at=None, ended_at=None).update(ended_at=now)
    record(action="documents.end_handoff", subject=subject, actor=by, facts={"key": key})


def _of(subject: str, key: str, by: Actor) -> "QuerySet[PhoneHandoff]":
    if by.account_id is None:
        raise SignInNeeded
    return PhoneHandoff.objects.filter(subject=subject, key=key, account_id=by.account_id)


def link_of(handoff_id: UUID) -> str:
    return f"{settings.PUBLIC_ORIGIN}/chup/{token_of(handoff_id)}"


def token_of(handoff_id: UUID) -> str:
    mark = blind_index(handoff_id.hex, scope=SCOPE).hex()[:MARK_DIGITS]
    return f"{handoff_id.hex}{mark}"


def _behind(token: str, now: datetime) -> PhoneHandoff:
    """The address proves itself before anything is looked up. Raises: HandoffEnded."""
    digits, mark = token[:ID_DIGITS], token[ID_DIGITS:]
    known = [one.hex()[:MARK_DIGITS] for one in blind_indexes(digits, scope=SCOPE)]
    if not any(compare_digest(mark.encode(), one.encode()) for one in known):
        raise HandoffEnded
    row = PhoneHandoff.objects.filter(pk=UUID(digits), ended_at=None, ends_at__gt=now).first()
    if row is None or not identity.session_is_there(row.session_mark):
        raise HandoffEnded
    return row


def offered(token: str, *, now: datetime) -> Capture:
    """What stands at the door. Raises: HandoffEnded, also when a phone opened it."""
    row = _behind(token, now)
    if row.opened_at is not None:
        raise HandoffEnded
    return Capture(title=row.title, ends_at=city_time(row.ends_at))


@owns_transaction
def open_handoff(token: str, *, by: Actor, now: datetime) -> OpenedByPhone:
    """By a press of a button; of two phones at once one opens it. Raises: HandoffEnded, Stale."""
    row = _behind(token, now)
    if row.opened_at is not None:
        raise HandoffEnded
    row.device, row.opened_at = uuid4(), now
    change(row, "device", "opened_at", expecting={"opened_at": None})
    record(action="documents.open_handoff", subject=f"handoff {row.pk}", actor=by)
    return OpenedByPhone(device=row.device)


def capture(token: str, device: UUID, *, now: datetime) -> Capture:
    """What this phone has brought so far. Raises: HandoffEnded."""
    row = _of_phone(token, device, now)
    pages = HandoffPage.objects.filter(handoff=row).order_by("place")
    return Capture(
        title=row.title,
        ends_at=city_time(row.ends_at),
        pages=tuple(pages.values_list("pk", flat=True)),
        done=row.done_at is not None,
    )


def _of_phone(token: str, device: UUID, now: datetime) -> PhoneHandoff:
    row = _behind(token, now)
    if row.device != device:
        raise HandoffEnded
    return row


def _open_to_phone(token: str, device: UUID, now: datetime) -> tuple[PhoneHandoff, Actor]:
    """Raises: HandoffEnded, also when the officer's account was closed meanwhile."""
    row = _of_phone(token, device, now)
    officer = identity.actor_at_work(
        row.account_id, assurance=row.assurance, mandate_id=None, now=now
    )
    if row.done_at is not None or not officer.is_officer:
        raise HandoffEnded
    return row, officer


def add_page(token: str, device: UUID, upload: Readable, *, filename: str, now: datetime) -> None:
    """Keep a picture as the next page. Owns its transactions.

    Raises: HandoffEnded, TooManyPictures, PictureWanted, and as `keeping.keep_upload`.
    """
    row, officer = _open_to_phone(token, device, now)
    if HandoffPage.objects.filter(handoff=row).count() >= JOINED_AT_ONCE:
        raise TooManyPictures
    kept = keeping.kept_bytes(
        upload, filename=filename, owner_person_id=row.owner_person_id, by=officer, now=now
    )
    if kept.told.media_type not in PICTURES:
        raise PictureWanted
    if HandoffPage.objects.filter(handoff=row, file__sha256=kept.sha256).exists():
        return  # the same picture again: the answer to the first was lost on its way
    _record_page(row, kept, by=officer, now=now)


@owns_transaction
def _record_page(row: PhoneHandoff, kept: keeping.Kept, *, by: Actor, now: datetime) -> None:
    """Behind the pages that are there; a phone that sends two at once sends them in a row."""
    PhoneHandoff.objects.select_for_update().get(pk=row.pk)
    last = HandoffPage.objects.filter(handoff=row).aggregate(last=Max("place"))["last"]
    file = keeping.insert_upload(kept, by=by, now=now)
    insert(HandoffPage(handoff=row, place=0 if last is None else last + 1, file=file))
    record(action="documents.bring_page", subject=f"handoff {row.pk}", actor=by)


def drop_page(token: str, device: UUID, page_id: UUID, *, now: datetime) -> None:
    """A page that came out badly; dropped twice is dropped. Raises: HandoffEnded."""
    row, officer = _open_to_phone(token, device, now)
    _drop(row.pk, page_id, by=officer, now=now)


@owns_transaction
def _drop(handoff_id: UUID, page_id: UUID, *, by: Actor, now: datetime) -> None:
    pages = HandoffPage.objects.filter(pk=page_id, handoff_id=handoff_id)
    StoredFile.objects.filter(pk__in=list(pages.values_list("file_id", flat=True))).delete()
    record(action="documents.drop_page", subject=f"handoff {handoff_id}", actor=by)


def finish(token: str, device: UUID, *, now: datetime) -> None:
    """The pages become one file, and that a paper of the matter. Owns its transactions.

    Killed in the middle, or pressed again, it does what is left to do.
    Raises: HandoffEnded, NoPages, and what the matter refuses.
    """
    row, officer = _open_to_phone(token, device, now)
    pages = list(
        HandoffPage.objects.filter(handoff=row).order_by("place").values_list("file_id", flat=True)
    )
    if not pages:
        raise NoPages
    made = pages[0]
    if len(pages) > 1:
        made = picturing.join_pictures(pages, title=row.title, by=officer, now=now).id
    _hand_over(row.pk, made, pages, by=officer, now=now)


@owns_transaction
def _hand_over(
    handoff_id: UUID, made: UUID, pages: list[UUID], *, by: Actor, now: datetime
) -> None:
    """Raises: Stale when it was pressed twice at once."""
    row = PhoneHandoff.objects.get(pk=handoff_id)
    row.done_at = now
    change(row, "done_at", expecting={"done_at": None})
    handoff_taker()(row.subject, row.key, made, by=by, now=now)
    if len(pages) > 1:  # what is in the joined file need not count as brought and unused
        StoredFile.objects.filter(pk__in=pages).delete()
    facts: dict[str, object] = {"file": str(made), "pages": len(pages)}
    record(action="documents.finish_handoff", subject=f"handoff {row.pk}", actor=by, facts=facts)


def forget_handoffs(*, now: datetime) -> int:
    """Rows of hand-offs that are over since a day. No action of a person."""
    gone, _by_model = PhoneHandoff.objects.filter(made_at__lt=now - timedelta(days=1)).delete()
    return gone
