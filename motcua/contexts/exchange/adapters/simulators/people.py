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
LAST_BIRTH = date(2026, 6, 1)
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


@dataclass(frozen=True, slots=True)
class Home:
    """Where a household lives."""

    household: str
    ward_code: str
    street: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """Relatives, by personal number."""

    father: str = ""
    mother: str = ""
    spouse: str = ""


def _person(
    personal_number: str, full_name: str, born_on: date, *, sex: str, home: Home, kin: Kin
) -> SimPerson:
    return SimPerson(
        personal_number=personal_number,
        full_name=full_name,
        born_on=born_on,
        sex=sex,
        ward_code=home.ward_code,
        street=home.street,
        household=home.household,
        marital_status="MARRIED" if kin.spouse else "SINGLE",
        father=kin.father,
        mother=kin.mother,
        spouse=kin.spouse,
    )


def cast() -> list[SimPerson]:
    """The two citizens of every story, married to each other, and their parents."""
    home = Home("H001", "26740", "12 Nguyễn Huệ")
    hers, his = Home("H002", "26743", "7 Nguyễn Trãi"), Home("H003", "27343", "31 Võ Văn Kiệt")
    of_tuyet = Kin(spouse=KHOA, father=TUYET_FATHER, mother=TUYET_MOTHER)
    of_khoa = Kin(spouse=TUYET, father=KHOA_FATHER, mother=KHOA_MOTHER)
    rows = [
        (TUYET, "Nguyễn Thị Ánh Tuyết", date(1990, 5, 12), "nu", home, of_tuyet),
        (KHOA, "Lê Minh Khoa", date(1988, 3, 2), "nam", home, of_khoa),
        (TUYET_FATHER, "Nguyễn Văn Sáu", date(1958, 8, 20), "nam", hers, Kin(spouse=TUYET_MOTHER)),
        (TUYET_MOTHER, "Trần Thị Hạnh", date(1962, 1, 9), "nu", hers, Kin(spouse=TUYET_FATHER)),
        (KHOA_FATHER, "Lê Văn Tám", date(1955, 11, 3), "nam", his, Kin(spouse=KHOA_MOTHER)),
        (KHOA_MOTHER, "Phạm Thị Lài", date(1959, 4, 27), "nu", his, Kin(spouse=KHOA_FATHER)),
    ]
    return [
        _person(personal_number, name, born_on, sex=sex, home=place, kin=kin)
        for personal_number, name, born_on, sex, place, kin in rows
    ]


def _someone(dice: Dice, serial: int, *, sex: str, surname: str, born: date, home: Home,
             kin: Kin) -> SimPerson:  # fmt: skip
    given = dice.one_of(MEN if sex == "nam" else WOMEN)
    code = number(serial, sex=sex, born=born.year)
    return _person(code, f"{surname} {given}", born, sex=sex, home=home, kin=kin)


def _household(dice: Dice, serials: Iterator[int], index: int) -> list[SimPerson]:
    """Two parents and up to three children, or one person alone."""
    street = f"{dice.below(300) + 1} {dice.one_of(STREETS)}"
    home = Home(f"H{index:03d}", dice.one_of(tuple(WARDS)), street)

    def adult(sex: str, born: date) -> SimPerson:
        surname = dice.one_of(SURNAMES)
        return _someone(dice, next(serials), sex=sex, surname=surname, born=born, home=home,
                        kin=Kin())  # fmt: skip

    if index % 6 == 0:
        return [adult("nam" if index % 12 else "nu", dice.day(1975, 2003))]
    man, woman = adult("nam", dice.day(1960, 1995)), adult("nu", dice.day(1962, 1996))
    couple = [
        replace(man, spouse=woman.personal_number, marital_status="MARRIED"),
        replace(woman, spouse=man.personal_number, marital_status="MARRIED"),
    ]
    return couple + [
        child for child in _children(dice, serials, man, woman, home)
        if child.born_on < LAST_BIRTH
    ]  # fmt: skip


def _children(
    dice: Dice, serials: Iterator[int], man: SimPerson, woman: SimPerson, home: Home
) -> list[SimPerson]:
    kin = Kin(father=man.personal_number, mother=woman.personal_number)
    first = max(man.born_on.year, woman.born_on.year) + 22
    surname = man.full_name.split()[0]
    return [
        replace(
            _someone(dice, next(serials), sex=dice.one_of(("nam", "nu")), surname=surname,
                     born=dice.day(first + 3 * n, first + 3 * n + 2), home=home, kin=kin),
            eid_level=0,
        )
        for n in range(dice.below(4))
    ]  # fmt: skip


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
    picked = [*others[:2], *[p for p in others if p.marital_status == "SINGLE"][:4], *others[2:8]]
    chosen = list({p.personal_number: p for p in picked}.values())
    return cast_ + [
        replace(p, eid_level=1) if n in (0, 3) else p for n, p in enumerate(chosen[:10])
    ]
