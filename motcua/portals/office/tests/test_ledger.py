"""The ledger's pages: heads, a check of the whole, the proof of one leaf."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from motcua.contexts.exchange.testing import in_process, registered, shown_to_witnesses
from motcua.kernel import anchors, checks, clock, db, ledger, merkle, proofs, verify_ledger
from motcua.kernel.db import uuid7
from motcua.kernel.models import LedgerCheck, LedgerHead, LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM, citizen
from motcua.portals.office.tests.conftest import leaves, post, sealed, text_of

URL = "/quan-tri/so-cai"
TUYET = citizen()


@db.owns_transaction
def act(subject: str, *, actor, now) -> None:
    db.record(action="tests.act", subject=subject, actor=actor, facts={"size": 7})


@pytest.fixture
def written(small_city):
    """Nine leaves of nine transactions under three heads; the middle head covers four."""
    found = []
    for number in range(9):
        leaf = ledger.new_leaf(
            action="tests.act",
            subject=f"subject {number}",
            actor=TUYET,
            facts={"size": 7},
            at=MONDAY_9AM,
        )
        leaf.xid = number + 1
        leaf.save(force_insert=True)
        found.append(leaf)
    for below in (4, 8, 10):
        sealed(below=below)
    return found


def altered(leaf: LedgerLeaf) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE kernel_ledger_leaf DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE kernel_ledger_leaf SET body = replace(body, '7', '8') WHERE id = %s", [leaf.id]
        )
        cursor.execute("ALTER TABLE kernel_ledger_leaf ENABLE TRIGGER USER")


def test_heads_are_listed_with_their_signatures(quynh, written):
    page = text_of(quynh.get(URL))
    file = b"".join(quynh.get(f"{URL}/xuat.csv")).decode()

    assert "Đầu sổ 3" in page
    assert "Chữ ký đúng" in page
    assert "Chữ ký sai" not in page
    assert file.count("Chữ ký đúng") == 3


def test_every_leaf_proves_that_it_lies_under_a_signed_root(quynh, written):
    found = [proofs.proof_of(leaf.id) for leaf in written]

    assert all(proof.holds for proof in found)
    assert [proof.position for proof in found] == list(range(len(written)))
    page = text_of(quynh.get(f"{URL}/la/{written[4].id}"))
    assert "Nguyên vẹn và có trong sổ đã ký" in page
    assert "size: 7" in page


def test_a_wrong_path_leads_to_another_root(written):
    leaf = written[4]
    proof = proofs.proof_of(leaf.id)
    path = [bytes.fromhex(step) for step in proof.path]

    def root(position, steps):
        return merkle.root_from(bytes(leaf.digest), position, proof.head.size, steps).hex()

    assert root(proof.position, path) == proof.head.root
    assert root(proof.position + 1, path) != proof.head.root
    assert root(proof.position, path[1:]) != proof.head.root
    assert root(proof.position, [*path, path[0]]) != proof.head.root


def test_an_altered_leaf_is_told_on_its_page(quynh, written):
    altered(written[4])

    assert "Lá này đã bị sửa" in text_of(quynh.get(f"{URL}/la/{written[4].id}"))


def test_a_fresh_leaf_is_not_sealed_yet(quynh, written):
    act("fresh", actor=TUYET, now=MONDAY_9AM)
    leaf = LedgerLeaf.objects.get(subject="fresh")

    assert "Chưa niêm phong" in text_of(quynh.get(f"{URL}/la/{leaf.id}"))


def test_leaves_are_found_by_subject_and_by_number(quynh, written):
    by_subject = text_of(quynh.get(f"{URL}/la", {"tim": "subject 4"}))
    by_number = quynh.get(f"{URL}/la", {"tim": str(written[4].id)})

    assert f"{URL}/la/{written[4].id}" in by_subject
    assert f"{URL}/la/{written[3].id}" not in by_subject
    assert by_number["Location"] == f"{URL}/la/{written[4].id}"
    assert "Không có lá nào" in text_of(quynh.get(f"{URL}/la", {"tim": "nobody"}))
    assert quynh.get(f"{URL}/la/{uuid7()}").status_code == 404


def test_the_whole_is_checked_at_once_and_the_check_is_an_action(quynh, written):
    before = text_of(quynh.get(URL))
    answer = post(quynh, f"{URL}/kiem-tra", idempotency_key="once")
    post(quynh, f"{URL}/kiem-tra", idempotency_key="once")

    assert "Chưa kiểm tra lần nào" in before
    assert answer["Location"] == URL
    assert "Sổ cái nguyên vẹn" in text_of(quynh.get(URL))
    assert (leaves("kernel.check_ledger"), LedgerCheck.objects.count()) == (1, 1)


def test_a_check_names_the_leaf_that_was_altered(quynh, written):
    altered(written[4])
    post(quynh, f"{URL}/kiem-tra")

    page = text_of(quynh.get(URL))

    assert "chỗ không khớp" in page
    assert f"Lá bị sửa: {written[4].id}" in page


def test_a_ledger_without_heads_has_nothing_to_check(quynh):
    assert post(quynh, f"{URL}/kiem-tra").status_code == 409


def test_a_large_ledger_is_checked_in_pieces_by_a_job(quynh, written):
    started = checks.start(actor=TUYET, now=MONDAY_9AM, at_once=5)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args->>'check_id' FROM procrastinate_jobs WHERE task_name = %s", [checks.JOB]
        )
        [(check,)] = cursor.fetchall()

    ended = [checks.go_on(started.id, now=MONDAY_9AM, most=4)]
    halfway = text_of(quynh.get(URL))
    again = checks.start(actor=TUYET, now=MONDAY_9AM, at_once=5)
    ended.append(checks.go_on(started.id, now=MONDAY_9AM, most=4))

    assert (started.small, check) == (False, str(started.id))
    assert ended == [False, True]
    assert "Đang kiểm tra: 77,8%" in halfway
    assert again.id == started.id
    assert (checks.latest().leaves, checks.latest().wrong) == (9, 0)


@pytest.fixture
def witnesses(tmp_path):
    council = registered(in_process("witness_council", tmp_path))
    with council, registered(in_process("witness_archive", tmp_path)):
        yield


def test_the_page_says_who_vouches_outside_and_who_is_late(quynh, written, witnesses, tmp_path):
    with registered(in_process("witness_council", tmp_path, down=True)):
        shown_to_witnesses()

    page = text_of(quynh.get(URL))

    assert "Nhân chứng sổ cái: Lưu trữ lịch sử" in page
    assert "không trả lời" in page
    assert "Chậm" in page  # its heads were signed long ago
    assert "9 lá chưa neo" in page
    assert "1 / 2" in text_of(quynh.get("/quan-tri"))


def test_a_witness_that_saw_another_past_is_the_first_thing_the_page_says(
    quynh, written, witnesses
):
    shown_to_witnesses()
    LedgerHead.objects.order_by("-number").first().delete()
    shown_to_witnesses()

    page = text_of(quynh.get(URL))

    assert "Sổ cái trái với nhân chứng" in page
    assert "đã thấy nhiều lá hơn sổ này" in page


def test_a_leaf_and_its_anchors_are_taken_along_as_files(quynh, written, witnesses):
    shown_to_witnesses()
    act("fresh", actor=TUYET, now=MONDAY_9AM)
    fresh = LedgerLeaf.objects.get(subject="fresh")

    proof = json.loads(quynh.get(f"{URL}/la/{written[4].id}/bang-chung.json").content)
    listed = b"".join(quynh.get(f"{URL}/neo.jsonl")).decode().splitlines()
    known = Client().get("/so-cai/khoa.json").json()

    keys = {name: bytes.fromhex(key) for name, key in known["witnesses"].items()}
    assert verify_ledger.check_proof(proof, key=bytes.fromhex(known["key"]), keys=keys)[:2] == (
        [],
        {"witness_council", "witness_archive"},
    )
    assert len(listed) == 2
    assert quynh.get(f"{URL}/la/{fresh.id}/bang-chung.json").status_code == 409


def test_anybody_may_take_the_verifier_along():
    answer = Client().get("/so-cai/verify_ledger.py")

    assert answer.content == Path(verify_ledger.__file__).read_bytes()


def test_the_page_says_since_when_there_is_no_time_stamp_and_why(quynh, written):
    anchors.note_stamp_problem("wrong_nonce", now=clock.now())

    page = text_of(quynh.get(URL))

    assert "Chưa có dấu nào" in page
    assert "Chưa có dấu mới từ" in page
    assert "trả lời cho lần hỏi khác" in page
    assert "timestamping" not in page
