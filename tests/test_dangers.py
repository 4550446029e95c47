"""Dangerous things are done in few places, and nothing secret lies where it could be read."""

import ast
import re
import subprocess

import pytest

from tests.house import HOUSE, ROOT, code, files, name_of, tree

FETCHING = {"requests", "urllib.request", "http.client", "httpx", "aiohttp", "urllib3", "boto3"}
# Who may speak HTTP, and why.
FETCHERS = {
    "motcua/kernel/outbound.py",  # the door
    "motcua/contexts/exchange/adapters/transport.py",  # bounds what the door lets in
    "motcua/contexts/exchange/adapters/http_connector.py",  # names the door's failures
    "motcua/contexts/exchange/adapters/push_connector.py",
    "motcua/contexts/exchange/adapters/timestamp_connector.py",  # the same
    "motcua/contexts/exchange/adapters/simulators/callbacks.py",  # the stand-in of the bank
    "motcua/contexts/webhooks/adapters/posting.py",  # names the door's failures
    "motcua/contexts/documents/adapters/stores.py",  # the store of STORAGE_URL
    "motcua/config/launch.py",  # asks its own pages whether they are up
    "motcua/config/security/audit.py",  # asks the registry when somebody says --online
}
CIPHERS = {"cryptography", "jwt", "joserfc", "fido2", "pyhanko", "asn1crypto", "Crypto", "nacl"}
CHECKING_ELSEWHERE = {
    "motcua/contexts/documents/actions/stamping.py",  # reads the answer of the time-stamp authority
    "motcua/contexts/identity/testing.py",  # a passkey without a device signs as a device does
    "motcua/contexts/exchange/actions/anchoring.py",  # believes no witness without its signature
}
WEAK = re.compile(r"\b(?:md5|sha1|des3?|rc4|blowfish|ecb)\b", re.I)
# Where a standard or a test prescribes an old hash.
WEAK_BUT_PRESCRIBED = {
    "motcua/contexts/identity/adapters/passwords.py",  # lists of leaked passwords are kept so
    "motcua/contexts/identity/rules/__init__.py",  # RFC 6238: codes of an app are HMAC-SHA-1
    "motcua/contexts/exchange/adapters/simulators/authenticator.py",  # a person with such an app
    "motcua/config/settings_for_tests.py",  # cheap passwords of tests
}
SCRIPTED_HTML = re.compile(
    r"\.(?:inner|outer)HTML\s*=|insertAdjacentHTML|document\.write|\beval\(|new Function"
    r"|createContextualFragment|__proto__"
)
# A page and the worker of the same origin speak to each other; nobody else can.
SPEAKING = re.compile(r"postMessage")
APP = {
    "motcua/ui/static/ui/device.js",
    "motcua/ui/static/ui/field.js",
    "motcua/ui/static/ui/window.js",
    "motcua/portals/citizen/worker/door.js",
    "motcua/portals/citizen/worker/queue.js",
}
# What a person asked to read, or has sent without a network, waits here (ADR 0067).
KEEPING = {
    "motcua/ui/static/ui/window-store.js",  # sealed (ADR 93)
    "motcua/portals/citizen/worker/pages.js",
    "motcua/portals/citizen/worker/store.js",
}
STORING = re.compile(r"(?:local|session)Storage\.setItem\(([^,]+),|indexedDB|caches\.open")
SECRET = re.compile(
    r"-----BEGIN (?:RSA |EC |OPENSSH )?PRIVATE KEY-----[\r\n]+[A-Za-z0-9+/=]{40}"
    r"|\bAKIA[0-9A-Z]{16}\b"
    r"|\bgh[pousr]_[A-Za-z0-9]{36}\b"
    r"|\bxox[abprs]-[A-Za-z0-9-]{20,}"
    r"|\beyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}\."
    r"|(?i:secret_key|api_key|password|token)\s*[:=]\s*[\"'][A-Za-z0-9+/_=-]{32,}[\"']"
)
# Words of tests that look like a secret and open nothing.
INVENTED = re.compile(r"example|invented|django-insecure-|ChangeMe|test_motcua", re.I)


def imported(path) -> set[str]:
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found


def test_only_the_door_fetches_addresses():
    found = {
        name_of(path)
        for path in code()
        if any(f"{name}.".startswith(f"{one}.") for name in imported(path) for one in FETCHING)
    }

    assert found - FETCHERS == set()


def test_ciphers_and_signatures_stay_in_kernel_and_adapters():
    found = {
        name_of(path)
        for path in code()
        if {name.partition(".")[0] for name in imported(path)} & CIPHERS
        and not {"kernel", "config", "adapters"} & set(path.relative_to(HOUSE).parts)
    }

    assert found - CHECKING_ELSEWHERE == set()


def test_no_weak_hash_is_called():
    found = set()
    for path in code():
        for node in ast.walk(tree(path)):
            word = ""
            if isinstance(node, ast.Attribute):
                word = node.attr
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                word = node.value if len(node.value) < 12 else ""
            if WEAK.fullmatch(word) or word == "MD5PasswordHasher":
                found.add(name_of(path))

    assert found - WEAK_BUT_PRESCRIBED == set()


def test_nobody_switches_certificates_off():
    off = re.compile(r"verify\s*=\s*False|CERT_NONE|check_hostname\s*=\s*False|_create_unverified")

    assert [name_of(path) for path in code() if off.search(path.read_text("utf-8"))] == []


def test_no_template_is_built_from_text():
    building = re.compile(r"\.from_string\(|\bmark_safe\(|autoescape\s+off|\|\s*safe\b")
    found = [
        name_of(path)
        for path in files()
        if path.suffix in {".py", ".html"} and "tests" not in path.parts
        if path.is_relative_to(HOUSE) and building.search(path.read_text("utf-8"))
    ]

    assert set(found) <= MARKED_SAFE


# Parts of pages that are made by our own code from values it escaped (format_html beside them).
MARKED_SAFE: set[str] = set()


def scripts():
    return [path for path in files() if path.suffix == ".js" and path.is_relative_to(HOUSE)]


def test_our_scripts_write_no_html():
    assert scripts()
    assert [
        name_of(path) for path in scripts() if SCRIPTED_HTML.search(path.read_text("utf-8"))
    ] == []


def test_only_the_app_of_the_phone_speaks_to_its_worker():
    found = {name_of(path) for path in scripts() if SPEAKING.search(path.read_text("utf-8"))}

    assert found == APP


def test_our_scripts_keep_nothing_about_people():
    """Whether the keys of the desk are off; what is sealed for a dead city; the worker's rules."""
    found = {name_of(path): STORING.findall(path.read_text("utf-8")) for path in scripts()}
    kept = {what.strip() for name, said in found.items() if name not in KEEPING for what in said}

    assert kept <= {"OFF", "KEPT + name"}
    assert {name for name, said in found.items() if "" in said} == KEEPING


def test_no_secret_lies_in_the_tree():
    found = {
        name_of(path): match[0][:40]
        for path in files()
        for match in SECRET.finditer(path.read_text("utf-8"))
        if not INVENTED.search(match[0]) and path.name != "test_dangers.py"
    }

    assert found == {}


def test_no_secret_lies_in_the_history():
    """What was taken out again is still in every copy."""
    if not (ROOT / ".git").exists():  # a copy without history
        return
    asked = ["git", "log", "--all", "-p", "--no-color", "-U0", "-G", SECRETS_FOR_GIT]
    said = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, errors="replace")
    if said.returncode:
        pytest.fail(f"the history cannot be read: {said.stderr[:200]}")
    added = [line for line in said.stdout.splitlines() if line.startswith("+")]
    found = [line[:80] for line in added if SECRET.search(line) and not INVENTED.search(line)]

    assert found == []


# The same in the words of git's own expressions; broad, the lines are judged again here.
SECRETS_FOR_GIT = (
    "BEGIN (RSA |EC |OPENSSH )?PRIVATE KEY|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}"
    "|xox[abprs]-[A-Za-z0-9-]{20}|eyJ[A-Za-z0-9_-]{20,}"
)


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN PRIVATE KEY-----\n" + "A" * 64,
        "AKIA" + "A" * 16,
        'MOTCUA_SECRET_KEY = "' + "k7QwZt3xV9bN2mR5" * 3 + '"',
        "eyJ" + "a" * 24 + ".eyJ" + "b" * 24 + ".c",
    ],
)
def test_a_planted_secret_would_be_found(text):
    assert SECRET.search(text)
