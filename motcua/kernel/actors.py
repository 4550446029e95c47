"""Người hành động: who is asking, in which post, with what assurance."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
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
    ARCHIVIST = "ARCHIVIST"  # lưu trữ viên
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
    Role.ARCHIVIST: "lưu trữ viên",
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


class PrincipalKind(StrEnum):
    """Whose matter it is when somebody acts for another."""

    PERSON = "PERSON"
    ORGANISATION = "ORGANISATION"


class MandateKind(StrEnum):
    """What makes one person the representative of another, or of an organisation."""

    PARENT = "PARENT"  # cha, mẹ
    GUARDIAN = "GUARDIAN"  # người giám hộ
    HEIR = "HEIR"  # người thừa kế
    LAWYER = "LAWYER"  # luật sư
    HELPER = "HELPER"  # người làm giúp
    LEGAL_REPRESENTATIVE = "LEGAL_REPRESENTATIVE"  # người đại diện theo pháp luật
    ACCOUNTANT = "ACCOUNTANT"  # kế toán
    STAFF = "STAFF"  # nhân viên


class Act(StrEnum):
    """What a representative may do in the principal's name."""

    DRAFT = "DRAFT"  # điền và lưu
    SUBMIT = "SUBMIT"  # nộp, gửi thêm, rút
    PAY = "PAY"  # trả tiền
    RECEIVE = "RECEIVE"  # nhận kết quả
    TALK = "TALK"  # nhắn tin, chấm điểm


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """Ủy quyền in force: for whom the actor acts, and how far.

    procedures, fields: what it is limited to; both empty means every procedure. principal_ids: the
    principal's rows, more than one after rows of the same person were matched.
    """

    id: UUID
    kind: MandateKind
    principal_id: UUID
    principal_kind: PrincipalKind
    principal_name: str
    acts: frozenset[Act]
    procedures: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    principal_ids: frozenset[UUID] = frozenset()

    @property
    def is_limited(self) -> bool:
        """Whether some procedures lie outside."""
        return bool(self.procedures or self.fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts. Identity comes from the session or a verified token, never from the body.

    also: rows that were matched with the person's own. mandate: the actor works in the name of
    somebody else; `person_id` stays who it is, `party_id` says whose matters these are.
    cleared_for: the sensitive classes of data this officer may read today (`kernel.clearance`).
    """

    kind: ActorKind
    name: str = ""
    account_id: UUID | None = None
    person_id: UUID | None = None
    officer_id: UUID | None = None
    posts: tuple[PostHeld, ...] = ()
    assurance: int = 0
    also: frozenset[UUID] = frozenset()
    mandate: Mandate | None = None
    cleared_for: frozenset[str] = frozenset()
    emergency: UUID | None = None  # the access whose page asks; no other page reads by it
    sandbox: bool = False  # by a key for trying out: nothing of it is anybody's work
    proven_at: datetime | None = None  # when who it is was proved last, as far as that is known
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

    @property
    def own_ids(self) -> tuple[UUID, ...]:
        """Every row of the human being who acts, whomever they act for."""
        return () if self.person_id is None else (self.person_id, *sorted(self.also))

    @property
    def party_id(self) -> UUID | None:
        """Whose matters the actor deals with: the principal's under a mandate, else one's own."""
        return self.mandate.principal_id if self.mandate else self.person_id

    @property
    def party_ids(self) -> tuple[UUID, ...]:
        """Every row of the party, for predicates; empty for who is nobody's person."""
        if self.mandate is None:
            return self.own_ids
        more = self.mandate.principal_ids - {self.mandate.principal_id}
        return (self.mandate.principal_id, *sorted(more))

    def is_party(self, person_id: UUID | None) -> bool:
        """Whether the row is of the party whose matters the actor deals with."""
        return person_id is not None and person_id in self.party_ids

    def may(self, act: Act) -> bool:
        """Whether one's own right or the mandate reaches so far; for what a page offers."""
        return self.mandate is None or act in self.mandate.acts

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
