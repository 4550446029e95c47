"""API /api/v1: typed operations, errors as problem details (RFC 9457) with a stable `code`."""

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser

from motcua.kernel import clock, refused
from motcua.kernel.access import SignInNeeded, actor_of
from motcua.kernel.actors import Actor, ActorKind
from motcua.kernel.errors import DomainError, Invalid, NotFound
from motcua.kernel.limits import TooManyCalls
from motcua.kernel.web import HEADER, SAFE, why_url

__all__ = ["actor_of", "api", "problem_response", "set_authenticator"]

Authenticator = Callable[[str], Actor | None]
_authenticators: list[Authenticator] = []


def set_authenticator(authenticate: Authenticator) -> None:
    """`authenticate(bearer token) -> Actor | None`, given by the identity context."""
    _authenticators[:] = [authenticate]


class IdempotencyKeyRequired(Invalid):
    """An unsafe call over the API must carry the header Idempotency-Key."""

    sentence = (
        "Thiếu đầu mục Idempotency-Key. Mỗi lần ghi cần một mã riêng để gửi lại không bị lặp."
    )


def _identify(request: HttpRequest) -> bool:
    """Session or bearer token; an anonymous caller goes on and meets the policy of the route."""
    header = request.headers.get("Authorization", "")
    if header.startswith("Bearer "):
        actor = _authenticators[0](header[7:]) if _authenticators else None
        if actor is None:
            raise AuthenticationError
        request.__dict__["actor"] = actor
    elif request.method not in SAFE and actor_of(request).kind is not ActorKind.ANONYMOUS:
        _check_csrf(request)
    unsafe = request.method not in SAFE and not request.path_info.startswith(KEYLESS)
    if unsafe and not request.headers.get(HEADER):
        raise IdempotencyKeyRequired
    return True


def _check_csrf(request: HttpRequest) -> None:
    """A browser session may write only with its CSRF token."""
    from ninja.utils import check_csrf

    error = check_csrf(request)
    if error:
        raise SignInNeeded("Phiên làm việc không khớp. Bạn mở lại trang rồi gửi lại.")


# Calls that carry their own proof of being unrepeated (a bank's signed transaction number).
KEYLESS = (
    "/api/v1/payments/bank-callback",
    "/api/v1/payments/bank-refund-callback",
    "/api/v1/sms/receipts",
    "/api/v1/post/tracking",
)


class _Text(Parser):
    """JSON can write halves of characters (`\\ud800`) that no database and no hash can hold."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(request.body)
        if b"\\ud" in request.body.lower():
            json.dumps(said, ensure_ascii=False).encode()
        return said


api = NinjaAPI(
    title="Một Cửa",
    version="1",
    description="Một Cửa: hồ sơ thủ tục hành chính của Thành phố Hồ Chí Minh.",
    auth=_identify,
    parser=_Text(),
    urls_namespace="api-v1",
    docs_url=None,  # people read the page of the open portal
)


class NothingHere(NotFound):
    """No operation has this address."""

    code = "not_found"
    sentence = "Không có địa chỉ này trong API."


class Unreadable(Invalid):
    """Too large, or in no form that the framework can take apart."""

    sentence = "Nội dung gửi lên quá lớn hoặc không đọc được."


class MethodNotOffered(Invalid):
    """The address is known, the method is not."""

    code = "method_not_allowed"
    sentence = "Địa chỉ này không nhận phương thức bạn dùng."


def plain_as_problem(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """What the framework answers before any operation is asked, in the form of all other errors."""
    if answer.headers.get("Content-Type", "").startswith("application/"):
        return answer
    if answer.status_code == 400:
        return problem_response(request, Unreadable(), status=400)
    if answer.status_code == 404:
        return problem_response(request, NothingHere())
    if answer.status_code == 405:
        problem = problem_response(request, MethodNotOffered(), status=405)
        problem["Allow"] = answer.headers.get("Allow", "")
        return problem
    return answer


def problem_response(
    request: HttpRequest, problem: DomainError, *, status: int | None = None
) -> HttpResponse:
    """status: unless it is that of the kind of refusal."""
    if status is None:
        status = 401 if isinstance(problem, SignInNeeded) else int(problem.kind)
    body: dict[str, object] = {
        "type": f"/loi/{problem.code}",
        "title": problem.message,
        "status": status,
        "code": problem.code,
        "instance": request.path_info,
    }
    body.update(_explained(request, problem))
    if problem.field:
        body["field"] = problem.field
    if problem.facts:
        body["facts"] = {k: str(v) for k, v in problem.facts.items()}
    answer = JsonResponse(
        body,
        status=status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )
    if isinstance(problem, TooManyCalls):
        answer["Retry-After"] = str(problem.retry_after)
    return answer


def _explained(request: HttpRequest, problem: DomainError) -> dict[str, object]:
    """What the page of a refusal says too: why in a sentence, and where every reason is told.

    Only where the door or the row was refused: what was refused for another cause says its own.
    """
    from motcua.kernel.why import verdict, why

    url = why_url(request, problem)
    if not url:
        return {}
    method = request.method or "GET"
    found = why(request.path_info, actor_of(request), now=clock.now(), method=method)
    if found is None or (found.enters and found.sees is not False):
        return {}
    return {"detail": verdict(found), "why": url}


@api.exception_handler(DomainError)
def _on_refusal(request: HttpRequest, problem: DomainError) -> HttpResponse:
    refused.note_problem(request, problem)
    return problem_response(request, problem)


@api.exception_handler(AuthenticationError)
def _on_unknown(request: HttpRequest, _problem: AuthenticationError) -> HttpResponse:
    refused.note(request, "token")
    return problem_response(request, SignInNeeded("Mã truy cập không đúng hoặc đã hết hạn."))


@api.exception_handler(HttpError)
def _on_http(request: HttpRequest, problem: HttpError) -> HttpResponse:
    return problem_response(request, Invalid(str(problem)))


@api.exception_handler(ValidationError)
def _on_shape(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    errors = [{"field": ".".join(map(str, e["loc"])), "message": e["msg"]} for e in problem.errors]
    return JsonResponse(
        {
            "type": "/loi/malformed",
            "title": "Nội dung gửi lên không đúng dạng.",
            "status": 422,
            "code": "malformed",
            "instance": request.path_info,
            "errors": errors,
        },
        status=422,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )
