"""HTTP with a limit on the whole answer, in time and in size."""

import json
import time
from collections.abc import Mapping

import requests
from requests.adapters import BaseAdapter

CONNECT_SECONDS = 1.0
ANSWER_LIMIT = 2_000_000

_mounts: dict[str, BaseAdapter] = {}


def mount(prefix: str, adapter: BaseAdapter) -> None:
    """Let another adapter carry what goes to `prefix` (tests carry it within the process)."""
    _mounts[prefix] = adapter


def unmount(prefix: str) -> None:
    _mounts.pop(prefix, None)


def session() -> requests.Session:
    """A session that ignores the machine's proxy settings: neighbours are reached directly."""
    made = requests.Session()
    made.trust_env = False
    for prefix, adapter in _mounts.items():
        made.mount(prefix, adapter)
    return made


class TooLong(Exception):
    """The answer is longer than we read."""


class TooLate(Exception):
    """The answer did not end within the time allowed."""


def post_json(
    url: str, payload: Mapping[str, object], *, headers: Mapping[str, str], seconds: float
) -> tuple[int, bytes]:
    """Status and body. Raises: requests.RequestException, TooLong, TooLate."""
    ends = time.monotonic() + seconds
    body = json.dumps(payload, ensure_ascii=False).encode()
    with (
        session() as line,
        line.post(
            url,
            data=body,
            headers={**headers, "Content-Type": "application/json"},
            timeout=(min(CONNECT_SECONDS, seconds), seconds),
            allow_redirects=False,
            stream=True,
        ) as heard,
    ):
        pieces: list[bytes] = []
        for piece in heard.iter_content(65536):
            pieces.append(piece)
            if time.monotonic() > ends:
                raise TooLate
            if sum(map(len, pieces)) > ANSWER_LIMIT:
                raise TooLong
        return heard.status_code, b"".join(pieces)
