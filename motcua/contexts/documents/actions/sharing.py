"""Chia sẻ giấy tờ: a link to one result, for a while; who opened it is told to its owner.

A link is opened by a press of a button, not by being looked at: programs that preview what is sent
in a chat neither use it up nor stand in the list.
"""

from datetime import datetime, timedelta
from hmac import compare_digest
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from motcua.contexts.documents import queries
from motcua.contexts.documents.actions import verification
from motcua.contexts.documents.contracts import (
    PERIODS,
    FileView,
    IssuedKind,
    IssuedNotFound,
    Opened,
    OpenedPaper,
    OpeningView,
    Shared,
    SharedView,
    ShareEnded,
    ShareNotAllowed,
    SharePeriod,
    ShareView,
)
from motcua.contexts.documents.events import ShareOpened
from motcua.contexts.documents.models import IssuedDocument, SharedPaper, ShareOpening
from motcua.contexts.identity import public as identity
from motcua.kernel.access import visible
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_time
from motcua.kernel.crypto import blind_index, blind_indexes
from motcua.kernel.db import insert, owns_transaction, record
from motcua.kernel.events import publish
from motcua.ui import words

SCOPE = "documents.share"
PASSED_ON = (IssuedKind.RESULT, IssuedKind.CERTIFIED_COPY)
LOOKED_AT = timedelta(minutes=15)  # how long the page stays open for whoever opened it
ID_DIGITS = 32


@owns_transaction
def share_paper(
    issued_id: UUID, period: SharePeriod, *, once: bool, by: Actor, now: datetime
) -> Shared:
    """A link to a result of one's own. Raises: IssuedNotFound, ShareNotAllowed."""
    paper = paper_of(issued_id, by, now=now)
    if paper.revoked_at is not None or paper.kind not in PASSED_ON:
        raise ShareNotAllowed
    if by.account_id is None or paper.owner_person_id is None:  # a policy shows nobody such
        raise IssuedNotFound
    row = SharedPaper(
        issued=paper,
        owner_person_id=paper.owner_person_id,
        account_id=by.account_id,
        once=once,
        made_at=now,
        ends_at=now + PERIODS[period],
    )
    insert(row)
    record(
        action="documents.share_paper",
        subject=paper.subject,
        actor=by,
        facts={"code": paper.verify_code, "share": str(row.pk), "period": period, "once": once},
    )
    return Shared(share_id=row.pk)


def paper_of(issued_id: UUID, by: Actor, *, now: datetime) -> IssuedDocument:
    """A paper of the party that whoever asks may read. Raises: IssuedNotFound."""
    mine = visible(IssuedDocument.objects.all(), by, queries.IssuedPolicy, now=now)
    row = mine.filter(pk=issued_id).first()
    if row is None:
        raise IssuedNotFound
    return row


@owns_transaction
def end_share(share_id: UUID, *, by: Actor, now: datetime) -> None:
    """Ended twice is ended. Raises: ShareEnded when it is nobody's, or somebody else's."""
    row = visible(SharedPaper.objects.all(), by, queries.SharePolicy, now=now).filter(pk=share_id)
    found = row.select_related("issued").first()
    if found is None:
        raise ShareEnded
    row.filter(ended_at=None).update(ended_at=now)
    facts: dict[str, object] = {"code": found.issued.verify_code, "share": str(share_id)}
    record(action="documents.end_share", subject=found.issued.subject, actor=by, facts=facts)


def shares_of(issued_id: UUID, by: Actor, *, now: datetime) -> tuple[ShareView, ...]:
    """Every link of the paper, newest first, with who opened it."""
    rows = visible(SharedPaper.objects.all(), by, queries.SharePolicy, now=now)
    rows = rows.filter(issued_id=issued_id).prefetch_related("openings").order_by("-made_at")
    return tuple(_told(row, now) for row in rows[:50])


def _told(row: SharedPaper, now: datetime) -> ShareView:
    openings = sorted(row.openings.all(), key=lambda one: one.at, reverse=True)
    return ShareView(
        id=row.pk,
        url=link_of(row.pk),
        once=row.once,
        made_at=city_time(row.made_at),
        ends_at=city_time(row.ends_at),
        ended_at=city_time(row.ended_at) if row.ended_at else None,
        is_open=_is_open(row, now) and not (row.once and openings),
        openings=tuple(
            OpeningView(at=city_time(one.at), viewer=one.viewer, device=one.device)
            for one in openings
        ),
    )


def _is_open(row: SharedPaper, now: datetime) -> bool:
    return row.ended_at is None and row.ends_at > now


def link_of(share_id: UUID) -> str:
    mark = blind_index(share_id.hex, scope=SCOPE).hex()
    return f"{settings.PUBLIC_ORIGIN}/chia-se/{share_id.hex}{mark}"


def _share_behind(token: str, now: datetime) -> "QuerySet[SharedPaper]":
    """The link proves itself before anything is looked up. Raises: ShareEnded."""
    digits, mark = token[:ID_DIGITS], token[ID_DIGITS:]
    known = [one.hex() for one in blind_indexes(digits, scope=SCOPE)]
    if not any(compare_digest(mark.encode(), one.encode()) for one in known):
        raise ShareEnded
    living = SharedPaper.objects.filter(pk=UUID(digits), ended_at=None, ends_at__gt=now)
    return living.select_related("issued", "issued__replaced_by")


def _not_used_up(rows: "QuerySet[SharedPaper]") -> SharedPaper:
    row = rows.filter(Q(once=False) | Q(openings=None)).first()
    if row is None:
        raise ShareEnded
    return row


def shared(token: str, *, now: datetime) -> SharedView:
    """What stands on the door of the link. Raises: ShareEnded."""
    row = _not_used_up(_share_behind(token, now))
    owner = identity.names_of([row.owner_person_id]).get(row.owner_person_id, "")
    return SharedView(
        share_id=row.pk,
        title=row.issued.title,
        unit_name=row.issued.unit_name,
        owner_masked=words.masked_name(owner),
        once=row.once,
        ends_at=city_time(row.ends_at),
    )


@owns_transaction
def open_shared(token: str, *, device: str, by: Actor, now: datetime) -> Opened:
    """Somebody pressed the button; of two who press a link for one at once, one opens it.

    Raises: ShareEnded.
    """
    locked = _share_behind(token, now).select_for_update(of=("self",))
    if locked.first() is None:
        raise ShareEnded
    row = _not_used_up(_share_behind(token, now))
    if not ShareOpening.objects.filter(share=row).exists():
        _tell_owner(row, now)
    opening = ShareOpening(share=row, at=now, viewer=by.name, device=device)
    insert(opening)
    facts: dict[str, object] = {"code": row.issued.verify_code, "share": str(row.pk)}
    record(action="documents.open_shared", subject=row.issued.subject, actor=by, facts=facts)
    return Opened(opening_id=opening.pk)


def _tell_owner(row: SharedPaper, now: datetime) -> None:
    """Once a link: who opens it again stands in the list."""
    told = ShareOpened(
        occurred_at=now,
        subject=row.issued.subject,
        issued_id=row.issued_id,
        title=row.issued.title,
        owner_person_id=row.owner_person_id,
    )
    publish(told)


def opened(token: str, opening_id: UUID, *, now: datetime) -> OpenedPaper:
    """The paper, for as long as one looks at it. Raises: ShareEnded."""
    row = _opened_row(token, opening_id, now)
    return OpenedPaper(
        paper=queries.issued_view(row.issued),
        proof=verification.verify(row.issued.verify_code),
        ends_at=city_time(row.ends_at),
    )


def opened_file(token: str, opening_id: UUID, *, now: datetime) -> FileView:
    """Its bytes; of what was taken back meanwhile nothing is given. Raises: ShareEnded."""
    row = _opened_row(token, opening_id, now)
    if row.issued.revoked_at is not None:
        raise ShareEnded
    return queries.file_by_id(row.issued.file_id)


def _opened_row(token: str, opening_id: UUID, now: datetime) -> SharedPaper:
    looked_at = Q(openings__pk=opening_id, openings__at__gt=now - LOOKED_AT)
    row = _share_behind(token, now).filter(looked_at).first()
    if row is None:
        raise ShareEnded
    return row
