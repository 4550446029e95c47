"""Units and posts as a personnel system tells them, each with its leaf."""

from datetime import datetime
from uuid import UUID

from motcua.contexts.identity.actions.provisioning import NEVER_BY_MACHINE
from motcua.contexts.identity.contracts.provisioning import (
    PostNotByMachine,
    PostProvisioned,
    ToldPost,
    ToldUnit,
    UnitProvisioned,
)
from motcua.contexts.identity.models import ProvisionedPlace
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import PostNotFound, PostView
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import city_date
from motcua.kernel.db import owns_transaction, record


@owns_transaction
def provision_unit(told: ToldUnit, *, actor: Actor, now: datetime) -> UnitProvisioned:
    """A division under another unit. Raises: UnitNotFound."""
    unit_id = organisations.add_unit(name=told.name, parent_id=told.parent_id, on=city_date(now))
    _call(unit_id, told.external_id)
    _record("provision_unit", unit_id, actor=actor, parent=str(told.parent_id))
    return UnitProvisioned(id=unit_id)


@owns_transaction
def update_unit(unit_id: UUID, told: ToldUnit, *, actor: Actor, now: datetime) -> None:
    """Its name, its place. Raises: UnitNotFound, UnitByActOnly, UnitBelowItself."""
    organisations.change_unit(unit_id, name=told.name, parent_id=told.parent_id, on=city_date(now))
    _call(unit_id, told.external_id)
    _record("update_unit", unit_id, actor=actor, parent=str(told.parent_id))


@owns_transaction
def remove_unit(unit_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Closed from today. Raises: UnitNotFound, UnitByActOnly, UnitHasParts, NobodyTakesOver."""
    organisations.close_unit(unit_id, on=city_date(now))
    _record("remove_unit", unit_id, actor=actor)


@owns_transaction
def provision_post(told: ToldPost, *, actor: Actor, now: datetime) -> PostProvisioned:
    """A post, held at once if a holder is told.

    Raises: PostNotByMachine, UnitNotFound, OfficerNotFound.
    """
    if told.role in NEVER_BY_MACHINE:
        raise PostNotByMachine
    today = city_date(now)
    post_id = organisations.add_post(told.unit_id, role=told.role, title=told.title, on=today)
    _call(post_id, told.external_id)
    if told.holder_id is not None:
        organisations.hold_post(post_id, told.holder_id, on=today)
    facts = {"unit": str(told.unit_id), "role": told.role.value, "holder": str(told.holder_id)}
    _record("provision_post", post_id, actor=actor, **facts)
    return PostProvisioned(id=post_id)


@owns_transaction
def name_post(post_id: UUID, title: str, external_id: str, *, actor: Actor, now: datetime) -> None:
    """Its title. Raises: PostNotFound, PostNotByMachine."""
    _refuse_guarded(_post(post_id, now=now).role)
    organisations.name_post(post_id, title=title)
    _call(post_id, external_id)
    _record("name_post", post_id, actor=actor)


@owns_transaction
def remove_post(post_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Ended from today. Raises: PostNotFound, PostNotByMachine, PostNeeded, NobodyTakesOver."""
    _refuse_guarded(_post(post_id, now=now).role)
    organisations.end_post(post_id, on=city_date(now))
    _record("remove_post", post_id, actor=actor)


def _post(post_id: UUID, *, now: datetime) -> PostView:
    found = {one.id: one for one in organisations.posts(city_date(now))}.get(post_id)
    if found is None:
        raise PostNotFound
    return found


def _refuse_guarded(role: Role) -> None:
    if role in NEVER_BY_MACHINE:
        raise PostNotByMachine


def _record(action: str, subject: UUID, *, actor: Actor, **facts: object) -> None:
    told = {"by": actor.name, **facts}
    record(action=f"identity.{action}", subject=str(subject), actor=actor, facts=told)


def _call(place_id: UUID, external_id: str) -> None:
    if external_id:
        ProvisionedPlace.objects.update_or_create(
            id=place_id, defaults={"external_id": external_id}
        )
    else:
        ProvisionedPlace.objects.filter(id=place_id).delete()
