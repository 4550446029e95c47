"""The push service's contract, by HTTP and in the process; and whom the city does not push to."""

from dataclasses import replace
from datetime import timedelta

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import ec

from motcua.contexts.exchange import public
from motcua.contexts.exchange.adapters import webpush
from motcua.contexts.exchange.contracts import (
    PUSH_HOSTS,
    NeighbourDown,
    NeighbourRefused,
    PushServiceUnknown,
    UnreadableKeys,
)
from motcua.contexts.exchange.testing import (
    TRIED,
    in_process,
    mode_of,
    opened_pushes,
    push_connector_to,
    running_simulators,
)
from motcua.kernel import clock

WORDS = {"title": "Kết quả đã có", "body": "Hồ sơ H29.99-20261123-0000042", "url": "/thong-bao"}


@pytest.fixture
def running(tmp_path):
    with running_simulators(tmp_path) as running:
        yield running


@pytest.fixture(params=["http", "in process"])
def connect(request, running, tmp_path):
    if request.param == "http":
        return running.connector
    return lambda name: in_process(name, tmp_path)


@pytest.fixture
def device(connect):
    """A browser's subscription, and a way to push to it."""
    made = connect(TRIED).call("make", {"key": public.push_key()}, key="k", seconds=3)

    def push(connector=None, **changed):
        payload = {**made, "words": WORDS, "ttl": 60, "urgency": "high", "topic": "t1", **changed}
        return (connector or connect("push")).call("send", payload, key="k", seconds=3)

    push.made = made
    return push


def test_the_browser_opens_what_was_pushed(device, tmp_path):
    taken = device()

    [message] = opened_pushes(tmp_path)
    assert message["words"] == WORDS
    assert (message["ttl"], message["urgency"], message["topic"]) == ("60", "high", "t1")
    assert taken["id"]


def test_a_newer_message_of_one_topic_takes_the_place_of_the_older(device, tmp_path):
    device()
    device(words={**WORDS, "title": "Đã trả kết quả"})
    device(topic="t2")

    assert [m["words"]["title"] for m in opened_pushes(tmp_path)] == [
        "Đã trả kết quả",
        "Kết quả đã có",
    ]


@pytest.mark.parametrize(
    ("mode", "refusal", "reason", "wait"),
    [
        ("gone", NeighbourRefused, "gone", None),
        ("missing", NeighbourRefused, "gone", None),
        ("too_large", NeighbourRefused, "too_large", None),
        ("busy", NeighbourDown, "http_429", 120),
    ],
)
def test_the_service_says_no(device, tmp_path, mode, refusal, reason, wait):
    mode_of(tmp_path, "push", mode)

    with pytest.raises(refusal) as problem:
        device()

    assert problem.value.reason == reason
    assert getattr(problem.value, "retry_after", None) == wait


def test_a_device_nobody_knows_is_gone(device):
    with pytest.raises(NeighbourRefused) as refusal:
        device(endpoint=device.made["endpoint"] + "x")

    assert refusal.value.reason == "gone"


@pytest.mark.parametrize(("changed", "reason"), [
    ({"urgency": "loud"}, "http_400"),
    ({"topic": "two words"}, "http_400"),
    ({"topic": "a" * 33}, "http_400"),
    ({"ttl": "soon"}, "http_400"),
    ({"p256dh": "AAAA"}, "unreadable_point"),
    ({"words": {"title": "a" * 5000}}, "unreadable_too_long"),
])  # fmt: skip
def test_what_breaks_the_rules_of_pushing_is_refused(device, changed, reason):
    with pytest.raises(NeighbourRefused) as refusal:
        device(**changed)

    assert refusal.value.reason == reason


def test_another_sender_may_not_push_to_this_browser(running):
    made = running.connector(TRIED).call("make", {"key": public.push_key()}, key="k", seconds=3)
    stranger = replace(running.connector("push"), key=ec.generate_private_key(webpush.CURVE))
    payload = {**made, "words": WORDS, "ttl": 60, "urgency": "high", "topic": "t"}

    with pytest.raises(NeighbourRefused) as refusal:
        stranger.call("send", payload, key="k", seconds=3)

    assert refusal.value.reason == "http_403"


@pytest.mark.parametrize("hours", [-13, 30])
def test_a_signature_of_another_time_is_refused(running, hours):
    made = running.connector(TRIED).call("make", {"key": public.push_key()}, key="k", seconds=3)
    here = running.connector("push")
    payload = {**made, "words": WORDS, "ttl": 60, "urgency": "high", "topic": "t"}
    headers = here.headers_for(made["endpoint"], payload)
    signed = webpush.authorization(
        here.key, origin=running.origin, contact="mailto:a@example.vn",
        now=clock.now() + timedelta(hours=hours),
    )  # fmt: skip

    other_time = requests.post(
        made["endpoint"], b"x", headers=headers | {"Authorization": signed}, timeout=5
    )
    other_place = webpush.authorization(
        here.key, origin="https://fcm.googleapis.com", contact="mailto:a@example.vn",
        now=clock.now(),
    )  # fmt: skip
    elsewhere = requests.post(
        made["endpoint"], b"x", headers=headers | {"Authorization": other_place}, timeout=5
    )
    nobody = requests.post(made["endpoint"], b"x", timeout=5)

    assert (other_time.status_code, elsewhere.status_code, nobody.status_code) == (403, 403, 401)


def test_a_device_that_its_owner_removed_is_gone_for_good(running):
    made = running.connector(TRIED).call("make", {"key": public.push_key()}, key="k", seconds=3)
    ident = made["endpoint"].rpartition("/")[2]

    requests.post(f"{running.origin}/push/may/{ident}/go", timeout=5)
    answer = requests.post(made["endpoint"], timeout=5)
    page = requests.get(f"{running.origin}/push", timeout=5).text

    assert answer.status_code == 410
    assert "Đã gỡ" in page


INNER = [
    "http://127.0.0.1:8000/",
    "http://127.0.0.1:1/other/place",
    "https://127.0.0.1/push/e/x",
    "http://169.254.169.254/latest/meta-data",
    "https://fcm.googleapis.com.evil.example.vn/x",
    "https://evil.example.vn/fcm.googleapis.com",
    "https://fcm.googleapis.com@evil.example.vn/x",
    "https://fcm.googleapis.com:8443/x",
    "http://fcm.googleapis.com/x",
    "https://notify.windows.com/x",
    "file:///etc/passwd",
    "https://fcm.googleapis.com/ x",
    "",
]


@pytest.mark.parametrize("endpoint", INNER)
def test_an_address_that_is_no_push_service_is_never_called(settings, endpoint):
    settings.PUSH_SERVICES = tuple(PUSH_HOSTS)
    to = webpush.base64(webpush.raw_point(ec.generate_private_key(webpush.CURVE).public_key()))
    auth = webpush.base64(bytes(16))

    with pytest.raises(PushServiceUnknown):
        public.push_service_of(endpoint, p256dh=to, auth=auth)
    with pytest.raises(NeighbourRefused) as refusal:
        push_connector_to("http://127.0.0.1:2").call(
            "send",
            {"endpoint": endpoint, "p256dh": to, "auth": auth, "words": {}, "ttl": 1,
             "urgency": "low", "topic": "t"},
            key="k",
            seconds=1,
        )  # fmt: skip
    assert refusal.value.reason == "not_a_push_service"


def test_only_services_that_the_operator_allows_are_pushed_to(settings):
    to = webpush.base64(webpush.raw_point(ec.generate_private_key(webpush.CURVE).public_key()))
    keys = {"p256dh": to, "auth": webpush.base64(bytes(16))}
    google, windows = "https://fcm.googleapis.com/fcm/send/x", "https://db5p.notify.windows.com/w"

    with pytest.raises(PushServiceUnknown):
        public.push_service_of(google, **keys)
    settings.PUSH_SERVICES = ("push_google", "push_microsoft")
    found = public.push_service_of(google, **keys), public.push_service_of(windows, **keys)

    assert found == ("push_google", "push_microsoft")
    with pytest.raises(UnreadableKeys):
        public.push_service_of(google, p256dh="AAAA", auth="AAAA")
