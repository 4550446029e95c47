"""HTTP with a limit on the whole answer, in time and in size."""

import time
from collections.abc import Iterable, Mapping

import requests

from motcua.kernel import outbound

CONNECT_SECONDS = 1.0
ANSWER_LIMIT = 2_000_000


class TooLong(Exception):
    """The answer is longer than we read."""


class TooLate(Exception):
    """The answer did not end within the time allowed."""


def fetch(
    method: str, url: str, *, headers: Mapping[str, str], body: bytes | None, seconds: float
) -> tuple[int, bytes]:
    """Status and body; redirects are not followed, the machine's proxy settings do not count.

    Raises: requests.RequestException, TooLong, TooLate.
    """
    status, _headers, heard = fetch_with_headers(
        method, url, headers=headers, body=body, seconds=seconds
    )
    return status, heard


def fetch_with_headers(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    body: bytes | None,
    seconds: float,
    registered: Iterable[str] = (),
) -> tuple[int, Mapping[str, str], bytes]:
    """`fetch` where the headers of the answer matter. registered: as `outbound.asked` takes it.

    Raises: requests.RequestException, TooLong, TooLate.
    """
    ends = time.monotonic() + seconds
    timeout = (min(CONNECT_SECONDS, seconds), seconds)
    try:
        with outbound.asked(
            method, url, headers=headers, body=body, timeout=timeout, registered=registered
        ) as heard:
            pieces: list[bytes] = []
            for piece in heard.iter_content(65536):
                pieces.append(piece)
                if time.monotonic() > ends:
                    raise TooLate
                if sum(map(len, pieces)) > ANSWER_LIMIT:
                    raise TooLong
            return heard.status_code, heard.headers, b"".join(pieces)
    except requests.RequestException as problem:
        if time.monotonic() > ends:
            raise TooLate from problem
        raise
