"""What nobody uses: so much a day and no more, and after a week it is forgotten."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db.models import Q

from motcua.contexts.documents import ports, tasks
from motcua.contexts.documents.actions import keeping
from motcua.contexts.documents.adapters.stores import store
from motcua.contexts.documents.contracts import TooMuchUnused
from motcua.contexts.documents.models import StoredFile
from motcua.contexts.documents.testing import a_file, a_pdf, an_issued_paper
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM, citizen

pytestmark = pytest.mark.django_db


class Used:
    """A context above that refers to these files."""

    def __init__(self, *ids: UUID) -> None:
        self.ids = ids

    def predicate(self, account_id: UUID | None = None) -> Q:
        return Q(pk__in=self.ids)


@pytest.fixture
def three_a_day(monkeypatch):
    monkeypatch.setattr(keeping, "UNUSED_FILES_A_DAY", 3)


def test_one_account_keeps_only_so_many_files_that_belong_to_nothing(three_a_day, own_store):
    for number in range(3):
        a_file(a_pdf(str(number)))

    with pytest.raises(TooMuchUnused, match="chưa gắn vào hồ sơ"):
        a_file(a_pdf("mot tep nua"))

    assert StoredFile.objects.count() == 3
    assert len([path for path in own_store.rglob("*") if path.is_file()]) == 3


def test_one_account_keeps_only_so_many_bytes_that_belong_to_nothing(monkeypatch):
    monkeypatch.setattr(keeping, "UNUSED_BYTES_A_DAY", 2 * len(a_pdf()))
    a_file()
    a_file()

    with pytest.raises(TooMuchUnused):
        a_file()


def test_the_quota_is_of_one_account_and_one_day(three_a_day):
    for _ in range(3):
        a_file()

    assert a_file(by=citizen(name="Lê Minh Khoa"))
    assert a_file(now=MONDAY_9AM + timedelta(days=1))


def test_files_put_to_use_do_not_count(three_a_day):
    kept = [a_file().id for _ in range(3)]
    ports.register_use("dossiers", Used(*kept))

    assert a_file()


def test_the_city_itself_has_no_quota(three_a_day):
    for _ in range(4):
        a_file(by=SYSTEM)


def test_after_a_week_what_nobody_uses_is_gone_with_its_bytes():
    now = clock.now()
    unused = a_file(a_pdf("khong dung"), now=now - timedelta(days=8))
    used = a_file(a_pdf("co dung"), now=now - timedelta(days=8))
    fresh = a_file(a_pdf("moi"), now=now - timedelta(days=6))
    ports.register_use("dossiers", Used(used.id))

    tasks.sweep_store(now)
    assert set(StoredFile.objects.values_list("pk", flat=True)) == {used.id, fresh.id}
    tasks.sweep_store(now + timedelta(hours=25))

    assert not store().has(unused.sha256)
    assert store().has(used.sha256)
    leaf = LedgerLeaf.objects.filter(action="documents.forget_unused").first()
    assert str(unused.id) in leaf.body


def test_bytes_that_another_row_shares_stay():
    now = clock.now()
    a_file(now=now - timedelta(days=8))
    again = a_file(by=citizen(name="Lê Minh Khoa"), now=now)

    tasks.sweep_store(now + timedelta(days=2))

    assert list(StoredFile.objects.values_list("pk", flat=True)) == [again.id]
    assert store().has(again.sha256)


def test_an_issued_paper_is_never_forgotten(tuyet):
    paper = an_issued_paper(owner_person_id=tuyet)

    tasks.sweep_store(MONDAY_9AM + timedelta(days=400))

    assert StoredFile.objects.filter(pk=paper.file_id).exists()
