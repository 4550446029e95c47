"""Common to every kind of resource: find, page, narrow, patch."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from scim2_models import (
    Context,
    InvalidFilterException,
    ListResponse,
    NotFoundException,
    PatchOp,
    Resource,
    SearchRequest,
)

from motcua.contexts.identity.web.scim.answers import answer, dumped, failed, read
from motcua.contexts.identity.web.scim.resources import MOST

R = TypeVar("R", bound=Resource[Any])
T = TypeVar("T")
PAGE = 100
LONGEST_FILTER = 500  # each condition is asked of every officer
METHODS = "This resource does not take the method."


def read_only(request: HttpRequest) -> HttpResponseBase | None:
    return None if request.method == "GET" else failed(405, METHODS)


def key_of(text: str) -> UUID:
    """Raises: NotFoundException."""
    try:
        return UUID(text)
    except ValueError as malformed:
        raise NotFoundException(detail="There is no such resource.") from malformed


def patched(request: HttpRequest, held: R, kind: type[R]) -> R:
    """Raises: ValidationError, SCIMException."""
    operations: Any = PatchOp  # its parameter is chosen here, when the address is known
    asked = operations[kind].model_validate(read(request), scim_ctx=Context.RESOURCE_PATCH_REQUEST)
    asked.patch(held)
    return held


def _asked(request: HttpRequest, kind: type[R]) -> Any:
    """What the address asks: filter, page, attributes.

    Raises: ValidationError, InvalidFilterException.
    """
    wanted: Any = SearchRequest
    names = ("filter", "startIndex", "count", "attributes", "excludedAttributes")
    said = {name: request.GET[name] for name in names if name in request.GET}
    if len(said.get("filter", "")) > LONGEST_FILTER:
        raise InvalidFilterException(detail=f"filter up to {LONGEST_FILTER} characters")
    return wanted[kind].model_validate(said, scim_ctx=Context.SEARCH_REQUEST)


def narrowed(request: HttpRequest, held: R, kind: type[R]) -> dict[str, Any]:
    asked = _asked(request, kind)
    return dumped(held, scim_ctx=Context.RESOURCE_QUERY_RESPONSE, response_parameters=asked)


def search(
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


def listed(resources: Iterable[Resource[Any]]) -> HttpResponseBase:
    bodies = [_described(one) for one in resources]
    return answer(_list(bodies, total=len(bodies)))


def found_among(resources: Iterable[Resource[Any]], name: str) -> HttpResponseBase:
    for one in resources:
        body = _described(one)
        if name in {body.get("id"), body.get("name")}:
            return answer(body)
    return failed(404, "There is no such resource.")


def _described(one: Resource[Any]) -> dict[str, Any]:
    return dumped(one, scim_ctx=Context.RESOURCE_QUERY_RESPONSE)
