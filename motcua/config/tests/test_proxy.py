"""Who is counted when a proxy stands before the pages."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from motcua.config.proxy import CallerBehindProxy


def counted(said: str) -> str:
    def answer(request: HttpRequest) -> HttpResponse:
        return HttpResponse(request.META["REMOTE_ADDR"])

    request = RequestFactory().get("/", headers={"x-forwarded-for": said} if said else {})
    return CallerBehindProxy(answer)(request).content.decode()


@pytest.mark.parametrize(
    ("said", "caller"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("10.9.8.7, 203.0.113.7", "203.0.113.7"),  # the caller made the first one up
        ("", "127.0.0.1"),
    ],
)
def test_behind_a_proxy_the_caller_is_whom_the_proxy_saw(settings, said, caller):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    assert counted(said) == caller


def test_without_a_proxy_nobody_chooses_an_address(settings):
    settings.SECURE_PROXY_SSL_HEADER = None

    assert counted("203.0.113.7") == "127.0.0.1"
