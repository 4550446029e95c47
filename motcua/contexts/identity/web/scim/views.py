"""Addresses of SCIM."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from scim2_models import (
    Context,
    ListResponse,
    NotFoundException,
    PatchOp,
    Resource,
    SearchRequest,
)

from motcua.contexts.identity.actions.provisioning import (
    provision_officer,
    remove_officer,
    set_holder,
    update_officer,
)
from motcua.contexts.identity.queries import provisioning
from motcua.contexts.identity.web.scim.answers import answer, dumped, failed, read, scim
from motcua.contexts.identity.web.scim.resources import (
    CONFIG,
    MOST,
    PROVIDER,
    Group,
    User,
    group_of,
    holder_in,
    place,
    told_of,
    user_of,
)
from motcua.contexts.organisations import public as organisations
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date

R = TypeVar("R", bound=Resource[Any])
T = TypeVar("T")
PAGE = 100
METHODS = "This resource does not take the method."


@scim
def config(request: HttpRequest, *, actor: Actor) -> HttpResponseBase:
    return _read_only(request) or answer(dumped(CONFIG, scim_ctx=Context.RESOURCE_QUERY_RESPONSE))


@scim
def resource_types(request: HttpRequest, *, actor: Actor) -> HttpResponseBase:
    return _read_only(request) or _listed(PROVIDER.resource_types)


@scim
def resource_type(request: HttpRequest, name: str, *, actor: Actor) -> HttpResponseBase:
    return _read_only(request) or _found(PROVIDER.resource_types, name)


@scim
def schemas(request: HttpRequest, *, actor: Actor) -> HttpResponseBase:
    return _read_only(request) or _listed(PROVIDER.schemas)


@scim
def schema(request: HttpRequest, name: str, *, actor: Actor) -> HttpResponseBase:
    return _read_only(request) or _found(PROVIDER.schemas, name)


@scim
def search_all(request: HttpRequest, *, actor: Actor) -> HttpResponseBase:
    return failed(501, "Ask for Users and for Groups, each at its own address.")


@scim
def nothing(request: HttpRequest, rest: str, *, actor: Actor) -> HttpResponseBase:
    return failed(404, "There is no such address.")


@scim
def users(request: HttpRequest, *, actor: Actor) -> HttpResponseBase:
    if request.method == "GET":
        return _search(request, User, provisioning.officers(), user_of)
    if request.method != "POST":
        return failed(405, METHODS)
    told = read(request)
    told.setdefault("active", True)
    user = User.model_validate(told, scim_ctx=Context.RESOURCE_CREATION_REQUEST)
    made = provision_officer(told_of(user), actor=actor, now=clock.now())
    created = answer(_user(made.id, Context.RESOURCE_CREATION_RESPONSE), status=201)
    created["Location"] = place("Users", made.id)
    return created


@scim
def user(request: HttpRequest, user_id: str, *, actor: Actor) -> HttpResponseBase:
    key, now = _key(user_id), clock.now()
    held = _held(key)
    if request.method == "GET":
        return answer(_narrowed(request, held, User))
    if request.method == "DELETE":
        remove_officer(key, actor=actor, now=now)
        return HttpResponse(status=204)
    if request.method == "PUT":
        told = read(request)
        told.setdefault("active", True)
        wanted = User.model_validate(told, scim_ctx=Context.RESOURCE_REPLACEMENT_REQUEST)
        wanted.replace(held)
    elif request.method == "PATCH":
        wanted = _patched(request, held, User)
    else:
        return failed(405, METHODS)
    update_officer(key, told_of(wanted), actor=actor, now=now)
    return answer(_user(key, Context.RESOURCE_REPLACEMENT_RESPONSE))


@scim
def groups(request: HttpRequest, *, actor: Actor) -> HttpResponseBase:
    if request.method != "GET":
        return failed(405, "Posts are made by acts of the organisation, not by a client.")
    posts = organisations.posts(city_date(clock.now()))
    names = {one.id: one.full_name for one in organisations.all_officers()}
    return _search(request, Group, posts, lambda post: group_of(post, names))


@scim
def group(request: HttpRequest, group_id: str, *, actor: Actor) -> HttpResponseBase:
    key, now = _key(group_id), clock.now()
    held = _post(key)
    if request.method == "GET":
        return answer(_narrowed(request, held, Group))
    if request.method == "PUT":
        wanted = Group.model_validate(read(request), scim_ctx=Context.RESOURCE_REPLACEMENT_REQUEST)
    elif request.method == "PATCH":
        wanted = _patched(request, held, Group)
    else:
        return failed(405, "Posts are ended by acts of the organisation, not by a client.")
    set_holder(key, holder_in(wanted), actor=actor, now=now)
    return answer(dumped(_post(key), scim_ctx=Context.RESOURCE_REPLACEMENT_RESPONSE))


def _read_only(request: HttpRequest) -> HttpResponseBase | None:
    return None if request.method == "GET" else failed(405, METHODS)


def _key(text: str) -> UUID:
    """Raises: NotFoundException."""
    try:
        return UUID(text)
    except ValueError as malformed:
        raise NotFoundException(detail="There is no such resource.") from malformed


def _held(key: UUID) -> User:
    """Raises: NotFoundException."""
    found = provisioning.officer(key)
    if found is None:
        raise NotFoundException(detail="There is no such resource.")
    return user_of(found)


def _user(key: UUID, context: Context) -> dict[str, Any]:
    return dumped(_held(key), scim_ctx=context)


def _post(key: UUID) -> Group:
    """Raises: NotFoundException."""
    posts = {post.id: post for post in organisations.posts(city_date(clock.now()))}
    if key not in posts:
        raise NotFoundException(detail="There is no such resource.")
    post = posts[key]
    known = organisations.officers_by_id([post.holder_id] if post.holder_id else [])
    return group_of(post, {one.id: one.full_name for one in known.values()})


def _patched(request: HttpRequest, held: R, kind: type[R]) -> R:
    """Raises: ValidationError, SCIMException."""
    operations: Any = PatchOp  # its parameter is chosen here, when the address is known
    asked = operations[kind].model_validate(read(request), scim_ctx=Context.RESOURCE_PATCH_REQUEST)
    asked.patch(held)
    return held


def _asked(request: HttpRequest, kind: type[R]) -> Any:
    """What the address asks: filter, page, attributes. Raises: ValidationError."""
    search: Any = SearchRequest
    names = ("filter", "startIndex", "count", "attributes", "excludedAttributes")
    said = {name: request.GET[name] for name in names if name in request.GET}
    return search[kind].model_validate(said, scim_ctx=Context.SEARCH_REQUEST)


def _narrowed(request: HttpRequest, held: R, kind: type[R]) -> dict[str, Any]:
    asked = _asked(request, kind)
    return dumped(held, scim_ctx=Context.RESOURCE_QUERY_RESPONSE, response_parameters=asked)


def _search(
    request: HttpRequest, kind: type[R], rows: Sequence[T], told: Callable[[T], R]
) -> HttpResponseBase:
    """A page of what fits the filter; only the page is put into words where there is none."""
    asked = _asked(request, kind)
    most = min(PAGE if asked.count is None else asked.count, MOST)
    start = asked.start_index_0 or 0
    if asked.filter is None:
        total, page = len(rows), [told(row) for row in rows[start : start + most]]
    else:
        fitting = [one for one in map(told, rows) if asked.filter.match(one)]
        total, page = len(fitting), fitting[start : start + most]
    context = Context.RESOURCE_QUERY_RESPONSE
    bodies = [dumped(one, scim_ctx=context, response_parameters=asked) for one in page]
    return answer(_list(bodies, total=total, start=start))


def _list(bodies: list[dict[str, Any]], *, total: int, start: int = 0) -> dict[str, Any]:
    return {
        "schemas": [str(ListResponse.__schema__)],
        "totalResults": total,
        "startIndex": start + 1,
        "itemsPerPage": len(bodies),
        "Resources": bodies,
    }


def _listed(resources: Iterable[Resource[Any]]) -> HttpResponseBase:
    bodies = [_described(one) for one in resources]
    return answer(_list(bodies, total=len(bodies)))


def _found(resources: Iterable[Resource[Any]], name: str) -> HttpResponseBase:
    for one in resources:
        body = _described(one)
        if name in {body.get("id"), body.get("name")}:
            return answer(body)
    return failed(404, "There is no such resource.")


def _described(one: Resource[Any]) -> dict[str, Any]:
    return dumped(one, scim_ctx=Context.RESOURCE_QUERY_RESPONSE)
