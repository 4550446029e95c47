"""Mô hình trang quầy: the person, the procedures found, the slip."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import QueryDict

from motcua.contexts.casework.contracts import Phase
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import DeskView, DraftView, Receipt, Source
from motcua.contexts.dossiers.web.desk import money, origins
from motcua.contexts.dossiers.web.desk.filing import filed_facts
from motcua.contexts.identity import public as identity
from motcua.contexts.identity.contracts import NotAtYourDesk, PersonView
from motcua.contexts.identity.contracts.mandates import KIND_NAMES, MandateView
from motcua.contexts.organisations import public as organisations
from motcua.contexts.procedures.contracts import Hit
from motcua.kernel.actors import Act, Actor, Role
from motcua.kernel.clock import city_time
from motcua.ui import dates
from motcua.ui.parts import Fact, FieldError, FileRow, Option, QuestionView
from motcua.ui.words import in_fours

AT_COUNTER = (
    Option(value=Source.COUNTER, label="Nộp bản giấy tại quầy"),
    Option(
        value=Source.ASSISTED,
        label="Nộp giúp trực tuyến",
        help="Người nộp đứng cạnh và đồng ý. Bạn đọc phiếu, ghi câu trả lời của họ.",
    ),
    Option(value=Source.POST, label="Gửi qua bưu chính", help="Bạn mở bì thư và nhập thay."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoPage:
    questions: tuple[QuestionView, ...]
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundProcedure:
    code: str
    name: str
    note: str
    runnable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDraft:
    name: str
    url: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    name: str
    facts: tuple[Fact, ...]
    asked: str
    found: tuple[FoundProcedure, ...]  # what can be begun here stands first
    sources: tuple[Option, ...]
    principals: tuple[Option, ...]  # for whom the person may file; empty: for themselves alone
    drafts: tuple[OpenDraft, ...]
    search_url: str
    begin_url: str
    mandates_url: str
    numbers_url: str
    household_url: str
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SentPage:
    """The slip of a dossier sent at the counter, before and after it is received."""

    code: str
    title: str
    received: bool
    due: str
    unit: str
    qr: str
    facts: tuple[Fact, ...]
    papers: tuple[FileRow, ...]
    officer: str
    applicant: str
    receive_url: str
    seen_version: int
    desk_url: str
    forms: tuple[FileRow, ...]
    errors: tuple[FieldError, ...] = ()


def who_page(typed: QueryDict, errors: Mapping[str, str] | None = None) -> WhoPage:
    wrong = errors or {}
    born = tuple((part, typed.get(f"born_on.{part}", "")) for part in ("day", "month", "year"))
    return WhoPage(
        questions=(
            QuestionView(
                key="personal_number",
                label="Số định danh cá nhân",
                type="personal_number",
                value=typed.get("personal_number", ""),
                help="12 chữ số trên thẻ căn cước. Máy quét chỉ cần đọc số này.",
                error=wrong.get("personal_number", ""),
            ),
            QuestionView(
                key="full_name",
                label="Họ và tên",
                type="person_name",
                value=typed.get("full_name", ""),
                error=wrong.get("full_name", ""),
            ),
            QuestionView(
                key="born_on",
                label="Ngày sinh",
                type="date",
                parts=born,
                error=wrong.get("born_on", ""),
            ),
            QuestionView(
                key="phone",
                label="Số điện thoại",
                type="phone",
                value=typed.get("phone", ""),
                help="Để nhắn khi có kết quả.",
                required=False,
                error=wrong.get("phone", ""),
            ),
        ),
        errors=tuple(FieldError(text=text, field=name) for name, text in wrong.items()),
    )


def person_page(
    person: PersonView, asked: str, hits: Sequence[Hit], actor: Actor, *, now: datetime
) -> PersonPage:
    url = f"/quay/nguoi/{person.id}"
    held = _held(person.id, actor, now)
    ours = {person.id, *(one.principal_id for one in held)}
    facts = [Fact(label="Số định danh", value=person.personal_number_masked)]
    if person.born_on:
        facts.append(Fact(label="Ngày sinh", value=dates.day(person.born_on)))
    facts.append(Fact(label="Điện thoại", value=person.phone or "Chưa có"))
    if person.address_text or person.ward_code:
        lives = person.address_text or dossiers.ward_name(person.ward_code)
        facts.append(Fact(label="Nơi ở", value=lives))
    return PersonPage(
        name=person.full_name,
        facts=tuple(facts),
        asked=asked,
        found=tuple(
            FoundProcedure(
                code=hit.code,
                name=hit.name,
                note=f"{hit.code} · {hit.field}",
                runnable=hit.is_runnable,
            )
            for hit in sorted(hits, key=lambda hit: not hit.is_runnable)
        ),
        sources=AT_COUNTER,
        principals=tuple(
            Option(
                value=str(one.id),
                label=f"Thay {one.principal_name}",
                help=f"Với tư cách {KIND_NAMES[one.kind]}.",
            )
            for one in held
        ),
        drafts=tuple(
            _draft(draft)
            for draft in dossiers.drafts_of(actor, now=now)
            if draft.applicant_person_id in ours
        ),
        search_url=url,
        begin_url=f"{url}/nop",
        mandates_url=f"{url}/uy-quyen",
        numbers_url=f"{url}/so-dinh-danh",
        household_url=f"{url}/ho-gia-dinh",
    )


def _held(person_id: UUID, actor: Actor, now: datetime) -> tuple[MandateView, ...]:
    """Mandates under which the person may hand in; none before the desk has found them."""
    try:
        held, _given = identity.mandates_of_visitor(person_id, actor=actor, now=now)
    except NotAtYourDesk:
        return ()
    return tuple(one for one in held if one.in_force and Act.SUBMIT in one.scope.acts)


def _draft(draft: DraftView) -> OpenDraft:
    saved = dates.city_moment(draft.saved_at)
    return OpenDraft(name=draft.version.name, url=f"/nhap/{draft.id}", note=f"lưu {saved}")


def ward_of_desk(actor: Actor) -> str:
    """The commune where the receiver sits."""
    units = organisations.units_by_id(actor.unit_ids(Role.RECEIVER)).values()
    return next((unit.ward_code for unit in units if unit.ward_code), "")


def sent_page(view: DeskView, receipt: Receipt) -> SentPage:
    dossier = view.dossier
    received = dossier.phase is not Phase.INTAKE
    offered = any(action.key == "receive" for action in view.actions)
    due = dossier.clock.due_at
    return SentPage(
        code=dossier.code,
        title=dossier.version.name,
        received=received,
        due=_due_words(city_time(due)) if received and due else "Tính từ khi tiếp nhận",
        unit=dossier.receiving_unit,
        qr=dossiers.track_url(dossier.code),
        facts=(
            Fact(label="Người nộp", value=dossier.applicant_name),
            *filed_facts(dossier),
            Fact(
                label="Thủ tục", value=f"{dossier.version.name} ({dossier.version.procedure_code})"
            ),
            Fact(label="Cơ quan giải quyết", value=dossier.competent_unit),
            Fact(label="Nộp lúc", value=dates.city_moment(receipt.submitted_at)),
            Fact(label="Mã tra cứu", value=receipt.secret),
            *_mark_facts(dossier.code),
            *money.fee_of(dossier),
        ),
        papers=tuple(FileRow(name=p.name, note=origins.came_as(p)) for p in dossier.papers),
        officer=next((e.actor_name for e in reversed(dossier.events) if e.action == "receive"), ""),
        applicant=dossier.applicant_name,
        receive_url=f"/quay/ho-so/{dossier.code}/tiep-nhan" if offered else "",
        seen_version=dossier.version_seen,
        desk_url=f"/ban/ho-so/{dossier.code}",
        forms=tuple(
            FileRow(name=paper.title, url=f"/giay-to/tep/{paper.file_id}")
            for paper in dossier.issued
        ),
    )


def _mark_facts(code: str) -> tuple[Fact, ...]:
    """The digest of the leaf, so that paper in the applicant's hand binds the ledger."""
    mark = dossiers.submission_mark(code)
    return (Fact(label="Dấu trong sổ cái", value=in_fours(mark)),) if mark else ()


def _due_words(due: datetime) -> str:
    return f"{dates.hour(due)}, {dates.long_day(due)}"
