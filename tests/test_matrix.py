"""Every address by every method, asked by every kind of visitor for every kind of object.

What must be answered follows from what is declared: `@route` says who gets in, the policy of the
resource says who sees the object. Nothing else is expected of a route by name.
"""

from collections.abc import Iterator

import pytest

from motcua.config.map import matrix
from motcua.contexts.identity.web.middleware import recent
from motcua.contexts.procedures.queries import snapshot as catalogue
from motcua.kernel import addresses, reading
from motcua.kernel.actors import ActorKind
from motcua.kernel.addresses import Route, may
from motcua.kernel.snapshots import look_again
from tests.scene import Scene, set_up

ROUTES = sorted(
    [*addresses.pages(), *addresses.operations()], key=lambda one: (one.address, one.methods)
)
NOT_OFFERED = 405
NO_NEIGHBOUR = {"/dang-nhap/vneid": {503}}  # no neighbour answers in a test: said so, kindly
TO_SIGN_IN = {302, 401, 403}


@pytest.fixture(scope="module")
def scene(small_city_of_module, django_db_blocker) -> Iterator[Scene]:
    with django_db_blocker.unblock(), reading.within(reading.Scope(address="test")):
        look_again()
        catalogue.forget()
        yield set_up()


def by_address(route: Route) -> str:
    return f"{route.methods} {route.address}".strip()


@pytest.mark.parametrize("route", ROUTES, ids=by_address)
def test_every_parameter_says_whose_object_it_names(route):
    known = {*matrix.RESOURCES, *matrix.OF_NO_VISITOR}

    assert route.access is not None
    unknown = set(matrix.parameters(route)) - known
    assert not unknown, "say in motcua/config/map/matrix.py whose object it is"


@pytest.mark.parametrize("route", ROUTES, ids=by_address)
def test_every_visit_is_answered_as_declared(route, scene, db):
    recent.forget()
    wrong, made = [], 0
    for method in matrix.methods(route):
        for who in matrix.VISITORS:
            nothing = scene.visit(who, method, route, "nothing")
            for kind in matrix.objects(route):
                made += 1
                answer = nothing
                if kind != "nothing" and may(route.access, scene.visitors[who].actor):
                    answer = scene.visit(who, method, route, kind)
                problem = fault(scene, who, route, kind, answer, nothing)
                if problem:
                    wrong.append(f"{method} by {who} of {kind}: {answer[0]}, {problem}")

    assert wrong == []
    assert made == matrix.visits(route)


def fault(
    scene: Scene, who: str, route: Route, kind: str,
    answer: tuple[int, str], nothing: tuple[int, str],
) -> str:  # fmt: skip
    """What is wrong with this answer, "" when it is as declared."""
    status, actor = answer[0], scene.visitors[who].actor
    if status == NOT_OFFERED:
        return ""
    if status == 422 and route.methods and '"code": "malformed"' in answer[1]:
        return ""  # the shape of a body is judged before anybody is asked for, and tells nothing
    if not may(route.access, actor):
        refused = TO_SIGN_IN if actor.kind is ActorKind.ANONYMOUS else {403}
        return "" if status in refused else "should not get in"
    if status >= 500 and status not in NO_NEIGHBOUR.get(route.address, ()):
        return "a fault"
    if kind == "nothing":
        return ""
    if scene.sees(who, route, kind):
        return "hidden, though the policy shows it" if status == 404 else ""
    return "" if answer == nothing else "tells that it exists"
