"""What a scanner lays down is picked up once, by whoever comes, and never lost."""

import os
from datetime import timedelta

import pytest

from motcua.contexts.documents import ports, public
from motcua.contexts.documents.actions import picking_up
from motcua.contexts.documents.contracts import FileNotFound
from motcua.contexts.documents.contracts.digitised import ArrivalGone
from motcua.contexts.documents.models import ScannedArrival, StoredFile
from motcua.contexts.documents.queries.digitised import FreshScans
from motcua.contexts.documents.testing import a_pdf, a_photo
from motcua.contexts.organisations import public as organisations
from motcua.kernel import clock
from motcua.kernel.actors import Role
from motcua.kernel.clock import city_date
from motcua.kernel.db import owns_transaction
from motcua.kernel.testing import officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(small_city):
    return next(u for u in organisations.all_units(city_date(clock.now())) if u.ward_code)


@pytest.fixture
def folder(settings, tmp_path, unit, monkeypatch):
    settings.SCANNER_FOLDER = tmp_path / "quet"
    place = settings.SCANNER_FOLDER / unit.code
    place.mkdir(parents=True)
    monkeypatch.setitem(ports._rules, "scanners", FreshScans())
    return place


@pytest.fixture
def desk(unit):
    return officer(Role.RECEIVER, unit=unit.id)


def lay_down(folder, name="quet0001.pdf", content=None, *, age=60):
    """As a scanner leaves it: written that many seconds ago."""
    path = folder / name
    path.write_bytes(a_pdf() if content is None else content)
    then = clock.now().timestamp() - age
    os.utime(path, (then, then))
    return path


def waiting(desk):
    return public.arrivals(desk, now=clock.now())


def names(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@owns_transaction
def take(arrival_id, *, owner, by, now) -> None:
    taken.append(public.take_arrival(arrival_id, owner_person_id=owner, by=by, now=now))


taken: list = []


def test_a_finished_scan_is_shown_at_its_desk_and_leaves_the_folder(folder, desk):
    lay_down(folder)

    assert picking_up.pick_up(now=clock.now()) == 1

    (shown,) = waiting(desk)
    assert (shown.name, shown.refusal) == ("quet0001.pdf", "")
    assert shown.file and shown.file.pages == 1
    assert public.file_for(shown.file.id, desk, now=clock.now()).id == shown.file.id
    (kept,) = names(folder)
    assert kept.startswith("da-nhan/") and kept.endswith("quet0001.pdf")


def test_other_desks_see_nothing_of_it(folder, desk):
    lay_down(folder)
    picking_up.pick_up(now=clock.now())
    (shown,) = waiting(desk)
    elsewhere = officer(Role.RECEIVER, name="Người khác")

    assert waiting(elsewhere) == ()
    with pytest.raises(FileNotFound):
        public.file_for(shown.file.id, elsewhere, now=clock.now())


@pytest.mark.parametrize("name", [".quet.pdf", "~quet.pdf", "quet.pdf.part", "quet.TMP"])
def test_what_is_still_being_written_by_its_name_waits(folder, desk, name):
    lay_down(folder, name)

    assert picking_up.pick_up(now=clock.now()) == 0
    assert names(folder) == [name]


def test_what_was_touched_just_now_waits(folder, desk):
    path = lay_down(folder, age=1)

    assert picking_up.pick_up(now=clock.now()) == 0
    assert path.exists()
    assert picking_up.pick_up(now=clock.now() + timedelta(seconds=10)) == 1


def test_a_half_file_waits_and_is_told_only_when_it_stays_so(folder, desk):
    lay_down(folder, content=a_pdf()[:200])

    assert picking_up.pick_up(now=clock.now()) == 0
    assert names(folder) == ["quet0001.pdf"]
    assert picking_up.pick_up(now=clock.now() + timedelta(minutes=5)) == 1

    (shown,) = waiting(desk)
    assert shown.file is None
    assert "hỏng" in shown.refusal
    refused, why = names(folder)
    assert refused.startswith("khong-nhan/")
    assert shown.refusal in (folder / why).read_text(encoding="utf-8")


def test_a_program_is_refused_with_its_reason(folder, desk):
    lay_down(folder, "quet.pdf", b"MZ" + bytes(300))

    picking_up.pick_up(now=clock.now() + timedelta(minutes=5))

    (shown,) = waiting(desk)
    assert shown.file is None and shown.refusal
    assert not StoredFile.objects.exists()


def test_links_and_folders_are_left_alone(folder, desk, tmp_path):
    secret = tmp_path / "bi-mat.pdf"
    secret.write_bytes(a_pdf())
    (folder / "lien-ket.pdf").symlink_to(secret)
    (folder / "thu-muc.pdf").mkdir()

    assert picking_up.pick_up(now=clock.now() + timedelta(minutes=5)) == 0
    assert secret.exists()
    assert waiting(desk) == ()


def test_killed_before_it_left_the_folder_it_is_not_told_twice(folder, desk, monkeypatch):
    path = lay_down(folder)
    with monkeypatch.context() as dying:
        dying.setattr(picking_up, "_clear_away", lambda *given, **more: None)
        picking_up.pick_up(now=clock.now())
    assert path.exists()

    assert picking_up.pick_up(now=clock.now()) == 0

    assert len(waiting(desk)) == 1
    assert not path.exists()


def test_a_full_store_loses_nothing(folder, desk, monkeypatch):
    path = lay_down(folder)
    with monkeypatch.context() as full:
        full.setattr(picking_up.keeping, "kept_bytes", _no_room)
        assert picking_up.pick_up(now=clock.now()) == 0

    assert path.exists()
    assert picking_up.pick_up(now=clock.now()) == 1


def _no_room(*given, **more):
    raise picking_up.StoreUnavailable(reason="full")


def test_the_same_sheet_scanned_again_is_another_scan(folder, desk):
    lay_down(folder, age=60)
    picking_up.pick_up(now=clock.now())
    lay_down(folder, age=30)
    picking_up.pick_up(now=clock.now())

    assert len(waiting(desk)) == 2


def test_who_takes_it_has_scanned_it_and_it_is_gone_for_others(folder, desk, tuyet):
    lay_down(folder, content=a_photo(), name="anh.jpg")
    picking_up.pick_up(now=clock.now())
    (shown,) = waiting(desk)
    take(shown.id, owner=tuyet, by=desk, now=clock.now())

    file = public.file_by_id(shown.file.id)
    assert (file.owner_person_id, file.uploaded_by) == (tuyet, desk.account_id)
    assert waiting(desk) == ()
    with pytest.raises(ArrivalGone):
        take(shown.id, owner=tuyet, by=desk, now=clock.now())


def test_what_nobody_needs_is_dropped_or_goes_after_a_week(folder, desk):
    lay_down(folder, "a.pdf")
    lay_down(folder, "b.pdf", a_photo())
    picking_up.pick_up(now=clock.now())
    public.drop_arrival(waiting(desk)[0].id, by=desk, now=clock.now())
    assert len(waiting(desk)) == 1

    picking_up.forget_scans(now=clock.now() + timedelta(days=8))

    assert not ScannedArrival.objects.exists()
    assert names(folder) == []


def test_without_a_folder_nothing_is_looked_for(settings, db):
    settings.SCANNER_FOLDER = None

    assert picking_up.pick_up(now=clock.now()) == 0
    assert picking_up.forget_scans(now=clock.now()) == 0


def test_a_folder_of_no_unit_is_left_alone(folder, settings):
    stranger = settings.SCANNER_FOLDER / "H29.99.khong-co"
    stranger.mkdir()
    path = lay_down(stranger)

    assert picking_up.pick_up(now=clock.now()) == 0
    assert path.exists()


def test_a_name_in_another_coding_stops_no_other_scan(folder, desk):
    odd = folder / os.fsdecode(b"gi\xe2\xec.pdf")
    lay_down(folder, odd.name)
    lay_down(folder, "sau.pdf", a_photo())

    assert picking_up.pick_up(now=clock.now()) == 2

    assert {one.name for one in waiting(desk)} == {"gi\ufffd\ufffd.pdf", "sau.pdf"}
    assert not odd.exists()


@pytest.mark.parametrize("content", [None, b"MZ" + bytes(300)])
def test_a_name_as_long_as_a_disk_takes_leaves_the_folder_too(folder, desk, content):
    path = lay_down(folder, "ấ" * 83 + "x.pdf", content)

    assert picking_up.pick_up(now=clock.now() + timedelta(minutes=5)) == 1

    assert not path.exists()
    assert picking_up.pick_up(now=clock.now() + timedelta(minutes=5)) == 0
