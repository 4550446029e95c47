"""Pages and API: what a stranger, a holder and a desk see."""

import io
import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, RequestFactory

from motcua.contexts.documents import public
from motcua.contexts.documents.actions import keeping
from motcua.contexts.documents.adapters.upload_quota import UploadQuota
from motcua.contexts.documents.contracts import FileNotFound, StoredCopyAltered
from motcua.contexts.documents.models import StoredFile
from motcua.contexts.documents.testing import (
    a_file,
    a_jpeg,
    a_pdf,
    a_zip,
    an_issued_paper,
    revoke_alone,
)
from motcua.contexts.documents.web import downloads
from motcua.kernel import clock
from motcua.kernel.access import SignInNeeded
from motcua.kernel.actors import Actor, Role
from motcua.kernel.limits import CODES_CHECKED_BY_API, FILES_CHECKED
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM, citizen, officer

pytestmark = pytest.mark.django_db
HTTP = RequestFactory()


def fetch(kept, actor: Actor, query: str = "") -> HttpResponse:
    request = HTTP.get(f"/giay-to/tep/{kept.id}{query}")
    request.actor = actor
    return downloads.file(request, kept.id)


def a_fresh_file(content: bytes, **more: object):
    return a_file(content, now=clock.now(), **more)


def test_nobody_signed_in_gets_no_file():
    kept = a_file()

    request = HTTP.get("/x")
    with pytest.raises(SignInNeeded):
        downloads.file(request, kept.id)


def test_a_stranger_is_told_that_there_is_no_file():
    with pytest.raises(FileNotFound):
        fetch(a_file(), citizen(name="Lê Minh Khoa"))


def test_an_altered_file_is_refused_before_the_first_byte(own_store):
    kept = a_file()
    path = next(own_store.rglob(kept.sha256))
    path.chmod(0o600)
    path.write_bytes(b"%PDF-1.7 khac")

    with pytest.raises(StoredCopyAltered):
        fetch(kept, citizen())


def test_a_file_leaves_as_a_harmless_attachment():
    kept = a_file(filename="Tờ khai.pdf")

    answer = fetch(kept, citizen())

    assert b"".join(answer.streaming_content) == a_pdf()
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''T%E1%BB%9D")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, no-store"
    assert int(answer["Content-Length"]) == kept.size


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (a_pdf(), True),
        (a_jpeg(), True),
        (a_pdf(inside=b"<< /S /JavaScript /JS (x) >>"), False),
        (a_zip(), False),
        (b"van ban", False),
        (b"<a>1</a>", False),
    ],
)
def test_only_what_runs_nothing_is_shown_in_the_browser(content, shown):
    answer = fetch(a_file(content), citizen(), "?xem=1")

    assert answer["Content-Disposition"].startswith("inline" if shown else "attachment")


def test_an_officer_who_opens_a_file_leaves_a_trace_and_its_owner_does_not():
    desk = officer(Role.RECEIVER)
    fetch(a_fresh_file(a_pdf(), by=desk), desk)
    fetch(a_file(), citizen())

    assert LedgerLeaf.objects.filter(action="documents.open_file").count() == 1


def test_the_verify_page_is_open_to_all_and_explains_itself():
    answer = Client().get("/xac-minh")

    assert answer.status_code == 200
    assert "Xác minh giấy tờ" in answer.content.decode()


def test_a_typed_code_leads_to_its_own_address():
    assert Client().get("/xac-minh?ma=7k3m q9tx 2b5r")["Location"] == "/xac-minh/7K3M-Q9TX-2B5R"
    assert Client().get("/xac-minh?ma=%3Cscript%3E")["Location"] == "/xac-minh/sai"


def test_a_wrong_code_gets_plain_words():
    page = Client().get("/xac-minh/0000-0000-0000").content.decode()

    assert "Chưa xác minh được" in page


def test_the_page_says_valid_with_issuer_title_and_a_masked_holder(tuyet):
    issued = an_issued_paper(owner_person_id=tuyet)

    page = Client().get(f"/xac-minh/{issued.verify_code}").content.decode()

    assert "Giấy tờ thật, còn giá trị" in page
    assert "Trích lục khai sinh" in page
    assert "Ủy ban nhân dân Phường Sài Gòn" in page
    assert "Nguyễn T••• Á••• T•••" in page
    assert "Ánh Tuyết" not in page


def test_the_page_says_revoked_with_the_reason_and_the_successor():
    issued, newer = an_issued_paper(), an_issued_paper()
    van = officer(Role.SIGNER)
    revoke_alone(issued.id, reason="Sai ngày sinh.", by=van, now=MONDAY_9AM, replaced_by=newer.id)

    page = Client().get(f"/xac-minh/{issued.verify_code}").content.decode()

    assert "Giấy tờ đã bị thu hồi" in page
    assert "Sai ngày sinh." in page
    assert f"/xac-minh/{newer.verify_code}" in page


def send(content: bytes) -> HttpResponse:
    file = SimpleUploadedFile("giay.pdf", content)
    return Client().post("/xac-minh", {"tep": file, "idempotency_key": "k"})


def test_a_held_file_is_checked():
    pdf = public.read_file(an_issued_paper().file_id)

    assert "Giấy tờ thật, còn giá trị" in send(pdf).content.decode()
    altered = send(pdf[:5000] + b"!" + pdf[5001:]).content.decode()
    assert "Giấy tờ đã bị thay đổi" in altered


def test_checking_keeps_nothing():
    send(a_pdf())

    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("content", [b"", b"khong phai pdf"])
def test_what_is_no_pdf_gets_one_sentence_beside_the_field(content):
    answer = send(content)

    assert answer.status_code == 422
    assert 'href="#q-tep"' in answer.content.decode()


def test_too_many_files_from_one_address_are_slowed_down():
    answers = [send(b"%PDF-") for _ in range(FILES_CHECKED.calls + 1)]

    assert [answer.status_code for answer in answers[-2:]] == [200, 429]
    assert 1 <= int(answers[-1]["Retry-After"]) <= FILES_CHECKED.seconds


def test_the_api_answers_for_a_code_without_signing_in(tuyet):
    issued = an_issued_paper(owner_person_id=tuyet)

    answer = Client().get(f"/api/v1/verify/{issued.verify_code}")

    assert answer.status_code == 200
    assert answer.json()["status"] == "VALID"
    assert "Tuyết" not in answer.content.decode()
    assert Client().get("/api/v1/verify/khong-co").json()["status"] == "UNKNOWN"


def test_the_api_keeps_no_file_of_a_stranger():
    answer = Client().post(
        "/api/v1/files", {"file": SimpleUploadedFile("a.pdf", a_pdf())}, headers=KEY
    )

    assert answer.status_code == 401
    assert not StoredFile.objects.exists()


KEY = {"Idempotency-Key": "mot-lan"}


@pytest.fixture
def as_tuyet(monkeypatch, tuyet) -> Client:
    """The bearer token «tuyet» stands for the sample citizen."""
    from motcua.kernel import api

    def actor_for(token: str) -> Actor | None:
        return citizen(person=tuyet) if token == "tuyet" else None

    monkeypatch.setattr(api, "_authenticators", [actor_for])
    return Client(headers={"Authorization": "Bearer tuyet"})


def upload(client: Client, content: bytes, name: str = "a.pdf", key: str = "mot-lan"):
    file = SimpleUploadedFile(name, content)
    return client.post("/api/v1/files", {"file": file}, headers={"Idempotency-Key": key})


def test_the_api_names_what_it_refuses(as_tuyet):
    answer = upload(as_tuyet, b"<svg/>", "a.svg")

    assert answer.status_code == 422
    assert answer.json()["code"] == "type_not_allowed"


def test_the_api_refuses_what_goes_over_the_quota_of_the_account(as_tuyet, monkeypatch):
    monkeypatch.setattr(keeping, "UNUSED_FILES_A_DAY", 1)
    upload(as_tuyet, a_pdf(), key="mot")

    answer = upload(as_tuyet, a_jpeg(), key="hai")

    assert (answer.status_code, answer.json()["code"]) == (409, "too_much_unused")
    assert "chưa gắn vào hồ sơ" in answer.json()["title"]


def test_the_api_needs_an_idempotency_key(as_tuyet):
    answer = as_tuyet.post("/api/v1/files", {"file": SimpleUploadedFile("a.pdf", a_pdf())})

    assert json.loads(answer.content)["code"] == "idempotency_key_required"


def test_the_api_keeps_a_file_once_however_often_it_is_sent(as_tuyet):
    first, again = upload(as_tuyet, a_pdf()), upload(as_tuyet, a_pdf())
    other = upload(as_tuyet, a_jpeg(), "b.jpg")

    assert first.status_code == 201
    assert again.json() == first.json()
    assert other.json()["code"] == "idempotency_mismatch"
    assert StoredFile.objects.count() == 1
    told = as_tuyet.get(f"/api/v1/files/{first.json()['id']}")
    assert told.json() == first.json()


def test_a_request_that_announces_too_much_is_refused_unread(settings):
    from django.core.exceptions import RequestDataTooBig

    quota = UploadQuota()
    with pytest.raises(RequestDataTooBig):
        quota.handle_raw_input(io.BytesIO(), {}, 10**12, b"", None)
    quota.handle_raw_input(io.BytesIO(), {}, settings.MAX_UPLOAD_BYTES, b"", None)
    assert quota.receive_data_chunk(b"x", 0) == b"x"
    assert quota.file_complete(1) is None


def test_the_next_day_the_desk_cannot_open_what_it_scanned():
    desk = officer(Role.RECEIVER)
    kept = a_file(by=desk, now=clock.now() - timedelta(days=2))

    with pytest.raises(FileNotFound):
        fetch(kept, desk)


def test_the_api_slows_down_too_many_questions():
    client = Client()

    answers = [client.get("/api/v1/verify/sai") for _ in range(CODES_CHECKED_BY_API.calls + 1)]

    assert [answer.status_code for answer in answers[-2:]] == [200, 429]
    assert answers[-1].json()["code"] == "too_many_calls"
    assert answers[-1].headers["Retry-After"]


def test_a_file_to_check_has_a_limit(settings):
    settings.MAX_UPLOAD_BYTES = 1000

    assert send(a_pdf() + b" " * 1000).status_code == 422
