"""Pure rules of identity: how many tries, who is the same person, what VNeID's claims mean."""

import hmac
import re
from base64 import b32decode
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from motcua.contexts.identity.contracts import (
    AnswerNotTrusted,
    AssuranceTooLow,
    ContactMalformed,
    SignInTooOld,
    VNeIDClaims,
)
from motcua.kernel.actors import Actor
from motcua.kernel.codes import PersonalNumber
from motcua.kernel.text import fold, nfc

WINDOW = timedelta(minutes=15)
TRIES_PER_NAME = 5
TRIES_PER_ORIGIN = 30
ASSURANCE = "assurance"  # session key: level of the sign-in
SIGNED_IN_AT = "signed_in_at"  # session key: seconds since 1970
PROVEN_AT = "proven_at"  # session key: seconds since 1970; missing when nobody said
SESSION_MARK = "session_mark"  # session key: names the session whatever its key
METHODS = "methods"  # session key: how, in the words of RFC 8176 where it has one
TWO_FACTORS = 3  # an officer who proved two things: password and code, or a passkey with its PIN
STEP_SECONDS = 30  # RFC 6238
DRIFT_STEPS = 1  # a clock may be half a minute off, either way
HALF_WAY = timedelta(minutes=10)  # between the password and the second factor
RECOVERY_ASKED = timedelta(hours=24)
RECOVERY_CODE = timedelta(hours=1)
ENTRY_CODE = timedelta(hours=24)
BY_PASSWORD, BY_CODE, BY_PASSKEY, BY_USER = "pwd", "otp", "hwk", "user"  # RFC 8176
BY_VNEID = "vneid"
TOKEN_LIFE = timedelta(days=90)
LONGEST_TOKEN_LIFE = timedelta(days=365)
SCOPES = frozenset({"read", "write"})

FRESH = timedelta(minutes=10)  # how long a proof counts for what is sensitive
CLOCKS = timedelta(seconds=10)  # two clocks may differ so much
LONGEST_NAME = 200
_END_OF_TIME = 4_102_444_800  # 2100: what a clock can still read

_SUBJECT = re.compile(r"[\x21-\x7e]{1,191}")  # as long as the column of links is wide
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
        _SUBJECT.fullmatch(said["sub"])
        and 0 < len(said["HoVaTen"]) <= LONGEST_NAME
        and said["HoVaTen"].isprintable()
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


def has_two_factors(methods: Collection[str]) -> bool:
    """Whether these methods (RFC 8176) prove two things that are not of one kind."""
    held = set(methods)
    return {BY_PASSWORD, BY_CODE} <= held or {BY_PASSKEY, BY_USER} <= held


def one_time_code(secret: str, step: int) -> str:
    """The six digits of an authenticator app in one step of thirty seconds (RFC 4226, 6238)."""
    # SHA-1 is what every app speaks; a keyed digest does not suffer from its collisions.
    digest = hmac.digest(b32decode(secret), step.to_bytes(8, "big"), "sha1")
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def step_of(now: datetime) -> int:
    return int(now.timestamp()) // STEP_SECONDS


def step_of_code(code: str, secret: str, *, after: int, now: datetime) -> int | None:
    """The step this code belongs to; None when it is wrong, too old, or was used (`after`).

    Every step is compared, whatever the first says: the time taken tells nothing.
    """
    said, found = re.sub(r"\s", "", code), None
    for step in range(step_of(now) - DRIFT_STEPS, step_of(now) + DRIFT_STEPS + 1):
        fits = hmac.compare_digest(said.encode(), one_time_code(secret, step).encode())
        if fits and step > after:
            found = step
    return found


def session_ends_at(
    began: datetime, used: datetime, *, idle: timedelta, absolute: timedelta
) -> datetime:
    """A session ends when it was not used for a while, and in any case after its longest life."""
    return min(used + idle, began + absolute)


def masked_origin(address: str) -> str:
    """Where a sign-in came from, enough to recognise, too little to follow somebody home."""
    if ":" in address:
        return ":".join(address.split(":")[:3]) + "::"
    first, _, _ = address.rpartition(".")
    return f"{first}.x" if first else ""


_BROWSERS = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"),
    ("coc_coc", "Cốc Cốc"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"),
    ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Mac OS X", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux"),
)  # fmt: skip


def device_words(user_agent: str) -> str:
    """«Chrome, Windows»: what a person recognises; no version, which would say too much.

    Empty for what is neither.
    """
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return ", ".join(part for part in (browser, system) if part)


def require_recent(actor: Actor, *, now: datetime) -> None:
    """For what a stranger at an open screen must not do. Raises: SignInTooOld.

    Citizens prove themselves at VNeID; officers have factors of their own.
    """
    if actor.is_citizen and (actor.proven_at is None or now - actor.proven_at > FRESH):
        raise SignInTooOld


def proven_at(
    token: Mapping[str, object], *, fresh_since: datetime | None, now: datetime
) -> datetime | None:
    """When VNeID saw the person prove who they are; None when it does not say.

    fresh_since: a new proof was asked for at this moment. Raises: AnswerNotTrusted.
    """
    said = token.get("auth_time")
    if said is None and fresh_since is None:
        return None
    if not isinstance(said, int):
        raise AnswerNotTrusted(reason="auth_time_missing")
    moment = datetime.fromtimestamp(min(said, _END_OF_TIME), tz=now.tzinfo)
    if moment > now + CLOCKS:
        raise AnswerNotTrusted(reason="auth_time_ahead")
    if fresh_since is not None and moment < fresh_since - CLOCKS:
        raise AnswerNotTrusted(reason="auth_time_too_old")
    return moment


def check_level(token: Mapping[str, object], claims: VNeIDClaims) -> None:
    """The signed token and the claims name one level. Raises: AnswerNotTrusted."""
    if str(token.get("acr", claims.level)) != str(claims.level):
        raise AnswerNotTrusted(reason="level_differs")
