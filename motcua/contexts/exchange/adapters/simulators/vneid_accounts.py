"""Who may sign in at VNeID, and what it tells of them; both stand-ins tell the same.

Names of claims as the city's login service has them (facts 7.3). `LoaiTaiKhoan` "1" is a person;
that an organisation is "2", and every claim marked OURS, nobody could compare with a text of
VNeID: they are this project's inventions until the specification is at hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from motcua.contexts.exchange.adapters.simulators.people import SimPerson, personas

PERSON, ORGANISATION = "1", "2"
OURS = ("MucDoDinhDanh", "TenToChuc", "MaSoThue", "ChucVu")
COMPANIES = (
    ("0399999004", "Công ty TNHH Mai Vàng Sài Gòn", 0),
    ("0399999011", "Công ty Cổ phần Bến Thành Xanh", 1),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EidAccount:
    """key: stands for it in the stand-in. note: what the page of choice says beside the name."""

    key: str
    name: str
    note: str
    level: int
    claims: Mapping[str, str]


def accounts(people: Mapping[str, SimPerson], today: date) -> dict[str, EidAccount]:
    """The people of the stand-in, then organisations of the first two of them."""
    chosen = personas(people, today)
    found = [_of_person(person) for person in chosen]
    found += [_of_company(code, name, chosen[owner]) for code, name, owner in COMPANIES]
    return {account.key: account for account in found}


def _said_of(person: SimPerson) -> dict[str, str]:
    return {
        "HoVaTen": person.full_name,
        "SoDinhDanh": person.personal_number,
        "NgayThangNamSinh": person.born_on.strftime("%Y%m%d"),
        "MucDoDinhDanh": str(person.eid_level),
        "loginIdp": "BCA",
    }


def _of_person(person: SimPerson) -> EidAccount:
    return EidAccount(
        key=person.personal_number,
        name=person.full_name,
        note=f"Sinh {person.born_on:%d/%m/%Y} · số định danh {person.personal_number} · "
        f"định danh mức {person.eid_level}",
        level=person.eid_level,
        claims={**_said_of(person), "LoaiTaiKhoan": PERSON},
    )


def _of_company(tax_code: str, name: str, owner: SimPerson) -> EidAccount:
    more = {"LoaiTaiKhoan": ORGANISATION, "TenToChuc": name, "MaSoThue": tax_code}
    return EidAccount(
        key=f"to-chuc-{tax_code}",
        name=name,
        note=f"Tài khoản tổ chức · mã số thuế {tax_code} · đại diện {owner.full_name}",
        level=owner.eid_level,
        claims={**_said_of(owner), **more, "ChucVu": "Giám đốc"},
    )
