"""Builders of privacy for tests of any context."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from motcua.contexts.identity.testing import a_citizen_account, an_officer_account, the_actor
from motcua.contexts.organisations.testing import acting, the_officer
from motcua.contexts.privacy import public
from motcua.contexts.privacy.actions import impacts, retention
from motcua.contexts.privacy.contracts import (
    Asked,
    AskRight,
    Decide,
    Right,
    SignImpact,
    Weighed,
)
from motcua.contexts.privacy.queries.impacts import activity
from motcua.contexts.privacy.rules.impacts import draft, print_of, risks_of
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.kernel.testing import MONDAY_9AM
from motcua.kernel.testing.read_lines import read_lines


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


def to_sign(key: str) -> SignImpact:
    """An assessment of this activity as the data suggest it."""
    of = activity(key)
    weighed = tuple(
        Weighed(key=r.key, likelihood=r.likelihood, severity=r.severity, measures=r.measures)
        for r in risks_of(of)
    )
    return SignImpact(
        activity=key,
        risks=weighed,
        conclusion="Rủi ro ở mức chấp nhận được.",
        seen_print=print_of(draft(of)),
    )


def a_signed_impact(key: str, officer: Actor, *, now: datetime = MONDAY_9AM) -> None:
    impacts.sign(to_sign(key), actor=officer, now=now)


def a_look_at(person_id: UUID, *, account_id: UUID | None = None) -> UUID:
    """A line of the read log about this person, by an officer. Its id."""
    [line] = read_lines([person_id], account_id=account_id)
    return line.id


def disposed_of_tonight(now: datetime) -> None:
    """The nightly run of disposal."""
    retention.run(now=now)
