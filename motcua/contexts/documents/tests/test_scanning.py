"""What people send is looked at by a scanner before others open it; silence opens nothing."""

import io
import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import RequestFactory

from motcua.contexts.documents import public
from motcua.contexts.documents.actions import scanning
from motcua.contexts.documents.adapters.scanning import Clamd
from motcua.contexts.documents.contracts import (
    FileInfected,
    FileNotScannable,
    FileWaiting,
    ScanVerdict,
)
from motcua.contexts.documents.ports import ScannerSilent
from motcua.contexts.documents.testing import a_file, a_night_passes, a_pdf, a_zip
from motcua.contexts.documents.web import downloads
from motcua.contexts.exchange.testing import EICAR, Running, running_simulators
from motcua.contexts.identity.testing import a_citizen_account, own_actor
from motcua.kernel.actors import Actor, Role
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM, officer

pytestmark = pytest.mark.django_db
DESK = officer(Role.RECEIVER)
LATER = MONDAY_9AM + timedelta(hours=1)


@pytest.fixture(scope="module")
def stand_in(tmp_path_factory) -> Running:
    with running_simulators(tmp_path_factory.mktemp("simulators")) as running:
        yield running


@pytest.fixture
def clamd(stand_in, settings):
    """Puts the scanner into one of its moods; afterwards it is well again."""
    settings.SCANNER_URL = stand_in.origin.replace("http://", "tcp://")
    yield lambda mode: stand_in.simulators.faults.set("clamd", mode)
    stand_in.simulators.faults.set("clamd", "normal")


@pytest.fixture
def sender(db) -> Actor:
    return own_actor(a_citizen_account())


def verdict(stand_in, content: bytes) -> ScanVerdict:
    return Clamd(stand_in.origin.replace("http://", "tcp://")).scan(io.BytesIO(content)).verdict


def opened(kept, actor: Actor) -> int:
    request = RequestFactory().get(f"/giay-to/tep/{kept.id}")
    request.actor = actor
    return downloads.file(request, kept.id).status_code


def scan(file) -> str:
    return public.file_by_id(file.id).scan


def leaves() -> list[dict]:
    found = LedgerLeaf.objects.filter(action="documents.scan_file").order_by("pk")
    return [json.loads(leaf.body)["facts"] for leaf in found]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"x", ScanVerdict.CLEAN),
        (a_pdf(), ScanVerdict.CLEAN),
        (bytes(600_000), ScanVerdict.CLEAN),
        (EICAR, ScanVerdict.INFECTED),
        (bytes(300_000) + EICAR + bytes(300_000), ScanVerdict.INFECTED),
        (a_zip({"a.txt": b"stream: OK"}), ScanVerdict.CLEAN),
    ],
)
def test_the_scanner_says_what_is_in_the_bytes(clamd, stand_in, content, expected):
    assert verdict(stand_in, content) is expected


@pytest.mark.parametrize("mode", ["down", "garbled"])
def test_what_cannot_be_relied_on_is_no_answer(clamd, stand_in, mode):
    clamd(mode)

    with pytest.raises(ScannerSilent):
        verdict(stand_in, b"x")


def test_a_file_beyond_the_limit_of_the_scanner_is_told_as_such(clamd, stand_in):
    clamd("small")

    assert verdict(stand_in, bytes(1_000_000)) is ScanVerdict.TOO_LARGE
    assert verdict(stand_in, bytes(1_000)) is ScanVerdict.CLEAN


def test_a_scanner_that_nobody_reaches_is_silent():
    with pytest.raises(ScannerSilent):
        Clamd("tcp://127.0.0.1:1").scan(io.BytesIO(b"x"))


def test_an_upload_waits_and_opens_for_others_once_it_is_clean(
    clamd, deliveries, own_reader, sender
):
    kept = a_file(by=sender)

    assert kept.is_waiting
    with pytest.raises(FileWaiting):
        opened(kept, DESK)
    assert opened(kept, sender) == 200

    deliveries()
    assert scan(kept) == ScanVerdict.CLEAN
    assert opened(kept, DESK) == 200
    assert leaves() == [
        {"verdict": "CLEAN", "scanner": "ClamAV 1.4.3/27800", "sha256": kept.sha256}
    ]


def test_malware_is_opened_by_nobody_and_stays_in_the_ledger(clamd, deliveries, own_reader, sender):
    kept = a_file(EICAR, filename="giay-to.txt", by=sender)

    deliveries()

    for actor in (sender, DESK):
        with pytest.raises(FileInfected):
            opened(kept, actor)
    with pytest.raises(FileInfected):
        public.read_file(kept.id)
    assert public.own_files([kept.id], sender) == frozenset()
    assert [leaf["verdict"] for leaf in leaves()] == ["INFECTED"]


def test_a_file_that_is_too_large_for_the_scanner_is_opened_by_nobody(
    clamd, deliveries, own_reader, sender
):
    clamd("small")
    kept = a_file(b"chu " * 1_000, filename="giay-to.txt", by=sender)

    deliveries()

    with pytest.raises(FileNotScannable):
        opened(kept, DESK)


def test_while_the_scanner_is_down_files_wait_and_are_looked_at_later(clamd, own_reader, sender):
    clamd("down")
    kept = a_file(by=sender)
    with pytest.raises(ScannerSilent):
        scanning.scan_file(kept.id, now=MONDAY_9AM)
    assert scanning.scan_waiting(now=LATER) == 0
    with pytest.raises(FileWaiting):
        opened(kept, DESK)

    clamd("normal")
    assert scanning.scan_waiting(now=LATER) == 1
    assert opened(kept, DESK) == 200
    assert scanning.scan_waiting(now=LATER) == 0


def test_files_from_before_there_was_a_scanner_are_looked_at(clamd, settings, sender):
    place, settings.SCANNER_URL = settings.SCANNER_URL, ""
    kept = a_file(EICAR, filename="giay-to.txt", by=sender)
    assert scan(kept) == ScanVerdict.NOT_SCANNED
    assert scanning.scan_waiting(now=LATER) == 0

    settings.SCANNER_URL = place
    assert scanning.scan_waiting(now=LATER) == 1
    assert scan(kept) == ScanVerdict.INFECTED


def test_one_altered_copy_does_not_keep_the_others_from_being_scanned(clamd, own_store, sender):
    old, kept = a_file(by=sender), a_file(a_pdf("hai"), by=sender)
    for path in own_store.rglob(old.sha256):
        path.chmod(0o600)
        path.write_bytes(b"khac")

    assert scanning.scan_waiting(now=LATER) == 1
    assert (scan(kept), scan(old)) == (ScanVerdict.CLEAN, ScanVerdict.WAITING)


def test_a_verdict_is_given_once(clamd, deliveries, sender):
    kept = a_file(by=sender)
    deliveries()

    scanning.scan_file(kept.id, now=LATER)

    assert len(leaves()) == 1


def test_malware_that_hangs_nowhere_goes_like_any_unused_file(clamd, deliveries, sender):
    kept = a_file(EICAR, filename="giay-to.txt", by=sender)
    deliveries()

    a_night_passes(MONDAY_9AM + timedelta(days=8))

    assert kept.id not in public.files_by_id([kept.id])


@pytest.fixture
def own_reader(own_rules) -> Callable[..., None]:
    """The desk may read every file, as a context above would allow for its cases."""
    from django.db.models import Q

    class Everything:
        sentence = "Bạn xử lý hồ sơ có tệp này."

        def predicate(self, actor: Actor, *, now: object) -> Q:
            return Q(pk__isnull=False) if actor.is_officer else Q(pk__in=[])

    return public.register_read_rule("everything", Everything())
