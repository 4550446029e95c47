"""Ai được làm gì: every address of the city with its policy, as declared by `access.route`.

Pages come from the resolver, operations from the API. The generated map, the administrator's
matrix and the tests read the same rows.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from motcua.kernel.access import Access, check
from motcua.kernel.actors import ANONYMOUS, Actor, ActorKind, PostHeld, Role
from motcua.kernel.api import api
from motcua.kernel.db import uuid7
from motcua.kernel.errors import Forbidden

API_ROOT = "api/v1/"
API_SPACE = "api-v1:"  # told operation by operation, not by address


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One address. access None: somebody forgot `@route`."""

    address: str
    name: str
    methods: str
    view: str
    access: Access | None
    keyless: bool


def pages() -> Iterator[Route]:
    for address, name, view in _walk(get_resolver().url_patterns, "", ""):
        if name.startswith(API_SPACE):
            continue
        yield _route(f"/{address}", name, "", view)


def operations() -> Iterator[Route]:
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                address = f"/{API_ROOT}{prefix}{path}".replace("//", "/")
                methods = "/".join(sorted(operation.methods))
                name = operation.operation_id or operation.view_func.__name__
                yield _route(address, f"{API_SPACE}{name}", methods, operation.view_func)


def _route(address: str, name: str, methods: str, view: Callable[..., Any]) -> Route:
    return Route(
        address=address,
        name=name,
        methods=methods,
        view=f"{view.__module__}.{getattr(view, '__qualname__', '')}",
        access=getattr(view, "access", None),
        keyless=bool(getattr(view, "keyless", False)),
    )


def _walk(
    patterns: Iterable[URLPattern | URLResolver], prefix: str, space: str
) -> Iterator[tuple[str, str, Callable[..., Any]]]:
    for one in patterns:
        address = f"{prefix}{one.pattern}"
        if isinstance(one, URLPattern):
            yield address, f"{space}{one.name}", one.callback
        else:
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from _walk(one.url_patterns, address, inner)


def people() -> dict[str, Actor]:
    """One of each kind: nobody, a citizen, an officer without a post, and one of each role."""
    return {
        "nobody": ANONYMOUS,
        "citizen": Actor(kind=ActorKind.CITIZEN),
        "officer": Actor(kind=ActorKind.OFFICER),
        **{
            role.value: Actor(kind=ActorKind.OFFICER, posts=(PostHeld(uuid7(), "", role),))
            for role in Role
        },
    }


def may(access: Access, actor: Actor) -> bool:
    try:
        check(access, actor)
    except Forbidden:
        return False
    return True
