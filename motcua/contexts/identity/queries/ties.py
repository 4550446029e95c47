"""What ties a person to others, as their copy tells it: mandates, bodies, merges, applications."""

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from motcua.contexts.identity.contracts.applications import SCOPE_NAMES, DataScope
from motcua.contexts.identity.contracts.households import RELATION_NAMES, Relation
from motcua.contexts.identity.contracts.mandates import KIND_NAMES
from motcua.contexts.identity.contracts.matching import NUMBER_STATE_NAMES, STATE_NAMES
from motcua.contexts.identity.contracts.names import BODY_NAMES, SOURCE_NAMES
from motcua.contexts.identity.models import (
    Account,
    Consent,
    HouseholdMember,
    KnownDevice,
    LegalRepresentative,
    Mandate,
    MatchCandidate,
    NumberCase,
    Organisation,
    PersonMerge,
    Session,
)
from motcua.contexts.identity.queries import people
from motcua.kernel.actors import MandateKind
from motcua.kernel.holdings import Held, coded
from motcua.ui import dates

TIES = frozenset(
    {
        "identity.Mandate",
        "identity.Organisation",
        "identity.LegalRepresentative",
        "identity.MatchCandidate",
        "identity.PersonMerge",
        "identity.NumberCase",
        "identity.Household",
        "identity.HouseholdMember",
        "identity.Consent",
        "identity.Session",
        "identity.KnownDevice",
    }
)


def ties_of(person_id: UUID) -> Iterator[Held]:
    """Names of others stay out: the record is told, the other person is not."""
    acting = Q(principal_id=person_id) | Q(representative_id=person_id) | Q(given_by_id=person_id)
    yield from (_mandate(row) for row in Mandate.objects.filter(acting).order_by("id"))
    for body in Organisation.objects.filter(person_id=person_id).order_by("pk"):
        yield Held(
            model="identity.Organisation",
            title=_("Tổ chức"),
            since=body.created_at,
            values=((_("Loại"), coded(body.kind, BODY_NAMES)), (_("Mã số thuế"), body.tax_code)),
        )
    rows = LegalRepresentative.objects.filter(person_id=person_id).order_by("id")
    yield from (_representative(row) for row in rows)
    pairs = MatchCandidate.objects.filter(Q(first_id=person_id) | Q(second_id=person_id))
    yield from (_candidate(row) for row in pairs.order_by("id"))
    merges = PersonMerge.objects.filter(Q(merged_id=person_id) | Q(survivor_id=person_id))
    yield from (_merge(row) for row in merges.order_by("id"))
    numbers = NumberCase.objects.filter(person_id=person_id)
    yield from (_number(row) for row in numbers.order_by("id"))
    members = HouseholdMember.objects.filter(person_id=person_id)
    yield from (_membership(row) for row in members.order_by("id"))


def uses_of(account: Account) -> Iterator[Held]:
    """Where the account signed in, and who was told about its owner."""
    for consent in Consent.objects.filter(account=account).order_by("id"):
        name = consent.application.name
        yield Held(
            model="identity.Consent",
            title=_("Ứng dụng bạn đã đồng ý cho xem"),
            since=consent.given_at,
            values=((_("Ứng dụng"), name), (_("Được xem"), _scopes(consent.granted))),
        )
    for session in Session.objects.filter(account=account).order_by("began_at", "pk"):
        at = dates.city_moment(session.used_at)
        yield Held(
            model="identity.Session",
            title=_("Phiên đăng nhập"),
            since=session.began_at,
            values=_said((_("Dùng lần cuối"), at)),
        )
    for device in KnownDevice.objects.filter(account=account).order_by("first_at", "id"):
        yield Held(
            model="identity.KnownDevice",
            title=_("Thiết bị đã đăng nhập"),
            since=device.first_at,
            values=(),
        )


def _scopes(granted: Iterable[str]) -> str:
    code = ", ".join(map(str, granted))
    return coded(code, {code: ", ".join(gettext(SCOPE_NAMES[DataScope(one)]) for one in granted)})


def _said(*values: tuple[str, str | None]) -> tuple[tuple[str, str], ...]:
    return tuple((label, value) for label, value in values if value)


def _day(on: date | None) -> str:
    return dates.day(on) if on else ""


def _mandate(row: Mandate) -> Held:
    return Held(
        model="identity.Mandate",
        title=_("Ủy quyền, đại diện"),
        since=row.created_at,
        values=_said(
            (_("Loại"), _(KIND_NAMES[MandateKind(row.kind)])),
            (_("Từ ngày"), _day(row.valid_from)),
            (_("Đến ngày"), _day(row.valid_to)),
            (_("Ghi chú"), row.evidence_note),
        ),
    )


def _representative(row: LegalRepresentative) -> Held:
    body = people.names_of([row.organisation_id])
    return Held(
        model="identity.LegalRepresentative",
        title=_("Người đại diện theo pháp luật"),
        source=coded(row.source, SOURCE_NAMES),
        since=row.recorded_at,
        values=_said(
            (_("Tổ chức"), body.get(row.organisation_id)),
            (_("Chức danh"), row.title),
            (_("Từ ngày"), _day(row.valid_from)),
            (_("Đến ngày"), _day(row.valid_to)),
        ),
    )


def _candidate(row: MatchCandidate) -> Held:
    return Held(
        model="identity.MatchCandidate",
        title=_("Hồ sơ có thể trùng người"),
        since=row.found_at,
        values=_said((_("Trạng thái"), coded(row.state, STATE_NAMES)), (_("Ghi chú"), row.note)),
    )


def _merge(row: PersonMerge) -> Held:
    return Held(
        model="identity.PersonMerge",
        title=_("Lần gộp hồ sơ"),
        since=row.merged_at,
        values=_said(
            (_("Lý do"), row.reason),
            (_("Chứng cứ"), row.evidence),
            (_("Lý do gỡ"), row.undone_reason),
        ),
    )


def _membership(row: HouseholdMember) -> Held:
    return Held(
        model="identity.HouseholdMember",
        title=_("Thành viên hộ"),
        since=row.recorded_at,
        values=_said(
            (_("Quan hệ trong hộ"), gettext(RELATION_NAMES[Relation(row.relation)])),
            (_("Từ ngày"), _day(row.valid_from)),
            (_("Đến ngày"), _day(row.valid_to)),
            (_("Chứng cứ"), row.evidence_note),
        ),
    )


def _number(row: NumberCase) -> Held:
    return Held(
        model="identity.NumberCase",
        title=_("Việc về số định danh"),
        source=coded(row.source, SOURCE_NAMES),
        since=row.found_at,
        values=_said(
            (_("Số được báo"), row.told),
            (_("Số trước đó"), row.before),
            (_("Trạng thái"), coded(row.state, NUMBER_STATE_NAMES)),
            (_("Lý do"), row.reason),
            (_("Chứng cứ"), row.evidence_note),
            (_("Lý do gỡ"), row.undone_reason),
        ),
    )


def tally(person_id: UUID) -> dict[str, int]:
    """How many accounts and mandates are of this row of a person."""
    acting = Q(principal_id=person_id) | Q(representative_id=person_id)
    return {
        "Tài khoản": Account.objects.filter(person_id=person_id).count(),
        "Ủy quyền": Mandate.objects.filter(acting).count(),
    }
