"""Applications of agencies: registered, changed, given a new secret and closed on their pages."""

import re

import pytest

from motcua.contexts.identity.models import Application, SigningKey
from motcua.contexts.identity.queries import applications
from motcua.contexts.organisations import public as organisations
from motcua.kernel import clock
from motcua.portals.office.tests.conftest import leaves, post, text_of

URL = "/quan-tri/ung-dung"


def typed(**other) -> dict[str, str]:
    unit = organisations.all_units(clock.now().date())[0]
    said = {
        "name": "Thư viện Thành phố", "unit": str(unit.id), "sector": "thu-vien.example.vn",
        "redirect_uris": "https://thu-vien.example.vn/ve\r\nhttp://127.0.0.1:9000/ve",
        "logout_uris": "https://thu-vien.example.vn/ra",
        "wanted_profile": "1", "required_profile": "1", "purpose_profile": "Ghi tên lên thẻ",
        "purpose_email": "không xin nên không giữ",
    }  # fmt: skip
    return said | other


def registered(quynh) -> tuple[Application, str]:
    answer = post(quynh, f"{URL}/moi", **typed())
    assert answer.status_code == 200, text_of(answer)
    secret = re.search(r'id="q-secret"[^>]*value="([^"]+)"', text_of(answer)).group(1)
    return Application.objects.get(), secret


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "x"),
        ("unit", "nowhere"),
        ("unit", "0190f000-0000-7000-8000-000000000001"),
        ("redirect_uris", ""),
        ("redirect_uris", "http://thu-vien.example.vn/ve"),
        ("redirect_uris", "https://*.example.vn/ve"),
        ("redirect_uris", "https://thu-vien.example.vn/ve#x"),
        ("redirect_uris", "https://a@b.example.vn/ve"),
        ("redirect_uris", "javascript:alert(1)"),
        ("redirect_uris", "https://[x/ve"),
        ("sign_out_uri", "http://thu-vien.example.vn/x"),
        ("sign_out_uri", "file:///etc/passwd"),
        ("logout_uris", "ftp://thu-vien.example.vn/"),
        ("sector", "Thư viện"),
        ("purpose_profile", "ghi tên"),
        ("whole_number", "1"),
    ],
)
def test_terms_that_cannot_hold_are_named_and_kept_in_the_form(quynh, field, value):
    answer = post(quynh, f"{URL}/moi", **typed(**{field: value}))

    assert answer.status_code == 422
    assert len(answer.context["page"].errors) == 1
    assert "Ghi tên lên thẻ" in text_of(answer) or field == "purpose_profile"
    assert not Application.objects.exists()


def test_a_secret_is_shown_once_and_kept_by_its_hash(quynh):
    row, secret = registered(quynh)

    later = text_of(quynh.get(f"{URL}/{row.id}"))
    assert secret not in later
    assert row.client_id in later
    assert bytes(row.secret_digest) == applications.digest(secret)
    assert row.asked == [{"scope": "profile", "purpose": "Ghi tên lên thẻ", "required": True}]
    assert row.redirect_uris[1] == "http://127.0.0.1:9000/ve"
    assert leaves("identity.register_application") == 1


def test_an_application_without_a_secret_is_registered_and_stays_so(quynh):
    answer = post(quynh, f"{URL}/moi", **typed(is_public="1"))
    row = Application.objects.get()
    post(quynh, f"{URL}/{row.id}", **typed(name="Thư viện trên máy"))

    row.refresh_from_db()
    shown = text_of(quynh.get(f"{URL}/{row.id}"))
    assert answer["Location"] == f"{URL}/{row.id}"
    assert (row.is_public, row.name, row.secret_digest) == (True, "Thư viện trên máy", None)
    assert "không có mã bí mật" in shown
    assert "Đổi mã bí mật" not in shown
    assert post(quynh, f"{URL}/{row.id}/ma-bi-mat").status_code == 409


def test_the_address_that_hears_of_sign_outs_is_kept(quynh):
    address = "https://thu-vien.example.vn/dang-xuat"

    post(quynh, f"{URL}/moi", **typed(sign_out_uri=address))

    row = Application.objects.get()
    assert row.sign_out_uri == address
    assert address in text_of(quynh.get(f"{URL}/{row.id}"))


def test_terms_are_changed_with_a_leaf(quynh):
    row, _ = registered(quynh)

    answer = post(quynh, f"{URL}/{row.id}", **typed(name="Thư viện Khoa học"))

    row.refresh_from_db()
    assert answer.status_code == 303
    assert row.name == "Thư viện Khoa học"
    assert leaves("identity.change_application") == 1


def test_a_new_secret_ends_the_old_one(quynh):
    row, secret = registered(quynh)

    answer = post(quynh, f"{URL}/{row.id}/ma-bi-mat")

    row.refresh_from_db()
    fresh = re.search(r'id="q-secret"[^>]*value="([^"]+)"', text_of(answer)).group(1)
    assert not applications.has_secret(row, secret)
    assert applications.has_secret(row, fresh)
    assert leaves("identity.change_secret") == 1


def test_a_closed_application_stays_closed(quynh):
    row, _ = registered(quynh)

    post(quynh, f"{URL}/{row.id}/dong")
    again = post(quynh, f"{URL}/{row.id}/dong")
    changed = post(quynh, f"{URL}/{row.id}", **typed())

    assert (again.status_code, changed.status_code) == (409, 409)
    assert "Đã đóng" in text_of(quynh.get(URL))
    assert leaves("identity.close_application") == 1


def test_the_key_is_changed_by_the_administrator(quynh):
    post(quynh, f"{URL}/khoa-ky")
    post(quynh, f"{URL}/khoa-ky")

    assert SigningKey.objects.filter(retired_at__isnull=True).count() == 1
    assert "Chỉ còn kiểm chữ ký" in text_of(quynh.get(URL))
    assert leaves("identity.change_signing_key") == 2
