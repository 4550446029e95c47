"""What identity holds about a person, and which of it they may have corrected."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext as _

from motcua.contexts.identity.contracts.households import RELATION_NAMES, Relation
from motcua.contexts.identity.contracts.names import NUMBER_NAMES, SEX_NAMES, SOURCE_NAMES
from motcua.contexts.identity.models import (
    Account,
    ApiToken,
    HouseholdMember,
    Person,
    PersonIdentifier,
)
from motcua.contexts.identity.queries import households, people
from motcua.contexts.identity.queries.ties import TIES, ties_of, uses_of
from motcua.kernel.holdings import Correctable, Held, coded
from motcua.ui import dates

POPULATION = "Cơ sở dữ liệu quốc gia về dân cư"
HOUSEHOLD = "household"
OURS = ("email", "phone", "address")  # the rest is a copy of the population register


class PeopleHeld:
    """Identity: who somebody is, and what they sign in with."""

    models = TIES | {
        "identity.Person",
        "identity.PersonIdentifier",
        "identity.Account",
        "identity.ApiToken",
    }

    def held_about(self, person_id: UUID) -> Iterator[Held]:
        yield from (_person(row) for row in Person.objects.filter(pk=person_id))
        rows = PersonIdentifier.objects.filter(person_id=person_id).order_by("recorded_at", "id")
        yield from (_identifier(row) for row in rows)
        for account in Account.objects.filter(person_id=person_id).order_by("created_at", "id"):
            yield _account(account)
            tokens = ApiToken.objects.filter(account=account).order_by("created_at", "id")
            yield from (_token(token) for token in tokens)
            yield from uses_of(account)
        yield from ties_of(person_id)


def _said(*values: tuple[str, str | None]) -> tuple[tuple[str, str], ...]:
    return tuple((label, value) for label, value in values if value)


def _person(row: Person) -> Held:
    address = row.address or {}
    return Held(
        model="identity.Person",
        title=_("Thông tin cá nhân"),
        source=coded(row.source, SOURCE_NAMES),
        since=row.created_at,
        values=_said(
            (_("Họ và tên"), row.full_name),
            (_("Số định danh"), row.personal_number),
            (_("Ngày sinh"), dates.day(row.born_on) if row.born_on else ""),
            (_("Giới tính"), coded(row.sex, SEX_NAMES)),
            (_("Thư điện tử"), row.email),
            (_("Điện thoại"), row.phone),
            (_("Địa chỉ"), address.get("text", "")),
            (_("Mã phường, xã"), address.get("ward_code", "")),
        ),
    )


def _day(on: date | None) -> str:
    return dates.day(on) if on else ""


def _identifier(row: PersonIdentifier) -> Held:
    return Held(
        model="identity.PersonIdentifier",
        title=_("Số giấy tờ tùy thân"),
        source=coded(row.source, SOURCE_NAMES),
        since=row.recorded_at,
        values=_said(
            (_("Loại số"), coded(row.kind, NUMBER_NAMES)),
            (_("Số"), row.value),
            (_("Dùng từ ngày"), _day(row.valid_from)),
            (_("Dùng đến ngày"), _day(row.valid_to)),
            (_("Ghi chú"), row.end_note),
        ),
    )


def _account(row: Account) -> Held:
    return Held(
        model="identity.Account",
        title=_("Tài khoản đăng nhập"),
        since=row.created_at,
        values=_said(
            (_("Tên tài khoản"), row.username),
            (_("Đăng nhập lần cuối"), dates.city_moment(row.last_login)),
        ),
    )


def _token(row: ApiToken) -> Held:
    return Held(
        model="identity.ApiToken",
        title=_("Mã truy cập cho phần mềm"),
        since=row.created_at,
        values=_said(
            (_("Tên mã"), row.name),
            (_("Hết hạn"), dates.city_moment(row.expires_at)),
            (_("Dùng lần cuối"), dates.city_moment(row.last_used_at)),
        ),
    )


def correctable(person_id: UUID) -> Sequence[Correctable]:
    row = people.person_row(person_id)
    address = row.address or {}
    member = households.standing(row.id)
    return (
        *(_household(member) for member in (member,) if member),
        Correctable(key="phone", label=_("Điện thoại"), value=row.phone or ""),
        Correctable(key="email", label=_("Thư điện tử"), value=row.email or ""),
        Correctable(key="address", label=_("Địa chỉ liên hệ"), value=address.get("text", "")),
        Correctable(
            key="full_name", label=_("Họ và tên"), value=row.full_name, source=_(POPULATION)
        ),
        Correctable(
            key="born_on", label=_("Ngày sinh"), value=_day(row.born_on), source=_(POPULATION)
        ),
        Correctable(
            key="personal_number",
            label=_("Số định danh"),
            value=people.masked(row.personal_number),
            source=_(POPULATION),
        ),
    )


def _household(member: HouseholdMember) -> Correctable:
    name = gettext(RELATION_NAMES[Relation(member.relation)])
    return Correctable(key=HOUSEHOLD, label=_("Quan hệ trong hộ"), value=name)
