"""View models of the pages about who stands at the desk."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import QueryDict

from motcua.contexts.identity import public as identity
from motcua.contexts.identity.contracts.mandates import (
    ACT_NAMES,
    KIND_NAMES,
    PROOF_NAMES,
    MandateView,
)
from motcua.contexts.identity.contracts.matching import END_NAMES, NumberEnd, NumberHeld
from motcua.contexts.procedures import public as procedures
from motcua.kernel.actors import Act, Actor, MandateKind
from motcua.kernel.clock import city_date
from motcua.kernel.errors import DomainError
from motcua.ui import dates
from motcua.ui.parts import Fact, FieldError, Option, QuestionView

DATES = ("day", "month", "year")
ON_PAPER = tuple(kind for kind in MandateKind if kind is not MandateKind.LEGAL_REPRESENTATIVE)
STANDS = (
    Option(value="representative", label="Người được ủy quyền", help="Người kia là người giao."),
    Option(value="principal", label="Người ủy quyền", help="Người kia là người làm thay."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateCard:
    title: str
    facts: tuple[Fact, ...]
    end_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MandatesPage:
    name: str
    back: str
    held: tuple[MandateCard, ...]
    given: tuple[MandateCard, ...]
    questions: tuple[QuestionView, ...]
    agreed: bool
    errors: tuple[FieldError, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumbersPage:
    name: str
    back: str
    history: tuple[Fact, ...]
    questions: tuple[QuestionView, ...]
    errors: tuple[FieldError, ...]


def person_url(person_id: UUID) -> str:
    return f"/quay/nguoi/{person_id}"


def mandates_url(person_id: UUID) -> str:
    return f"{person_url(person_id)}/uy-quyen"


def numbers_url(person_id: UUID) -> str:
    return f"{person_url(person_id)}/so-dinh-danh"


def mandates_page(
    person_id: UUID,
    typed: QueryDict,
    actor: Actor,
    now: datetime,
    refusal: DomainError | None = None,
) -> MandatesPage:
    """Raises: NotAtYourDesk."""
    held, given = identity.mandates_of_visitor(person_id, actor=actor, now=now)
    return MandatesPage(
        name=identity.person(person_id).full_name,
        back=person_url(person_id),
        held=tuple(_card(one, person_id, one.principal_name) for one in held),
        given=tuple(_card(one, person_id, one.representative_name) for one in given),
        questions=_mandate_questions(typed, now, _wrong(refusal)),
        agreed=typed.get("agreed") == "yes",
        errors=_errors(refusal),
    )


def _wrong(refusal: DomainError | None) -> dict[str, str]:
    return {refusal.field or "": refusal.message} if refusal else {}


def _errors(refusal: DomainError | None) -> tuple[FieldError, ...]:
    return (FieldError(text=refusal.message, field=refusal.field or ""),) if refusal else ()


def _card(one: MandateView, person_id: UUID, title: str) -> MandateCard:
    until = dates.day(one.valid_to) if one.valid_to else "không ghi ngày hết hạn"
    shown = ": ".join(part for part in (PROOF_NAMES[one.proof], one.evidence_note) if part)
    state = "Đang có hiệu lực" if one.in_force else "Đã hết hiệu lực"
    acts = ", ".join(ACT_NAMES[act] for act in Act if act in one.scope.acts)
    end = f"{mandates_url(person_id)}/{one.id}/thu-hoi"
    return MandateCard(
        title=title,
        facts=(
            Fact(label="Vai trò", value=KIND_NAMES[one.kind]),
            Fact(label="Được làm", value=acts),
            Fact(label="Thủ tục", value=", ".join(sorted(one.scope.procedures)) or "Mọi thủ tục"),
            Fact(label="Đến ngày", value=until),
            Fact(label="Căn cứ", value=shown),
            Fact(label="Tình trạng", value=state),
        ),
        end_url=end if one.revoked_at is None else "",
    )


def _mandate_questions(
    typed: QueryDict, now: datetime, wrong: dict[str, str]
) -> tuple[QuestionView, ...]:
    return (
        QuestionView(
            key="stands", label="Người đang ở quầy là", type="choice", options=STANDS,
            value=typed.get("stands", "") or "representative",
        ),
        QuestionView(
            key="name", label="Tên người kia, hoặc tên tổ chức", value=typed.get("name", ""),
            error=wrong.get("name", wrong.get("principal", "")),
        ),
        QuestionView(
            key="number", label="Số định danh của người kia", type="personal_number",
            value=typed.get("number", ""), required=False, help="Bỏ trống nếu là tổ chức.",
            error=wrong.get("number", ""),
        ),
        _date("born_on", "Ngày sinh của người kia", typed, wrong),
        QuestionView(
            key="tax_code", label="Mã số thuế", value=typed.get("tax_code", ""), required=False,
            help="Chỉ khi người ủy quyền là tổ chức.", error=wrong.get("tax_code", ""),
        ),
        QuestionView(
            key="kind", label="Vai trò của người làm thay", type="choice",
            options=tuple(Option(value=k, label=KIND_NAMES[k].capitalize()) for k in ON_PAPER),
            value=typed.get("kind", ""), error=wrong.get("kind", ""),
        ),
        QuestionView(
            key="acts", label="Việc được làm", type="multi_choice",
            options=tuple(Option(value=a, label=ACT_NAMES[a].capitalize()) for a in Act),
            values=tuple(typed.getlist("acts")), error=wrong.get("acts", ""),
        ),
        QuestionView(
            key="procedures", label="Thủ tục", type="multi_choice", options=_procedures(now),
            values=tuple(typed.getlist("procedures")), required=False,
            help="Không chọn gì là mọi thủ tục.",
        ),
        _date("until", "Ngày cuối cùng ghi trên giấy", typed, wrong),
        QuestionView(
            key="evidence", label="Tên, số của giấy đã xem", value=typed.get("evidence", ""),
            example="Văn bản ủy quyền số 12", error=wrong.get("evidence", ""),
        ),
    )  # fmt: skip


def _procedures(now: datetime) -> tuple[Option, ...]:
    current = procedures.all_current(city_date(now))
    return tuple(
        Option(value=hit.code, label=hit.name, help=hit.code)
        for hit in current
        if hit.is_runnable and not hit.generic
    )


def _date(key: str, label: str, typed: QueryDict, wrong: dict[str, str]) -> QuestionView:
    return QuestionView(
        key=key,
        label=label,
        type="date",
        parts=tuple((part, typed.get(f"{key}.{part}", "")) for part in DATES),
        required=False,
        error=wrong.get(key, ""),
    )


def numbers_page(
    person_id: UUID,
    typed: QueryDict,
    actor: Actor,
    now: datetime,
    refusal: DomainError | None = None,
) -> NumbersPage:
    """Raises: NotAtYourDesk."""
    wrong = _wrong(refusal)
    found = identity.numbers_of_visitor(person_id, actor=actor, now=now)
    return NumbersPage(
        name=identity.person(person_id).full_name,
        back=person_url(person_id),
        history=tuple(_number(one) for one in found),
        questions=(
            QuestionView(
                key="ended_as", label="Chuyện gì với số đang giữ", type="choice",
                options=tuple(Option(value=e, label=END_NAMES[e].capitalize()) for e in NumberEnd),
                value=typed.get("ended_as", "") or str(NumberEnd.CHANGED),
            ),
            QuestionView(
                key="new_number", label="Số mới", type="personal_number", required=False,
                value=typed.get("new_number", ""), help="Bỏ trống khi số bị hủy.",
                error=wrong.get("new_number", wrong.get("value", "")),
            ),
            QuestionView(
                key="reason", label="Lý do", value=typed.get("reason", ""),
                error=wrong.get("reason", ""),
            ),
            QuestionView(
                key="evidence", label="Tên, số của giấy đã xem", value=typed.get("evidence", ""),
                example="Giấy xác nhận số định danh 12/XN", error=wrong.get("evidence", ""),
            ),
        ),
        errors=_errors(refusal),
    )  # fmt: skip


def _number(one: NumberHeld) -> Fact:
    since = f"từ {dates.day(one.valid_from)}" if one.valid_from else "từ đầu"
    until = f" đến {dates.day(one.valid_to)}" if one.valid_to else ", đang dùng"
    why = END_NAMES[one.ended_as] if one.ended_as else ""
    note = ". ".join(part for part in (why, one.note) if part)
    return Fact(label=one.masked, value=f"{since}{until}", note=note)
