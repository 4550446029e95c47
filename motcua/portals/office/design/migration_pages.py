"""Một lần chuyển phiên bản: what becomes of each dossier, as a page and as a file."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.contexts.casework import public as casework
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts.migrating import (
    LineState,
    MigrationLineView,
    MigrationState,
    MigrationView,
    WhyNot,
)
from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.contexts.procedures import public as procedures
from motcua.kernel.access import route
from motcua.kernel.actors import Actor, Role
from motcua.kernel.web import actor_of, uuid_of
from motcua.portals.office.asking import said
from motcua.portals.office.design.asking import DESIGNERS, URL
from motcua.portals.office.listing import Choice, Listing, Row, list_page, shown
from motcua.ui import dates
from motcua.ui.exporting import csv_answer
from motcua.ui.parts import Action, Alert, Cell, Chip, Crumb, Empty, Fact, Tone
from motcua.ui.words import count

HERE = f"{URL}/chuyen"
ROWS, AT_ONCE = 50, 1_000
STATES = {
    MigrationState.CHECKING: Chip(label="Đang chạy thử", tone=Tone.INFO, icon="clock"),
    MigrationState.CHECKED: Chip(label="Chờ duyệt", tone=Tone.INFO, icon="clock"),
    MigrationState.APPROVED: Chip(label="Đang chuyển", tone=Tone.GO, icon="clock"),
    MigrationState.DONE: Chip(label="Đã chuyển", tone=Tone.OK, icon="circle-check"),
    MigrationState.UNDOING: Chip(label="Đang trả về", tone=Tone.INFO, icon="clock"),
    MigrationState.UNDONE: Chip(label="Đã trả về", icon="undo-2"),
    MigrationState.DROPPED: Chip(label="Đã bỏ", icon="x"),
}
SUMMARY = {
    "approved": "Đã duyệt. Máy đang chuyển từng hồ sơ.",
    "dropped": "Đã bỏ. Chưa hồ sơ nào thay đổi.",
    "undone": "Máy đang trả về những hồ sơ chưa ai làm tiếp.",
}
LINES = {
    LineState.CHOSEN: Chip(label="Chưa xem"),
    LineState.FITS: Chip(label="Chuyển được", tone=Tone.OK, icon="circle-check"),
    LineState.REFUSED: Chip(label="Giữ nguyên", tone=Tone.LATE),
    LineState.MOVED: Chip(label="Đã chuyển", tone=Tone.OK, icon="circle-check"),
    LineState.KEPT: Chip(label="Giữ nguyên", tone=Tone.LATE),
    LineState.BACK: Chip(label="Đã trả về", icon="undo-2"),
    LineState.STAYED: Chip(label="Không trả về được", tone=Tone.LATE),
}
WHY = {
    WhyNot.ENDED: "Hồ sơ đã kết thúc.",
    WhyNot.DECIDED: "Hồ sơ đã có kết quả.",
    WhyNot.NO_PLACE: "Bước hiện tại không có trong quy trình mới và chưa được ghép.",
    WhyNot.RECEPTION: "Trước và sau khi tiếp nhận không đổi chỗ cho nhau được.",
    WhyNot.SIGNATURE: "Theo quy trình mới, kết quả sẽ ban hành mà chưa ai có thẩm quyền ký.",
    WhyNot.NOBODY: "Chưa ai giữ vị trí của bước đó.",
    WhyNot.OTHER_VERSION: "Hồ sơ đã sang phiên bản khác.",
    WhyNot.SIGNED: "Kết quả đã được ký.",
    WhyNot.COMPETENCE: "Phiên bản mới do cơ quan hoặc cấp khác giải quyết.",
    WhyNot.COMMUNE: "Phiên bản mới đang thử ở phường, xã khác.",
    WhyNot.ANSWERS: "Có câu trả lời mất đi, đọc khác đi, hoặc tờ khai mới hỏi thêm.",
    WhyNot.PAPERS: "Có giấy tờ đã nộp không còn chỗ, hoặc phải nộp thêm giấy.",
    WhyNot.CASE: "Câu trả lời xếp hồ sơ vào trường hợp khác.",
    WhyNot.LIMIT: "Thời hạn khác, mà hồ sơ chưa được tiếp nhận.",
    WhyNot.FEES: "Phí, lệ phí khác.",
    WhyNot.SUPPLEMENT: "Đang chờ người nộp gửi thêm thứ mà phiên bản mới không có.",
    WhyNot.PROPOSAL: "Đang chờ trưởng đơn vị trả lời đề nghị bổ sung lần nữa.",
    WhyNot.WENT_ON: "Đã có người làm tiếp.",
}
HEADS = (("Hồ sơ", False), ("Kết quả", False), ("Bước trước", False), ("Bước sau", False),
         ("Lý do", False))  # fmt: skip
GROUPS = {
    "duoc": ("Chuyển được", (LineState.FITS, LineState.MOVED, LineState.BACK)),
    "khong": ("Giữ nguyên", (LineState.REFUSED, LineState.KEPT, LineState.STAYED)),
}


@never_cache
@require_safe
@route(DESIGNERS)
def show(request: HttpRequest, migration_id: UUID) -> HttpResponseBase:
    """`nhom`: those that may go or those that stay; `sau`: the line that the page follows."""
    found = dossiers.migration(migration_id)
    group, after = said(request, "nhom", 10), uuid_of(said(request, "sau"))
    states = GROUPS[group][1] if group in GROUPS else ()
    lines = dossiers.migration_lines(migration_id, states=states, after=after, limit=ROWS + 1)
    here = f"{HERE}/{migration_id}"
    kept = f"nhom={group}&" if group in GROUPS else ""
    model = list_page(
        f"Phiên bản {found.from_number} sang {found.to_number}",
        Listing(
            heads=HEADS,
            rows=tuple(_rows(found, lines[:ROWS])),
            empty=Empty(title="Không có hồ sơ nào trong nhóm này", icon="inbox"),
            older_url=f"{here}?{kept}sau={lines[ROWS - 1].id}" if len(lines) > ROWS else "",
            first_url=f"{here}?{kept}".rstrip("?&") if after else "",
            export_url=f"{here}/ket-qua.csv",
            by_time=False,
        ),
        note="Ngày hẹn trả, hạn của từng bước và lịch sử giữ nguyên.",
        tabs=tuple(_tabs(found, here, group)),
        facts=_facts(found),
        alert=_alert(found),
        actions=tuple(_actions(found, actor_of(request), here)),
        above=(
            Crumb(label="Thiết kế", url=URL),
            Crumb(label=found.procedure_code, url=f"{URL}/thu-tuc/{found.procedure_code}/chuyen"),
        ),
    )
    return shown(request, model)


@require_safe
@route(DESIGNERS)
def result(request: HttpRequest, migration_id: UUID) -> HttpResponseBase:
    """Every dossier of it, one a line."""
    found = dossiers.migration(migration_id)
    heads = [*(title for title, _ in HEADS), "Lúc"]
    return csv_answer(f"chuyen-phien-ban-{migration_id}.csv", heads, _file_lines(found))


def _file_lines(found: MigrationView) -> Iterator[list[str]]:
    names, after = _names(found), None
    while lines := dossiers.migration_lines(found.id, after=after, limit=AT_ONCE):
        for line in lines:
            moved = dates.city_moment(line.at) if line.at else ""
            yield [line.code, LINES[line.state].label, *_said(line, names), moved]
        after = lines[-1].id


def _rows(found: MigrationView, lines: tuple[MigrationLineView, ...]) -> Iterator[Row]:
    names = _names(found)
    for line in lines:
        before, after, why = _said(line, names)
        yield (
            Cell(text=line.code),
            Cell(text="", chip=LINES[line.state]),
            Cell(text=before),
            Cell(text=after),
            Cell(text=why),
        )


def _said(line: MigrationLineView, names: Mapping[str, str]) -> tuple[str, str, str]:
    return (
        names.get(line.step_before, line.step_before),
        names.get(line.step_after, line.step_after),
        WHY[line.why] if line.why else "",
    )


def _names(found: MigrationView) -> dict[str, str]:
    tables = (procedures.version(one).process_id for one in (found.to_id, found.from_id))
    steps = (step for one in tables if one for step in casework.process_table(one).steps)
    return {step.key: step.name for step in steps}


def _tabs(found: MigrationView, here: str, group: str) -> Iterator[Choice]:
    whole = count(found.count())
    yield Choice(label=f"Tất cả ({whole})", url=here, current=group not in GROUPS)
    for key, (label, states) in GROUPS.items():
        number = count(found.count(*states))
        yield Choice(label=f"{label} ({number})", url=f"{here}?nhom={key}", current=group == key)


def _facts(found: MigrationView) -> tuple[Fact, ...]:
    accounts = {one for one in (found.planned_by, found.decided_by) if one}
    people = identity.officer_names(accounts)
    facts = (
        Fact(label="Tình trạng", value=STATES[found.state].label),
        Fact(label="Chọn hồ sơ", value="; ".join(_choice(found)) or "mọi hồ sơ đang mở"),
        Fact(
            label="Lập",
            value=f"{people.get(found.planned_by, '')}, {dates.city_moment(found.planned_at)}",
        ),
        Fact(
            label="Duyệt hoặc bỏ",
            value=f"{people.get(found.decided_by, '')}, {dates.city_moment(found.decided_at)}"
            if found.decided_by
            else "",
        ),
        Fact(label="Đã chuyển", value=_of(found, LineState.MOVED)),
        Fact(label="Xong lúc", value=dates.city_moment(found.done_at)),
        Fact(label="Trả về xong lúc", value=dates.city_moment(found.undone_at)),
    )
    return tuple(fact for fact in facts if fact.value)


def _of(found: MigrationView, state: LineState) -> str:
    number = found.count(state)
    return f"{count(number)} trên {count(found.count())}" if number else ""


def _choice(found: MigrationView) -> Iterator[str]:
    chosen = found.choice
    if chosen.unit_id:
        yield organisations.unit_by_id(chosen.unit_id).name
    if chosen.ward:
        yield f"phường, xã {chosen.ward}"
    if chosen.step:
        yield f"bước «{_names(found).get(chosen.step, chosen.step)}»"
    if chosen.filed_from:
        yield f"nộp từ {dates.day(chosen.filed_from)}"
    if chosen.filed_to:
        yield f"nộp đến hết {dates.day(chosen.filed_to)}"


def _alert(found: MigrationView) -> Alert | None:
    if found.state in {MigrationState.CHECKING, MigrationState.APPROVED, MigrationState.UNDOING}:
        return Alert(title="Máy đang làm", text="Bạn tải lại trang để xem đã tới đâu.")
    return None


def _actions(found: MigrationView, actor: Actor, here: str) -> Iterator[Action]:
    approver = actor.has(Role.CATALOGUE_APPROVER)
    fits = found.count(LineState.FITS)
    own = found.planned_by == actor.account_id
    if found.state is MigrationState.CHECKED and approver and not own and fits:
        yield Action(
            label=f"Duyệt, chuyển {count(fits)} hồ sơ", url=f"{here}/duyet", kind="primary",
            post=True,
        )  # fmt: skip
    if found.state in {MigrationState.CHECKING, MigrationState.CHECKED}:
        yield Action(label="Bỏ lần chuyển này", url=f"{here}/bo", kind="danger", post=True)
    if found.state is MigrationState.DONE and approver and found.count(LineState.MOVED):
        yield Action(
            label="Trả về phiên bản trước", url=f"{here}/hoan-tac", icon="undo-2", kind="danger",
            post=True,
        )  # fmt: skip
