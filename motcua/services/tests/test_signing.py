"""One PIN signs twenty results; a batch that stops goes on, and nothing is signed twice."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from e2e.programs import softhsm
from motcua.contexts.documents import public as documents
from motcua.contexts.documents import testing as tokens
from motcua.contexts.documents.contracts import (
    BatchNotFound,
    BatchView,
    ItemState,
    PinWrong,
    TokenGone,
    VerificationStatus,
)
from motcua.contexts.dossiers.actions import signing
from motcua.contexts.dossiers.contracts import (
    NothingToSign,
    SignAtTable,
    SigningProofNeeded,
    TooManyToSign,
)
from motcua.contexts.identity.testing import a_person
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel.actors import Actor
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM, citizen
from motcua.services.tests.journey import a_birth, member, on_desk, step, straight_on, walk

pytestmark = pytest.mark.django_db
NOW = MONDAY_9AM
on_tokens = pytest.mark.program("softhsm")


@pytest.fixture
def tuyet(small_city: None) -> Actor:
    return citizen(person=a_person().id)


@pytest.fixture
def van(small_city: None) -> Actor:
    """The chairwoman, who has just proved who she is."""
    return replace(member("van", NOW.date()), proven_at=NOW)


@pytest.fixture
def to_sign(tuyet: Actor) -> Callable[[int], list[str]]:
    """So many birth certificates that wait for the chairwoman."""

    def made(count: int) -> list[str]:
        codes = [a_birth(tuyet) for _ in range(count)]
        for code in codes:
            walk(code, now=NOW, until="sign")
        return codes

    return made


@pytest.fixture
def token(settings, van: Actor) -> str:
    """The city signs with tokens, and the chairwoman has put hers in. Its label."""
    settings.PKCS11_MODULE = softhsm()
    tokens.token_folder()
    label = tokens.an_officers_token(the_officer("van").id, "Đỗ Thanh Vân")
    tokens.enrolled_by_two(the_officer("van").id, "Đỗ Thanh Vân", now=NOW)
    return label


def states(batch: BatchView) -> list[ItemState]:
    return [item.state for item in batch.items]


# ── what is refused ──────────────────────────────────────────────────────────────────────────────


def test_nothing_and_more_than_twenty_are_no_batch(van):
    with pytest.raises(NothingToSign):
        signing.begin([], actor=van, now=NOW)
    with pytest.raises(TooManyToSign):
        signing.begin([str(one) for one in range(21)], actor=van, now=NOW)


def test_who_has_not_proved_themselves_signs_nothing(van, to_sign):
    [code] = to_sign(1)
    batch = signing.begin([code], actor=van, now=NOW)

    with pytest.raises(SigningProofNeeded):
        signing.work(batch.batch_id, "", actor=replace(van, proven_at=None), now=NOW)

    assert not documents.is_signed(code)


def test_a_batch_is_its_officers_alone(van, to_sign):
    batch = signing.begin(to_sign(1), actor=van, now=NOW)

    with pytest.raises(BatchNotFound):
        signing.work(batch.batch_id, "", actor=member("bao", NOW.date()), now=NOW)


@on_tokens
def test_a_wrong_pin_signs_nothing_and_stands_in_the_ledger_without_the_pin(van, to_sign, token):
    codes = to_sign(1)
    batch = signing.begin(codes, actor=van, now=NOW)

    with pytest.raises(PinWrong):
        signing.work(batch.batch_id, tokens.WRONG, actor=van, now=NOW)

    found = documents.batch_for(batch.batch_id, van, now=NOW)
    assert states(found) == [ItemState.WAITING]
    assert found.stopped == "pin_wrong"
    leaves = [f"{leaf.action} {leaf.body}" for leaf in LedgerLeaf.objects.all()]
    assert any("documents.batch_stopped" in leaf for leaf in leaves)
    assert not any(tokens.WRONG in leaf for leaf in leaves)


@on_tokens
def test_with_tokens_no_other_page_signs(van, to_sign, token):
    [code] = to_sign(1)

    with pytest.raises(SignAtTable):
        step(code, "sign", now=NOW, by=van)


# ── what is signed ───────────────────────────────────────────────────────────────────────────────


@on_tokens
def test_one_pin_signs_all_of_a_batch_each_with_a_line_of_its_own(van, to_sign, token):
    codes = to_sign(3)
    batch = signing.begin(codes, actor=van, now=NOW)

    done = signing.work(batch.batch_id, tokens.PIN, actor=van, now=NOW)

    assert states(done) == [ItemState.SIGNED] * 3
    signed = LedgerLeaf.objects.filter(action="documents.sign")
    assert sorted(signed.values_list("subject", flat=True)) == sorted(codes)
    issued = straight_on(codes[1], now=NOW).issued_code
    assert documents.verify(issued).status is VerificationStatus.VALID


@on_tokens
def test_a_token_pulled_out_keeps_what_was_signed_and_goes_on_later(van, to_sign, token):
    codes = to_sign(3)
    batch = signing.begin(codes, actor=van, now=NOW)
    with documents.open_key(tokens.a_signer_of(the_officer("van").id), tokens.PIN, now=NOW) as key:
        signing.sign_item(batch.batch_id, codes[0], seen(codes[0]), key, actor=van, now=NOW)
    tokens.take_out(token)

    with pytest.raises(TokenGone):
        signing.work(batch.batch_id, tokens.PIN, actor=van, now=NOW)
    tokens.an_officers_token(the_officer("van").id, "Đỗ Thanh Vân")
    tokens.enrolled_by_two(the_officer("van").id, "Đỗ Thanh Vân", now=NOW)
    done = signing.work(batch.batch_id, tokens.PIN, actor=van, now=NOW)

    assert states(done) == [ItemState.SIGNED] * 3
    assert LedgerLeaf.objects.filter(action="documents.sign").count() == 3


def test_a_process_killed_between_two_papers_signs_none_twice(van, to_sign, monkeypatch):
    codes = to_sign(3)
    batch = signing.begin(codes, actor=van, now=NOW)
    killed = iter([False, True])
    taken = signing.desk.take

    def until_killed(*args, **kwargs):
        if next(killed):
            raise KeyboardInterrupt
        return taken(*args, **kwargs)

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(signing.desk, "take", until_killed)
        signing.work(batch.batch_id, "", actor=van, now=NOW)
    [first] = LedgerLeaf.objects.filter(action="documents.sign").values_list("subject", flat=True)
    done = signing.work(batch.batch_id, "", actor=van, now=NOW)
    signing.work(batch.batch_id, "", actor=van, now=NOW)

    assert first == codes[0]
    assert states(done) == [ItemState.SIGNED] * 3
    assert LedgerLeaf.objects.filter(action="documents.sign").count() == 3


def test_what_changed_meanwhile_is_left_out_and_the_others_go_on(van, to_sign):
    codes = to_sign(2)
    batch = signing.begin(codes, actor=van, now=NOW)
    step(codes[0], "return", now=NOW, by=van, misdirected=True, reason="Ký nhầm nơi.")

    done = signing.work(batch.batch_id, "", actor=van, now=NOW)

    assert states(done) == [ItemState.REFUSED, ItemState.SIGNED]
    assert done.items[0].said


def test_numbers_of_one_register_follow_each_other(van, to_sign):
    codes = to_sign(3)
    batch = signing.begin(codes, actor=van, now=NOW)

    signing.work(batch.batch_id, "", actor=van, now=NOW)

    assert [documents.numbers_of(code) for code in codes] == [("1/KS",), ("2/KS",), ("3/KS",)]


def seen(code: str) -> int:
    return on_desk(code, now=NOW).dossier.version_seen
