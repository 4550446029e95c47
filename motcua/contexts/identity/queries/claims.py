"""What an application is told about somebody, and how the consent page shows it."""

from collections.abc import Collection
from datetime import date, datetime

from motcua.contexts.identity.contracts import AccountKind
from motcua.contexts.identity.contracts.applications import DataScope
from motcua.contexts.identity.models import Account, Person
from motcua.contexts.identity.queries.actors import actor_of
from motcua.contexts.identity.queries.people import masked
from motcua.contexts.organisations import public as organisations
from motcua.kernel.actors import ROLE_NAMES, PostHeld
from motcua.kernel.clock import city_date


def claims_of(
    account: Account, scopes: Collection[str], *, whole_number: bool, now: datetime
) -> dict[str, object]:
    """By names of OpenID Connect where it has them. What is not known is left out."""
    if account.kind == AccountKind.OFFICER:
        found = _of_officer(account, now=now)
    else:
        found = _of_person(account.person, whole_number=whole_number)
    told = {name: value for scope in scopes for name, value in found.get(scope, {}).items()}
    return {name: value for name, value in told.items() if value not in (None, "")}


def _of_person(person: Person | None, *, whole_number: bool) -> dict[str, dict[str, object]]:
    if person is None:
        return {}
    number = person.personal_number if whole_number else masked(person.personal_number)
    return {
        DataScope.PROFILE: {"name": person.full_name},
        DataScope.BIRTHDATE: {"birthdate": person.born_on_text},
        DataScope.PERSONAL_NUMBER: {"personal_number": number},
        # Told by the person, proven by nobody.
        DataScope.EMAIL: {"email": person.email, "email_verified": False} if person.email else {},
        DataScope.PHONE: (
            {"phone_number": f"+84{person.phone[1:]}", "phone_number_verified": False}
            if person.phone
            else {}
        ),
    }


def _of_officer(account: Account, *, now: datetime) -> dict[str, dict[str, object]]:
    posts = _posts(account, city_date(now))
    return {
        DataScope.PROFILE: {"name": actor_of(account, assurance=0, now=now).name},
        DataScope.POSTS: {
            "posts": [{"unit": post.unit_code, "role": post.role.value} for post in posts]
        },
    }


def _posts(account: Account, on: date) -> tuple[PostHeld, ...]:
    return organisations.posts_of(account.officer_id, on) if account.officer_id else ()


def shown_value(account: Account, scope: DataScope, *, now: datetime) -> str:
    """One value as the consent page shows it: masked, whatever the application gets."""
    if scope is DataScope.POSTS:
        return _posts_in_words(account, city_date(now))
    told = claims_of(account, [scope], whole_number=False, now=now)
    value = str(next(iter(told.values()), ""))
    if scope is DataScope.PHONE and value:
        return f"•••••••{value[-3:]}"
    if scope is DataScope.EMAIL and value:
        name, _, place = value.partition("@")
        return f"{name[:1]}•••@{place}"
    if scope is DataScope.BIRTHDATE and value:
        return f"••/••/{value[:4]}"
    return value


def _posts_in_words(account: Account, on: date) -> str:
    posts = _posts(account, on)
    units = organisations.units_by_id({post.unit_id for post in posts})
    lines = (
        f"{ROLE_NAMES[post.role]}, {units[post.unit_id].name}"
        for post in posts
        if post.unit_id in units
    )
    return "\n".join(dict.fromkeys(lines))
