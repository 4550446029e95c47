"""Designers at their pages: a step is changed, looked over, approved, used by new dossiers."""

from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.testing import FOREIGN_BPMN as FOREIGN
from motcua.contexts.identity.testing import a_citizen_account, a_person, own_actor
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.testing import BIRTH, generic_answers
from motcua.contexts.webhooks.testing import an_endpoint
from motcua.kernel import clock
from motcua.kernel.clock import city_date
from motcua.kernel.testing import citizen
from motcua.portals.office.tests.conftest import browser, leaves, post, text_of
from motcua.services.tests.journey import a_birth, hand_in

URL = "/quan-tri/thiet-ke"
CODE = "1.001662"  # groundwater, filed by the generic form; no other test changes it
STEP = "process/step/appraise"


@pytest.fixture
def han(small_city):
    return browser("han")


@pytest.fixture
def duy(small_city):
    return browser("duy")


def begun(client) -> str:
    return post(client, f"{URL}/bat-dau", code=CODE)["Location"]


def autosaved(client, draft, values):
    typed = {name: value for name, value in values.items() if name != "idempotency_key"}
    return post(client, f"{draft}/luu", **typed)


class _Inputs(HTMLParser):
    """What a browser would send of the form of settings."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.select = self.area = ""

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        name = said.get("name") or ""
        if tag == "input" and said.get("type") in {"radio", "checkbox"}:
            self.found.setdefault(name, "")
            if "checked" in said:
                self.found[name] = said["value"]
        elif tag == "input" and name:
            self.found[name] = said.get("value") or ""
        elif tag == "select":
            self.select, self.found[name] = name, ""
        elif tag == "option" and "selected" in said:
            self.found[self.select] = said["value"]
        elif tag == "textarea":
            self.area, self.found[name] = name, ""

    def handle_data(self, data):
        if self.area:
            self.found[self.area] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = ""


def fields_of(answer) -> dict[str, str]:
    form = text_of(answer).split('designer__settings"')[1].split("</form>")[0]
    inputs = _Inputs()
    inputs.feed(form)
    return inputs.found


def hours_in_force() -> float:
    version = procedures.open_version(CODE, city_date(clock.now()))
    return casework.process_table(version.process_id).step("appraise").hours


def test_only_designers_come_in(small_city):
    for name in ("quynh", "bao"):
        assert browser(name).get(URL).status_code == 403
    assert browser("han").get(URL).status_code == 200


def test_hours_are_changed_looked_over_and_approved_by_somebody_else(han, duy):
    before = hours_in_force()
    draft = begun(han)
    opened = han.get(draft, {"muc": STEP})
    values = fields_of(opened) | {"hours": "9", "citizen_text": "Phòng chuyên môn xem hồ sơ."}

    saved = post(han, draft, **values)
    looked = text_of(han.get(f"{draft}/duyet"))
    refused = post(han, f"{draft}/duyet", seen="2", scope="all", start="")
    published = post(duy, f"{draft}/duyet", seen="2", scope="all", start="")

    assert saved.status_code == 303
    assert f"giờ làm việc từ «{before:g}» thành «9»" in looked
    assert refused.status_code == 403
    assert published.status_code == 303
    assert hours_in_force() == 9
    assert leaves("procedures.publish") >= 1


def test_what_two_type_at_once_is_not_lost(han, duy):
    draft = begun(han)
    values = fields_of(han.get(draft, {"muc": STEP}))
    post(duy, draft, **values | {"hours": "7"})

    late = post(han, draft, **values | {"hours": "8", "message": "Hồ sơ đang được xem."})

    assert late.status_code == 409
    page = text_of(late)
    assert "Người khác vừa lưu phần này" in page
    assert "thành «7»" in page
    assert "Hồ sơ đang được xem." in page
    again = post(han, draft, **fields_of(late))
    assert again.status_code == 303
    assert fields_of(han.get(draft, {"muc": STEP}))["hours"] == "8"


def test_what_is_no_number_comes_back_as_it_was_typed(han):
    draft = begun(han)
    values = fields_of(han.get(draft, {"muc": STEP}))

    refused = post(han, draft, **values | {"hours": "nhiều"})

    assert refused.status_code == 422
    assert "Bạn nhập một số" in text_of(refused)
    assert 'value="nhiều"' in text_of(refused)


@pytest.mark.parametrize("number", ["1e999", "nan", "-inf", "nhiều"])
def test_a_condition_on_what_is_no_number_is_answered_not_failed(han, number):
    draft = begun(han)
    first = fields_of(han.get(draft, {"phan": "bieu-mau"}))["path"]
    page = first.split("/question")[0]
    before = procedures.design(draft.rsplit("/", 1)[1]).table["form"]["page"][0]["question"][0]
    new = fields_of(han.get(draft, {"muc": f"{page}/question", "them": "1"}))
    new |= {"key": "depth", "label": "Sâu bao nhiêu mét", "label_en": "How deep", "type": "number"}
    new |= {"show_if_cau": before["key"], "show_if_so": "gt", "show_if_tri": number}

    answer = post(han, draft, **new)

    assert answer.status_code in {303, 422}


@pytest.mark.parametrize("kind", ["ADD", "REMOVE", "UP", "DOWN"])
def test_an_edit_of_nothing_is_refused(han, kind):
    draft = begun(han)

    answer = post(han, draft, path="", do=kind, seen="1")

    assert answer.status_code == 422
    assert procedures.design(draft.rsplit("/", 1)[1]).revision == 1


def test_what_is_typed_is_saved_at_once_and_undone_as_one_change(han):
    draft = begun(han)
    values = fields_of(han.get(draft, {"muc": STEP}))
    before = values["citizen_text"]

    first = autosaved(han, draft, values | {"citizen_text": "Phòng"}).json()
    again = values | {"citizen_text": "Phòng chuyên môn xem.", "seen": first["seen"]}
    second = autosaved(han, draft, again).json()
    kept = fields_of(han.get(draft, {"muc": STEP}))
    post(han, f"{draft}/hoan-tac", seen=second["seen"])

    assert kept["citizen_text"] == "Phòng chuyên môn xem."
    assert fields_of(han.get(draft, {"muc": STEP}))["citizen_text"] == before


def test_who_types_where_another_just_saved_is_told_who_and_keeps_the_page(han, duy):
    draft = begun(han)
    values = fields_of(han.get(draft, {"muc": STEP}))
    post(duy, draft, **values | {"hours": "7"})

    late = autosaved(han, draft, values | {"hours": "8"})

    assert late.json() == {"overtaken": ["Thẩm định hồ sơ"], "who": "Tạ Đức Duy"}
    assert fields_of(han.get(draft, {"muc": STEP}))["hours"] == "7"


def test_what_cannot_be_read_yet_is_not_saved(han):
    draft = begun(han)
    values = fields_of(han.get(draft, {"muc": STEP}))

    assert autosaved(han, draft, values | {"hours": "nhiều"}).status_code == 422

    kept = fields_of(han.get(draft, {"muc": STEP}))
    assert (kept["hours"], kept["seen"]) == (values["hours"], values["seen"])


def test_a_step_comes_in_between_moves_and_goes_again(han):
    draft = begun(han)
    new = fields_of(han.get(draft, {"muc": "process/step", "them": "1", "sau": "appraise"}))
    new |= {"key": "visit", "name": "Xem thực địa", "hours": "4", "seat": "DIVISION"}
    new |= {"role": "CASE_OFFICER", "clock": "RUNS", "citizen_name": "Xem thực địa"}

    added = post(han, draft, **new)
    listed = text_of(han.get(added["Location"]))
    post(han, draft, path="process/step/visit", do="REMOVE", seen="2")
    gone = text_of(han.get(draft))

    assert added.status_code == 303
    assert "Xem thực địa" in listed
    assert "thiếu người dân thấy gì" in listed
    assert "Xem thực địa" not in gone.split('<section class="designer__phone"')[0].split("tabs")[1]


def test_undoing_and_throwing_away(han):
    draft = begun(han)
    values = fields_of(han.get(draft, {"muc": STEP}))
    post(han, draft, **values | {"hours": "7"})

    post(han, f"{draft}/hoan-tac", seen="2")
    assert fields_of(han.get(draft, {"muc": STEP}))["hours"] == values["hours"]
    post(han, f"{draft}/bo")

    assert han.get(draft).status_code == 404


@pytest.mark.parametrize(
    "section", ["quy-trinh", "bieu-mau", "giay-to", "khoan-thu", "thoi-han", "can-cu", "loi"]
)
def test_every_part_has_its_page_its_preview_and_is_saved_unchanged(han, section):
    draft = begun(han)

    answer = han.get(draft, {"phan": section})
    same = post(han, draft, **fields_of(answer))

    assert answer.status_code == 200
    assert "Người dân thấy" in text_of(answer)
    assert same.status_code == 303
    code = draft.rsplit("/", 1)[1]
    assert "Không có gì khác" not in text_of(han.get(f"{draft}/duyet"))  # a table of its own
    assert procedures.design(code).revision == 1


def test_a_question_is_added_with_a_condition_and_shown_on_the_phone(han):
    draft = begun(han)
    first = fields_of(han.get(draft, {"phan": "bieu-mau"}))["path"]
    page = first.split("/question")[0]
    asked = procedures.design(draft.rsplit("/", 1)[1]).table["form"]["page"]
    before = asked[0]["question"][0]["key"]
    new = fields_of(han.get(draft, {"muc": f"{page}/question", "them": "1"}))
    new |= {"key": "depth", "label": "Giếng sâu bao nhiêu mét", "label_en": "How deep is the well"}
    new |= {"type": "number", "show_if_cau": before, "show_if_so": "empty", "show_if_tri": "no"}

    added = post(han, draft, **new)
    shown = text_of(han.get(added["Location"]))
    english = text_of(han.get(added["Location"] + "&tieng=en"))

    assert added.status_code == 303
    assert "Giếng sâu bao nhiêu mét" in shown.split("designer__phone")[1]
    assert "How deep is the well" in english.split("designer__phone")[1]
    table = procedures.design(draft.rsplit("/", 1)[1]).table
    question = table["form"]["page"][0]["question"][-1]
    assert question["show_if"] == {"question": before, "empty": False}


def test_a_trial_in_some_communes_is_widened_and_stopped(han, duy):
    draft = begun(han)
    values = fields_of(han.get(draft, {"muc": STEP}))
    post(han, draft, **values | {"hours": "9"})
    here = f"{URL}/thu-tuc/{CODE}"

    without = post(duy, f"{draft}/duyet", seen="2", scope="some", until="2099-01-01")
    started = post(duy, f"{draft}/duyet", seen="2", scope="some", until="2099-01-01", ward="26740")
    shown = text_of(duy.get(here))
    post(duy, f"{here}/mo-rong", ward="26743")
    wider = text_of(duy.get(here))
    refused = post(han, f"{here}/dung-thu")
    stopped = post(duy, f"{here}/dung-thu")

    assert without.status_code == 422
    assert started.status_code == 303
    assert "Đang thử phiên bản" in shown
    assert "Bến Thành" not in shown.split("Từ ")[0]
    assert "Bến Thành" in wider.split("Từ ")[0]
    assert refused.status_code == 403
    assert stopped.status_code == 303
    assert "Đang thử phiên bản" not in text_of(duy.get(here))


def test_two_versions_are_compared_and_the_way_back_is_open(han, duy):
    draft = begun(han)
    values = fields_of(han.get(draft, {"muc": STEP}))
    post(han, draft, **values | {"hours": "9"})
    post(duy, f"{draft}/duyet", seen="2", scope="all", start="")
    before = values["hours"]

    compared = text_of(duy.get(f"{URL}/thu-tuc/{CODE}"))
    post(duy, f"{URL}/thu-tuc/{CODE}/quay-lai")

    assert f"giờ làm việc từ «{before}» thành «9»" in compared
    assert f"{hours_in_force():g}" == before


def test_a_sample_dossier_runs_through_a_draft_and_writes_nothing(han):
    draft = begun(han)

    start = text_of(han.get(f"{draft}/chay-thu"))
    waits = text_of(han.get(f"{draft}/chay-thu", {"chon": "receive,assign,supplement"}))
    ended = text_of(han.get(f"{draft}/chay-thu", {"chon": "decline"}))
    wrong = han.get(f"{draft}/chay-thu", {"chon": "issue"})

    assert "Không có ngõ cụt" in start
    assert "Đồng hồ tiếp nhận chạy" in start
    assert "Người nộp gửi thêm" in waits
    assert "Dừng chờ người nộp" in waits
    assert "Hồ sơ đã kết thúc." in ended
    assert wrong.status_code == 422
    assert "không có thao tác" in text_of(wrong)


def test_a_diagram_goes_out_and_comes_back_without_a_loss(han):
    draft = begun(han)
    before = procedures.design(draft.rsplit("/", 1)[1]).table["process"]["step"]
    exported = han.get(f"{draft}/quy-trinh.bpmn").content
    drawn = text_of(han.get(f"{draft}/so-do"))

    sent = post(han, f"{draft}/so-do", seen="1", bpmn=a_file(exported))

    assert sent.status_code == 303
    assert drawn.count("diagram__box--step") == len(before)
    after = procedures.design(draft.rsplit("/", 1)[1]).table["process"]
    own = {"key": "x", "name": "x"}
    assert casework.parse_table(own | {"step": after["step"]}) == casework.parse_table(
        own | {"step": before}
    )


def test_a_foreign_diagram_says_what_it_lacks_and_a_bad_file_is_refused(han):
    draft = begun(han)

    bad = post(han, f"{draft}/so-do", seen="1", bpmn=a_file(b"<!DOCTYPE a><a/>"))
    none = post(han, f"{draft}/so-do", seen="1")
    foreign = post(han, f"{draft}/so-do", seen="1", bpmn=a_file(FOREIGN.encode()))

    assert bad.status_code == 422
    assert "DOCTYPE" in text_of(bad)
    assert none.status_code == 422
    assert "không ghi giờ làm việc" in text_of(foreign)
    assert "thiếu người dân cần làm gì" in text_of(han.get(draft))


def a_file(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("quy-trinh.bpmn", data, content_type="application/xml")


def test_what_is_concerned_is_counted_down_to_the_unit(han, duy):
    a_dossier(CODE)
    version = procedures.open_version(CODE, city_date(clock.now())).id
    here = f"{URL}/thu-tuc/{CODE}/tac-dong"

    whole = text_of(han.get(here))
    steps = text_of(han.get(here, {"ban": str(version)}))
    units = text_of(han.get(here, {"ban": str(version), "buoc": "receive"}))
    looked = text_of(han.get(f"{begun(han)}/duyet"))

    assert "1 hồ sơ đang mở" in whole
    assert "theo bước" in steps
    assert "theo đơn vị" in units
    assert "1 hồ sơ đang mở" in looked


def test_programs_that_hear_of_its_dossiers_are_named(han):
    actor = own_actor(a_citizen_account(), now=clock.now())
    a_birth(actor, now=clock.now())
    an_endpoint("http://127.0.0.1:9/tin", actor, now=clock.now())

    theirs = text_of(han.get(f"{URL}/thu-tuc/{BIRTH}/tac-dong"))
    another = text_of(han.get(f"{URL}/thu-tuc/{CODE}/tac-dong"))

    assert "127.0.0.1" in theirs
    assert "127.0.0.1" not in another


def a_dossier(code: str) -> None:
    applicant = citizen(person=a_person().id)
    answers = generic_answers(procedures.open_version(code, city_date(clock.now())))
    hand_in(code, answers, applicant, now=clock.now())


@pytest.mark.parametrize("do", ["ADD", "REMOVE", "UP", "DOWN"])
@pytest.mark.parametrize("path", ["", "name", "#0", "process/#1", "process/step/#0/name/#1"])
def test_an_edit_of_a_place_that_is_no_item_is_never_a_failure(han, do, path):
    draft = begun(han)

    answer = post(han, draft, path=path, do=do, key="thu", seen="1")

    assert answer.status_code in {303, 422}
    assert han.get(draft).status_code == 200
