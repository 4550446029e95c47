"""Phòng lưu trữ: who comes in, and the way to its pages."""

from motcua.contexts.archive.policies import ROOM
from motcua.kernel.access import roles
from motcua.kernel.actors import Role
from motcua.ui.parts import Crumb

KEEPERS = roles(Role.ARCHIVIST)
DECIDERS = roles(Role.ARCHIVIST, Role.SIGNER)
PACKAGES = f"{ROOM}/goi"
READING = f"{ROOM}/phong-doc"
SCHEDULE = f"{ROOM}/thoi-han"
DISPOSAL = f"{ROOM}/tieu-huy"


def crumbs(*path: tuple[str, str]) -> tuple[Crumb, ...]:
    """(label, address) of each page on the way; the last has no address."""
    first = Crumb(label="Lưu trữ", url=ROOM)
    return (first, *(Crumb(label=label, url=url) for label, url in path))
