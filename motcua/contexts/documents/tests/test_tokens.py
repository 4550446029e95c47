"""Keys in files and keys on tokens sign alike; a token that refuses says why."""

import threading
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from asn1crypto import x509
from pkcs11 import exceptions as told

from e2e.programs import softhsm
from motcua.contexts.documents import public
from motcua.contexts.documents import testing as tokens
from motcua.contexts.documents.adapters import pades
from motcua.contexts.documents.adapters.authority import Authority
from motcua.contexts.documents.adapters.keys import KeptKeys
from motcua.contexts.documents.adapters.tokens import Tokens, refusal_of, token_label
from motcua.contexts.documents.contracts import (
    CertificateEnded,
    KeyNotOnToken,
    KeyRefused,
    PinLocked,
    PinNeeded,
    PinWrong,
    TokenBusy,
    TokenGone,
)
from motcua.contexts.documents.ports import Subject
from motcua.contexts.documents.testing import a_letter
from motcua.kernel.testing import MONDAY_9AM

MARK = pades.Mark(pades.OFFICER_FIELD, "Đỗ Thanh Vân", "Trích lục", "7K3MQ9TX2B5R", "ab" * 16)


softhsm_here = pytest.mark.program("softhsm")


@pytest.fixture(scope="module")
def keys(tmp_path_factory) -> Authority:
    return Authority(tmp_path_factory.mktemp("pki"))


@pytest.fixture(scope="module")
def paper(one_authority) -> bytes:
    return public.render_official_form("04", a_letter("7K3M-Q9TX-2B5R"))


@pytest.fixture
def ring() -> Tokens:
    tokens.token_folder()
    return Tokens(softhsm(), label="{id}", key_label="motcua")


@pytest.fixture(params=["files", pytest.param("token", marks=pytest.mark.program("softhsm"))])
def any_ring(request, keys):
    """(ring, an officer with a key in it)."""
    subject = an_officer()
    if request.param == "files":
        return KeptKeys(keys), subject
    found = request.getfixturevalue("ring")
    tokens.an_officer_token(found, keys, subject)
    return found, subject


def an_officer() -> Subject:
    return Subject(f"officer-{uuid4()}", "Đỗ Thanh Vân", "UBND Phường Sài Gòn")


# ── what both do ─────────────────────────────────────────────────────────────────────────────────


def test_a_key_signs_a_paper_that_our_authority_trusts(any_ring, keys, paper):
    ring, subject = any_ring

    with ring.open(subject, tokens.PIN) as key:
        made = pades.sign(paper, key, MARK, authority=keys, at=MONDAY_9AM)

    proof = pades.examine(made, keys)
    assert (proof.trusted, proof.signatures, proof.code) == (True, 1, "7K3MQ9TX2B5R")


def test_one_opening_signs_twenty(any_ring, keys, paper):
    ring, subject = any_ring

    with ring.open(subject, tokens.PIN) as key:
        made = {pades.sign(paper, key, MARK, authority=keys, at=MONDAY_9AM) for _ in range(20)}

    assert len(made) == 20
    assert pades.examine(made.pop(), keys).trusted


def test_a_certificate_names_its_officer_and_no_other(any_ring):
    ring, subject = any_ring

    with ring.open(subject, tokens.PIN) as key:
        named = x509.Certificate.load(key.certificate).subject.native

    assert named["common_name"] == "Đỗ Thanh Vân"


# ── what a token refuses ─────────────────────────────────────────────────────────────────────────


@softhsm_here
def test_without_a_pin_no_token_is_looked_for(ring):
    with pytest.raises(PinNeeded), ring.open(an_officer(), ""):
        pass


@softhsm_here
def test_a_wrong_pin_signs_nothing_and_is_told(ring, keys):
    subject = an_officer()
    tokens.an_officer_token(ring, keys, subject)

    with pytest.raises(PinWrong) as refused, ring.open(subject, tokens.WRONG):
        pass

    assert tokens.WRONG not in refused.value.message
    with ring.open(subject, tokens.PIN) as key:
        assert key.sign(b"x")


@softhsm_here
def test_the_login_of_one_request_never_serves_a_wrong_pin(ring, keys):
    """PKCS #11 logs a whole process in: a second request waits, then proves itself anew."""
    subject, seen = an_officer(), []
    tokens.an_officer_token(ring, keys, subject)

    def intrude() -> None:
        try:
            with ring.open(subject, tokens.WRONG):
                seen.append("open")
        except KeyRefused as refusal:
            seen.append(type(refusal))

    with ring.open(subject, tokens.PIN) as key:
        other = threading.Thread(target=intrude)
        other.start()
        assert key.sign(b"x")
        assert not seen
    other.join()

    assert seen == [PinWrong]


@softhsm_here
def test_a_token_that_is_not_there_is_told(ring):
    with pytest.raises(TokenGone), ring.open(an_officer(), tokens.PIN):
        pass


@softhsm_here
def test_a_token_pulled_out_in_the_middle_is_told(ring, keys):
    subject = an_officer()
    tokens.an_officer_token(ring, keys, subject)

    with pytest.raises(TokenGone), ring.open(subject, tokens.PIN) as key:
        assert key.sign(b"one")
        tokens.take_out(token_label("{id}", subject))
        key.sign(b"two")


@softhsm_here
def test_a_token_of_somebody_else_has_no_key_for_us(ring):
    subject = an_officer()
    tokens.put_in(token_label("{id}", subject))

    with pytest.raises(KeyNotOnToken), ring.open(subject, tokens.PIN):
        pass


@softhsm_here
def test_a_certificate_past_its_time_signs_nothing(ring, keys):
    subject = an_officer()
    tokens.an_officer_token(ring, keys, subject, until=datetime(2025, 1, 1, tzinfo=UTC))

    with pytest.raises(CertificateEnded), ring.open(subject, tokens.PIN):
        pass


@softhsm_here
def test_the_slot_that_was_named_is_the_only_one(keys, ring):
    subject = an_officer()
    tokens.an_officer_token(ring, keys, subject)
    elsewhere = Tokens(softhsm(), label="{id}", key_label="motcua", slot="7")

    with pytest.raises(TokenGone), elsewhere.open(subject, tokens.PIN):
        pass


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        (told.PinIncorrect, PinWrong),
        (told.PinLenRange, PinWrong),
        (told.PinLocked, PinLocked),
        (told.PinExpired, PinLocked),
        (told.UserPinNotInitialized, PinLocked),
        (told.TokenNotPresent, TokenGone),
        (told.DeviceRemoved, TokenGone),
        (told.DeviceError, TokenGone),
        (told.SessionHandleInvalid, TokenGone),
        (told.AnotherUserAlreadyLoggedIn, TokenBusy),
        (told.NoSuchKey, KeyNotOnToken),
    ],
)
def test_what_a_device_says_becomes_a_sentence(said, refusal):
    """SoftHSM never locks a PIN, so that what a real token says then is told here."""
    found = refusal_of(said())

    assert type(found) is refusal
    assert "Bạn" in found.message


def test_a_label_has_no_more_letters_than_tokens_know():
    subject = replace(an_officer(), file="officer-018f2b7e-0000-7000-8000-0123456789ab")

    assert token_label("{id}", subject) == "018f2b7e0000700080000123456789ab"
    assert token_label("HSM của Sở", subject) == "HSM của Sở"
