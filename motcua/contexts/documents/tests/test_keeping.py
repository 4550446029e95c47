"""Keeping uploads: refusals leave nothing, acceptance is durable before it is a row."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from motcua.contexts.documents import public, tasks
from motcua.contexts.documents.actions import keeping
from motcua.contexts.documents.actions.sweeping import missing, sweep
from motcua.contexts.documents.adapters.stores import store
from motcua.contexts.documents.contracts import (
    FileNotFound,
    StoredCopyAltered,
    StoreUnavailable,
    TooLarge,
    TypeNotAllowed,
)
from motcua.contexts.documents.models import StoredFile
from motcua.contexts.documents.testing import a_file, a_jpeg, a_pdf
from motcua.kernel import clock, idempotency
from motcua.kernel.access import Policy
from motcua.kernel.actors import ANONYMOUS, Role
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM, citizen, officer, stable_id

pytestmark = pytest.mark.django_db


def on_disk(own_store) -> list[str]:
    return [path.name for path in own_store.rglob("*") if path.is_file()]


def test_a_refused_upload_leaves_neither_row_nor_bytes(own_store):
    with pytest.raises(TypeNotAllowed):
        a_file(b"MZ\x90\x00 chay")

    assert not StoredFile.objects.exists()
    assert on_disk(own_store) == []


def test_a_file_over_the_limit_is_refused_with_the_limit_named(settings, own_store):
    settings.MAX_UPLOAD_BYTES = 1024 * 1024

    with pytest.raises(TooLarge, match="1 MB"):
        a_file(a_pdf() + b" " * 1024 * 1024)

    assert on_disk(own_store) == []


def test_a_name_is_never_a_path(own_store):
    kept = a_file(filename="../../../etc/cron.d/x.pdf")

    assert kept.filename == "x.pdf"
    assert on_disk(own_store) == [kept.sha256]


def test_a_wrong_extension_is_kept_under_the_true_one_and_named():
    kept = a_file(a_jpeg(), filename="anh.pdf")

    assert kept.filename == "anh.jpg"
    assert "ảnh JPEG" in kept.notice


def test_a_kept_file_can_be_read_and_says_that_nobody_scanned_it():
    kept = a_file(a_pdf("giay", pages=2))

    assert public.read_file(kept.id) == a_pdf("giay", pages=2)
    assert (kept.pages, kept.scan, kept.media_type) == (2, "NOT_SCANNED", "application/pdf")
    assert public.files_by_id([kept.id]) == {kept.id: kept}


def test_an_upload_is_in_the_ledger_without_its_name():
    a_file(filename="don cua ba Tuyet.pdf")

    leaf = LedgerLeaf.objects.get(action="documents.keep_upload")
    assert "Tuyet" not in str(leaf.__dict__)


def test_the_name_is_sealed_in_the_database():
    a_file(filename="Tuyet.pdf")

    with connection.cursor() as cursor:
        cursor.execute("SELECT filename FROM documents_storedfile")
        (raw,) = cursor.fetchone()
    assert b"Tuyet" not in bytes(raw)


def test_the_same_request_twice_is_one_file():
    with idempotency.using("mot-lan"):
        first = a_file()
    with idempotency.using("mot-lan"):
        again = a_file()

    assert again == first
    assert StoredFile.objects.count() == 1


def test_the_same_bytes_from_two_people_are_two_rows_and_one_content(own_store):
    a_file(by=citizen(name="Lê Minh Khoa"))
    a_file()

    assert StoredFile.objects.count() == 2
    assert len(on_disk(own_store)) == 1


def test_no_row_is_written_when_the_bytes_are_gone(monkeypatch):
    """Swept between keeping and recording."""
    monkeypatch.setattr(type(store()), "has", lambda self, sha256: False)

    with pytest.raises(StoreUnavailable):
        a_file()
    assert not StoredFile.objects.exists()


def test_bytes_whose_row_never_came_are_swept_after_a_day_and_not_before(monkeypatch, own_store):
    def dies(*_args: object, **_named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(keeping, "record_upload", dies)
    with pytest.raises(KeyboardInterrupt):
        a_file()
    assert len(on_disk(own_store)) == 1

    assert sweep(now=clock.now()).removed == 0
    assert sweep(now=clock.now() + timedelta(days=2), pretend=True).removed == 1
    assert sweep(now=clock.now() + timedelta(days=2)).removed == 1
    assert on_disk(own_store) == []


def test_bytes_that_a_row_needs_are_never_swept():
    kept = a_file()

    assert sweep(now=clock.now() + timedelta(days=400)).removed == 0
    assert public.read_file(kept.id)


def test_bytes_kept_again_since_the_sweep_looked_stay(monkeypatch, own_store):
    with monkeypatch.context() as patch:
        patch.setattr(keeping, "record_upload", lambda *_args, **_named: None)
        a_file()
    place = store()
    monkeypatch.setattr(type(place), "is_older", lambda self, sha256, moment: False)

    assert sweep(now=clock.now() + timedelta(days=2)).removed == 0


@pytest.mark.django_db(transaction=True)
def test_bytes_being_recorded_at_this_moment_are_left_alone(monkeypatch, own_store):
    from threading import Thread

    from motcua.contexts.documents import queries

    with monkeypatch.context() as patch:
        patch.setattr(keeping, "record_upload", lambda *_args, **_named: None)
        a_file()
    (sha256,) = on_disk(own_store)
    swept = []

    def other() -> None:
        try:
            swept.append(sweep(now=clock.now() + timedelta(days=2)).removed)
        finally:
            connection.close()

    with transaction.atomic():
        queries.hold_bytes(sha256)
        thread = Thread(target=other)
        thread.start()
        thread.join()

    assert swept == [0]
    assert on_disk(own_store) == [sha256]


def test_a_missing_file_is_a_refusal_not_a_crash(own_store):
    kept = a_file()
    store().remove(kept.sha256)

    with pytest.raises(StoredCopyAltered) as caught:
        public.read_file(kept.id)
    assert caught.value.facts["finding"] == "bytes_missing"
    assert missing() == (kept.sha256,)


def test_an_altered_file_is_never_given_out(own_store):
    kept = a_file()
    path = next(path for path in own_store.rglob(kept.sha256))
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1] + b"X")

    with pytest.raises(StoredCopyAltered) as caught:
        public.read_file(kept.id)
    assert caught.value.facts["finding"] == "bytes_differ"


def test_the_command_tells_what_it_did_and_fails_when_bytes_are_lost(capsys):
    kept = a_file()
    call_command("sweep_documents", "--json", "--check")
    assert '"removed": 0' in capsys.readouterr().out

    store().remove(kept.sha256)
    with pytest.raises(SystemExit):
        call_command("sweep_documents", "--check", "--dry-run")
    told = capsys.readouterr()
    assert "would go" in told.out
    assert kept.sha256 in told.err


def test_a_row_without_a_real_hash_is_refused_by_the_database():
    row = StoredFile(
        sha256="khong phai", size=1, media_type="text/plain", filename="x", scan="NOT_SCANNED",
        created_at=MONDAY_9AM,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_stranger_does_not_learn_that_a_file_exists(tuyet):
    kept = a_file(owner_person_id=tuyet)

    for actor in (ANONYMOUS, citizen(name="Lê Minh Khoa"), officer(Role.CASE_OFFICER)):
        with pytest.raises(FileNotFound):
            public.file_for(kept.id, actor, now=MONDAY_9AM)


def test_the_owner_and_the_uploader_may_read(tuyet):
    desk = officer(Role.RECEIVER, name="Trần Minh Khuê")
    kept = a_file(owner_person_id=tuyet, by=desk)

    assert public.file_for(kept.id, citizen(person=tuyet), now=MONDAY_9AM) == kept
    assert public.file_for(kept.id, desk, now=MONDAY_9AM) == kept


def test_the_desk_may_look_at_what_it_scanned_for_a_day_only():
    desk = officer(Role.RECEIVER)
    kept = a_file(by=desk)

    with pytest.raises(FileNotFound):
        public.file_for(kept.id, desk, now=MONDAY_9AM + timedelta(days=1))


def test_another_context_says_who_else_may_read(tuyet):
    class TaskRule:
        sentence = "Bạn đang xử lý hồ sơ có tệp này."

        def predicate(self, actor, *, now):
            return Q(owner_person_id=tuyet) if actor.is_officer else Q(pk__in=[])

    public.register_read_rule("dossiers", TaskRule())
    kept = a_file(owner_person_id=tuyet)
    bao = officer(Role.CASE_OFFICER)

    assert public.file_for(kept.id, bao, now=MONDAY_9AM) == kept
    with pytest.raises(FileNotFound):
        public.file_for(kept.id, citizen(name="Lê Minh Khoa"), now=MONDAY_9AM)
    grounds = Policy.registry["documents.file"].grounds(bao, now=MONDAY_9AM)
    assert TaskRule.sentence in [ground.sentence for ground in grounds]


def test_streams_are_read_in_pieces():
    class Counting(io.BytesIO):
        largest = 0

        def read(self, size: int | None = -1) -> bytes:
            assert size is not None
            assert size > 0
            self.largest = max(self.largest, size)
            return super().read(size)

    stream = Counting(a_pdf() + b"\n" * 3_000_000 + b"%%EOF")
    public.keep_upload(stream, filename="x.pdf", by=citizen(), now=MONDAY_9AM)

    assert stream.largest <= 256 * 1024


def test_the_nightly_work_sweeps_and_the_weekly_names_what_is_lost(caplog):
    kept = a_file()
    store().remove(kept.sha256)

    tasks.sweep_store(clock.now())
    tasks.check_store(clock.now())

    assert f"the store has lost {kept.sha256}" in caplog.text


def test_an_unknown_file_is_not_found():
    with pytest.raises(FileNotFound):
        public.read_file(stable_id("khong co"))


def test_readiness_asks_the_store():
    assert public.store_answers()


def test_a_kept_file_has_an_address_and_a_short_hash():
    kept = a_file()

    assert kept.url == f"/giay-to/tep/{kept.id}"
    assert kept.short_hash.replace(" ", "") == kept.sha256[:16]
