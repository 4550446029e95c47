"""State, catalogue, law, calls, money, rights, days: every number is exactly its list."""

import csv
import io
import json
import re
from datetime import datetime

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.contexts.exchange.contracts import Outcome
from motcua.contexts.exchange.models import ExchangeMessage
from motcua.contexts.payments.actions.receiving import receive_bank_credit
from motcua.contexts.payments.contracts import BankCredit
from motcua.contexts.procedures.models import ImportRun
from motcua.kernel import addresses, clock
from motcua.kernel.actors import ROLE_NAMES, SYSTEM, Role
from motcua.kernel.db import uuid7
from motcua.kernel.money import Money
from motcua.portals.office.tests.conftest import text_of

HERE = "/quan-tri"


def rows_of(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))[1:]


def kpi(page: str, label: str) -> tuple[str, str]:
    """Number and address of a tile."""
    found = re.search(
        rf'<a href="([^"]+)" class="kpi[^"]*"><span class="kpi__label">{label}</span>'
        r'<span class="kpi__value">([^<]+)',
        page,
    )
    return found[2], found[1].replace("&amp;", "&")


@pytest.mark.parametrize(
    ("label", "path"),
    [
        ("Thủ tục nộp được tại đây", "/danh-muc"),
        ("Thủ tục còn nhắc của máy kiểm", "/danh-muc"),
        ("Căn cứ chưa đối chiếu", "/phap-ly"),
    ],
)
def test_a_number_of_the_state_is_the_length_of_its_list(quynh, label, path):
    number, url = kpi(text_of(quynh.get(HERE)), label)

    listed = rows_of(quynh.get(url.replace(path, f"{path}/xuat.csv")))

    assert int(number) == len(listed) > 0


def test_the_state_costs_the_same_queries_each_time(quynh):
    quynh.get(HERE)

    with CaptureQueriesContext(connection) as sent:
        quynh.get(HERE)

    assert len(sent) <= 19


@pytest.mark.parametrize(
    ("path", "most"),
    [("/danh-muc", 5), ("/phap-ly", 5), ("/quyen", 3), ("/lich", 3), ("/ket-noi/loi-goi", 5),
     ("/tien-chua-ro", 5), ("/so-cai", 10), ("/co-so-du-lieu", 5), ("/danh-muc/nhap", 4)],
)  # fmt: skip
def test_queries_of_each_list(quynh, path, most):
    quynh.get(f"{HERE}{path}")

    with CaptureQueriesContext(connection) as sent:
        quynh.get(f"{HERE}{path}")

    assert len(sent) <= most


def test_a_procedure_tells_its_versions_and_each_remark(quynh):
    listed = rows_of(quynh.get(f"{HERE}/danh-muc/xuat.csv?phan=con-nhac"))
    code, count = listed[0][0], int(listed[0][-1])

    page = text_of(quynh.get(f"{HERE}/danh-muc/{code}"))

    assert "Phiên bản 1" in page
    assert page.count("<tr>") == count + 1  # and the head
    assert quynh.get(f"{HERE}/danh-muc/9.999999").status_code == 404


def test_procedures_are_found_by_words_without_marks(quynh):
    page = text_of(quynh.get(f"{HERE}/danh-muc", {"tim": "dang ky khai sinh"}))

    assert f"{HERE}/danh-muc/1.001193" in page
    assert f"{HERE}/danh-muc/1.013225" not in page


def test_the_process_of_a_procedure_goes_to_other_engines_as_bpmn(quynh):
    address = f"{HERE}/danh-muc/1.001193/quy-trinh.bpmn"
    assert address in text_of(quynh.get(f"{HERE}/danh-muc/1.001193"))

    answer = quynh.get(address)

    assert answer["Content-Disposition"] == 'attachment; filename="quy-trinh-1.001193.bpmn"'
    assert "http://www.omg.org/spec/BPMN/20100524/MODEL" in text_of(answer)
    assert quynh.get(f"{HERE}/danh-muc/9.999999/quy-trinh.bpmn").status_code == 404


def test_the_catalogue_pages_to_its_end(quynh):
    seen, url = [], f"{HERE}/danh-muc"
    while url:
        page = text_of(quynh.get(url))
        seen += re.findall(r'<th scope="row"><a href="/quan-tri/danh-muc/([\d.]+)">', page)
        older = re.search(r'href="([^"]+)" rel="next"', page)
        url = older[1].replace("&amp;", "&") if older else ""

    assert len(seen) == len(set(seen)) > 100
    assert seen == [row[0] for row in rows_of(quynh.get(f"{HERE}/danh-muc/xuat.csv"))]


@pytest.fixture
def imported(small_city, tmp_path):
    """An import of three rows, of which two cannot be read."""
    good = {"code": "2.999999", "name": "Một thủ tục của bộ"}
    file = tmp_path / "quoc-gia.jsonl"
    bad = {"code": "9.99\u0000x", "name": "Mã hỏng"}
    file.write_text("\n".join([json.dumps(good), "không phải JSON", json.dumps(bad)]))
    call_command("import_procedures", str(file), "--json", stdout=io.StringIO())
    return ImportRun.objects.get()


def test_an_import_is_kept_with_each_row_it_could_not_read(quynh, imported):
    home = text_of(quynh.get(HERE))
    runs = text_of(quynh.get(f"{HERE}/danh-muc/nhap"))
    run = text_of(quynh.get(f"{HERE}/danh-muc/nhap/{imported.id}"))
    rows = rows_of(quynh.get(f"{HERE}/danh-muc/nhap/{imported.id}/xuat.csv"))

    assert kpi(home, "Dòng không đọc được, lần nhập mới nhất")[0] == "2"
    assert f"{HERE}/danh-muc/nhap/{imported.id}" in runs
    assert "không phải JSON" in run
    assert [row[0] for row in rows] == ["Dòng 2", "Dòng 3"]
    assert "không đúng dạng" in rows[1][2]
    assert quynh.get(f"{HERE}/danh-muc/nhap/{uuid7()}").status_code == 404


def test_law_nobody_compared_is_shown_with_where_it_is_used(quynh):
    page = text_of(quynh.get(f"{HERE}/phap-ly", {"tim": "Luật Hộ tịch 60/2014/QH13"}))
    url = re.search(r'href="(/quan-tri/phap-ly/dung-o[^"]+)"', page)[1].replace("&amp;", "&")

    uses = text_of(quynh.get(url))

    assert "Chưa đối chiếu" in page
    assert f"{HERE}/danh-muc/1.001193" in uses
    assert quynh.get(f"{HERE}/phap-ly/dung-o?khoa=la").status_code == 404


def test_the_mark_of_a_whole_procedure_is_shown_with_the_procedures_that_bear_it(quynh):
    known = rows_of(quynh.get(f"{HERE}/phap-ly/xuat.csv?loai=SOURCE&phan=da"))
    guessed = rows_of(quynh.get(f"{HERE}/phap-ly/xuat.csv?loai=SOURCE&phan=chua"))

    assert {row[0][-2:] for row in known} >= {"S2", "S3"}
    assert [row[0][-3:] for row in guessed] == ["K-m"]
    assert all(row[-1] for row in (*known, *guessed))


def test_the_two_marks_share_all_of_the_law(quynh):
    counts = [
        len(rows_of(quynh.get(f"{HERE}/phap-ly/xuat.csv?phan={part}")))
        for part in ("chua", "da", "tat-ca")
    ]

    assert counts[0] + counts[1] == counts[2]
    assert min(counts) > 0


def a_call(outcome: Outcome, connector: str = "bank", at: datetime | None = None) -> None:
    ExchangeMessage.objects.create(
        at=at or clock.now(), connector=connector, operation="reconcile", key="day",
        purpose="money", actor_kind="SYSTEM", attempt=1, outcome=outcome, reason="timeout",
        took_ms=3000, sent_digest=b"0" * 16,
    )  # fmt: skip


def test_calls_are_listed_by_outcome_and_neighbour(quynh):
    for outcome in (Outcome.ANSWERED, Outcome.DOWN, Outcome.DOWN):
        a_call(outcome)
    a_call(Outcome.DOWN, "sms_one")

    down = rows_of(quynh.get(f"{HERE}/ket-noi/loi-goi/xuat.csv?ket-qua=khong-tra-loi"))
    bank = rows_of(quynh.get(f"{HERE}/ket-noi/loi-goi/xuat.csv?he-thong=bank"))
    both = text_of(quynh.get(f"{HERE}/ket-noi/loi-goi?he-thong=bank&ket-qua=khong-tra-loi"))
    neighbours = text_of(quynh.get(f"{HERE}/ket-noi"))

    assert (len(down), len(bank), both.count("<tr>")) == (3, 3, 3)
    assert "3.000" in both
    assert "/quan-tri/ket-noi/loi-goi?he-thong=bank&amp;ket-qua=khong-tra-loi" in neighbours


def test_calls_page_through_the_same_moment(quynh):
    at = clock.now()
    for _ in range(55):
        a_call(Outcome.ANSWERED, at=at)

    first = text_of(quynh.get(f"{HERE}/ket-noi/loi-goi"))
    older = re.search(r'href="([^"]+)" rel="next"', first)[1].replace("&amp;", "&")

    assert first.count("<tr>") == 51
    assert text_of(quynh.get(older)).count("<tr>") == 6


def test_money_in_suspense_is_seen_without_the_words_of_its_payer(quynh):
    credit = BankCredit(
        transaction_id="FT26328000001",
        amount=Money(50_000),
        memo="Nguyen Thi Anh Tuyet nop phi",
        booked_at=clock.now(),
    )
    receive_bank_credit(credit, actor=SYSTEM, now=clock.now())

    number, url = kpi(text_of(quynh.get(HERE)), "Tiền chưa rõ của ai")
    page = text_of(quynh.get(url))

    assert number == "50.000 ₫"
    assert "FT26328000001" in page
    assert "Không rõ khoản nào" in page
    assert "Anh Tuyet" not in page


def test_the_matrix_says_what_the_generated_map_says(quynh):
    file = quynh.get(f"{HERE}/quyen/xuat.csv")
    table = list(csv.reader(io.StringIO(b"".join(file).decode("utf-8-sig"))))

    people = list(addresses.people().values())
    drawn = {
        f"{one.methods} {one.address}".strip(): [
            "Có" if addresses.may(one.access, who) else "–" for who in people
        ]
        for one in addresses.pages()
    }
    assert {row[0]: row[1:] for row in table[1:]} == drawn
    leader = text_of(quynh.get(f"{HERE}/quyen?vai={Role.LEADER.value}&tim=dieu-hanh"))
    assert "/dieu-hanh" in leader
    assert ROLE_NAMES[Role.LEADER] in leader


def test_days_off_carry_their_mark(quynh):
    page = text_of(quynh.get(f"{HERE}/lich?nam=2026"))
    every = rows_of(quynh.get(f"{HERE}/lich/xuat.csv"))

    assert "Tết Nguyên đán" in page
    assert "Đã đối chiếu" in page
    assert {row[0][-4:] for row in every} == {str(year) for year in range(2024, 2031)}
    assert any(row[-1] == "Chưa đối chiếu" for row in every)


def test_officers_read_vietnamese_whatever_their_browser_prefers(quynh):
    page = text_of(quynh.get(f"{HERE}/lich", headers={"accept-language": "en"}))

    assert '<html lang="vi"' in page
    assert "Tải về:" in page
