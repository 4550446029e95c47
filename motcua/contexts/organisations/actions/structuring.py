"""Đơn vị và vị trí không có thẩm quyền: made, named, moved and ended as a personnel system tells.

Whatever decides or handles procedures changes by an act of reorganisation alone, because open work
and signatures follow it (`actions/reorganisation.py`).
"""

from datetime import date
from uuid import UUID

from django.db.models import Q

from motcua.contexts.organisations.actions.editions import renew_all, renew_staff
from motcua.contexts.organisations.actions.staffing import end_holding
from motcua.contexts.organisations.contracts import (
    PostNeeded,
    PostNotFound,
    UnitBelowItself,
    UnitByActOnly,
    UnitHasParts,
    UnitKind,
    UnitNotFound,
)
from motcua.contexts.organisations.models import Competence, Post, PostHolding, Unit
from motcua.kernel.actors import Role
from motcua.kernel.db import joins_transaction, uuid7
from motcua.kernel.text import nfc

FIRST_NUMBER = 900  # codes of units that no table names


@joins_transaction
def add_unit(*, name: str, parent_id: UUID, on: date) -> UUID:
    """A division without competence; its code is ours. Raises: UnitNotFound."""
    parent = _living_unit(parent_id, on=on)
    named = nfc(name)
    unit = Unit(
        id=uuid7(), code=_free_code(parent.code), name=named, short_name=named[:100],
        kind=UnitKind.DIVISION.value, parent_id=parent.id, ward_code=parent.ward_code,
        invented=True, valid_from=on,
    )  # fmt: skip
    unit.save(force_insert=True)
    renew_all()
    return unit.id


def _free_code(above: str) -> str:
    taken = set(Unit.objects.filter(code__startswith=f"{above}.").values_list("code", flat=True))
    number = FIRST_NUMBER
    while f"{above}.{number}" in taken:
        number += 1
    return f"{above}.{number}"


@joins_transaction
def change_unit(unit_id: UUID, *, name: str, parent_id: UUID, on: date) -> None:
    """Another name, another place; the code stays. Raises: UnitNotFound, UnitByActOnly,

    UnitBelowItself.
    """
    unit, named = _living_unit(unit_id, on=on), nfc(name)
    if (named, parent_id) == (unit.name, unit.parent_id):
        return
    _refuse_competent(unit)
    if parent_id != unit.parent_id:
        above: Unit | None = _living_unit(parent_id, on=on)
        while above is not None:
            if above.id == unit.id:
                raise UnitBelowItself
            above = above.parent
    unit.name, unit.short_name, unit.parent_id = named, named[:100], parent_id
    unit.save(update_fields=["name", "short_name", "parent"])
    renew_all()


@joins_transaction
def close_unit(unit_id: UUID, *, on: date) -> None:
    """From this day it is no more; its posts end with it. Raises: UnitNotFound, UnitByActOnly,

    UnitHasParts, NobodyTakesOver.
    """
    unit = _living_unit(unit_id, on=on)
    _refuse_competent(unit)
    if Unit.objects.filter(parent_id=unit.id, valid_to__isnull=True).exists():
        raise UnitHasParts
    for post in Post.objects.filter(unit_id=unit.id, valid_to__isnull=True).order_by("id"):
        _end(post, on=on)
    if unit.valid_from == on:  # made this morning: it never was for a whole day
        unit.delete()
    else:
        unit.valid_to = on
        unit.save(update_fields=["valid_to"])
    renew_all()


@joins_transaction
def add_post(unit_id: UUID, *, role: Role, title: str, on: date) -> UUID:
    """A vacant post. Raises: UnitNotFound."""
    unit = _living_unit(unit_id, on=on)
    rank = Post.objects.filter(unit_id=unit.id, role=role.value).count()
    post = Post(
        id=uuid7(), unit_id=unit.id, role=role.value, title=nfc(title), rank=rank, valid_from=on
    )
    post.save(force_insert=True)
    renew_staff()
    return post.id


@joins_transaction
def name_post(post_id: UUID, *, title: str) -> None:
    """Another title. Raises: PostNotFound."""
    if not Post.objects.filter(id=post_id).update(title=nfc(title)):
        raise PostNotFound
    renew_staff()


@joins_transaction
def end_post(post_id: UUID, *, on: date) -> None:
    """From this day nobody can hold it. Raises: PostNotFound, PostNeeded, NobodyTakesOver."""
    post = Post.objects.select_for_update().filter(id=post_id).order_by("id").first()
    if post is None or post.valid_to is not None:
        raise PostNotFound
    others = Post.objects.filter(unit_id=post.unit_id, role=post.role, valid_to__isnull=True)
    if _is_competent(post.unit_id) and not others.exclude(id=post.id).exists():
        raise PostNeeded
    _end(post, on=on)
    renew_staff()


def _end(post: Post, *, on: date) -> None:
    holding = PostHolding.objects.filter(post_id=post.id, valid_to__isnull=True).first()
    if holding is not None:
        end_holding(holding.officer_id, on=on, post_id=post.id)
    if post.valid_from == on:
        post.delete()
        return
    post.valid_to = on
    post.save(update_fields=["valid_to"])


def _living_unit(unit_id: UUID, *, on: date) -> Unit:
    found = Unit.objects.select_for_update().filter(id=unit_id).order_by("id").first()
    if found is None or (found.valid_to and found.valid_to <= on):
        raise UnitNotFound
    return found


def _refuse_competent(unit: Unit) -> None:
    if unit.kind != UnitKind.DIVISION or _is_competent(unit.id):
        raise UnitByActOnly


def _is_competent(unit_id: UUID) -> bool:
    rulings = Competence.objects.filter(valid_to__isnull=True)
    return rulings.filter(Q(authority_id=unit_id) | Q(division_id=unit_id)).exists()
