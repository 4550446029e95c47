"""Each act of an applicant done by a representative: within, beyond, after the end, taken back.

Whatever is refused says why, and what was typed is on the page that says it.
"""

import itertools
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.contexts.documents.testing import a_pdf
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts.words import NationalStatus
from motcua.contexts.dossiers.models import Dossier
from motcua.contexts.dossiers.testing import a_submitted_birth
from motcua.contexts.dossiers.tests.test_acting_for_others import ASKED, step
from motcua.contexts.dossiers.tests.test_mandates import own, working
from motcua.contexts.identity import public as identity
from motcua.contexts.identity.testing import a_citizen_account, a_mandate, a_person, over
from motcua.contexts.organisations.testing import the_officer
from motcua.contexts.payments.testing import an_invoice
from motcua.kernel import clock
from motcua.kernel.actors import Act
from motcua.kernel.clock import city_date
from motcua.kernel.models import LedgerLeaf

pytestmark = pytest.mark.usefixtures("small_city")
TYPED = "Con tôi sinh ngày mười hai, xin xem giúp"
KEYS = itertools.count()
NEEDS = {"supply": Act.SUBMIT, "withdraw": Act.SUBMIT, "message": Act.TALK, "rate": Act.TALK,
         "pay": Act.PAY}  # fmt: skip
SAYS = {Act.SUBMIT: "nộp, gửi thêm, rút hồ sơ", Act.TALK: "nhắn tin với cơ quan",
        Act.PAY: "trả tiền"}  # fmt: skip
LEAVES = {"supply": "dossiers.supply", "withdraw": "dossiers.withdraw",
          "message": "dossiers.send_message", "rate": "dossiers.rate",
          "pay": "payments.start_payment"}  # fmt: skip


@pytest.fixture
def tuyet(small_city):
    return a_citizen_account()


@pytest.fixture
def khoa(small_city):
    return a_citizen_account(a_person("Lê Minh Khoa", personal_number="079188999002"))


@pytest.fixture
def code(tuyet) -> str:
    return a_submitted_birth(own(tuyet), now=clock.now())


def helper(tuyet, khoa, acts=Act):
    now = clock.now() - timedelta(days=2)
    mandate = a_mandate(tuyet.person_id, khoa.person_id, acts=acts, now=now, days=30)
    return mandate, working(khoa, mandate)


def prepare(what: str, code: str, tuyet) -> str:
    """Bring the dossier to where this can be done; the address and the fields of its form."""
    if what == "supply":
        step(code, "ngan", "receive")
        step(code, "nghia", "assign", assignee_id=the_officer("bao").id)
        step(code, "bao", "supplement", reason="Ảnh mờ", items=(ASKED,))
        return f"/ho-so/{code}/gui-them"
    if what == "rate":
        case = Dossier.objects.get(code=code).case
        case.status = NationalStatus.DONE
        case.save(update_fields=["status"])
    if what == "pay":
        bill = an_invoice(payer=tuyet.person_id, subject=code, now=clock.now())
        return f"/thanh-toan/{bill.code}/ngan-hang"
    page = {"withdraw": "rut", "message": "nhan-tin", "rate": "cham-diem", "pay": ""}[what]
    return f"/ho-so/{code}/{page}"


def send(browser, what: str, url: str):
    fields = {
        "supply": {"giay_chung_sinh": SimpleUploadedFile("ro.pdf", a_pdf("rõ hơn"))},
        "withdraw": {"reason": TYPED},
        "message": {"text": TYPED},
        "rate": {"stars": "5", "comment": TYPED},
        "pay": {},
    }[what]
    return browser.post(url, fields | {"idempotency_key": f"act-{next(KEYS)}"})


def leaves(what: str) -> list[str]:
    return list(LedgerLeaf.objects.filter(action=LEAVES[what]).values_list("body", flat=True))


def refused(answer, what: str, says: str) -> None:
    """Explained, nothing written, and what was typed is there to be copied."""
    page = answer.content.decode()
    assert answer.status_code == 403
    assert says in page
    assert leaves(what) == []
    if what in {"withdraw", "message", "rate"}:
        assert TYPED in page
    if what == "supply":
        assert "Bạn chọn lại khi gửi lần sau" in page


@pytest.mark.parametrize("what", NEEDS)
def test_within_the_mandate_it_is_done_and_the_ledger_names_both(what, tuyet, khoa, code):
    mandate, browser = helper(tuyet, khoa, acts=[NEEDS[what], Act.DRAFT])
    url = prepare(what, code, tuyet)

    answer = send(browser, what, url)

    assert answer.status_code in {302, 303}
    [body] = leaves(what)
    assert f'"mandate": "{mandate}"' in body


@pytest.mark.parametrize("what", NEEDS)
def test_beyond_the_scope_it_is_refused_and_says_which_act(what, tuyet, khoa, code):
    _, browser = helper(tuyet, khoa, acts=[act for act in Act if act is not NEEDS[what]])
    url = prepare(what, code, tuyet)

    answer = send(browser, what, url)

    refused(answer, what, SAYS[NEEDS[what]])


@pytest.mark.parametrize("what", NEEDS)
def test_expired_in_the_middle_it_is_refused_with_what_was_typed(what, tuyet, khoa, code):
    mandate, browser = helper(tuyet, khoa)
    url = prepare(what, code, tuyet)
    over(mandate, on=city_date(clock.now()) - timedelta(days=1))

    answer = send(browser, what, url)

    refused(answer, what, "không còn hiệu lực")


@pytest.mark.parametrize("what", NEEDS)
def test_taken_back_in_the_middle_it_is_refused_with_what_was_typed(what, tuyet, khoa, code):
    mandate, browser = helper(tuyet, khoa)
    url = prepare(what, code, tuyet)
    identity.revoke_mandate(mandate, actor=own(tuyet), now=clock.now())

    answer = send(browser, what, url)

    refused(answer, what, "không còn hiệu lực")
    assert dossiers.mine(own(khoa), now=clock.now()).lines == ()
