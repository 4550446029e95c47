"""Once a day the newest head of the ledger gets a time stamp that anybody can check.

The authority answers over HTTP or in the process; both pass the same tests.
"""

from base64 import b64decode, b64encode
from datetime import timedelta

import pytest
import requests
from asn1crypto import cms

from motcua.contexts.documents.actions.stamping import stamp_newest_head, trusted_root
from motcua.contexts.documents.adapters import time_tokens
from motcua.contexts.documents.adapters.authority import Authority
from motcua.contexts.documents.adapters.time_tokens import NotBelieved, query_for
from motcua.contexts.exchange.contracts import NEIGHBOUR_NAMES, TIMESTAMPING, NeighbourDown
from motcua.contexts.exchange.testing import in_process, mode_of, registered, running_simulators
from motcua.kernel import anchors, clock, exports, ledger
from motcua.kernel.actors import SYSTEM
from motcua.kernel.models import LedgerLeaf, LedgerStamp
from motcua.kernel.testing import MONDAY_9AM
from motcua.kernel.testing.sealing import sealed_unasked

pytestmark = pytest.mark.django_db
DIGEST = bytes(range(32))


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with running_simulators(tmp_path_factory.mktemp("authority")) as running:
        yield running


@pytest.fixture(params=["http", "in process"])
def playing(request, running, tmp_path):
    """Registers the authority, either way; called with what it should play."""
    if request.param == "http":
        with registered(running.connector(TIMESTAMPING)):
            yield lambda mode: running.play(TIMESTAMPING, mode)
        running.play(TIMESTAMPING, "normal")
    else:
        with registered(in_process(TIMESTAMPING, tmp_path)):
            yield lambda mode: mode_of(tmp_path, TIMESTAMPING, mode)


@pytest.fixture
def authority(tmp_path):
    """It does what it should."""
    with registered(in_process(TIMESTAMPING, tmp_path)):
        yield


def grown(subject: str):
    leaf = ledger.new_leaf(
        action="tests.note", subject=subject, actor=SYSTEM, facts={}, at=MONDAY_9AM
    )
    leaf.save(force_insert=True)
    return sealed_unasked(now=MONDAY_9AM)


def token_of(stamp: LedgerStamp) -> cms.ContentInfo:
    return cms.ContentInfo.load(bytes(stamp.token))


@pytest.mark.parametrize(
    ("mode", "problem"),
    [
        ("down", "down"),
        ("garbled", "unreadable"),
        ("refuses", "refused"),
        ("wrong_nonce", "wrong_nonce"),
        ("wrong_hash", "wrong_hash"),
        ("expired", "expired"),
        ("stranger", "untrusted"),
    ],
)
def test_what_is_not_a_stamp_is_not_kept_and_tried_again(mode, problem, playing):
    head, now = grown("a"), clock.now()
    playing(mode)

    assert not stamp_newest_head(now=now)

    state = anchors.stamp_state()
    assert (state.problem, state.last, state.waiting_since) == (problem, None, head.sealed_at)
    playing("normal")
    assert stamp_newest_head(now=clock.now() + timedelta(minutes=1))
    assert anchors.stamp_state().problem == ""


def test_the_token_holds_for_its_head_alone(playing, tmp_path):
    head, now = grown("a"), clock.now()
    stamp_newest_head(now=now)
    [stamp] = anchors.stamps()
    token, root = token_of(stamp), trusted_root()
    digest = anchors.stamp_digest(head)

    assert abs(time_tokens.time_of(token, digest, root) - now) < time_tokens.APART
    for wrong in ((bytes(32), root), (digest, Authority(tmp_path / "other").root.asn1)):
        with pytest.raises(NotBelieved):
            time_tokens.time_of(token, *wrong)
    raw = bytes(stamp.token)
    bent = cms.ContentInfo.load(raw[:-1] + bytes([raw[-1] ^ 1]))
    with pytest.raises(NotBelieved):
        time_tokens.time_of(bent, digest, root)


def test_a_clock_far_from_ours_is_not_believed(authority):
    grown("a")

    assert not stamp_newest_head(now=clock.now() + timedelta(hours=1))
    assert anchors.stamp_state().problem == "wrong_time"


def test_an_empty_ledger_has_nothing_to_stamp(authority):
    assert not stamp_newest_head(now=clock.now())


def test_one_stamp_a_day_and_only_over_what_is_new(authority):
    grown("a")

    assert stamp_newest_head(now=clock.now())
    assert not stamp_newest_head(now=clock.now() + timedelta(days=1))
    assert LedgerStamp.objects.count() == 1


def test_a_ledger_without_a_stamp_for_more_than_a_day_says_since_when():
    head = grown("a")

    state = anchors.stamp_state()

    assert not state.is_late(head.sealed_at + timedelta(hours=20))
    assert state.is_late(head.sealed_at + timedelta(hours=27))


def test_a_proof_carries_the_stamp_of_the_first_head_after_it(authority):
    head = grown("a")
    stamp_newest_head(now=clock.now())

    proof = exports.proof_file(LedgerLeaf.objects.get(subject="a").id)

    [shown] = proof["heads"]
    assert shown["number"] == head.number
    assert shown["stamp"]["at"] == LedgerStamp.objects.get().at


def test_the_authority_is_asked_only_as_the_standard_says(running):
    url = f"{running.origin}/{TIMESTAMPING}"

    answer = requests.post(url, data=query_for(DIGEST).encoded(), timeout=5)

    assert answer.status_code == 415
    assert TIMESTAMPING in NEIGHBOUR_NAMES


def test_who_is_not_there_is_down(tmp_path):
    query = {"query": b64encode(query_for(DIGEST).encoded()).decode()}

    with pytest.raises(NeighbourDown):
        in_process(TIMESTAMPING, tmp_path, down=True).call("stamp", query, key="k", seconds=1)
    heard = in_process(TIMESTAMPING, tmp_path).call("stamp", query, key="k", seconds=1)
    assert b64decode(heard["reply"])
