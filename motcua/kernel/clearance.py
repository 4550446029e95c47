"""Điều kiện xem dữ liệu nhạy cảm: some classes of data ask for training and a signed commitment.

Who is cleared is known of the actor (`cleared_for`, computed with the posts each time they are
asked for), so a lapse counts from its first day without anybody doing anything. One's own data
needs no clearance, nor does work of the city that no person reads.
"""

from typing import Protocol

from motcua.kernel.actors import Actor, ActorKind
from motcua.kernel.errors import Forbidden
from motcua.kernel.privacy import DataClass

NEEDS_CLEARANCE = frozenset({DataClass.PERSONAL_SENSITIVE, DataClass.DENOUNCER_SECRET})
UNASKED = frozenset({ActorKind.SYSTEM, ActorKind.CITIZEN})
WITHHELD = "Cần cam kết và tập huấn để xem"
WHERE_TO_CLEAR = "/toi/cam-ket"


class ClearanceNeeded(Forbidden):
    """The officer may see the object, not what is sensitive in it."""

    sentence = "Phần này là dữ liệu nhạy cảm. Bạn cần tập huấn và ký cam kết còn hạn để xem."
    next_step = "Bạn mở trang Cam kết của tôi để biết còn thiếu gì."


class Classed(Protocol):
    """Anything that says its own class: a question of a form, a field of a register."""

    @property
    def data_class(self) -> str: ...


def may_read(data_class: str, actor: Actor, *, own: bool = False) -> bool:
    """Whether values of this class, of a row the actor may see, are shown to the actor.

    Citizens see only rows of their own or of whom they act for. own: the same for an officer who
    is, apart from the post, the person the row is about.
    """
    if data_class not in NEEDS_CLEARANCE or own:
        return True
    return actor.kind in UNASKED or data_class in actor.cleared_for


def check_may_read(data_class: str, actor: Actor, *, own: bool = False) -> None:
    """Raises: ClearanceNeeded."""
    if not may_read(data_class, actor, own=own):
        raise ClearanceNeeded


def shown_or_withheld(value: str, what: Classed, actor: Actor, *, own: bool = False) -> str:
    """The value, or the sentence that stands in its place. Nothing stays nothing."""
    return value if not value or may_read(what.data_class, actor, own=own) else WITHHELD
