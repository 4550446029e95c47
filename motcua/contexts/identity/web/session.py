"""Phiên đăng nhập: how and when somebody signed in, for those who must be told."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth import login
from django.http import HttpRequest

from motcua.contexts.identity.models import Account

BACKEND = "django.contrib.auth.backends.ModelBackend"
ASSURANCE = "assurance"  # session key: level of the sign-in
SIGNED_IN_AT = "signed_in_at"  # session key: seconds since 1970
METHODS = "methods"  # session key: how, in the words of RFC 8176 where it has one
BY_VNEID, BY_PASSWORD = "vneid", "pwd"


def begin(
    request: HttpRequest,
    account: Account,
    *,
    assurance: int,
    methods: Sequence[str],
    now: datetime,
) -> None:
    """Sign the account in; applications that ask are told when, how and at which level."""
    login(request, account, backend=BACKEND)
    request.session[ASSURANCE] = assurance
    request.session[SIGNED_IN_AT] = int(now.timestamp())
    request.session[METHODS] = list(methods)


def signed_in_at(request: HttpRequest) -> int:
    """0 when it is not known."""
    return int(request.session.get(SIGNED_IN_AT, 0))


def methods_of(request: HttpRequest) -> tuple[str, ...]:
    return tuple(request.session.get(METHODS, ()))
