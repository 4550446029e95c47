"""Who may see which dossier: one predicate for page, list, search, count, export and API."""

from datetime import datetime
from typing import ClassVar

from django.db.models import Exists, OuterRef, Q

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import CaseView
from motcua.contexts.dossiers.contracts import Source
from motcua.contexts.dossiers.models import EmergencyAccess
from motcua.contexts.organisations import public as organisations
from motcua.kernel.access import EVERYTHING, NOTHING, Asked, Ground, Policy, where
from motcua.kernel.actors import Actor, Role

SEES_UNIT = (Role.DIVISION_HEAD, Role.SIGNER, Role.CLERK, Role.CASE_OFFICER)
REVIEWS = (Role.SIGNER, Role.DIVISION_HEAD, Role.CASE_OFFICER)
SEES_DESK = (Role.RECEIVER, Role.RETURNER, Role.FEE_COLLECTOR)


OF_CASE = ("case__subject_code", "case__field")
OF_VERSION = ("procedure_version__procedure__code", "procedure_version__field_code")


def within(actor: Actor, procedure: str, field: str) -> Q:
    """What a mandate reaches, by the names of two columns; everything for one's own matters."""
    mandate = actor.mandate
    if mandate is None or not mandate.is_limited:
        return Q()
    named = Q(**{f"{procedure}__in": sorted(mandate.procedures)})
    return named | Q(**{f"{field}__in": sorted(mandate.fields)})


class DraftPolicy(Policy):
    """Whose matter it is; at the counter whoever began it, until it is sent."""

    resource = "dossiers.draft"
    model = "dossiers.Draft"
    what = "bản nháp"
    whom = "người đã bắt đầu bản nháp"
    named_by: ClassVar = {"draft_id": "pk"}

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        own = actor.is_citizen and actor.person_id is not None
        ours = Q(applicant_person_id__in=actor.party_ids, source=Source.CITY_APP)
        reached = ours & within(actor, *OF_VERSION)
        begun = where(actor.account_id and not own, Q(account_id=actor.account_id))
        return (
            Ground("Đây là việc của bạn.", where(own and actor.account_id, reached)),
            Ground("Bạn đã bắt đầu bản nháp này.", begun),
        )


class AssistancePolicy(Policy):
    """The officer who asked the person in front of them."""

    resource = "dossiers.assistance"
    model = "dossiers.Assistance"
    what = "lượt nộp giúp"
    whom = "cán bộ đã hỏi người nộp"
    named_by: ClassVar = {"assistance_id": "pk"}

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        asked = actor.account_id and actor.has(Role.RECEIVER)
        mine = where(asked, Q(account_id=actor.account_id))
        return (Ground("Bạn đã hỏi người này ở quầy.", mine, Asked.POST),)


class BulkPolicy(Policy):
    """Whose matters the lines are."""

    resource = "dossiers.bulk"
    model = "dossiers.BulkFiling"
    what = "bảng nộp nhiều hồ sơ"
    whom = "người đã gửi bảng"
    named_by: ClassVar = {"bulk_id": "pk"}
    lists = ("/nop-nhieu",)
    tries = True

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        ours = Q(applicant_person_id__in=actor.party_ids, sandbox=actor.sandbox)
        own = actor.is_citizen and actor.person_id and actor.account_id
        reached = ours & within(actor, *OF_VERSION)
        return (Ground("Đây là việc của bạn.", where(own, reached)),)


class JointPolicy(Policy):
    """Whoever began it."""

    resource = "dossiers.joint"
    model = "dossiers.JointRun"
    what = "lần làm cùng lúc"
    whom = "người đã bắt đầu"
    named_by: ClassVar = {"joint_id": "pk"}
    lists = ("/ban/cung-luc",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        mine = where(actor.account_id and actor.is_officer, Q(account_id=actor.account_id))
        return (Ground("Bạn đã bắt đầu lần làm này.", mine),)


class LibraryPolicy(Policy):
    """Whoever wrote it for oneself; the officers of the unit whose it is."""

    resource = "dossiers.library_text"
    model = "dossiers.LibraryText"
    what = "câu trong thư viện"
    whom = "người viết, hoặc cán bộ của đơn vị có câu này"
    named_by: ClassVar = {"text_id": "pk"}
    lists = ("/ban/cau-chu",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        own = where(actor.officer_id, Q(officer_id=actor.officer_id))
        seats = list(organisations.with_predecessors(actor.unit_ids()))
        ours = where(seats, Q(unit_id__in=seats))
        return (
            Ground("Bạn viết câu này.", own),
            Ground("Câu này của đơn vị bạn.", ours, Asked.UNIT),
        )


class SandboxPolicy(Policy):
    """What the party's own keys for trying out sent; by such a key alone."""

    resource = "dossiers.sandbox"
    model = "dossiers.SandboxDossier"
    what = "hồ sơ thử"
    whom = "người có mã thử"
    named_by: ClassVar = {"try_code": "code"}
    tries = True

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        ours = Q(person_id__in=actor.party_ids) & within(actor, *OF_VERSION)
        return (Ground("Đây là hồ sơ thử của bạn.", where(actor.sandbox, ours)),)


class CalendarFeedPolicy(Policy):
    """The account that made it, for the same party."""

    resource = "dossiers.calendar_feed"
    model = "dossiers.CalendarFeed"
    what = "địa chỉ lịch"
    whom = "người đã tạo địa chỉ lịch"
    lists = ("/toi/lich",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        mandate_id = actor.mandate.id if actor.mandate else None
        same = Q(mandate_id=mandate_id) if mandate_id else Q(mandate_id__isnull=True)
        mine = Q(account_id=actor.account_id) & same
        return (Ground("Bạn đã tạo địa chỉ này.", where(actor.account_id, mine)),)


class DossierPolicy(Policy):
    """The applicant; the units of the case; whoever has a task on it; who watches the city."""

    resource = "dossiers.dossier"
    model = "dossiers.Dossier"
    what = "hồ sơ"
    whom = "đơn vị đang giải quyết hồ sơ, hoặc gọi 1022 và đọc mã hồ sơ"
    named_by: ClassVar = {"code": "code"}
    under = ("/ho-so/", "/ban/ho-so/", "/ban/ky/ban-thao/", "/ban/tra-ket-qua/", "/quay/ho-so/",
             "/dieu-hanh/ho-so/", "/api/v1/dossiers/")  # fmt: skip
    lists = ("/ho-so", "/ban", "/dieu-hanh/ho-so")
    opening = "dossiers.open_names"
    subject = "code"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        return (*_of_party(actor), *_of_posts(actor), _of_emergency(actor, now))


class FieldVisitPolicy(Policy):
    """The applicant; the units of the case. Whoever watches the city reads of it in the dossier."""

    resource = "dossiers.field_visit"
    model = "dossiers.FieldVisit"
    what = "buổi xác minh thực địa"
    whom = "đơn vị đang giải quyết hồ sơ"
    named_by: ClassVar = {"visit_id": "pk"}
    lists = ("/ban/thuc-dia",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        seats = list(organisations.with_predecessors(actor.unit_ids(*SEES_UNIT)))
        theirs = Q(dossier__applicant_person_id__in=actor.party_ids) & within(
            actor, "dossier__case__subject_code", "dossier__case__field"
        )
        handles = where(
            seats,
            Q(unit_id__in=seats)
            | Q(dossier__case__handling_unit_id__in=seats)
            | Q(dossier__case__competent_unit_id__in=seats),
        )
        return (
            Ground("Bạn là người nộp hồ sơ này.", where(actor.person_id, theirs)),
            Ground("Đơn vị của bạn giải quyết hồ sơ này.", handles, Asked.UNIT),
        )


class EmergencyPolicy(Policy):
    """Whoever opened it; the data protection officer, who was told."""

    resource = "dossiers.emergency"
    model = "dossiers.EmergencyAccess"
    what = "lần truy cập khẩn cấp"
    whom = "người bảo vệ dữ liệu"
    named_by: ClassVar = {"emergency_id": "pk"}
    lists = ("/quan-tri/khan-cap",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        opens = actor.account_id and actor.has(Role.ADMINISTRATOR)
        mine = where(opens, Q(account_id=actor.account_id))
        watched = where(actor.has(Role.DATA_PROTECTION), EVERYTHING)
        return (
            Ground("Bạn đã mở lần truy cập này.", mine),
            Ground("Bạn phụ trách bảo vệ dữ liệu cá nhân.", watched, Asked.POST),
        )


class ReviewPolicy(Policy):
    """The applicant; the unit that reviews; once answered, the unit it is about.

    Leaders see that something waits, never the words.
    """

    resource = "dossiers.review"
    model = "dossiers.ReviewRequest"
    what = "đề nghị xem lại"
    whom = "cơ quan xem lại, không phải đơn vị đã giải quyết"
    named_by: ClassVar = {"review_id": "pk"}
    lists = ("/ban/xem-lai", "/dieu-hanh/xem-lai")

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        seats = list(actor.unit_ids(*REVIEWS))
        mine = where(
            actor.person_id and not actor.is_officer,
            Q(dossier__applicant_person_id__in=actor.party_ids)
            & within(actor, "dossier__case__subject_code", "dossier__case__field"),
        )
        handled = Q(dossier__case__handling_unit_id__in=seats) | Q(
            dossier__case__competent_unit_id__in=seats
        )
        outcome = where(seats, Q(answered_at__isnull=False) & handled)
        unanswered = where(actor.has(Role.LEADER), Q(answered_at__isnull=True))
        return (
            Ground("Bạn là người nộp hồ sơ này.", mine),
            Ground("Đơn vị của bạn xem lại.", where(seats, Q(unit_id__in=seats)), Asked.UNIT),
            Ground("Đơn vị của bạn đã giải quyết hồ sơ này.", outcome, Asked.UNIT),
            Ground("Bạn theo dõi việc trả lời trong toàn thành phố.", unanswered, Asked.POST),
        )


def _of_emergency(actor: Actor, now: datetime) -> Ground:
    """Only on the page of the access itself, so that every look is logged as one."""
    held = NOTHING
    if actor.emergency and actor.account_id and actor.has(Role.ADMINISTRATOR):
        opened = EmergencyAccess.objects.filter(
            pk=actor.emergency,
            dossier=OuterRef("pk"),
            account_id=actor.account_id,
            until__gt=now,
            reported_at__isnull=True,
        )
        held = Q(Exists(opened))
    return Ground("Bạn đang mở truy cập khẩn cấp hồ sơ này.", held, Asked.EMERGENCY)


def _of_party(actor: Actor) -> tuple[Ground, ...]:
    theirs = Q(applicant_person_id__in=actor.party_ids)
    mine = where(actor.person_id and not actor.mandate, theirs)
    reached = where(actor.mandate, theirs & within(actor, *OF_CASE))
    return (
        Ground("Bạn là người nộp hồ sơ này.", mine),
        Ground("Người nộp đã ủy quyền cho bạn.", reached, Asked.MANDATE),
    )


def _of_posts(actor: Actor) -> tuple[Ground, ...]:
    """Each by the units where this actor holds such a post."""
    seats = list(organisations.with_predecessors(actor.unit_ids(*SEES_UNIT)))
    desks = list(organisations.with_predecessors(actor.unit_ids(*SEES_DESK)))
    asked = list(actor.unit_ids(Role.CONSULTED))
    handles = where(seats, Q(case__handling_unit_id__in=seats))
    decides = where(seats, Q(case__competent_unit_id__in=seats))
    desk = Q(case__receiving_unit_id__in=desks) | Q(case__supporting_unit_id__in=desks)
    watched = where(actor.has(Role.LEADER, Role.AUDITOR), EVERYTHING)
    watching = "Bạn giữ vị trí theo dõi toàn thành phố."
    return (
        Ground(watching, watched, Asked.WATCH, watches=True),
        Ground("Đơn vị của bạn giải quyết hồ sơ này.", handles, Asked.UNIT),
        Ground("Cơ quan của bạn có thẩm quyền quyết định hồ sơ này.", decides, Asked.COMPETENCE),
        Ground("Quầy của bạn tiếp nhận hoặc hỗ trợ hồ sơ này.", where(desks, desk), Asked.UNIT),
        Ground(
            "Đơn vị của bạn được hỏi ý kiến về hồ sơ này.",
            where(asked, Q(casework.opinion_asked_of(asked))),
            Asked.UNIT,
        ),
    )


def works_on(actor: Actor, case: CaseView) -> bool:
    """Whether the actor sees the dossier to work on it, not to watch or to give an opinion."""
    seats, desks = actor.unit_ids(*SEES_UNIT), actor.unit_ids(*SEES_DESK)
    return bool(
        seats & {case.handling_unit_id, case.competent_unit_id}
        or desks & {case.receiving_unit_id, case.supporting_unit_id}
    )
