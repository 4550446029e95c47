"""Where somebody goes who has just signed in."""

from motcua.kernel.actors import Actor, Role

# Where an officer starts who wanted nothing in particular; the first that fits.
HOMES = (
    (Role.ADMINISTRATOR, "/quan-tri"),
    (Role.LEADER, "/dieu-hanh"),
    (Role.DATA_PROTECTION, "/bao-ve-du-lieu"),
    (Role.ARCHIVIST, "/luu-tru"),
    (Role.CATALOGUE_EDITOR, "/quan-tri/thiet-ke"),
    (Role.CATALOGUE_APPROVER, "/quan-tri/thiet-ke"),
)
DESK = "/ban"


def way_on(actor: Actor, next_url: str) -> str:
    if next_url != "/" or not actor.is_officer:
        return next_url
    return next((home for role, home in HOMES if actor.has(role)), DESK)
