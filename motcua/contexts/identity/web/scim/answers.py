"""How we answer in SCIM: JSON of its own kind, refusals as its errors, its bearer token asked."""

import functools
import json
from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from pydantic import ValidationError
from scim2_models import (
    Error,
    InvalidSyntaxException,
    PayloadTooLargeException,
    SCIMException,
    ScimObject,
)

from motcua.contexts.identity.queries import provisioning
from motcua.kernel import refused
from motcua.kernel.access import open_to_all, route
from motcua.kernel.actors import Actor, ActorKind
from motcua.kernel.errors import DomainError, Kind

TYPE = "application/scim+json"
STATUS = {Kind.CONFLICT: 409, Kind.NOT_FOUND: 404, Kind.FORBIDDEN: 403}
SCIM_TYPES = {409: "uniqueness", 400: "invalidValue"}
View = Callable[..., HttpResponseBase]


def answer(body: dict[str, Any], *, status: int = 200) -> HttpResponse:
    text = json.dumps(body, ensure_ascii=False)
    return HttpResponse(text, status=status, content_type=TYPE)


def failed(status: int, detail: str, scim_type: str = "") -> HttpResponse:
    error = Error(status=status, detail=detail, scim_type=scim_type or None)
    return answer(error.model_dump(), status=status)


def dumped(resource: ScimObject, **how: Any) -> dict[str, Any]:
    body: dict[str, Any] = resource.model_dump(**how)
    return body


def read(request: HttpRequest) -> dict[str, Any]:
    """Raises: InvalidSyntaxException, PayloadTooLargeException."""
    try:
        said = json.loads(request.body)
    except RequestDataTooBig as big:
        raise PayloadTooLargeException(detail="the body is too large") from big
    except (ValueError, RecursionError) as malformed:
        raise InvalidSyntaxException(detail="the body is not JSON") from malformed
    if not isinstance(said, dict):
        raise InvalidSyntaxException(detail="the body is not a JSON object")
    return said


def scim(view: View) -> View:
    """A view of SCIM: open in the matrix, because its callers are no actors of pages; each call

    must bear the token of a provisioning client. Calls carry no idempotency key: the protocol
    knows none, and each of its methods says itself what a repetition means.
    """

    @functools.wraps(view)
    def called(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actor = _caller(request)
        if actor is None:
            refused.note(request, "scim_token")
            unknown = failed(401, "The token is missing, wrong or revoked.")
            unknown["WWW-Authenticate"] = 'Bearer realm="scim"'
            return unknown
        try:
            return view(request, *args, actor=actor, **kwargs)
        except SCIMException as problem:
            return answer(problem.to_error().model_dump(), status=problem.status)
        except ValidationError as problem:
            first = Error.from_validation_errors(problem)[0]
            return answer(first.model_dump(), status=first.status or 400)
        except DomainError as problem:
            status = STATUS.get(problem.kind, 400)
            return failed(status, problem.message, SCIM_TYPES.get(status, ""))

    return csrf_exempt(route(open_to_all, keyless=True)(called))


def _caller(request: HttpRequest) -> Actor | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    client = provisioning.living_client(token) if scheme == "Bearer" and token else None
    return Actor(kind=ActorKind.PARTNER, name=client.name) if client else None
