"""`motcua keys`: a new master key, everything under it, the old one gone; wrong use is told."""

import io
from functools import partial

import pytest

from motcua.config import keys, rotating
from motcua.config.refusal import Refusal
from motcua.contexts.documents import public as documents
from motcua.contexts.documents.testing import a_pdf
from motcua.contexts.identity import public as identity
from motcua.contexts.identity.testing import a_person
from motcua.kernel import crypto
from motcua.kernel.actors import SYSTEM
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path):
    settings.SEALING_KEYS_FOLDER = tmp_path / "secrets"
    settings.SEALING_KEYS = partial(keys.sealing_keys, "", settings.SEALING_KEYS_FOLDER)
    crypto.look_again_at_keys()
    yield settings.SEALING_KEYS_FOLDER
    crypto.look_again_at_keys()


def test_a_master_key_is_changed_and_the_old_one_retired(folder, settings, capsys):
    person = a_person("Lê Minh Khoa", personal_number="079188999002").id
    settings.STORAGE_ROOT = folder.parent / "files"
    file = documents.keep_upload(
        io.BytesIO(a_pdf("giấy")), filename="giay.pdf", by=SYSTEM, now=MONDAY_9AM
    )

    for words in (["new"], ["rewrap"], ["retire", "1"], ["list"]):
        assert rotating.run(words) == 0

    assert [number for number, _ in keys.sealing_keys("", folder)] == [2]
    assert identity.names_of([person]) == {person: "Lê Minh Khoa"}
    assert documents.content_keys() == {2: 1}
    assert documents.read_file(file.id) == a_pdf("giấy")
    assert "khóa 2" in capsys.readouterr().out
    leaves = LedgerLeaf.objects.filter(action__startswith="kernel.", subject__startswith="key ")
    assert leaves.count() == 3


def test_a_key_that_values_still_need_stays(folder):
    a_person("Lê Minh Khoa", personal_number="079188999002")
    rotating.run(["new"])

    with pytest.raises(Refusal, match="rewrap"):
        rotating.run(["retire", "1"])
    with pytest.raises(Refusal, match="đang dùng"):
        rotating.run(["retire", "2"])

    assert [number for number, _ in keys.sealing_keys("", folder)] == [2, 1]


@pytest.mark.parametrize("words", [[], ["retire"], ["retire", "một"], ["rotate"]])
def test_wrong_use_says_the_right_one(words):
    with pytest.raises(Refusal, match="motcua keys list") as told:
        rotating.run(words)

    assert told.value.exit_code == rotating.WRONG_USE


def test_keys_of_the_environment_are_changed_there(settings):
    settings.SEALING_KEYS_FOLDER = None

    with pytest.raises(Refusal, match="MOTCUA_SEALING_KEY"):
        rotating.run(["new"])
