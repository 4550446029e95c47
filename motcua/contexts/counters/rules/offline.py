"""Nhận khi mất mạng: pure rules of entries, ranges and differences."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from motcua.contexts.counters.contracts.offline import (
    Choice,
    ChoiceNeeded,
    Difference,
    EntryKind,
    EntryMalformed,
    HourNeeded,
    Odd,
    RangeView,
    Told,
)
from motcua.contexts.dossiers.contracts import ReturnForm
from motcua.kernel.clock import city_time
from motcua.kernel.codes import DossierCode, PersonalNumber, ProcedureCode
from motcua.kernel.text import nfc

MOST_BODY = 20_000  # characters of one entry
SKEW = timedelta(minutes=2)  # between the clock of a machine in order and ours
BROKEN = (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError)
EARLIEST = 1900  # before and after these years no calendar here can reckon
LATEST = 2200
SECRET = re.compile(r"[2-9A-HJKMNP-Z]{6}")


def range_message(one: RangeView) -> bytes:
    """What the city signs of a range; the first line keeps it apart from all else it signs."""
    parts = (
        "motcua counters range 1",
        one.id,
        one.device_id,
        one.unit_id,
        one.first,
        one.last,
        city_time(one.issued_at).isoformat(),
        city_time(one.valid_until).isoformat(),
    )
    return "\n".join(map(str, parts)).encode()


def read_entry(body: str) -> Told:
    """Raises: EntryMalformed."""
    if len(body) > MOST_BODY:
        raise EntryMalformed
    try:
        said = json.loads(body)
        told = _told(said)
    except BROKEN as wrong:
        raise EntryMalformed from wrong
    if not _is_whole(told) or not _is_kept(said):
        raise EntryMalformed
    return told


def _is_kept(said: object) -> bool:
    """No NUL and no half of a character: neither can be stored as text."""
    plain = json.dumps(said, ensure_ascii=False)
    return "\\u0000" not in plain and not any("\ud800" <= char <= "\udfff" for char in plain)


def _told(said: Mapping[str, Any]) -> Told:
    kind = EntryKind(said["kind"])
    told: dict[str, Any] = {
        "id": UUID(said["id"]),
        "kind": kind,
        "range_id": UUID(said["range"]),
        "serial": int(said["serial"]),
        "code": str(DossierCode(said["code"])),
        "received_by": UUID(said["officer"]),
        "happened_at": _moment(said["at"]),
    }
    if kind is EntryKind.VOID:
        return Told(**told, reason=_text(said, "reason"))
    person, born = said["person"], said["person"].get("born_on", "")
    if born and date.fromisoformat(born) > told["happened_at"].date():
        raise ValueError(born)
    return Told(
        **told,
        secret=said["secret"],
        procedure_code=str(ProcedureCode(said["procedure"])),
        version=int(said["version"]),
        personal_number=str(PersonalNumber(person["number"])),
        full_name=_text(person, "name"),
        born_on=date.fromisoformat(born) if born else None,
        phone=_text(person, "phone"),
        answers={str(key): value for key, value in dict(said["answers"]).items()},
        shown=tuple(map(str, said["shown"])),
        handed=tuple(map(str, said["handed"])),
        return_form=ReturnForm(said["return_form"]),
        fee_dong=None if said["fee"] is None else int(said["fee"]),
        due_on=_moment(said["due"]).isoformat() if said["due"] else "",
    )


def _text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name, "")
    if not isinstance(value, str):
        raise TypeError(name)
    return nfc(value)[:200]


def _moment(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None or not EARLIEST <= at.year <= LATEST:
        raise ValueError(text)
    return at


def _is_whole(told: Told) -> bool:
    if told.kind is EntryKind.VOID:
        return bool(told.reason)
    return bool(SECRET.fullmatch(told.secret) and told.full_name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the city holds against an entry. None: it does not know."""

    range: RangeView
    now: datetime
    name: str | None = None
    born_on: date | None = None
    version: int | None = None
    fee_dong: int | None = None
    due_at: datetime | None = None
    same: str = ""  # the code of an open dossier of the same person and procedure


def differences(told: Told, known: Known) -> tuple[Difference, ...]:
    """Everything that does not agree, field by field; the surest trouble first."""
    found = (
        _of_range(told, known),
        _of_clock(told, known),
        _of_name(told, known),
        _of_birth(told, known),
        _of_same(told, known),
        _of_version(told, known),
        _of_fee(told, known),
        _of_due(told, known),
    )
    return tuple(one for one in found if one is not None)


def _of_range(told: Told, known: Known) -> Difference | None:
    one = known.range
    city = ""
    if one.revoked:
        city = "Dải số đã bị thu hồi"
    elif one.returned_from is not None and told.serial >= one.returned_from:
        city = "Máy đã trả lại số này"
    elif told.happened_at > one.valid_until + SKEW:
        city = f"Dải số hết hạn {_hour(one.valid_until)}"
    if not city:
        return None
    return Difference(odd=Odd.RANGE, ours=told.code, city=city, choices=(Choice.OURS, Choice.VOID))


def _of_clock(told: Told, known: Known) -> Difference | None:
    """A machine got its range from us at a moment we know, and it cannot be later than now."""
    first, last = known.range.issued_at - SKEW, known.now + SKEW
    if first <= told.happened_at <= last:
        return None
    city = f"Trong khoảng {_hour(known.range.issued_at)} đến {_hour(known.now)}"
    return Difference(
        odd=Odd.CLOCK, ours=_hour(told.happened_at), city=city, choices=(Choice.CITY, Choice.VOID)
    )


def _of_name(told: Told, known: Known) -> Difference | None:
    if known.name is None or _same_words(told.full_name, known.name):
        return None
    return Difference(
        odd=Odd.NAME, ours=told.full_name, city=known.name, choices=(Choice.OURS, Choice.CITY)
    )


def _of_birth(told: Told, known: Known) -> Difference | None:
    if known.born_on is None or told.born_on == known.born_on:
        return None
    ours = f"{told.born_on:%d/%m/%Y}" if told.born_on else "Chưa ghi"
    return Difference(
        odd=Odd.BORN,
        ours=ours,
        city=f"{known.born_on:%d/%m/%Y}",
        choices=(Choice.OURS, Choice.CITY),
    )


def _of_same(told: Told, known: Known) -> Difference | None:
    if not known.same:
        return None
    return Difference(
        odd=Odd.SAME,
        ours=told.code,
        city=f"Đã có hồ sơ {known.same} đang giải quyết",
        choices=(Choice.OURS, Choice.VOID),
    )


def _of_version(told: Told, known: Known) -> Difference | None:
    """The version that was in force at reception is the law; the window had another in hand."""
    if known.version is None or known.version == told.version:
        return None
    return Difference(
        odd=Odd.VERSION,
        ours=f"Bản số {told.version}",
        city=f"Bản số {known.version}",
        choices=(Choice.CITY, Choice.VOID),
    )


def _of_fee(told: Told, known: Known) -> Difference | None:
    if known.fee_dong is None or told.fee_dong is None or known.fee_dong == told.fee_dong:
        return None
    return Difference(
        odd=Odd.FEE,
        ours=f"{told.fee_dong:,} đ".replace(",", "."),
        city=f"{known.fee_dong:,} đ".replace(",", "."),
        choices=(Choice.CITY, Choice.VOID),
    )


def _of_due(told: Told, known: Known) -> Difference | None:
    """The printed date is a promise; another one is told to the person."""
    if not told.due_on or known.due_at is None:
        return None
    promised = datetime.fromisoformat(told.due_on)
    if promised == known.due_at:
        return None
    return Difference(
        odd=Odd.DUE,
        ours=_hour(promised),
        city=_hour(known.due_at),
        choices=(Choice.CITY, Choice.VOID),
    )


def _same_words(one: str, other: str) -> bool:
    return " ".join(nfc(one).split()).casefold() == " ".join(nfc(other).split()).casefold()


def _hour(at: datetime) -> str:
    return f"{city_time(at):%H:%M %d/%m/%Y}"


def chosen(differences: Iterable[Difference], choices: Mapping[str, str]) -> dict[Odd, Choice]:
    """One choice for each, of those it offers. Raises: ChoiceNeeded."""
    found: dict[Odd, Choice] = {}
    for one in differences:
        said = choices.get(one.odd, "")
        if said not in one.choices:
            raise ChoiceNeeded(field=one.odd)
        found[one.odd] = Choice(said)
    return found


def true_hour(at: datetime | None, known: RangeView, now: datetime) -> datetime:
    """The hour an officer writes for a wrong clock. Raises: HourNeeded."""
    if at is None or not known.issued_at <= at <= now:
        raise HourNeeded(field="at")
    return at
