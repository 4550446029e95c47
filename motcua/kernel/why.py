"""Vì sao tôi thấy / không thấy: what was asked of whoever opens an address, and what held.

Computed from the declarations that decide: the route's `@route` and the grounds of the policy whose
row the address names. A row that the actor may not see answers exactly like one that is not there.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from motcua.kernel import addresses, reasons
from motcua.kernel.access import EVERYTHING, NOTHING, Access, Asked, Policy
from motcua.kernel.actors import Actor
from motcua.kernel.purpose import Purpose, purpose_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One ground that was asked. holds None: it is asked of each row of a list anew."""

    asked: Asked
    sentence: str
    holds: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """policy None: the address shows no rows that have an owner. sees None: it shows many.

    needs_reason: the row is only watched, and no reason is kept that still holds.
    """

    access: Access
    enters: bool
    purpose: Purpose
    policy: Policy | None = None
    answers: tuple[Answer, ...] = ()
    sees: bool | None = None
    needs_reason: bool = False


def why(address: str, actor: Actor, *, now: datetime, method: str = "GET") -> Why | None:
    """None for an address that is neither a page of ours nor an operation of the API.

    method: tells apart operations that share an address.
    """
    path = address.partition("?")[0]
    if not path.isprintable():  # no page has such a name, and the database would choke on it
        return None
    try:
        match = resolve(path)
    except Resolver404:
        return None
    access: Access | None = getattr(match.func, "access", None)
    if access is None:
        access = _of_operation(match.route, method)
    if access is None:
        return None
    declared: Purpose | None = getattr(match.func, "purpose", None)
    purpose = declared or purpose_of(actor, among=access.roles)
    enters = access.allows(actor)
    policy = policy_at(path, *match.kwargs)
    if policy is None:
        return Why(access=access, enters=enters, purpose=purpose)
    name = next((one for one in match.kwargs if one in policy.named_by), None)
    if name is None:
        return Why(
            access=access, enters=enters, purpose=purpose, policy=policy,
            answers=_of_list(policy, actor, now),
        )  # fmt: skip
    row = _row(policy, policy.named_by[name], match.kwargs[name])
    seen = row.filter(policy.predicate(actor, now=now)).exists()
    return Why(
        access=access,
        enters=enters,
        purpose=purpose,
        policy=policy,
        answers=_of_row(policy, row, actor, now),
        sees=seen,
        needs_reason=seen and not _is_open(policy, row, actor, now),
    )


def _of_operation(route: str, method: str) -> Access | None:
    """Pages declare on the view itself; operations of the API share one view by address."""
    told = "/" + route.replace("<", "{").replace(">", "}")
    found = (one for one in addresses.operations() if one.address == told)
    return next((one.access for one in found if method in one.methods.split("/")), None)


def verdict(found: Why) -> str:
    """In one sentence; of a foreign row the same as of none."""
    if not found.enters:
        return _("Tài khoản bạn đang dùng không vào được trang này.")
    if found.policy is None:
        return _("Ai vào được trang này thì thấy nội dung trang.")
    what = {"what": _(found.policy.what)}
    if found.sees is None:
        return _("Danh sách chỉ có những %(what)s hợp với ít nhất một căn cứ.") % what
    if found.sees:
        return _("Bạn thấy %(what)s này vì có căn cứ đúng với bạn.") % what
    return _("Không có %(what)s mang mã này, hoặc không căn cứ nào đúng với bạn.") % what


def policy_at(address: str, *names: str) -> Policy | None:
    """Whose row the parameters of an address name; whose rows it lists, without parameters."""
    if not names:
        lists = (policy for policy in Policy.registry.values() if address in policy.lists)
        return next(lists, None)
    fitting = (
        (max((len(one) for one in policy.under if address.startswith(one)), default=0), policy)
        for policy in Policy.registry.values()
        if not policy.named_by.keys().isdisjoint(names) and _lies(address, policy.under)
    )
    return max(fitting, key=lambda found: found[0], default=(0, None))[1]


def _lies(address: str, under: tuple[str, ...]) -> bool:
    return not under or address.startswith(under)


def rows_of(policy: Policy) -> "QuerySet[Any]":
    rows: QuerySet[Any] = apps.get_model(policy.model)._default_manager.order_by()
    return rows


def _row(policy: Policy, field: str, value: object) -> "QuerySet[Any]":
    try:
        return rows_of(policy).filter(**{field: value})
    except (ValueError, ValidationError):  # such a thing cannot be: nothing bears that name
        return rows_of(policy).none()


def _of_list(policy: Policy, actor: Actor, now: datetime) -> tuple[Answer, ...]:
    grounds = policy.grounds(actor, now=now)
    return tuple(
        Answer(
            asked=ground.asked,
            sentence=ground.sentence,
            holds={id(NOTHING): False, id(EVERYTHING): True}.get(id(ground.predicate)),
        )
        for ground in grounds
    )


def _of_row(
    policy: Policy, row: "QuerySet[Any]", actor: Actor, now: datetime
) -> tuple[Answer, ...]:
    return tuple(
        Answer(
            asked=ground.asked,
            sentence=ground.sentence,
            holds=ground.predicate is EVERYTHING or row.filter(ground.predicate).exists(),
        )
        for ground in policy.grounds(actor, now=now)
    )


def _is_open(policy: Policy, row: "QuerySet[Any]", actor: Actor, now: datetime) -> bool:
    open_rows = row.filter(reasons.open_to(actor, type(policy), now=now))
    return not policy.opening or open_rows.exists()
