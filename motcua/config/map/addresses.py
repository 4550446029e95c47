"""Every address of the city with its policy, drawn as a matrix of roles and routes."""

from collections.abc import Iterable

from motcua.config.map.marks import document, table
from motcua.config.map.workflows import roles
from motcua.kernel.actors import ROLE_NAMES, Actor, Role
from motcua.kernel.addresses import Route, may, operations, pages, people


def page() -> str:
    everybody = people()
    return document(
        "Roles, routes and actions",
        "Who may call what, from the policy that each route declares. Which *rows* somebody sees is"
        " said by the policy of the resource, and explained on the page «vì sao».",
        "## Roles and what they do in processes",
        roles(),
        "## Pages",
        _matrix(sorted(pages(), key=lambda one: one.address), everybody),
        "## Operations of the API",
        _matrix(sorted(operations(), key=lambda one: (one.address, one.methods)), everybody),
        "## Names of roles",
        table(("role", "tiếng Việt"), ((role.value, ROLE_NAMES[role]) for role in Role)),
    )


def _matrix(routes: Iterable[Route], everybody: dict[str, Actor]) -> str:
    return table(
        ("address", "for", *everybody),
        (
            (
                f"{one.methods} `{one.address}`".strip(),
                one.access.who if one.access else "**nobody declared**",
                *("●" if one.access and may(one.access, who) else "" for who in everybody.values()),
            )
            for one in routes
        ),
    )
