"""Anchors: witnesses countersign a ledger that grew and refuse one that was bent."""

import io
import json
from datetime import timedelta

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection

from motcua.contexts.exchange.actions.anchoring import anchor_at
from motcua.contexts.exchange.adapters import registry
from motcua.contexts.exchange.adapters.simulators.alone import WitnessAlone
from motcua.contexts.exchange.contracts import NeighbourRefused
from motcua.contexts.exchange.models import ExchangeMessage
from motcua.contexts.exchange.tasks import anchor_ledger
from motcua.contexts.exchange.testing import in_process, running_simulators
from motcua.kernel import anchors, clock, exports, ledger, verify_ledger
from motcua.kernel.actors import SYSTEM
from motcua.kernel.models import LedgerAnchor, LedgerHead, LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM
from motcua.kernel.testing.sealing import sealed_unasked

COUNCIL, ARCHIVE = "witness_council", "witness_archive"
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with running_simulators(tmp_path_factory.mktemp("witnesses")) as running:
        yield running


@pytest.fixture
def witnesses(tmp_path):
    """Both witnesses in the process, with empty lists."""
    council = registry.registered(in_process(COUNCIL, tmp_path))
    with council, registry.registered(in_process(ARCHIVE, tmp_path)):
        yield


def grown(*subjects: str) -> LedgerHead:
    """A head over leaves of a transaction of their own."""
    last = LedgerHead.objects.order_by("-number").first()
    xid = last.xid_to if last else 1
    for subject in subjects:
        leaf = ledger.new_leaf(
            action="tests.note", subject=subject, actor=SYSTEM, facts={}, at=MONDAY_9AM
        )
        leaf.xid = xid
        leaf.save(force_insert=True)
    return sealed_unasked(now=MONDAY_9AM, below=xid + 1)


def emptied(running, name):
    """The connector to a witness that has seen nothing yet."""
    store = running.simulators.store
    store.remove(f"{name}/newest", ledger.ledger_id())
    for line in store.all(f"{name}/head"):
        store.remove(f"{name}/head", f"{line['ledger']}/{line['number']}")
    return running.connector(name)


def asked(shown: LedgerHead, *, proof=(), **changed) -> dict[str, object]:
    fields = anchors.head_fields(shown)
    return {
        "ledger": ledger.ledger_id(),
        "key": ledger.public_key().hex(),
        "head": fields,
        "proof": [step.hex() for step in proof],
        **changed,
    }


@pytest.fixture(params=["http", "in process"])
def witness(request, running, tmp_path):
    """One witness, either way, that has not seen this ledger."""
    if request.param == "in process":
        return in_process(COUNCIL, tmp_path)
    return emptied(running, COUNCIL)


def call(witness, payload, operation="anchor"):
    return witness.call(operation, payload, key="k", seconds=5)


def refused(witness, payload) -> str:
    with pytest.raises(NeighbourRefused) as problem:
        call(witness, payload)
    return problem.value.reason


def test_a_witness_countersigns_what_grew_and_says_the_same_twice(witness):
    first = grown("a", "b", "c")
    given = call(witness, asked(first))
    seen = anchors.Seen(number=1, size=3, root=bytes(first.root))
    second = grown("d", "e", "f", "g")

    again = call(witness, asked(second, proof=anchors.growth(seen, second)))
    state = call(witness, {"ledger": ledger.ledger_id()}, "state")

    assert call(witness, asked(first)) == given
    assert (state["number"], state["size"], state["root"]) == (2, 7, bytes(second.root).hex())
    assert verify_ledger.anchor_holds(again, bytes.fromhex(state["key"]))


def test_a_witness_refuses_what_contradicts_its_list(witness):
    first, second = grown("a", "b", "c"), grown("d", "e")
    call(witness, asked(second))
    forged = LedgerHead(number=3, size=5, xid_to=9, root=bytes(32), previous=bytes(32),
                        frontier=b"", sealed_at=MONDAY_9AM, key_id="", signature=b"")  # fmt: skip

    def signed(**changed):
        for name, value in changed.items():
            setattr(forged, name, value)
        forged.signature = ledger._signing_key().sign(ledger.head_message(forged))
        return asked(forged)

    assert refused(witness, asked(first)) == "rollback"
    assert refused(witness, signed(number=2)) == "fork"
    assert refused(witness, signed(number=3)) == "fork"
    assert refused(witness, signed(size=9)) == "inconsistent"
    assert refused(witness, signed(size=4)) == "rollback"


def test_a_witness_takes_no_strangers_word(witness):
    head = grown("a")
    stranger = Ed25519PrivateKey.generate().public_key().public_bytes_raw().hex()

    assert refused(witness, asked(head, key=stranger)) == "other_ledger"
    assert refused(witness, asked(head, head={**anchors.head_fields(head), "size": 2})) == (
        "bad_signature"
    )
    for changed in ({"head": "x"}, {"proof": "x"}, {"key": "xyz"}, {"proof": ["xyz"]}):
        assert refused(witness, {**asked(head), **changed}) == "unreadable"


def test_each_witness_gets_the_newest_head_once(witnesses, tmp_path):
    grown("a", "b")
    newest = grown("c")

    anchor_ledger(MONDAY_9AM)
    anchor_ledger(MONDAY_9AM)
    with registry.registered(in_process(COUNCIL, tmp_path / "nobody asks", down=True)):
        anchor_ledger(MONDAY_9AM)

    assert LedgerAnchor.objects.filter(number=newest.number, size=3).count() == 2
    assert ExchangeMessage.objects.filter(purpose="ANCHOR").count() == 4
    assert {state.behind for state in anchors.states()} == {0}


def test_a_proof_carries_what_the_witnesses_signed(witnesses):
    grown("a", "b")
    leaf = LedgerLeaf.objects.get(subject="a")
    alone = exports.proof_file(leaf.id)
    grown("c", "d", "e")
    anchor_ledger(MONDAY_9AM)

    proof = exports.proof_file(leaf.id)

    keys = {state.name: bytes.fromhex(state.key) for state in anchors.states()}
    key = ledger.public_key()
    assert [len(head["witnesses"]) for head in alone["heads"]] == [0]
    assert [len(head["witnesses"]) for head in proof["heads"]] == [0, 2]
    assert verify_ledger.check_proof(proof, key=key, keys=keys)[:2] == ([], {COUNCIL, ARCHIVE})


def test_a_dead_witness_is_late_and_the_other_goes_on(witnesses, tmp_path):
    head = grown("a")
    with registry.registered(in_process(COUNCIL, tmp_path, down=True)):
        anchor_ledger(MONDAY_9AM)
        council, archive = sorted(anchors.states(), key=lambda s: s.name, reverse=True)
        soon, later = MONDAY_9AM + timedelta(minutes=1), MONDAY_9AM + timedelta(minutes=11)
        assert (council.problem, council.behind, archive.behind) == ("down", 1, 0)
        assert (council.is_late(soon), council.is_late(later)) == (False, True)

    anchor_ledger(MONDAY_9AM)

    assert LedgerAnchor.objects.filter(number=head.number).count() == 2
    assert not any(state.problem for state in anchors.states())


@pytest.mark.parametrize(
    ("mode", "reason"),
    [("refuses", "refused"), ("wrong_signature", "bad_countersignature"), ("garbled", "down")],
)
def test_a_witness_that_misbehaves_gives_no_anchor(running, mode, reason):
    grown("a")
    running.simulators.faults.set(ARCHIVE, mode)

    with registry.registered(emptied(running, ARCHIVE)):
        said = anchor_at(ARCHIVE, now=MONDAY_9AM)

    running.simulators.faults.set(ARCHIVE, "normal")
    assert said == reason
    assert not LedgerAnchor.objects.exists()


def test_another_key_of_a_witness_is_not_believed(witnesses, tmp_path):
    grown("a")
    anchor_at(COUNCIL, now=MONDAY_9AM)
    grown("b")

    with registry.registered(in_process(COUNCIL, tmp_path / "another")):
        assert anchor_at(COUNCIL, now=MONDAY_9AM) == "another_key"

    [state] = anchors.states()
    assert state.contradicts


def test_a_witness_runs_alone_and_answers_only_who_has_its_token(tmp_path):
    application = WitnessAlone(COUNCIL, folder=tmp_path, token="shared", now=clock.now)
    head = grown("a")

    def ask(method, path, *, token="", body=b""):
        environ = {
            "REQUEST_METHOD": method, "PATH_INFO": f"/{COUNCIL}/{path}",
            "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body),
            "HTTP_AUTHORIZATION": f"Bearer {token}",
        }  # fmt: skip
        told = []
        answer = b"".join(application(environ, lambda status, headers: told.append(status)))
        return told[0][:3], answer

    body = json.dumps(asked(head)).encode()
    assert ask("POST", "anchor", token="guess", body=body)[0] == "401"
    status, given = ask("POST", "anchor", token="shared", body=body)
    assert (status, json.loads(given)["root"]) == ("200", bytes(head.root).hex())
    assert ask("POST", "anchor", token="shared", body=b"{}")[0] == "422"
    assert ask("POST", "anchor", token="shared", body=b"<")[0] == "400"
    assert bytes(head.root).hex().encode() in ask("GET", "anchors.jsonl")[1]
    application.store.close()


def _rows_can_go() -> None:
    """Somebody with the keys of the database."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE kernel_ledger_leaf DISABLE TRIGGER USER")


def test_the_newest_heads_cut_off_with_their_leaves_are_missed(witnesses):
    grown("a", "b")
    last = grown("c")
    anchor_at(COUNCIL, now=MONDAY_9AM)
    _rows_can_go()
    LedgerLeaf.objects.filter(subject="c").delete()
    last.delete()
    assert ledger.verify()[0] == []  # the rows alone agree with each other

    assert anchor_at(COUNCIL, now=MONDAY_9AM) == "rollback"
    grown("d")
    assert anchor_at(COUNCIL, now=MONDAY_9AM) == "fork"

    [state] = anchors.states()
    assert state.contradicts


def test_a_ledger_set_back_to_an_older_copy_is_missed(witnesses):
    grown("a", "b")
    middle, last = grown("c"), grown("d")
    anchor_at(COUNCIL, now=MONDAY_9AM)
    last.delete()

    middle.number = 5
    middle.save(force_insert=True)

    assert anchor_at(COUNCIL, now=MONDAY_9AM) == "rollback"


def test_a_witness_shows_its_whole_list(running):
    head = grown("a")
    with registry.registered(emptied(running, ARCHIVE)):
        anchor_at(ARCHIVE, now=MONDAY_9AM)

    text = requests.get(f"{running.origin}/{ARCHIVE}/anchors.jsonl", timeout=5).text

    assert bytes(head.root).hex() in text


def test_a_witness_with_an_address_of_its_own_is_called_there(settings):
    settings.CONNECTOR_URLS = {COUNCIL: "https://nhan-chung.example.vn/witness_council"}
    settings.CONNECTOR_TOKENS = {COUNCIL: "given by them"}

    council, archive = registry.connector(COUNCIL), registry.connector(ARCHIVE)

    assert (council.url, council.token) == (
        "https://nhan-chung.example.vn/witness_council",
        "given by them",
    )
    assert archive.url == f"{settings.SIMULATORS_ORIGIN}/{ARCHIVE}"
    assert archive.token == registry.bearer_token(ARCHIVE)
