"""The list of the desk: filters in the address, columns, saved views, keys, the palette."""

import csv
import io
import itertools
import re

import pytest

from motcua.contexts.casework import public as casework
from motcua.contexts.dossiers.testing import BIRTH
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel import clock

KEYS = itertools.count()


def text_of(answer) -> str:
    return answer.content.decode().replace("\u00a0", " ")


def post(client, url: str, **data):
    return client.post(url, {"idempotency_key": f"list-{next(KEYS)}", **data})


def rows_of(page: str) -> list[str]:
    return re.findall(r'name="case" value="([^"]+)"', page)


NARROWED = {
    f"thu-tuc={BIRTH}": True,
    "thu-tuc=2.000815": False,
    "chu=khai+sinh": True,
    "chu=kh%C3%B4ng+c%C3%B3+t%C3%AAn": False,
    "phuong=26740": True,
    "phuong=26743": False,
    "buoc=receive": True,
    "buoc=sign": False,
    "kenh=CITY_APP": True,
    "kenh=COUNTER": False,
    "tu=2020-01-01&den=2099-01-01": True,
    "den=2020-01-01": False,
    "giu=chua": True,
    "cua-toi=1": False,
    "bo-sung=1": False,
    "han=qua-han": False,
    "xep=moi": True,
    "xep=cu": True,
    "tu=rubbish&kenh=RUBBISH&bo-sung=x&giu=y&xep=z": True,
}


def test_a_condition_in_the_address_narrows_list_and_export_alike(at_desk, submitted):
    code, khue = submitted(), at_desk("khue")

    listed = {asked: rows_of(text_of(khue.get(f"/ban?{asked}"))) for asked in NARROWED}
    exported = {
        asked: code in khue.get(f"/ban/xuat.csv?{asked}").getvalue().decode() for asked in NARROWED
    }

    assert listed == {asked: [code] * there for asked, there in NARROWED.items()}
    assert exported == NARROWED


def test_chosen_columns_stand_in_the_row_and_in_the_export(at_desk, submitted):
    code, khue = submitted(), at_desk("khue")

    page = text_of(khue.get("/ban?cot=phuong&cot=bo-sung"))
    export = khue.get("/ban/xuat.csv?cot=phuong.bo-sung").getvalue().decode("utf-8-sig")

    assert "Phường Sài Gòn · số lần bổ sung: 0" in page
    assert list(csv.reader(io.StringIO(export))) == [
        ["Mã hồ sơ", "Phường, xã", "Số lần bổ sung"],
        [code, "Phường Sài Gòn", "0"],
    ]


def test_each_condition_is_said_and_can_be_left_out(at_desk, submitted):
    submitted()

    page = text_of(at_desk("khue").get("/ban?kenh=CITY_APP&phuong=26740"))

    assert 'href="/ban?kenh=CITY_APP"' in page
    assert 'href="/ban?phuong=26740"' in page
    assert "Đang lọc" in page


def test_the_filter_page_offers_what_the_inbox_holds(at_desk, submitted):
    submitted()

    page = text_of(at_desk("khue").get("/ban/loc?kenh=CITY_APP"))

    assert '<option value="CITY_APP" selected>' in page
    assert "Đăng ký khai sinh" in page
    assert "Tiếp nhận và kiểm tra" in page


def test_a_row_is_unread_until_it_is_opened_and_again_when_it_changed(at_desk, submitted, tuyet):
    code, khue = submitted(), at_desk("khue")
    first = text_of(khue.get("/ban"))
    khue.get(f"/ban/ho-so/{code}", headers={"x-ahead": "1"})
    ahead = text_of(khue.get("/ban"))

    khue.get(f"/ban/ho-so/{code}")

    assert "is-unread" in first
    assert "is-unread" in ahead
    assert "is-unread" not in text_of(khue.get("/ban"))


def test_a_view_is_saved_opened_shared_and_dropped(at_desk, submitted):
    code, khue = submitted(), at_desk("khue")
    empty = post(khue, "/ban/khung-nhin?kenh=CITY_APP", name=" ")
    saved = post(khue, "/ban/khung-nhin?kenh=CITY_APP&sau=1_x", name="Qua mạng")
    page = text_of(khue.get("/ban/khung-nhin"))
    url = re.search(r'href="(/ban\?kenh=CITY_APP&amp;khung=[0-9a-f-]{36})"', page)[1]
    opened = text_of(khue.get(url.replace("&amp;", "&")))

    assert empty.status_code == 422
    assert saved.status_code == 303
    assert "<h1>Qua mạng</h1>" in opened
    assert rows_of(opened) == [code]
    assert "Khung nhìn đã lưu" in opened

    view = re.search(r'name="drop" value="([^"]+)"', page)[1]
    unit = re.search(r'<select class="field" id="unit".*?value="([0-9a-f-]{36})"', page, re.S)[1]
    post(khue, "/ban/khung-nhin", share=view, unit=unit)
    assert "Cả đơn vị thấy" in text_of(khue.get("/ban/khung-nhin"))
    post(khue, "/ban/khung-nhin", drop=view)
    assert "Chưa có khung nhìn nào" in text_of(khue.get("/ban/khung-nhin"))
    assert post(khue, "/ban/khung-nhin", drop=view).status_code == 404


def test_a_view_of_another_desk_is_neither_seen_nor_dropped(at_desk, actor_at):
    casework.save_view("Riêng", "han=qua-han", actor=actor_at("khue"), now=clock.now())
    (view,) = casework.saved_views(actor_at("khue"), now=clock.now())

    listed = text_of(at_desk("ngan").get("/ban/khung-nhin"))
    dropped = post(at_desk("ngan"), "/ban/khung-nhin", drop=str(view.id))

    assert "Riêng" not in listed
    assert dropped.status_code == 404
    assert casework.saved_views(actor_at("khue"), now=clock.now())


def test_keys_are_switched_off_one_by_one_and_all_at_once(at_desk, submitted):
    submitted()
    khue = at_desk("khue")
    page = text_of(khue.get("/ban/phim"))
    names = re.findall(r'name="on" value="([^"]+)" checked', page)

    post(khue, "/ban/phim", on=[name for name in names if name != "D"], save="1")
    one = text_of(khue.get("/ban"))
    post(khue, "/ban/phim", none="1")
    none = casework.keys_off(the_officer("khue").id)
    post(khue, "/ban/phim", all="1")

    assert 'data-keys-off="D"' in one
    assert none == set(names)
    assert casework.keys_off(the_officer("khue").id) == frozenset()


def test_the_palette_is_a_page_that_finds_places_dossiers_procedures_and_acts(at_desk, submitted):
    code, khue = submitted(), at_desk("khue")

    empty = text_of(khue.get(f"/ban/lenh?hs={code}"))
    by_code = text_of(khue.post("/ban/lenh", {"q": code}))
    by_words = text_of(khue.post("/ban/lenh", {"q": "khai sinh"}))
    by_place = text_of(khue.post("/ban/lenh", {"q": "vang mat"}))
    by_number = text_of(khue.post("/ban/lenh", {"q": "079190999001"}))
    foreign = text_of(at_desk("phat").post("/ban/lenh", {"q": code, "hs": code}))

    assert f"/ban/ho-so/{code}/lam/receive" in empty
    assert f"/ban/ho-so/{code}/nhan-viec" in empty
    assert f'href="/ban/ho-so/{code}"' in by_code
    assert f"/ban?thu-tuc={BIRTH}" in by_words
    assert "/ban/vang-mat" in by_place.partition("data-found")[2]
    assert 'action="/ban/tim"' in by_number.partition("data-found")[2]
    assert f"/ban/ho-so/{code}" not in foreign.partition("data-found")[2]


@pytest.mark.parametrize(
    "asked",
    ["den=9999-12-31", "tu=0001-01-01", "phuong=%00&buoc=%00&linh-vuc=%00", "chu=%E2%80%8B",
     "sau=1e400_x&truoc=nan_", "bo-sung=%C2%B2&cot=khong-co", "khung=%00&thu-tuc=%00"],
)  # fmt: skip
def test_an_odd_address_is_a_list_and_never_a_failure(at_desk, asked):
    khue = at_desk("khue")

    for page in ("/ban", "/ban/loc", "/ban/khung-nhin", "/ban/xuat.csv"):
        assert khue.get(f"{page}?{asked}").status_code == 200
    assert khue.get(f"/ban/so-theo-doi?{asked}").status_code == 200
