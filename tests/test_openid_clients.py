"""Three clients made elsewhere sign somebody in at a running city: nobody of them knows us.

Each: discovery, code with PKCE, identity token verified, tokens renewed (or a silent sign-in, where
the client knows no refresh), userinfo, sign-out.
"""

import html
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from authlib.integrations.django_client import OAuth
from django.conf import settings as city
from django.contrib.sessions.backends.cache import SessionStore
from django.test import Client, RequestFactory

from e2e.node import running
from motcua.contexts.identity.testing import a_citizen_account, an_application, signed_in

ROOT = Path(__file__).resolve().parents[1]
FORM = re.compile(r'<form[^>]*action="(/oidc/[^"]+)".*?</form>', re.S)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@dataclass
class Person:
    """Nguyễn Thị Ánh Tuyết at a browser that knows nothing but addresses and forms."""

    origin: str
    browser: requests.Session

    def goes(self, url: str, *, answer: str = "yes") -> str:
        """Follow an application's link, say yes to what is asked; the address we end up at."""
        page = self.browser.get(url, allow_redirects=False, timeout=10)
        if page.status_code == 200:
            page = self.sends(page.text, answer)
        return self.leads(page)

    def sends(self, text: str, answer: str) -> requests.Response:
        form = FORM.search(text)
        assert form, text
        said = {name: html.unescape(value) for name, value in HIDDEN.findall(form[0])}
        ticked = {"answer": answer, "scope": ["birthdate"]}
        return self.browser.post(
            self.origin + form[1], {**said, **ticked}, allow_redirects=False, timeout=10
        )

    def leads(self, page: requests.Response) -> str:
        if page.status_code in (302, 303):
            return page.headers["Location"]
        return html.unescape(re.search(r'id="back" href="([^"]+)"', page.text)[1])


@pytest.fixture
def origin(small_city_for_threads, live_server, settings):
    settings.PUBLIC_ORIGIN = live_server.url
    return live_server.url


@pytest.fixture
def tuyet(origin):
    cookies = signed_in(Client(), a_citizen_account()).cookies
    browser = requests.Session()
    browser.cookies.set(city.SESSION_COOKIE_NAME, cookies[city.SESSION_COOKIE_NAME].value)
    return Person(origin, browser)


def registered(origin_of_party: str, *, back: str, gone: str = "/gone"):
    return an_application(
        redirect_uris=(f"{origin_of_party}{back}",), logout_uris=(f"{origin_of_party}{gone}",)
    )


def is_signed_in(person: Person) -> bool:
    page = person.browser.get(f"{person.origin}/toi", allow_redirects=False, timeout=10)
    return page.status_code == 200


def test_authlib_signs_somebody_in(tuyet, origin):
    party = "http://127.0.0.1:9000"
    made = registered(party, back="/ve")
    oauth = OAuth()
    library = oauth.register(
        "city", client_id=made.client_id, client_secret=made.secret,
        server_metadata_url=f"{origin}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid profile birthdate", "code_challenge_method": "S256", "timeout": 10,
        },
    )  # fmt: skip
    began = RequestFactory().get("/vao")
    began.session = SessionStore()

    url = library.authorize_redirect(began, f"{party}/ve")["Location"]
    came_back = RequestFactory().get("/ve?" + urlsplit(tuyet.goes(url)).query)
    came_back.session = began.session
    tokens = library.authorize_access_token(came_back)
    heard = library.userinfo(token=tokens)
    with library._get_oauth_client(**library.load_server_metadata()) as client:
        client.token = tokens
        renewed = client.refresh_token(library.server_metadata["token_endpoint"])
    said = {"id_token_hint": renewed["id_token"], "post_logout_redirect_uri": f"{party}/gone"}
    left = tuyet.goes(
        requests.Request("GET", library.server_metadata["end_session_endpoint"], params=said)
        .prepare()
        .url
    )

    assert tokens["userinfo"]["sub"] == heard["sub"]
    assert (heard["name"], heard["birthdate"]) == ("Nguyễn Thị Ánh Tuyết", "1990-05-12")
    assert renewed["access_token"] != tokens["access_token"]
    assert left == f"{party}/gone"
    assert not is_signed_in(tuyet)


def test_mozilla_django_oidc_signs_somebody_in(tuyet, origin):
    party = "http://127.0.0.1:9001"
    made = registered(party, back="/oidc/callback/")
    described = requests.get(f"{origin}/.well-known/openid-configuration", timeout=10).json()
    given = {"client_id": made.client_id, "client_secret": made.secret, "description": described}

    with subprocess.Popen(
        [sys.executable, "-m", "tests.parties.django_party", json.dumps(given)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as site:  # fmt: skip

        def answered(line: str = "") -> dict[str, object]:
            if line:
                site.stdin.write(line + "\n")
                site.stdin.flush()
            return json.loads(site.stdout.readline())

        first = answered()
        second = answered(tuyet.goes(first["url"]))
        silent = parse_qs(urlsplit(second["url"]).query)
        third = answered(tuyet.goes(second["url"]))
        last = answered(tuyet.goes(third["url"]))
        left = tuyet.goes(last["leave"])
        site.stdin.close()

    assert second["landed"] == "/me"
    assert silent["prompt"] == ["none"]
    assert last["heard"]["name"] == "Nguyễn Thị Ánh Tuyết"
    assert (last["heard"]["people"], len(last["heard"]["subject"])) == (1, 32)
    assert left == f"{party}/gone"
    assert not is_signed_in(tuyet)


@pytest.mark.node
def test_openid_client_of_npm_signs_somebody_in(tuyet, origin):
    with running("relying.mjs", {}) as party:
        made = registered(party["origin"], back="/back")
        said = {"issuer": origin, "client_id": made.client_id, "client_secret": made.secret}
        began = requests.get(f"{party['origin']}/begin", said, timeout=20).json()
        heard = requests.get(tuyet.goes(began["url"]), timeout=20).json()
        left = tuyet.goes(heard["leave"])

    assert "error" not in heard, heard
    assert heard["person"]["name"] == "Nguyễn Thị Ánh Tuyết"
    assert heard["renewed"]["sub"] == heard["claims"]["sub"] == heard["person"]["sub"]
    assert heard["known"]["active"]
    assert heard["revoked"]
    assert left == f"{party['origin']}/gone?state=bye"
    assert not is_signed_in(tuyet)
