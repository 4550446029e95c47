"""Once a day the newest head of the ledger gets a time stamp that anybody can check."""

from datetime import timedelta

import pytest

from motcua.contexts.documents.actions.issuing import local_authority
from motcua.contexts.documents.actions.stamping import stamp_newest_head, stamped_at
from motcua.contexts.documents.adapters.authority import Authority
from motcua.kernel import anchors, exports, ledger
from motcua.kernel.actors import SYSTEM
from motcua.kernel.models import LedgerLeaf, LedgerStamp
from motcua.kernel.testing import MONDAY_9AM
from motcua.kernel.testing.sealing import sealed_unasked

pytestmark = pytest.mark.django_db


def grown(subject: str):
    leaf = ledger.new_leaf(
        action="tests.note", subject=subject, actor=SYSTEM, facts={}, at=MONDAY_9AM
    )
    leaf.save(force_insert=True)
    return sealed_unasked(now=MONDAY_9AM)


def test_an_empty_ledger_has_nothing_to_stamp():
    assert not stamp_newest_head(now=MONDAY_9AM)


def test_one_stamp_a_day_and_only_over_what_is_new():
    grown("a")

    assert stamp_newest_head(now=MONDAY_9AM)
    assert not stamp_newest_head(now=MONDAY_9AM + timedelta(days=1))
    assert LedgerStamp.objects.count() == 1


def test_the_token_holds_for_its_head_alone(tmp_path):
    head = grown("a")
    stamp_newest_head(now=MONDAY_9AM)
    [stamp] = anchors.stamps()
    keys, digest = local_authority(), anchors.stamp_digest(head)
    token = bytes(stamp.token)

    assert stamped_at(token, digest, keys) == MONDAY_9AM
    assert stamped_at(token, bytes(32), keys) is None
    assert stamped_at(token, digest, Authority(tmp_path / "other")) is None
    bent = token[:-1] + bytes([token[-1] ^ 1])
    assert stamped_at(bent, digest, keys) is None


def test_a_proof_carries_the_stamp_of_the_first_head_after_it():
    head = grown("a")
    stamp_newest_head(now=MONDAY_9AM)

    proof = exports.proof_file(LedgerLeaf.objects.get(subject="a").id)

    [shown] = proof["heads"]
    assert shown["number"] == head.number
    assert shown["stamp"]["at"] == MONDAY_9AM
