"""One contract, two stores: the folder and S3."""

import base64
import errno
import hashlib
import io
import os
import resource
import signal
import subprocess
import sys
import textwrap
from datetime import timedelta
from pathlib import Path

import boto3
import pytest
from moto import mock_aws

from motcua.contexts.documents.adapters import local_store, stores
from motcua.contexts.documents.adapters.local_store import LocalStore, drop_abandoned
from motcua.contexts.documents.adapters.s3_store import S3Store
from motcua.contexts.documents.adapters.staging import staged
from motcua.contexts.documents.contracts import StoreUnavailable, TooLarge
from motcua.contexts.documents.ports import BytesMissing, Store
from motcua.kernel import clock

BUCKET = "giay-to"


@pytest.fixture
def folder(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "files")


@pytest.fixture
def s3(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    with mock_aws():
        client = boto3.client("s3", region_name="us-east-1")
        client.create_bucket(Bucket=BUCKET)
        yield S3Store(client, BUCKET, "/mot/cua/", tmp_path / "scratch")


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest) -> Store:
    return request.getfixturevalue(request.param)


def put(store: Store, content: bytes) -> str:
    with staged(io.BytesIO(content), store.staging(), limit=10_000_000) as arrived:
        store.keep(arrived)
    return arrived.sha256


def test_what_is_not_there_is_missing(store):
    with pytest.raises(BytesMissing), store.open("0" * 64):
        pass
    assert not store.has("0" * 64)


def test_what_is_kept_is_read_back_whole(store):
    content = os.urandom(1_500_000)

    name = put(store, content)

    with store.open(name) as file:
        assert file.read() == content
    assert name == hashlib.sha256(content).hexdigest()
    assert store.has(name)


def test_the_same_bytes_twice_are_kept_once(store):
    first = put(store, b"giong nhau")

    assert put(store, b"giong nhau") == first
    assert list(store.kept_before(clock.now() + timedelta(hours=1))) == [first]


def test_what_is_removed_is_missing_and_may_be_removed_again(store):
    name = put(store, b"x")

    store.remove(name)
    store.remove(name)

    assert not store.has(name)


def test_only_what_is_older_is_offered_to_the_sweep(store):
    name = put(store, b"x")
    later, earlier = clock.now() + timedelta(hours=1), clock.now() - timedelta(hours=1)

    assert list(store.kept_before(earlier)) == []
    assert store.is_older(name, later)
    assert not store.is_older(name, earlier)


def test_one_byte_too_many_is_refused_and_leaves_nothing(store):
    with (
        pytest.raises(TooLarge),
        staged(io.BytesIO(b"x" * 101), store.staging(), limit=100) as arrived,
    ):
        store.keep(arrived)

    assert list(store.staging().iterdir()) == []


def test_an_endless_stream_is_cut_off_in_constant_memory(folder):
    class Endless:
        given = 0

        def read(self, size: int) -> bytes:
            self.given += size
            return b"\x00" * size

    stream = Endless()
    with pytest.raises(TooLarge), staged(stream, folder.staging(), limit=1_000_000):
        pass
    assert stream.given < 1_500_000


def test_a_damaged_copy_is_healed_by_keeping_again(folder):
    name = put(folder, b"lanh")
    folder.path_of(name).chmod(0o640)
    folder.path_of(name).write_bytes(b"hong")

    put(folder, b"lanh")

    with folder.open(name) as file:
        assert file.read() == b"lanh"


def test_nobody_else_on_the_machine_reads_the_files(folder):
    path = folder.path_of(put(folder, b"x"))

    assert path.stat().st_mode & 0o007 == 0


def test_everything_is_on_disk_before_the_folder_names_it(folder, monkeypatch):
    seen = []
    fsync, replace = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda d: (seen.append("fsync"), fsync(d))[1])
    monkeypatch.setattr(
        Path, "replace", lambda self, to: (seen.append("rename"), replace(self, to))[1]
    )
    put(folder, b"lan dau")
    seen.clear()

    put(folder, b"lan dau")

    assert seen == ["fsync", "rename", "fsync"]


def test_a_full_disk_is_a_refusal_and_leaves_nothing(folder):
    folder.staging().mkdir(parents=True)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, hard))
    try:
        with pytest.raises(StoreUnavailable) as caught:
            put(folder, b"x" * 1_000_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert caught.value.facts["reason"] == "full"
    assert list(folder.staging().iterdir()) == []


def test_a_disk_that_fills_up_at_the_rename_is_a_refusal(folder, monkeypatch):
    def full(_self: Path, _target: Path) -> Path:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(StoreUnavailable):
        put(folder, b"x")


def test_another_failure_of_the_disk_is_not_dressed_up(folder, monkeypatch):
    def broken(_descriptor: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(local_store, "_fsync_folder", broken)
    with pytest.raises(OSError, match="Input/output"):
        put(folder, b"x")


def test_a_process_killed_while_receiving_leaves_only_what_the_sweep_takes(folder):
    script = f"""
        import io, os, signal
        from pathlib import Path
        from motcua.contexts.documents.adapters.local_store import LocalStore
        from motcua.contexts.documents.adapters.staging import staged

        class Dies:
            told = False
            def read(self, size):
                if self.told:
                    os.kill(os.getpid(), signal.SIGKILL)
                self.told = True
                return b"x" * 1000

        store = LocalStore(Path({str(folder.folder)!r}))
        with staged(Dies(), store.staging(), limit=10**9) as arrived:
            store.keep(arrived)
    """
    ended = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], check=False)
    assert ended.returncode == -signal.SIGKILL
    later = clock.now() + timedelta(minutes=1)

    assert list(folder.kept_before(later)) == []
    assert drop_abandoned(folder.staging(), clock.now() - timedelta(minutes=1)) == 0
    assert drop_abandoned(folder.staging(), later) == 1
    assert list(folder.staging().iterdir()) == []


def test_a_bucket_that_does_not_exist_is_unavailable(s3):
    elsewhere = S3Store(s3._client, "khong-co", "", s3.staging())

    with pytest.raises(StoreUnavailable):
        put(elsewhere, b"x")
    with pytest.raises(StoreUnavailable):
        list(elsewhere.kept_before(clock.now()))


def test_an_endpoint_that_does_not_answer_is_unavailable(tmp_path):
    from botocore.config import Config

    impatient = Config(connect_timeout=1, retries={"max_attempts": 1})
    client = boto3.client(
        "s3",
        endpoint_url="http://127.0.0.1:9",
        region_name="us-east-1",
        aws_access_key_id="a",
        aws_secret_access_key="b",
        config=impatient,
    )

    with pytest.raises(StoreUnavailable):
        put(S3Store(client, BUCKET, "", tmp_path), b"x")


def test_the_service_is_told_the_hash_so_that_it_refuses_other_bytes(s3):
    told = []

    def note(request, **_more: object) -> None:
        told.append(request.headers["x-amz-checksum-sha256"])

    s3._client.meta.events.register("before-sign.s3.PutObject", note)
    put(s3, b"goc")

    (key,) = [o["Key"] for o in s3._client.list_objects_v2(Bucket=BUCKET)["Contents"]]
    stored = s3._client.get_object(Bucket=BUCKET, Key=key)["Body"].read()
    assert told == [base64.b64encode(hashlib.sha256(stored).digest()).decode()]


def test_the_address_of_the_store_chooses_it(settings, tmp_path, monkeypatch):
    for name in ("AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "thu")
    settings.STORAGE_ROOT = tmp_path

    settings.STORAGE_URL = "s3://kho/thu/muc"
    assert isinstance(stores.store(), S3Store)
    settings.STORAGE_URL = f"file://{tmp_path}/khac"
    elsewhere = stores.store()
    assert isinstance(elsewhere, LocalStore)
    assert elsewhere.folder == tmp_path / "khac"
    settings.STORAGE_URL = ""
    assert stores.store().staging() == tmp_path / "incoming"


def test_a_stream_that_breaks_is_no_refusal(folder):
    class Breaks:
        def read(self, size: int) -> bytes:
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError), staged(Breaks(), folder.staging(), limit=10):
        pass
    assert list(folder.staging().iterdir()) == []
