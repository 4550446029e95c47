"""A fee with an entitlement: told by the identification system, granted by a desk, taken back."""

from datetime import timedelta

import pytest

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import (
    CannotFixFee,
    ExemptionProof,
    FixFee,
    NothingToExempt,
    ProofNeeded,
    SetExemption,
)
from motcua.contexts.dossiers.testing import ANSWERS, BIRTH
from motcua.contexts.exchange.adapters import registry
from motcua.contexts.exchange.testing import in_process, who_may_sign_in
from motcua.contexts.identity import public as identity
from motcua.contexts.identity.testing import a_citizen_account, a_person, signed_in
from motcua.contexts.payments import public as payments
from motcua.contexts.payments.actions.receiving import receive_bank_credit
from motcua.contexts.payments.contracts import InvoiceState, PaidBefore
from motcua.contexts.payments.testing import a_credit
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM, citizen
from motcua.services.packs.construction.house_permit.test_pack import ANSWERS as HOUSE_ANSWERS
from motcua.services.tests.journey import hand_in, member

pytestmark = pytest.mark.django_db
NOW = MONDAY_9AM + timedelta(minutes=30)
TODAY = MONDAY_9AM.date()
KEY, HOUSE = "digital_citizen", "1.013225"
TWO_COPIES = ANSWERS | {"copies": 2}
ON_PHONE = ExemptionProof.ON_PHONE


@pytest.fixture
def tuyet(small_city: None) -> Actor:
    return citizen(person=a_person().id)


@pytest.fixture
def digital(small_city: None) -> Actor:
    """Somebody of whom the identification system says so."""
    chosen = [one for one in who_may_sign_in() if one.key.isdecimal() and one.level == 2][2]
    person = a_person(chosen.name, personal_number=chosen.key)
    return citizen(person=person.id, name=chosen.name)


def a_bill(by: Actor, **more) -> str:
    return hand_in(BIRTH, TWO_COPIES, by, now=MONDAY_9AM, desk_ward="26740", **more).code


def exempt(code: str, key: str = KEY, proof: str = ON_PHONE, *, by: Actor | None = None) -> None:
    command = SetExemption(code=code, key=key, proof=proof)
    dossiers.set_exemption(command, actor=by or member("ngan", TODAY), now=NOW)


def test_what_the_system_told_is_a_line_of_the_bill_and_nothing_is_due(tuyet):
    code = a_bill(tuyet, entitlements=frozenset({KEY}))

    bill = payments.invoice_of(code)
    assert bill and (bill.total, bill.state) == (0, InvoiceState.NOTHING_DUE)
    [item] = bill.items
    assert (item.full, item.relief, item.relief_name) == (16_000, 16_000, "Công dân số")
    assert not payments.book_new_dues(limit=10, now=NOW)


def test_a_silent_system_exempts_nobody_and_says_so(digital, tmp_path):
    with registry.registered(in_process("entitlement", tmp_path, down=True)):
        told = identity.entitlements_of(digital.person_id, digital)

    assert not told.keys
    assert "quầy ghi lại trước khi bạn trả" in told.notice


def test_a_fee_fixed_by_an_officer_is_lowered_as_well(digital, tmp_path):
    code = hand_in(HOUSE, HOUSE_ANSWERS, digital, now=MONDAY_9AM).code
    fee = FixFee(code=code, label="Lệ phí cấp giấy phép xây dựng", amount_dong=75_000)

    with registry.registered(in_process("entitlement", tmp_path)):
        dossiers.fix_fee(fee, actor=member("ngan", TODAY), now=NOW)

    bill = payments.invoice_of(code)
    assert bill and (bill.total, bill.items[0].relief) == (0, 75_000)
    assert dossiers.desk_view(code, member("ngan", TODAY), now=NOW).open_fees == ()


def test_a_desk_grants_on_a_proof_and_the_ledger_knows_it(tuyet):
    code = a_bill(tuyet)
    with pytest.raises(CannotFixFee):
        exempt(code, by=tuyet)
    with pytest.raises(ProofNeeded):
        exempt(code, proof="")
    with pytest.raises(NothingToExempt):
        exempt(code, "unknown")

    exempt(code)

    bill = payments.invoice_of(code)
    assert bill and (bill.total, bill.state) == (0, InvoiceState.NOTHING_DUE)
    leaf = LedgerLeaf.objects.filter(action="dossiers.set_exemption").latest("id")
    assert leaf.subject == code
    with pytest.raises(NothingToExempt):
        exempt(code)


def test_an_entitlement_taken_back_before_payment_is_owed_in_full_again(tuyet):
    code = a_bill(tuyet, entitlements=frozenset({KEY}))

    exempt(code, "")

    bill = payments.invoice_of(code)
    assert bill and (bill.total, bill.state) == (16_000, InvoiceState.UNPAID)
    with pytest.raises(NothingToExempt):
        exempt(code, "")


def test_once_a_part_has_come_the_bill_stands(tuyet):
    code = a_bill(tuyet)
    bill = payments.invoice_of(code)
    assert bill
    receive_bank_credit(a_credit(bill.code, 6_000, at=NOW), actor=SYSTEM, now=NOW)

    with pytest.raises(PaidBefore):
        exempt(code)


def test_the_payer_reads_which_exemption_and_the_tracker_too(tuyet, client):
    code = a_bill(tuyet, entitlements=frozenset({KEY}))
    browser = signed_in(client, a_citizen_account(identity.person(tuyet.person_id)))
    bill = payments.invoice_of(code)
    assert bill

    pay = browser.get(f"/thanh-toan/{bill.code}").content.decode().replace("\u00a0", " ")
    tracker = browser.get(f"/ho-so/{code}").content.decode().replace("\u00a0", " ")
    before = browser.get("/thu-tuc/2.000635").content.decode()

    assert "Được miễn, giảm: Công dân số" in pay
    assert "−16.000" in pay
    assert "Được miễn, giảm 16.000" in tracker
    assert "Có thể được miễn, giảm: «Công dân số», đến hết" in before
