"""Mã dán vào ô tìm: a dossier code or an address out of a QR leads to the page it stands for.

Of an address only its path and code are read: nobody is led to another site.
"""

import re
from urllib.parse import parse_qs, urlencode, urlsplit

from motcua.kernel.codes import DossierCode

_VERIFY = re.compile(r"[0-9A-Z]{4}([-–][0-9A-Z]{4}){2}")
_VERIFY_PATH = re.compile(r"/xac-minh/([^/?#]+)/?")
_SHARE_PATH = re.compile(r"/chia-se/([0-9A-Za-z_-]{16,128})/?")
_CARD = re.compile(r"\s*\d{9,12}\s*\|")
_FOLLOW_PATH = re.compile(r"/(?:tra-cuu|ho-so/[^/?#]+)/?")


def dossier_code(typed: str) -> DossierCode | None:
    """A dossier code by itself, in an address of ours, or among the words of a receipt."""
    split = urlsplit(typed) if "/" in typed else None
    if split is not None and _FOLLOW_PATH.fullmatch(split.path):
        named = parse_qs(split.query).get("ma", [split.path.rstrip("/").rsplit("/", 1)[-1]])[0]
        return DossierCode(named) if DossierCode.parses(named) else None
    if DossierCode.parses(typed):
        return DossierCode(typed)
    within = DossierCode.pattern.search(typed.upper())
    return DossierCode(within[0]) if within else None


def verification_url(typed: str) -> str:
    """Where a printed verification code, or the address in its QR, is answered; else ""."""
    bare = typed.strip()
    if "/" in bare and (found := _VERIFY_PATH.fullmatch(urlsplit(bare).path)):
        return "/xac-minh?" + urlencode({"ma": found[1]})
    if _VERIFY.fullmatch(bare.upper()):
        return "/xac-minh?" + urlencode({"ma": bare})
    return ""


def share_url(typed: str) -> str:
    """The page behind the QR of a shared paper; else ""."""
    found = _SHARE_PATH.fullmatch(urlsplit(typed.strip()).path) if "/" in typed else None
    return f"/chia-se/{found[1]}" if found else ""


def address_of(typed: str) -> str:
    """The page of ours that a code by itself stands for, whoever asks; else ""."""
    if found := verification_url(typed) or share_url(typed):
        return found
    code = dossier_code(typed)
    return "/tra-cuu?" + urlencode({"ma": code}) if code else ""


def is_identity_card(typed: str) -> bool:
    """What the QR of an identity card says: the number, then fields behind bars."""
    return _CARD.match(typed) is not None
