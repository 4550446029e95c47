"""A closed dossier goes into a package that proves itself, and comes back as it was."""

import io
import json
import random
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from motcua.contexts.archive.actions import checking, packing, restoring
from motcua.contexts.archive.contracts import (
    AlreadyHanded,
    AskPackage,
    ClearNeedsReason,
    FindingKind,
    HandOver,
    HandOverMalformed,
    NotATree,
    NothingToPack,
    PackageNotReady,
    PeriodMalformed,
)
from motcua.contexts.archive.models import Package, PackedDossier, RestoredDossier, RestoredFile
from motcua.contexts.archive.queries import restored as reading
from motcua.contexts.archive.testing import a_closed_birth, a_package, keeper, written
from motcua.contexts.documents import public as documents
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.identity.testing import a_citizen_account, the_actor
from motcua.kernel.clock import city_date
from motcua.kernel.testing import MONDAY_9AM
from motcua.kernel.testing.sealing import sealed_unasked

pytestmark = pytest.mark.usefixtures("small_city")
TODAY = city_date(MONDAY_9AM)
TOMORROW = MONDAY_9AM + timedelta(days=1)


@pytest.fixture
def code(small_city, deliveries) -> str:
    found = a_closed_birth(the_actor(a_citizen_account()))
    deliveries()
    return found


@pytest.fixture
def tho(small_city):
    return keeper()


def kinds(told) -> set[FindingKind]:
    return {finding.kind for finding in told.findings}


def unpacked(path: Path, folder: Path) -> Path:
    """A clear package as folders: its own, and each bag beside it opened."""
    with zipfile.ZipFile(path) as whole:
        whole.extractall(folder)
    return next(folder.iterdir())


def test_a_package_needs_a_period_that_is_over_and_something_in_it(code, tho):
    with pytest.raises(PeriodMalformed):
        packing.ask_package(AskPackage(first=TODAY, last=TODAY), actor=tho, now=MONDAY_9AM)
    with pytest.raises(ClearNeedsReason):
        packing.ask_package(
            AskPackage(first=TODAY, last=TODAY, sealed=False), actor=tho, now=TOMORROW
        )
    with pytest.raises(NothingToPack):
        before = TODAY - timedelta(days=9)
        packing.ask_package(AskPackage(first=before, last=before), actor=tho, now=TOMORROW)


def test_a_bag_waits_until_the_ledger_has_sealed_what_was_done(code, tho):
    command = AskPackage(first=TODAY, last=TODAY)
    asked = packing.ask_package(command, actor=tho, now=TOMORROW)

    with pytest.raises(packing.NotSealedYet):
        packing.pack(asked.package_id, now=TOMORROW)
    with pytest.raises(PackageNotReady):
        packing.note_download(asked.package_id, actor=tho, now=TOMORROW)
    sealed_unasked(now=TOMORROW)
    packing.pack(asked.package_id, now=TOMORROW)
    packing.pack(asked.package_id, now=TOMORROW)

    assert PackedDossier.objects.get().code == code
    assert Package.objects.get().ready_at is not None


@pytest.mark.parametrize("sealed", [True, False])
def test_what_was_exported_and_destroyed_comes_back_equal(code, sealed, tmp_path, tho):
    before = dossiers.dossier_record(code)
    contents = {file.sha256: b"".join(documents.pieces_of(file.file_id)) for file in before.files}
    package = a_package(tho, sealed=sealed)
    path = written(package, tmp_path / "goi.zip")
    destroy()

    told = restoring.restore(path, actor=tho, now=TOMORROW)

    assert told.checked.findings == ()
    assert told.restored == (code,)
    assert told.checked.signatures >= 2
    assert told.checked.proofs > len(told.restored)
    row = RestoredDossier.objects.get(code=code)
    back = {key: row.content[key] for key in before.content}
    assert back == json.loads(packing.as_json(before.content))
    kept = RestoredFile.objects.filter(dossier=row)
    assert {
        documents.file_by_id(one.file_id).sha256: documents.read_file(one.file_id) for one in kept
    } == contents


def destroy() -> None:
    """All that the city has of the dossiers, but for the ledger."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "TRUNCATE dossiers_dossier, archive_package, documents_issueddocument CASCADE"
        )


def test_restoring_again_changes_nothing(code, tmp_path, tho):
    path = written(a_package(tho), tmp_path / "goi.zip")
    restoring.restore(path, actor=tho, now=TOMORROW)

    told = restoring.restore(path, actor=tho, now=TOMORROW)

    assert (told.restored, told.there, told.refused) == ((), (code,), ())
    assert RestoredDossier.objects.count() == 1


def test_what_another_city_disposed_of_is_not_brought_back(code, tmp_path, tho):
    path = written(a_package(tho), tmp_path / "goi.zip")

    told = restoring.restore(path, actor=tho, now=TOMORROW, disposed={code})

    assert told.restored == ()
    assert code in told.refused[0]
    assert not RestoredDossier.objects.exists()


def test_each_harm_is_found_and_named(code, tmp_path, tho):
    tree = unpacked(written(a_package(tho, sealed=False), tmp_path / "goi.zip"), tmp_path / "g")
    assert checking.check(tree).findings == ()
    bag, listed = f"data/dossiers/{code}.zip", "data/package.json"
    harms = {
        FindingKind.ALTERED: lambda: flip(tree / "data/trust/roots.pem"),
        FindingKind.MISSING: lambda: (tree / listed).unlink(),
        FindingKind.ADDED: lambda: (tree / "data/la.txt").write_text("lạ"),
        FindingKind.TRUNCATED: lambda: cut(tree / bag),
    }

    for kind, harm in harms.items():
        kept = {path: path.read_bytes() for path in tree.rglob("*") if path.is_file()}
        harm()
        told = checking.check(tree)
        restored = restoring.restore(tree, actor=tho, now=TOMORROW)
        assert kind in kinds(told), kind
        assert all(finding.where for finding in told.findings)
        assert restored.restored == ()
        for path in tree.rglob("*"):
            if path.is_file():
                path.unlink()
        for path, content in kept.items():
            path.write_bytes(content)


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def test_one_flipped_byte_anywhere_in_a_package_is_found(code, tmp_path, tho):
    path = written(a_package(tho, sealed=False), tmp_path / "goi.zip")
    whole, chance = path.read_bytes(), random.Random(7)

    for _ in range(12):
        harmed = bytearray(whole)
        harmed[chance.randrange(len(whole))] ^= 0x40
        path.write_bytes(harmed)
        try:
            told = checking.check(path)
        except NotATree:
            continue
        if told.good:  # a date or a mode of the zip itself: the content is as it was
            assert restoring.restore(path, actor=tho, now=TOMORROW).checked.good


def test_a_bag_made_anew_with_right_checksums_is_unknown_to_the_ledger(code, tmp_path, tho):
    path = written(a_package(tho, sealed=False), tmp_path / "goi.zip")
    tree = unpacked(path, tmp_path / "g")
    other = tmp_path / "khac.zip"
    forge(tree / f"data/dossiers/{code}.zip", other)

    told = checking.check(other)

    assert FindingKind.LEDGER not in kinds(told)
    assert FindingKind.ALTERED in kinds(told)


def forge(bag: Path, to: Path) -> None:
    """The record says another name; nothing else is made right."""
    with zipfile.ZipFile(bag) as source, zipfile.ZipFile(to, "w") as target:
        for one in source.infolist():
            content = source.read(one)
            if one.filename.endswith("dossier.json"):
                content = content.replace("Lê Minh An".encode(), "Lê Minh Ân".encode())
            target.writestr(one.filename, content)


def test_a_path_that_leads_out_is_refused(tmp_path):
    hostile = io.BytesIO()
    with zipfile.ZipFile(hostile, "w") as target:
        target.writestr("a/data/../../../etc/x", b"x")
        target.writestr("a/bagit.txt", b"x")
    path = tmp_path / "x.zip"
    path.write_bytes(hostile.getvalue())

    assert FindingKind.UNSAFE in kinds(checking.check(path))
    with pytest.raises(NotATree):
        checking.check(tmp_path / "khong-co")


def test_a_package_is_handed_over_once_with_a_record(code, tho):
    package = a_package(tho)

    with pytest.raises(HandOverMalformed):
        packing.hand_over(HandOver(package_id=package, to="", note="01"), actor=tho, now=TOMORROW)
    command = HandOver(package_id=package, to="Lưu trữ lịch sử Thành phố", note="BB 01, 24/11/2026")
    packing.hand_over(command, actor=tho, now=TOMORROW)
    with pytest.raises(AlreadyHanded):
        packing.hand_over(command, actor=tho, now=TOMORROW)

    assert Package.objects.get().handed_to == "Lưu trữ lịch sử Thành phố"


@pytest.mark.parametrize("typed", ["{code}", "079190999001", "nguyễn thị ánh  tuyết"])
def test_a_restored_dossier_is_found_by_code_number_and_name(code, typed, tmp_path, tho):
    restoring.restore(written(a_package(tho), tmp_path / "g.zip"), actor=tho, now=TOMORROW)

    found = reading.found(typed.format(code=code), tho, now=TOMORROW)

    assert [line.code for line in found] == [code]
    assert reading.found("Người Khác", tho, now=TOMORROW) == ()
