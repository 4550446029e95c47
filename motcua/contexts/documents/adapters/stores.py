"""Chọn kho: a folder unless STORAGE_URL names a bucket."""

from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings

from motcua.contexts.documents.adapters.local_store import LocalStore
from motcua.contexts.documents.ports import Store


def store() -> Store:
    """The store of this installation."""
    return _opened(settings.STORAGE_URL, Path(settings.STORAGE_ROOT))


@lru_cache(maxsize=4)
def _opened(url: str, folder: Path) -> Store:
    """Endpoint, region and keys of S3 come from the usual AWS_* variables."""
    parts = urlsplit(url)
    if parts.scheme == "s3":
        return _bucket(parts.netloc, unquote(parts.path), folder / "incoming")
    return LocalStore(Path(unquote(parts.path)) if parts.scheme == "file" else folder)


def _bucket(name: str, prefix: str, incoming: Path) -> Store:
    """The client is imported here: a city on its own disk need not wait for it at every start."""
    import boto3
    from botocore.config import Config

    from motcua.contexts.documents.adapters.s3_store import S3Store

    patience = Config(
        connect_timeout=3,
        read_timeout=20,
        retries={"max_attempts": 3, "mode": "standard"},
        s3={"addressing_style": "path"},
    )
    return S3Store(boto3.client("s3", config=patience), name, prefix, incoming)
