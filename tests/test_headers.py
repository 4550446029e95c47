"""Every page of the city, as everybody: what a browser is told that it may load, keep and show."""

import re

import pytest
from django.conf import settings as city
from django.test import Client

from motcua.config import headers
from motcua.contexts.identity.testing import a_citizen_account, an_officer_account, signed_in
from motcua.contexts.organisations.testing import the_officer
from tests.test_routes import OPERATIONS, PAGES, address

COOKIES = (
    "SESSION_COOKIE",
    "CSRF_COOKIE",
    "LANGUAGE_COOKIE",
    "THEME_COOKIE",
    "TEXT_COOKIE",
    "HELP_COOKIE",
    "DEVICE_COOKIE",
)
CAST = ("khue", "bao", "quynh", "duyen")
ELSEWHERE = re.compile(
    r"""(?:\bsrc|<link[^>]*\bhref|\baction|\bposter|\bdata)\s*=\s*["'](?:https?:)?//([^/"']+)""",
    re.I,
)
INLINE = re.compile(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<script(?![^>]*\ssrc=)", re.I)
# Keys and places of the provider, the app of the phone: nothing in them is anybody's, and they are
# asked for often.
FOR_EVERYBODY = {
    "/oidc/keys",
    "/.well-known/openid-configuration",
    "/app.webmanifest",
    "/sw.js",
    "/canh-bao.rss",
    "/canh-bao.atom",
}
AT_A_PLACE = {"/ban/thuc-dia/mat-mang"}  # asks the phone of an officer where it is
OURS = ("default-src", "script-src", "style-src", "connect-src")
NOTHING = ("object-src", "frame-ancestors", "base-uri")
EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
TYPES = re.compile(
    r"(text/(html|plain|csv|css|javascript); charset=utf-8|application/(json|problem\+json"
    r"|geo\+json|pdf|zip|xml|scim\+json|ld\+json|schema\+json)(; charset=utf-8)?|image/.+"
    r"|application/octet-stream|text/calendar; charset=utf-8|application/manifest\+json"
    r"|application/x-pem-file|application/jsonl|text/x-python; charset=utf-8"
    r"|application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    r"|application/(rss|atom|cap)\+xml; charset=utf-8)"
)


def directives(answer) -> dict[str, str]:
    parts = answer["Content-Security-Policy"].split("; ")
    return dict(part.partition(" ")[::2] for part in parts)


def faults(answer, *, locates: bool = False) -> list[str]:
    """What this answer lacks. locates: it may ask the device where it is."""
    found = [name for name, value in EXPECTED.items() if answer.headers.get(name) != value]
    policy = directives(answer)
    found += [name for name in OURS if policy.get(name) != "'self'"]
    found += [name for name in NOTHING if policy.get(name) != "'none'"]
    asks = "geolocation=(self)" if locates and answer.status_code == 200 else "geolocation=()"
    if asks not in answer["Permissions-Policy"]:
        found.append("Permissions-Policy")
    if "Access-Control-Allow-Origin" in answer.headers:
        found.append("CORS")
    kind = answer.headers.get("Content-Type", "")
    if answer.status_code == 200 and not TYPES.fullmatch(kind):
        found.append(f"Content-Type {kind}")
    if kind.startswith("text/html") and not answer.streaming:
        text = answer.content.decode()
        found += [f"from {host}" for host in ELSEWHERE.findall(text)]
        found += [f"inline {bit}" for bit in INLINE.findall(text)]
    return found


@pytest.fixture
def everybody(small_city):
    people = {"nobody": Client(), "citizen": signed_in(Client(), a_citizen_account())}
    for name in CAST:
        account = an_officer_account(name, officer_id=the_officer(name).id)
        people[name] = signed_in(Client(raise_request_exception=False), account)
    return people


def test_every_page_bears_the_headers_and_loads_nothing_from_elsewhere(everybody):
    wrong, seen = {}, 0
    for route in [*PAGES, *(one for one in OPERATIONS if one.methods == "GET")]:
        for name, browser in everybody.items():
            answer = browser.get(address(route))
            seen += 1
            personal = name != "nobody" and answer.status_code != 405
            personal &= route.address not in FOR_EVERYBODY
            if personal and "no-store" not in answer.headers.get("Cache-Control", ""):
                wrong[f"{route.address} as {name}"] = ["kept by the browser"]
            if found := faults(answer, locates=route.address in AT_A_PLACE):
                wrong[f"{route.address} as {name}"] = found

    assert wrong == {}
    assert seen >= 6 * len(PAGES)


@pytest.mark.parametrize("address", ["/khong-co", "/static/khong-co.css", "/api/v1/khong-co"])
def test_what_does_not_exist_bears_the_headers_too(client, db, address):
    answer = client.get(address)

    assert answer.status_code in {400, 404}
    assert "Cross-Origin-Resource-Policy" in answer.headers
    assert directives(answer)["object-src"] == "'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("method", ["options", "put", "patch", "delete"])
def test_methods_that_no_page_offers_do_nothing(client, db, method):
    answer = getattr(client, method)("/thu-tuc")

    assert answer.status_code in {200, 403, 405, 422}
    assert "Cookie" not in answer.content.decode()


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "DEBUG", "CONNECT", "PROPFIND"])
@pytest.mark.parametrize("place", ["/", "/thu-tuc", "/api/v1/verify/x", "/khong-co"])
def test_a_method_that_nobody_offers_is_refused(client, db, method, place):
    answer = client.generic(method, place, HTTP_X_SECRET="lộ")

    assert answer.status_code == 405
    assert answer.content == b""
    assert "TRACE" not in answer.headers["Allow"]


def test_a_form_of_another_site_is_refused_before_any_view(small_city):
    """CSRF: a session alone sends nothing."""
    account = an_officer_account("khue", officer_id=the_officer("khue").id)
    browser = signed_in(Client(enforce_csrf_checks=True), account)
    unsafe = [one for one in PAGES if one.access]

    accepted = {
        route.address: answer.status_code
        for route in unsafe
        for answer in [browser.post(address(route), {"idempotency_key": "k"})]
        if answer.status_code != 403 and not route.address.startswith(BY_TOKEN)
    }

    assert set(accepted) <= WITHOUT_A_SESSION


BY_TOKEN = "/scim/v2/"  # a directory comes with a token; no session counts there
# Their own proof, not the session, says who calls.
WITHOUT_A_SESSION = {
    "/oidc/token",
    "/oidc/revoke",
    "/oidc/introspect",
    "/oidc/userinfo",
    "/oidc/authorize",  # sends a form of an application on to itself, by GET
    "/oidc/logout",  # asks; the answer is a form of ours
}


def test_production_keeps_cookies_to_itself_and_asks_for_tls_only():
    """The settings module read with a production environment, in a process of its own."""
    import json
    import os
    import subprocess
    import sys

    from motcua.config.tests.test_env import IN_PRODUCTION

    names = [
        "SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY",
        "SESSION_COOKIE_SAMESITE", "CSRF_COOKIE_NAME", "CSRF_COOKIE_SECURE",
        "CSRF_COOKIE_HTTPONLY", "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "DEBUG",
        "DEVELOPMENT_PASSWORD", "SIMULATORS", "ALLOWED_HOSTS", "PASSWORD_HASHERS",
        "LANGUAGE_COOKIE_NAME", "THEME_COOKIE_NAME", "DEVICE_COOKIE_NAME",
        "TEXT_COOKIE_NAME", "HELP_COOKIE_NAME",
    ]  # fmt: skip
    code = (
        "import json; from motcua.config import settings as s;"
        f"print(json.dumps({{n: getattr(s, n) for n in {names!r}}}))"
    )
    clean = {"PATH": os.environ["PATH"], "MOTCUA_VAR": str(city.VAR)} | IN_PRODUCTION

    said = subprocess.run(
        [sys.executable, "-c", code], env=clean, cwd=city.ROOT, capture_output=True, check=True
    )
    found = json.loads(said.stdout)

    assert found["DEBUG"] is found["SIMULATORS"] is False
    assert found["DEVELOPMENT_PASSWORD"] == ""
    assert "*" not in found["ALLOWED_HOSTS"]
    for cookie in COOKIES:
        assert found[f"{cookie}_NAME"].startswith("__Host-")
    for flag in ("SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_SECURE"):
        assert found[flag] is True
    assert found["CSRF_COOKIE_HTTPONLY"] is True
    assert found["SESSION_COOKIE_SAMESITE"] in {"Lax", "Strict"}
    assert found["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert found["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True
    assert "Scrypt" in found["PASSWORD_HASHERS"][0] or "Argon2" in found["PASSWORD_HASHERS"][0]


def test_signing_out_clears_what_the_browser_kept(client, small_city):
    browser = signed_in(client, a_citizen_account())

    answer = browser.post("/dang-xuat")

    assert answer["Clear-Site-Data"] == '"cache", "storage"'


def test_the_policy_of_content_names_no_wildcard_and_nothing_unsafe():
    policy = headers.content_security_policy(form_targets=(), identity_provider="https://v.vn/x")

    assert "unsafe" not in policy
    assert "*" not in policy
    assert "form-action 'self' https://v.vn" in policy


def test_over_tls_every_answer_asks_to_stay_there(client, db, settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000

    answer = client.get("/thu-tuc", secure=True)

    assert answer["Strict-Transport-Security"].startswith("max-age=31536000")


def test_cookies_are_small_and_bear_their_flags(client, db, settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True

    answer = client.get("/dang-nhap", secure=True)

    assert answer.cookies
    for name, cookie in answer.cookies.items():
        assert cookie["secure"], name
        assert cookie["samesite"] in {"Lax", "Strict"}, name
        assert cookie["path"] == "/", name
        assert not cookie["domain"], name
        assert len(cookie.OutputString()) < 4096, name
