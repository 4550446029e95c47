"""The edge: refusals as pages and problem documents, unsafe calls only once, no open redirects."""

import json
import re

import pytest
from django.http import HttpResponse, HttpResponseNotAllowed
from django.test import RequestFactory

from motcua.kernel.access import SignInNeeded, WrongRole
from motcua.kernel.actors import ANONYMOUS, Actor, ActorKind
from motcua.kernel.api import problem_response
from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from motcua.kernel.web import RequestMiddleware, refusal, safe_next, safe_referer

PROBLEM = "application/problem+json"


class DateTaken(Conflict):
    """A refusal like any."""

    sentence = "Ngày này vừa có người chọn. Bạn chọn ngày khác."


@pytest.mark.parametrize(
    ("problem", "status", "code"),
    [
        (Invalid("Sai.", field="day"), 422, "invalid"),
        (Forbidden(), 403, "forbidden"),
        (NotFound(), 404, "not_found"),
        (DateTaken(), 409, "date_taken"),
        (SignInNeeded(), 401, "sign_in_needed"),
        (WrongRole(), 403, "wrong_role"),
    ],
)
def test_a_refusal_is_a_problem_document_with_a_stable_code(problem, status, code):
    request = RequestFactory().post("/api/v1/anything")

    answer = problem_response(request, problem)

    body = json.loads(answer.content)
    assert answer["Content-Type"] == PROBLEM
    assert (answer.status_code, body["status"], body["code"]) == (status, status, code)
    assert body["type"] == f"/loi/{code}"
    assert body["title"] == problem.message
    assert body["instance"] == "/api/v1/anything"
    assert body.get("field") == problem.field


def test_facts_of_a_refusal_reach_the_program_as_text():
    request = RequestFactory().get("/api/v1/anything")

    body = json.loads(problem_response(request, DateTaken(version=3, step="sign")).content)

    assert body["facts"] == {"version": "3", "step": "sign"}


def test_a_sign_that_no_text_can_keep_is_left_out_of_a_form():
    told = {}

    def view(request):
        told.update(request.POST.lists())
        return HttpResponse()

    typed = {"reason": ["Nhầm\0 tiền", "khác"], "idempotency_key": "k1"}
    RequestMiddleware(view)(RequestFactory().post("/nop", typed))

    assert told["reason"] == ["Nhầm tiền", "khác"]


@pytest.mark.parametrize(
    ("problem", "status"),
    [(Invalid("Sai."), 422), (Forbidden(), 403), (NotFound(), 404), (DateTaken(), 409)],
)
@pytest.mark.django_db
def test_a_refusal_is_a_page_that_says_it_in_words(problem, status):
    answer = refusal(RequestFactory().post("/ban"), problem)

    page = answer.content.decode().replace("\u00a0", " ")
    assert answer.status_code == status
    assert all(sentence in page for sentence in problem.message.rstrip(".").split(". "))
    assert problem.code in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "title", "below"),
    [
        ("Không tìm thấy hồ sơ này.", "Không tìm thấy hồ sơ này", []),
        ("Còn 8.000 ₫. Ghi đúng số này.", "Còn 8.000 ₫", ["Ghi đúng số này."]),
    ],
)
def test_the_title_of_a_refusal_is_its_whole_first_sentence_said_once(said, title, below):
    page = refusal(RequestFactory().post("/ban"), Invalid(said)).content.decode()

    words = page.replace("\u00a0", " ")
    assert re.findall("<h1>(.*?)</h1>", words) == [title]
    assert re.findall('<p class="lead-text">(.*?)</p>', words) == below


def test_whoever_must_sign_in_comes_back_to_where_they_wanted_to_go():
    answer = refusal(RequestFactory().get("/ban", {"muc": "tre"}), SignInNeeded())

    assert answer.status_code == 302
    assert answer["Location"] == "/dang-nhap?next=/ban%3Fmuc%3Dtre"


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example",
        "//evil.example/x",
        "/\\evil.example",
        "javascript:alert(1)",
        "https:evil.example",
        "\t//evil.example",
    ],
)
def test_nobody_is_sent_to_another_site(wanted):
    request = RequestFactory().get("/x", {"next": wanted}, headers={"referer": wanted})

    assert safe_next(request, "/ban") == "/ban"
    assert safe_referer(request) == "/"


def test_a_place_on_this_site_is_kept():
    request = RequestFactory().get("/x", {"next": "/ban?muc=tre"})

    assert safe_next(request) == "/ban?muc=tre"


def test_a_page_that_refuses_is_answered_by_the_middleware_and_a_failure_is_not():
    middleware = RequestMiddleware(lambda request: None)
    request = RequestFactory().post("/api/v1/x")

    assert middleware.process_exception(request, DateTaken()).status_code == 409
    assert middleware.process_exception(request, ValueError("a mistake of ours")) is None


# ── over the wire ────────────────────────────────────────────────────────────────────────────────


def problem_of(answer) -> tuple[int, str]:
    assert answer["Content-Type"].startswith(PROBLEM), (answer.status_code, answer.content[:200])
    return answer.status_code, answer.json()["code"]


@pytest.mark.django_db
def test_an_unsafe_call_without_a_key_is_refused(client):
    answer = client.post("/api/v1/dossiers", {}, content_type="application/json")

    assert problem_of(answer) == (422, "idempotency_key_required")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/api/v1/nothing-here", (404, "not_found")),
        ("/api/v1/procedures/1.999999", (404, "procedure_not_found")),
        ("/api/v1/procedures/abc", (422, "malformed")),
        ("/api/v1/inbox", (401, "sign_in_needed")),
    ],
)
def test_whatever_goes_wrong_over_the_api_is_a_problem_document(client, url, expected):
    assert problem_of(client.get(url)) == expected


@pytest.mark.django_db
def test_a_wrong_token_a_wrong_shape_and_a_wrong_method_are_problems_too(client):
    key = {"idempotency-key": "k1"}

    wrong_token = client.get("/api/v1/inbox", headers={"authorization": "Bearer nonsense"})
    no_json = client.post("/api/v1/dossiers", "{", content_type="application/json", headers=key)
    no_shape = client.post(
        "/api/v1/dossiers", {"procedure": 1}, content_type="application/json", headers=key
    )
    no_method = client.delete("/api/v1/procedures/1.001193", headers=key)

    assert problem_of(wrong_token) == (401, "sign_in_needed")
    assert problem_of(no_json)[0] in {400, 422}
    assert problem_of(no_shape) == (422, "malformed")
    assert no_shape.json()["errors"][0]["field"]
    assert problem_of(no_method)[0] == 405


@pytest.mark.django_db
def test_half_a_character_in_a_body_is_refused_wherever_it_stands(client):
    half = '{"procedure_code": "1.001193", "ward_code": "26740", "answers": {"a": ["\\ud800"]}}'

    answer = client.post(
        "/api/v1/dossiers",
        half,
        content_type="application/json",
        headers={"idempotency-key": "k1"},
    )

    assert problem_of(answer) == (422, "invalid")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/xac-minh/", "/thu-tuc/", "/ui/"])
def test_an_address_with_a_nul_leads_nowhere(client, address):
    assert client.get(f"{address}%00").status_code == 404
    assert problem_of(client.get("/api/v1/verify/%00")) == (404, "not_found")


@pytest.mark.parametrize(
    ("actor", "kept"), [(ANONYMOUS, None), (Actor(kind=ActorKind.CITIZEN), "private, no-store")]
)
def test_no_browser_keeps_a_page_of_somebody_who_signed_in(actor, kept):
    request = RequestFactory().get("/vi")
    request.actor = actor

    answer = RequestMiddleware(lambda request: HttpResponse())(request)

    assert answer.headers.get("Cache-Control") == kept


def test_a_refused_address_stays_one_line_of_the_log(caplog):
    with caplog.at_level("INFO", logger="motcua.web"):
        refusal(RequestFactory().post("/ho-so/x%0Arefused"), Forbidden())

    [line] = [record.getMessage() for record in caplog.records if record.name == "motcua.web"]
    assert line == "refused POST /ho-so/x%0Arefused: forbidden"


@pytest.mark.django_db
def test_a_form_without_a_key_is_refused_with_a_page(client):
    answer = client.post("/ban/lam-tiep", {"bat": "1"})

    assert answer.status_code == 422
    assert "mã chống gửi lặp" in answer.content.decode()


def test_an_address_that_only_takes_a_form_says_so():
    request = RequestFactory().get("/ban/vi-tri-thieu/giao")
    middleware = RequestMiddleware(lambda _: HttpResponseNotAllowed(["POST"]))

    answer = middleware(request)

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Địa chỉ này chỉ nhận nội dung gửi từ một biểu mẫu." in answer.content.decode()
    assert 'href="/"' in answer.content.decode()
