"""The catalogue over the API."""

import pytest

from motcua.contexts.procedures.testing import BIRTH, a_published_version

pytestmark = pytest.mark.django_db


def test_people_find_it_by_words_and_by_code(client):
    a_published_version()
    a_published_version("1.000656", name="Đăng ký khai tử", keywords=[])

    for typed in ("đăng ký khai sinh", "dang ky khai sinh", "lam giay khai sin", "1.001193"):
        body = client.get("/api/v1/procedures", {"q": typed}).json()
        assert body["items"][0]["code"] == BIRTH, typed


def test_the_catalogue_is_read_page_by_page(client):
    codes = [f"1.00000{n}" for n in range(5)]
    for code in codes:
        a_published_version(code, name=f"Thủ tục {code}")

    seen, after = [], ""
    while after is not None:
        body = client.get("/api/v1/procedures", {"limit": 2, "after": after}).json()
        seen += [item["code"] for item in body["items"]]
        after = body["next"]

    assert seen == codes


def test_one_procedure_with_its_papers_fees_and_form(client):
    a_published_version()

    body = client.get(f"/api/v1/procedures/{BIRTH}").json()

    assert (body["code"], body["version"]) == (BIRTH, 1)
    assert body["components"][0]["filled_here"] is True
    assert [(fee["rule"], fee["amount"]) for fee in body["fees"]] == [
        ("FREE", None),
        ("PER_COPY", 8000),
    ]
    assert body["form"]["properties"]["copies"]["type"] == "integer"


def test_an_unknown_code_is_a_problem_with_a_code(client):
    answer = client.get("/api/v1/procedures/1.999999")

    assert (answer.status_code, answer.json()["code"]) == (404, "procedure_not_found")
    assert client.get("/api/v1/procedures/abc").status_code == 422
