"""Filing for somebody else: the chain shows, scope and revocation hold, what was done stays."""

from datetime import date, timedelta

import pytest
from django.test import Client

from motcua.contexts.documents import public as documents
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import DossierNotFound, DraftNotFound
from motcua.contexts.dossiers.models import Dossier
from motcua.contexts.dossiers.testing import BIRTH, a_submitted_birth
from motcua.contexts.identity import public as identity
from motcua.contexts.identity.contracts.mandates import MandateEnded, MandateRefused
from motcua.contexts.identity.testing import (
    a_child_of,
    a_citizen_account,
    a_company,
    a_mandate,
    a_person,
    acting,
    own_actor,
    signed_in,
    the_head_of,
)
from motcua.contexts.organisations.testing import acting as officer_acting
from motcua.kernel import clock
from motcua.kernel.actors import Act, MandateKind
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.testing import citizen

pytestmark = pytest.mark.usefixtures("small_city")
OTHER = "1.004222"
HOUSE = "1.013225"


@pytest.fixture
def tuyet(small_city):
    return a_citizen_account()


@pytest.fixture
def khoa(small_city):
    return a_citizen_account(
        a_person("Lê Minh Khoa", personal_number="079188999002", born_on=date(1988, 3, 2))
    )


def helped(tuyet, khoa, **limits):
    now = clock.now()
    mandate_id = a_mandate(tuyet.person_id, khoa.person_id, now=now, **limits)
    return mandate_id, acting(khoa, mandate_id, now=now)


def own(account):
    return own_actor(account, now=clock.now())


def begin(actor):
    now = clock.now()
    return dossiers.begin_draft(
        BIRTH, ward_code="26740", actor=actor, now=now, ask_registers=False
    ).draft_id


def test_an_accountant_files_nothing_beyond_the_scope(tuyet, khoa):
    now = clock.now()
    company = a_company(identity.person(tuyet.person_id), now=now)
    head = the_head_of(company, now=now)
    mandate_id = a_mandate(
        company.organisation_id, khoa.person_id,
        kind=MandateKind.ACCOUNTANT, procedures=[OTHER], by=head, now=now,
    )  # fmt: skip
    accountant = acting(khoa, mandate_id, now=now)

    with pytest.raises(MandateRefused) as begun:
        begin(accountant)
    with pytest.raises(MandateRefused) as sent:
        a_submitted_birth(accountant, now=now)

    assert "thủ tục bạn chọn" in begun.value.message
    assert "Bạn nhờ người đã ủy quyền" in sent.value.message
    assert not Dossier.objects.exists()


def test_who_may_only_fill_does_not_send(tuyet, khoa):
    _, helper = helped(tuyet, khoa, acts=[Act.DRAFT])
    begin(helper)

    with pytest.raises(MandateRefused) as refusal:
        a_submitted_birth(helper, now=clock.now())

    assert "nộp, gửi thêm, rút hồ sơ" in refusal.value.message


def test_a_mandate_revoked_while_a_draft_is_open_ends_the_work_on_it(tuyet, khoa):
    mandate_id, helper = helped(tuyet, khoa)
    draft_id = begin(helper)
    identity.revoke_mandate(mandate_id, actor=own(tuyet), now=clock.now())

    with pytest.raises(MandateEnded):
        dossiers.save_page(draft_id, "child", {}, actor=helper, now=clock.now())

    with pytest.raises(DraftNotFound):
        dossiers.draft(draft_id, own(khoa), now=clock.now())
    assert dossiers.draft(draft_id, own(tuyet), now=clock.now()).id == draft_id


def test_the_chain_shows_to_the_applicant_the_desk_and_the_ledger_and_stays(tuyet, khoa):
    mandate_id, helper = helped(tuyet, khoa)
    code = a_submitted_birth(helper, now=clock.now())
    identity.revoke_mandate(mandate_id, actor=own(tuyet), now=clock.now())

    chain = dossiers.dossier(code, own(tuyet), now=clock.now()).filed_by
    at_desk = dossiers.dossier(code, officer_acting("ngan", clock.now().date()), now=clock.now())
    [opened] = [event for event in at_desk.events if event.kind == "opened"]

    assert chain.startswith("Lê Minh Khoa nộp thay Nguyễn Thị Ánh Tuyết (người làm giúp, theo")
    assert at_desk.filed_by == chain
    assert at_desk.applicant_name == "Nguyễn Thị Ánh Tuyết"
    assert opened.on_behalf_of == tuyet.person_id
    leaf = LedgerLeaf.objects.get(action="dossiers.submit", subject=code)
    assert f'"mandate": "{mandate_id}"' in leaf.body


def test_what_was_filed_for_another_is_not_ones_own(tuyet, khoa):
    _, helper = helped(tuyet, khoa)
    code = a_submitted_birth(helper, now=clock.now())

    assert dossiers.mine(own(khoa), now=clock.now()).lines == ()
    with pytest.raises(DossierNotFound):
        dossiers.dossier(code, own(khoa), now=clock.now())
    assert [line.code for line in dossiers.mine(helper, now=clock.now()).lines] == [code]
    assert [line.code for line in dossiers.mine(own(tuyet), now=clock.now()).lines] == [code]
    papers = dossiers.dossier(code, helper, now=clock.now()).papers
    [file] = [paper.file for paper in papers if paper.file]
    assert documents.file_for(file.id, helper, now=clock.now()).id == file.id


def test_a_narrow_mandate_reaches_nothing_else_of_the_principal(tuyet, khoa):
    code = a_submitted_birth(own(tuyet), now=clock.now())
    draft_id = begin(own(tuyet))
    _, helper = helped(tuyet, khoa, procedures=[OTHER])

    assert dossiers.mine(helper, now=clock.now()).lines == ()
    assert dossiers.drafts_of(helper, now=clock.now()) == ()
    with pytest.raises(DossierNotFound):
        dossiers.dossier(code, helper, now=clock.now())
    with pytest.raises(DraftNotFound):
        dossiers.draft(draft_id, helper, now=clock.now())


def test_a_parent_files_for_a_child(khoa):
    now = clock.now()
    mandate_id = a_child_of(khoa, now=now)

    code = a_submitted_birth(acting(khoa, mandate_id, now=now), now=now)

    row = Dossier.objects.get(code=code)
    assert identity.person(row.applicant_person_id).full_name == "Lê Nguyễn An"
    chain = dossiers.dossier(code, acting(khoa, mandate_id, now=now), now=now).filed_by
    assert chain.startswith("Lê Minh Khoa nộp thay Lê Nguyễn An (cha hoặc mẹ, theo Cơ sở dữ liệu")


def test_a_company_is_the_applicant_and_its_head_files(tuyet):
    now = clock.now()
    company = a_company(identity.person(tuyet.person_id), now=now)
    head = the_head_of(company, now=now)

    code = a_submitted_birth(head, now=now)

    view = dossiers.dossier(code, head, now=now)
    assert view.applicant_name == "Công ty TNHH Thử Nghiệm Bến Nghé"
    assert "người đại diện theo pháp luật, theo tài khoản định danh tổ chức" in view.filed_by
    assert dossiers.mine(own(tuyet), now=now).lines == ()


def working(khoa, mandate_id):
    browser = signed_in(Client(), khoa)
    answer = browser.post(
        "/toi/lam-thay", {"mandate": str(mandate_id), "idempotency_key": f"choose {mandate_id}"}
    )
    assert answer.status_code == 303
    return browser


def test_every_page_says_for_whom_one_works(tuyet, khoa):
    mandate_id, helper = helped(tuyet, khoa)
    code = a_submitted_birth(helper, now=clock.now())
    browser = working(khoa, mandate_id)

    for url in ("/", "/ho-so", "/thu-tuc", "/vi", "/thong-bao", f"/ho-so/{code}"):
        page = browser.get(url).content.decode()
        assert "Bạn đang làm thay <b>Nguyễn Thị Ánh Tuyết</b>" in page
    assert "Lê Minh Khoa nộp thay" in page
    browser.post("/toi/lam-thay", {"idempotency_key": "back"})
    assert "Bạn đang làm thay" not in browser.get("/").content.decode()


def test_after_revocation_the_next_request_writes_nothing_and_the_one_after_is_ones_own(
    tuyet, khoa
):
    mandate_id, _ = helped(tuyet, khoa)
    browser = working(khoa, mandate_id)
    identity.revoke_mandate(mandate_id, actor=own(tuyet), now=clock.now())

    refused = browser.post(
        f"/nop/{BIRTH}", {"ward": "26740", "consent": "no", "idempotency_key": "begin"}
    )

    assert refused.status_code == 403
    assert "không còn hiệu lực" in refused.content.decode()
    assert dossiers.drafts_of(own(khoa), now=clock.now()) == ()
    assert "Bạn đang làm thay" not in browser.get("/").content.decode()


def test_who_only_reads_is_told_that_the_mandate_is_over(tuyet, khoa):
    mandate_id, _ = helped(tuyet, khoa, days=300)
    browser = working(khoa, mandate_id)
    identity.revoke_mandate(mandate_id, actor=own(tuyet), now=clock.now() + timedelta(seconds=1))

    page = browser.get("/ho-so").content.decode()

    assert "Từ bây giờ bạn làm việc cho chính mình" in page


def test_a_session_does_not_choose_the_mandate_of_others(tuyet, khoa):
    mandate_id, _ = helped(tuyet, khoa)
    stranger = signed_in(
        Client(), a_citizen_account(a_person("Trần Văn Ba", personal_number="079180999003"))
    )

    answers = [
        stranger.post("/toi/lam-thay", {"mandate": wanted, "idempotency_key": f"k {wanted}"})
        for wanted in (str(mandate_id), "no id", str(citizen().person_id))
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_a_form_knows_the_company_and_says_whence(tuyet, khoa):
    now = clock.now()
    company = a_company(identity.person(tuyet.person_id), now=now)
    mandate = a_mandate(
        company.organisation_id, khoa.person_id,
        kind=MandateKind.STAFF, by=the_head_of(company, now=now), now=now,
    )  # fmt: skip
    staff = acting(khoa, mandate, now=now)

    begun = dossiers.begin_draft(HOUSE, ward_code="26740", actor=staff, now=now)

    draft = dossiers.draft(begun.draft_id, staff, now=now)
    assert draft.answers["organisation_name"] == "Công ty TNHH Thử Nghiệm Bến Nghé"
    assert draft.answers["organisation_tax_code"] == "0999900017"
    assert draft.answers["applicant_full_name"] == "Nguyễn Thị Ánh Tuyết"
    assert draft.answers["applicant_address"]["street"] == "1 Đồng Khởi"
    assert "applicant_personal_number" not in draft.answers
    assert draft.provenance["organisation_name"].source == "organisation.full_name"
    browser = signed_in(Client(), khoa)
    browser.post("/toi/lam-thay", {"mandate": str(mandate), "idempotency_key": "k1"})
    page = browser.get(f"/nhap/{begun.draft_id}/trang/owner").content.decode()
    assert "Thông tin tổ chức đã đăng ký" in page
