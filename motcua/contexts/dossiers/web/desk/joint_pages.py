"""Mô hình trang một lần làm cùng lúc: how far it is, dossier by dossier, and what to do next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from motcua.contexts.dossiers.contracts.joint import JointLine, JointState, JointView
from motcua.contexts.dossiers.web.desk.asking import BAN, Asked
from motcua.contexts.dossiers.web.desk.bulk_pages import BULK
from motcua.ui import dates
from motcua.ui.parts import Cell, Chip, Crumb, Empty, Table, Tone

RUNS = f"{BAN}/cung-luc"
NAME = "ket-qua-lam-cung-luc"
TITLE = "Các lần làm cùng lúc"
HEADS = ("Hồ sơ", "Kết quả", "Chi tiết", "Lúc")
STATES = {
    JointState.WAITING: Chip(label="Đang chờ", tone=Tone.GO),
    JointState.FORESEEN: Chip(label="Làm được", tone=Tone.OK),
    JointState.DONE: Chip(label="Đã làm", tone=Tone.OK),
    JointState.REFUSED: Chip(label="Chưa làm được", tone=Tone.LATE),
}
SLOW = timedelta(minutes=2)  # after which waiting is said to be longer than usual


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPage:
    """again: hidden fields of «làm thật» after a trial. left_url: choose the refused ones again."""

    title: str
    about: str
    url: str
    told: str
    note: str
    working: bool
    done: int
    total: int
    table: Table
    files: tuple[tuple[str, str], ...]
    again: tuple[tuple[str, str], ...]
    again_url: str
    again_label: str
    left_url: str
    left_label: str
    crumbs: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunsPage:
    title: str
    table: Table
    crumbs: tuple[Crumb, ...]


def run_page(view: JointView, asked: Asked, now: datetime) -> RunPage:
    here = f"{RUNS}/{view.id}"
    working = view.done_at is None
    ready = [line for line in view.lines if line.state is JointState.FORESEEN]
    refused = [line for line in view.lines if line.state is JointState.REFUSED]
    goes_on = bool(ready) and not working
    return RunPage(
        title=f"Thử trước: {view.label}" if view.trial else view.label,
        about=view.title,
        url=asked.url(here),
        told=summary(view),
        note=_note(view, now),
        working=working,
        done=len(view.lines) - view.count(JointState.WAITING),
        total=len(view.lines),
        table=_table(view, asked),
        files=() if working else (("XLSX", f"{here}.xlsx"), ("CSV", f"{here}.csv")),
        again=tuple(_again(view, ready)) if goes_on else (),
        again_url=asked.url(BULK),
        again_label=f"{view.label}: {len(ready)} hồ sơ",
        left_url=_left_url(refused, asked) if refused and not working else "",
        left_label=f"Xem lại {len(refused)} hồ sơ chưa làm được",
        crumbs=(
            Crumb(label="Việc của tôi", url=asked.url()),
            Crumb(label=TITLE, url=RUNS),
            Crumb(label=view.label),
        ),
    )


def summary(view: JointView) -> str:
    """What was done, and what was not, in one sentence each."""
    total, waits = len(view.lines), view.count(JointState.WAITING)
    refused = view.count(JointState.REFUSED)
    if view.done_at is None:
        return f"Đã xét {total - waits} trên {total} hồ sơ. Bạn rời trang này cũng được."
    left = f" {refused} hồ sơ chưa làm được, lý do ở từng dòng." if refused else ""
    if view.trial:
        found = view.count(JointState.FORESEEN)
        return f"Thử xong, chưa ghi gì. {found} hồ sơ làm được.{left}"
    return f"Đã ghi {view.count(JointState.DONE)} hồ sơ.{left}"


def _note(view: JointView, now: datetime) -> str:
    last = max((one.ended_at for one in view.lines if one.ended_at), default=view.asked_at)
    if view.done_at is None and now - last > SLOW:
        return (
            "Máy làm việc nền đang chậm. Hồ sơ còn chờ sẽ được làm tiếp, mỗi hồ sơ một lần; bạn "
            "không cần gửi lại."
        )
    return ""


def _again(view: JointView, ready: list[JointLine]) -> Iterator[tuple[str, str]]:
    yield "action", view.action
    yield "label", view.label
    yield "title", view.title
    yield "assignee", str(view.assignee_id or "")
    for line in ready:
        yield "case", line.code
        yield f"seen.{line.code}", str(line.seen_version)


def _left_url(refused: list[JointLine], asked: Asked) -> str:
    return asked.url(BULK, hs=",".join(line.code for line in refused))


def _table(view: JointView, asked: Asked) -> Table:
    return Table(
        caption="Từng hồ sơ",
        caption_shown=True,
        heads=tuple((head, False) for head in HEADS),
        rows=tuple(
            (
                Cell(text=line.code, url=asked.url(f"{BAN}/ho-so/{line.code}")),
                Cell(text="", chip=STATES[line.state]),
                Cell(text=line.sentence),
                Cell(text=_moment(line.ended_at)),
            )
            for line in view.lines
        ),
    )


def _moment(at: datetime | None) -> str:
    return dates.city_moment(at) if at else ""


def rows_of(view: JointView) -> Iterator[tuple[str, ...]]:
    """The result file, a line for each dossier."""
    for line in view.lines:
        yield line.code, STATES[line.state].label, line.sentence, _moment(line.ended_at)


def runs_page(views: tuple[JointView, ...]) -> RunsPage:
    return RunsPage(
        title=TITLE,
        table=Table(
            caption=TITLE,
            heads=tuple((head, False) for head in ("Lúc", "Việc", "Loại hồ sơ", "Kết quả")),
            rows=tuple(_run_row(view) for view in views),
            empty=Empty(title="Bạn chưa làm cùng lúc lần nào trong 30 ngày", icon="inbox"),
        ),
        crumbs=(Crumb(label="Việc của tôi", url=BAN), Crumb(label=TITLE)),
    )


def _run_row(view: JointView) -> tuple[Cell, ...]:
    label = f"Thử trước: {view.label}" if view.trial else view.label
    return (
        Cell(text=dates.city_moment(view.asked_at)),
        Cell(text=label, url=f"{RUNS}/{view.id}"),
        Cell(text=view.title),
        Cell(text=summary(view)),
    )
