"""Mô hình trang nhận hồ sơ: the person, procedures with papers, fee and due date; the receipts."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from motcua.contexts.counters.actions.intake import answers_of, asked
from motcua.contexts.counters.contracts.intake import Came, Item, State
from motcua.contexts.counters.queries import intake as queries
from motcua.contexts.counters.queries import queue
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import (
    DossierView,
    PaperSource,
    PaperView,
    ReturnForm,
)
from motcua.contexts.dossiers.contracts.counter import Outcome
from motcua.contexts.dossiers.contracts.shortcomings import Shortcoming
from motcua.contexts.identity import public as identity
from motcua.contexts.identity.contracts import PersonView
from motcua.contexts.organisations import public as organisations
from motcua.contexts.procedures.contracts import ComponentView, Hit
from motcua.contexts.reference import public as reference
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import city_date, city_time
from motcua.kernel.errors import DomainError
from motcua.kernel.forms import condition_table
from motcua.kernel.money import Money
from motcua.ui import dates
from motcua.ui.parts import Fact, FieldError, FileRow, Option, QuestionView
from motcua.ui.questions import Around, question_views
from motcua.ui.words import masked_name

NUMBER = re.compile(r"\d{12}")
TAKEN = {
    Outcome.RECEIVE: "Đã tiếp nhận. Bạn in giấy hẹn và trao cho người nộp.",
    Outcome.GUIDE: "Chưa nhận. Phiếu hướng dẫn bổ sung đã gửi và sẵn để in.",
    Outcome.DECLINE: "Không nhận. Phiếu từ chối có lý do đã gửi và sẵn để in.",
}
RETURNS = (
    Option(value=ReturnForm.COUNTER, label="Tại quầy"),
    Option(value=ReturnForm.ELECTRONIC, label="Bản điện tử trong Ví giấy tờ"),
)
WAYS = (
    Option(value=Came.SHOWN, label="Xem bản chính, trả lại"),
    Option(value=Came.HANDED, label="Nộp bản giấy, sẽ quét"),
    Option(value=Came.MISSING, label="Chưa có"),
)
REGISTER = "Cơ sở dữ liệu quốc gia về dân cư"
UNKNOWN_DUE = "Ngày hẹn theo quy định riêng, báo sau khi nhận"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """comes: of itself, in words; else asked with `question`. condition: which answers call for it;
    applies: those given so far do.
    """

    name: str
    condition: str
    applies: bool
    comes: str = ""
    question: QuestionView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    number: int
    name: str
    questions: tuple[QuestionView, ...]
    papers: tuple[Paper, ...]
    fee: str
    due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Calling:
    """Who stands at the receiver's window, and what calls the next; seen: as the queue has it."""

    label: str
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakePage:
    """who: asked while nobody is found. offered: what this receiver had last."""

    who: tuple[QuestionView, ...]
    people: tuple[Option, ...]
    person: str
    person_facts: tuple[Fact, ...]
    procedures: tuple[Procedure, ...]
    offered: tuple[Option, ...]
    search: str
    search_error: str
    phone: QuestionView | None
    returns: QuestionView
    declining: tuple[QuestionView, ...]
    total: str
    notice: str
    seal: str
    visit: str
    calling: Calling | None
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """One receipt of A5. outcome: what it says on top."""

    title: str
    code: str
    due: str
    unit: str
    qr: str
    facts: tuple[Fact, ...]
    papers: tuple[FileRow, ...]
    applicant: str
    officer: str
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenPage:
    slips: tuple[Slip, ...]
    total: str
    links: tuple[Option, ...]
    calling: Calling | None
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DisplayPage:
    name: str
    lines: tuple[Fact, ...]
    errors: tuple[FieldError, ...] = ()


def calling_at(actor: Actor, *, now: datetime) -> Calling | None:
    """None for a receiver who has no window open today."""
    window = queue.own_window(actor, now=now)
    if window is None:
        return None
    called = queue.ticket(window.current_id) if window.current_id else None
    return Calling(label=called.label if called else "", seen=str(window.current_id or ""))


def number_in(text: str) -> str:
    """The number of a card: what stands before the first `|` of a scan, or what was typed."""
    first = text.partition("|")[0]
    found = NUMBER.search(re.sub(r"[\s.\-]", "", first))
    return found[0] if found else first.strip()


def intake_page(
    state: State,
    actor: Actor,
    *,
    wrong: Mapping[str, str],
    typed: Mapping[str, str],
    people: Sequence[PersonView],
    offered: Sequence[Hit],
    seal: str,
    now: datetime,
) -> IntakePage:
    ward = ward_of(actor)
    procedures = tuple(_procedure(one, n, ward, wrong, now) for n, one in enumerate(state.items))
    name, facts = _person(state)
    return IntakePage(
        who=() if state.person_id else who_questions(typed, wrong, people),
        people=tuple(same_number(one) for one in people),
        person=name,
        person_facts=facts,
        procedures=procedures,
        offered=tuple(Option(value=hit.code, label=hit.name) for hit in offered),
        search=typed.get("q", ""),
        search_error=wrong.get("q", ""),
        phone=_phone(state, wrong) if state.person_id and not _known_phone(state) else None,
        returns=QuestionView(
            key="return_form", label="Nhận kết quả", type="choice", value=state.return_form,
            options=RETURNS,
        ),
        declining=_declining(state, wrong),
        total=_total(state, ward, now),
        notice=state.notice,
        seal=seal,
        visit=state.visit,
        calling=calling_at(actor, now=now),
        errors=tuple(FieldError(text=text, field=_place(key)) for key, text in wrong.items()),
    )  # fmt: skip


def _known_phone(state: State) -> str:
    return identity.contact_of(state.person_id).phone if state.person_id else ""


def _phone(state: State, wrong: Mapping[str, str]) -> QuestionView:
    """Asked of whom nobody can reach yet; what a person told before, a desk does not change."""
    return QuestionView(
        key="phone", label="Điện thoại để nhắn kết quả", type="phone", value=state.phone,
        required=False, error=wrong.get("phone", ""),
    )  # fmt: skip


def _place(key: str) -> str:
    return "" if key == "form" else key


def ward_of(actor: Actor) -> str:
    unit_id = next(iter(sorted(actor.unit_ids(Role.RECEIVER), key=str)))
    return organisations.unit_by_id(unit_id).ward_code


def who_questions(
    typed: Mapping[str, str], wrong: Mapping[str, str], people: Sequence[PersonView]
) -> tuple[QuestionView, ...]:
    number = QuestionView(
        key="number",
        label="Quét thẻ căn cước, hoặc nhập số định danh",
        value=number_in(typed.get("number", "")),
        help="Máy quét chỉ cần đọc 12 chữ số. Phần còn lại lấy từ dữ liệu Thành phố.",
        keyboard="text",
        error=wrong.get("number", ""),
    )
    if not typed or (people and all(one.born_on for one in people)):
        return (number,)
    born = tuple((part, typed.get(f"born_on.{part}", "")) for part in ("day", "month", "year"))
    return (
        number,
        QuestionView(
            key="full_name", label="Họ và tên", type="person_name",
            value=typed.get("full_name", ""), error=wrong.get("full_name", ""),
        ),
        QuestionView(key="born_on", label="Ngày sinh", type="date", parts=born),
    )  # fmt: skip


def same_number(one: PersonView) -> Option:
    born = dates.day(one.born_on) if one.born_on else "chưa rõ ngày sinh"
    return Option(value=str(one.id), label=f"{one.full_name}, {born}")


def _person(state: State) -> tuple[str, tuple[Fact, ...]]:
    if state.person_id is None:
        return "", ()
    person = identity.person(state.person_id)
    facts = [Fact(label="Số định danh", value=person.personal_number_masked)]
    if person.born_on:
        facts.append(Fact(label="Ngày sinh", value=dates.day(person.born_on)))
    if lives := person.address_text or person.ward_code:
        facts.append(Fact(label="Nơi ở", value=lives))
    if phone := _known_phone(state):
        facts.append(Fact(label="Nhắn kết quả đến", value=phone))
    return person.full_name, tuple(facts)


def _procedure(
    item: Item, number: int, ward: str, wrong: Mapping[str, str], now: datetime
) -> Procedure:
    version = queries.version_of(item.code, on=city_date(now), ward=ward)
    answers = answers_of(version, item)
    around = Around(
        errors={
            key.removeprefix(f"a{number}."): text
            for key, text in wrong.items()
            if key.startswith(f"a{number}.")
        },
        choices={"communes": _communes(now)},
    )
    views = question_views(asked(version), answers, around)
    fee, due = _promised(item.code, answers, ward, now)
    applying = {one.key for one in version.components_for(answers)}
    return Procedure(
        number=number,
        name=version.name,
        questions=tuple(
            replace(one, key=f"a{number}.{one.key}", source=_source(one.key, item)) for one in views
        ),
        papers=tuple(
            _paper(one, item, number, applies=one.key in applying) for one in version.components
        ),
        fee=fee,
        due=due,
    )


def _source(key: str, item: Item) -> str:
    return REGISTER if key in item.told else ""


def _promised(
    code: str, answers: Mapping[str, object], ward: str, now: datetime
) -> tuple[str, str]:
    """Fee and due date in words, of the answers so far."""
    try:
        quote = dossiers.quote(code, answers, ward_code=ward, at=now)
    except DomainError as refusal:
        return "", refusal.message
    return _fee(quote.fee_dong), _due(quote.due_at)


def promises(state: State, actor: Actor, *, now: datetime) -> dict[str, str]:
    """The same for every procedure of the visit, by the place where the page says it."""
    ward, told = ward_of(actor), dict[str, str]()
    for number, item in enumerate(state.items):
        version = queries.version_of(item.code, on=city_date(now), ward=ward)
        fee, due = _promised(item.code, answers_of(version, item), ward, now)
        told |= {f"fee{number}": fee, f"due{number}": due}
    return told | {"total": _total(state, ward, now)}


def _communes(now: datetime) -> tuple[Option, ...]:
    found = reference.communes(city_date(now))
    return tuple(Option(value=one.code, label=one.full_name) for one in found)


def _paper(component: ComponentView, item: Item, number: int, *, applies: bool) -> Paper:
    condition = component.applies_if
    told = Paper(
        name=component.name,
        condition=json.dumps(condition_table(condition)) if condition else "",
        applies=applies,
    )
    if component.filled_here:
        return replace(told, comes="Tờ khai giấy, nhập sau khi nhận")
    if component.replaced_by:
        return replace(told, comes="Lấy từ cơ sở dữ liệu, không cần bản giấy")
    asked_for = QuestionView(
        key=f"p{number}.{component.key}",
        label=component.name,
        type="choice",
        value=item.papers.get(component.key, ""),
        help=component.note,
        required=component.required,
        options=WAYS,
    )
    return replace(told, question=asked_for)


def _declining(state: State, wrong: Mapping[str, str]) -> tuple[QuestionView, ...]:
    return (
        QuestionView(
            key="reason", label="Lý do không nhận", type="long_text", value=state.reason,
            required=False, error=wrong.get("reason", ""),
        ),
        QuestionView(
            key="citation", label="Điểm luật", value=state.citation, required=False,
            example="Nghị định 118/2025/NĐ-CP, Điều 15",
        ),
    )  # fmt: skip


def _fee(dong: int | None) -> str:
    if dong is None:
        return "Cán bộ nhập mức thu sau khi nhận"
    return Money(dong).vnd() if dong else "Không thu"


def _due(at: datetime | None) -> str:
    return f"{dates.hour(city_time(at))}, {dates.long_day(city_time(at))}" if at else UNKNOWN_DUE


def _total(state: State, ward: str, now: datetime) -> str:
    """Fees of the visit together; those that nobody knows yet are told apart."""
    known, open_ones = 0, 0
    for item in state.items:
        version = queries.version_of(item.code, on=city_date(now), ward=ward)
        try:
            dong = dossiers.quote(
                item.code, answers_of(version, item), ward_code=ward, at=now
            ).fee_dong
        except DomainError:
            continue
        known, open_ones = known + (dong or 0), open_ones + (dong is None)
    more = f", {open_ones} thủ tục chưa có mức thu" if open_ones else ""
    return f"{Money(known).vnd()}{more}"


def taken_page(codes: Sequence[str], actor: Actor, *, now: datetime) -> TakenPage:
    views = [dossiers.dossier(code, actor, now=now) for code in codes]
    bills = [view.invoice.total for view in views if view.invoice]
    return TakenPage(
        slips=tuple(_slip(view, actor) for view in views),
        total=Money(sum(bills)).vnd() if bills else "Không thu",
        calling=calling_at(actor, now=now),
        links=tuple(
            Option(value=f"/quay/ho-so/{view.code}/to-khai", label=f"Nhập tờ khai {view.code}")
            for view in views
        ),
    )


def _slip(view: DossierView, actor: Actor) -> Slip:
    due = view.clock.due_at
    return Slip(
        title=_title(view),
        code=view.code,
        due=_due(due) if due else "Chưa hẹn ngày trả",
        unit=view.receiving_unit,
        qr=dossiers.track_url(view.code),
        facts=(
            Fact(label="Người nộp", value=view.applicant_name),
            Fact(label="Thủ tục", value=view.version.name),
            Fact(label="Nơi giải quyết", value=view.competent_unit),
            Fact(label="Nhận lúc", value=dates.city_moment(view.submitted_at)),
            Fact(label="Phí, lệ phí", value=_bill(view)),
            Fact(label="Mã tra cứu", value=view.secret),
            *(Fact(label="Còn thiếu", value=item.what) for item in _lacking(view)),
        ),
        papers=tuple(FileRow(name=one.name, note=_came(one)) for one in view.papers),
        applicant=view.applicant_name,
        officer=actor.name,
    )


def _came(paper: PaperView) -> str:
    if paper.source is PaperSource.HANDED_IN:
        return "bản giấy đã nộp"
    if paper.source is PaperSource.FROM_DATABASE:
        return "lấy từ cơ sở dữ liệu"
    return "đã xem bản chính, trả lại"


def _title(view: DossierView) -> str:
    if view.open_supplement:
        return "PHIẾU HƯỚNG DẪN BỔ SUNG HỒ SƠ"
    if view.clock.started_at is None:
        return "HỒ SƠ CHƯA ĐƯỢC TIẾP NHẬN"
    return "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"


def _lacking(view: DossierView) -> tuple[Shortcoming, ...]:
    return view.open_supplement.items if view.open_supplement else ()


def _bill(view: DossierView) -> str:
    return view.invoice.total.vnd() if view.invoice and view.invoice.total else "Không thu"


def display_page(codes: Sequence[str], actor: Actor, *, now: datetime) -> DisplayPage:
    views = [dossiers.dossier(code, actor, now=now) for code in codes]
    return DisplayPage(
        name=masked_name(views[0].applicant_name) if views else "",
        lines=tuple(
            Fact(label=view.code, value=_due(view.clock.due_at) if view.clock.due_at else "")
            for view in views
        ),
    )
