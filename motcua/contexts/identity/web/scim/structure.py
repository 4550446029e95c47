"""Addresses of SCIM for units (Groups) and their posts (Posts)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from scim2_models import Context, NotFoundException

from motcua.contexts.identity.actions.provisioning import set_holder
from motcua.contexts.identity.actions.provisioning_units import (
    name_post,
    provision_post,
    provision_unit,
    remove_post,
    remove_unit,
    update_unit,
)
from motcua.contexts.identity.queries import provisioning
from motcua.contexts.identity.web.scim.answers import answer, dumped, failed, read, scim
from motcua.contexts.identity.web.scim.resources import (
    Group,
    Member,
    Post,
    external_id_in,
    group_of,
    place,
    pointed_at,
    post_of,
    title_in,
    told_post,
    told_unit,
)
from motcua.contexts.identity.web.scim.serving import METHODS, key_of, narrowed, patched, search
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import UnitKind, UnitView
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date


@scim
def groups(request: HttpRequest, *, actor: Actor) -> HttpResponseBase:
    today = city_date(clock.now())
    if request.method == "GET":
        members, names, city = _members(), provisioning.external_ids(), _city().id

        def told(one: UnitView) -> Group:
            seen = members.get(one.id, ())
            return group_of(one, seen, city=city, external_id=names.get(one.id))

        return search(request, Group, organisations.all_units(today), told)
    if request.method != "POST":
        return failed(405, METHODS)
    wanted = Group.model_validate(read(request), scim_ctx=Context.RESOURCE_CREATION_REQUEST)
    made = provision_unit(told_unit(wanted, city=_city().id), actor=actor, now=clock.now())
    body = dumped(_group(made.id), scim_ctx=Context.RESOURCE_CREATION_RESPONSE)
    created = answer(body, status=201)
    created["Location"] = place("Groups", made.id)
    return created


@scim
def group(request: HttpRequest, group_id: str, *, actor: Actor) -> HttpResponseBase:
    key, now = key_of(group_id), clock.now()
    held = _group(key)
    if request.method == "GET":
        return answer(narrowed(request, held, Group))
    if request.method == "DELETE":
        remove_unit(key, actor=actor, now=now)
        return HttpResponse(status=204)
    if request.method == "PUT":
        wanted = Group.model_validate(read(request), scim_ctx=Context.RESOURCE_REPLACEMENT_REQUEST)
    elif request.method == "PATCH":
        wanted = patched(request, held, Group)
    else:
        return failed(405, METHODS)
    update_unit(key, told_unit(wanted, city=_city().id), actor=actor, now=now)
    return answer(dumped(_group(key), scim_ctx=Context.RESOURCE_REPLACEMENT_RESPONSE))


@scim
def posts(request: HttpRequest, *, actor: Actor) -> HttpResponseBase:
    if request.method == "GET":
        names, today = provisioning.external_ids(), city_date(clock.now())
        return search(
            request, Post, organisations.posts(today), lambda one: post_of(one, names.get(one.id))
        )
    if request.method != "POST":
        return failed(405, METHODS)
    wanted = Post.model_validate(read(request), scim_ctx=Context.RESOURCE_CREATION_REQUEST)
    made = provision_post(told_post(wanted), actor=actor, now=clock.now())
    body = dumped(_post(made.id), scim_ctx=Context.RESOURCE_CREATION_RESPONSE)
    created = answer(body, status=201)
    created["Location"] = place("Posts", made.id)
    return created


@scim
def post(request: HttpRequest, post_id: str, *, actor: Actor) -> HttpResponseBase:
    key, now = key_of(post_id), clock.now()
    held = _post(key)
    named, holder = (held.display_name, held.external_id), held.holder
    if request.method == "GET":
        return answer(narrowed(request, held, Post))
    if request.method == "DELETE":
        remove_post(key, actor=actor, now=now)
        return HttpResponse(status=204)
    if request.method == "PUT":
        wanted = Post.model_validate(read(request), scim_ctx=Context.RESOURCE_REPLACEMENT_REQUEST)
        wanted.replace(held)
    elif request.method == "PATCH":
        wanted = patched(request, held, Post)
    else:
        return failed(405, METHODS)
    if (wanted.display_name, wanted.external_id) != named:
        name_post(key, title_in(wanted), external_id_in(wanted), actor=actor, now=now)
    if wanted.holder != holder:
        set_holder(key, pointed_at(wanted.holder, "holder"), actor=actor, now=now)
    return answer(dumped(_post(key), scim_ctx=Context.RESOURCE_REPLACEMENT_RESPONSE))


def _city() -> UnitView:
    """What every unit is below."""
    units = organisations.all_units(city_date(clock.now()))
    return next(one for one in units if one.kind is UnitKind.CITY_UBND)


def _members() -> dict[UUID, list[Member]]:
    """By unit: who holds a post there, each once."""
    posts = organisations.posts(city_date(clock.now()))
    known = organisations.officers_by_id({post.holder_id for post in posts if post.holder_id})
    found: dict[UUID, dict[UUID, Member]] = {}
    for post in posts:
        if post.holder_id in known:
            name = known[post.holder_id].full_name
            member = Member(value=str(post.holder_id), display=name)
            found.setdefault(post.unit_id, {})[post.holder_id] = member
    return {unit: list(members.values()) for unit, members in found.items()}


def _group(key: UUID) -> Group:
    """Raises: NotFoundException."""
    units = {one.id: one for one in organisations.all_units(city_date(clock.now()))}
    if key not in units:
        raise NotFoundException(detail="There is no such resource.")
    names = provisioning.external_ids()
    seen, city = _members().get(key, ()), _city().id
    return group_of(units[key], seen, city=city, external_id=names.get(key))


def _post(key: UUID) -> Post:
    """Raises: NotFoundException."""
    posts = {one.id: one for one in organisations.posts(city_date(clock.now()))}
    if key not in posts:
        raise NotFoundException(detail="There is no such resource.")
    return post_of(posts[key], provisioning.external_ids().get(key))
