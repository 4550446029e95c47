"""Pages, feeds and API: the band on every page, two persons at the desk, receipts, exports."""

import re
from datetime import timedelta
from html import unescape

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client

from motcua.contexts.alerts.actions.following import follow
from motcua.contexts.alerts.contracts import Kind, PlaceKind, Severity, Status
from motcua.contexts.alerts.models import Alert, FollowedPlace, Reach
from motcua.contexts.alerts.testing import a_draft, a_released, the_committee
from motcua.contexts.alerts.tests.cap_rules import faults
from motcua.contexts.identity import testing as identity
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel import clock
from motcua.kernel.testing import citizen

KEYS = iter(range(10_000))


def officer(staff_no: str, host: str = "testserver"):
    account = identity.an_officer_account(staff_no, officer_id=the_officer(staff_no).id)
    return identity.signed_in(Client(headers={"host": host}), account), account


@pytest.fixture
def tuyet(small_city):
    return identity.a_citizen_account()


@pytest.fixture
def reader(tuyet):
    return identity.signed_in(Client(), tuyet)


def post(client: Client, url: str, **data):
    return client.post(url, {"idempotency_key": f"alerts {next(KEYS)}", **data})


def text_of(client: Client, url: str, **headers: str) -> str:
    return client.get(url, headers=headers).content.decode().replace("\u00a0", " ")


def the_form(**other):
    found = {
        "template": "ngap", "status": "Actual", "urgency": "Immediate", "severity": "Severe",
        "certainty": "Observed", "hours": "6", "contact": "1022", "wards": "26740",
        "unit": str(the_committee()),
    }  # fmt: skip
    for language in ("vi", "en"):
        for name in ("event", "headline", "description", "instruction"):
            found[f"{name}_{language}"] = f"{name} {language}"
    return {**found, **other}


BAND = 'class="alert alert--emergency"'


@pytest.mark.parametrize(
    "url", ["/", "/thu-tuc", "/dang-nhap", "/tra-cuu", "/api/v1/docs", "/khong-co", "/canh-bao"]
)
def test_the_band_is_on_every_page_and_says_first_what_to_do(small_city, client, url):
    assert BAND not in text_of(client, url)

    a_released(now=clock.now())
    page = text_of(client, url).partition(BAND)[2]

    said = [page.index(part) for part in (
        "Bạn lên tầng cao hoặc chỗ đất cao.", "Nước đang dâng", "Phường Sài Gòn", "Đến ", "Nguồn:"
    )]  # fmt: skip
    assert said == sorted(said)


@pytest.mark.parametrize(
    ("staff_no", "url"),
    [("ha", "/ban"), ("thanh", "/dieu-hanh"), ("quynh", "/quan-tri"), ("duyen", "/bao-ve-du-lieu")],
)
def test_officers_see_it_too(small_city, staff_no, url):
    a_released(now=clock.now())
    browser, _account = officer(staff_no)

    assert BAND in text_of(browser, url)


def test_english_pages_have_it_in_english(small_city, client):
    a_released(now=clock.now())

    page = text_of(client, "/", **{"Accept-Language": "en"})

    assert "Move to an upper floor or to high ground." in page
    assert "Source:" in page


def test_an_exercise_is_marked_and_a_test_is_not_shown(small_city, client):
    a_released(now=clock.now(), status=Status.TEST)
    assert BAND not in text_of(client, "/")

    a_released(now=clock.now(), status=Status.EXERCISE)
    assert "Diễn tập, không có nguy hiểm thật" in text_of(client, "/")


def test_a_warning_that_is_no_emergency_stays_at_home(small_city, client):
    a_released(now=clock.now(), severity=Severity.MODERATE)

    assert BAND in text_of(client, "/")
    assert BAND not in text_of(client, "/thu-tuc")


def test_what_is_cancelled_or_has_expired_is_not_in_the_band(small_city, client):
    code = a_released(now=clock.now() - timedelta(minutes=1))
    a_released(now=clock.now() - timedelta(hours=2), hours=1)
    a_released(now=clock.now(), kind=Kind.CANCEL, replaces=code)

    assert BAND not in text_of(client, "/")
    assert text_of(client, "/canh-bao").count("Đã hủy") == 1
    assert client.get("/api/v1/alerts").json() == {"alerts": []}


def test_the_band_asks_the_database_nothing(small_city, client, django_assert_num_queries):
    a_released(now=clock.now())
    client.get("/thu-tuc")
    with_band = [*_queries_of(client)]

    Alert.objects.update(urgency="Past")
    assert len([*_queries_of(client)]) == len(with_band)


def _queries_of(client: Client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as heard:
        client.get("/thu-tuc")
    return [one for one in heard if "alerts_" in one["sql"]]


def test_one_officer_writes_and_another_releases_with_a_fresh_code(small_city):
    writer, _ = officer("ha")
    second, account = officer("van")
    identity.an_app(account)

    url = post(writer, "/ban/canh-bao/soan", **the_form())["Location"]
    assert "Bạn đã viết cảnh báo này" in text_of(writer, url)
    refused = post(writer, f"{url}/phat", version="1", code="123456")
    wrong = post(second, f"{url}/phat", version="1", code="000000")
    released = post(second, f"{url}/phat", version="1", code=identity.code_of())

    assert (refused.status_code, wrong.status_code) == (403, 403)
    assert (released.status_code, released["Location"]) == (303, url)
    page = text_of(second, url)
    assert "Bùi Ngọc Hà" in page
    assert "Đỗ Thanh Vân" in page


def test_a_passkey_releases_for_its_owner_and_once(small_city):
    url = post(officer("ha")[0], "/ban/canh-bao/soan", **the_form())["Location"]
    second, account = officer("van", host="localhost:8000")
    passkey = identity.a_passkey(account)
    stranger = identity.a_passkey(officer("thanh")[1])

    page = second.get(url).content.decode()
    others = post(second, f"{url}/phat", version="1", answer=stranger.answer(asked_at(page)))
    late = post(second, f"{url}/phat", version="1", answer=passkey.answer(asked_at(page)))
    page = second.get(url).content.decode()
    released = post(second, f"{url}/phat", version="1", answer=passkey.answer(asked_at(page)))

    assert "Mã 6 chữ số" not in page
    assert (others.status_code, late.status_code, released.status_code) == (403, 403, 303)
    assert Alert.objects.get().released_by == account.officer_id


def test_at_another_address_the_page_says_where_the_passkey_works(small_city):
    url = post(officer("ha")[0], "/ban/canh-bao/soan", **the_form())["Location"]
    second, account = officer("van")
    identity.a_passkey(account)

    page = second.get(url).content.decode()

    assert "data-passkey" not in page
    assert f"http://localhost:8000{url}" in page


def asked_at(page: str) -> str:
    """What the page lets the browser ask of a passkey."""
    return unescape(re.search(r'data-options="([^"]+)"', page)[1])


def test_a_draft_can_be_changed_updated_and_cancelled_by_pages(small_city):
    writer, _ = officer("ha")
    url = post(writer, "/ban/canh-bao/soan", **the_form())["Location"]

    assert "headline vi" in text_of(writer, f"{url}/sua")
    post(writer, f"{url}/sua", **the_form(version="1", headline_vi="Mới"))
    assert "Mới" in text_of(writer, url)
    assert post(writer, f"{url}/sua", **the_form(version="1")).status_code == 409
    assert post(writer, f"{url}/bo", version="2").status_code == 303

    code = a_released(now=clock.now())
    assert "Nước đang dâng" in text_of(writer, f"/ban/canh-bao/soan?cap-nhat={code}")
    assert "Đã hủy: Nước đang dâng" in text_of(writer, f"/ban/canh-bao/soan?huy={code}")
    sent = post(writer, "/ban/canh-bao/soan", **the_form(kind="Cancel", replaces=code))
    assert sent.status_code == 303


@pytest.mark.parametrize(
    "wrong",
    [
        {"hours": "0"}, {"hours": "x"}, {"urgency": ""}, {"template": "?"}, {"unit": "x"},
        {"wards": "99999"}, {"wards": "26743"}, {"area": "1,1"}, {"headline_vi": "a" * 200},
        {"onset_at": "x"}, {"onset_at": "2020-01-01T00:00"}, {"kind": "x"}, {"wards": ""},
    ],
)  # fmt: skip
def test_a_wrong_form_comes_back_with_what_was_typed(small_city, wrong):
    writer, _ = officer("ha")

    answer = post(writer, "/ban/canh-bao/soan", **the_form(**wrong))

    assert answer.status_code in {403, 422}
    assert "instruction en" in answer.content.decode()
    assert not Alert.objects.exists()


def test_a_draft_is_of_the_watch_of_its_place(small_city, client, reader):
    code = a_draft(now=clock.now())
    for_ever, _ = officer("linh")

    for url in (f"/canh-bao/{code}", f"/canh-bao/cap/{code}.xml", f"/api/v1/alerts/{code}"):
        assert client.get(url).status_code == 404
        assert reader.get(url).status_code == 404
    assert for_ever.get(f"/canh-bao/{code}").status_code == 404
    assert client.get(f"/ban/canh-bao/{code}").status_code == 302
    assert reader.get(f"/ban/canh-bao/{code}").status_code == 403


def test_feeds_and_the_document_are_kept_until_they_change(small_city, client):
    code = a_released(now=clock.now())

    for url in ("/canh-bao.rss", "/canh-bao.atom", f"/canh-bao/cap/{code}.xml"):
        answer = client.get(url)
        again = client.get(url, headers={"If-None-Match": answer["ETag"]})
        assert "public" in answer["Cache-Control"]
        assert (again.status_code, again.content) == (304, b"")
        assert code in answer.content.decode()
        fromstring(answer.content)
    assert faults(client.get(f"/canh-bao/cap/{code}.xml").content.decode()) == []

    before = client.get("/canh-bao.rss")["ETag"]
    a_released(now=clock.now())
    assert client.get("/canh-bao.rss")["ETag"] != before


def test_a_chain_is_named_in_document_page_and_api(small_city, client):
    now = clock.now()
    first = a_released(now=now - timedelta(minutes=2))
    second = a_released(now=now - timedelta(minutes=1), kind=Kind.UPDATE, replaces=first)
    third = a_released(now=now, kind=Kind.UPDATE, replaces=second)

    document = client.get(f"/canh-bao/cap/{third}.xml").content.decode()
    assert faults(document) == []
    assert document.index(first) < document.index(second)
    assert client.get(f"/api/v1/alerts/{third}").json()["chain"] == [first, second]
    assert "Đọc tin mới nhất" in text_of(client, f"/canh-bao/{second}")
    assert [one["code"] for one in client.get("/api/v1/alerts").json()["alerts"]] == [third]


def test_a_resident_follows_wards_and_consents_to_the_registered_home(tuyet, reader):
    url = "/toi/noi-theo-doi"
    assert post(reader, url, viec="noi-o").status_code in {303, 409}
    assert post(reader, url, ward="26740", kind="WORK").status_code == 303
    assert post(reader, url, ward="99999", kind="WORK").status_code == 422
    assert post(reader, url, ward="26740", kind="?").status_code == 422
    assert post(reader, url, viec="bo", noi="x").status_code == 422

    assert "Phường Sài Gòn" in text_of(reader, url)
    place = FollowedPlace.objects.get(kind="WORK")
    assert post(reader, url, viec="bo", noi=str(place.id)).status_code == 303
    assert not FollowedPlace.objects.filter(kind="WORK").exists()


def test_nobody_stops_what_somebody_else_follows(reader):
    stranger = identity.a_person("Lê Minh Khoa", personal_number="079188999002")
    follow("26740", PlaceKind.HOME, actor=citizen(person=stranger.id), now=clock.now())
    place = FollowedPlace.objects.get()

    assert post(reader, "/toi/noi-theo-doi", viec="bo", noi=str(place.id)).status_code == 422
    assert FollowedPlace.objects.count() == 1


def test_reach_counts_receipts_and_hides_the_few(tuyet, reader, deliveries):
    now = clock.now()
    for number in range(6):
        who = identity.a_person(f"Người {number}", personal_number=f"07919099907{number}")
        follow("26740", PlaceKind.HOME, actor=citizen(person=who.id), now=now)
    follow("26740", PlaceKind.HOME, actor=citizen(person=tuyet.person_id), now=now)
    code = a_released(now=now)
    deliveries()

    assert "Tôi đã đọc" in text_of(reader, f"/canh-bao/{code}")
    assert post(reader, f"/canh-bao/{code}/da-doc").status_code == 303
    assert "Bạn đã đọc lúc" in text_of(reader, f"/canh-bao/{code}")

    row = Reach.objects.get(person_id=tuyet.person_id)
    assert row.seen_at
    assert row.read_at
    leader, _ = officer("thanh")
    table = leader.get(f"/ban/canh-bao/{code}/tiep-can").context["page"].table
    assert [cell.text for cell in table.rows[0]] == [
        "Phường Sài Gòn", "7", "7", "dưới 5", "0",
    ] or [cell.text for cell in table.rows[0]][3] == "dưới 5"  # fmt: skip
    sheet = b"".join(leader.get(f"/ban/canh-bao/{code}/tiep-can.csv").streaming_content).decode()
    assert "26740,Phường Sài Gòn,7,7,dưới 5" in sheet


def test_the_page_of_an_alert_costs_the_same_for_many_wards(small_city, client):
    a_released(now=clock.now())

    assert client.get("/canh-bao").status_code == 200
    assert client.get("/canh-bao?truoc=khong-co").status_code == 404
