"""Trang của một lần sắp xếp: the form as typed, and the difference that it would make."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import QueryDict

from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import (
    ActKind,
    ActMalformed,
    Difference,
    OpenWork,
    ProposalState,
    ProposalView,
    Shifted,
    UnitChangedAlready,
    WorkNeedsHeir,
)
from motcua.kernel.actors import Actor
from motcua.kernel.errors import DomainError
from motcua.portals.office.asking import HERE
from motcua.portals.office.listing import Row, crumbs, number_cell
from motcua.ui import dates
from motcua.ui.parts import Action, Cell, Chip, Crumb, Fact, FieldError, Option, Table, Tone
from motcua.ui.parts import QuestionView as Question
from motcua.ui.words import count

URL = f"{HERE}/sap-xep"
TITLE = "Sắp xếp tổ chức"
KINDS = {
    ActKind.MERGER: "Sáp nhập, hợp nhất",
    ActKind.SPLIT: "Chia, tách",
    ActKind.RENAME: "Đổi tên",
    ActKind.TRANSFER: "Chuyển thẩm quyền",
    ActKind.DISSOLUTION: "Giải thể",
}
STATES = {
    ProposalState.WAITING: Chip(label="Chờ thi hành", tone=Tone.INFO, icon="clock"),
    ProposalState.CARRIED_OUT: Chip(label="Đã thi hành", tone=Tone.OK, icon="circle-check"),
    ProposalState.DROPPED: Chip(label="Đã bỏ", icon="x"),
}
ENDED_HEADS = (("Mã", False), ("Đơn vị kết thúc", False), ("Việc đang mở", True),
               ("Chuyển cho", False))  # fmt: skip
OPENED_HEADS = (("Mã", False), ("Đơn vị mở mới", False))
POLICIES = {
    OpenWork.STAY: "Ở lại nơi đang giải quyết cho đến khi xong",
    OpenWork.MOVE: "Chuyển sang nơi mới từ ngày có hiệu lực; ngày hẹn trả không đổi",
}
SHIFT_HEADS = (("Lĩnh vực", False), ("Phường, xã", False), ("Thủ tục", False), ("Từ", False),
               ("Sang", False), ("Hồ sơ đang mở", True), ("Mã hồ sơ", False))  # fmt: skip
UNRULED_HEADS = (("Lĩnh vực", False), ("Cấp", False), ("Mã phường, xã", False))


@dataclass(frozen=True, slots=True, kw_only=True)
class ActPage:
    """questions: empty for a proposal, which is read and not written. tables: the difference."""

    title: str
    crumbs: tuple[Crumb, ...]
    questions: tuple[Question, ...] = ()
    state: Chip | None = None
    facts: tuple[Fact, ...] = ()
    lines: tuple[str, ...] = ()
    is_seen: bool = False
    tables: tuple[Table, ...] = ()
    actions: tuple[Action, ...] = ()
    errors: tuple[FieldError, ...] = ()


def waiting() -> tuple[ProposalView, ...]:
    found = organisations.act_proposals()
    return tuple(one for one in found if one.state is ProposalState.WAITING)


def form(
    typed: QueryDict,
    wrong: Sequence[tuple[str, str]] = (),
    *,
    difference: Difference | None = None,
) -> ActPage:
    """As it was typed, with what is wrong or what would change."""
    return ActPage(
        title="Soạn sắp xếp",
        crumbs=crumbs(Crumb(label=TITLE, url=URL), Crumb(label="Soạn sắp xếp")),
        questions=_questions(typed, wrong),
        is_seen=difference is not None,
        facts=facts_of(difference) if difference else (),
        tables=tuple(tables_of(difference)) if difference else (),
        errors=tuple(FieldError(field=field, text=text) for field, text in wrong),
    )


def proposal(
    view: ProposalView, actor: Actor, *, now: datetime, refusal: DomainError | None = None
) -> ActPage:
    """Read by the second administrator, with the difference as of now."""
    difference = None
    is_waiting = view.state is ProposalState.WAITING
    if is_waiting and refusal is None:
        try:
            difference = organisations.foresee(view.text, now=now)
        except (ActMalformed, UnitChangedAlready, WorkNeedsHeir) as changed:
            refusal = changed
    here, text = f"{URL}/de-nghi/{view.id}", view.text
    return ActPage(
        title=text.title,
        crumbs=crumbs(Crumb(label=TITLE, url=URL), Crumb(label=text.title)),
        state=STATES[view.state],
        facts=(*_said(view), *(facts_of(difference) if difference else ())),
        lines=(*text.passes, *text.opens, *text.rulings),
        is_seen=difference is not None,
        tables=tuple(tables_of(difference)) if difference else (),
        actions=tuple(_actions(view, actor, here)) if is_waiting else (),
        errors=tuple(FieldError(text=said) for _field, said in mistakes(refusal))
        if refusal
        else (),
    )


def mistakes(refusal: DomainError) -> tuple[tuple[str, str], ...]:
    if isinstance(refusal, ActMalformed) and refusal.mistakes:
        return refusal.mistakes
    units = refusal.facts.get("units") or refusal.facts.get("unit")
    return (("passes", f"{refusal.message} ({units})" if units else refusal.message),)


def _said(view: ProposalView) -> tuple[Fact, ...]:
    text = view.text
    facts = (
        Fact(label="Loại", value=KINDS[text.kind]),
        Fact(label="Số văn bản", value=text.document or "chưa có, sẽ ghi là chưa xác minh"),
        Fact(label="Có hiệu lực", value=dates.day(text.effective_on)),
        Fact(
            label="Hồ sơ mở khi chỉ thẩm quyền chuyển",
            value=POLICIES[text.open_work] if text.rulings else "",
        ),
        Fact(label="Trình lúc", value=dates.city_moment(view.proposed_at)),
        Fact(label="Quyết định lúc", value=dates.city_moment(view.decided_at)),
    )
    return tuple(fact for fact in facts if fact.value)


def _actions(view: ProposalView, actor: Actor, here: str) -> Iterator[Action]:
    if view.proposed_by != actor.account_id:
        yield Action(label="Thi hành", url=f"{here}/thi-hanh", kind="primary", post=True)
    yield Action(label="Bỏ đề nghị", url=f"{here}/bo", kind="danger", post=True)


def facts_of(found: Difference) -> tuple[Fact, ...]:
    work = sum(tasks for _old, _new, tasks in found.heirs)
    return (
        Fact(label="Đơn vị kết thúc", value=count(len(found.ended))),
        Fact(label="trong đó đi theo đơn vị cấp trên", value=count(len(found.parts))),
        Fact(label="Đơn vị mở mới", value=count(len(found.opened))),
        Fact(label="Vị trí chuyển theo", value=count(found.posts_moved)),
        Fact(label="Thẩm quyền chuyển", value=count(found.rulings_moved)),
        Fact(label="Thẩm quyền không còn ai", value=count(len(found.unruled))),
        Fact(label="Việc đang mở sẽ chuyển", value=count(work)),
        Fact(
            label="Hồ sơ đang mở ở nơi chỉ thẩm quyền chuyển",
            value=count(sum(one.cases for one in found.shifts)),
        ),
    )


def tables_of(found: Difference) -> Iterator[Table]:
    if found.ended:
        yield Table(
            caption="Đơn vị kết thúc và nơi nhận việc",
            heads=ENDED_HEADS,
            rows=tuple(_ended(found, *row) for row in found.heirs),
        )
    if found.opened:
        rows = (found.named(unit) for unit in found.opened)
        yield Table(
            caption="Đơn vị mở mới",
            heads=OPENED_HEADS,
            rows=tuple((Cell(text=code), Cell(text=name)) for code, name in rows),
        )
    if found.shifts:
        yield Table(
            caption="Thẩm quyền chuyển mà không đơn vị nào kết thúc, và hồ sơ đang mở",
            caption_shown=True,
            heads=SHIFT_HEADS,
            rows=tuple(_shifted(found, one) for one in found.shifts),
        )
    if found.unruled:
        yield Table(
            caption="Việc chưa ai có thẩm quyền sau ngày đó",
            heads=UNRULED_HEADS,
            rows=tuple(tuple(Cell(text=word or "mọi") for word in row) for row in found.unruled),
        )


def _shifted(found: Difference, one: Shifted) -> Row:
    shift, more = one.shift, one.cases - len(one.codes)
    codes = ", ".join(one.codes) + (f" và {count(more)} hồ sơ nữa" if more > 0 else "")
    return (
        Cell(text=shift.agency_key or "mọi"),
        Cell(text=shift.ward_code or "toàn thành phố"),
        Cell(text=shift.procedure_code or "mọi"),
        Cell(text=found.named(shift.old_authority)[1]),
        Cell(text=found.named(shift.new_authority)[1]),
        number_cell(count(one.cases)),
        Cell(text=codes),
    )


def _ended(found: Difference, old: UUID, new: UUID | None, tasks: int) -> Row:
    code, name = found.named(old)
    heir_code, heir = found.named(new)
    moves = f"{heir} ({heir_code})" if new else "không còn việc để chuyển"
    return (Cell(text=code), Cell(text=name), number_cell(count(tasks)), Cell(text=moves))


def _questions(typed: QueryDict, wrong: Sequence[tuple[str, str]]) -> tuple[Question, ...]:
    said = dict(reversed(wrong))  # of several the first
    day = tuple((p, typed.get(f"effective_on.{p}", "")) for p in ("day", "month", "year"))

    def line(key: str, label: str, *, help: str = "", example: str = "", kind: str = "text",
             required: bool = False) -> Question:  # fmt: skip
        return Question(
            key=key, label=label, help=help, example=example, type=kind, required=required,
            value=typed.get(key, ""), error=said.get(key, ""),
        )  # fmt: skip

    return (
        Question(
            key="kind", label="Loại", type="choice", value=typed.get("kind", ""),
            error=said.get("kind", ""),
            options=tuple(Option(value=kind.value, label=name) for kind, name in KINDS.items()),
        ),
        line("title", "Tên quyết định", required=True),
        line("document", "Số văn bản", help="Để trống thì ghi là chưa xác minh."),
        Question(
            key="effective_on", label="Có hiệu lực từ ngày", type="date", parts=day,
            error=said.get("effective_on", ""),
        ),
        line(
            "passes", "Đơn vị cũ vào đơn vị nào",
            help="Mỗi dòng: mã cũ > mã mới. Thêm «; một phần» khi đơn vị bị chia,"
            " «; nhận việc» ở nơi nhận việc đang mở. Không có mã mới là giải thể.",
            kind="long_text", example="H29.99.10 > H29.99.90",
        ),
        line(
            "opens", "Đơn vị mở mới",
            help="Mỗi dòng: mã | tên đầy đủ | tên ngắn | mã cấp trên | mã phường, xã.",
            kind="long_text",
            example="H29.99.90 | Sở Quy hoạch và Xây dựng | Sở QH-XD | H29",
        ),
        line(
            "rulings", "Thẩm quyền từ ngày đó",
            help="Mỗi dòng: lĩnh vực | cấp | mã phường, xã | mã nơi quyết định | nơi giải quyết"
            " | mã thủ tục. Để trống mã thủ tục là mọi thủ tục của lĩnh vực.",
            kind="long_text", example="TOURISM | CITY | | H29.99.15",
        ),
        Question(
            key="open_work", label="Hồ sơ đang mở khi chỉ thẩm quyền chuyển", type="choice",
            value=typed.get("open_work", OpenWork.STAY), required=False,
            help="Chọn như quyết định ghi. Hồ sơ đã ký luôn ở lại nơi đã ký.",
            options=tuple(Option(value=key.value, label=said) for key, said in POLICIES.items()),
        ),
    )  # fmt: skip
