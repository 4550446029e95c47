"""Twenty papers under one PIN: initialled, looked through, signed, sealed, checked, corrected."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from e2e.journeys.album import Album
from e2e.journeys.citizen import TUYET, Citizen
from e2e.journeys.officer import Officer
from e2e.journeys.papers import altered, content_behind, words_of
from e2e.journeys.waiting import until
from e2e.living_city import City, living_city
from e2e.programs import softhsm
from motcua.contexts.documents import testing as tokens

pytestmark = pytest.mark.program("softhsm")
TWENTY = """
import os
from motcua.contexts.identity import public as identity
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel import clock
from motcua.kernel.testing import citizen
from motcua.services.tests.journey import a_birth, walk

[person] = identity.people_with_number(os.environ["E2E_ARGUMENTS"])
for number in range(20):
    code = a_birth(citizen(person=person), now=clock.now())
    walk(code, now=clock.now(), until="appraise" if number == 0 else "sign")
    print(code)
print(the_officer("van").id)
"""
ENROLLED = """
import os
from uuid import UUID
from django.core.management import call_command
from motcua.contexts.documents.testing import keys_on_token
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel import clock
from motcua.kernel.actors import Role
from motcua.kernel.clock import city_date

keys_on_token(UUID(os.environ["E2E_ARGUMENTS"]), "Đỗ Thanh Vân")
today = city_date(clock.now())
[post] = organisations.posts_of(the_officer("quynh").id, today)
able = organisations.holders_of(post.unit_id, Role.ADMINISTRATOR, today)
first = next(one for one in able if one.staff_no != "quynh")
call_command("enrol_token", "van", by=first.staff_no)
"""
SENT_BACK = """
import os
from motcua.kernel import clock
from motcua.services.tests.journey import step

step(os.environ["E2E_ARGUMENTS"], "return", now=clock.now(), misdirected=True, reason="Giao nhầm.")
"""


@pytest.fixture(scope="module")
def city(worker_name: str) -> Iterator[City]:
    """A city whose officers sign by tokens; the other journeys go by keys in files."""
    tokens.token_folder()
    with_tokens = {
        "MOTCUA_PKCS11_MODULE": str(softhsm()),
        "SOFTHSM2_CONF": os.environ["SOFTHSM2_CONF"],
    }
    with living_city(f"{worker_name}-signing", with_tokens) as started:
        yield started


def test_a_journey_of_twenty_signatures(
    a_citizen: Callable[..., Citizen],
    an_officer: Callable[..., Officer],
    album: Callable[..., Album],
    axe: Callable[..., None],
    city: City,
) -> None:
    kept = album(
        "signing",
        title="Twenty signatures under one PIN",
        about="A draft is initialled, a leader signs twenty by a token, the clerk seals, the"
        " citizen checks, a wrong paper is corrected.",
    )
    tuyet = a_citizen(TUYET)
    *codes, van_id = city.runs(TWENTY, TUYET).split()
    tokens.put_in(van_id.replace("-", ""))
    city.runs(ENROLLED, van_id)
    confirms_the_token(an_officer("quynh"), kept, axe)
    initials_a_draft(an_officer, codes[0], kept, axe)

    van = an_officer("van")
    chooses_all(van, kept, axe)
    city.runs(SENT_BACK, codes[1])
    types_a_wrong_pin(van, kept)
    signs_the_rest(van, codes, kept, axe)

    seals(an_officer("ha"), codes[0], kept)
    paper = takes_home(tuyet, codes[0], kept)
    assert "Lê Quốc Bảo" in words_of(paper)
    checks(tuyet, paper)
    gets_a_copy(tuyet, van, codes[0], kept, axe)
    corrects(van, codes[0], kept, axe)
    sees_both(tuyet, paper, kept)


def confirms_the_token(quynh: Officer, kept: Album, axe: Callable[..., None]) -> None:
    quynh.opens("/quan-tri/chung-thu")
    kept.keep(quynh.page, "Chứng thư trên token chờ quản trị viên thứ hai xác nhận.")
    axe(quynh.page)
    quynh.page.get_by_role("button", name="Xác nhận Đỗ Thanh Vân").click()
    expect(quynh.page.get_by_text("Đang dùng")).to_be_visible()


def initials_a_draft(
    call: Callable[..., Officer], code: str, kept: Album, axe: Callable[..., None]
) -> None:
    bao = call("bao")
    bao.opens_dossier(code)
    bao.page.get_by_role("link", name="Ký nháy bản thảo").click()
    expect(bao.page.get_by_text("Chưa ai ký nháy bản thảo này.")).to_be_visible()
    kept.keep(bao.page, "Người soạn xem bản thảo rồi ký nháy đúng nội dung ấy.")
    axe(bao.page)
    bao.page.get_by_role("button", name="Ký nháy").click()
    bao.hears()
    bao.does("Trình trưởng phòng")
    nghia = call("nghia")
    nghia.opens_dossier(code)
    nghia.does("Đồng ý, trình ký")


def chooses_all(van: Officer, kept: Album, axe: Callable[..., None]) -> None:
    van.opens("/ban/ky")
    expect(van.page.get_by_role("heading", name="20 văn bản")).to_be_visible()
    kept.keep(van.page, "Hai mươi văn bản chờ ký, hạn gần nhất trước.")
    axe(van.page)
    van.page.get_by_role("button", name="Xem và ký các văn bản đã chọn").click()
    expect(van.page.get_by_text("Lê Quốc Bảo")).to_be_visible()
    kept.keep(van.page, "Chỗ giống nhau nêu một lần, chỗ khác nhau và ai ký nháy nêu từng văn bản.")


def types_a_wrong_pin(van: Officer, kept: Album) -> None:
    van.page.get_by_label("Mã PIN của token").fill(tokens.WRONG)
    van.page.get_by_role("button", name="Ký 20 văn bản").click()
    expect(van.page.locator("#q-pin-error")).to_contain_text("lần thứ 1 liền nhau")
    assert tokens.WRONG not in van.page.content()


def signs_the_rest(van: Officer, codes: list[str], kept: Album, axe: Callable[..., None]) -> None:
    van.page.get_by_label("Mã PIN của token").fill(tokens.PIN)
    van.page.get_by_role("button", name="Ký 20 văn bản").click()
    expect(van.page.get_by_text("Đã ký 19 trên 20 văn bản.")).to_be_visible()
    left_out = van.page.get_by_role("row").filter(has_text=codes[1])
    expect(left_out.get_by_text("Không ký được")).to_be_visible()
    kept.keep(van.page, "Một mã PIN, mười chín chữ ký; văn bản vừa thay đổi không được ký.")
    axe(van.page)


def seals(ha: Officer, code: str, kept: Album) -> None:
    ha.opens_dossier(code)
    kept.keep(ha.page, "Văn thư đóng dấu số của cơ quan và phát hành.")
    ha.does("Phát hành")


def takes_home(tuyet: Citizen, code: str, kept: Album) -> bytes:
    card = tuyet.paper_in_wallet(code)
    kept.keep(tuyet.page, "Kết quả nằm trong Ví giấy tờ của người nộp.")
    return content_behind(card.get_by_role("link", name="Tải về"))


def checks(tuyet: Citizen, paper: bytes) -> None:
    tuyet.verifies(paper)
    assert "Giấy tờ thật, còn giá trị" in tuyet.reads()
    tuyet.verifies(altered(paper))
    assert "đã bị thay đổi" in tuyet.reads()


def gets_a_copy(
    tuyet: Citizen, van: Officer, code: str, kept: Album, axe: Callable[..., None]
) -> None:
    tuyet.opens(f"/ho-so/{code}/ban-sao")
    tuyet.page.get_by_role("button", name="Xin bản sao").click()
    expect(tuyet.page.get_by_text("Đang chờ cơ quan cấp")).to_be_visible()
    axe(tuyet.page)
    van.opens("/ban/sao-y")
    van.page.get_by_role("link", name=code).click()
    kept.keep(van.page, "Người nộp xin bản sao; lãnh đạo chọn hình thức sao rồi ký.")
    axe(van.page)
    van.page.get_by_label("Mã PIN của token").fill(tokens.PIN)
    van.page.get_by_role("button", name="Ký và cấp bản sao").click()
    van.hears()
    tuyet.opens(f"/ho-so/{code}/ban-sao")
    copy = content_behind(tuyet.page.get_by_role("link", name="Sao y số 01/SY"))
    kept.keep(tuyet.page, "Bản sao đã cấp, có số, chữ ký và dấu.")
    assert "SAO Y" in words_of(copy)
    tuyet.verifies(copy)
    assert "Giấy tờ thật, còn giá trị" in tuyet.reads()


def corrects(van: Officer, code: str, kept: Album, axe: Callable[..., None]) -> None:
    van.opens(f"/ban/ho-so/{code}/dinh-chinh")
    van.page.locator("[name=item]").select_option("child_full_name")
    van.page.get_by_label("Ghi đúng là").fill("Lê Minh Ân")
    van.page.get_by_label("Vì sao đính chính").fill("Ghi sai dấu tên của trẻ.")
    van.page.get_by_label("Căn cứ pháp lý").fill("Luật Hộ tịch, Điều 28")
    van.page.get_by_label("Mã PIN của token").fill(tokens.PIN)
    kept.keep(van.page, "Đính chính: mục sai, ghi đúng, lý do, căn cứ, và mã PIN.")
    axe(van.page)
    van.page.get_by_role("button", name="Ký và cấp bản đính chính").click()
    van.hears()


def sees_both(tuyet: Citizen, wrong: bytes, kept: Album) -> None:
    tuyet.verifies(wrong)
    expect(tuyet.page.get_by_text("Giấy tờ đã bị thu hồi")).to_be_visible()
    expect(tuyet.page.get_by_text("Thay bằng")).to_be_visible()
    kept.keep(tuyet.page, "Bản cũ vẫn được giữ; trang xác minh chỉ sang bản mới.")
    tuyet.opens("/vi")
    until(tuyet.page, tuyet.page.get_by_text("Đã thu hồi"))
