"""Bảy mẫu: the official papers of a dossier, issued once each.

Called by jobs (at least once) and by actions: `already` finds a paper issued before, so that a
repetition gives the same one.
"""

from dataclasses import replace
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import CaseView, EventView
from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import (
    AddressedTo,
    Approval,
    Form,
    Form01,
    Form02,
    Form03,
    Form04,
    Form05,
    FormPhase,
    Gap,
    Ground,
    IssuedKind,
    IssuedView,
    Letterhead,
    PaperLine,
    SignerInfo,
)
from motcua.contexts.dossiers import queries
from motcua.contexts.dossiers.contracts import (
    PaperForm,
    PaperSource,
    Shortcoming,
    SupplementPhase,
    SupplementView,
)
from motcua.contexts.dossiers.models import Dossier
from motcua.contexts.dossiers.queries import shortcomings
from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import SigningView, UnitView
from motcua.contexts.payments import public as payments
from motcua.contexts.procedures import public as procedures
from motcua.kernel import db
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.clock import city_date
from motcua.kernel.db import joins_transaction, owns_transaction

_FORM_WORDS = {
    PaperForm.ORIGINAL: "bản chính",
    PaperForm.COPY: "bản sao",
    PaperForm.ELECTRONIC: "bản điện tử",
}


def already(code: str, kind: IssuedKind, *, count: int = 1) -> bool:
    """Whether `count` papers of the kind were issued for the dossier."""
    return sum(1 for paper in documents.issued_of(code) if paper.kind == kind) >= count


@owns_transaction
def issue_receipt(code: str, *, now: datetime) -> None:
    """Mẫu 01, when the dossier has been accepted."""
    dossier, case = queries.for_letters(code)
    db.record(action="dossiers.issue_form_01", subject=code, actor=SYSTEM)
    if case.started_at is None or already(code, IssuedKind.FORM_01):
        return
    event = _event(case, {"move"})
    desk = organisations.unit_by_id(case.receiving_unit_id)
    clock, _days = casework.clock_of(code, as_of=now)
    invoice = payments.invoice_of(code)
    common = _common(dossier, case, desk, now)
    common["qr_url"] = queries.track_url(code)  # the receipt is scanned to follow, not to verify
    form = Form01(
        **common,
        applicant=replace(
            _addressed(dossier.applicant_person_id), filed_by=queries.filed_by(dossier, now=now)
        ),
        papers=_papers(dossier),
        received_at=case.started_at,
        due_at=clock.due_original,
        duration=casework.spec_words(case.clock),
        due_explained=clock.sentence,
        return_place=desk.name,
        receiver=event.actor_name if event else "",
        return_channel=queries.RETURN_WORDS[dossier.return_form],
        fee=invoice.total.vnd() if invoice and invoice.total else "Không thu",
        lookup_secret=dossier.secret,
        ledger_mark=queries.submission_mark(code),
    )
    _issue(form, IssuedKind.FORM_01, dossier, desk, event, now)


@owns_transaction
def issue_supplement(code: str, *, now: datetime) -> None:
    """Mẫu 02 for the newest request that has none."""
    dossier, case = queries.for_letters(code)
    db.record(action="dossiers.issue_form_02", subject=code, actor=SYSTEM)
    requests = queries.supplements_of(dossier)
    if not requests or already(code, IssuedKind.FORM_02, count=len(requests)):
        return
    request = requests[-1]
    event = _event(case, {"supplement"})
    unit = organisations.unit_by_id(
        event.unit_id if event and event.unit_id else case.competent_unit_id
    )
    form = Form02(
        **_common(dossier, case, unit, now),
        applicant=_addressed(dossier.applicant_person_id),
        phase=FormPhase(request.phase.value),
        gaps=tuple(map(_gap, request.items)),
        approval=_approval(event, unit, now),
        answer_by=city_date(request.answer_by) if request.answer_by else None,
        effect=_effect(request),
        contact_name=event.actor_name if event else "",
        contact_phone=unit.phone,
        where="Mở hồ sơ trong ứng dụng Công dân số, bấm «Gửi thêm»",
    )
    _issue(form, IssuedKind.FORM_02, dossier, unit, event, now)


def _gap(item: Shortcoming) -> Gap:
    return Gap(what=item.what, why=item.why, how=item.how, law=cited(item))


def _grounds(dossier: Dossier, event: EventView) -> tuple[Ground, ...]:
    """Item by item; the words of the event alone where it ended before items were kept."""
    items = shortcomings.ended_for(dossier)
    if not items:
        return (Ground(reason=event.note, law=str(event.facts.get("citation", ""))),)
    return tuple(
        Ground(what=item.what, reason=item.why, how=item.how, law=cited(item)) for item in items
    )


def cited(item: Shortcoming) -> str:
    """The citation with its mark."""
    if not item.law or item.law_verified:
        return item.law
    return f"{item.law} (chưa đối chiếu điều khoản)"


def _effect(request: SupplementView) -> str:
    if request.phase is SupplementPhase.INTAKE:
        return "Thời hạn giải quyết tính từ khi hồ sơ đủ và được tiếp nhận."
    return "Đồng hồ giải quyết dừng từ lúc gửi phiếu này và chạy tiếp khi Ông/Bà gửi đủ."


@owns_transaction
def issue_refusal(code: str, *, now: datetime) -> None:
    """Mẫu 03: why it was not received, and what can be done."""
    dossier, case = queries.for_letters(code)
    db.record(action="dossiers.issue_form_03", subject=code, actor=SYSTEM)
    event = _event(case, {"decline"})
    if event is None or already(code, IssuedKind.FORM_03):
        return
    desk = organisations.unit_by_id(case.receiving_unit_id)
    form = Form03(
        **_common(dossier, case, desk, now),
        applicant=_addressed(dossier.applicant_person_id),
        grounds=_grounds(dossier, event),
        approval=_approval(event, desk, now),
        instead="Ông/Bà có thể nộp lại khi đã có đủ điều kiện, hoặc hỏi bộ phận Một cửa.",
        contact_name=event.actor_name,
        contact_phone=desk.phone,
    )
    _issue(form, IssuedKind.FORM_03, dossier, desk, event, now)


@owns_transaction
def issue_stop(code: str, *, now: datetime) -> None:
    """Mẫu 05: processing stops, on request or by law, with the money settled."""
    dossier, case = queries.for_letters(code)
    db.record(action="dossiers.issue_form_05", subject=code, actor=SYSTEM)
    event = _event(case, {"stop", "stopped"})
    if event is None or already(code, IssuedKind.FORM_05):
        return
    on_request = event.kind == "stopped"
    wish = _event(case, {"withdrawal"})
    reason = (wish.note if wish else "") or "Người nộp xin rút hồ sơ"
    unit = organisations.unit_by_id(case.competent_unit_id)
    step = casework.process_table(case.process_id).step(case.step)
    form = Form05(
        **_common(dossier, case, unit, now),
        applicant=_addressed(dossier.applicant_person_id),
        received_at=case.started_at or case.opened_at,
        on_request=on_request,
        grounds=(Ground(reason=reason),) if on_request else _grounds(dossier, event),
        stage=step.name,
        approval=_approval(None if on_request else event, unit, now),
    )
    _issue(form, IssuedKind.FORM_05, dossier, unit, None if on_request else event, now)


@joins_transaction
def issue_apology(
    dossier: Dossier, case: CaseView, *, new_due: datetime, reason: str, actor: Actor, now: datetime
) -> IssuedView:
    """Mẫu 04, with the extension itself."""
    unit = organisations.unit_by_id(case.competent_unit_id)
    assert case.due_at is not None
    signing = _signing(actor, unit, now)
    position = signing.title if signing else unit.name
    form = Form04(
        **_common(dossier, case, unit, now),
        applicant=_addressed(dossier.applicant_person_id),
        received_at=case.started_at or case.opened_at,
        original_due_at=case.due_at,
        new_due_at=new_due,
        reason=reason,
        approval=Approval(
            position=position,
            full_name=actor.name,
            capacity="\n".join(signing.lines) if signing else "",
            signed_at=now,
        ),
        contact_name=actor.name,
        contact_phone=unit.phone,
    )
    return _sign(
        form,
        IssuedKind.FORM_04,
        dossier,
        unit,
        actor.officer_id or unit.id,
        actor.name,
        position,
        now,
    )


def _signing(actor: Actor, unit: UnitView, now: datetime) -> SigningView | None:
    if actor.officer_id is None:
        return None
    return organisations.signing_of(actor.officer_id, unit.id, city_date(now))


class _Common(TypedDict):
    """What every form begins with."""

    letterhead: Letterhead
    dossier_code: str
    procedure: str
    qr_url: str
    verify_code: str


def _common(dossier: Dossier, case: CaseView, unit: UnitView, now: datetime) -> _Common:
    version = procedures.version(dossier.procedure_version_id)
    above = organisations.units_above(unit.id)
    verify_code = documents.new_verify_code()
    return {
        "letterhead": Letterhead(
            superior=above[0].name if above else "",
            agency=unit.name,
            number=f"{dossier.code[-7:]}/TN",
            on=city_date(now),
        ),
        "dossier_code": dossier.code,
        "procedure": version.name,
        "qr_url": documents.verify_url(verify_code),
        "verify_code": verify_code,
    }


def _addressed(person_id: UUID) -> AddressedTo:
    person = identity.person(person_id)
    return AddressedTo(
        full_name=person.full_name,
        personal_number=person.personal_number_masked,
        address=person.address_text,
        phone=person.phone,
        email=person.email,
    )


def _papers(dossier: Dossier) -> tuple[PaperLine, ...]:
    lines = []
    for paper in queries.papers_of(dossier):
        file = paper.file
        words = _FORM_WORDS[paper.form]
        if paper.source is PaperSource.FROM_DATABASE:
            words = "lấy từ cơ sở dữ liệu"
        lines.append(
            PaperLine(
                name=paper.name,
                form=words,
                pages=file.pages if file else None,
                size=file.size if file else None,
                short_hash=file.short_hash if file else "",
            )
        )
    return tuple(lines)


def _event(case: CaseView, kinds: set[str]) -> EventView | None:
    return next((e for e in reversed(casework.events_of(case)) if e.kind in kinds), None)


def _approval(event: EventView | None, unit: UnitView, now: datetime) -> Approval:
    name = event.actor_name if event else ""
    return Approval(position=unit.name, full_name=name, signed_at=now)


def _issue(
    form: Form,
    kind: IssuedKind,
    dossier: Dossier,
    unit: UnitView,
    event: EventView | None,
    now: datetime,
) -> None:
    """Signed by the officer whose act the paper documents; by the unit when nobody acted."""
    key = event.actor_account_id if event and event.actor_account_id else unit.id
    name = event.actor_name if event and event.actor_name else unit.name
    _sign(form, kind, dossier, unit, key, name, unit.short_name, now)


def _sign(
    form: Form,
    kind: IssuedKind,
    dossier: Dossier,
    unit: UnitView,
    key: UUID,
    name: str,
    position: str,
    now: datetime,
) -> IssuedView:
    return documents.issue(
        kind,
        documents.render_official_form(form.number, form),
        subject=dossier.code,
        owner_person_id=dossier.applicant_person_id,
        title=form.title.capitalize(),
        signer=SignerInfo(
            key=key, full_name=name, position=position, unit_code=unit.code, unit_name=unit.name
        ),
        now=now,
        verify_code=form.verify_code,
    )
