"""Cấp mã hồ sơ: agency, day, serial. Unique, not gapless.

One sequence serves the whole city; each process takes twenty numbers at a time, so that two
desks never wait for each other. Form: Circular 03/2025/TT-VPCP; the agency part H29.99 is
invented until the official codes are imported (facts 14.4).
"""

import secrets
import threading
from datetime import datetime

from django.db import connection

from motcua.kernel.clock import city_time
from motcua.kernel.codes import DossierCode

AGENCY = "H29.99"
BLOCK = 20  # equals INCREMENT BY of the sequence
SERIALS = 10_000_000
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that looks like something else

_lock = threading.Lock()
_block = {"next": 0, "end": 0}


def next_code(now: datetime) -> DossierCode:
    """A code nobody has. A number taken by a transaction that rolls back is not used again."""
    return code_of(_serial(), now)


def code_of(serial: int, at: datetime) -> DossierCode:
    """The code of this serial on the day of reception."""
    return DossierCode(f"{AGENCY}-{city_time(at):%Y%m%d}-{serial:07d}")


def take_block() -> int:
    """The first of BLOCK serials in a row that nobody else will ever be given."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('dossiers_serial')")
        return int((cursor.fetchone() or (0,))[0]) % SERIALS


def _serial() -> int:
    with _lock:
        if _block["next"] >= _block["end"]:
            first = take_block()
            _block["next"], _block["end"] = first, first + BLOCK
        _block["next"] += 1
        return (_block["next"] - 1) % SERIALS


def new_secret() -> str:
    """Six letters and digits printed on the receipt; needed to look a dossier up anonymously."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(6))
