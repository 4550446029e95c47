"""Địa chỉ: who designs, and which part of a draft an address names."""

from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest

from motcua.kernel.access import roles
from motcua.kernel.actors import Role
from motcua.kernel.text import whole
from motcua.portals.office.asking import HERE

URL = f"{HERE}/thiet-ke"
DESIGNERS = roles(Role.CATALOGUE_EDITOR, Role.CATALOGUE_APPROVER)
APPROVERS = roles(Role.CATALOGUE_APPROVER)
Path = tuple[str, ...]


def path_in(text: str) -> Path:
    """`process/step/appraise`; empty names are left out."""
    return tuple(part for part in text.split("/") if part)


def address_of(version_id: UUID, path: Path = (), **more: str) -> str:
    """The page of a draft, opened at a part of it."""
    asked = {"muc": "/".join(path)} | more
    kept = {name: value for name, value in asked.items() if value}
    return f"{URL}/{version_id}?{urlencode(kept)}" if kept else f"{URL}/{version_id}"


def seen_in(request: HttpRequest) -> int:
    """Which revision the page showed."""
    return whole(request.POST.get("seen", ""), digits=9) or 0


def day_in(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
