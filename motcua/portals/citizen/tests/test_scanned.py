"""A file waits for the scanner; one with malware is shown as such, told, and never handed in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.contexts.dossiers.models import Dossier
from motcua.contexts.exchange.testing import EICAR, running_simulators
from motcua.portals.citizen.tests.conftest import text_of
from motcua.portals.citizen.tests.test_filling import a_scan, fill, upload


@pytest.fixture(autouse=True)
def a_scanner(settings, tmp_path):
    with running_simulators(tmp_path) as running:
        settings.SCANNER_URL = running.origin.replace("http://", "tcp://")
        yield


def papers(browser, draft_id: str) -> str:
    return text_of(browser.get(f"/nhap/{draft_id}/giay-to"))


def handed_in(browser, draft_id: str):
    return browser.send(f"/nhap/{draft_id}/xem-lai", {"return_form": "ELECTRONIC"})


def test_malware_is_shown_told_and_not_handed_in(tuyet, draft_id, deliveries):
    fill(tuyet, draft_id)
    upload(tuyet, draft_id, SimpleUploadedFile("giay-to.txt", EICAR))
    assert "Đang chờ quét mã độc" in papers(tuyet, draft_id)

    deliveries()

    assert "Có mã độc, không mở được" in papers(tuyet, draft_id)
    refused = handed_in(tuyet, draft_id)
    assert refused.status_code == 409
    assert "có mã độc nên không ai mở được" in text_of(refused)
    assert not Dossier.objects.exists()
    assert "Một tệp bạn gửi có mã độc" in text_of(tuyet.get("/thong-bao"))


def test_a_file_that_waits_may_be_handed_in(tuyet, draft_id, deliveries):
    fill(tuyet, draft_id)
    upload(tuyet, draft_id, a_scan())

    assert handed_in(tuyet, draft_id).status_code == 303

    deliveries()
    code = Dossier.objects.get().code
    assert "mã độc" not in text_of(tuyet.get(f"/ho-so/{code}"))
