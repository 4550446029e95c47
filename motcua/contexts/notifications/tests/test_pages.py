"""The inbox page and the API show each reader their own messages."""

from datetime import timedelta

import pytest
from django.test import Client

from motcua.contexts.identity import testing as identity
from motcua.contexts.notifications import public, queries
from motcua.contexts.notifications.testing import SUBJECT, told
from motcua.contexts.organisations.testing import a_small_city, the_officer
from motcua.kernel.testing import MONDAY_9AM

NOW = MONDAY_9AM


@pytest.fixture
def reader(db: None, client: Client):
    account = identity.a_citizen_account()
    identity.signed_in(client, account)
    return account


def text_of(client: Client, url: str, **headers: str) -> str:
    return client.get(url, headers=headers).content.decode().replace("\u00a0", " ")


def post(client: Client, url: str, **data: str):
    return client.post(url, {"idempotency_key": f"key {url} {data}", **data})


def test_nobody_reads_without_signing_in(db: None, client: Client):
    answer = client.get("/thong-bao")

    assert answer.status_code == 302
    assert answer["Location"] == "/dang-nhap?next=/thong-bao"
    assert client.get("/api/v1/notifications").status_code == 401


def test_an_empty_inbox_says_what_would_be_here(reader, client: Client):
    assert "Hết việc cần làm" in text_of(client, "/thong-bao")
    assert "Chưa có tin nào" in text_of(client, "/thong-bao?muc=cho-biet")


def test_what_asks_for_an_act_is_in_the_first_tab(reader, client: Client):
    told(reader.person_id, "supplement_asked", params={"until": "thứ Tư, 25/11/2026"})
    told(reader.person_id, "dossier_received")

    to_do = text_of(client, "/thong-bao")
    to_know = text_of(client, "/thong-bao?muc=cho-biet")

    assert "Bạn gửi trước thứ Tư, 25/11/2026." in to_do
    assert "Cần làm (1)" in to_do
    assert "Hồ sơ đã được tiếp nhận" not in to_do
    assert "Hồ sơ đã được tiếp nhận" in to_know


def test_the_inbox_speaks_english(reader, client: Client):
    told(reader.person_id, "supplement_asked")

    page = text_of(client, "/thong-bao", **{"Accept-Language": "en"})

    assert "We need more papers from you" in page


def test_messages_are_grouped_by_dossier_newest_first(reader, client: Client):
    other = "H29.99-20261123-0000043"
    told(reader.person_id, "supplement_asked", now=NOW)
    told(reader.person_id, "supplement_asked", subject=other, now=NOW + timedelta(minutes=1))
    told(reader.person_id, "payment_asked", now=NOW + timedelta(minutes=2))

    groups = client.get("/thong-bao").context["page"].groups

    assert [(g.subject, len(g.lines)) for g in groups] == [(SUBJECT, 2), (other, 1)]


def test_opening_reads_and_leads_on(reader, client: Client):
    message = told(reader.person_id)

    answer = post(client, f"/thong-bao/{message.id}")

    assert (answer.status_code, answer["Location"]) == (303, f"/ho-so/{SUBJECT}")
    assert public.unread_count(reader.person_id) == 0


def test_opening_a_message_without_page_stays_in_the_inbox(reader, client: Client):
    message = told(reader.person_id, "payment_asked")

    assert post(client, f"/thong-bao/{message.id}")["Location"] == "/thong-bao"


def test_a_foreign_message_does_not_exist(reader, client: Client):
    stranger = identity.a_person("Lê Minh Khoa", personal_number="079188999002")
    message = told(stranger.id)

    assert post(client, f"/thong-bao/{message.id}").status_code == 404
    assert public.unread_count(stranger.id) == 1


def test_reading_all_or_one_dossier(reader, client: Client):
    told(reader.person_id)
    told(reader.person_id, subject="H29.99-20261123-0000043")

    answer = post(client, "/thong-bao/da-doc", ho_so=SUBJECT, muc="cho-biet")
    assert answer["Location"] == "/thong-bao?muc=cho-biet"
    assert public.unread_count(reader.person_id) == 1

    assert post(client, "/thong-bao/da-doc")["Location"] == "/thong-bao"
    assert public.unread_count(reader.person_id) == 0


def test_pages_follow_each_other_with_the_same_queries(
    reader, client: Client, django_assert_max_num_queries
):
    for minute in range(queries.PAGE + 3):
        told(reader.person_id, now=NOW + timedelta(minutes=minute))

    with django_assert_max_num_queries(8):
        first = client.get("/thong-bao?muc=cho-biet").context["page"]
    second = client.get(first.pager.older_url).context["page"]

    assert [len(g.lines) for g in first.groups] == [queries.PAGE]
    assert [len(g.lines) for g in second.groups] == [3]
    assert client.get("/thong-bao?truoc=nonsense").status_code == 200


def test_an_officer_reads_at_the_desk(db: None, client: Client):
    a_small_city("26740")
    account = identity.an_officer_account("bao", officer_id=the_officer("bao").id)
    identity.signed_in(client, account)
    public.notify(
        account_id=account.id, template="task_assigned", subject=SUBJECT, params={}, now=NOW
    )

    page = text_of(client, "/thong-bao")

    assert "Bạn có việc mới" in page
    assert "console" in page


def test_the_api_gives_pages_and_marks_read(reader, client: Client):
    for minute in range(queries.PAGE + 1):
        told(reader.person_id, now=NOW + timedelta(minutes=minute))

    first = client.get("/api/v1/notifications").json()
    second = client.get(f"/api/v1/notifications?before={first['next_before']}").json()

    assert (len(first["messages"]), len(second["messages"])) == (queries.PAGE, 1)
    assert (first["unread"], second["next_before"]) == (queries.PAGE + 1, None)
    assert client.get("/api/v1/notifications?tab=TO_DO").json()["messages"] == []

    url = f"/api/v1/notifications/{first['messages'][0]['id']}/read"
    answer = client.post(url, headers={"Idempotency-Key": "read one"})
    assert answer.status_code == 204
    assert public.unread_count(reader.person_id) == queries.PAGE
