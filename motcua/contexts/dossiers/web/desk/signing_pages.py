"""Mô hình trang ký: papers of one kind together, what they share once, what differs for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.contexts.casework.contracts import Timeliness
from motcua.contexts.documents.contracts import BatchView, ItemState, ItemView
from motcua.contexts.dossiers.contracts import DeskView, DossierLine
from motcua.contexts.dossiers.contracts.initials import InitialView
from motcua.contexts.dossiers.web.desk import showing
from motcua.contexts.dossiers.web.desk.asking import BAN
from motcua.contexts.dossiers.web.desk.initialling import facts_of as initial_facts
from motcua.contexts.identity.contracts.proving import WaysToProve
from motcua.ui import dates
from motcua.ui.parts import Cell, Crumb, Empty, Fact, FieldError, Table

HERE = f"{BAN}/ky"
STATES = {
    ItemState.WAITING: "Chưa ký",
    ItemState.SIGNED: "Đã ký",
    ItemState.REFUSED: "Không ký được",
}
STOPPED: Mapping[str, str] = {
    "pin_wrong": "mã PIN chưa đúng",
    "pin_locked": "token bị khóa",
    "certificate_not_enrolled": "chứng thư trên token chưa đăng ký hoặc đã bị thu hồi",
    "token_gone": "không còn đọc được token",
    "token_busy": "token đang ký đợt khác",
    "store_unavailable": "kho giấy tờ không trả lời",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SignRow:
    code: str
    name: str
    title: str
    left: str
    late: bool
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBatch:
    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignTablePage:
    title: str
    rows: tuple[SignRow, ...]
    open_batches: tuple[OpenBatch, ...]
    older_url: str
    crumbs: tuple[Crumb, ...]
    empty: Empty


@dataclass(frozen=True, slots=True, kw_only=True)
class Differing:
    """One paper and what only it says."""

    code: str
    name: str
    url: str
    draft_url: str
    facts: tuple[Fact, ...]
    initials: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Papers of one procedure. shared: what all of them say."""

    title: str
    shared: tuple[Fact, ...]
    papers: tuple[Differing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignBatchPage:
    title: str
    url: str
    sign_url: str
    button: str
    waiting: int
    done: int
    total: int
    stopped: str
    by_pin: bool
    proof: WaysToProve | None
    groups: tuple[Alike, ...]
    outcome: Table | None
    errors: tuple[FieldError, ...]
    crumbs: tuple[Crumb, ...]

    @property
    def told(self) -> str:
        return f"Đã ký {self.done} trên {self.total} văn bản."


def batch_url(batch_id: UUID) -> str:
    return f"{HERE}/dot/{batch_id}"


def table_page(
    lines: Sequence[DossierLine], batches: Sequence[BatchView], *, older: str, now: datetime
) -> SignTablePage:
    return SignTablePage(
        title="Chờ tôi ký",
        rows=tuple(_row(line) for line in lines),
        open_batches=tuple(_open(one) for one in batches),
        older_url=f"{HERE}?sau={older}" if older else "",
        crumbs=(Crumb(label="Bàn làm việc", url=BAN), Crumb(label="Chờ tôi ký")),
        empty=Empty(title="Không có văn bản nào chờ bạn ký", icon="pen-line"),
    )


def _row(line: DossierLine) -> SignRow:
    return SignRow(
        code=line.code,
        name=line.applicant_name,
        title=line.procedure_name,
        left=line.left_text,
        late=line.timeliness in {Timeliness.OVERDUE, Timeliness.LATE},
        url=f"{BAN}/ho-so/{line.code}",
    )


def _open(batch: BatchView) -> OpenBatch:
    waiting = batch.count(ItemState.WAITING)
    begun = dates.city_moment(batch.begun_at)
    return OpenBatch(
        label=f"Đợt ký {begun}: còn {waiting} văn bản chưa ký", url=batch_url(batch.id)
    )


def batch_page(
    batch: BatchView,
    views: Sequence[DeskView],
    initials: Mapping[str, tuple[InitialView, ...]],
    *,
    by_pin: bool,
    proof: WaysToProve | None,
    errors: tuple[FieldError, ...],
    now: datetime,
) -> SignBatchPage:
    """views: of what still waits."""
    waiting = batch.count(ItemState.WAITING)
    settled = [item for item in batch.items if item.state is not ItemState.WAITING]
    return SignBatchPage(
        title=f"Ký {len(batch.items)} văn bản",
        url=batch_url(batch.id),
        sign_url=f"{batch_url(batch.id)}/ky",
        button=f"Ký tiếp {waiting} văn bản" if settled else f"Ký {waiting} văn bản",
        waiting=waiting,
        done=batch.count(ItemState.SIGNED),
        total=len(batch.items),
        stopped=_stopped(batch, waiting),
        by_pin=by_pin,
        proof=proof,
        groups=alike(views, initials),
        outcome=_outcome(settled) if settled else None,
        errors=errors,
        crumbs=(
            Crumb(label="Bàn làm việc", url=BAN),
            Crumb(label="Chờ tôi ký", url=HERE),
            Crumb(label="Đợt ký"),
        ),
    )


def _stopped(batch: BatchView, waiting: int) -> str:
    if not waiting or waiting == len(batch.items):
        return ""
    why = STOPPED.get(batch.stopped, "")
    because = f" vì {why}" if why else ""
    return f"Đợt ký dừng giữa chừng{because}. Văn bản đã ký giữ nguyên, bạn ký tiếp phần còn lại."


def _outcome(settled: Sequence[ItemView]) -> Table:
    return Table(
        caption="Kết quả từng văn bản",
        heads=(("Hồ sơ", False), ("Kết quả", False), ("Lúc", False), ("Lý do", False)),
        rows=tuple(
            (
                Cell(text=item.subject, url=f"{BAN}/ho-so/{item.subject}"),
                Cell(text=STATES[item.state]),
                Cell(text=dates.city_moment(item.at) if item.at else ""),
                Cell(text=item.said),
            )
            for item in settled
        ),
    )


def alike(
    views: Sequence[DeskView], initials: Mapping[str, tuple[InitialView, ...]]
) -> tuple[Alike, ...]:
    """By procedure; of several papers what all say is shown once, above them."""
    groups: dict[str, list[DeskView]] = {}
    for view in views:
        groups.setdefault(view.dossier.version.procedure_code, []).append(view)
    return tuple(_alike(found, initials) for found in groups.values())


def _alike(views: Sequence[DeskView], initials: Mapping[str, tuple[InitialView, ...]]) -> Alike:
    said = [_said(view) for view in views]
    shared = dict(said[0].items() if len(said) > 1 else ())
    for one in said[1:]:
        shared = {label: words for label, words in shared.items() if one.get(label) == words}
    return Alike(
        title=views[0].dossier.version.name,
        shared=_facts(shared),
        papers=tuple(
            Differing(
                code=view.dossier.code,
                name=view.dossier.applicant_name,
                url=f"{BAN}/ho-so/{view.dossier.code}",
                draft_url=f"{HERE}/ban-thao/{view.dossier.code}",
                facts=_facts({k: v for k, v in one.items() if k not in shared}),
                initials=initial_facts(initials.get(view.dossier.code, ())),
            )
            for view, one in zip(views, said, strict=True)
        ),
    )


def _said(view: DeskView) -> dict[str, str]:
    """What the applicant answered, by the words of the form; same labels keep their page."""
    found: dict[str, str] = {}
    for page in view.dossier.version.form.pages:
        words = showing.shown_on(page, view.dossier.answers)
        for question in page.questions:
            if words.get(question.key):
                label = question.label
                label = f"{label} ({page.title})" if label in found else label
                found[label] = words[question.key]
    return found


def _facts(said: Mapping[str, str]) -> tuple[Fact, ...]:
    return tuple(Fact(label=label, value=words) for label, words in said.items())
