"""Pure rules of identity: how many tries, who is the same person, what VNeID's claims mean."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from motcua.contexts.identity.contracts import (
    AnswerNotTrusted,
    AssuranceTooLow,
    ContactMalformed,
    VNeIDClaims,
)
from motcua.kernel.actors import Actor
from motcua.kernel.codes import PersonalNumber
from motcua.kernel.text import fold, nfc

WINDOW = timedelta(minutes=15)
TRIES_PER_NAME = 5
TRIES_PER_ORIGIN = 30
OFFICER_ASSURANCE = 2  # the city's own directory; a second factor will raise it
TOKEN_LIFE = timedelta(days=90)
SCOPES = frozenset({"read", "write"})

_MAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)+")
_PHONE = re.compile(r"0\d{9}")


def is_throttled(*, failures_of_name: int, failures_of_origin: int) -> bool:
    """Whether to turn a try away unread: too many wrong ones in the last quarter of an hour."""
    return failures_of_name >= TRIES_PER_NAME or failures_of_origin >= TRIES_PER_ORIGIN


def same_person(
    *, full_name: str, born_on: date | None, other_name: str, other_born_on: date | None
) -> bool:
    """Name (accents and case aside) and birth date agree; an unknown date agrees with none."""
    names = fold(nfc(full_name)).split() == fold(nfc(other_name)).split()
    return names and born_on is not None and born_on == other_born_on


def clean_mail(text: str) -> str:
    """Empty stays empty. Raises: ContactMalformed."""
    mail = nfc(text).lower()
    if mail and (len(mail) > 254 or not _MAIL.fullmatch(mail)):
        raise ContactMalformed(
            "Địa chỉ thư chưa đúng. Ví dụ đúng: anh.tuyet@example.vn.", field="email"
        )
    return mail


def clean_phone(text: str) -> str:
    """Ten digits from any way of writing; +84 becomes 0. Raises: ContactMalformed."""
    digits = re.sub(r"[\s.\-()]", "", nfc(text))
    digits = re.sub(r"^\+?84(?=\d{9}$)", "0", digits)
    if digits and not _PHONE.fullmatch(digits):
        raise ContactMalformed(
            "Số điện thoại cần 10 chữ số, bắt đầu bằng 0. Ví dụ: 0900 000 345.", field="phone"
        )
    return digits


def read_claims(claims: Mapping[str, object]) -> VNeIDClaims:
    """VNeID's words (facts 7.3) into ours. Raises: AnswerNotTrusted when one is missing."""
    said = {name: nfc(str(claims.get(name, ""))) for name in (
        "sub", "HoVaTen", "SoDinhDanh", "NgayThangNamSinh", "LoaiTaiKhoan", "MucDoDinhDanh",
    )}  # fmt: skip
    readable = (
        said["sub"]
        and said["HoVaTen"]
        and PersonalNumber.parses(said["SoDinhDanh"])
        and said["LoaiTaiKhoan"] == "1"
        and said["MucDoDinhDanh"] in ("1", "2")
    )
    if not readable:
        raise AnswerNotTrusted(reason="claims_missing")
    try:
        born_on = datetime.strptime(said["NgayThangNamSinh"] + "+0700", "%Y%m%d%z").date()
    except ValueError as problem:
        raise AnswerNotTrusted(reason="birth_date_unreadable") from problem
    return VNeIDClaims(
        subject=said["sub"],
        full_name=said["HoVaTen"],
        personal_number=PersonalNumber(said["SoDinhDanh"]),
        born_on=born_on,
        level=int(said["MucDoDinhDanh"]),
    )


def require_assurance(actor: Actor, level: int) -> None:
    """Raises: AssuranceTooLow, which says how to get to the level."""
    if actor.assurance < level:
        raise AssuranceTooLow(needed=level, held=actor.assurance)
