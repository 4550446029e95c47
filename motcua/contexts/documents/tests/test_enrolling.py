"""Certificates on tokens: read, held against their chain, bound by two, withdrawn, counted."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from e2e.programs import softhsm
from motcua.contexts.documents import public
from motcua.contexts.documents import testing as tokens
from motcua.contexts.documents.actions import enrolling
from motcua.contexts.documents.adapters.authority import Authority
from motcua.contexts.documents.adapters.keys import officers_keys
from motcua.contexts.documents.contracts import CertificateNotEnrolled, PinWrong, TokenGone
from motcua.contexts.documents.contracts.enrolled import (
    CertificateKnown,
    CertificateOfOther,
    CertificateUntrusted,
    EnrolledState,
    NoTokensHere,
    SecondAdministratorNeeded,
    WithdrawReasonNeeded,
)
from motcua.contexts.documents.models import SignerCertificate
from motcua.contexts.documents.ports import Subject
from motcua.contexts.documents.testing import an_administrator
from motcua.kernel.access import WrongRole
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM, officer

pytestmark = [pytest.mark.django_db, pytest.mark.program("softhsm")]
NOW = MONDAY_9AM
VAN = "Đỗ Thanh Vân"
FIRST, SECOND = an_administrator("han"), an_administrator("duy")


@pytest.fixture
def with_tokens(settings, one_authority) -> Iterator[None]:
    settings.PKCS11_MODULE = softhsm()
    tokens.token_folder()
    yield


@pytest.fixture
def van(with_tokens: None) -> UUID:
    """An officer whose token is in, with a certificate of our authority."""
    officer_id = uuid4()
    tokens.an_officers_token(officer_id, VAN)
    return officer_id


def signs(officer_id: UUID, pin: str = tokens.PIN) -> bytes:
    with public.open_key(tokens.a_signer_of(officer_id), pin, now=NOW) as key:
        return key.sign(b"x")


# ── enrolling ────────────────────────────────────────────────────────────────────────────────────


def test_only_an_administrator_enrols(van):
    with pytest.raises(WrongRole):
        enrolling.ask_enrolment(van, VAN, actor=officer(), now=NOW)


def test_without_tokens_there_is_nothing_to_enrol(one_authority):
    with pytest.raises(NoTokensHere):
        enrolling.ask_enrolment(uuid4(), VAN, actor=FIRST, now=NOW)


def test_a_token_that_is_not_in_is_told(with_tokens):
    with pytest.raises(TokenGone):
        enrolling.ask_enrolment(uuid4(), VAN, actor=FIRST, now=NOW)


def test_a_certificate_of_another_name_is_refused(van):
    with pytest.raises(CertificateOfOther):
        enrolling.ask_enrolment(van, "Lê Quốc Bảo", actor=FIRST, now=NOW)

    assert public.enrolled(now=NOW) == ()


def test_a_certificate_of_an_unknown_authority_is_refused(van, tmp_path):
    stranger, subject = Authority(tmp_path), Subject(f"officer-{van}", VAN, "UBND")
    officers_keys().enrol(subject, tokens.PIN, lambda key: stranger.certify(key, subject))

    with pytest.raises(CertificateUntrusted):
        enrolling.ask_enrolment(van, VAN, actor=FIRST, now=NOW)


def test_a_certificate_that_is_over_is_refused(van):
    tokens.keys_on_token(van, VAN, until=NOW - timedelta(days=1))

    with pytest.raises(CertificateUntrusted):
        enrolling.ask_enrolment(van, VAN, actor=FIRST, now=NOW)


def test_nothing_is_signed_before_a_second_administrator_agrees(van):
    asked = enrolling.ask_enrolment(van, VAN, actor=FIRST, now=NOW)

    with pytest.raises(CertificateNotEnrolled):
        signs(van)
    with pytest.raises(SecondAdministratorNeeded):
        enrolling.confirm_enrolment(asked.id, actor=FIRST, now=NOW)
    with pytest.raises(CertificateKnown):
        enrolling.ask_enrolment(van, VAN, actor=FIRST, now=NOW)
    enrolling.confirm_enrolment(asked.id, actor=SECOND, now=NOW)

    assert signs(van)
    [one] = public.enrolled(now=NOW)
    assert (one.holder, one.state, bool(one.token_serial)) == (VAN, EnrolledState.VALID, True)


def test_what_was_withdrawn_signs_nothing_any_more(van):
    enrolled = tokens.enrolled_by_two(van, VAN, now=NOW)
    assert signs(van)

    with pytest.raises(WithdrawReasonNeeded):
        enrolling.withdraw_enrolment(enrolled, " ", actor=FIRST, now=NOW)
    enrolling.withdraw_enrolment(enrolled, "Mất token.", actor=FIRST, now=NOW)

    with pytest.raises(CertificateNotEnrolled):
        signs(van)


def test_a_certificate_that_ends_soon_is_told(van):
    tokens.keys_on_token(van, VAN, until=NOW + timedelta(days=20))
    tokens.enrolled_by_two(van, VAN, now=NOW)

    [one] = public.enrolled(now=NOW)

    assert one.state is EnrolledState.ENDING


# ── PINs ─────────────────────────────────────────────────────────────────────────────────────────


def test_wrong_pins_are_counted_and_told_until_one_is_right(van):
    tokens.enrolled_by_two(van, VAN, now=NOW)

    said = []
    for _ in range(2):
        with pytest.raises(PinWrong) as refused:
            signs(van, tokens.WRONG)
        said.append(refused.value.message)

    assert "lần thứ 1 liền nhau" in said[0]
    assert "lần thứ 2 liền nhau" in said[1]
    assert "Token cho biết đang đếm số lần sai" in said[1]
    assert SignerCertificate.objects.get().wrong_pins == 2
    signs(van)
    assert SignerCertificate.objects.get().wrong_pins == 0


def test_no_pin_is_kept_anywhere(van):
    tokens.enrolled_by_two(van, VAN, now=NOW)
    with pytest.raises(PinWrong) as refused:
        signs(van, tokens.WRONG)
    signs(van)

    leaves = " ".join(f"{leaf.subject} {leaf.body}" for leaf in LedgerLeaf.objects.all())
    rows = str(list(SignerCertificate.objects.values()))

    assert "documents.wrong_pin" in {leaf.action for leaf in LedgerLeaf.objects.all()}
    for pin in (tokens.PIN, tokens.WRONG):
        assert pin not in leaves + rows + refused.value.message


@pytest.mark.parametrize(
    ("warned", "word"), [("LAST", "chỉ còn một lần thử"), ("LOCKED", "đã bị khóa"), ("", "tự khóa")]
)
def test_what_a_token_says_of_the_next_try_is_told(warned, word):
    """SoftHSM never says that one try is left, nor that it is locked."""
    assert word in enrolling.told(2, warned).message
