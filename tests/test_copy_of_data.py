"""A copy is exactly complete: whatever was planted about a person in any table is found in it."""

import io
import json
import re
from datetime import date

import pytest
from pypdf import PdfReader

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.models import CaseEvent, Message, Opinion
from motcua.contexts.documents import public as documents
from motcua.contexts.documents.models import StoredFile
from motcua.contexts.dossiers.models import (
    Dossier,
    DossierPaper,
    DossierPast,
    Draft,
    ShortcomingRow,
    SupplementProposal,
)
from motcua.contexts.dossiers.testing import a_submitted_birth
from motcua.contexts.identity.models import ApiToken, Person, PersonIdentifier
from motcua.contexts.identity.testing import a_citizen_account, a_person, the_actor
from motcua.contexts.notifications.models import Notification
from motcua.contexts.payments.models import Credit, Invoice, Refund
from motcua.contexts.privacy.contracts import Right
from motcua.contexts.privacy.models import DataRequest
from motcua.contexts.privacy.testing import asked, duyen, granted, tuyet
from motcua.kernel.actors import Actor
from motcua.kernel.privacy import DataClass
from motcua.kernel.testing import MONDAY_9AM, stable_id

CODES = re.compile(r"\b(SEED|SDDCN12|CITY_APP|DECLARED|UPLOADED|UNPAID|opened|nu)\b")
pytestmark = pytest.mark.usefixtures("small_city")


def planted(person: Actor) -> list[str]:
    """A word in every sealed field, and in what else says something, of this person's rows."""
    code = a_submitted_birth(person, now=MONDAY_9AM)
    case = casework.case(code)
    seen = []

    def word(place: str) -> str:
        seen.append(f"mầm {place}")
        return seen[-1]

    def put(row, **values) -> None:
        for name, value in values.items():
            setattr(row, name, value)
        row.save()

    put(
        Person.objects.get(pk=person.person_id),
        full_name=word("họ tên"),
        email=word("thư"),
        phone=word("điện thoại"),
        sex=word("giới tính"),
        address={"text": word("địa chỉ"), "ward_code": "26740"},
    )
    put(PersonIdentifier.objects.get(person_id=person.person_id), value=word("số giấy tờ"))
    ApiToken.objects.create(
        account_id=person.account_id, name=word("mã"), digest=b"1" * 32, assurance=2,
        created_at=MONDAY_9AM, expires_at=MONDAY_9AM,
    )  # fmt: skip
    put(Dossier.objects.get(code=code), comment=word("góp ý"), secret=word("mã tra cứu"))
    paper = DossierPaper.objects.filter(dossier__code=code, file__isnull=False).first()
    put(paper, verdict_note=word("nhận xét"))
    put(StoredFile.objects.get(pk=paper.file_id), filename=word("tên tệp"))
    DossierPast.objects.create(
        dossier_id=case.id, paper=paper, until=MONDAY_9AM, verdict_note=word("nhận xét cũ")
    )
    SupplementProposal.objects.create(
        dossier_id=case.id, number=1, state="DECLINED", step="appraise", action="supplement",
        unit_id=stable_id("đơn vị"), authority_id=stable_id("cơ quan"), proposed_at=MONDAY_9AM,
        decided_at=MONDAY_9AM, why_again=word("vì sao hỏi thêm"), answer=word("không hỏi thêm"),
    )  # fmt: skip
    ShortcomingRow.objects.create(
        dossier_id=case.id, number=1, reason="other", question_key="child_full_name",
        words={"what": word("điểm"), "why": word("vì sao"), "how": word("cách làm")},
    )  # fmt: skip
    Draft.objects.create(
        account_id=person.account_id, ward_code="26740", source="CITY_APP", sheet={},
        typed={"câu": word("bản nháp")}, return_form="ELECTRONIC",
        procedure_version=Dossier.objects.get(code=code).procedure_version,
        created_at=MONDAY_9AM, saved_at=MONDAY_9AM,
    )  # fmt: skip
    Notification.objects.create(
        once=stable_id("once"), person_id=person.person_id, level="FYI",
        template="dossier_received", params={"officer": word("thông báo")}, subject=code,
        created_at=MONDAY_9AM,
    )  # fmt: skip
    bill = Invoice.objects.create(
        code="MC0000000000019", subject="khác", payer_id=person.person_id, state="PAID",
        total_dong=1, paid_dong=1, opened_at=MONDAY_9AM, paid_at=MONDAY_9AM,
    )  # fmt: skip
    Credit.objects.create(
        channel="BANK", reference=word("giao dịch"), amount_dong=1, memo=word("nội dung chuyển"),
        invoice=bill, finding="EXACT", applied_dong=1, suspense_dong=0, waiting_dong=0,
        booked_at=MONDAY_9AM, received_at=MONDAY_9AM,
    )  # fmt: skip
    Refund.objects.create(
        invoice=bill, amount_dong=1, reason=word("lý do hoàn"), asked_at=MONDAY_9AM,
        channel="BANK", account_bank="999999", account_number=word("số tài khoản"),
        account_holder=word("chủ tài khoản"), answer=word("trả lời hoàn"),
    )  # fmt: skip
    CaseEvent.objects.create(
        at=MONDAY_9AM, happened_at=MONDAY_9AM, case_id=case.id, serial=99, kind="supplement",
        action="", step="receive", status=1, note=word("ghi chú"), visible_to_party=False,
    )  # fmt: skip
    Message.objects.create(
        case_id=case.id, at=MONDAY_9AM, from_party=True, author_account_id=person.account_id,
        text=word("tin nhắn"),
    )  # fmt: skip
    task = casework.tasks_of(case)[0]
    Opinion.objects.create(
        case_id=case.id, task_id=task.id, unit_id=task.unit_id, question=word("câu hỏi"),
        text=word("ý kiến"), asked_at=MONDAY_9AM, due_at=MONDAY_9AM, silence="CONSENT",
        state="SILENT",
    )  # fmt: skip
    return seen


def test_whatever_was_planted_about_a_person_is_in_their_copy_and_nothing_of_others():
    person, officer = tuyet(), duyen()
    other = the_actor(a_citizen_account(a_person("Lê Minh Khoa", personal_number="079188999002")))
    old = asked(Right.OBJECT, person, target="SMS", reason="mầm lý do").code
    told = [*planted(person), "mầm lý do", old, "079190999001", f"{date(1990, 5, 12):%d/%m/%Y}"]
    code = asked(Right.ACCESS, person).code

    granted(code, officer)
    granted(asked(Right.ACCESS, other).code, officer)

    rows = {row.person_id: row for row in DataRequest.objects.filter(right=Right.ACCESS)}
    mine = documents.read_file(rows[person.person_id].package_data_id).decode()
    theirs = documents.read_file(rows[other.person_id].package_data_id).decode()
    assert [word for word in told if word not in mine] == []
    assert "Lê Minh An" in mine  # an answer of the form
    assert "mầm" not in theirs
    assert json.loads(mine)["schema"] == "motcua/personal-data/1"


def files_of(code: str) -> tuple[StoredFile, StoredFile]:
    """The paper and the data of a copy."""
    row = DataRequest.objects.get(code=code)
    return row.package, row.package_data


def test_a_paper_says_in_words_what_is_kept_as_codes_for_machines():
    person = tuyet()
    a_submitted_birth(person, now=MONDAY_9AM)
    code = asked(Right.ACCESS, person).code

    granted(code, duyen())

    paper, data = files_of(code)
    pages = PdfReader(io.BytesIO(documents.read_file(paper.id))).pages
    said = "\n".join(page.extract_text() for page in pages)
    assert {"SEED", "SDDCN12", "opened"} <= set(
        CODES.findall(documents.read_file(data.id).decode())
    )
    assert CODES.findall(said) == []
    words = "".join(said.split())
    assert [one for one in ("dữliệumẫu", "sốđịnhdanhcánhân", "bạnkhai") if one not in words] == []


def test_a_copy_is_as_sensitive_as_what_is_in_it():
    person, officer = tuyet(), duyen()
    empty = asked(Right.ACCESS, person).code
    granted(empty, officer)
    a_submitted_birth(person, now=MONDAY_9AM)
    full = asked(Right.ACCESS, person).code

    granted(full, officer)

    assert {one.data_class for one in files_of(empty)} == {DataClass.PERSONAL_BASIC}
    assert {one.data_class for one in files_of(full)} == {DataClass.PERSONAL_SENSITIVE}
