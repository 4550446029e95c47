"""The verifier in one file, run as a stranger would: by itself, without the project."""

import ast
import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.management import CommandError, call_command

from motcua.kernel import anchors, exports, ledger, verify_ledger
from motcua.kernel.db import owns_transaction, record, uuid7
from motcua.kernel.models import LedgerHead, LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM, citizen, template
from motcua.kernel.testing.sealing import sealed

FILE = Path(verify_ledger.__file__)
COUNCIL = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NAME = "witness_council"
KEY = COUNCIL.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
TUYET = citizen()


@owns_transaction
def note(*subjects, now) -> None:
    for subject in subjects:
        record(action="tests.note", subject=subject, actor=TUYET, facts={"n": 7})


def witnessed(head: LedgerHead) -> None:
    at = head.sealed_at.isoformat()
    told = {"number": head.number, "size": head.size, "root": bytes(head.root), "at": at}
    words = anchors.message(witness=NAME, ledger_id=ledger.ledger_id(), **told)
    signed = anchors.Countersigned(witness=NAME, key=KEY, signature=COUNCIL.sign(words), **told)
    anchors.note(signed, now=head.sealed_at)


@pytest.fixture(scope="module")
def folder(tmp_path_factory, django_db_setup, django_db_blocker):
    """An export of seven leaves under three heads, the second of them witnessed."""
    made = tmp_path_factory.mktemp("ledger")
    with django_db_blocker.unblock():
        try:
            for number, subjects in enumerate((("a", "b", "c"), ("d", "e"), ("f", "g"))):
                note(*subjects, now=MONDAY_9AM)
                head = sealed(now=MONDAY_9AM + timedelta(seconds=number))
                if number == 1:
                    witnessed(head)
            leaf = LedgerLeaf.objects.get(subject="b")
            call_command("ledger", "export", str(made / "ledger.jsonl"))
            call_command("ledger", "anchors", str(made / "anchors.jsonl"))
            call_command("ledger", "proof", str(made / "proof.json"), leaf=leaf.id)
            (made / "key").write_text(ledger.public_key().hex())
        finally:
            template.emptied()
    return made


def run(*arguments, plain: bool = False):
    """plain: without any installed package, so by the verifier's own arithmetic."""
    flags = ["-I", "-S"] if plain else ["-I"]
    command = [sys.executable, *flags, str(FILE), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def audited(folder, *more, plain: bool = False, **changed):
    files = {"ledger": folder / "ledger.jsonl", "anchors": folder / "anchors.jsonl"} | changed
    key = (folder / "key").read_text()
    return run(
        "export", files["ledger"], "--ledger-key", key, "--anchors", files["anchors"],
        "--witness", f"{NAME}={KEY.hex()}", *more, plain=plain,
    )  # fmt: skip


def rewritten(folder, tmp_path, change) -> Path:
    """The export after somebody changed the list of its lines."""
    lines = [json.loads(line) for line in (folder / "ledger.jsonl").read_text().splitlines()]
    made = tmp_path / "changed.jsonl"
    made.write_text("".join(json.dumps(line) + "\n" for line in change(lines)))
    return made


def test_it_imports_nothing_of_the_project():
    tree = ast.parse(FILE.read_text())
    names = {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    names |= {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}

    assert not {name for name in names if name.startswith(("motcua", "django"))}


@pytest.mark.parametrize("plain", [False, True])
def test_a_clean_ledger_raises_no_alarm(folder, plain):
    answer = audited(folder, "--need", "1", plain=plain)

    assert (answer.returncode, "nguyên vẹn (witness_council)" in answer.stdout) == (0, True)


@pytest.mark.parametrize("plain", [False, True])
def test_an_altered_row_is_named(folder, tmp_path, plain):
    def altered(lines):
        lines[2]["body"] = lines[2]["body"].replace('"n": 7', '"n": 8')
        return lines

    answer = audited(folder, ledger=rewritten(folder, tmp_path, altered), plain=plain)

    assert answer.returncode == 1
    assert "Lá bị sửa" in answer.stdout
    assert "(lá thứ 2)" in answer.stdout
    assert "đầu sổ 1: lá 1-3" in answer.stdout
    assert "Trái với nhân chứng: lá 1-5" not in answer.stdout  # it goes on from the signed tree


def test_a_ledger_cut_off_is_found_by_its_witness_alone(folder, tmp_path):
    def cut(lines):
        return [*lines[:5], lines[-1]]

    answer = audited(folder, ledger=rewritten(folder, tmp_path, cut))

    assert answer.returncode == 1
    assert "sổ hết ở lá 3, witness_council đã thấy 5 lá" in answer.stdout


def test_a_file_that_ends_early_says_so(folder, tmp_path):
    answer = audited(folder, ledger=rewritten(folder, tmp_path, lambda lines: lines[:-1]))

    assert answer.returncode == 1
    assert "tệp không có dòng cuối" in answer.stdout


def test_what_a_witness_did_not_sign_counts_for_nothing(folder, tmp_path):
    forged = tmp_path / "forged.jsonl"
    line = json.loads((folder / "anchors.jsonl").read_text())
    forged.write_text(json.dumps({**line, "at": "2027-01-01T00:00:00+00:00"}) + "\n")

    answer = audited(folder, "--need", "1", anchors=forged)

    assert answer.returncode == 1
    assert "Chữ ký của nhân chứng sai" in answer.stdout


@pytest.mark.parametrize("plain", [False, True])
def test_a_proof_holds_with_and_without_a_witness(folder, plain):
    key = (folder / "key").read_text()

    alone = run("proof", folder / "proof.json", "--ledger-key", key, "--need", "1", plain=plain)
    vouched = run("proof", folder / "proof.json", "--witness", f"{NAME}={KEY.hex()}", plain=plain)

    assert alone.returncode == 3
    assert "không có khóa của witness_council" in alone.stderr
    assert vouched.returncode == 0
    assert "nguyên vẹn (witness_council)" in vouched.stdout


@pytest.mark.parametrize(
    ("place", "value", "words"),
    [
        (("leaf", "body"), "{}", "Lá bị sửa"),
        (("leaf", "position"), 3, "Lá không nằm dưới gốc"),
        (("heads", 0, "size"), 4, "Chữ ký của sổ sai"),
        (("heads", 0, "sealed_at"), "2020-01-01T00:00:00+00:00", "Chữ ký của sổ sai"),
        (("heads", 1, "witnesses", 0, "at"), "2020-01-01", "Chữ ký của nhân chứng sai"),
        (("heads", 1, "witnesses", 0, "size"), 9, "Chữ ký của nhân chứng sai"),
        (("heads",), [], "chưa được niêm phong"),
    ],
)
def test_a_changed_proof_does_not_hold(folder, tmp_path, place, value, words):
    proof = json.loads((folder / "proof.json").read_text())
    *way, last = place
    inner = proof
    for step in way:
        inner = inner[step]
    inner[last] = value
    (tmp_path / "p.json").write_text(json.dumps(proof))

    answer = run("proof", tmp_path / "p.json", "--witness", f"{NAME}={KEY.hex()}")

    assert answer.returncode == 1
    assert words in answer.stdout


def test_another_key_is_not_the_citys(folder):
    answer = run("proof", folder / "proof.json", "--ledger-key", KEY.hex(), "--json")

    assert answer.returncode == 1
    assert json.loads(answer.stdout)["findings"][0]["what"] == "another key"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": "other"}', '{"format": 1}\nxx'])
def test_a_file_of_another_kind_is_told_apart(tmp_path, text):
    (tmp_path / "file").write_text(text)

    for what in ("proof", "export"):
        answer = run(what, tmp_path / "file")
        assert answer.returncode == 2
        assert "Không kiểm được" in answer.stderr


def test_its_own_arithmetic_agrees_with_the_library():
    message = b"m" * 40
    signature = COUNCIL.sign(message)

    assert verify_ledger.ed25519_holds(KEY, signature, message)
    for key, signed, text in (
        (KEY, signature, b"n" * 40),
        (KEY, signature[:-1] + b"\x00", message),
        (KEY, signature[:-1], message),
        (b"\xff" * 32, signature, message),
        (bytes(32), signature, message),
    ):
        assert not verify_ledger.ed25519_holds(key, signed, text)


@pytest.mark.django_db
def test_a_leaf_that_is_not_there_has_no_proof(tmp_path):
    with pytest.raises(CommandError, match="Sổ cái không có lá"):
        call_command("ledger", "proof", str(tmp_path / "p"), leaf=uuid7())
    with pytest.raises(CommandError, match="Thiếu tên tệp"):
        call_command("ledger", "export")


@pytest.mark.django_db
def test_a_leaf_not_sealed_yet_has_no_proof(tmp_path):
    note("fresh", now=MONDAY_9AM)
    leaf = LedgerLeaf.objects.get(subject="fresh")

    assert exports.proof_file(leaf.id) is None
    with pytest.raises(CommandError, match="chưa được niêm phong"):
        call_command("ledger", "proof", str(tmp_path / "p"), leaf=leaf.id)
