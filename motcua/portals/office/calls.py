"""Lời gọi hệ thống bên ngoài: whom we asked, how it ended, how long it took; never the content."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from motcua.contexts.exchange import public as exchange
from motcua.contexts.exchange.contracts import NEIGHBOUR_NAMES, CallView, Outcome, neighbour_name
from motcua.kernel import clock
from motcua.kernel.access import route
from motcua.kernel.clock import city_date
from motcua.kernel.web import actor_of
from motcua.portals.office.asking import ADMINISTRATORS, HERE, PAGE, address, said
from motcua.portals.office.listing import (
    Choice,
    Listing,
    Row,
    exported,
    list_page,
    number_cell,
    shown,
)
from motcua.ui import dates
from motcua.ui.parts import Action, Cell, Chip, Crumb, Empty, Tone
from motcua.ui.words import count

URL = f"{HERE}/ket-noi/loi-goi"
EXPORTED = 5000
SLUGS = {
    "tra-loi": Outcome.ANSWERED,
    "tu-choi": Outcome.REFUSED,
    "khong-tra-loi": Outcome.DOWN,
    "khong-goi": Outcome.NOT_TRIED,
}
OUTCOMES = {
    Outcome.ANSWERED: Chip(label="Trả lời", tone=Tone.OK, icon="circle-check"),
    Outcome.REFUSED: Chip(label="Từ chối", tone=Tone.INFO, icon="circle-x"),
    Outcome.DOWN: Chip(label="Không trả lời", tone=Tone.LATE, icon="triangle-alert"),
    Outcome.NOT_TRIED: Chip(label="Tạm không gọi", icon="pause"),
}
HEADS = (
    ("Lúc", False),
    ("Hệ thống", False),
    ("Việc", False),
    ("Kết quả", False),
    ("Lý do", False),
    ("Để làm gì", False),
    ("Lần thử", True),
    ("Mili giây", True),
)


@require_safe
@route(ADMINISTRATORS)
def show(request: HttpRequest) -> HttpResponseBase:
    """Calls, newest first, by outcome and neighbour."""
    outcome, connector = said(request, "ket-qua"), said(request, "he-thong", 32)
    before = _before(said(request, "truoc"))
    found = _calls(request, before=before, limit=PAGE)
    older = f"{found[-1].at.isoformat()}_{found[-1].id}" if len(found) == PAGE else ""
    kept = {"he_thong": connector, "ket_qua": outcome if outcome in SLUGS else ""}
    listing = Listing(
        heads=HEADS,
        rows=tuple(map(_row, found)),
        empty=Empty(title="Không có lời gọi nào khớp", icon="plug"),
        older_url=address("/ket-noi/loi-goi", **kept, truoc=older) if older else "",
        first_url=address("/ket-noi/loi-goi", **kept) if before else "",
        export_url=address("/ket-noi/loi-goi/xuat.csv", **kept),
    )
    model = list_page(
        f"Lời gọi: {neighbour_name(connector)}" if connector else "Lời gọi hệ thống bên ngoài",
        listing,
        note="Nội dung lời gọi không được giữ.",
        tabs=_tabs(connector, outcome),
        above=(Crumb(label="Kết nối", url=f"{HERE}/ket-noi"),),
        actions=(Action(label="Thông điệp gửi hỏng", url=f"{HERE}/ket-noi", icon="plug"),),
    )
    return shown(request, model)


@require_safe
@route(ADMINISTRATORS)
def export(request: HttpRequest) -> HttpResponseBase:
    """The same list as a file, the newest five thousand."""
    rows = tuple(map(_row, _calls(request, before=None, limit=EXPORTED)))
    listing = Listing(heads=HEADS, rows=rows, empty=Empty(title=""))
    return exported(f"loi-goi-{city_date(clock.now()):%Y%m%d}.csv", listing)


def _calls(
    request: HttpRequest, *, before: tuple[datetime, UUID] | None, limit: int
) -> tuple[CallView, ...]:
    return exchange.calls(
        actor_of(request),
        now=clock.now(),
        connector=said(request, "he-thong", 32),
        outcome=SLUGS.get(said(request, "ket-qua")),
        before=before,
        limit=limit,
    )


def _before(text: str) -> tuple[datetime, UUID] | None:
    at, _, number = text.partition("_")
    try:
        moment, call_id = datetime.fromisoformat(at), UUID(number)
    except ValueError:
        return None
    return (moment, call_id) if moment.tzinfo else None


def _tabs(connector: str, outcome: str) -> tuple[Choice, ...]:
    wanted = outcome if outcome in SLUGS else ""
    labels = {"": "Tất cả"} | {slug: OUTCOMES[one].label for slug, one in SLUGS.items()}
    return tuple(
        Choice(
            label=label,
            url=address("/ket-noi/loi-goi", he_thong=connector, ket_qua=slug),
            current=slug == wanted,
        )
        for slug, label in labels.items()
    )


def _row(call: CallView) -> Row:
    return (
        Cell(text=dates.city_moment(call.at)),
        Cell(text=NEIGHBOUR_NAMES.get(call.connector, call.connector)),
        Cell(text=call.operation),
        Cell(text="", chip=OUTCOMES[call.outcome]),
        Cell(text=call.reason),
        Cell(text=call.purpose),
        number_cell(str(call.attempt)),
        number_cell(count(call.took_ms)),
    )
