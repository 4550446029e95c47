"""Kinds of questions on the page: by buttons and typing alone, as without script."""

import html
import re
from base64 import b64encode
from uuid import uuid4

import pytest
from django.test import Client

from motcua.contexts.documents.testing import a_png
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.actions.submission import with_signatures_of
from motcua.contexts.dossiers.contracts import GivenPaper
from motcua.contexts.dossiers.testing import BIRTH
from motcua.contexts.identity.testing import a_citizen_account, signed_in, the_actor
from motcua.contexts.reference.testing import streets_taken
from motcua.kernel import clock

HOUSE, SHOP, MOVE = "1.013225", "1.001612", "1.004222"
DRAWN = f"data:image/png;base64,{b64encode(a_png(width=640, height=240)).decode()}"


class Filling:
    """A draft whose pages are posted by key; `__` in a name stands for a dot."""

    def __init__(self, account, code):
        self.actor, self.client = the_actor(account), signed_in(Client(), account)
        self.id = dossiers.begin_draft(
            code, ward_code="26740", actor=self.actor, now=clock.now(), ask_registers=False
        ).draft_id

    def posts(self, key, where="", **said):
        said = {name.replace("__", "."): value for name, value in said.items()}
        url = f"/nhap/{self.id}/trang/{key}{where}"
        answer = self.client.post(url, {**said, "idempotency_key": "k"})
        return answer.json() if where else html.unescape(answer.content.decode())

    def reads(self, where):
        return html.unescape(self.client.get(f"/nhap/{self.id}/{where}").content.decode())

    @property
    def draft(self):
        return dossiers.draft(self.id, self.actor, now=clock.now())

    def __getitem__(self, question):
        return self.draft.answers[question]


@pytest.fixture
def fill(small_city: None):
    account = a_citizen_account()
    return lambda code: Filling(account, code)


def test_an_old_ward_is_found_by_a_button_and_both_names_are_kept(fill):
    house = fill(HOUSE)

    found = house.posts("land", find="site_address", site_address__old="ben nghe, q1")
    house.posts("land", site_address__old="ben nghe, q1", site_address__street="12 Lê Lợi")

    assert "Trước là Phường Bến Nghé, Quận 1" in found
    assert house["site_address"]["ward"] == house.draft.competent_ward
    assert "(trước 1/7/2025: Phường Bến Nghé, Quận 1)" in house.reads("xem-lai")
    assert 'value="Phường Bến Nghé, Quận 1"' in house.reads("trang/land")


def test_a_street_offers_the_wards_of_its_old_district_and_chooses_none(fill):
    streets_taken(("Hồ Chí Minh", "Quận 1", "Nguyễn Huệ"))
    house = fill(HOUSE)
    said = {
        "site_address__old": "đường Nguyễn Huệ, quận 1",
        "site_address__street": "12 Nguyễn Huệ",
    }

    page = house.posts("land", find="site_address", **said)
    offered = re.findall(r'name="site_address\.became" value="([^"]+)"', page)
    house.posts("land", **said, site_address__became=offered[0])

    assert len(offered) == 4
    assert "có thể thuộc nơi này" in page
    assert "checked" not in page.partition("site_address.became")[2].partition("</label>")[0]
    assert house["site_address"] == {"ward": offered[0].strip(":"), "street": "12 Nguyễn Huệ"}


def test_a_name_of_several_old_wards_is_asked_about_and_nothing_typed_is_lost(fill):
    house = fill(HOUSE)
    said = {"site_address__old": "Phường 1", "site_address__street": "12 Lê Lợi"}

    page = house.posts("land", **said)
    offered = re.findall(r'name="site_address\.became" value="([^"]+)"', page)
    house.posts("land", **said, site_address__became=offered[1])

    assert len(offered) > 1 and 'value="12 Lê Lợi"' in page
    assert "Bạn chọn phường, xã mới của phường, xã cũ vừa ghi" in page
    old, _colon, new = offered[1].partition(":")
    assert house["site_address"] == {"ward": new, "street": "12 Lê Lợi", "old_ward": old}


def test_a_new_ward_that_did_not_come_of_the_old_one_is_not_taken(fill):
    house = fill(HOUSE)

    said = {"site_address__old": "ben nghe, q1", "site_address__street": "1"}
    house.posts("land", **said, site_address__became="26737:26506")

    assert house["site_address"]["ward"] != "26506"


def test_an_unknown_old_ward_says_so_and_the_list_still_works(fill):
    house = fill(HOUSE)

    page = house.posts("land", find="site_address", site_address__old="Phường 🏠")
    house.posts("land", site_address__ward="26743", site_address__street="1 Lê Lai")

    assert "Không tìm thấy tên này" in page
    assert house["site_address"] == {"ward": "26743", "street": "1 Lê Lai"}


def test_a_point_is_set_and_moved_by_buttons_or_typed(fill):
    house = fill(HOUSE)

    house.posts("land", move="site_point:north")
    start = house["site_point"]
    text = f"{start['lat']}, {start['lng']}"
    page = house.posts("land", move="site_point:north", site_point=text, site_point__step="1000")
    moved = house["site_point"]
    house.posts("land", site_point="10°46'36.84\"N 106°42'03.24\"E")

    assert moved["lat"] - start["lat"] == pytest.approx(1000 / 111_320, abs=1e-4)
    assert "Cách trung tâm" in page
    assert house["site_point"] == {"lat": 10.7769, "lng": 106.7009}
    answer = house.client.get(f"/nhap/{house.id}/trang/land")
    other = house.client.get(f"/nhap/{house.id}/trang/work")
    assert "geolocation=(self)" in answer["Permissions-Policy"]
    assert "geolocation=()" in other["Permissions-Policy"]


def test_an_amount_is_said_in_words_while_it_is_typed_and_on_the_check(fill):
    shop = fill(SHOP)

    said = shop.posts("capital", "/luu", capital="1.234.567 đ")

    words = "một triệu hai trăm ba mươi bốn nghìn năm trăm sáu mươi bảy đồng"
    assert said["spoken"] == {"capital": words}
    assert words in shop.reads("trang/capital") and words in shop.reads("xem-lai")


def test_a_signature_is_typed_drawn_drawn_again_and_taken_away(fill):
    shop = fill(SHOP)
    name = {"signature__name": "Nguyễn Thị Ánh Tuyết"}

    shop.posts("declaration", "/luu", **name)
    typed = shop["signature"]
    said = shop.posts("declaration", "/luu", **name, signature__drawn=DRAWN)
    drawn = shop["signature"]["file"]
    kept = [str(paper.file.id) for paper in shop.draft.papers]
    shop.posts("declaration", unsign="signature", **name, signature__file=drawn)

    assert typed == {"name": "Nguyễn Thị Ánh Tuyết", "file": ""}
    assert said["fields"] == {"signature.file": drawn, "signature.drawn": ""}
    assert kept == [drawn]
    assert (shop["signature"]["file"], shop.draft.papers) == ("", ())


@pytest.mark.parametrize(
    "drawn", ["data:image/png;base64,AAAA", "data:text/html;base64,PGI+", "x" * 500_000, "📝"]
)
def test_what_is_no_drawing_leaves_the_typed_name(fill, drawn):
    shop = fill(SHOP)

    shop.posts("declaration", "/luu", signature__name="Lê An", signature__drawn=drawn)

    assert shop["signature"] == {"name": "Lê An", "file": ""}


def test_a_file_of_somebody_else_is_no_signature(fill):
    shop, file = fill(SHOP), uuid4()

    shop.posts("declaration", "/luu", signature__name="Lê An", signature__file=str(file))
    sent = {"signature": {"name": "Lê An", "file": str(file)}}
    form = shop.draft.version.form

    assert shop["signature"]["file"] == ""
    assert with_signatures_of(form, sent, ())["signature"]["file"] == ""
    given = (GivenPaper(component_key="giay_de_nghi", file_id=file),)
    assert with_signatures_of(form, sent, given) == sent


def test_rows_are_added_filled_and_removed_by_buttons(fill):
    move = fill(MOVE)
    first = {"members__0__full_name": "Lê Gia An", "members__0__relation": "con"}
    second = {"members__1__full_name": "Lê 9", "members__1__relation": "con"}

    added = move.posts("members", add="members", **first)
    refused = move.posts("members", **first, **second)
    removed = move.posts("members", remove="members.0", **first, **second)

    assert 'name="members.1.full_name"' in added and "data-focus" in added
    assert 'href="#q-members-1-full-name"' in refused and 'value="Lê 9"' in refused
    assert 'value="Lê 9"' in removed and "Lê Gia An" not in removed


def test_a_full_group_offers_no_more_rows_and_the_last_of_an_optional_one_can_go(fill):
    move = fill(MOVE)
    rows = {f"members__{n}__full_name": f"Lê An {chr(65 + n)}" for n in range(20)}

    full = move.posts("members", "", add="members", **dict(list(rows.items())[:19]))
    alone = move.posts("members", remove="members.1", **dict(list(rows.items())[:2]))

    assert "Nhiều nhất 20 mục." in full and 'name="add"' not in full
    assert 'name="remove" value="members.0"' in alone


def test_a_whole_date_in_the_first_box_is_a_date(fill):
    birth = fill(BIRTH)

    birth.posts("child", "/luu", child_born_on__day="mùng 5 tháng 11 năm 2026")

    assert birth["child_born_on"] == "2026-11-05"
