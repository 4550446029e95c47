"""VNeID's stand-in on loopback, and a sign-in that walks through it like a browser."""

import html
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
import requests

from e2e import node
from motcua.contexts.exchange import public as exchange
from motcua.contexts.exchange.testing import (
    CLIENT_SECRET,
    PLATFORM,
    running_simulators,
    who_may_sign_in,
)
from motcua.contexts.identity.adapters.vneid import Provider, VNeIDConnector
from motcua.contexts.identity.web.middleware import recent

LINK = "/dang-nhap/vneid/la-toi"


@dataclass
class Browser:
    """Goes to VNeID and comes back; `client` is the platform's side, `there` the other."""

    client: object
    origin: str
    there: requests.Session = field(default_factory=requests.Session)

    def to_vneid(self, next_url="/toi", **wish):
        """The page with the people to choose from."""
        answer = self.client.get("/dang-nhap/vneid", {"next": next_url, **wish})
        assert answer.status_code == 302, answer.content.decode()
        return self.there.get(answer.headers["Location"], timeout=5).text

    def leave(self):
        """Signed out on both sides: a real VNeID remembers who was there."""
        self.client.logout()
        self.there.cookies.clear()

    def way_back(self, people, who="Nguyễn Thị Ánh Tuyết"):
        """The address VNeID sends the browser to once somebody is chosen; None refuses."""
        pattern = rf'href="([^"]+)"><strong>{who}<' if who else r'button--quiet" href="([^"]+)"'
        where = self.origin + html.unescape(re.search(pattern, people).group(1))
        while where.startswith(self.origin):
            where = self.there.get(where, allow_redirects=False, timeout=5).headers["Location"]
        back = urlsplit(where)
        return f"{back.path}?{back.query}"

    def sign_in(self, who="Nguyễn Thị Ánh Tuyết", *, is_same=True, **wish):
        """is_same: what they answer when asked whether the person the city knows is them."""
        back = self.client.get(self.way_back(self.to_vneid(**wish), who))
        return back if is_same is None else self.answered(back, is_same=is_same)

    def answered(self, back, *, is_same=True):
        if back.headers.get("Location") != LINK:
            return back
        return self.client.post(LINK, {"answer": "same" if is_same else "other"})


@dataclass
class AProvider:
    """A VNeID that the platform uses, and how it is put out of order."""

    issuer: str
    origin: str
    fault: object
    rotate: object


@pytest.fixture(scope="session")
def running(tmp_path_factory):
    with running_simulators(tmp_path_factory.mktemp("simulators")) as running:
        yield running


@pytest.fixture(scope="session")
def certified():
    """VNeID played by a certified OpenID provider, with the same people."""
    told = {
        "client": {
            "id": "motcua",
            "secret": CLIENT_SECRET,
            "redirect_uris": [f"{PLATFORM}/dang-nhap/vneid/tra-ve"],
            "logout_uris": [f"{PLATFORM}/"],
        },
        "people": [
            {"key": one.key, "name": one.name, "claims": dict(one.claims)}
            for one in who_may_sign_in()
        ],
    }
    with node.running("vneid.mjs", told) as answering:
        yield answering


def wired(settings, issuer, origin):
    """The platform is told to use this VNeID."""
    settings.VNEID_ISSUER = issuer
    settings.SIMULATORS_ORIGIN = origin
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [{
                "provider_id": "vneid", "name": "VNeID", "client_id": "motcua",
                "secret": CLIENT_SECRET, "settings": {"server_url": issuer},
            }],
        }
    }  # fmt: skip
    exchange.register(VNeIDConnector())
    Provider.forget()
    recent.forget()


@pytest.fixture
def vneid(running, settings):
    """The stand-in, in good order."""
    for system in ("vneid", "population"):
        running.simulators.faults.set(system, "normal")
    wired(settings, running.issuer, running.origin)
    return running


@pytest.fixture(params=["ours", pytest.param("certified", marks=pytest.mark.node)])
def provider(request, settings):
    """Each VNeID that we have, one after the other: what holds for one must hold for all."""
    if request.param == "ours":
        ours = request.getfixturevalue("vneid")
        faults = ours.simulators.faults
        return AProvider(
            ours.issuer,
            ours.origin,
            lambda mode: faults.set("vneid", mode),
            ours.simulators.vneid.keys.rotate,
        )
    theirs = request.getfixturevalue("certified")

    def control(**told):
        requests.post(f"{theirs['origin']}/control", json=told, timeout=5)

    control(mode="normal")
    wired(settings, theirs["issuer"], theirs["origin"])
    return AProvider(
        theirs["issuer"],
        theirs["origin"],
        lambda mode: control(mode=mode),
        lambda: control(rotate=True),
    )


@pytest.fixture
def browser(db, vneid, client):
    return Browser(client, vneid.origin)


@pytest.fixture
def visitor(db, provider, client):
    """A browser for whichever VNeID it is."""
    return Browser(client, provider.origin)
