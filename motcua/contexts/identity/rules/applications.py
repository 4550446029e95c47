"""Pure rules of applications: which addresses are safe, which terms hold, how long things live."""

import re
from collections.abc import Collection, Iterable
from datetime import timedelta
from urllib.parse import urlsplit

from motcua.contexts.identity.contracts.applications import (
    ApplicationMalformed,
    ApplicationTerms,
    Asked,
    DataScope,
)

CODE_LIFE = timedelta(seconds=60)  # from the consent page to the application's server
ACCESS_LIFE = timedelta(minutes=10)
ID_TOKEN_LIFE = timedelta(minutes=10)
REFRESH_LIFE = timedelta(days=30)
GRANT_LIFE = timedelta(days=90)  # whatever is refreshed: then the person signs in again
SIGN_OUT_TOKEN_LIFE = timedelta(minutes=2)
RETIRED_KEY_SHOWN = timedelta(hours=1)  # longer than any token that it signed lives
KEY_SIGNS = timedelta(days=90)
KEY_SHOWN_AHEAD = timedelta(days=7)  # longer than any client keeps what it read at our door
LONGEST_ADDRESS = 500
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

_SECTOR = re.compile(r"[a-z0-9][a-z0-9.-]{2,99}")


def is_safe_address(text: str) -> bool:
    """Whether a browser may be sent there: https, or loopback; nothing hidden in it."""
    if not text.isascii() or not text.isprintable() or set(" \\*#") & set(text):
        return False
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or port == 0 or "@" in parts.netloc or len(text) > LONGEST_ADDRESS:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)


def check_terms(terms: ApplicationTerms) -> None:
    """Raises: ApplicationMalformed, which names the field."""
    if not 3 <= len(terms.name) <= 100:
        raise ApplicationMalformed("Tên ứng dụng cần từ 3 đến 100 chữ.", field="name")
    _check_addresses(terms.redirect_uris, field="redirect_uris")
    _check_addresses(terms.logout_uris, field="logout_uris")
    _check_addresses([terms.sign_out_uri] if terms.sign_out_uri else [], field="sign_out_uri")
    if not terms.redirect_uris:
        raise ApplicationMalformed("Cần ít nhất một địa chỉ nhận kết quả.", field="redirect_uris")
    if not _SECTOR.fullmatch(terms.sector):
        raise ApplicationMalformed(
            "Nhóm gồm chữ thường không dấu, số, dấu chấm và dấu gạch. Ví dụ: thu-vien.example.vn.",
            field="sector",
        )
    _check_asked(terms.asked, whole_number=terms.whole_number)


def _check_addresses(addresses: Iterable[str], *, field: str) -> None:
    for address in addresses:
        if not is_safe_address(address):
            raise ApplicationMalformed(
                "Mỗi dòng là một địa chỉ https đầy đủ, không có dấu * hay #. "
                "Địa chỉ http chỉ dùng cho máy đang thử (127.0.0.1).",
                field=field,
            )


def _check_asked(asked: Collection[Asked], *, whole_number: bool) -> None:
    if any(len(one.purpose) < 10 for one in asked):
        raise ApplicationMalformed(
            "Mỗi thông tin được xin cần nói rõ dùng để làm gì, ít nhất 10 chữ cái.", field="asked"
        )
    if whole_number and DataScope.PERSONAL_NUMBER not in {one.scope for one in asked}:
        raise ApplicationMalformed(
            "Ứng dụng không xin số định danh thì không nhận cả số.", field="whole_number"
        )


def offered_to(asked: Iterable[Asked], wanted: Collection[str], *, officer: bool) -> list[Asked]:
    """What a consent page offers: asked for, registered, and of this sort of person."""
    meant = _OF_OFFICERS if officer else _OF_CITIZENS
    return [one for one in asked if one.scope in wanted and one.scope in meant]


_OF_OFFICERS = frozenset({DataScope.PROFILE, DataScope.POSTS})
_OF_CITIZENS = frozenset(DataScope) - {DataScope.OPENID, DataScope.POSTS}
