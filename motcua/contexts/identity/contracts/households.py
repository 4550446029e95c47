"""What neighbours may hold of households: relations, frozen views, refusals."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from motcua.kernel.errors import Conflict, Invalid, NotFound


class Relation(StrEnum):
    """Who a member is to the head. Unverified: the facts give no list of the law."""

    HEAD = "HEAD"  # chủ hộ
    SPOUSE = "SPOUSE"  # vợ, chồng
    CHILD = "CHILD"  # con
    PARENT = "PARENT"  # cha, mẹ
    GRANDPARENT = "GRANDPARENT"  # ông, bà
    GRANDCHILD = "GRANDCHILD"  # cháu
    OTHER = "OTHER"  # khác


RELATION_NAMES: dict[Relation, str] = {
    Relation.HEAD: "chủ hộ",
    Relation.SPOUSE: "vợ hoặc chồng của chủ hộ",
    Relation.CHILD: "con của chủ hộ",
    Relation.PARENT: "cha hoặc mẹ của chủ hộ",
    Relation.GRANDPARENT: "ông hoặc bà của chủ hộ",
    Relation.GRANDCHILD: "cháu của chủ hộ",
    Relation.OTHER: "người khác trong hộ",
}
NOT_OF_IT = "không thuộc hộ này"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMember:
    """Somebody lives in the household of a head who stands at the desk, as a paper shows."""

    head_id: UUID
    person_id: UUID
    relation: Relation
    evidence_note: str
    evidence_file_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceHead:
    """A paper shows another head; person_id is who stands at the desk, the old or the new one.

    relations: of every member's row, to the new head; None for the old head who leaves.
    """

    person_id: UUID
    relations: tuple[tuple[UUID, Relation | None], ...]
    evidence_note: str
    evidence_file_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRef:
    """The answer of an action about a member."""

    id: UUID
    household_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberView:
    """A member as the others of the household see them: name and relation, nothing else.

    is_child: of the head, and not of age that day; the head may act for them.
    """

    id: UUID
    person_id: UUID
    full_name: str
    relation: Relation
    since: date
    evidence_note: str
    is_child: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdView:
    id: UUID
    head_id: UUID
    members: tuple[MemberView, ...]


class HouseholdNotFound(NotFound):
    sentence = "Không tìm thấy hộ hoặc thành viên này."


class AlreadyInHousehold(Conflict):
    sentence = "Người này đang ở một hộ khác. Bạn ghi người đó ra khỏi hộ kia trước."


class NotTheHead(Conflict):
    sentence = "Người ở quầy là thành viên của một hộ, không phải chủ hộ. Chủ hộ cần có mặt."


class HeadLeavesLast(Conflict):
    sentence = "Hộ còn thành viên khác. Bạn đổi chủ hộ trước, chủ hộ cũ ra khỏi hộ cùng lúc được."


class HeadNotHere(Conflict):
    sentence = "Chủ hộ cũ hoặc chủ hộ mới cần có mặt ở quầy để đổi chủ hộ."


class MemberMalformed(Invalid):
    sentence = "Thông tin về thành viên hộ chưa đủ."
