"""The city under test: a cluster without durability, cheap passwords, files thrown away."""

import os
import tempfile
import zlib
from importlib import import_module
from pathlib import Path

from motcua.config import database, env

# Server, keys and built assets of all runs of this checkout; never those of a real city in var/.
_CHECKOUT = f"{os.getuid()}-{zlib.crc32(os.fsencode(env.ROOT)):08x}"
os.environ["MOTCUA_VAR"] = str(Path(tempfile.gettempdir()) / f"motcua-tests-{_CHECKOUT}")

city = import_module("motcua.config.settings")
globals().update({name: getattr(city, name) for name in dir(city) if name.isupper()})

# Several people and xdist workers share one server, each process with its own database.
TEST_DATABASE = f"test_motcua_{os.getpid()}"
DATABASES = {
    "default": {
        **database.settings(city.ENVIRONMENT, for_tests=True),
        "TEST": {"NAME": TEST_DATABASE, "TEMPLATE": "template0"},
    }
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGE_URL = ""
SCANNER_FOLDER: Path | None = None
SCANNER_URL = ""  # tests of the scanner start one
STORAGE_ROOT = Path(tempfile.gettempdir()) / TEST_DATABASE / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
