"""Khung nhìn, phím tắt: what an officer keeps of the desk for another day."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from motcua.contexts.casework.contracts.desk import ViewNameNeeded, ViewNameTaken, ViewNotFound
from motcua.contexts.casework.models import KeyChoice, SavedView
from motcua.contexts.casework.policies import SavedViewPolicy
from motcua.kernel import access, db
from motcua.kernel.access import WrongRole
from motcua.kernel.actors import Actor
from motcua.kernel.db import owns_transaction, uuid7
from motcua.kernel.text import nfc

LONGEST_NAME, LONGEST_FILTER = 60, 600


@owns_transaction
def save_view(
    name: str, asked: str, *, unit_id: UUID | None = None, actor: Actor, now: datetime
) -> None:
    """Keep a filter of the inbox under a name. unit_id: whose officers see it too.

    Raises: WrongRole, ViewNameNeeded, ViewNameTaken.
    """
    officer_id, called = _officer(actor), " ".join(nfc(name).split())
    if not called or len(called) > LONGEST_NAME or len(asked) > LONGEST_FILTER:
        raise ViewNameNeeded(field="name")
    if unit_id is not None and unit_id not in {post.unit_id for post in actor.posts}:
        raise WrongRole
    same = SavedView.objects.filter(officer_id=officer_id, name=called)
    if access.visible(same, actor, SavedViewPolicy, now=now).exists():
        raise ViewNameTaken(field="name")
    made = SavedView(
        id=uuid7(), officer_id=officer_id, unit_id=unit_id, name=called, asked=asked, made_at=now
    )
    db.insert(made)
    facts: dict[str, object] = {"unit": str(unit_id or "")}
    db.record(action="casework.save_view", subject=str(made.id), actor=actor, facts=facts)


@owns_transaction
def share_view(view_id: UUID, *, unit_id: UUID | None, actor: Actor, now: datetime) -> None:
    """Let the officers of a unit see it, or nobody else. Raises: ViewNotFound, WrongRole."""
    view = _own(view_id, actor, now)
    if unit_id is not None and unit_id not in {post.unit_id for post in actor.posts}:
        raise WrongRole
    view.unit_id = unit_id
    db.change(view, "unit")
    facts: dict[str, object] = {"unit": str(unit_id or "")}
    db.record(action="casework.share_view", subject=str(view.id), actor=actor, facts=facts)


@owns_transaction
def drop_view(view_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Raises: ViewNotFound, also for whom it was only shared with."""
    view = _own(view_id, actor, now)
    db.record(action="casework.drop_view", subject=str(view.id), actor=actor)
    view.delete()


@owns_transaction
def choose_keys(off: Collection[str], *, actor: Actor, now: datetime) -> None:
    """Which keys of the desk this officer does not want. Raises: WrongRole."""
    officer_id = _officer(actor)
    row, unwanted = KeyChoice.objects.filter(pk=officer_id).first(), sorted(set(off))
    if row is None:
        db.insert(KeyChoice(officer_id=officer_id, off=unwanted, changed_at=now))
    else:
        row.off, row.changed_at = unwanted, now
        db.change(row, "off", "changed_at")
    facts: dict[str, object] = {"off": unwanted}
    db.record(action="casework.choose_keys", subject=str(officer_id), actor=actor, facts=facts)


def _officer(actor: Actor) -> UUID:
    if actor.officer_id is None:
        raise WrongRole
    return actor.officer_id


def _own(view_id: UUID, actor: Actor, now: datetime) -> SavedView:
    seen = access.visible(SavedView.objects.filter(pk=view_id), actor, SavedViewPolicy, now=now)
    view = seen.first()
    if view is None or view.officer_id != actor.officer_id:
        raise ViewNotFound
    return view
