"""Access: one predicate for every way of reading, one sentence for every refusal."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from motcua.kernel import access
from motcua.kernel.access import Ground, Policy, SignInNeeded, WrongRole, visible, where
from motcua.kernel.actors import ANONYMOUS, SYSTEM, Actor, Role
from motcua.kernel.models import IdempotencyRecord
from motcua.kernel.testing import MONDAY_9AM, citizen, officer

TUYET, BAO = citizen(), officer(Role.CASE_OFFICER)
THANH = officer(Role.LEADER, name="Đỗ Công Thành")
MINE = "Bạn viết dòng này."
UNIT = "Đơn vị của bạn giữ dòng này."


@pytest.fixture
def policy() -> Iterator[type[Policy]]:
    class NotePolicy(Policy):
        resource = "tests.note"

        def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
            mine = where(actor.is_signed_in, Q(action=str(actor.account_id)))
            of_unit = where(actor.has(Role.CASE_OFFICER), Q(key__startswith="unit-"))
            return Ground(MINE, mine), Ground(UNIT, of_unit)

    yield NotePolicy
    Policy.registry.pop(NotePolicy.resource)


@pytest.fixture
def rows(db):
    """Three of Tuyết's, two of the unit, one of both, four of nobody."""
    mine = [f"mine-{n}" for n in range(3)]
    for key in [*mine, "unit-0", "unit-1", *(f"other-{n}" for n in range(4))]:
        owner = TUYET if key in mine else SYSTEM
        _row(key, str(owner.account_id))
    _row("unit-2", str(BAO.account_id))
    return IdempotencyRecord.objects.order_by("key")


def _row(key: str, owner: str) -> None:
    IdempotencyRecord.objects.create(key=key, action=owner, fingerprint=b"", created_at=MONDAY_9AM)


def export(rows) -> set[str]:
    out = io.StringIO()
    csv.writer(out).writerows(rows.values_list("key").iterator())
    return set(out.getvalue().split())


@pytest.mark.parametrize(
    ("actor", "expected"),
    [
        (TUYET, {"mine-0", "mine-1", "mine-2"}),
        (BAO, {"unit-0", "unit-1", "unit-2"}),
        (THANH, set()),
        (ANONYMOUS, set()),
    ],
)
def test_list_search_count_export_and_look_up_see_the_same(rows, policy, actor, expected):
    seen = visible(rows, actor, policy, now=MONDAY_9AM)
    everything = list(rows.values_list("key", flat=True))

    assert set(seen.values_list("key", flat=True)) == expected
    assert seen.count() == len(expected)
    assert export(seen) == expected
    assert {key for key in everything if seen.filter(key=key).exists()} == expected
    assert {row.key for row in seen.filter(key__contains="-0")} == {
        key for key in expected if key.endswith("-0")
    }


def test_two_grounds_for_one_row_do_not_make_it_two(rows, policy):
    assert visible(rows, BAO, policy, now=MONDAY_9AM).filter(key="unit-2").count() == 1


def a_request(actor: Actor) -> HttpRequest:
    request = HttpRequest()
    request.actor = actor
    return request


@access.route(access.roles(Role.SIGNER, Role.CLERK))
def sign(request: HttpRequest) -> HttpResponse:
    return HttpResponse("signed")


def test_a_route_lets_in_whom_it_names():
    assert sign(a_request(officer(Role.CLERK))).content == b"signed"


def test_a_route_tells_who_may_and_who_one_is():
    with pytest.raises(
        WrongRole, match=r"dành cho: lãnh đạo ký, văn thư\. Bạn đang dùng tài khoản «Lê Quốc Bảo»"
    ):
        sign(a_request(BAO))


def test_nobody_signed_in_is_asked_to_sign_in():
    with pytest.raises(SignInNeeded):
        sign(a_request(ANONYMOUS))
    with pytest.raises(SignInNeeded):
        sign(HttpRequest())


@pytest.mark.parametrize(
    ("rule", "welcome"),
    [
        (access.open_to_all, {"anonymous", "citizen", "officer", "leader"}),
        (access.signed_in, {"citizen", "officer", "leader"}),
        (access.citizens, {"citizen"}),
        (access.officers, {"officer", "leader"}),
        (access.roles(Role.LEADER), {"leader"}),
    ],
)
def test_each_rule_welcomes_whom_it_says(rule, welcome):
    cast = {"anonymous": ANONYMOUS, "citizen": TUYET, "officer": BAO, "leader": THANH}

    assert {name for name, actor in cast.items() if rule.allows(actor)} == welcome
