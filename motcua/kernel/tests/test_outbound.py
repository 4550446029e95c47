"""The city goes out by one door, where its operator sends it, to the place it looked at."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

import pytest
import requests

from motcua.kernel.outbound import AddressRefused, asked, destination, inner_line

PUBLIC = "203.0.112.9"  # answers nobody: no test connects to it
BANK = "https://bank.example.vn"
INNER = [
    "127.0.0.1", "127.8.8.8", "10.0.0.5", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
    "100.64.0.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0",
    "fd00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "2002:7f00:0001::",
    "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::a00:1", "::127.0.0.1", "fec0::1",
]  # fmt: skip
STRANGE = [
    "file:///etc/passwd", "gopher://bank.example.vn/", "ftp://bank.example.vn/",
    "//bank.example.vn", "bank.example.vn", "", "https://", "javascript:alert(1)",
    "https://user:pass@bank.example.vn/",
    "https://bank.example.vn@evil.example/", "https://bank.example.vn\\@evil.example/",
    "https://evil.example/#@bank.example.vn", "https://evil.example/?https://bank.example.vn",
    "https://bank.example.vn.evil.example/", "https://bank.example.vn:8443/", "https://[::1]/",
    "http://bank.example.vn/", "https://bank.example.vn/\r\nX: y", "https://bank.example.vn/a b",
    "https://bank.example.vn:99999/", "https://2130706433/", "https://0x7f000001/",
    "https://127.1/", "https://ⓑank.example.vn.evil.example/", "data:text/html,x",
    f"https://bank.example.vn/{'a' * 5000}", "http://169.254.169.254/latest/meta-data/",
]  # fmt: skip


@pytest.fixture(autouse=True)
def real_city(settings):
    settings.SIMULATORS = False
    settings.VNEID_ISSUER = "https://vneid.example.vn"
    settings.NEIGHBOURS = (BANK,)
    settings.PRIVATE_NEIGHBOURS = ("https://truc.example.vn",)


def reason(url: str, *addresses: str) -> str:
    with pytest.raises(AddressRefused) as refused:
        destination(url, resolve=lambda host, port: addresses or (PUBLIC,))
    return str(refused.value)


@pytest.mark.parametrize("url", STRANGE)
def test_an_address_that_nobody_named_is_refused(url):
    assert reason(url) in {"not_named", "scheme", "credentials", "malformed", "not_encrypted"}


@pytest.mark.parametrize("address", INNER)
def test_a_named_neighbour_that_leads_inside_is_refused(address):
    assert reason(f"{BANK}/x", address) == "inner_address"
    assert reason(f"{BANK}/x", PUBLIC, address) == "inner_address"


def test_an_inner_neighbour_may_lead_inside_but_never_here():
    inside = "https://truc.example.vn/v1"

    assert destination(inside, resolve=lambda h, p: ["10.20.30.40"]).address == "10.20.30.40"
    assert reason(inside, "127.0.0.1") == reason(inside, "169.254.169.254") == "inner_address"


def test_a_named_neighbour_is_reached_by_name_in_any_spelling():
    there = destination(
        "https://BANK.example.vn:443/x?y=1", resolve=lambda h, p: ["2600::1", PUBLIC]
    )

    assert (there.host, there.port, there.address) == ("bank.example.vn", 443, PUBLIC)
    assert there.authority == "bank.example.vn"


def test_a_registered_address_is_reached_outside_only():
    told = "https://app.example.vn/ra"

    there = destination(told, registered=[told], resolve=lambda h, p: [PUBLIC])
    assert there.address == PUBLIC
    assert reason(told) == "not_named"
    for bad, url in (("10.0.0.5", told), ("127.0.0.1", told)):
        with pytest.raises(AddressRefused, match="inner_address"):
            destination(url, registered=[told], resolve=lambda h, p, bad=bad: [bad])
    with pytest.raises(AddressRefused, match="not_encrypted"):
        destination(
            "http://app.example.vn/ra",
            registered=["http://app.example.vn/ra"],
            resolve=lambda h, p: [PUBLIC],
        )


def test_an_inner_neighbour_is_inner_for_whoever_a_stranger_names_it_to():
    inside = "https://truc.example.vn/tin"

    with pytest.raises(AddressRefused, match="inner"):
        destination(
            inside, registered=[inside], by_stranger=True, resolve=lambda h, p: ["10.20.30.40"]
        )


def test_a_name_that_is_unknown_counts_as_unreachable():
    def lost(host: str, port: int) -> list[str]:
        raise OSError("unknown")

    with pytest.raises(requests.ConnectionError):
        destination(BANK, resolve=lost)


def test_stand_ins_are_reached_only_where_they_run(settings):
    assert reason("http://127.0.0.1:8001/vneid", "127.0.0.1") == "not_named"

    settings.SIMULATORS = True

    assert destination("http://127.0.0.1:8001/vneid").address == "127.0.0.1"
    assert reason("http://localhost:8001/vneid", "10.0.0.1") == "inner_address"
    assert reason("http://192.168.1.1/") == "not_named"


class Neighbour(BaseHTTPRequestHandler):
    """Answers everything by leading elsewhere."""

    heard: ClassVar[list[tuple[str, str]]] = []

    def do_GET(self) -> None:
        self.heard.append((self.headers["Host"], self.path))
        self.send_response(302)
        self.send_header("Location", "http://169.254.169.254/latest/meta-data/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        return None


@pytest.fixture
def neighbour() -> Iterator[int]:
    Neighbour.heard.clear()
    with HTTPServer(("127.0.0.1", 0), Neighbour) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_a_redirect_is_heard_and_not_followed(settings, neighbour):
    settings.SIMULATORS = True

    with asked(
        "GET", f"http://localhost:{neighbour}/a?b=c", headers={}, body=None, timeout=(5, 5)
    ) as heard:
        assert heard.status_code == 302

    assert Neighbour.heard == [(f"localhost:{neighbour}", "/a?b=c")]


def test_a_name_that_moves_a_moment_later_gains_nothing(settings, neighbour):
    """DNS rebinding: the second answer is never asked for."""
    settings.SIMULATORS = True
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])

    with asked(
        "GET",
        f"http://localhost:{neighbour}/",
        headers={},
        body=None,
        timeout=(5, 5),
        resolve=lambda host, port: next(answers),
    ):
        assert next(answers) == ["10.0.0.1"]


def test_the_proxy_of_the_machine_does_not_count(settings, neighbour, monkeypatch):
    settings.SIMULATORS = True
    monkeypatch.setenv("HTTP_PROXY", "http://203.0.113.1:3128")
    monkeypatch.setenv("http_proxy", "http://203.0.113.1:3128")

    with asked(
        "GET", f"http://127.0.0.1:{neighbour}/", headers={}, body=None, timeout=(5, 5)
    ) as heard:
        assert heard.status_code == 302


@pytest.mark.parametrize(
    "address", [PUBLIC.replace("203.0.112", "8.8.8"), "2001:4860:4860::8888", "::ffff:8.8.8.8",
                "169.254.169.254", "0.0.0.0", "fe80::1%eth0"]
)  # fmt: skip
def test_a_line_in_clear_never_leaves_the_inner_network(address):
    with (
        pytest.raises(AddressRefused),
        inner_line("tcp://clamd:1", timeout=(1, 1), resolve=lambda *_: ["127.0.0.1", address]),
    ):
        pass


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "tcp://127.0.0.1", "tcp://:3310", ""])
def test_a_line_must_be_named_as_one(url):
    with pytest.raises(AddressRefused), inner_line(url, timeout=(1, 1)):
        pass
