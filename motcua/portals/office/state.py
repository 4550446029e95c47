"""Tình trạng thành phố: a dozen numbers, each the way to its list; what is wrong comes first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from motcua.contexts.documents import public as documents
from motcua.contexts.exchange import public as exchange
from motcua.contexts.exchange.contracts import NeighbourState, neighbour_name
from motcua.contexts.payments import public as payments
from motcua.kernel import anchors, letters, proofs, vitals
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.portals.office import law
from motcua.portals.office.asking import HERE, address
from motcua.portals.office.catalogue import CatalogueCounts, counted
from motcua.portals.office.saying import ago, capped
from motcua.ui import dates
from motcua.ui.parts import Crumb, FieldError, Kpi
from motcua.ui.words import count, file_size, vnd

SLOW_QUEUE = timedelta(minutes=5)
LATE_SEAL = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    title: str
    kpis: tuple[Kpi, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatePage:
    title: str
    crumbs: tuple[Crumb, ...]
    groups: tuple[Group, ...]
    as_of: str
    errors: tuple[FieldError, ...] = ()


def state_page(actor: Actor, *, now: datetime) -> StatePage:
    groups = (
        Group(
            title="Máy móc",
            kpis=(*_queue(now), *_ledger(now), _anchors(now), _database(), _reader()),
        ),
        Group(title="Tiền và kết nối", kpis=(_suspense(actor, now), *_neighbours(actor, now))),
        Group(title="Danh mục và pháp lý", kpis=(*_catalogue(counted(city_date(now))), _law(now))),
    )
    bad = sum(kpi.bad for group in groups for kpi in group.kpis)
    return StatePage(
        title=f"Có {bad} mục cần xem" if bad else "Mọi thứ đang chạy bình thường",
        crumbs=(Crumb(label="Quản trị"),),
        groups=groups,
        as_of=dates.city_moment(now),
    )


def _queue(now: datetime) -> Iterator[Kpi]:
    state = letters.queue_state(now=now)
    oldest = state.oldest_waiting_at
    yield Kpi(
        label="Việc nền hỏng",
        value=capped(state.dead),
        note="chờ chạy lại hoặc bỏ" if state.dead else "",
        bad=state.dead > 0,
        url=address("/viec-nen", phan="hong"),
    )
    yield Kpi(
        label="Việc nền đang chờ",
        value=capped(state.waiting),
        note=f"lâu nhất: {ago(oldest, now)}" if oldest else "",
        bad=oldest is not None and now - oldest > SLOW_QUEUE,
        url=address("/viec-nen", phan="cho"),
    )


def _ledger(now: datetime) -> Iterator[Kpi]:
    last = proofs.heads(limit=1)
    unsealed = proofs.oldest_unsealed_at()
    late = unsealed is not None and now - unsealed > LATE_SEAL
    yield Kpi(
        label="Lá trong sổ cái",
        value=count(last[0].size if last else 0),
        note=f"niêm phong {ago(last[0].sealed_at, now)}" if last else "chưa niêm phong",
        bad=late or any(not head.signed for head in last),
        url=f"{HERE}/so-cai",
    )


def _anchors(now: datetime) -> Kpi:
    """How many witnesses outside have what we have; who is late or saw otherwise is bad."""
    states = anchors.states()
    wrong = any(state.contradicts or state.is_late(now) for state in states)
    good = sum(not state.problem and not state.is_late(now) for state in states)
    wrong = wrong or anchors.stamp_state().is_late(now)
    oldest = min((s.anchored_at for s in states if s.anchored_at), default=None)
    return Kpi(
        label="Nhân chứng của sổ cái",
        value=f"{good} / {len(states)}" if states else "Chưa neo",
        note=f"neo {ago(oldest, now)}" if oldest else "",
        bad=wrong,
        url=f"{HERE}/so-cai",
    )


def _database() -> Kpi:
    value, _, unit = file_size(vitals.database_size()).partition("\u00a0")
    return Kpi(label="Cơ sở dữ liệu", value=value, unit=unit, url=f"{HERE}/co-so-du-lieu")


def _reader() -> Kpi:
    """Without it officers type what stands on papers; nothing is broken by that."""
    there = documents.reader_there()
    return Kpi(
        label="Máy đọc chữ trên giấy quét",
        value="Sẵn sàng" if there else "Chưa cài",
        note="" if there else "cài gói tesseract-ocr-vie và poppler-utils, rồi chạy lại",
        url=address("/viec-nen", phan="cho"),
    )


def _suspense(actor: Actor, now: datetime) -> Kpi:
    found = payments.suspense(actor, now=now)
    return Kpi(
        label="Tiền chưa rõ của ai",
        value=vnd(found.waiting),
        note=f"{count(found.count)} khoản, cũ nhất {ago(found.oldest_at, now)}"
        if found.count
        else "",
        bad=found.count > 0,
        url=f"{HERE}/tien-chua-ro",
    )


def _neighbours(actor: Actor, now: datetime) -> Iterator[Kpi]:
    for state in exchange.neighbours(actor, now=now):
        yield Kpi(
            label=neighbour_name(state.connector),
            value=_word(state),
            note=_heard(state, now),
            bad=state.is_failing,
            url=address("/ket-noi/loi-goi", he_thong=state.connector),
        )


def _word(state: NeighbourState) -> str:
    if state.is_failing:
        return "Không trả lời"
    return "Đang chạy" if state.answered_at else "Chưa gọi"


def _heard(state: NeighbourState, now: datetime) -> str:
    last = max((at for at in (state.answered_at, state.failed_at) if at), default=None)
    if last is None:
        return "trong một giờ qua"
    failed = f", {count(state.down)} lần không trả lời trong giờ qua" if state.down else ""
    return f"gọi {ago(last, now)}{failed}"


def _catalogue(counts: CatalogueCounts) -> Iterator[Kpi]:
    yield Kpi(
        label="Thủ tục nộp được tại đây",
        value=count(counts.runnable),
        note=f"trong {count(counts.whole)} thủ tục",
        url=address("/danh-muc", phan="nop-duoc"),
    )
    yield Kpi(
        label="Thành phố giải quyết, chưa có biểu mẫu",
        value=count(counts.formless),
        url=address("/danh-muc", phan="chua-co-bieu-mau"),
    )
    yield Kpi(
        label="Thủ tục còn nhắc của máy kiểm",
        value=count(counts.slipping),
        url=address("/danh-muc", phan="con-nhac"),
    )
    yield Kpi(
        label="Dòng không đọc được, lần nhập mới nhất",
        value=count(counts.unreadable),
        bad=counts.unreadable > 0,
        url=f"{HERE}/danh-muc/nhap",
    )


def _law(now: datetime) -> Kpi:
    rows = law.rows(city_date(now))
    unverified = sum(not row.verified for row in rows)
    return Kpi(
        label="Căn cứ chưa đối chiếu",
        value=count(unverified),
        note=f"trong {count(len(rows))} căn cứ đang dùng",
        url=address("/phap-ly", phan="chua"),
    )
