"""Trang: rendering pages from view models, idempotency of forms, refusals as pages."""

import logging
import secrets
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import quote
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    QueryDict,
)
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from motcua.kernel import idempotency, refused
from motcua.kernel.access import SignInNeeded, actor_of
from motcua.kernel.errors import DomainError, Invalid, Kind, NotFound
from motcua.kernel.limits import SAFE, TooManyCalls, told_to_programs

__all__ = [
    "SAFE",
    "RequestMiddleware",
    "actor_of",
    "as_file",
    "may_locate",
    "page",
    "redirect_after",
    "safe_next",
]

FIELD = "idempotency_key"
HEADER = "Idempotency-Key"
SIGN_IN = "/dang-nhap"
WHY = "/vi-sao"
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
# What a program or a browser may send; views would take anything else for GET.
METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
EXPLAINED = frozenset({Kind.FORBIDDEN, Kind.NOT_FOUND})
log = logging.getLogger("motcua.web")
Answer = TypeVar("Answer", bound=HttpResponseBase)


class IdempotencyKeyMissing(Invalid):
    """An unsafe call without a key could happen twice."""

    sentence = "Trang bạn gửi đã cũ hoặc thiếu mã chống gửi lặp. Bạn mở lại trang rồi gửi lại."


def page(
    request: HttpRequest, template: str, model: object, *, status: int = 200, **extra: object
) -> HttpResponse:
    """Render `template` with the view model under the name `page`."""
    return render(request, template, {"page": model, **extra}, status=status)


def may_locate(answer: HttpResponse) -> HttpResponse:
    """A page with a map may ask the device where it is; no other page may."""
    answer["Permissions-Policy"] = "geolocation=(self)"
    return answer


def as_file(answer: Answer, name: str, *, shown: bool = False) -> Answer:
    """Kept by the browser under this name, or shown by it and named so when it is kept."""
    answer["Content-Disposition"] = content_disposition_header(not shown, name) or ""
    return answer


def redirect_after(url: str) -> HttpResponseRedirect:
    """After a write: 303, so that reloading does not send again."""
    answer = HttpResponseRedirect(url)
    answer.status_code = 303
    return answer


def safe_next(request: HttpRequest, fallback: str = "/") -> str:
    """The `next` address if it stays on this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    stays = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if stays and wanted.startswith("/") else fallback


def uuid_of(text: str) -> UUID | None:
    """What somebody typed or a link says; None when it is no id."""
    try:
        return UUID(text)
    except ValueError:
        return None


def new_key() -> str:
    return secrets.token_urlsafe(18)


class RequestMiddleware:
    """Makes the request's idempotency key the key of its actions; turns refusals into pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(sorted(METHODS))
        answer = _told(request, self._answer(request))
        if actor_of(request).is_signed_in:  # the next person at this screen may press «back»
            answer.headers.setdefault("Cache-Control", "private, no-store")
        if request.path_info.startswith("/api/"):
            from motcua.kernel.api import plain_as_problem

            for name, value in told_to_programs(request).items():
                answer[name] = value
            return plain_as_problem(request, answer)
        return answer

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in SAFE:
            return self.get_response(request)
        try:
            key = request.headers.get(HEADER) or request.POST.get(FIELD, "")
        except RequestDataTooBig:
            return refusal(request, Invalid("Nội dung gửi quá lớn. Bạn chia nhỏ rồi gửi lại."))
        if not key and _needs_key(request):
            return refusal(request, IdempotencyKeyMissing())
        if request.content_type in FORMS:
            _leave_out_nul(request)
        with idempotency.using(key[:160]):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, parts: dict[str, Any]
    ) -> HttpResponseBase | None:
        """No row bears a NUL in its code, and PostgreSQL refuses to be asked for one."""
        if any(isinstance(part, str) and "\0" in part for part in parts.values()):
            return refusal(request, NotFound())
        return None

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        if isinstance(exception, DomainError):
            refused.note_problem(request, exception)
            return refusal(request, exception)
        return None


def _leave_out_nul(request: HttpRequest) -> None:
    """No keyboard writes one, some programs paste one, PostgreSQL takes no text that holds it."""
    if any("\0" in value for _name, values in request.POST.lists() for value in values):
        request.POST = QueryDict(request.POST.urlencode().replace("%00", ""))


def _told(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """An address that only takes a form, opened like a page: say so instead of an empty window."""
    if not isinstance(answer, HttpResponseNotAllowed) or answer.content:
        return answer
    if request.path_info.startswith("/api/"):
        return answer
    log.info("refused %s %s: method", request.method, quote(request.path_info))
    told = render(request, "errors/405.html", {"back": safe_referer(request)}, status=405)
    told["Allow"] = answer.headers.get("Allow", "")
    return told


def _needs_key(request: HttpRequest) -> bool:
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return False
    access = getattr(view, "access", None)
    if access is None:  # API operations check their own header, third-party views their own token
        return False
    return not getattr(view, "keyless", False)


def refusal(request: HttpRequest, problem: DomainError) -> HttpResponseBase:
    """The page of a refusal: one sentence, what to do next, the code to read to 1022."""
    if request.path_info.startswith("/api/"):
        from motcua.kernel.api import problem_response

        return problem_response(request, problem)
    if isinstance(problem, SignInNeeded) and request.method in SAFE:
        return HttpResponseRedirect(f"{SIGN_IN}?next={quote(request.get_full_path())}")
    log.info("refused %s %s: %s", request.method, quote(request.path_info), problem.code)
    first, _, more = problem.message.partition(". ")  # not at every point: 8.000 ₫
    title = first.rstrip(".")
    context: dict[str, Any] = {
        "title": title,
        "sentence": problem.message if more else title,
        "next_step": problem.next_step and gettext(problem.next_step),
        "code": problem.code,
        "back": safe_referer(request),
        "why_url": why_url(request, problem),
    }
    answer = render(request, f"errors/{int(problem.kind)}.html", context, status=int(problem.kind))
    if isinstance(problem, TooManyCalls):
        answer["Retry-After"] = str(problem.retry_after)
    return answer


def why_url(request: HttpRequest, problem: DomainError) -> str:
    """Where it is told which grounds were asked; nobody signed in is only asked to sign in."""
    if problem.kind not in EXPLAINED or not actor_of(request).is_signed_in:
        return ""
    url = f"{WHY}?trang={quote(request.path)}"
    return url if request.method in SAFE else f"{url}&cach={request.method}"


def safe_referer(request: HttpRequest) -> str:
    referer = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(referer, {request.get_host()}, request.is_secure()):
        return referer
    return "/"
