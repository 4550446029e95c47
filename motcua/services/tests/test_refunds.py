"""A fee fixed at nothing, an exemption that ended before payment, one granted after it."""

import pytest
from django.test import Client

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import ExemptionProof, FixFee, NothingToExempt, SetExemption
from motcua.contexts.dossiers.testing import ANSWERS, BIRTH
from motcua.contexts.exchange.testing import in_process, registry
from motcua.contexts.identity.testing import (
    Account,
    a_citizen_account,
    an_officer_account,
    signed_in,
    the_actor,
)
from motcua.contexts.organisations.testing import the_officer
from motcua.contexts.payments import public as payments
from motcua.contexts.payments.actions.receiving import receive_bank_credit
from motcua.contexts.payments.contracts import (
    FeeItem,
    FeeKind,
    InvoiceState,
    Recheck,
    RefundGround,
    RefundState,
)
from motcua.contexts.payments.testing import a_credit, charged, paid_back
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.money import Money
from motcua.kernel.web import FIELD
from motcua.services.packs.civil_status.marital_status.test_pack import ANSWERS as SINGLE
from motcua.services.tests.journey import hand_in, member

pytestmark = pytest.mark.django_db
KEY, MARITAL = "digital_citizen", "1.004873"
FEE = "Lệ phí cấp giấy xác nhận tình trạng hôn nhân"
TWO_COPIES = ANSWERS | {"copies": 2}
EVERYTHING = frozenset({KEY})


@pytest.fixture
def account(small_city: None) -> Account:
    return a_citizen_account()


@pytest.fixture
def tuyet(account: Account) -> Actor:
    return the_actor(account)


@pytest.fixture
def browser(account: Account) -> Client:
    return signed_in(Client(), account)


def the_bill(code: str):
    bill = payments.invoice_of(code)
    assert bill
    return bill


def text_of(browser: Client, url: str) -> str:
    return browser.get(url, follow=True).content.decode().replace("\u00a0", " ")


def ngan() -> Actor:
    return member("ngan", clock.now().date())


def test_a_fee_fixed_at_nothing_is_said_and_nothing_is_asked(tuyet, browser, deliveries):
    code = hand_in(MARITAL, SINGLE, tuyet, now=clock.now()).code

    dossiers.fix_fee(FixFee(code=code, label=FEE, amount_dong=0), actor=ngan(), now=clock.now())
    deliveries()

    bill = the_bill(code)
    assert (bill.state, bill.total) == (InvoiceState.NOTHING_DUE, 0)
    page = text_of(browser, f"/thanh-toan/{bill.code}")
    assert "định mức thu 0 đồng" in page
    assert browser.get(f"/thanh-toan/{bill.code}/bien-lai").content.startswith(b"%PDF-")
    assert "định mức 0 ₫, bạn không phải trả" in text_of(browser, f"/ho-so/{code}")
    notices = text_of(browser, "/thong-bao?muc=cho-biet")
    assert "Bạn không phải trả phí" in notices
    assert "Cần bạn trả phí" not in text_of(browser, "/thong-bao")
    assert dossiers.desk_view(code, ngan(), now=clock.now()).open_fees == ()


def partly_relieved(tuyet: Actor) -> str:
    """A bill lowered by the word of a register, with something left to pay."""
    code = hand_in(
        BIRTH, TWO_COPIES, tuyet, now=clock.now(), desk_ward="26740", entitlements=EVERYTHING
    ).code
    dossiers_bill = the_bill(code)
    assert dossiers_bill.items[0].by_register
    return code


def test_an_entitlement_taken_away_before_payment_makes_another_bill_that_says_so(
    tuyet, browser, tmp_path
):
    code = partly_relieved(tuyet)
    charge(code, tuyet)
    first = the_bill(code)

    with registry.registered(in_process("entitlement", tmp_path)):
        page = text_of(browser, f"/thanh-toan/{first.code}")

    second = the_bill(code)
    assert second.code != first.code
    assert (second.relief_check, second.outstanding) == (Recheck.ENDED, 21_000)
    assert "Quyền miễn, giảm «Công dân số» không còn" in page
    assert "Khoản phí này đã hủy" in text_of(browser, f"/thanh-toan/{first.code}")


def test_a_silent_register_leaves_the_bill_as_it_was_and_says_so(tuyet, browser, tmp_path):
    code = partly_relieved(tuyet)
    charge(code, tuyet)
    before = the_bill(code)

    with registry.registered(in_process("entitlement", tmp_path, down=True)):
        page = text_of(browser, f"/thanh-toan/{before.code}")

    after = the_bill(code)
    assert (after.code, after.outstanding, after.relief_check) == (
        before.code,
        5_000,
        Recheck.UNKNOWN,
    )
    assert "Chưa hỏi lại được quyền miễn, giảm" in page


def charge(code: str, payer: Actor) -> None:
    """Something that no exemption lowers, so that the bill is paid at all."""
    item = FeeItem(kind=FeeKind.POST, label="Cước bưu chính", amount=Money(5_000))
    charged(item, subject=code, payer=payer.person_id)


def test_an_exemption_after_payment_is_asked_back_decided_and_told(tuyet, browser, deliveries):
    code = hand_in(BIRTH, TWO_COPIES, tuyet, now=clock.now(), desk_ward="26740").code
    bill = the_bill(code)
    receive_bank_credit(a_credit(bill.code, 16_000), actor=SYSTEM, now=clock.now())
    command = SetExemption(code=code, key=KEY, proof=ExemptionProof.ON_PHONE)

    dossiers.set_exemption(command, actor=ngan(), now=clock.now())
    with pytest.raises(NothingToExempt):
        dossiers.set_exemption(command, actor=ngan(), now=clock.now())

    [refund] = payments.money_back_of(code).refunds
    assert (refund.ground, refund.amount, refund.state) == (
        RefundGround.EXEMPTED,
        16_000,
        RefundState.ASKED,
    )
    desk = signed_in_desk()
    url = f"/thu-phi/hoan/{refund.id}"
    assert desk.post(f"{url}/duyet", {"amount": "16.000", FIELD: "a"}).status_code == 303
    paid_back(refund.id)
    deliveries()
    assert "Đã hoàn 16.000 ₫" in text_of(browser, f"/thanh-toan/{bill.code}")
    assert "Đã hoàn 16.000 ₫" in text_of(browser, f"/ho-so/{code}")
    assert "Đã hoàn tiền cho bạn" in text_of(browser, "/thong-bao?muc=cho-biet")
    paper = browser.get(f"/thanh-toan/{bill.code}/hoan/{refund.id}/giay")
    assert paper.content.startswith(b"%PDF-")


def signed_in_desk() -> Client:
    return signed_in(Client(), an_officer_account("ngan", officer_id=the_officer("ngan").id))
