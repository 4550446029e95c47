"""The bank's stand-in: every way of telling, its own retries, reconciliation, reading a QR."""

from datetime import timedelta

import pytest
import requests

from motcua.contexts.exchange.adapters import registry
from motcua.contexts.exchange.adapters.simulators import vietqr
from motcua.contexts.exchange.adapters.simulators.bank import SHORTFALL
from motcua.contexts.exchange.adapters.simulators.callbacks import ATTEMPTS, CallbackLane
from motcua.contexts.exchange.adapters.simulators.vietqr import PaymentRequest, UnreadableQr
from motcua.contexts.exchange.adapters.wiring import ears
from motcua.contexts.exchange.rules import signature_holds
from motcua.contexts.exchange.testing import running_simulators
from motcua.kernel import clock

BILL = PaymentRequest(bill="HD123", amount=75000, account="", merchant="")
QR = (
    "00020101021238540010A00000072701240006999999011009000002990208QRIBFTTA53037045405750005802VN"
    "62090805HD1236304"
)


class Platform:
    """Receives what the bank posts; answers with `status`."""

    def __init__(self, status=200):
        self.status = status
        self.heard = []

    def post(self, url, *, data, headers, timeout):
        if self.status is None:
            raise requests.ConnectionError
        self.heard.append((data, headers))
        answer = requests.Response()
        answer.status_code = self.status
        return answer


@pytest.fixture
def city(tmp_path):
    with running_simulators(tmp_path) as running:
        yield running.simulators


def lane_to(city, platform, *, ahead=timedelta(0)):
    return CallbackLane(
        store=city.store, ears=ears("http://platform"),
        now=lambda: clock.now() + ahead, session=platform,
    )  # fmt: skip


def told(city, way, *, delay=0):
    platform = Platform()
    city.bank.pay(BILL, way=way, delay=timedelta(seconds=delay))
    lane_to(city, platform).run_due()
    return platform.heard


def is_signed(body, headers):
    return signature_holds(
        registry.shared_secret("bank"), timestamp=headers["X-Timestamp"], body=body,
        signature=headers["X-Signature"], now=clock.now(),
    )  # fmt: skip


def test_never_means_never(city):
    assert told(city, "never") == []


def test_late_means_not_yet(city):
    assert told(city, "late", delay=30) == []

    platform = Platform()
    lane_to(city, platform, ahead=timedelta(seconds=31)).run_due()
    assert len(platform.heard) == 1


def test_double_tells_the_same_transaction_twice(city):
    first, second = told(city, "double")

    assert first[0] == second[0]


def test_a_wrong_amount_is_signed_all_the_same(city):
    [(body, headers)] = told(city, "wrong_amount")

    assert f'"amount": {75000 - SHORTFALL}'.encode() in body
    assert is_signed(body, headers)


def test_a_wrong_signature_does_not_hold(city):
    [(body, headers)] = told(city, "wrong_signature")

    assert not is_signed(body, headers)


def test_normally_it_tells_at_once_and_signed(city):
    [(body, headers)] = told(city, "normal")

    assert b'"bill_code": "HD123"' in body
    assert is_signed(body, headers)


@pytest.mark.parametrize("status", [None, 403, 500])
def test_a_platform_that_does_not_listen_is_told_again_later(city, status):
    city.bank.pay(BILL, way="normal", delay=timedelta(0))
    lane_to(city, Platform(status)).run_due()

    assert lane_to(city, Platform()).run_due() == 0
    assert lane_to(city, Platform(), ahead=timedelta(seconds=3)).run_due() == 1


def test_in_the_end_the_bank_gives_up(city):
    city.bank.pay(BILL, way="normal", delay=timedelta(0))

    for day in range(ATTEMPTS):
        lane_to(city, Platform(500), ahead=timedelta(days=day)).run_due()

    [call] = city.store.newest("callback")
    assert call["state"] == "GIVEN_UP"


def test_the_list_of_the_day_holds_also_what_was_never_told(city):
    city.bank.pay(BILL, way="never", delay=timedelta(0))
    today = clock.now().date().isoformat()

    ask = city.bank.operations()["reconcile"]

    [transaction] = ask({"date": today})["transactions"]
    assert (transaction["bill_code"], transaction["amount"]) == ("HD123", 75000)
    assert ask({"date": "2020-01-01"})["transactions"] == []


def with_checksum(text):
    return text + vietqr._crc(text)


def test_a_qr_is_read_as_a_bank_app_reads_it():
    asked = vietqr.read(with_checksum(QR))

    assert (asked.bill, asked.amount, asked.account) == ("HD123", 75000, "0900000299")


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "not a qr",
        with_checksum(QR)[:-1] + "Z",
        with_checksum(QR.replace("540575000", "540375000")),
        with_checksum(QR.replace("540575000", "540575,00")),
    ],
)
def test_a_damaged_qr_is_refused(payload):
    with pytest.raises(UnreadableQr):
        vietqr.read(payload)


def test_a_person_pays_on_the_page(tmp_path):
    with running_simulators(tmp_path) as running:
        page = requests.get(f"{running.origin}/bank/tra", {"qr": with_checksum(QR)}, timeout=5)
        paid = requests.post(
            f"{running.origin}/bank/tra",
            {"bill": "HD123", "amount": "75000", "way": "never"},
            timeout=5,
        )

    assert "75.000" in page.text
    assert "Đã trả" in paid.text


@pytest.mark.parametrize(
    "sent", [{"bill": "", "amount": "1"}, {"bill": "HD", "amount": "-1"},
             {"bill": "HD", "amount": "1", "way": "by magic"}]
)  # fmt: skip
def test_a_payment_without_bill_amount_or_known_way_is_a_bad_request(tmp_path, sent):
    with running_simulators(tmp_path) as running:
        answer = requests.post(f"{running.origin}/bank/tra", sent, timeout=5)

    assert answer.status_code == 400
