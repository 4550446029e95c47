"""Gửi tin: one POST through the house's only door out; what comes back is a word, not a body."""

from collections.abc import Mapping

import requests

from motcua.kernel import outbound

TIMEOUT = (3.0, 10.0)  # to connect; for the whole answer
TAKEN = "taken"
GONE = "410"


def post(url: str, body: str, headers: Mapping[str, str]) -> str:
    """TAKEN, the status of another answer, or a word for why there was none."""
    try:
        with outbound.asked(
            "POST",
            url,
            headers=headers,
            body=body.encode(),
            timeout=TIMEOUT,
            registered=(url,),
            by_stranger=True,
        ) as heard:
            return TAKEN if 200 <= heard.status_code < 300 else str(heard.status_code)
    except outbound.AddressRefused as refused:
        return f"refused:{refused}"[:40]
    except requests.Timeout:
        return "timeout"
    except requests.RequestException:
        return "unreachable"


def is_allowed(url: str) -> bool:
    """Whether such an address may be written down; where it leads is looked at each time."""
    try:
        outbound.destination(url, registered=(url,), by_stranger=True)
    except outbound.AddressRefused:
        return False
    except requests.RequestException:
        return True  # the name may come to be known later
    return True
