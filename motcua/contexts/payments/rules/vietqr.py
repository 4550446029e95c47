"""Mã VietQR: the text of a transfer QR, EMVCo merchant-presented with NAPAS's layout.

Every object is `id` (2 digits), `length` (2 digits), `value`. Root objects used here:
00 format 01 · 01 initiation 12 (one payment) · 38 NAPAS account (00 application id, 01 bank and
account, 02 service) · 53 currency 704 · 54 amount · 58 country VN · 62 additional (08 purpose) ·
63 CRC-16/CCITT-FALSE over everything before its value.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from motcua.kernel.errors import Invalid
from motcua.kernel.money import Money
from motcua.kernel.text import fold

NAPAS = "A000000727"
TO_ACCOUNT = "QRIBFTTA"
DONG = "704"
LONGEST = 99
LONGEST_PURPOSE = 25
CRC_HEAD = "6304"


class NotVietQR(Invalid):
    """The text is not a QR payment of this layout, or its check value is wrong."""

    sentence = "Mã QR không đúng định dạng VietQR."


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """What a bank app reads from the code."""

    bank_bin: str
    account: str
    amount: Money
    purpose: str


def payload(transfer: Transfer) -> str:
    """The text to draw as QR. The purpose loses its accents: banks do."""
    receiver = _tlv("00", transfer.bank_bin) + _tlv("01", transfer.account)
    merchant = _tlv("00", NAPAS) + _tlv("01", receiver) + _tlv("02", TO_ACCOUNT)
    purpose = fold(transfer.purpose).upper()[:LONGEST_PURPOSE]
    body = (
        _tlv("00", "01")
        + _tlv("01", "12")
        + _tlv("38", merchant)
        + _tlv("53", DONG)
        + _tlv("54", format(transfer.amount, "d"))
        + _tlv("58", "VN")
        + _tlv("62", _tlv("08", purpose))
        + CRC_HEAD
    )
    return body + crc16(body)


def read(text: str) -> Transfer:
    """Take a code apart again, as a bank does. Raises: NotVietQR."""
    if text[-8:-4] != CRC_HEAD or crc16(text[:-4]) != text[-4:]:
        raise NotVietQR
    root = dict(_objects(text))
    merchant = dict(_objects(root.get("38", "")))
    receiver = dict(_objects(merchant.get("01", "")))
    purpose = dict(_objects(root.get("62", ""))).get("08", "")
    if merchant.get("00") != NAPAS or root.get("53") != DONG or not receiver.get("01"):
        raise NotVietQR
    amount = root.get("54", "0")
    if not amount.isdecimal():
        raise NotVietQR
    return Transfer(
        bank_bin=receiver.get("00", ""),
        account=receiver["01"],
        amount=Money(int(amount)),
        purpose=purpose,
    )


def crc16(text: str) -> str:
    """CRC-16/CCITT-FALSE (polynomial 1021, start FFFF) as four upper-case hex digits."""
    crc = 0xFFFF
    for byte in text.encode():
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1) ^ 0x1021 if crc & 0x8000 else crc << 1
        crc &= 0xFFFF
    return f"{crc:04X}"


def _tlv(tag: str, value: str) -> str:
    if not 0 < len(value) <= LONGEST:
        raise NotVietQR(f"Mục {tag} của mã QR dài {len(value)} ký tự.")
    return f"{tag}{len(value):02d}{value}"


def _objects(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text):
        tag, length = text[at : at + 2], text[at + 2 : at + 4]
        if not length.isdecimal() or at + 4 + int(length) > len(text):
            raise NotVietQR
        yield tag, text[at + 4 : at + 4 + int(length)]
        at += 4 + int(length)
