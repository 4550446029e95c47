"""The leader's pages through the browser's door."""

import csv
import io
import itertools
import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.contexts.casework.contracts import Phase
from motcua.contexts.casework.testing import Case
from motcua.contexts.dossiers.actions.board import refresh_board
from motcua.contexts.dossiers.actions.reading import open_names
from motcua.contexts.dossiers.models import Dossier, DossierPaper
from motcua.contexts.dossiers.testing import a_submitted_birth
from motcua.contexts.identity.testing import a_person, an_officer_account, signed_in
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.testing import acting, the_officer
from motcua.kernel import clock
from motcua.kernel.access import WrongRole
from motcua.kernel.actors import Role
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.testing import citizen
from motcua.ui.exporting import harmless

KEYS = itertools.count()
HERE = "/dieu-hanh"


@pytest.fixture
def code(small_city) -> str:
    """One dossier that waits at the desk of Sài Gòn, counted."""
    sent = a_submitted_birth(citizen(person=a_person().id), now=clock.now())
    refresh_board(now=clock.now())
    return sent


def browser(name: str) -> Client:
    return signed_in(Client(), an_officer_account(name, officer_id=the_officer(name).id))


@pytest.fixture
def thanh(small_city) -> Client:
    return browser("thanh")


def text_of(answer) -> str:
    return answer.content.decode().replace("\u00a0", " ")


def post(client: Client, url: str, **data):
    return client.post(url, {"idempotency_key": f"key-{next(KEYS)}", **data})


def opened_leaves() -> int:
    return LedgerLeaf.objects.filter(action="dossiers.open_names").count()


def make_late(code: str) -> None:
    now = clock.now()
    Case.objects.filter(code=code).update(phase=Phase.INTAKE, receive_due_at=now)
    refresh_board(now=clock.now())


def test_city_to_unit_to_list_to_dossier_in_four_taps(thanh, code):
    unit = organisations.committee_of("26740")

    city = text_of(thanh.get(HERE))
    unit_url = f"{HERE}?don-vi={unit.id}"
    board = text_of(thanh.get(unit_url))
    list_url = re.search(rf'href="({HERE}/danh-sach[^"]*phan=cho-tiep-nhan[^"]*)"', board)[1]
    listed = text_of(thanh.get(list_url.replace("&amp;", "&")))

    assert unit_url in city
    assert f"{HERE}/ho-so/{code}" in listed
    assert thanh.get(f"{HERE}/ho-so/{code}").status_code == 200


def test_a_sentence_is_said_only_where_a_number_asks_for_it(thanh, code):
    calm = text_of(thanh.get(HERE))
    make_late(code)
    alarmed = text_of(thanh.get(HERE))

    assert "Không có việc nào vượt ngưỡng chú ý" in calm
    assert "1 hồ sơ chưa được tiếp nhận sau 1 ngày làm việc." in alarmed
    assert "Có 1 việc cần chú ý" in alarmed


def test_names_are_masked_until_a_reason_is_kept_in_the_ledger(thanh, code):
    url = f"{HERE}/danh-sach?phan=cho-tiep-nhan"
    masked = text_of(thanh.get(url))
    refused = post(thanh, f"{HERE}/danh-sach/mo-ten", phan="cho-tiep-nhan")
    before = opened_leaves()
    answer = post(thanh, f"{HERE}/danh-sach/mo-ten", phan="cho-tiep-nhan", reason="COMPLAINT")

    assert "N. T. Á. T." in masked
    assert "Nguyễn Thị Ánh Tuyết" not in masked
    assert (refused.status_code, before, opened_leaves()) == (422, 0, 1)
    assert "Bạn chọn lý do xem tên người nộp." in text_of(refused)
    assert answer["Location"] == url
    assert "Nguyễn Thị Ánh Tuyết" in text_of(thanh.get(url))


def test_a_reason_opens_that_list_in_that_session_only(thanh, code):
    post(thanh, f"{HERE}/danh-sach/mo-ten", phan="cho-tiep-nhan", reason="COMPLAINT")
    unit = organisations.committee_of("26740").id

    other = text_of(thanh.get(f"{HERE}/danh-sach?phan=cho-tiep-nhan&don-vi={unit}"))

    assert "Nguyễn Thị Ánh Tuyết" not in other


def test_no_free_text_reaches_the_ledger(thanh, code):
    refused = post(
        thanh,
        f"{HERE}/danh-sach/mo-ten",
        phan="cho-tiep-nhan",
        reason="COMPLAINT",
        reference="bà Nguyễn Thị Ánh Tuyết",
    )

    assert refused.status_code == 422
    assert "Số văn bản chỉ gồm chữ, số" in text_of(refused)
    assert opened_leaves() == 0


def test_a_dossier_opens_with_a_reason(thanh, code):
    shown = text_of(thanh.get(f"{HERE}/ho-so/{code}"))
    answer = post(thanh, f"{HERE}/ho-so/{code}", reason="DIRECTIVE", reference="123/UBND-VP")

    assert "N. T. Á. T." in shown
    assert "Nguyễn Thị Ánh Tuyết" not in shown
    assert answer["Location"] == f"/ban/ho-so/{code}"
    assert thanh.get(answer["Location"]).status_code == 200
    leaf = LedgerLeaf.objects.get(action="dossiers.open_names")
    assert leaf.subject == code
    assert "123/UBND-VP" in leaf.body


def test_no_way_round_leads_to_a_dossier_without_a_reason(thanh, code):
    elsewhere = [f"/ho-so/{code}", f"/ho-so/{code}/da-nop", f"/api/v1/dossiers/{code}"]
    desk = thanh.get(f"/ban/ho-so/{code}")
    before = [thanh.get(url) for url in elsewhere]
    post(thanh, f"{HERE}/ho-so/{code}", reason="DIRECTIVE")
    after = [thanh.get(url) for url in elsewhere]

    assert desk["Location"] == f"{HERE}/ho-so/{code}"
    assert [answer.status_code for answer in before] == [403, 403, 403]
    assert not any("Nguyễn Thị Ánh Tuyết" in text_of(answer) for answer in before)
    assert [answer.status_code for answer in after] == [200, 200, 200]


@pytest.fixture
def auditor(small_city) -> Client:
    return browser(staff_no_of_auditor())


def staff_no_of_auditor() -> str:
    today = clock.now().date()
    offices = organisations.all_units(today)
    able = (organisations.holders_of(unit.id, Role.AUDITOR, today) for unit in offices)
    return next(officers[0].staff_no for officers in able if officers)


@pytest.mark.parametrize("who", ["thanh", "auditor"])
def test_whoever_watches_the_city_finds_initials_until_a_reason_is_kept(code, who, request):
    watcher = request.getfixturevalue(who)
    another = a_submitted_birth(citizen(person=the_applicant(code)), now=clock.now())
    asked = {"q": "079190999001", "purpose": "DUPLICATE"}

    before = text_of(post(watcher, "/ban/tim", **asked))
    post(watcher, f"{HERE}/ho-so/{code}", reason="INSPECTION")
    after = text_of(post(watcher, "/ban/tim", **asked))

    assert "N. T. Á. T." in before
    assert "Nguyễn Thị Ánh Tuyết" not in before
    assert "Nguyễn Thị Ánh Tuyết" in after
    assert another in after
    assert "N. T. Á. T." in after


def the_applicant(code: str) -> UUID:
    return Dossier.objects.get(code=code).applicant_person_id


def test_an_auditor_says_why_as_a_leader_does(code, auditor):
    desk, api = auditor.get(f"/ban/ho-so/{code}"), auditor.get(f"/api/v1/dossiers/{code}")

    answer = post(auditor, f"{HERE}/ho-so/{code}", reason="INSPECTION")

    assert desk["Location"] == f"{HERE}/ho-so/{code}"
    assert (api.status_code, api.json()["code"]) == (403, "reason_not_kept")
    assert auditor.get(answer["Location"]).status_code == 200
    assert opened_leaves() == 1


def test_an_auditor_opens_no_list(code, auditor):
    by = acting(staff_no_of_auditor(), clock.now().date())

    assert auditor.get(f"{HERE}/danh-sach").status_code == 403
    with pytest.raises(WrongRole):
        open_names("cho-tiep-nhan", "INSPECTION", actor=by, now=clock.now())


def test_files_of_a_dossier_open_with_it_and_not_before(thanh, code):
    paper = DossierPaper.objects.exclude(file=None).order_by("id").first()
    before = thanh.get(f"/giay-to/tep/{paper.file_id}")
    post(thanh, f"{HERE}/ho-so/{code}", reason="INSPECTION")

    assert before.status_code == 404
    assert thanh.get(f"/giay-to/tep/{paper.file_id}").status_code == 200


def test_a_list_that_was_opened_still_asks_why_one_of_its_dossiers_is_read(thanh, code):
    post(thanh, f"{HERE}/danh-sach/mo-ten", phan="cho-tiep-nhan", reason="COMPLAINT")

    assert thanh.get(f"/ban/ho-so/{code}")["Location"] == f"{HERE}/ho-so/{code}"


def test_exports_are_tables_that_sum_up_and_run_nothing(thanh, code):
    table = list(csv.reader(io.StringIO(b"".join(thanh.get(f"{HERE}/xuat.csv")).decode())))
    lines = b"".join(thanh.get(f"{HERE}/danh-sach/xuat.csv?phan=cho-tiep-nhan")).decode()

    columns = list(zip(*table[1:], strict=True))[1:]
    assert all(sum(map(int, column[:-1])) == int(column[-1]) for column in columns)
    assert code in lines
    assert "Nguyễn Thị Ánh Tuyết" not in lines
    assert [harmless(cell) for cell in ("=1+1", " @x", "a=b")] == ["'=1+1", "' @x", "a=b"]


def test_a_signer_sees_the_own_unit_and_no_other(code):
    van = browser("van")
    other = organisations.committee_of("26743").id

    assert organisations.committee_of("26740").name in text_of(van.get(HERE))
    assert van.get(f"{HERE}?don-vi={other}").status_code == 403
    assert van.get(f"{HERE}/danh-sach?don-vi={other}").status_code == 403


@pytest.mark.parametrize("name", ["khue", "bao", "ha", "quynh"])
def test_others_are_told_who_may(code, name):
    answer = browser(name).get(HERE)

    assert answer.status_code == 403
    assert "lãnh đạo" in text_of(answer)


def test_the_page_costs_the_same_queries_empty_or_not(thanh, code):
    thanh.get(HERE)

    def queries(url: str) -> int:
        with CaptureQueriesContext(connection) as sent:
            thanh.get(url)
        return len(sent)

    before = queries(HERE), queries(f"{HERE}?ky=12&het=1"), queries(f"{HERE}/danh-sach")
    make_late(code)

    assert before == (queries(HERE), queries(f"{HERE}?ky=12&het=1"), queries(f"{HERE}/danh-sach"))
    assert before[0] <= 6
    assert before[2] <= 8


@pytest.mark.parametrize(
    "query", ["?ky=7", "?don-vi=khong", "?phan=la", "?sau=hong", "?xep=la", "?linh-vuc=la"]
)
def test_a_broken_address_shows_a_page(thanh, code, query):
    assert thanh.get(f"{HERE}{query}").status_code == 200
    assert thanh.get(f"{HERE}/danh-sach{query}").status_code == 200


def test_every_number_is_defined(thanh):
    page = text_of(thanh.get(f"{HERE}/cach-tinh"))

    for word in ("Quá hạn", "Dừng đồng hồ", "Tỷ lệ trễ", "Cần chú ý"):
        assert word in page


def test_units_and_fields_sum_to_the_same_total_on_the_page(thanh, code):
    page = text_of(thanh.get(HERE))

    totals = re.findall(r"<tfoot>(.*?)</tfoot>", page, re.S)
    numbers = [re.findall(r">(\d[\d.,%]*)<", total) for total in totals]
    assert len(numbers) == 2
    assert numbers[0] == numbers[1]
    assert "Hộ tịch" in page


def test_a_narrow_screen_reads_the_same_numbers_and_their_lists(thanh, code):
    page = text_of(thanh.get(HERE))

    narrow = re.search(r'<ul class="rows only-narrow.*?</ul>', page, re.S)[0]
    unit = organisations.committee_of("26740").id
    assert f'<a href="{HERE}?don-vi={unit}">' in narrow
    assert re.search(r'Chờ tiếp nhận <a href="[^"]*phan=cho-tiep-nhan[^"]*">1</a>', narrow)


def test_an_empty_list_asks_for_no_reason(thanh, code):
    page = text_of(thanh.get(f"{HERE}/danh-sach?phan=tre-han"))

    assert "Không có hồ sơ nào trong phần này" in page
    assert "Xem tên người nộp" not in page


def test_a_field_with_few_results_is_not_said_to_be_never_late(thanh, code):
    now = clock.now()
    yesterday = now - timedelta(days=1)
    Case.objects.filter(code=code).update(
        phase=Phase.DECIDED, status=9, started_at=yesterday, due_original=yesterday,
        due_at=yesterday, ended_at=now,
    )  # fmt: skip
    refresh_board(now=now)

    page = text_of(thanh.get(HERE))

    assert "Chưa lĩnh vực nào đủ số hồ sơ để so" in page
    assert "Không có lĩnh vực nào trễ" not in page
