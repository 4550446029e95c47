"""Lấy số văn bản: one register for each agency, year and symbol (Decree 30/2020, Art. 15).

Taken inside the transaction that signs: what is not kept gives its number back, and the row of the
series makes the next one wait until then. Numbers begin anew each year.
"""

from datetime import datetime

from motcua.contexts.documents.models import DocumentNumber
from motcua.kernel import db
from motcua.kernel.clock import city_date
from motcua.kernel.db import insert, joins_transaction, uuid7

_NEXT = """
INSERT INTO documents_numberseries AS series (id, unit_code, year, symbol, last)
VALUES ($1::uuid, $2, $3::smallint, $4, 1)
ON CONFLICT (unit_code, year, symbol) DO UPDATE SET last = series.last + 1
RETURNING last
"""


@joins_transaction
def take_number(subject: str, *, unit_code: str, symbol: str, now: datetime) -> int:
    """The number of the matter in this register, taken once: signed anew, it stays."""
    year = city_date(now).year
    register = {"unit_code": unit_code, "year": year, "symbol": symbol}
    known = DocumentNumber.objects.filter(subject=subject, **register).first()
    if known is not None:
        return known.number
    [(number,)] = db.read(_NEXT, uuid7(), unit_code, year, symbol)
    insert(DocumentNumber(number=number, subject=subject, taken_at=now, **register))
    return int(number)
