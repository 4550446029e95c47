"""Builders of privacy for tests of any context."""

from dataclasses import replace
from datetime import datetime

from motcua.contexts.identity.testing import a_citizen_account, an_officer_account, the_actor
from motcua.contexts.organisations.testing import acting, the_officer
from motcua.contexts.privacy import public
from motcua.contexts.privacy.contracts import Asked, AskRight, Decide, Right
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.kernel.testing import MONDAY_9AM


def tuyet() -> Actor:
    """The citizen of the cast, with an account."""
    return the_actor(a_citizen_account())


def duyen(now: datetime = MONDAY_9AM) -> Actor:
    """The data protection officer of the cast, with an account."""
    return an_officer_acting("duyen", now)


def an_officer_acting(staff_no: str, now: datetime = MONDAY_9AM) -> Actor:
    account = an_officer_account(staff_no, officer_id=the_officer(staff_no).id)
    return replace(acting(staff_no, city_date(now)), account_id=account.id, assurance=2)


def asked(
    right: Right,
    person: Actor,
    *,
    target: str = "",
    wanted: str = "",
    reason: str = "",
    now: datetime = MONDAY_9AM,
) -> Asked:
    """A request of this person."""
    command = AskRight(right=right, target=target, wanted=wanted, reason=reason)
    return public.ask(command, actor=person, now=now)


def granted(code: str, officer: Actor, *, now: datetime = MONDAY_9AM) -> None:
    public.decide(Decide(code=code, grant=True), actor=officer, now=now)
