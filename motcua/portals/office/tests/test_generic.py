"""What the national catalogue lists: filed by the generic form, closed, or for reading only."""

import csv
import io

import pytest

from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import NotAllowedToClose
from motcua.contexts.procedures.testing import imported
from motcua.kernel import clock
from motcua.kernel.clock import city_date
from motcua.kernel.testing import citizen
from motcua.portals.office.tests.conftest import browser, leaves, post, text_of

URL = "/quan-tri/danh-muc"
LIST = f"{URL}/bieu-mau-chung"
FILED, CENTRAL, STRANGE = "9.998001", "9.998002", "9.998003"


def a_record(code: str, name: str, **changes: object) -> dict[str, object]:
    record = {
        "code": code,
        "name": name,
        "level": "Cấp xã",
        "field": "Hộ tịch",
        "methods": [{"channel": "online", "time_value": 5, "time_unit": "working_day"}],
        "components": [{"name": "Đơn đề nghị", "originals": 1}],
        "executing_agency": "Ủy ban nhân dân cấp xã",
    }
    return record | changes


@pytest.fixture
def catalogue(small_city) -> None:
    records = (
        a_record(FILED, "Xác nhận mẫu của phường"),
        a_record(CENTRAL, "Việc mẫu của bộ", level="Cấp bộ"),
        a_record(STRANGE, "Việc mẫu của cảng", executing_agency="Cảng vụ Mẫu"),
    )
    imported(records, now=clock.now())


def rows_of(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))[1:]


def test_nobody_else_sees_or_closes_a_form(catalogue):
    lead = browser("thanh")

    assert lead.get(LIST).status_code == 403
    assert post(lead, f"{URL}/{FILED}/tam-ngung", why="thử").status_code == 403
    with pytest.raises(NotAllowedToClose):
        procedures.close_form(FILED, why="thử", by=citizen(), now=clock.now())


def test_what_is_not_filed_stands_in_a_list_with_the_reason_and_goes_out_as_a_file(
    quynh, catalogue
):
    page = text_of(quynh.get(LIST, {"phan": "chua-nop-duoc"}))
    listed = rows_of(quynh.get(f"{LIST}/xuat.csv", {"phan": "chua-nop-duoc"}))
    by_reason = rows_of(
        quynh.get(f"{LIST}/xuat.csv", {"phan": "chua-nop-duoc", "vi": "AGENCY_UNKNOWN"})
    )

    assert "Cảng vụ Mẫu" in page
    assert "Chưa nộp được (2)" in page
    assert {row[0]: row[4] for row in listed} == {
        CENTRAL: "bộ, ngành trung ương giải quyết",
        STRANGE: "Thành phố không có cơ quan mang tên này",
    }
    assert [(row[0], row[5]) for row in by_reason] == [(STRANGE, "Cảng vụ Mẫu")]


def test_a_form_is_closed_with_a_reason_that_people_read_and_opened_again(quynh, catalogue, client):
    refused = post(quynh, f"{URL}/{FILED}/tam-ngung", why=" ")
    assert refused.status_code == 422
    assert "Bạn ghi vì sao tạm ngừng nhận" in text_of(refused)

    post(quynh, f"{URL}/{FILED}/tam-ngung", why="Đang sửa mẫu đơn.")
    closed = client.get(f"/thu-tuc/{FILED}")
    assert "Đang sửa mẫu đơn." in text_of(closed)
    assert f"/nop/{FILED}" not in text_of(closed)
    assert "Tạm ngừng (1)" in text_of(quynh.get(LIST))
    assert "Tạm ngừng nhận: Đang sửa mẫu đơn." in text_of(quynh.get(f"{URL}/{FILED}"))
    assert leaves("procedures.close_form") == 1

    post(quynh, f"{URL}/{FILED}/nhan-lai")
    assert f"/nop/{FILED}" in text_of(client.get(f"/thu-tuc/{FILED}"))
    assert leaves("procedures.reopen_form") == 1


def test_only_a_generic_form_is_closed_here(quynh, catalogue):
    assert quynh.get(f"{URL}/1.001193/tam-ngung").status_code == 404
    assert post(quynh, f"{URL}/{CENTRAL}/tam-ngung", why="thử").status_code == 404
    assert post(quynh, f"{URL}/1.001193/nhan-lai").status_code == 404


def test_a_procedure_filed_by_the_generic_form_is_found_and_says_so(catalogue, client):
    found = text_of(client.get("/tim", {"q": "xac nhan mau cua phuong"}))
    page = text_of(client.get(f"/thu-tuc/{FILED}"))
    only_read = text_of(client.get(f"/thu-tuc/{STRANGE}"))

    assert f"/thu-tuc/{FILED}" in found
    assert "Thủ tục này nộp bằng biểu mẫu chung." in page
    assert "Thời hạn trên trang này chưa kiểm chứng." in page
    assert "nơi giải quyết không phải là cơ quan của Thành phố" in only_read
    assert procedures.open_version(FILED, city_date(clock.now())).field_code == "ho_tich"
