"""Người hành động: who is asking, in which post, with what assurance."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class ActorKind(StrEnum):
    ANONYMOUS = "ANONYMOUS"
    CITIZEN = "CITIZEN"
    OFFICER = "OFFICER"
    PARTNER = "PARTNER"
    SYSTEM = "SYSTEM"


class Role(StrEnum):
    """What a post may do. Roles belong to posts of units, never to people."""

    RECEIVER = "RECEIVER"  # cán bộ tiếp nhận
    RETURNER = "RETURNER"  # cán bộ trả kết quả
    CASE_OFFICER = "CASE_OFFICER"  # chuyên viên thụ lý
    DIVISION_HEAD = "DIVISION_HEAD"  # trưởng phòng
    SIGNER = "SIGNER"  # lãnh đạo ký
    CLERK = "CLERK"  # văn thư
    FEE_COLLECTOR = "FEE_COLLECTOR"  # thu phí, lệ phí
    CONSULTED = "CONSULTED"  # cho ý kiến
    LEADER = "LEADER"  # lãnh đạo điều hành
    ADMINISTRATOR = "ADMINISTRATOR"  # quản trị hệ thống
    AUDITOR = "AUDITOR"  # kiểm tra nhật ký
    DATA_PROTECTION = "DATA_PROTECTION"  # phụ trách bảo vệ dữ liệu cá nhân
    CATALOGUE_EDITOR = "CATALOGUE_EDITOR"  # soạn danh mục
    CATALOGUE_APPROVER = "CATALOGUE_APPROVER"  # duyệt danh mục


ROLE_NAMES: dict[Role, str] = {
    Role.RECEIVER: "cán bộ tiếp nhận",
    Role.RETURNER: "cán bộ trả kết quả",
    Role.CASE_OFFICER: "chuyên viên thụ lý",
    Role.DIVISION_HEAD: "trưởng phòng",
    Role.SIGNER: "lãnh đạo ký",
    Role.CLERK: "văn thư",
    Role.FEE_COLLECTOR: "người thu phí",
    Role.CONSULTED: "đơn vị được hỏi ý kiến",
    Role.LEADER: "lãnh đạo điều hành",
    Role.ADMINISTRATOR: "quản trị viên",
    Role.AUDITOR: "kiểm tra viên",
    Role.DATA_PROTECTION: "người bảo vệ dữ liệu",
    Role.CATALOGUE_EDITOR: "người soạn danh mục",
    Role.CATALOGUE_APPROVER: "người duyệt danh mục",
}


@dataclass(frozen=True, slots=True)
class PostHeld:
    """A post held now, of one's own or for an absent holder."""

    unit_id: UUID
    unit_code: str
    role: Role
    substituting_for: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts. Identity comes from the session or a verified token, never from the body."""

    kind: ActorKind
    name: str = ""
    account_id: UUID | None = None
    person_id: UUID | None = None
    officer_id: UUID | None = None
    posts: tuple[PostHeld, ...] = ()
    assurance: int = 0
    roles: frozenset[Role] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "roles", frozenset(post.role for post in self.posts))

    @property
    def is_citizen(self) -> bool:
        return self.kind is ActorKind.CITIZEN

    @property
    def is_officer(self) -> bool:
        return self.kind is ActorKind.OFFICER

    @property
    def is_signed_in(self) -> bool:
        return self.kind is not ActorKind.ANONYMOUS

    def has(self, *roles: Role) -> bool:
        """Whether any post of this actor carries one of the roles."""
        return not self.roles.isdisjoint(roles)

    def unit_ids(self, *roles: Role) -> frozenset[UUID]:
        """The units where this actor holds one of the roles (any role when none is named)."""
        return frozenset(p.unit_id for p in self.posts if not roles or p.role in roles)

    def holds(self, unit_id: UUID, roles: Iterable[Role]) -> bool:
        wanted = frozenset(roles)
        return any(p.unit_id == unit_id and p.role in wanted for p in self.posts)

    def post_at(self, unit_id: UUID, role: Role) -> PostHeld | None:
        """The post that lets this actor act at the unit in the role; own posts first."""
        fitting = [p for p in self.posts if p.unit_id == unit_id and p.role is role]
        return min(fitting, key=lambda p: p.substituting_for is not None, default=None)


SYSTEM = Actor(kind=ActorKind.SYSTEM, name="Một Cửa")
ANONYMOUS = Actor(kind=ActorKind.ANONYMOUS)
