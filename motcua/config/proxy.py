"""Behind a proxy: limits count by the caller, and the caller is whom the proxy saw."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class CallerBehindProxy:
    """Takes the last address of `X-Forwarded-For`, which the proxy wrote; the rest is hearsay.

    Only where a proxy ends TLS before us. Without it everybody would be 127.0.0.1, and the wrong
    tries of one would shut out all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seen = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if settings.SECURE_PROXY_SSL_HEADER and seen:
            request.META["REMOTE_ADDR"] = seen
        return self.get_response(request)
