"""Addresses of SCIM."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from scim2_models import Context, NotFoundException

from motcua.contexts.identity.actions.provisioning import (
    provision_officer,
    remove_officer,
    update_officer,
)
from motcua.contexts.identity.queries import provisioning
from motcua.contexts.identity.web.scim.answers import answer, dumped, failed, read, scim
from motcua.contexts.identity.web.scim.resources import (
    CONFIG,
    PROVIDER,
    User,
    place,
    told_of,
    user_of,
)
from motcua.contexts.identity.web.scim.serving import (
    METHODS,
    found_among,
    key_of,
    listed,
    narrowed,
    patched,
    read_only,
    search,
)
from motcua.kernel import clock
from motcua.kernel.actors import Actor


@scim
def config(request: HttpRequest, *, actor: Actor) -> HttpResponseBase:
    return read_only(request) or answer(dumped(CONFIG, scim_ctx=Context.RESOURCE_QUERY_RESPONSE))


@scim
def resource_types(request: HttpRequest, *, actor: Actor) -> HttpResponseBase:
    return read_only(request) or listed(PROVIDER.resource_types)


@scim
def resource_type(request: HttpRequest, name: str, *, actor: Actor) -> HttpResponseBase:
    return read_only(request) or found_among(PROVIDER.resource_types, name)


@scim
def schemas(request: HttpRequest, *, actor: Actor) -> HttpResponseBase:
    return read_only(request) or listed(PROVIDER.schemas)


@scim
def schema(request: HttpRequest, name: str, *, actor: Actor) -> HttpResponseBase:
    return read_only(request) or found_among(PROVIDER.schemas, name)


@scim
def search_all(request: HttpRequest, *, actor: Actor) -> HttpResponseBase:
    return failed(501, "Ask for Users and for Groups, each at its own address.")


@scim
def nothing(request: HttpRequest, rest: str, *, actor: Actor) -> HttpResponseBase:
    return failed(404, "There is no such address.")


@scim
def users(request: HttpRequest, *, actor: Actor) -> HttpResponseBase:
    if request.method == "GET":
        return search(request, User, provisioning.officers(), user_of)
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
    key, now = key_of(user_id), clock.now()
    held = _held(key)
    if request.method == "GET":
        return answer(narrowed(request, held, User))
    if request.method == "DELETE":
        remove_officer(key, actor=actor, now=now)
        return HttpResponse(status=204)
    if request.method == "PUT":
        told = read(request)
        told.setdefault("active", True)
        wanted = User.model_validate(told, scim_ctx=Context.RESOURCE_REPLACEMENT_REQUEST)
        wanted.replace(held)
    elif request.method == "PATCH":
        wanted = patched(request, held, User)
    else:
        return failed(405, METHODS)
    update_officer(key, told_of(wanted), actor=actor, now=now)
    return answer(_user(key, Context.RESOURCE_REPLACEMENT_RESPONSE))


def _held(key: UUID) -> User:
    """Raises: NotFoundException."""
    found = provisioning.officer(key)
    if found is None:
        raise NotFoundException(detail="There is no such resource.")
    return user_of(found)


def _user(key: UUID, context: Context) -> dict[str, Any]:
    return dumped(_held(key), scim_ctx=context)
