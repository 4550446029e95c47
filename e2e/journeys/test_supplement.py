"""One request for more, written from the checks, answered on a phone; a second one needs a head."""

from dataclasses import replace

from playwright.sync_api import expect

from e2e.journeys.birth import PROOF
from e2e.journeys.citizen import TUYET
from e2e.journeys.hands import KEYS
from e2e.journeys.papers import a_scan
from e2e.journeys.way import CIVIL_STATUS, assigned, received

SENT = """
from motcua.contexts.dossiers.testing import a_submitted_birth
from motcua.contexts.identity.testing import a_person
from motcua.kernel import clock
from motcua.kernel.testing import citizen

print(a_submitted_birth(citizen(person=a_person().id), now=clock.now(), desk_ward="26743"))
"""
SENTENCE = "Chụp lại cả trang"
BODY = "Kính mong {xưng hô} {người nộp} chụp lại {giấy tờ}, thấy rõ cả bốn mép."
FILLED = f"Kính mong Bà Nguyễn Thị Ánh Tuyết chụp lại {PROOF}, thấy rõ cả bốn mép."
BLURRED = "Ảnh mờ hoặc bị cắt, không đọc được."
WHY_AGAIN = "Trang hai chỉ đọc được khi ảnh đã rõ."
LAW = "Luật Hộ tịch 60/2014/QH13"


def test_a_journey_of_a_request_for_more(a_citizen, an_officer, city, album, axe):
    tuyet = a_citizen(TUYET)
    code = city.runs(SENT).strip()
    kept = album(
        "supplement",
        title="Asked once, in words that can be acted on",
        about="A paper fails at the desk, the letter writes itself from it, the applicant answers"
        " on a phone, the officer sees what is new; a second request waits for the head.",
    )
    tuyet = replace(tuyet, keep=kept.keep)
    received(an_officer("khue"), code)
    nghia, bao = an_officer("nghia"), an_officer("bao")
    assigned(nghia, code, CIVIL_STATUS)
    keeps_a_sentence(bao, kept, axe)

    bao.opens_dossier(code)
    fails_with_a_reason(bao, kept, axe)
    writes_the_letter_with_the_sentence(bao, kept, axe)
    bao.opens_dossier(code, tab="van-ban")
    letter = bao.letter("bổ sung")
    assert BLURRED in letter
    assert "thấy rõ cả bốn mép" in letter

    tuyet.follows(code)
    assert FILLED in tuyet.reads()
    kept.keep(tuyet.page, "The applicant reads which paper, why, by which law, and what to do.")
    tuyet.supplies({PROOF: a_scan("chup-lai.pdf")})
    assert "Bạn không cần làm gì" in tuyet.reads()

    sees_what_is_new(bao, code, kept)
    asks_again_and_waits(bao, code, kept, axe)
    tuyet.follows(code)
    assert "Đến lượt bạn" not in tuyet.reads()
    lets_it_go(nghia, code, kept, axe)
    tuyet.follows(code)
    assert "Đến lượt bạn" in tuyet.reads()
    kept.keep(tuyet.page, "Only now is the applicant asked again.")
    puts_the_sentence_away(bao)


def keeps_a_sentence(officer, kept, axe):
    """In the library of one's own."""
    officer.opens("/ban/cau-chu/moi")
    officer.page.get_by_label("Tên ngắn, để tìm").fill(SENTENCE)
    officer.page.get_by_label("Nội dung").fill(BODY)
    kept.keep(officer.page, "Thư viện câu chữ: a sentence with places that each dossier fills.")
    axe(officer.page)
    officer.page.get_by_role("button", name="Lưu câu").click()
    expect(officer.page.get_by_role("heading", level=1)).to_have_text("Thư viện câu chữ")
    expect(officer.page.get_by_role("link", name=SENTENCE)).to_be_visible()


def fails_with_a_reason(officer, kept, axe):
    officer.judges(PROOF, "Chưa")
    officer.page.get_by_label("Vì sao chưa đạt").select_option(label=BLURRED)
    officer.page.get_by_role("button", name="Lưu lý do").click()
    officer.hears()
    kept.keep(officer.page, "A check per paper: «Chưa» with a reason of the list.")
    axe(officer.page)


def writes_the_letter_with_the_sentence(officer, kept, axe):
    page = officer.page
    page.keyboard.press("b")
    expect(page.get_by_label("Chưa được vì sao")).to_have_value(BLURRED)
    page.wait_for_load_state()  # scripts have run: the key is heard
    remedy = page.get_by_label("Sửa thế nào")
    remedy.fill("")
    page.keyboard.press("Control+i")
    sentence = page.get_by_label("Câu trong thư viện")
    expect(sentence).to_be_focused()
    expect(page.get_by_label("Vào ô")).to_have_value("item.0.how")
    sentence.fill(SENTENCE)
    kept.keep(page, "Ctrl+I goes from the box to the library; the letter has begun from the check.")
    axe(page)
    KEYS.press(page.get_by_role("button", name="Chèn câu này"))
    expect(page.get_by_label("Sửa thế nào")).to_have_value(FILLED)
    expect(page.get_by_label("Sửa thế nào")).to_be_focused()
    page.get_by_role("button", name="Xem trước thư").click()
    expect(page.get_by_role("heading", name="Thư sẽ gửi, chưa gửi")).to_be_visible()
    kept.keep(page, "The letter as it will go, the sentence filled for this dossier.")
    axe(page)
    page.locator("#bieu-mau").get_by_role("button", name="Cần gửi thêm", exact=True).click()
    officer.hears()


def sees_what_is_new(officer, code, kept):
    officer.opens_dossier(code)
    asked = officer.page.get_by_role("form", name=f"Kết luận: {PROOF}")
    expect(asked.get_by_role("button", pressed=True)).to_have_count(0)
    expect(officer.page.get_by_role("link", name=PROOF, exact=True)).to_be_visible()
    kept.keep(officer.page, "What came is there to be judged anew.")
    officer.opens_dossier(code, tab="lich-su")
    expect(officer.page.get_by_text("Người nộp gửi thêm").first).to_be_visible()


def asks_again_and_waits(officer, code, kept, axe):
    """The officer's second request is a proposal: nothing reaches the applicant."""
    officer.opens_dossier(code)
    officer.judges(PROOF, "Chưa")
    officer.page.get_by_role("link", name="Cần gửi thêm").click()
    page = officer.page
    page.get_by_label("Chưa được vì sao").fill("Thiếu trang hai.")
    page.get_by_label("Sửa thế nào").fill("Bạn gửi thêm trang hai.")
    page.get_by_label("Căn cứ pháp lý").select_option(label=LAW)
    page.get_by_label("Vì sao lần trước chưa hỏi").fill(WHY_AGAIN)
    kept.keep(page, "A second request says why it was not asked before, and waits for the head.")
    axe(page)
    page.get_by_role("button", name="Đề nghị trưởng phòng cho phép").click()
    officer.hears()


def lets_it_go(head, code, kept, axe):
    head.opens("/ban/bo-sung")
    head.page.get_by_role("link", name=code).click()
    expect(head.page.get_by_text(WHY_AGAIN)).to_be_visible()
    kept.keep(head.page, "The head reads why, and lets it go or not.")
    axe(head.page)
    head.page.get_by_role("button", name="Cho phép gửi").click()
    head.hears()


def puts_the_sentence_away(officer):
    """The city goes on for other journeys as it was."""
    officer.opens("/ban/cau-chu")
    officer.page.get_by_role("link", name=SENTENCE).click()
    officer.page.get_by_role("button", name="Cất câu này, không dùng nữa").click()
    expect(officer.page.get_by_role("link", name=SENTENCE)).to_have_count(0)
