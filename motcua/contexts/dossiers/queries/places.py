"""Nơi được chọn: which communes an answer may name, those of the city or of the whole country."""

from dataclasses import dataclass
from datetime import date, datetime

from motcua.contexts.reference import public as reference
from motcua.kernel.clock import city_date
from motcua.kernel.forms import Choices


@dataclass(frozen=True, slots=True)
class _InCity:
    on: date

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and reference.commune(code, self.on) is not None


@dataclass(frozen=True, slots=True)
class _Anywhere:
    """The city is asked first: most people live in it, and the country need not be loaded."""

    city: _InCity

    def __contains__(self, code: object) -> bool:
        return code in self.city or (isinstance(code, str) and bool(reference.name_anywhere(code)))


def place_choices(now: datetime) -> Choices:
    """For `validate`: communes of today, by where an address may lie."""
    city = _InCity(city_date(now))
    return {"communes": city, "country": _Anywhere(city)}
