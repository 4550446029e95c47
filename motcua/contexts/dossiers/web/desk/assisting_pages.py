"""Trang nộp giúp: the sheet that is read out, and the two questions about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from motcua.contexts.dossiers.contracts.assisting import (
    AGREED,
    CONSENT_NAMES,
    IDENTIFIED_NAMES,
    AssistanceView,
    Consent,
    Identified,
)
from motcua.contexts.identity import public as identity
from motcua.contexts.procedures import public as procedures
from motcua.kernel.clock import city_date
from motcua.ui import dates
from motcua.ui.parts import Fact, FieldError, Option, QuestionView

ASKED_CONSENT = (
    Option(value=Consent.SIGNED, label=CONSENT_NAMES[Consent.SIGNED]),
    Option(value=Consent.CODE, label=CONSENT_NAMES[Consent.CODE]),
    Option(
        value=Consent.REFUSED,
        label=CONSENT_NAMES[Consent.REFUSED],
        help="Không có gì được nộp. Họ tự nộp hoặc nộp bản giấy vẫn được.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentPage:
    """read: the sentences, word for word; url: of this page; begin_url: when it is answered."""

    title: str
    procedure: str
    facts: tuple[Fact, ...]
    read: tuple[str, ...]
    told: tuple[str, ...]
    questions: tuple[QuestionView, ...]
    code: QuestionView | None
    code_url: str
    code_label: str
    back_url: str
    begin_url: str
    helper: str
    person: str
    unit: str
    day: str
    errors: tuple[FieldError, ...] = ()


def consent_page(
    asked: AssistanceView, typed: Mapping[str, str], errors: Mapping[str, str], *, now: datetime
) -> ConsentPage:
    person = identity.person(asked.person_id)
    version = procedures.open_version(asked.procedure_code, city_date(now), asked.ward_code)
    labels = {question.key: question.label for question in version.form.questions()}
    url = f"/quay/nop-giup/{asked.id}"
    facts = [Fact(label="Số định danh", value=person.personal_number_masked)]
    if person.born_on:
        facts.append(Fact(label="Ngày sinh", value=dates.day(person.born_on)))
    return ConsentPage(
        title=f"Nộp giúp {person.full_name}",
        procedure=version.name,
        facts=tuple(facts),
        read=_read_out(asked, version.name),
        told=tuple(labels[key] for key in asked.told if key in labels),
        questions=_questions(typed, errors),
        code=_code(typed, errors) if asked.code_sent_at else None,
        code_url=f"{url}/ma",
        code_label="Gửi mã khác" if asked.code_sent_at else "Gửi mã tới điện thoại của họ",
        back_url=f"/quay/nguoi/{asked.person_id}",
        begin_url=f"/nhap/{asked.draft_id}" if asked.consent in AGREED and asked.draft_id else "",
        helper=asked.helper,
        person=person.full_name,
        unit=asked.unit,
        day=dates.day(city_date(asked.asked_at)),
        errors=tuple(FieldError(text=text, field=name) for name, text in errors.items()),
    )


def _read_out(asked: AssistanceView, procedure: str) -> tuple[str, ...]:
    return (
        f"Tôi là {asked.helper}, {asked.unit}. Tôi nộp giúp ông/bà hồ sơ «{procedure}».",
        "Hồ sơ là của ông/bà. Ông/bà xem lại và chịu trách nhiệm về nội dung đã khai.",
        "Tôi chỉ xem các dữ liệu ghi dưới đây, để điền tờ khai này.",
        "Người khác sẽ giải quyết hồ sơ, không phải tôi.",
        "Nộp xong, ông/bà nhận tin báo. Nếu không phải ông/bà nộp, hãy báo ở tin đó hoặc gọi 1022.",
        "Ông/bà không đồng ý cũng được, và vẫn được nộp bản giấy như thường.",
    )


def _questions(
    typed: Mapping[str, str], errors: Mapping[str, str]
) -> tuple[QuestionView, QuestionView]:
    return (
        QuestionView(
            key="identified",
            label="Bạn nhận ra người này bằng cách nào",
            type="choice",
            value=typed.get("identified", ""),
            error=errors.get("identified", ""),
            options=tuple(Option(value=one, label=IDENTIFIED_NAMES[one]) for one in Identified),
        ),
        QuestionView(
            key="consent",
            label="Người này trả lời thế nào",
            type="choice",
            value=typed.get("consent", ""),
            error=errors.get("consent", ""),
            options=ASKED_CONSENT,
        ),
    )


def _code(typed: Mapping[str, str], errors: Mapping[str, str]) -> QuestionView:
    return QuestionView(
        key="code",
        label="Mã 6 chữ số họ đọc",
        value=typed.get("code", ""),
        error=errors.get("code", ""),
        keyboard="numeric",
        required=False,
    )
