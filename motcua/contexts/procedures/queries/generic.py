"""Biểu mẫu chung trong danh mục: what is filed by it, what is closed, what is for reading only."""

from datetime import date

from motcua.contexts.procedures.contracts import GenericLine
from motcua.contexts.procedures.models import NationalRecord
from motcua.contexts.procedures.queries.snapshot import Line, snapshot


def filed(on: date) -> tuple[GenericLine, ...]:
    """Everything in force that has the generic form, closed ones too, by name."""
    return tuple(_view(line) for line in snapshot().current(on) if line.hit.generic)


def for_reading(on: date) -> tuple[GenericLine, ...]:
    """Records of the national catalogue in force that are not filed here, by name."""
    return tuple(_view(line) for line in snapshot().current(on) if line.not_filed)


def agencies_of(codes: list[str]) -> dict[str, str]:
    """Who handles each, in the words of its record."""
    rows = NationalRecord.objects.filter(code__in=codes)
    named = rows.values_list("code", "content__executing_agency", "content__authority")
    return {code: agency or authority or "" for code, agency, authority in named}


def _view(line: Line) -> GenericLine:
    return GenericLine(hit=line.hit, not_filed=line.not_filed, closed=line.closed)
