"""Purpose: every read says what it is for, without being asked where the post says it."""

import pytest
from django.http import HttpRequest, HttpResponse

from motcua.kernel.access import Access, officers, purpose_in, roles, route, signed_in
from motcua.kernel.actors import ANONYMOUS, SYSTEM, Actor, ActorKind, Role
from motcua.kernel.purpose import PURPOSE_NAMES, Purpose, purpose_of
from motcua.kernel.testing import citizen, officer

LEADER, RECEIVER = officer(Role.LEADER), officer(Role.RECEIVER)


def told(access: Access, actor: Actor, declared: Purpose | None = None) -> Purpose:
    request = HttpRequest()
    request.__dict__["actor"] = actor
    seen: list[Purpose] = []

    @route(access, purpose=declared)
    def view(request: HttpRequest) -> HttpResponse:
        seen.append(purpose_in(request))
        return HttpResponse()

    view(request)
    return seen[0]


@pytest.mark.parametrize(
    ("actor", "expected"),
    [
        (ANONYMOUS, Purpose.OPEN),
        (SYSTEM, Purpose.AUTOMATIC),
        (citizen(), Purpose.OWN_DATA),
        (RECEIVER, Purpose.SERVE_AT_COUNTER),
        (LEADER, Purpose.LEAD),
        (Actor(kind=ActorKind.OFFICER), Purpose.OWN_DATA),
    ],
)
def test_a_route_that_says_nothing_is_read_for_what_the_reader_does(actor, expected):
    assert purpose_of(actor) is expected


def test_a_route_may_say_what_it_is_read_for():
    assert told(officers, RECEIVER, Purpose.ARRANGE_WORK) is Purpose.ARRANGE_WORK
    assert told(signed_in, RECEIVER) is Purpose.SERVE_AT_COUNTER


def test_of_several_posts_those_count_that_the_route_asks_for():
    both = officer(Role.CASE_OFFICER, Role.RECEIVER)

    assert told(officers, both) is Purpose.HANDLE_CASE
    assert told(roles(Role.RECEIVER), both) is Purpose.SERVE_AT_COUNTER


def test_every_role_has_a_purpose_and_every_purpose_a_name():
    assert set(PURPOSE_NAMES) == set(Purpose)
    assert all(purpose_of(officer(role)) is not Purpose.OWN_DATA for role in Role)
