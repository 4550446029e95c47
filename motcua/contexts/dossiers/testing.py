"""Builders of dossiers for tests of any context, service and portal."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from motcua.contexts.documents import public as documents
from motcua.contexts.documents.testing import a_pdf
from motcua.contexts.dossiers.actions.assisting import answer_consent, ask_consent
from motcua.contexts.dossiers.actions.at_the_place import close_visit, settle_note
from motcua.contexts.dossiers.actions.bulk import (
    ask_drafts,
    bring_table,
    check_lines,
    make_drafts,
)
from motcua.contexts.dossiers.actions.carrying_migrations import carry_on
from motcua.contexts.dossiers.actions.fieldwork import plan_visit
from motcua.contexts.dossiers.contracts import (
    GivenPaper,
    PaperForm,
    Shortcoming,
    Source,
    SubmitDossier,
)
from motcua.contexts.dossiers.contracts.assisting import AskConsent, Consent, Identified
from motcua.contexts.dossiers.contracts.fieldwork import (
    FieldVisitView,
    PlanVisit,
    SiteNoteAnswer,
)
from motcua.contexts.dossiers.models import Dossier
from motcua.contexts.dossiers.public import submit
from motcua.contexts.dossiers.queries import runnable_version
from motcua.contexts.dossiers.queries.bulk import places
from motcua.contexts.dossiers.rules.bulk import BulkColumn, columns_of
from motcua.contexts.organisations import public as organisations
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.kernel.workbooks import Column, Leaf, workbook

# carry_on: what the worker does of a migration, for tests of portals.
__all__ = [
    "ANSWERS",
    "BIRTH",
    "SETTLED_ELSEWHERE",
    "a_made_table",
    "a_submitted_birth",
    "a_table",
    "carry_on",
    "codes_kept",
]
BIRTH = "1.001193"
ANSWERS: dict[str, Any] = {
    "requester_full_name": "Nguyễn Thị Ánh Tuyết",
    "requester_personal_number": "079190999001",
    "requester_born_on": "1990-05-12",
    "requester_ethnicity": "Kinh",
    "requester_nationality": "Việt Nam",
    "requester_address": {"ward": "26740", "street": "12 Nguyễn Huệ"},
    "requester_phone": "0900000001",
    "relation": "mother",
    "child_full_name": "Lê Minh An",
    "child_sex": "nam",
    "child_born_on": "2026-11-10",
    "child_ethnicity": "Kinh",
    "child_nationality": "Việt Nam",
    "birth_place": "facility",
    "facility_name": "Bệnh viện Từ Dũ",
    "birth_address": {"ward": "26740", "street": "284 Cống Quỳnh"},
    "child_origin": "Thành phố Hồ Chí Minh",
    "father_known": False,
    "truthful": True,
}
SETTLED_ELSEWHERE = Shortcoming(  # why a birth registration is not received
    question_key="child_full_name",
    reason="already_settled",
    why="Trẻ đã được đăng ký khai sinh.",
)


def a_submitted_birth(
    actor: Actor,
    *,
    now: datetime,
    desk_ward: str = "",
    said: Mapping[str, object] = MappingProxyType({}),
) -> str:
    """The code of a birth registration that this citizen hands in, at the desk of any ward.

    said: what is answered otherwise than in `ANSWERS`.
    """
    assert actor.party_id is not None
    file = documents.keep_upload(
        io.BytesIO(a_pdf()), filename="a.pdf", by=actor, now=now, owner_person_id=actor.party_id
    )
    command = SubmitDossier(
        procedure_code=BIRTH,
        ward_code="26740",
        applicant_person_id=actor.party_id,
        answers={**ANSWERS, **said},
        papers=(GivenPaper(component_key="giay_chung_sinh", file_id=file.id),),
        receiving_unit_id=organisations.one_stop_desk(desk_ward).id if desk_ward else None,
    )
    return submit(command, actor=actor, now=now).code


def a_visit(
    code: str, visitor: UUID, *lines: str, actor: Actor, starts_at: datetime, now: datetime
) -> FieldVisitView:
    """To 12 Nguyễn Huệ, where this officer looks at these things."""
    plan = PlanVisit(
        code=code, starts_at=starts_at, place="12 Nguyễn Huệ", visitors=(visitor,), lines=lines
    )
    return plan_visit(plan, actor=actor, now=now)


def a_closed_visit(visit_id: UUID, *, actor: Actor, now: datetime) -> FieldVisitView:
    return close_visit(visit_id, "Đúng thực tế.", actor=actor, now=now)


def settled(note_id: UUID, *, takes: bool, actor: Actor, now: datetime) -> SiteNoteAnswer:
    """Of two notes that differ one was chosen."""
    return settle_note(note_id, takes=takes, actor=actor, now=now)


def an_agreement(
    person_id: UUID, receiver: Actor, *, now: datetime, procedure: str = BIRTH
) -> UUID:
    """What a person at the desk signed: this receiver may file this for them."""
    asked = ask_consent(
        AskConsent(
            person_id=person_id,
            applicant_id=person_id,
            procedure_code=procedure,
            ward_code="26740",
        ),
        actor=receiver,
        now=now,
    )
    answer_consent(
        asked.assistance_id,
        Consent.SIGNED,
        identified=Identified.SHOWN,
        actor=receiver,
        now=now,
    )
    return asked.assistance_id


def a_filed_for(person_id: UUID, receiver: Actor, *, now: datetime) -> str:
    """The code of a birth registration that a receiver filed for somebody who was present."""
    command = SubmitDossier(
        procedure_code=BIRTH,
        ward_code="26740",
        applicant_person_id=person_id,
        answers=ANSWERS,
        papers=(GivenPaper(component_key="giay_chung_sinh", form=PaperForm.ORIGINAL),),
        source=Source.ASSISTED,
        receiving_unit_id=organisations.one_stop_desk("26740").id,
        assistance_id=an_agreement(person_id, receiver, now=now),
    )
    return submit(command, actor=receiver, now=now).code


def a_made_table(
    actor: Actor, children: Sequence[str], *, now: datetime, made: bool = True
) -> UUID:
    """A table of one birth registration a child; made: its drafts are there."""
    form = runnable_version(BIRTH, city_date(now)).form
    columns = columns_of(form, places(now))
    lines = [[_cell(one, ANSWERS | {"child_full_name": name}) for one in columns]
             for name in children]  # fmt: skip
    heads = tuple(Column(head=column.head) for column in columns)
    content = workbook(Leaf(name="Hồ sơ", columns=heads, lines=lines))
    brought = bring_table(BIRTH, content, ward_code="26740", actor=actor, now=now)
    check_lines(brought.bulk_id, now=now)
    if made:
        ask_drafts(brought.bulk_id, actor=actor, now=now)
        make_drafts(brought.bulk_id, now=now)
    return brought.bulk_id


def _cell(column: BulkColumn, answers: Mapping[str, Any]) -> str:
    """What a person writes under this head."""
    value: Any = answers
    for step in column.path.split("."):
        value = value.get(step, "") if isinstance(value, Mapping) else ""
    if isinstance(value, bool):
        value = "yes" if value else "no"
    return dict(column.choices).get(str(value), str(value))


def a_table(actor: Actor, *, now: datetime) -> str:
    """The id of a table of one birth registration that this citizen sent."""
    form = runnable_version(BIRTH, city_date(now)).form
    columns = columns_of(form, places(now))
    heads = tuple(Column(head=column.head) for column in columns)
    content = workbook(Leaf(name="Hồ sơ", columns=heads, lines=[["?"] * len(heads)]))
    return str(bring_table(BIRTH, content, ward_code="26740", actor=actor, now=now).bulk_id)


def codes_kept() -> list[str]:
    """The codes of all dossiers there are, oldest first."""
    return list(Dossier.objects.order_by("case_id").values_list("code", flat=True))
