"""Files that come in parts: whatever breaks, what was received stays and the rest follows."""

import hashlib
import io
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from motcua.contexts.documents import public
from motcua.contexts.documents.actions import arriving
from motcua.contexts.documents.actions.sweeping import sweep
from motcua.contexts.documents.contracts import (
    DamagedFile,
    EmptyFile,
    PartDamaged,
    PartMisplaced,
    PartTooLong,
    TooLarge,
    TooMuchUnused,
    UploadIncomplete,
    UploadNotFound,
)
from motcua.contexts.documents.models import PartialUpload, StoredFile, UploadPart
from motcua.contexts.documents.rules.limits import PART
from motcua.contexts.documents.testing import a_file, a_night_passes, a_pdf, a_quota_of
from motcua.contexts.identity.testing import a_citizen_account, signed_in
from motcua.kernel import clock, idempotency
from motcua.kernel.access import SignInNeeded
from motcua.kernel.actors import ANONYMOUS
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM, citizen

pytestmark = pytest.mark.django_db
CONTENT = a_pdf("giay to", pages=3)
STEP = -(-len(CONTENT) // 4)
ME = citizen()
SOMEBODY = citizen(name="Lê Minh Khoa")


def begun(content: bytes = CONTENT, name: str = "giay.pdf", by=ME) -> UUID:
    return arriving.begin_upload(name, len(content), by=by, now=MONDAY_9AM).id


def send(upload_id: UUID, begins: int, piece: bytes, by=ME, now=MONDAY_9AM):
    checksum = hashlib.sha256(piece).hexdigest()
    return arriving.take_part(upload_id, begins, piece, checksum, by=by, now=now)


def pieces(content: bytes = CONTENT) -> list[tuple[int, bytes]]:
    return [(at, content[at : at + STEP]) for at in range(0, len(content), STEP)]


def received(upload_id: UUID) -> int:
    return PartialUpload.objects.get(pk=upload_id).received


def finished(upload_id: UUID, by=ME):
    return arriving.finish_upload(upload_id, owner_person_id=None, by=by, now=MONDAY_9AM)


@pytest.mark.parametrize("size", [0, -1])
def test_a_file_of_no_bytes_is_refused_before_it_comes(size):
    with pytest.raises(EmptyFile):
        arriving.begin_upload("trong.pdf", size, by=ME, now=MONDAY_9AM)

    assert not PartialUpload.objects.exists()


def test_a_file_over_the_limit_is_refused_before_it_comes(settings):
    settings.MAX_UPLOAD_BYTES = 1024 * 1024

    with pytest.raises(TooLarge, match="1 MB"):
        arriving.begin_upload("to.pdf", 1024 * 1024 + 1, by=ME, now=MONDAY_9AM)


def test_nobody_signed_in_begins_nothing():
    with pytest.raises(SignInNeeded):
        arriving.begin_upload("x.pdf", 5, by=ANONYMOUS, now=MONDAY_9AM)


def test_what_was_announced_counts_before_it_has_come(monkeypatch):
    monkeypatch.setattr(arriving, "UNUSED_FILES_A_DAY", 2)
    begun()
    begun()

    with pytest.raises(TooMuchUnused):
        begun()
    begun(by=SOMEBODY)


def test_the_bytes_announced_have_a_limit(monkeypatch):
    monkeypatch.setattr(arriving, "UNUSED_BYTES_A_DAY", len(CONTENT) + 1)
    begun()

    with pytest.raises(TooMuchUnused):
        begun()


def test_a_file_beyond_the_quota_of_the_day_is_refused_before_it_comes(monkeypatch):
    a_quota_of(1, monkeypatch)
    a_file()

    with pytest.raises(TooMuchUnused):
        begun()


@pytest.mark.parametrize("stopped", range(5))
def test_it_goes_on_at_every_boundary_where_it_stopped(stopped):
    upload_id = begun()
    for begins, piece in pieces()[:stopped]:
        send(upload_id, begins, piece)

    at = received(upload_id)
    for begins, piece in pieces():
        if begins >= at:
            send(upload_id, begins, piece)

    assert at == min(stopped * STEP, len(CONTENT))
    kept = finished(upload_id)
    assert public.read_file(kept.id) == CONTENT
    assert (kept.filename, kept.pages) == ("giay.pdf", 3)


@pytest.mark.parametrize("dies", ["_record_part", "keeping.hold"])
def test_a_process_that_dies_with_a_part_in_hand_has_not_counted_it(dies, monkeypatch):
    def death(*_args: object, **_named: object) -> None:
        raise KeyboardInterrupt

    upload_id = begun()
    (first, piece), (second, more), *_rest = pieces()
    send(upload_id, first, piece)
    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        broken.setattr(f"{arriving.__name__}.{dies}", death)
        send(upload_id, second, more)

    assert received(upload_id) == len(piece)
    assert send(upload_id, second, more).received == len(piece) + len(more)


def test_a_process_that_dies_putting_it_together_leaves_it_to_be_put_together(monkeypatch):
    def death(*_args: object, **_named: object) -> None:
        raise KeyboardInterrupt

    upload_id = begun()
    for begins, piece in pieces():
        send(upload_id, begins, piece)
    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        broken.setattr(arriving, "_record_file", death)
        finished(upload_id)

    assert not StoredFile.objects.exists()
    assert public.read_file(finished(upload_id).id) == CONTENT


def test_a_part_whose_bytes_changed_on_the_way_is_not_taken():
    upload_id = begun()
    (_first, piece), *_rest = pieces()

    with pytest.raises(PartDamaged):
        arriving.take_part(
            upload_id, 0, piece, hashlib.sha256(b"khac").hexdigest(), by=ME, now=MONDAY_9AM
        )
    with pytest.raises(PartDamaged):
        arriving.take_part(upload_id, 0, piece, "", by=ME, now=MONDAY_9AM)

    assert received(upload_id) == 0


def test_the_same_part_twice_is_one_part():
    upload_id = begun()
    (first, piece), *_rest = pieces()
    once = send(upload_id, first, piece)

    again = send(upload_id, first, piece)

    assert again == once
    assert UploadPart.objects.count() == 1
    assert LedgerLeaf.objects.filter(action="documents.take_part").count() == 1


def test_another_part_in_the_place_of_one_that_came_is_refused_with_where_to_go_on():
    upload_id = begun()
    (first, piece), (second, more), *_rest = pieces()
    send(upload_id, first, piece)

    with pytest.raises(PartMisplaced) as refused:
        send(upload_id, first, more)
    assert refused.value.facts["received"] == second


def test_a_gap_is_refused():
    upload_id = begun()

    with pytest.raises(PartMisplaced):
        send(upload_id, STEP, pieces()[1][1])


@pytest.mark.parametrize("piece", [b"", CONTENT + b"x", b"x" * (PART + 1)])
def test_a_part_of_nothing_or_of_too_much_is_refused(piece):
    upload_id = begun()

    with pytest.raises(PartTooLong):
        send(upload_id, 0, piece)


def test_of_two_devices_that_send_the_same_part_at_once_one_is_told_as_if_it_came_before():
    """The slower one saw the upload before the faster one's part was counted."""
    upload_id = begun()
    seen = PartialUpload.objects.get(pk=upload_id)
    (first, piece), *_rest = pieces()
    send(upload_id, first, piece)
    digest = hashlib.sha256(piece).hexdigest()
    late = UploadPart(upload=seen, begins=first, size=len(piece), sha256=digest)

    with pytest.raises(arriving.Stale), transaction.atomic():
        arriving._record_part(seen, late, by=ME, now=MONDAY_9AM)
    assert received(upload_id) == len(piece)
    assert UploadPart.objects.count() == 1


def test_the_upload_of_another_does_not_exist():
    upload_id = begun()

    with pytest.raises(UploadNotFound):
        send(upload_id, 0, pieces()[0][1], by=SOMEBODY)
    with pytest.raises(UploadNotFound):
        finished(upload_id, by=SOMEBODY)
    with pytest.raises(UploadNotFound):
        arriving.drop_upload(upload_id, by=SOMEBODY, now=MONDAY_9AM)
    assert received(upload_id) == 0


def test_what_has_not_come_whole_is_no_file():
    upload_id = begun()
    send(upload_id, *pieces()[0])

    with pytest.raises(UploadIncomplete):
        finished(upload_id)
    assert not StoredFile.objects.exists()


def test_put_together_twice_it_is_one_file():
    upload_id = begun()
    for begins, piece in pieces():
        send(upload_id, begins, piece)

    assert finished(upload_id) == finished(upload_id)
    assert StoredFile.objects.count() == 1
    assert not UploadPart.objects.exists()


def test_the_same_file_chosen_again_goes_on_where_it_stopped_and_is_finished_once():
    digest = hashlib.sha256(CONTENT).hexdigest()
    again = {"stated_hash": digest, "by": ME, "now": MONDAY_9AM}
    first = arriving.begin_upload("giay.pdf", len(CONTENT), **again)
    send(first.id, *pieces()[0])

    second = arriving.begin_upload("giay-khac.pdf", len(CONTENT), **again)

    assert (second.id, second.received) == (first.id, STEP)
    for begins, piece in pieces()[1:]:
        send(second.id, begins, piece)
    finished(second.id)
    assert arriving.begin_upload("giay.pdf", len(CONTENT), **again).id != first.id


def test_the_same_bytes_of_another_account_begin_anew():
    digest = hashlib.sha256(CONTENT).hexdigest()
    mine = arriving.begin_upload("a.pdf", 9, stated_hash=digest, by=ME, now=MONDAY_9AM)

    theirs = arriving.begin_upload("a.pdf", 9, stated_hash=digest, by=SOMEBODY, now=MONDAY_9AM)

    assert theirs.id != mine.id


def test_what_was_put_together_must_be_what_was_announced():
    upload_id = arriving.begin_upload(
        "a.pdf", len(CONTENT), stated_hash="0" * 64, by=ME, now=MONDAY_9AM
    ).id
    for begins, piece in pieces():
        send(upload_id, begins, piece)

    with pytest.raises(DamagedFile):
        finished(upload_id)


def test_what_it_is_its_bytes_say_once_they_are_there():
    content = CONTENT[: len(CONTENT) // 2]
    upload_id = begun(content)
    for begins, piece in pieces(content):
        send(upload_id, begins, piece)

    with pytest.raises(DamagedFile):
        finished(upload_id)


def test_parts_outlive_the_nightly_sweep_while_the_upload_goes_on():
    upload_id = begun()
    send(upload_id, *pieces()[0])

    assert sweep(now=clock.now() + timedelta(days=3)).removed == 0
    for begins, piece in pieces()[1:]:
        send(upload_id, begins, piece)
    assert public.read_file(finished(upload_id).id) == CONTENT


def test_an_upload_that_nobody_goes_on_with_is_forgotten_with_its_bytes(own_store):
    upload_id = begun()
    send(upload_id, *pieces()[0])
    later = MONDAY_9AM + timedelta(days=1)

    with pytest.raises(UploadNotFound):
        send(upload_id, *pieces()[1], now=later)
    a_night_passes(clock.now() + timedelta(days=3))

    assert not PartialUpload.objects.exists()
    assert not UploadPart.objects.exists()
    assert [path for path in own_store.rglob("*") if path.is_file()] == []


def test_a_dropped_upload_is_gone():
    upload_id = begun()
    send(upload_id, *pieces()[0])
    arriving.drop_upload(upload_id, by=ME, now=MONDAY_9AM)

    with pytest.raises(UploadNotFound):
        send(upload_id, *pieces()[1])
    assert not UploadPart.objects.exists()


def test_what_lies_in_the_store_meanwhile_is_sealed(own_store):
    upload_id = begun()
    send(upload_id, *pieces()[0])

    kept = [path.read_bytes() for path in own_store.rglob("*") if path.is_file()]
    assert len(kept) == 1
    assert b"%PDF" not in kept[0]


def test_the_ledger_names_parts_without_the_name_of_the_file():
    upload_id = begun(name="don cua ba Tuyet.pdf")
    send(upload_id, *pieces()[0])

    leaves = LedgerLeaf.objects.filter(subject=f"upload {upload_id}")
    assert {leaf.action for leaf in leaves} == {"documents.begin_upload", "documents.take_part"}
    assert "Tuyet" not in str([leaf.__dict__ for leaf in leaves])


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    tries=some.lists(
        some.tuples(some.integers(-2, len(CONTENT) + 2), some.integers(0, len(CONTENT))),
        max_size=12,
    )
)
def test_whatever_is_tried_what_was_received_is_the_beginning_of_the_file(tries):
    """Parts at any place and of any length: what is refused changes nothing, the rest adds up."""
    with transaction.atomic(), idempotency.using(""):
        upload_id = begun()
        for begins, length in tries:
            before, piece = received(upload_id), CONTENT[max(begins, 0) :][:length]
            try:
                told = send(upload_id, begins, piece)
            except (PartMisplaced, PartTooLong):
                assert received(upload_id) == before
            else:
                assert told.received == received(upload_id) in {before, begins + len(piece)}
        rest = received(upload_id)
        if rest < len(CONTENT):
            send(upload_id, rest, CONTENT[rest:])
        assert public.read_file(finished(upload_id).id) == CONTENT
        transaction.set_rollback(True)


def browser(name: str = "") -> Client:
    return signed_in(Client(raise_request_exception=False), a_citizen_account())


def announced(page: Client, size: int = len(CONTENT)) -> dict[str, object]:
    answer = page.post(
        "/giay-to/len", {"name": "giay.pdf", "size": size, "idempotency_key": f"k{size}"}
    )
    return answer.json() | {"status": answer.status_code}


def patch(page: Client, url: str, begins: object, piece: bytes):
    return page.patch(
        url,
        io.BytesIO(piece).getvalue(),
        content_type="application/offset+octet-stream",
        headers={
            "Upload-Offset": str(begins),
            "Upload-Checksum": hashlib.sha256(piece).hexdigest(),
        },
    )


def test_the_door_says_where_to_send_and_how_far_it_came():
    page = browser()
    told = announced(page)

    assert told["status"] == 201
    first = patch(page, str(told["url"]), 0, CONTENT[:40])
    assert first.json()["received"] == 40
    assert page.get(told["url"]).json()["received"] == 40
    astray = patch(page, str(told["url"]), 90, CONTENT[90:])
    assert (astray.status_code, astray.json()["received"]) == (409, 40)


@pytest.mark.parametrize("begins", ["", "-1", "x", "9" * 40, "1e3", "١"])
def test_a_place_that_is_no_number_is_refused(begins):
    page = browser()
    told = announced(page)

    answer = patch(page, str(told["url"]), begins.encode("ascii", "replace").decode(), CONTENT)

    assert answer.status_code in {409, 422}
    assert page.get(told["url"]).json()["received"] == 0


def test_the_door_refuses_in_words_for_the_bar_of_the_file():
    page = browser()

    told = announced(page, 0)

    assert told["status"] == 422
    assert told["message"] == EmptyFile.sentence


def test_the_door_opens_for_nobody_who_is_not_signed_in():
    assert Client().post("/giay-to/len", {"idempotency_key": "k"}).status_code == 403


def test_a_dropped_upload_is_gone_at_the_door_too():
    page = browser()
    url = announced(page)["url"]

    assert page.delete(url).status_code == 204
    assert page.get(url).status_code == 404
