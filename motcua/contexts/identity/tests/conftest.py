"""VNeID's stand-in on loopback, and a sign-in that walks through it like a browser."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
import requests

from motcua.contexts.exchange import public as exchange
from motcua.contexts.exchange.testing import CLIENT_SECRET, running_simulators
from motcua.contexts.identity.adapters.vneid import Provider, VNeIDConnector
from motcua.contexts.identity.web.middleware import recent


@dataclass
class Browser:
    """Goes to VNeID and comes back; `client` is the platform's side."""

    client: object
    origin: str

    def to_vneid(self, next_url="/toi"):
        """The page with the people to choose from."""
        answer = self.client.get("/dang-nhap/vneid", {"next": next_url})
        assert answer.status_code == 302, answer.content.decode()
        return requests.get(answer.headers["Location"], timeout=5).text

    def way_back(self, people, who="Nguyễn Thị Ánh Tuyết"):
        """The address VNeID sends the browser to once somebody is chosen; None refuses."""
        pattern = rf'href="([^"]+)"><strong>{who}<' if who else r'button--quiet" href="([^"]+)"'
        href = re.search(pattern, people).group(1).replace("&amp;", "&")
        chosen = requests.get(self.origin + href, allow_redirects=False, timeout=5)
        back = urlsplit(chosen.headers["Location"])
        return f"{back.path}?{back.query}"

    def sign_in(self, who="Nguyễn Thị Ánh Tuyết"):
        return self.client.get(self.way_back(self.to_vneid(), who))


@pytest.fixture(scope="session")
def running(tmp_path_factory):
    with running_simulators(tmp_path_factory.mktemp("simulators")) as running:
        yield running


@pytest.fixture
def vneid(running, settings):
    """The platform is told to use this VNeID, which is in good order."""
    settings.VNEID_ISSUER = running.issuer
    settings.SIMULATORS_ORIGIN = running.origin
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [{
                "provider_id": "vneid", "name": "VNeID", "client_id": "motcua",
                "secret": CLIENT_SECRET, "settings": {"server_url": running.issuer},
            }],
        }
    }  # fmt: skip
    for system in ("vneid", "population"):
        running.simulators.faults.set(system, "normal")
    exchange.register(VNeIDConnector())
    Provider.forget()
    recent.forget()
    return running


@pytest.fixture
def browser(db, vneid, client):
    return Browser(client, vneid.origin)
