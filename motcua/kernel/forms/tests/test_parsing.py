"""Reading forms: what parses, and what each complaint says."""

import json
from datetime import date

import pytest

from motcua.kernel.forms import FieldType, FormFault, form_table, parse_form, to_json_schema


def a_form_table(**changes):
    question = {"key": "q", "label": "Hỏi", "type": "text"} | changes
    return {"page": [{"key": "p", "title": "Trang", "question": [question]}]}


def complaints(table):
    with pytest.raises(FormFault) as fault:
        parse_form(table)
    return [str(c) for c in fault.value.complaints]


BIRTH = {
    "page": [
        {
            "key": "child",
            "title": "Thông tin của trẻ",
            "title_en": "About the child",
            "question": [
                {"key": "child_name", "label": "Họ và tên trẻ", "type": "person_name"},
                {"key": "born_on", "label": "Ngày sinh", "type": "date", "max": "today"},
                {
                    "key": "sex",
                    "label": "Giới tính",
                    "type": "choice",
                    "options": [
                        {"value": "nam", "label": "Nam", "label_en": "Male"},
                        {"value": "nu", "label": "Nữ"},
                    ],
                },
            ],
        },
        {
            "key": "parents",
            "title": "Cha mẹ",
            "question": [
                {"key": "married", "label": "Đã kết hôn?", "type": "yes_no"},
                {
                    "key": "marriage_no",
                    "label": "Số giấy kết hôn",
                    "type": "text",
                    "show_if": {"question": "married", "is": "yes"},
                },
                {
                    "key": "siblings",
                    "label": "Anh chị em",
                    "type": "group",
                    "required": False,
                    "max": 3,
                    "field": [
                        {"key": "name", "label": "Họ tên", "type": "person_name"},
                        {"key": "alive", "label": "Còn sống?", "type": "yes_no"},
                        {
                            "key": "died_on",
                            "label": "Ngày mất",
                            "type": "date",
                            "show_if": {"question": "alive", "is": "no"},
                        },
                    ],
                },
            ],
        },
    ]
}


def test_a_whole_form_parses_and_comes_back_equal_through_json():
    form = parse_form(BIRTH)

    again = parse_form(json.loads(json.dumps(form_table(form))))

    assert again == form
    assert [p.key for p in form.pages] == ["child", "parents"]
    assert form.question("sex").option("nam").label_in("en") == "Male"
    assert form.question("child_name").label_in("en") == "Họ và tên trẻ"


def test_the_complaint_names_path_fault_and_remedy():
    [complaint] = complaints(a_form_table(type="txt"))

    assert complaint.startswith("page[p].question[q]: «type» 'txt' lạ; dùng: text, long_text,")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"key": "Không Dấu"}, "«key» phải là chữ thường"),
        ({"label": " "}, "thiếu «label»"),
        ({"requred": True}, "không có thuộc tính «requred»"),
        ({"type": "choice"}, "câu chọn cần «options»"),
        ({"options": [{"value": "a", "label": "A"}]}, "không có «options»"),
        ({"type": "group"}, "«group» cần [[page.question.field]]"),
        ({"min": 3}, "không có «min», «max»"),
        ({"type": "number", "min": "today"}, "giới hạn sai kiểu"),
        ({"type": "date", "max": "mai"}, "phải là số, ngày"),
        ({"prefill": "population"}, "sổ.trường"),
        ({"data_class": "SECRET"}, "«data_class» 'SECRET' lạ"),
        ({"required": "có"}, "true hoặc false"),
        ({"type": "address", "anywhere": "có"}, "true hoặc false"),
        ({"anywhere": True}, "chỉ kiểu address có «anywhere»"),
        ({"max_length": 0}, "số nguyên dương"),
        ({"show_if": {"question": "later", "is": "x"}}, "«later» chưa có ở phía trước"),
        ({"show_if": {"question": "q", "like": "x"}}, "đúng một phép so"),
        ({"show_if": "married"}, "điều kiện phải là một bảng"),
    ],
)
def test_each_fault_has_its_sentence(changes, words):
    assert any(words in c for c in complaints(a_form_table(**changes)))


def test_all_faults_come_together():
    table = {"pages": [], "page": [{"key": "p", "title": "", "question": [{"key": "q"}]}]}

    said = complaints(table)

    assert len(said) == 4
    assert any("«pages»" in c for c in said)


def test_the_same_key_twice_is_refused():
    table = a_form_table()
    table["page"][0]["question"] *= 2

    assert "đã dùng ở" in complaints(table)[0]


def test_a_condition_cannot_ask_for_an_impossible_option():
    table = json.loads(json.dumps(BIRTH))
    table["page"][1]["show_if"] = {"question": "sex", "is": "male"}

    assert complaints(table) == ["page[parents].show_if: «sex» không có lựa chọn 'male'"]


def test_digits_and_usual_answers_come_back_equal_and_belong_to_text():
    table = {"key": "year", "label": "Năm sinh", "type": "text", "digits": [4, 4]}
    table |= {"suggestions": ["1960"]}

    form = parse_form({"page": [{"key": "p", "title": "Trang", "question": [table]}]})

    assert parse_form(form_table(form)) == form
    assert to_json_schema(form)["properties"]["year"]["pattern"] == r"^\d{4,4}$"
    for wrong in ({"digits": [4]}, {"digits": [5, 4]}, {"suggestions": [1]}, {"type": "date"}):
        with pytest.raises(FormFault):
            parse_form({"page": [{"key": "p", "title": "Trang", "question": [table | wrong]}]})


def test_a_form_without_pages_is_refused():
    assert complaints({}) == ["page: biểu mẫu chưa có trang; thêm [[page]]"]


def test_the_json_schema_names_types_and_conditions():
    schema = to_json_schema(parse_form(BIRTH), language="en")

    assert schema["required"] == ["child_name", "born_on", "sex", "married"]
    assert schema["properties"]["sex"]["enum"] == ["nam", "nu"]
    assert schema["properties"]["marriage_no"]["x-show-if"] == {"question": "married", "is": "yes"}
    assert schema["properties"]["siblings"]["items"]["required"] == ["name", "alive"]
    assert schema["additionalProperties"] is False


def test_every_type_has_its_json_schema():
    options = [{"value": "a", "label": "A"}]
    extra = {
        "choice": {"options": options},
        "multi_choice": {"options": options},
        "group": {"field": [{"key": "x", "label": "X", "type": "text"}]},
        "number": {"min": 1, "max": 5, "help": "Ghi số", "example": "3"},
        "date": {"prefill": "population.born_on"},
        "address": {"anywhere": True},
    }
    questions = [
        {"key": f"q_{kind}", "label": kind, "type": kind, **extra.get(kind, {})}
        for kind in FieldType
    ]
    questions.append(
        {"key": "ward", "label": "W", "type": "choice", "choices_from": "communes", "help": "H"}
    )
    form = parse_form({"page": [{"key": "p", "title": "T", "question": questions}]})

    properties = to_json_schema(form)["properties"]

    assert properties["q_yes_no"]["type"] == "boolean"
    assert properties["q_declaration"]["const"] is True
    assert (properties["q_number"]["minimum"], properties["q_number"]["maximum"]) == (1, 5)
    assert properties["q_number"]["description"] == "Ghi số"
    assert properties["q_date"]["x-prefill"] == "population.born_on"
    assert properties["q_email"]["format"] == "email"
    assert properties["q_address"]["required"] == ["ward", "street"]
    assert properties["q_address"]["x-anywhere"] is True
    assert properties["q_multi_choice"]["items"]["enum"] == ["a"]
    assert properties["ward"]["x-choices-from"] == "communes"
    assert properties["q_phone"]["pattern"].startswith("^0")
    assert parse_form(form_table(form)) == form


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"type": "number", "min": date(2026, 1, 1)}, "giới hạn sai kiểu"),
        ({"show_if": {"question": "q0", "is": "perhaps"}}, 'dùng "yes" hoặc "no"'),
        ({"show_if": {"question": "q0", "gt": 1}}, "không so lớn nhỏ được"),
        ({"type": "choice", "options": [{"value": "a", "label": "A"}] * 2}, "lặp lại"),
        ({"options": "a"}, "phải là một danh sách bảng"),
        ({"help": 3}, "phải là chữ trong dấu nháy"),
    ],
)
def test_more_faults_have_their_sentence(changes, words):
    table = a_form_table(**changes)
    table["page"][0]["question"].insert(0, {"key": "q0", "label": "Có?", "type": "yes_no"})

    assert any(words in c for c in complaints(table)), complaints(table)


def test_groups_are_one_deep_and_pages_have_questions():
    inner = {"key": "g", "label": "G", "type": "group", "field": [{"key": "x"}]}
    table = a_form_table(type="group", field=[inner])
    table["page"].append({"key": "empty", "title": "Trống"})

    said = complaints(table)

    assert any("nhóm không chứa nhóm khác" in c for c in said)
    assert any("trang chưa có câu hỏi" in c for c in said)


def test_pages_speak_the_language_asked():
    form = parse_form(BIRTH)

    assert form.page("child").title_in("en") == "About the child"
    assert form.page("parents").title_in("en") == "Cha mẹ"
    assert form.page("child").help_in("vi") == ""
    assert form.question("sex").help_in("en") == ""
    assert form.page("none") is None
