"""View models of the pages about rows that may be one person. Numbers come masked."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from motcua.contexts.identity.contracts.matching import (
    REASON_NAMES,
    STATE_NAMES,
    UNDECIDED,
    CandidateState,
    CandidateView,
    Side,
)
from motcua.contexts.identity.contracts.names import SEX_NAMES
from motcua.contexts.identity.queries import matching
from motcua.contexts.identity.queries.actors import officer_names
from motcua.contexts.identity.web.guarding import (
    ROOM,
    ListPage,
    crumbs,
    list_page,
    source_name,
    tabs,
)
from motcua.kernel import holdings
from motcua.kernel.errors import DomainError
from motcua.ui import dates
from motcua.ui.parts import Cell, Chip, Crumb, Fact, FieldError, Tone
from motcua.ui.words import count

URL = f"{ROOM}/trung-nguoi"
TITLE = "Người có thể trùng"
FASTER = "Người khác vừa quyết định cặp này trước bạn. Trang đã lấy kết quả mới nhất."
NOTE = "Hai bản ghi có thể là một người. Bạn so, rồi quyết định; không có gì tự gộp."
HEADS = ("Hai bản ghi", "Số định danh", "Vì sao", "Khác nhau ở", "Tìm thấy lúc")
FILE_HEADS = (
    "Họ tên 1",
    "Số định danh 1",
    "Họ tên 2",
    "Số định danh 2",
    "Vì sao",
    "Khác nhau ở",
    "Tình trạng",
    "Tìm thấy lúc",
    "Quyết định lúc",
)
FIELD_NAMES = {
    "full_name": "họ tên",
    "personal_number": "số định danh",
    "born_on": "ngày sinh",
    "sex": "giới tính",
    "address": "nơi ở",
}
TONES = {
    CandidateState.OPEN: Tone.TURN,
    CandidateState.WAITING: Tone.GO,
    CandidateState.MERGED: Tone.OK,
    CandidateState.DISMISSED: Tone.PLAIN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SideCard:
    """One of the two rows. preview_url: shows what a merge into this one moves."""

    id: str
    title: str
    facts: tuple[Fact, ...]
    holds: tuple[Fact, ...]
    preview_url: str
    kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PairPage:
    """moves: what will be read under the row that is kept; only when one was chosen."""

    title: str
    chip: Chip
    why: str
    differs: str
    decided: tuple[Fact, ...]
    sides: tuple[SideCard, ...]
    survivor: str
    survivor_name: str
    moves: tuple[Fact, ...]
    undecided: bool
    merged: bool
    url: str
    typed_reason: str
    typed_evidence: str
    crumbs: tuple[Crumb, ...]
    errors: tuple[FieldError, ...]


def list_model(found: tuple[CandidateView, ...], state: CandidateState) -> ListPage:
    shown = found[: matching.PAGE]
    said = {"trang-thai": str(state)}
    older = f"{URL}?{urlencode({**said, 'truoc': str(shown[-1].id)})}" if shown else ""
    return list_page(
        TITLE,
        NOTE,
        HEADS,
        tuple(_row(pair) for pair in shown),
        tabs=tabs(URL, ((str(key), name) for key, name in STATE_NAMES.items()), str(state)),
        older_url=older if len(found) > matching.PAGE else "",
        export_url=f"{URL}/xuat.csv?{urlencode(said)}",
    )


def _row(pair: CandidateView) -> tuple[Cell, ...]:
    one, other = pair.sides
    return (
        Cell(text=f"{one.full_name} và {other.full_name}", url=f"{URL}/{pair.id}"),
        Cell(text=" và ".join(_number(side) for side in pair.sides)),
        Cell(text=_why(pair)),
        Cell(text=_differs(pair)),
        Cell(text=dates.city_moment(pair.found_at)),
    )


def line(pair: CandidateView) -> tuple[str, ...]:
    one, other = pair.sides
    return (
        one.full_name,
        one.personal_number_masked,
        other.full_name,
        other.personal_number_masked,
        _why(pair),
        _differs(pair),
        STATE_NAMES[pair.state],
        dates.city_moment(pair.found_at),
        dates.city_moment(pair.decided_at),
    )


def _number(side: Side) -> str:
    return side.personal_number_masked or "chưa có số"


def _why(pair: CandidateView) -> str:
    return "; ".join(REASON_NAMES[reason] for reason in pair.reasons)


def _differs(pair: CandidateView) -> str:
    return ", ".join(FIELD_NAMES[name] for name in pair.differs) or "không thấy khác"


def pair_model(
    pair: CandidateView, typed: QueryDict, refusal: DomainError | None = None
) -> PairPage:
    wanted = typed.get("survivor", "") or typed.get("giu", "")
    kept = next((side for side in pair.sides if str(side.person_id) == wanted), None)
    gone = next((side for side in pair.sides if kept and side is not kept), None)
    holds = {side.person_id: _holds(side) for side in pair.sides}
    return PairPage(
        title=f"{pair.sides[0].full_name} và {pair.sides[1].full_name}",
        chip=Chip(label=STATE_NAMES[pair.state], tone=TONES[pair.state]),
        why=_why(pair),
        differs=_differs(pair),
        decided=_decided(pair),
        sides=tuple(
            SideCard(
                id=str(side.person_id),
                title=f"Bản ghi {number}",
                facts=_facts(side),
                holds=holds[side.person_id],
                preview_url=f"{URL}/{pair.id}?giu={side.person_id}#gop",
                kept=side is kept,
            )
            for number, side in enumerate(pair.sides, 1)
        ),
        survivor=str(kept.person_id) if kept else "",
        survivor_name=f"{kept.full_name}, {_number(kept)}" if kept else "",
        moves=holds[gone.person_id] if gone else (),
        undecided=pair.state in UNDECIDED,
        merged=pair.merge_id is not None,
        url=f"{URL}/{pair.id}/quyet-dinh",
        typed_reason=typed.get("reason", ""),
        typed_evidence=typed.get("evidence", ""),
        crumbs=(crumbs()[0], Crumb(label=TITLE, url=URL), Crumb(label="So hai bản ghi")),
        errors=(FieldError(text=refusal.message, field=refusal.field or ""),) if refusal else (),
    )


def _facts(side: Side) -> tuple[Fact, ...]:
    return (
        Fact(label="Họ tên", value=side.full_name),
        Fact(label="Số định danh", value=_number(side)),
        Fact(label="Ngày sinh", value=dates.day(side.born_on) if side.born_on else "chưa biết"),
        Fact(label="Giới tính", value=SEX_NAMES.get(side.sex, "chưa biết")),
        Fact(label="Nơi ở", value=side.address_text or "chưa biết"),
        Fact(label="Ai cho biết", value=source_name(side.source)),
        Fact(label="Có từ", value=dates.city_moment(side.known_since)),
        Fact(label="Tài khoản", value="có" if side.has_account else "không"),
    )


def _holds(side: Side) -> tuple[Fact, ...]:
    found = holdings.tallies(side.person_id)
    return tuple(Fact(label=name, value=count(number)) for name, number in found.items())


def _decided(pair: CandidateView) -> tuple[Fact, ...]:
    by = officer_names([pair.decided_by]) if pair.decided_by else {}
    note = "Đã hỏi" if pair.state is CandidateState.WAITING else "Lý do"
    told = (
        ("Quyết định lúc", dates.city_moment(pair.decided_at)),
        ("Người quyết định", by.get(pair.decided_by, "") if pair.decided_by else ""),
        (note, pair.note),
    )
    return tuple(Fact(label=label, value=value) for label, value in told if value)
