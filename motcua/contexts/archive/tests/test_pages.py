"""The archivist's pages: ask, follow, download, hand over, find what was restored."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.test import Client

from motcua.contexts.archive.actions import restoring
from motcua.contexts.archive.models import Package, RestoredDossier
from motcua.contexts.archive.testing import (
    a_closed_birth,
    a_package,
    actor_with,
    written,
)
from motcua.contexts.identity.testing import (
    a_citizen_account,
    an_officer_account,
    signed_in,
    the_actor,
)
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel.clock import city_date
from motcua.kernel.testing import MONDAY_9AM
from motcua.kernel.web import new_key

pytestmark = pytest.mark.usefixtures("small_city")
GOI = "/luu-tru/goi"
TOMORROW = MONDAY_9AM + timedelta(days=1)


@pytest.fixture
def account(small_city):
    return an_officer_account("tho", officer_id=the_officer("tho").id)


@pytest.fixture
def tho(account):
    return actor_with(account.id)


@pytest.fixture
def browser(account) -> Client:
    return signed_in(Client(), account)


@pytest.fixture
def code(small_city, deliveries) -> str:
    found = a_closed_birth(the_actor(a_citizen_account()))
    deliveries()
    return found


def send(browser: Client, url: str, typed: dict[str, str]):
    return browser.post(url, {"idempotency_key": new_key(), **typed})


def read(answer) -> str:
    """What the page says, wherever it forbids a line to break."""
    return answer.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")


def form(**typed: str) -> dict[str, str]:
    day = city_date(MONDAY_9AM).isoformat()
    return {"first": day, "last": day, "unit": "", "sealed": "yes", "why_clear": "", **typed}


def test_only_archivists_come_in(code, tho):
    package = a_package(tho)
    desk = an_officer_account("khue", officer_id=the_officer("khue").id)
    receiver = signed_in(Client(), desk)

    for url in (GOI, f"{GOI}/{package}", f"{GOI}/{package}/tai", "/luu-tru/phong-doc"):
        assert receiver.get(url).status_code == 403
        assert Client().get(url).status_code == 302


def test_a_package_is_asked_for_followed_downloaded_and_handed_over(code, tho, browser):
    asked = send(browser, GOI, form())
    waiting = browser.get(asked["Location"]).content.decode()
    assert "Đang đóng gói" in waiting
    assert "Tải gói về" not in waiting
    early = browser.get(f"{asked['Location']}/tai")
    assert early.status_code == 409

    package = a_package(tho)
    page = browser.get(f"{GOI}/{package}").content.decode()
    whole = b"".join(browser.get(f"{GOI}/{package}/tai").streaming_content)
    told = {"to": "Lưu trữ lịch sử", "note": "BB 01, 24/11/2026"}
    done = send(browser, f"{GOI}/{package}/ban-giao", told)

    assert "Đã đóng xong" in page
    assert f"data/dossiers/{code}.zip.sealed" in "".join(
        zipfile.ZipFile(io.BytesIO(whole)).namelist()
    )
    assert done.status_code == 303
    assert "Đã bàn giao" in browser.get(GOI).content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"first": "x"}, "Bạn chọn ngày đầu và ngày cuối"),
        ({"sealed": "no"}, "Gói không niêm phong cần lý do"),
        ({"first": "2020-01-01", "last": "2020-01-02"}, "Không có hồ sơ đã đóng nào"),
    ],
)
def test_a_refusal_is_told_on_the_form_and_what_was_typed_stays(code, browser, typed, said):
    answer = send(browser, GOI, form(**typed))

    assert answer.status_code == 422
    assert said in read(answer)
    assert f'value="{form(**typed)["last"]}"' in answer.content.decode()
    assert not Package.objects.exists()


def test_a_hand_over_without_a_record_is_refused_on_the_page(code, tho, browser):
    package = a_package(tho)

    answer = send(browser, f"{GOI}/{package}/ban-giao", {"to": "Lưu trữ lịch sử", "note": " "})

    assert answer.status_code == 422
    assert "số biên bản" in read(answer)


def test_a_restored_dossier_is_found_and_its_papers_open(code, tho, browser, tmp_path):
    path = written(a_package(tho), tmp_path / "g.zip")
    restoring.restore(path, actor=tho, now=TOMORROW)
    row = RestoredDossier.objects.get()

    found = browser.get("/luu-tru/phong-doc", {"tim": code}).content.decode()
    page = browser.get(f"/luu-tru/phong-doc/{row.pk}").content.decode()
    paper = page.split('href="/giay-to/tep/')[1].split('"')[0]

    assert f"/luu-tru/phong-doc/{row.pk}" in found
    assert "Lê Minh An" in page
    assert b"".join(browser.get(f"/giay-to/tep/{paper}").streaming_content).startswith(b"%PDF")


def test_a_package_that_is_not_ready_is_not_handed_over(code, tho, browser):
    send(browser, GOI, form())
    package = Package.objects.get()

    answer = send(browser, f"{GOI}/{package.pk}/ban-giao", {"to": "A", "note": "B"})

    assert answer.status_code == 409
    assert Package.objects.get().handed_at is None
