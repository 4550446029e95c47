"""Người nộp của quá khứ: two thousand invented people, made once, sealed like any others."""

import random
from datetime import date, datetime
from uuid import UUID

from motcua.contexts.identity import public as identity
from motcua.contexts.identity.contracts import Source
from motcua.kernel.actors import SYSTEM
from motcua.kernel.console import progress

HOW_MANY = 2_000
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương")
MIDDLE = ("Văn", "Thị", "Minh", "Ngọc", "Quốc", "Thanh", "Hữu", "Kim", "Gia", "Bảo")
GIVEN = ("An", "Bình", "Châu", "Dũng", "Giang", "Hà", "Khánh", "Lan", "Minh", "Nam", "Oanh",
         "Phúc", "Quân", "Sơn", "Trang", "Uyên", "Vinh", "Xuân", "Yến")  # fmt: skip
_BATCH = 200


def applicants(now: datetime, *, how_many: int = HOW_MANY) -> list[UUID]:
    """Their ids, or those of the first; found again by their numbers (998xxx is nobody's)."""
    roll = random.Random(998)
    people: list[UUID] = []
    with progress(total=how_many, label="Người nộp") as bar:
        for number in range(how_many):
            name = f"{roll.choice(FAMILY)} {roll.choice(MIDDLE)} {roll.choice(GIVEN)}"
            year = roll.randint(1945, 1999)
            people.append(
                identity.find_or_register(
                    f"0791{year % 100:02d}{998_000 + number % 1000:06d}"
                    if number < 1000
                    else f"0790{year % 100:02d}{998_000 + number % 1000:06d}",
                    name,
                    date(year, roll.randint(1, 12), roll.randint(1, 28)),
                    actor=SYSTEM,
                    now=now,
                    sex="nu" if number < 1000 else "nam",
                    source=Source.SEED,
                )
            )
            bar.update()
    return people
