"""Who may see people, accounts and tokens."""

from datetime import datetime
from typing import ClassVar

from django.db.models import Q

from motcua.contexts.organisations import public as organisations
from motcua.kernel.access import EVERYTHING, Asked, Ground, Policy, where
from motcua.kernel.actors import Actor, MandateKind, Role
from motcua.kernel.clock import city_date


class PersonPolicy(Policy):
    """Officers meet people through their cases, which have policies of their own."""

    resource = "identity.person"
    model = "identity.Person"
    what = "thông tin cá nhân"
    lists = ("/toi",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        mine = where(actor.person_id, Q(pk=actor.person_id))
        return (Ground("Đây là thông tin của bạn.", mine),)


class MandatePolicy(Policy):
    """Both sides see a mandate: whose matter it is, and who may act."""

    resource = "identity.mandate"
    model = "identity.Mandate"
    what = "ủy quyền"
    whom = "người ủy quyền"
    named_by: ClassVar = {"mandate_id": "pk"}
    lists = ("/toi/uy-quyen",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        own = actor.is_citizen and actor.person_id is not None
        heads = actor.mandate is None or actor.mandate.kind is MandateKind.LEGAL_REPRESENTATIVE
        held = where(own, Q(representative_id__in=actor.own_ids))
        given = where(own and heads, Q(principal_id__in=actor.party_ids))
        return (
            Ground("Bạn là người được ủy quyền.", held, Asked.MANDATE),
            Ground("Bạn là người ủy quyền.", given),
        )


class HouseholdPolicy(Policy):
    """A household is its members': each row is seen by whom it is about."""

    resource = "identity.household_member"
    model = "identity.HouseholdMember"
    named_by: ClassVar = {"member_id": "pk"}
    what = "thành viên của hộ"
    whom = "chủ hộ"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        own = actor.is_citizen and actor.person_id is not None and actor.mandate is None
        mine = where(own, Q(person_id__in=actor.own_ids))
        return (Ground("Bạn là thành viên của hộ này.", mine),)


class CandidatePolicy(Policy):
    """Who answers for personal data decides which rows are one person; nobody else compares them.

    Not the administrator, who runs the machine and sees no personal data; not a division head, who
    answers for one ward, while a person belongs to none.
    """

    resource = "identity.match_candidate"
    model = "identity.MatchCandidate"
    named_by: ClassVar = {"candidate_id": "pk"}
    lists = ("/bao-ve-du-lieu/trung-nguoi",)
    what = "cặp người có thể là một"
    whom = "người bảo vệ dữ liệu"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        watched = where(actor.has(Role.DATA_PROTECTION), EVERYTHING)
        return (Ground("Bạn phụ trách bảo vệ dữ liệu cá nhân.", watched, Asked.POST),)


class NumberCasePolicy(Policy):
    """Who answers for personal data decides; a receiver sees the numbers of who stands there."""

    resource = "identity.number_case"
    model = "identity.NumberCase"
    named_by: ClassVar = {"number_id": "pk"}
    lists = ("/bao-ve-du-lieu/so-dinh-danh",)
    what = "câu hỏi về số định danh"
    whom = "người bảo vệ dữ liệu"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        watched = where(actor.has(Role.DATA_PROTECTION), EVERYTHING)
        noted = where(actor.has(Role.RECEIVER), Q(decided_by=actor.account_id))
        return (
            Ground("Bạn phụ trách bảo vệ dữ liệu cá nhân.", watched, Asked.POST),
            Ground("Bạn đã ghi việc này.", noted),
        )


class AccountPolicy(Policy):
    """Administrators manage accounts, heads let their officers in; no personal data by it."""

    resource = "identity.account"
    model = "identity.Account"
    what = "tài khoản"
    whom = "quản trị viên"
    named_by: ClassVar = {"account_id": "pk"}
    lists = ("/quan-tri/tai-khoan", "/ban/can-bo")

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        arranged = organisations.officers_arranged_by(actor, city_date(now))
        theirs = where(arranged, Q(officer_id__in=[officer.id for officer in arranged]))
        mine = where(actor.account_id, Q(pk=actor.account_id))
        managed = where(actor.has(Role.ADMINISTRATOR), EVERYTHING)
        return (
            Ground("Đây là tài khoản của bạn.", mine),
            Ground("Bạn đứng đầu đơn vị của cán bộ này.", theirs, Asked.UNIT),
            Ground("Bạn là quản trị viên.", managed, Asked.POST),
        )


class ApiTokenPolicy(Policy):
    """A token is its owner's alone."""

    resource = "identity.api_token"
    model = "identity.ApiToken"
    what = "mã truy cập"
    whom = "chủ tài khoản"
    named_by: ClassVar = {"token_id": "pk"}
    lists = ("/toi/ma-truy-cap",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        mine = where(actor.account_id, Q(account_id=actor.account_id))
        return (Ground("Đây là mã truy cập của bạn.", mine),)


class FactorPolicy(Policy):
    """A factor is its owner's alone; administrators replace lost ones without seeing them."""

    resource = "identity.factor"
    model = "identity.Factor"
    what = "cách xác nhận"
    whom = "chủ tài khoản"
    named_by: ClassVar = {"factor_id": "pk"}
    lists = ("/toi/cach-xac-nhan",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        mine = where(actor.account_id, Q(account_id=actor.account_id))
        return (Ground("Đây là cách xác nhận của bạn.", mine),)


class SessionPolicy(Policy):
    """Sessions are their owner's; an administrator ends those of officers without seeing them."""

    resource = "identity.session"
    model = "identity.Session"
    what = "phiên đăng nhập"
    whom = "chủ tài khoản"
    lists = ("/toi/phien",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        mine = where(actor.account_id, Q(account_id=actor.account_id))
        return (Ground("Đây là phiên đăng nhập của bạn.", mine),)


class FactorRecoveryPolicy(Policy):
    """Whoever may ask for a recovery or confirm it sees it, and whoever it is for."""

    resource = "identity.factor_recovery"
    model = "identity.FactorRecovery"
    what = "lần cấp lại"
    whom = "quản trị viên"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        mine = where(actor.account_id, Q(account_id=actor.account_id))
        asked = where(actor.account_id, Q(asked_by_id=actor.account_id))
        arranged = organisations.officers_arranged_by(actor, city_date(now))
        theirs = where(arranged, Q(account__officer_id__in=[one.id for one in arranged]))
        managed = where(actor.has(Role.ADMINISTRATOR), EVERYTHING)
        return (
            Ground("Việc này về tài khoản của bạn.", mine),
            Ground("Bạn đã đề nghị việc này.", asked),
            Ground("Bạn đứng đầu đơn vị của cán bộ này.", theirs, Asked.UNIT),
            Ground("Bạn là quản trị viên.", managed, Asked.POST),
        )


class EntryCodePolicy(Policy):
    """Whoever may hand out a code sees that one waits; nobody sees the code."""

    resource = "identity.entry_code"
    model = "identity.EntryCode"
    what = "mã vào"
    whom = "người đứng đầu đơn vị"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        arranged = organisations.officers_arranged_by(actor, city_date(now))
        theirs = where(arranged, Q(account__officer_id__in=[one.id for one in arranged]))
        managed = where(actor.has(Role.ADMINISTRATOR), EVERYTHING)
        return (
            Ground("Bạn đứng đầu đơn vị của cán bộ này.", theirs, Asked.UNIT),
            Ground("Bạn là quản trị viên.", managed, Asked.POST),
        )


def _of_officer(actor: Actor, now: datetime) -> tuple[Ground, ...]:
    """Oneself; whoever arranges work where the officer sits; who keeps the rules of data."""
    arranged = organisations.officers_arranged_by(actor, city_date(now))
    theirs = where(arranged, Q(officer_id__in=[officer.id for officer in arranged]))
    watched = where(actor.has(Role.ADMINISTRATOR, Role.DATA_PROTECTION), EVERYTHING)
    mine = where(actor.officer_id, Q(officer_id=actor.officer_id))
    watching = "Bạn theo dõi tập huấn và cam kết toàn thành phố."
    return (
        Ground("Đây là hồ sơ cán bộ của bạn.", mine),
        Ground("Bạn đứng đầu đơn vị của cán bộ này.", theirs, Asked.UNIT),
        Ground(watching, watched, Asked.POST),
    )


class TrainingPolicy(Policy):
    """What an officer was trained in; no citizen's data."""

    resource = "identity.training"
    model = "identity.Training"
    what = "lần tập huấn"
    whom = "người đứng đầu đơn vị"
    named_by: ClassVar = {"training_id": "pk"}
    lists = ("/ban/cam-ket", "/toi/cam-ket")

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        return _of_officer(actor, now)


class CommitmentPolicy(Policy):
    """What an officer promised, and until when."""

    resource = "identity.commitment"
    model = "identity.Commitment"
    what = "cam kết"
    whom = "người đứng đầu đơn vị"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        return _of_officer(actor, now)


class ApplicationPolicy(Policy):
    """Applications are administrators' business; people meet them on the consent page."""

    resource = "identity.application"
    model = "identity.Application"
    what = "ứng dụng"
    whom = "quản trị viên"
    named_by: ClassVar = {"application_id": "pk"}
    lists = ("/quan-tri/ung-dung",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        managed = where(actor.has(Role.ADMINISTRATOR), EVERYTHING)
        return (Ground("Bạn là quản trị viên.", managed, Asked.POST),)


class ConsentPolicy(Policy):
    """What somebody allowed an application is theirs alone to see and to take back."""

    resource = "identity.consent"
    model = "identity.Consent"
    what = "lần cho phép"
    whom = "người đã cho phép"
    named_by: ClassVar = {"consent_id": "pk"}
    lists = ("/toi/ung-dung",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        mine = where(actor.account_id, Q(account_id=actor.account_id))
        return (Ground("Bạn đã cho phép ứng dụng này.", mine),)
