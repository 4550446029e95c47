"""Số liệu thành câu: shares, fields by name, and the few sentences that ask for a decision."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from motcua.contexts.dossiers.contracts import Board, Bucket, Figures
from motcua.contexts.procedures import public as procedures
from motcua.portals.lead.asking import Asked
from motcua.ui.words import count, decimal

ATTENTION = 0.05  # share of late results from which this page asks for attention: our own choice
ENOUGH = 20  # below that many results a share says nothing
NO_FIELD = "Không ghi lĩnh vực"
MOST = 3


def field_names(on: date) -> Mapping[str, str]:
    return {field.code: field.name for field in procedures.fields(on)} | {"khac": NO_FIELD}


def percent(share: float) -> str:
    """«96,4%»."""
    return f"{decimal(share * 100)}%"


def late_share(part: Figures) -> float:
    done = part.counts[Bucket.DONE]
    return part.counts[Bucket.LATE] / done if done else 0.0


def telling_share(part: Figures) -> float:
    """Zero where there are too few results to speak of a share."""
    return late_share(part) if part.counts[Bucket.DONE] >= ENOUGH else 0.0


def telling(parts: Sequence[Figures]) -> list[Figures]:
    """Those with enough results to speak of a share, the latest first."""
    return sorted((p for p in parts if telling_share(p)), key=telling_share, reverse=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A number, its part, and the way to the dossiers behind it."""

    finding: str
    detail: str
    link: str
    url: str


def attention(board: Board, asked: Asked, names: Mapping[str, str]) -> tuple[Sentence, ...]:
    """At most three sentences, each computed from the figures of the page."""
    found = [*_worst_field(board, asked, names), *_receptions(board, asked), *_units(board, asked)]
    return tuple([*found, *_overdue(board, asked)][:MOST])


def _worst_field(board: Board, asked: Asked, names: Mapping[str, str]) -> Iterator[Sentence]:
    for worst in telling(board.by_field)[:1]:
        if late_share(worst) >= ATTENTION:
            late, done = worst.counts[Bucket.LATE], worst.counts[Bucket.DONE]
            yield Sentence(
                finding=f"{names.get(worst.field, worst.field)} trễ {percent(late_share(worst))}.",
                detail=f"{count(late)} trong {count(done)} hồ sơ giải quyết xong trong kỳ.",
                link=f"Xem {count(late)} hồ sơ",
                url=asked.list_url(Bucket.LATE, linh_vuc=worst.field),
            )


def _receptions(board: Board, asked: Asked) -> Iterator[Sentence]:
    late = board.whole.counts[Bucket.LATE_RECEPTION]
    if late:
        waiting = board.whole.counts[Bucket.WAITING_RECEPTION]
        yield Sentence(
            finding=f"{count(late)} hồ sơ chưa được tiếp nhận sau 1 ngày làm việc.",
            detail=f"Đang chờ tiếp nhận tất cả {count(waiting)} hồ sơ.",
            link=f"Xem {count(late)} hồ sơ",
            url=asked.list_url(Bucket.LATE_RECEPTION),
        )


def _units(board: Board, asked: Asked) -> Iterator[Sentence]:
    over = [part for part in telling(board.by_unit) if late_share(part) >= ATTENTION]
    if over:
        worst = over[0]
        yield Sentence(
            finding=f"{count(len(over))} đơn vị trễ từ {percent(ATTENTION)} trở lên.",
            detail=f"Cao nhất: {worst.unit_name}, {percent(late_share(worst))} của"
            f" {count(worst.counts[Bucket.DONE])} hồ sơ.",
            link="Xem theo đơn vị",
            url=asked.board_url() + "#don-vi",
        )


def _overdue(board: Board, asked: Asked) -> Iterator[Sentence]:
    overdue = board.whole.counts[Bucket.OVERDUE]
    if overdue:
        process = board.whole.counts[Bucket.IN_PROCESS]
        yield Sentence(
            finding=f"{count(overdue)} hồ sơ đang quá hạn.",
            detail=f"Trong {count(process)} hồ sơ đang giải quyết.",
            link=f"Xem {count(overdue)} hồ sơ",
            url=asked.list_url(Bucket.OVERDUE),
        )
