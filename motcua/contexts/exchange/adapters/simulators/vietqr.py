"""Reading a VietQR payload (EMVCo: tag, length, value; CRC-16 at the end)."""

from dataclasses import dataclass

CRC_START = 0xFFFF
CRC_POLYNOMIAL = 0x1021


class UnreadableQr(ValueError):
    """Not a VietQR payload, or damaged on the way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRequest:
    """What the payer's app would show."""

    bill: str
    amount: int
    account: str
    merchant: str


def _crc(text: str) -> str:
    crc = CRC_START
    for byte in text.encode():
        crc ^= byte << 8
        for _ in range(8):
            crc = ((crc << 1) ^ CRC_POLYNOMIAL if crc & 0x8000 else crc << 1) & 0xFFFF
    return f"{crc:04X}"


def _fields(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        tag, length = text[at : at + 2], text[at + 2 : at + 4]
        if not length.isdigit() or at + 4 + int(length) > len(text):
            raise UnreadableQr("field of a wrong length")
        found[tag] = text[at + 4 : at + 4 + int(length)]
        at += 4 + int(length)
    return found


def read(payload: str) -> PaymentRequest:
    """Raises: UnreadableQr."""
    body, checksum = payload[:-4], payload[-4:]
    if not body.endswith("6304") or _crc(body) != checksum.upper():
        raise UnreadableQr("checksum does not fit")
    fields = _fields(payload)
    extra = _fields(fields.get("62", ""))
    receiver = _fields(_fields(fields.get("38", "")).get("01", ""))
    amount = fields.get("54", "0")
    if not amount.isdigit():
        raise UnreadableQr("amount is not whole đồng")
    return PaymentRequest(
        bill=extra.get("08") or extra.get("01") or "",
        amount=int(amount),
        account=receiver.get("01", ""),
        merchant=fields.get("59", ""),
    )
