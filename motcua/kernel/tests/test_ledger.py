"""The ledger: every tampering is found, and an honest one raises no alarm."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import call_command
from django.db import connection, transaction

from motcua.kernel import ledger, merkle
from motcua.kernel.db import owns_transaction, record, uuid7
from motcua.kernel.models import LedgerHead, LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM, citizen
from motcua.kernel.testing.sealing import sealed

pytestmark = pytest.mark.django_db(transaction=True)
TUYET = citizen()


@owns_transaction
def note(*subjects: str, now: datetime) -> None:
    for subject in subjects:
        record(action="tests.note", subject=subject, actor=TUYET, facts={"n": len(subject)})


@pytest.fixture
def three_heads() -> list[LedgerLeaf]:
    """Seven leaves under three heads; nothing is wrong."""
    for number, subjects in enumerate((("a", "b", "c"), ("d", "e"), ("f", "g"))):
        note(*subjects, now=MONDAY_9AM)
        sealed(now=MONDAY_9AM + timedelta(seconds=number))
    assert ledger.verify() == ([], 7, 3)
    return list(LedgerLeaf.objects.order_by("xid", "id"))


@contextmanager
def behind_its_back(statement: str, *rows: tuple[object, ...]) -> Iterator[None]:
    """As somebody with the keys of the database could, once per row; undone afterwards."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE kernel_ledger_leaf DISABLE TRIGGER USER")
            for values in rows:
                cursor.execute(statement, values)
        yield
        transaction.set_rollback(True)


def found() -> set[tuple[str, str]]:
    findings, _, _ = ledger.verify()
    return {(f.what, f.where) for f in findings}


ALTERATIONS = (
    "body = replace(body, 'tests.note', 'tests.nota')",
    "salt = decode('00112233445566778899aabbccddeeff', 'hex')",
    "digest = decode(repeat('00', 32), 'hex')",
    "subject = 'somebody else'",
    "action = 'tests.other'",
    "actor_id = NULL",
    "at = at + interval '1 microsecond'",
)


def test_an_altered_leaf_is_named_whatever_was_altered(three_heads):
    for leaf in three_heads:
        for change in ALTERATIONS:
            statement = f"UPDATE kernel_ledger_leaf SET {change} WHERE id = %s"
            with behind_its_back(statement, (leaf.id,)):
                assert ("altered leaf", str(leaf.id)) in found(), change


def test_a_leaf_rewritten_with_a_fitting_digest_is_found_by_the_root(three_heads):
    leaf = three_heads[3]
    body = leaf.body.replace(f'"subject": "{leaf.subject}"', '"subject": "x"')
    digest = ledger.leaf_digest(bytes(leaf.salt), body)

    rewrite = "UPDATE kernel_ledger_leaf SET body = %s, subject = 'x', digest = %s WHERE id = %s"
    with behind_its_back(rewrite, (body, digest, leaf.id)):
        assert found() == {("leaves differ (5 found, 5 sealed)", "head 2")}


def test_a_deleted_leaf_is_missed_in_its_head_alone(three_heads):
    for place, head in ((0, 1), (2, 1), (4, 2), (6, 3)):
        leaf = three_heads[place].id
        with behind_its_back("DELETE FROM kernel_ledger_leaf WHERE id = %s", (leaf,)):
            ((what, where),) = found()

        assert what.startswith("leaves differ")
        assert where == f"head {head}"


def test_an_inserted_leaf_is_found(three_heads):
    copy = """
    INSERT INTO kernel_ledger_leaf
    SELECT %s, at, action, subject, actor_id, body, salt, digest, xid
    FROM kernel_ledger_leaf WHERE id = %s
    """

    with behind_its_back(copy, (uuid7(), three_heads[3].id)):
        assert found() == {("leaves differ (6 found, 5 sealed)", "head 2")}


def test_reordered_leaves_are_found(three_heads):
    """Two leaves change places: their ids, and the transactions they say they belong to."""
    move = "UPDATE kernel_ledger_leaf SET id = %s, xid = %s WHERE id = %s"
    for first, second in ((0, 1), (3, 4), (1, 5)):
        one, other, spare = three_heads[first], three_heads[second], uuid7()
        moves = (
            (spare, other.xid, one.id),
            (one.id, one.xid, other.id),
            (other.id, other.xid, spare),
        )
        with behind_its_back(move, *moves):
            assert any(what.startswith("leaves differ") for what, _ in found())


HEADS_CHANGED = (
    ("root = decode(repeat('01', 32), 'hex')", "bad signature"),
    ("size = 6", "bad signature"),
    ("previous = decode(repeat('01', 32), 'hex')", "broken chain"),
    ("signature = decode(repeat('01', 64), 'hex')", "bad signature"),
    ("sealed_at = sealed_at + interval '1 second'", "bad signature"),
)


def test_a_changed_or_removed_head_is_found(three_heads):
    for change, what in HEADS_CHANGED:
        statement = f"UPDATE kernel_ledger_head SET {change} WHERE number = %s"
        with behind_its_back(statement, (2,)):
            assert (what, "head 2") in found(), change

    with behind_its_back("DELETE FROM kernel_ledger_head WHERE number = %s", (2,)):
        assert ("missing head", "head 2") in found()


def test_a_head_signed_with_another_key_is_found(three_heads):
    head = LedgerHead.objects.get(number=3)
    forged = Ed25519PrivateKey.generate().sign(ledger.head_message(head))
    LedgerHead.objects.filter(number=3).update(signature=forged)

    assert found() == {("bad signature", "head 3")}


def test_ten_thousand_leaves_raise_no_alarm():
    with (
        connection.cursor() as cursor,
        cursor.copy(
            "COPY kernel_ledger_leaf (id, at, action, subject, actor_id, body, salt, digest)"
            " FROM STDIN"
        ) as copy,
    ):
        for number in range(10_000):
            leaf = ledger.new_leaf(
                action="tests.note", subject=str(number), actor=TUYET, facts=None, at=MONDAY_9AM
            )
            copy.write_row(
                (uuid7(), leaf.at, leaf.action, leaf.subject, leaf.actor_id, leaf.body, leaf.salt,
                 leaf.digest)
            )  # fmt: skip
    head = sealed(now=MONDAY_9AM)

    assert head.size == 10_000
    assert ledger.verify() == ([], 10_000, 1)


def test_a_tree_is_the_same_however_it_grew():
    digests = [bytes([n]) * 32 for n in range(40)]
    for size in range(41):
        whole = merkle.Tree()
        for digest in digests[:size]:
            whole.append(digest)

        assert whole.root() == _by_the_book(digests[:size])


def _by_the_book(digests: list[bytes]) -> bytes:
    """RFC 9162 2.1.1, word for word."""
    if not digests:
        return merkle.EMPTY_ROOT
    if len(digests) == 1:
        return digests[0]
    split = 1
    while split * 2 < len(digests):
        split *= 2
    return merkle.node(_by_the_book(digests[:split]), _by_the_book(digests[split:]))


def test_a_sealer_killed_half_way_leaves_nothing_and_the_next_one_goes_on():
    note("a", now=MONDAY_9AM)
    first = sealed(now=MONDAY_9AM)
    note("b", now=MONDAY_9AM)
    with transaction.atomic():
        sealed(now=MONDAY_9AM)
        transaction.set_rollback(True)

    second = sealed(now=MONDAY_9AM)

    assert (first.size, second.number, second.size) == (1, 2, 2)
    assert ledger.verify() == ([], 2, 2)


def test_the_command_says_what_is_wrong_and_fails(three_heads):
    out = io.StringIO()
    call_command("ledger", "verify", stdout=out)
    assert "7 lá, 3 đầu sổ: nguyên vẹn." in out.getvalue()
    change = "UPDATE kernel_ledger_leaf SET subject = 'x' WHERE id = %s"

    out = io.StringIO()
    with behind_its_back(change, (three_heads[0].id,)), pytest.raises(SystemExit):
        call_command("ledger", "verify", "--json", stdout=out)

    assert json.loads(out.getvalue())["findings"] == [
        {"what": "altered leaf", "where": str(three_heads[0].id)}
    ]


def test_no_leaf_holds_a_name_or_what_a_person_wrote():
    note("H29.99-20261123-0000001", now=MONDAY_9AM)

    leaf = LedgerLeaf.objects.get()
    assert TUYET.name not in leaf.body
    assert set(json.loads(leaf.body)) == {"action", "actor", "at", "facts", "kind", "subject"}
