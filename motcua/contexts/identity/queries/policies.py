"""Who may see people, accounts and tokens."""

from datetime import datetime

from django.db.models import Q

from motcua.contexts.organisations import public as organisations
from motcua.kernel.access import EVERYTHING, Ground, Policy
from motcua.kernel.actors import Actor, MandateKind, Role
from motcua.kernel.clock import city_date


class PersonPolicy(Policy):
    """Officers meet people through their cases, which have policies of their own."""

    resource = "identity.person"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        if actor.person_id is None:
            return ()
        return (Ground("Đây là thông tin của bạn.", Q(pk=actor.person_id)),)


class MandatePolicy(Policy):
    """Both sides see a mandate: whose matter it is, and who may act."""

    resource = "identity.mandate"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        if not actor.is_citizen or actor.person_id is None:
            return ()
        held = Q(representative_id__in=actor.own_ids)
        found = [Ground("Bạn là người được ủy quyền.", held)]
        if actor.mandate is None or actor.mandate.kind is MandateKind.LEGAL_REPRESENTATIVE:
            given = Q(principal_id__in=actor.party_ids)
            found.append(Ground("Bạn là người ủy quyền.", given))
        return tuple(found)


class CandidatePolicy(Policy):
    """Who answers for personal data decides which rows are one person; nobody else compares them.

    Not the administrator, who runs the machine and sees no personal data; not a division head, who
    answers for one ward, while a person belongs to none.
    """

    resource = "identity.match_candidate"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        if not actor.has(Role.DATA_PROTECTION):
            return ()
        return (Ground("Bạn phụ trách bảo vệ dữ liệu cá nhân.", EVERYTHING),)


class NumberCasePolicy(Policy):
    """Who answers for personal data decides; a receiver sees the numbers of who stands there."""

    resource = "identity.number_case"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        found = []
        if actor.has(Role.DATA_PROTECTION):
            found.append(Ground("Bạn phụ trách bảo vệ dữ liệu cá nhân.", EVERYTHING))
        if actor.has(Role.RECEIVER):
            found.append(Ground("Bạn đã ghi việc này.", Q(decided_by=actor.account_id)))
        return tuple(found)


class AccountPolicy(Policy):
    """Administrators manage accounts; they see no personal data by it."""

    resource = "identity.account"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        found = []
        if actor.account_id is not None:
            found.append(Ground("Đây là tài khoản của bạn.", Q(pk=actor.account_id)))
        if actor.has(Role.ADMINISTRATOR):
            found.append(Ground("Bạn là quản trị viên.", EVERYTHING))
        return tuple(found)


class ApiTokenPolicy(Policy):
    """A token is its owner's alone."""

    resource = "identity.api_token"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        if actor.account_id is None:
            return ()
        return (Ground("Đây là mã truy cập của bạn.", Q(account_id=actor.account_id)),)


class FactorPolicy(Policy):
    """A factor is its owner's alone; administrators replace lost ones without seeing them."""

    resource = "identity.factor"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        if actor.account_id is None:
            return ()
        return (Ground("Đây là cách xác nhận của bạn.", Q(account_id=actor.account_id)),)


class SessionPolicy(Policy):
    """Sessions are their owner's; an administrator ends those of officers without seeing them."""

    resource = "identity.session"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        if actor.account_id is None:
            return ()
        return (Ground("Đây là phiên đăng nhập của bạn.", Q(account_id=actor.account_id)),)


class FactorRecoveryPolicy(Policy):
    """Whoever may confirm a recovery sees it, and whoever it is for."""

    resource = "identity.factor_recovery"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        found = []
        if actor.account_id is not None:
            found.append(Ground("Việc này về tài khoản của bạn.", Q(account_id=actor.account_id)))
            found.append(Ground("Bạn đã đề nghị việc này.", Q(asked_by_id=actor.account_id)))
        if actor.has(Role.ADMINISTRATOR):
            found.append(Ground("Bạn là quản trị viên.", EVERYTHING))
        return tuple(found)


def _of_officer(actor: Actor, now: datetime) -> tuple[Ground, ...]:
    """Oneself; whoever arranges work where the officer sits; who keeps the rules of data."""
    found = []
    if actor.officer_id is not None:
        found.append(Ground("Đây là hồ sơ cán bộ của bạn.", Q(officer_id=actor.officer_id)))
    arranged = organisations.officers_arranged_by(actor, city_date(now))
    if arranged:
        theirs = Q(officer_id__in=[officer.id for officer in arranged])
        found.append(Ground("Bạn đứng đầu đơn vị của cán bộ này.", theirs))
    if actor.has(Role.ADMINISTRATOR, Role.DATA_PROTECTION):
        found.append(Ground("Bạn theo dõi tập huấn và cam kết toàn thành phố.", EVERYTHING))
    return tuple(found)


class TrainingPolicy(Policy):
    """What an officer was trained in; no citizen's data."""

    resource = "identity.training"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        return _of_officer(actor, now)


class CommitmentPolicy(Policy):
    """What an officer promised, and until when."""

    resource = "identity.commitment"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        return _of_officer(actor, now)


class ApplicationPolicy(Policy):
    """Applications are administrators' business; people meet them on the consent page."""

    resource = "identity.application"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        if not actor.has(Role.ADMINISTRATOR):
            return ()
        return (Ground("Bạn là quản trị viên.", EVERYTHING),)


class ConsentPolicy(Policy):
    """What somebody allowed an application is theirs alone to see and to take back."""

    resource = "identity.consent"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        if actor.account_id is None:
            return ()
        return (Ground("Bạn đã cho phép ứng dụng này.", Q(account_id=actor.account_id)),)
