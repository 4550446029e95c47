"""Xác nhận tại chỗ: what an officer can prove anew with, within a form."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysToProve:
    """What this officer can prove with. options: of a passkey, for the browser, as JSON.

    elsewhere: the address where passkeys work, when the reader is at another.
    """

    by_code: bool = False
    options: str = ""
    elsewhere: str = ""
