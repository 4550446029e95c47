"""View models of the pages about numbers over time. Numbers come masked."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from motcua.contexts.identity.contracts.matching import (
    END_NAMES,
    NUMBER_STATE_NAMES,
    NumberCaseState,
    NumberCaseView,
    NumberEnd,
    NumberHeld,
)
from motcua.contexts.identity.queries import numbers
from motcua.contexts.identity.queries.actors import officer_names
from motcua.contexts.identity.web.guarding import (
    ROOM,
    ListPage,
    crumbs,
    list_page,
    source_name,
    tabs,
)
from motcua.kernel.errors import DomainError
from motcua.ui import dates
from motcua.ui.parts import Cell, Chip, Crumb, Fact, FieldError, Option, Tone

URL = f"{ROOM}/so-dinh-danh"
TITLE = "Số định danh cần xem"
NOTE = "Có nơi báo số khác với số đang giữ. Không có gì tự đổi; bạn xem giấy tờ rồi quyết định."
HEADS = ("Người", "Số đang giữ", "Số được báo", "Ai báo", "Lúc")
NO_NUMBER = "không có số"
TONES = {
    NumberCaseState.OPEN: Tone.TURN,
    NumberCaseState.CHANGED: Tone.OK,
    NumberCaseState.DISMISSED: Tone.PLAIN,
    NumberCaseState.UNDONE: Tone.INFO,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberPage:
    title: str
    chip: Chip
    facts: tuple[Fact, ...]
    history: tuple[Fact, ...]
    ends: tuple[Option, ...]
    open: bool
    changed: bool
    url: str
    typed: dict[str, str]
    crumbs: tuple[Crumb, ...]
    errors: tuple[FieldError, ...]


def list_model(found: tuple[NumberCaseView, ...], state: NumberCaseState) -> ListPage:
    shown = found[: numbers.PAGE]
    older = urlencode({"trang-thai": str(state), "truoc": str(shown[-1].id)}) if shown else ""
    names = ((str(key), name) for key, name in NUMBER_STATE_NAMES.items())
    return list_page(
        TITLE,
        NOTE,
        HEADS,
        tuple(_row(case) for case in shown),
        tabs=tabs(URL, names, str(state)),
        older_url=f"{URL}?{older}" if len(found) > numbers.PAGE else "",
    )


def _row(case: NumberCaseView) -> tuple[Cell, ...]:
    return (
        Cell(text=case.full_name, url=f"{URL}/{case.id}"),
        Cell(text=case.held_masked or NO_NUMBER),
        Cell(text=case.told_masked or NO_NUMBER),
        Cell(text=source_name(case.source)),
        Cell(text=dates.city_moment(case.found_at)),
    )


def case_model(
    case: NumberCaseView, typed: QueryDict, refusal: DomainError | None = None
) -> NumberPage:
    return NumberPage(
        title=case.full_name,
        chip=Chip(label=NUMBER_STATE_NAMES[case.state], tone=TONES[case.state]),
        facts=tuple(_facts(case)),
        history=tuple(history_fact(one) for one in numbers.history(case.person_id)),
        ends=tuple(Option(value=key, label=END_NAMES[key].capitalize()) for key in NumberEnd),
        open=case.state is NumberCaseState.OPEN,
        changed=case.state is NumberCaseState.CHANGED,
        url=f"{URL}/{case.id}/quyet-dinh",
        typed={name: typed.get(name, "") for name in ("reason", "evidence", "ended_as")},
        crumbs=(crumbs()[0], Crumb(label=TITLE, url=URL), Crumb(label=case.full_name)),
        errors=(FieldError(text=refusal.message, field=refusal.field or ""),) if refusal else (),
    )


def _facts(case: NumberCaseView) -> Iterator[Fact]:
    by = officer_names([case.decided_by]) if case.decided_by else {}
    scan = f"/giay-to/tep/{case.evidence_file_id}" if case.evidence_file_id else ""
    told = (
        ("Số đang giữ", case.held_masked or NO_NUMBER),
        ("Số được báo", case.told_masked or NO_NUMBER),
        ("Ai báo", f"{source_name(case.source)}, {dates.city_moment(case.found_at)}"),
        ("Số trước lần đổi", case.before_masked if case.decided_at else ""),
        ("Vì sao số cũ hết dùng", END_NAMES[case.ended_as] if case.ended_as else ""),
        ("Lý do", case.reason),
        ("Căn cứ", case.evidence_note),
        ("Quyết định lúc", dates.city_moment(case.decided_at)),
        ("Người quyết định", by.get(case.decided_by, "") if case.decided_by else ""),
        ("Trả lại lúc", dates.city_moment(case.undone_at)),
        ("Lý do trả lại", case.undone_reason),
    )
    yield from (Fact(label=label, value=value) for label, value in told if value)
    if scan:
        yield Fact(label="Bản quét", value="Mở bản quét", url=scan)


def history_fact(one: NumberHeld) -> Fact:
    """A number with its days, and why it is used no more."""
    since = f"từ {dates.day(one.valid_from)}" if one.valid_from else "từ đầu"
    until = f" đến {dates.day(one.valid_to)}" if one.valid_to else ", đang dùng"
    why = END_NAMES[one.ended_as] if one.ended_as else ""
    return Fact(
        label=one.masked,
        value=f"{since}{until}",
        note=". ".join(part for part in (why, one.note) if part),
        source=source_name(one.source),
    )
