"""The fictitious people the stand-ins know: the cast of the project and about sixty households.

Everybody is invented. Personal numbers carry the serial block 999, which this project reserves for
invented people; phones are 0900 000 xxx and mail goes to example.vn. The same list comes out at
every start.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from itertools import count
from typing import TypeVar

from motcua.kernel.text import fold

T = TypeVar("T")

SEED = "2025-07-01"
HOUSEHOLDS = 62
FIRST_GENERATED_SERIAL = 20  # serials below are written by hand

WARDS = {
    "26740": "Phường Sài Gòn",
    "26743": "Phường Bến Thành",
    "26737": "Phường Tân Định",
    "26758": "Phường Cầu Ông Lãnh",
    "27154": "Phường Bàn Cờ",
    "26956": "Phường Thạnh Mỹ Tây",
    "26824": "Phường Thủ Đức",
    "27343": "Phường Chợ Lớn",
    "25747": "Phường Thủ Dầu Một",
    "26506": "Phường Vũng Tàu",
}
STREETS = ("Lê Lợi", "Nguyễn Huệ", "Hai Bà Trưng", "Nguyễn Trãi", "Lý Tự Trọng", "Võ Văn Kiệt")
SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Phan", "Võ", "Đặng", "Bùi", "Đỗ", "Ngô")
MEN = ("Gia Bảo", "Minh Triết", "Quốc Việt", "Hữu Đạt", "Thanh Tùng", "Đức Anh", "Văn Khải")
WOMEN = ("Thu Hà", "Ngọc Diệp", "Bích Thủy", "Khánh Linh", "Mỹ Duyên", "Thanh Trúc", "Hồng Đào")


@dataclass(frozen=True, slots=True, kw_only=True)
class SimPerson:
    """One invented person. Relatives are named by their personal numbers."""

    personal_number: str
    full_name: str
    born_on: date
    sex: str  # nam | nu
    ward_code: str
    street: str
    household: str
    marital_status: str = "SINGLE"  # SINGLE | MARRIED | DIVORCED | WIDOWED
    ethnicity: str = "Kinh"
    nationality: str = "Việt Nam"
    father: str = ""
    mother: str = ""
    spouse: str = ""
    eid_level: int = 2  # 0 none, 1 registered alone, 2 checked in person

    @property
    def address(self) -> str:
        return f"{self.street}, {WARDS[self.ward_code]}, Thành phố Hồ Chí Minh"

    @property
    def phone(self) -> str:
        return f"0900000{self.personal_number[-3:]}"

    @property
    def email(self) -> str:
        return f"{fold(self.full_name).replace(' ', '.')}@example.vn"

    def age_on(self, day: date) -> int:
        before = (day.month, day.day) < (self.born_on.month, self.born_on.day)
        return day.year - self.born_on.year - before


def number(serial: int, *, sex: str, born: int, province: str = "079") -> str:
    """Province, century and sex, year, six digits (facts 7.1); the serial sits in block 999."""
    century = 0 if born < 2000 else 2
    return f"{province}{century + (sex == 'nu')}{born % 100:02d}999{serial:03d}"


class Dice:
    """Draws that come out the same at every start, on every Python."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._thrown = 0

    def below(self, limit: int) -> int:
        self._thrown += 1
        digest = sha256(f"{self._seed}/{self._thrown}".encode()).digest()
        return int.from_bytes(digest[:8], "big") % limit

    def one_of(self, among: Sequence[T]) -> T:
        return among[self.below(len(among))]

    def day(self, first: int, last: int) -> date:
        """A day from the first of these years to the end of the last."""
        start = date(first, 1, 1)
        return start + timedelta(days=self.below((date(last + 1, 1, 1) - start).days))


TUYET, KHOA = "079190999001", "079188999002"
TUYET_FATHER, TUYET_MOTHER = "079058999003", "079162999004"
KHOA_FATHER, KHOA_MOTHER = "079055999005", "079159999006"


def cast() -> list[SimPerson]:
    """The two citizens of every story, married to each other, and their parents."""
    home = {"ward_code": "26740", "street": "12 Nguyễn Huệ", "household": "H001"}
    old = {"ward_code": "26743", "street": "7 Nguyễn Trãi", "household": "H002"}
    older = {"ward_code": "27343", "street": "31 Võ Văn Kiệt", "household": "H003"}
    rows: list[tuple[str, str, date, str, dict[str, str], dict[str, str]]] = [
        (TUYET, "Nguyễn Thị Ánh Tuyết", date(1990, 5, 12), "nu", home,
         {"spouse": KHOA, "father": TUYET_FATHER, "mother": TUYET_MOTHER}),
        (KHOA, "Lê Minh Khoa", date(1988, 3, 2), "nam", home,
         {"spouse": TUYET, "father": KHOA_FATHER, "mother": KHOA_MOTHER}),
        (TUYET_FATHER, "Nguyễn Văn Sáu", date(1958, 8, 20), "nam", old, {"spouse": TUYET_MOTHER}),
        (TUYET_MOTHER, "Trần Thị Hạnh", date(1962, 1, 9), "nu", old, {"spouse": TUYET_FATHER}),
        (KHOA_FATHER, "Lê Văn Tám", date(1955, 11, 3), "nam", older, {"spouse": KHOA_MOTHER}),
        (KHOA_MOTHER, "Phạm Thị Lài", date(1959, 4, 27), "nu", older, {"spouse": KHOA_FATHER}),
    ]  # fmt: skip
    return [
        SimPerson(personal_number=number_, full_name=name, born_on=born, sex=sex,
                  marital_status="MARRIED", **place, **kin)
        for number_, name, born, sex, place, kin in rows
    ]  # fmt: skip


def _household(dice: Dice, serials: Iterator[int], index: int) -> list[SimPerson]:
    """Two parents and up to three children, or one person alone."""
    place = {
        "ward_code": dice.one_of(tuple(WARDS)),
        "street": f"{dice.below(300) + 1} {dice.one_of(STREETS)}",
        "household": f"H{index:03d}",
    }

    def someone(sex: str, surname: str, born: date, **kin: str) -> SimPerson:
        given = dice.one_of(MEN if sex == "nam" else WOMEN)
        code = number(next(serials), sex=sex, born=born.year)
        return SimPerson(personal_number=code, full_name=f"{surname} {given}", born_on=born,
                         sex=sex, **place, **kin)  # fmt: skip

    if index % 6 == 0:
        sex = "nam" if index % 12 else "nu"
        return [someone(sex, dice.one_of(SURNAMES), dice.day(1975, 2003))]
    man = someone("nam", dice.one_of(SURNAMES), dice.day(1960, 1995))
    woman = someone("nu", dice.one_of(SURNAMES), dice.day(1962, 1996))
    kin = {"father": man.personal_number, "mother": woman.personal_number}
    first_birth = max(man.born_on.year, woman.born_on.year) + 22
    children = [
        replace(someone(dice.one_of(("nam", "nu")), man.full_name.split()[0],
                        dice.day(first_birth + 3 * n, first_birth + 3 * n + 2), **kin),
                eid_level=0)
        for n in range(dice.below(4))
    ]  # fmt: skip
    man = replace(man, spouse=woman.personal_number, marital_status="MARRIED")
    woman = replace(woman, spouse=man.personal_number, marital_status="MARRIED")
    return [man, woman, *(child for child in children if child.born_on < date(2026, 6, 1))]


def population() -> Mapping[str, SimPerson]:
    """Everybody by personal number; the same people at every call."""
    dice = Dice(SEED)
    serials = count(FIRST_GENERATED_SERIAL)
    everyone = cast()
    for index in range(4, HOUSEHOLDS + 4):
        everyone += _household(dice, serials, index)
    return {person.personal_number: person for person in everyone}


def personas(people: Mapping[str, SimPerson], today: date) -> list[SimPerson]:
    """Who may sign in through the VNeID stand-in: the cast and ten more; two of them level 1."""
    grown = [p for p in people.values() if p.age_on(today) >= 18 and p.eid_level]
    cast_, others = grown[:2], grown[6:]
    picked = [*others[:2], *[p for p in others if p.marital_status == "SINGLE"][:4], *others[2:6]]
    chosen = list({p.personal_number: p for p in picked}.values())
    return cast_ + [replace(p, eid_level=1) if n in (0, 3) else p for n, p in enumerate(chosen)]
