"""Tệp camt.053 (ISO 20022): the booked lines of a bank statement, one after the other.

A file of a stranger: no document type, no entities, what was read is let go, so that a statement
of a whole year fits in the memory of one request.
"""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import IO, Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from motcua.contexts.payments.contracts import StatementUnreadable
from motcua.contexts.payments.rules.statements import Side, StatementLine, StatementPart
from motcua.kernel.clock import CITY_TZ
from motcua.kernel.money import ZERO, Money
from motcua.kernel.text import nfc

DEEPEST = 24
MOST_ELEMENTS = 8_000_000
MOST_AT_ONCE = 1_000_000  # that lie in memory: a payment with all its parts, never a whole file
NOT_TOLD = ("", "NOTPROVIDED")
OPENING, CLOSING = ("OPBD", "PRCD"), ("CLBD",)
CHARGES = "CHRG"  # a family of bank transaction codes
BROKEN = (ParseError, DefusedXmlException, LookupError, ValueError, UnicodeError)


class CamtFile:
    """`parts` are complete once `lines` was read to its end."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.parts: list[StatementPart] = []

    def lines(self) -> Iterator[StatementLine]:
        """Every booked line; what is only announced is left out. Raises: StatementUnreadable."""
        self._source.seek(0)
        self.parts = []
        try:
            yield from self._lines()
        except BROKEN as problem:
            raise StatementUnreadable from problem
        if not self.parts:
            raise StatementUnreadable("Tệp XML này không phải sao kê camt.053 của ngân hàng.")

    def _lines(self) -> Iterator[StatementLine]:
        for name, node in self._elements():
            if name == "Stmt":
                self.parts.append(StatementPart())
            elif name == "Ntry":
                yield from _entry(node, len(self.parts) - 1)
            else:
                _note(self.parts[-1], name, node)

    def _elements(self) -> Iterator[tuple[str, Any]]:
        """The start of each statement, then each finished part of it, which is then forgotten."""
        above: list[Any] = []
        seen = held = 0
        steps = iterparse(self._source, events=("start", "end"), forbid_dtd=True)
        for event, node in steps:
            if event == "start":
                above.append(node)
                seen, held = seen + 1, held + 1
                if seen > MOST_ELEMENTS or held > MOST_AT_ONCE or len(above) > DEEPEST:
                    raise StatementUnreadable("Tệp quá lớn. Bạn xuất sao kê theo từng ngày.")
                if _name(node) == "Stmt":
                    yield "Stmt", node
                continue
            above.pop()
            if above and _name(above[-1]) == "Stmt":
                yield _name(node), node
                above[-1].remove(node)
                held = len(above)


def _name(node: Any) -> str:
    return str(node.tag).rpartition("}")[2]


def _find(node: Any, *path: str) -> Any | None:
    """The first element down that path, of whatever version of the standard."""
    for name in path:
        node = next((child for child in node if _name(child) == name), None)
        if node is None:
            return None
    return node


def _all(node: Any, name: str) -> list[Any]:
    return [child for child in node if _name(child) == name]


def _text(node: Any, *path: str) -> str:
    found = _find(node, *path)
    return nfc((found.text or "").strip()) if found is not None else ""


def _note(part: StatementPart, name: str, node: Any) -> None:
    if name == "Id":
        part.number = (node.text or "").strip()[:35]
    elif name == "Acct":
        part.account = _text(node, "Id", "Othr", "Id") or _text(node, "Id", "IBAN")
    elif name == "Bal":
        code = _text(node, "Tp", "CdOrPrtry", "Cd")
        amount = _amount(node) if _side(node) is Side.IN else -_amount(node)
        if code in OPENING and part.opening is None:
            part.opening = amount
        elif code in CLOSING:
            part.closing = amount


def _entry(node: Any, part: int) -> Iterator[StatementLine]:
    """One line, or one for each payment that the bank booked together."""
    if (_text(node, "Sts", "Cd") or _text(node, "Sts")) not in ("BOOK", ""):
        return
    details = [one for group in _all(node, "NtryDtls") for one in _all(group, "TxDtls")]
    amounts = [_amount(one) for one in details if _find(one, "Amt") is not None]
    whole = _amount(node)
    if whole < 0:
        raise ValueError("an amount below nothing")
    if not whole:
        return
    if len(details) > 1 and len(amounts) == len(details) and Money.total(amounts) == whole:
        for at, one in enumerate(details, start=1):
            yield _line(node, one, part, amount=amounts[at - 1], at=at)
        return
    yield _line(node, details[0] if len(details) == 1 else None, part, amount=whole, at=0)


def _line(node: Any, detail: Any | None, part: int, *, amount: Money, at: int) -> StatementLine:
    inner = detail if detail is not None else node
    booked_at, has_time = _moment(node)
    return StatementLine(
        side=_side(node),
        amount=amount,
        booked_at=booked_at,
        has_time=has_time,
        memo=_memo(node, inner),
        reference=_reference(node, inner, at),
        order=_told(_text(inner, "Refs", "EndToEndId")),
        fee=_fee(node, inner) if not at else ZERO,
        is_reversal=_text(node, "RvslInd").lower() in ("true", "1"),
        is_charge=_text(node, "BkTxCd", "Domn", "Fmly", "SubFmlyCd") == CHARGES,
        part=part,
    )


def _reference(node: Any, inner: Any, at: int) -> str:
    own = _text(inner, "Refs", "AcctSvcrRef") or _text(inner, "Refs", "TxId")
    if own:
        return own
    entry = _told(_text(node, "AcctSvcrRef")) or _told(_text(node, "NtryRef"))
    return f"{entry}/{at}" if entry and at else entry


def _told(text: str) -> str:
    return "" if text in NOT_TOLD else text


def _memo(node: Any, inner: Any) -> str:
    remittance = _find(inner, "RmtInf")
    lines = (
        [(one.text or "") for one in _all(remittance, "Ustrd")] if remittance is not None else []
    )
    said = " ".join(lines) or _text(inner, "AddtlTxInf") or _text(node, "AddtlNtryInf")
    return nfc(" ".join(said.split()))


def _fee(node: Any, inner: Any) -> Money:
    """What the bank kept for itself of this payment; told in one of two places."""
    for place in (inner, node):
        charges = _find(place, "Chrgs")
        if charges is not None:
            records = _all(charges, "Rcrd")
            if records:
                return Money.total(_amount(one) for one in records)
            return _dong(_text(charges, "TtlChrgsAndTaxAmt") or "0")
    return ZERO


def _side(node: Any) -> Side:
    told = _text(node, "CdtDbtInd")
    if told not in ("CRDT", "DBIT"):
        raise ValueError("neither credit nor debit")
    return Side.IN if told == "CRDT" else Side.OUT


def _amount(node: Any) -> Money:
    found = _find(node, "Amt")
    if found is None:
        raise ValueError("no amount")
    if found.get("Ccy", "VND") != "VND":
        raise StatementUnreadable(
            "Sao kê có dòng không phải đồng Việt Nam. Tài khoản thu chỉ có đồng."
        )
    return _dong(found.text or "")


def _dong(text: str) -> Money:
    try:
        amount = Decimal(text.strip())
    except InvalidOperation as problem:
        raise ValueError("unreadable amount") from problem
    if not amount.is_finite() or amount != amount.to_integral_value() or abs(amount) >= 10**16:
        raise ValueError("not whole đồng")
    return Money(int(amount))


def _moment(node: Any) -> tuple[datetime, bool]:
    exact = _text(node, "BookgDt", "DtTm")
    told = exact or _text(node, "BookgDt", "Dt") or _text(node, "ValDt", "Dt")
    if "T" not in told:
        told = told[:10]  # a day may carry a zone, which says nothing of it
    found = datetime.fromisoformat(told)
    return found if found.tzinfo else found.replace(tzinfo=CITY_TZ), bool(exact)
