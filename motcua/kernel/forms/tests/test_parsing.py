"""Reading forms: what parses, and what each complaint says."""

import json

import pytest

from motcua.kernel.forms import FormFault, form_table, parse_form, to_json_schema


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


def test_a_form_without_pages_is_refused():
    assert complaints({}) == ["page: biểu mẫu chưa có trang; thêm [[page]]"]


def test_the_json_schema_names_types_and_conditions():
    schema = to_json_schema(parse_form(BIRTH), language="en")

    assert schema["required"] == ["child_name", "born_on", "sex", "married"]
    assert schema["properties"]["sex"]["enum"] == ["nam", "nu"]
    assert schema["properties"]["marriage_no"]["x-show-if"] == {"question": "married", "is": "yes"}
    assert schema["properties"]["siblings"]["items"]["required"] == ["name", "alive"]
    assert schema["additionalProperties"] is False
