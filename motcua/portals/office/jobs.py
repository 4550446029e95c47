"""Việc nền: what waits, what runs, what failed for good."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from motcua.kernel import clock, letters
from motcua.kernel.access import route
from motcua.kernel.clock import city_date
from motcua.kernel.letters import JobState, Letter
from motcua.portals.office.asking import ADMINISTRATORS, HERE, PAGE, address, number, said
from motcua.portals.office.listing import (
    Choice,
    Listing,
    Row,
    exported,
    list_page,
    number_cell,
    shown,
)
from motcua.portals.office.saying import capped
from motcua.ui import dates
from motcua.ui.parts import Cell, Chip, Empty, Fact, Tone
from motcua.ui.words import count

URL = f"{HERE}/viec-nen"
EXPORTED = 5000
SLUGS = {"hong": JobState.DEAD, "cho": JobState.WAITING, "dang-chay": JobState.RUNNING}
TABS = {"hong": "Hỏng", "cho": "Đang chờ", "dang-chay": "Đang chạy"}
STATES = {
    "failed": Chip(label="Hỏng", tone=Tone.LATE, icon="triangle-alert"),
    "todo": Chip(label="Đang chờ", icon="hourglass"),
    "doing": Chip(label="Đang chạy", tone=Tone.GO, icon="play"),
    "succeeded": Chip(label="Đã xong", tone=Tone.OK, icon="circle-check"),
    "cancelled": Chip(label="Đã bỏ", icon="ban"),
    "aborted": Chip(label="Đã dừng", icon="ban"),
}
HEADS = (
    ("Việc", False),
    ("Số", True),
    ("Tình trạng", False),
    ("Về", False),
    ("Số lần", True),
    ("Loại lỗi", False),
    ("Từ lúc", False),
    ("Lần cuối", False),
)
EMPTY = {
    "hong": Empty(title="Không có việc hỏng", icon="circle-check"),
    "cho": Empty(title="Không có việc đang chờ", icon="circle-check"),
    "dang-chay": Empty(title="Lúc này không có việc nào đang chạy", icon="circle-check"),
}


@require_safe
@route(ADMINISTRATORS)
def jobs(request: HttpRequest) -> HttpResponseBase:
    """Jobs of one state; dead ones first of all."""
    slug, kind = _slug(request), said(request, "viec", 200)
    before = number(request, "truoc")
    found = letters.letters(SLUGS[slug], kind=kind, before=before, limit=PAGE)
    older = str(found[-1].id) if len(found) == PAGE else ""
    listing = Listing(
        heads=HEADS,
        rows=tuple(map(_row, found)),
        empty=EMPTY[slug],
        older_url=address("/viec-nen", phan=slug, viec=kind, truoc=older) if older else "",
        first_url=address("/viec-nen", phan=slug, viec=kind) if before is not None else "",
        export_url=address("/viec-nen/xuat.csv", phan=slug, viec=kind),
    )
    model = list_page(
        f"Việc nền: {short(kind)}" if kind else "Việc nền",
        listing,
        note="Việc hỏng ở lại đây cho đến khi được chạy lại hoặc bỏ với một lý do.",
        tabs=_tabs(slug),
        facts=_kinds() if slug == "hong" and not kind else (),
    )
    return shown(request, model)


@require_safe
@route(ADMINISTRATORS)
def export(request: HttpRequest) -> HttpResponseBase:
    """The same list as a file, the newest five thousand."""
    slug = _slug(request)
    found = letters.letters(SLUGS[slug], kind=said(request, "viec", 200), limit=EXPORTED)
    listing = Listing(heads=HEADS, rows=tuple(map(_row, found)), empty=EMPTY[slug])
    return exported(f"viec-nen-{city_date(clock.now()):%Y%m%d}.csv", listing)


def short(kind: str) -> str:
    """«payments.subscribers.book» out of the dotted name of a subscriber."""
    return kind.removeprefix("motcua.").removeprefix("contexts.")


def _slug(request: HttpRequest) -> str:
    wanted = said(request, "phan")
    return wanted if wanted in SLUGS else "hong"


def _tabs(slug: str) -> tuple[Choice, ...]:
    state = letters.queue_state(now=clock.now())
    counts = {"hong": state.dead, "cho": state.waiting, "dang-chay": state.running}
    return tuple(
        Choice(
            label=f"{label} ({capped(counts[one])})",
            url=address("/viec-nen", phan=one),
            current=one == slug,
        )
        for one, label in TABS.items()
    )


def _kinds() -> tuple[Fact, ...]:
    return tuple(
        Fact(
            label=short(one.kind),
            value=f"{count(one.count)} việc hỏng",
            url=address("/viec-nen", viec=one.kind),
        )
        for one in letters.dead_kinds()
    )


def _row(letter: Letter) -> Row:
    return (
        Cell(text=short(letter.kind), url=f"{URL}/{letter.id}"),
        number_cell(str(letter.id)),
        Cell(text="", chip=STATES[letter.state]),
        Cell(text=letter.subject),
        number_cell(str(letter.attempts)),
        Cell(text=letter.error),
        Cell(text=dates.city_moment(letter.since)),
        Cell(text=dates.city_moment(letter.last_at)),
    )
