"""The linter: what blocks publishing, each with its sentence."""

import pytest

from motcua.contexts.procedures.contracts import DefinitionFault, Severity
from motcua.contexts.procedures.public import findings_for, parse_definition
from motcua.contexts.procedures.testing import (
    a_definition,
    a_definition_table,
    a_form_table,
    a_process_table,
)

FROM_PAGE_2 = {"from_page": 2, "amount": 1}


def errors(**changes):
    found = findings_for(a_definition(**changes))
    return [str(f) for f in found if f.severity is Severity.ERROR]


def question(**changes):
    form = a_form_table()
    form["page"][0]["question"].append(
        {"key": "reason", "label": "Lý do", "label_en": "Reason", "type": "text"} | changes
    )
    return form


def test_the_sample_has_no_error():
    assert errors() == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"form": question(key="my_address")}, "dữ liệu dân cư đã có"),
        ({"form": question(prefill="population.shoe_size")}, "Không có sổ nào"),
        ({"form": question(evidence="giay_la")}, "trỏ tới giấy tờ «giay_la»"),
        ({"form": question(label="Kê khai lý do")}, "Không dùng «Kê khai»"),
        ({"form": question(help="Vui lòng ghi!", help_en="x")}, "dấu chấm than"),
        ({"form": question(help="Vui lòng ghi", help_en="x")}, "Không dùng «Vui lòng»"),
        ({"form": question(label="LÝ DO XIN CẤP")}, "viết hoa cả cụm"),
        ({"form": question(label_en="")}, "label_en"),
        ({"form": question(help="Ghi ngắn")}, "help_en"),
        ({"name_en": ""}, "tên tiếng Anh"),
        ({"texts": {"vi": {"for_whom": "A", "steps": ["B"]}}}, "không cùng các mục"),
        ({"levels": []}, "Chưa ghi cấp thực hiện"),
        ({"agency_key": ""}, "Chưa ghi cơ quan"),
        ({"online": "PARTIAL"}, "phải công bố lý do"),
        ({"duration": []}, "Chưa có thời hạn"),
        ({"duration": [{"unit": "HOUR", "value": 2}]}, "dài hơn thời hạn 2 giờ"),
        ({"duration": [{"unit": "HOUR", "value": 0}]}, "lớn hơn 0"),
        ({"duration": [{"unit": "HOUR", "value": 8}] * 2}, "trùng thời gian"),
        ({"fee": []}, "Chưa nói về phí"),
        ({"fee": [{"kind": "PHI", "rule": "FIXED"}]}, "cần «amount»"),
        ({"fee": [{"kind": "PHI", "rule": "FIXED", "amount": 0}]}, "Số tiền 0"),
        ({"fee": [{"kind": "PHI", "rule": "FREE", "amount": 5}]}, "không có số tiền"),
        ({"fee": [{"kind": "PHI", "rule": "HDND_TABLE"}]}, "cần một câu ở «text»"),
        (
            {"component": [{"key": "cccd", "name": "CCCD", "replaced_by": "population"}]},
            "không được bắt nộp",
        ),
        (
            {"component": [{"key": "a", "name": "A", "applies_if": {"question": "x", "is": "y"}}]},
            "biểu mẫu không có câu này",
        ),
        ({"process": None}, "Chưa có quy trình"),
    ],
)
def test_each_fault_blocks_with_its_sentence(changes, words):
    assert any(words in sentence for sentence in errors(**changes)), errors(**changes)


def test_a_step_without_citizen_text_blocks():
    process = a_process_table()
    process["step"][0]["citizen_text"] = ""

    assert any("lời giải thích cho người dân" in e for e in errors(process=process))


def test_a_step_without_a_post_blocks():
    process = a_process_table()
    del process["step"][0]["role"]

    assert any("process" in e for e in errors(process=process))


def test_half_open_periods_of_a_time_limit_may_follow_each_other():
    limits = [
        {"unit": "WORKING_DAY", "value": 15, "valid_to": "2026-07-01", "verified": True},
        {"unit": "WORKING_DAY", "value": 7, "valid_from": "2026-07-01", "verified": True},
    ]

    assert errors(duration=limits) == []


def test_a_definition_complains_with_path_fault_and_remedy():
    table = a_definition_table(code="birth", levels=["WARD"], agency="X")
    table["fee"] = [{"kind": "PHI", "rule": "SOMETIMES"}]
    table["duration"] = [{"unit": "WEEK", "channel": "FAX"}]

    with pytest.raises(DefinitionFault) as fault:
        parse_definition(table)

    said = [str(complaint) for complaint in fault.value.complaints]
    assert len(said) == 7
    assert said[0].startswith("procedure: không có thuộc tính «agency»")
    assert any("'birth' không phải mã thủ tục" in s for s in said)
    assert any("fee[0].rule: 'SOMETIMES' lạ; dùng: FREE, FIXED" in s for s in said)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"legal": []}, "Chưa có căn cứ pháp lý"),
        ({"component": []}, "Chưa có giấy tờ nào"),
        ({"form": {}}, "chưa có biểu mẫu"),
        ({"duration": [{"unit": "RULE_TEXT", "text": "Theo luật"}]}, "không có ngày hẹn trả"),
        ({"duration": [{"unit": "HOUR", "value": 8}]}, "Thời hạn chưa đối chiếu"),
        ({"fee": [{"kind": "PHI", "rule": "FIXED", "amount": 1}]}, "Mức thu chưa đối chiếu"),
        ({"fee": [{"kind": "PHI", "rule": "PER_PAGE", "amount": 1}]}, "không hỏi «pages»"),
        ({"form": question(help="rất " * 31, help_en="x")}, "Câu dài 31 chữ"),
    ],
)
def test_doubts_are_said_but_do_not_block(changes, words):
    found = findings_for(a_definition(**changes))

    warnings = [str(f) for f in found if f.severity is Severity.WARNING]
    assert any(words in sentence for sentence in warnings), warnings


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"duration": [{"unit": "HOUR", "value": 9, "applies_if": {}}]}, "cần «question»"),
        (
            {
                "duration": [
                    {"unit": "HOUR", "value": 9, "applies_if": {"question": "copies", "gt": 1}}
                ]
            },
            "cần tên trường hợp",
        ),
        (
            {
                "fee": [
                    {"kind": "PHI", "rule": "PER_PAGE", "tiers": [{"from_page": 2, "amount": 1}]}
                ]
            },
            "bắt đầu từ trang 1",
        ),
        ({"form": question(type="choice", options=[{"value": "a", "label": "A"}])}, "lựa chọn"),
        ({"texts": {"vi": {}, "en": {}}}, "Thiếu lời cho người dân"),
        (
            {
                "texts": {
                    "vi": {"for_whom": "A", "steps": ["B"], "messages": {"receive": "C"}},
                    "en": {"for_whom": "A", "steps": ["B"]},
                }
            },
            "Chỉ có ở một trong hai tiếng",
        ),
        (
            {
                "texts": {
                    "vi": {
                        "for_whom": "A",
                        "steps": ["B"],
                        "eligibility": [{"question": "Kê khai chưa?"}],
                    },
                    "en": {"for_whom": "A", "steps": ["B"], "eligibility": [{"question": "?"}]},
                }
            },
            "Không dùng «Kê khai»",
        ),
        ({"component": [{"key": "a", "name": "A"}] * 2}, "lặp lại"),
        ({"component": ["to_khai"]}, "phải là một bảng"),
        ({"component": "to_khai"}, "phải là một danh sách bảng"),
        ({"component": [{"key": "a", "name": "A", "originals": -1}]}, "số nguyên không âm"),
        ({"component": [{"key": "a", "name": "A", "required": "có"}]}, "true hoặc false"),
        ({"duration": [{"unit": "HOUR", "value": -1}]}, "số không âm"),
        ({"fee": [{"kind": "PHI", "rule": "PER_PAGE", "tiers": [{"amount": 1}]}]}, "from_page"),
        ({"valid_from": "2026-13-01"}, "phải là ngày"),
        ({"valid_from": "mai"}, "phải là ngày"),
        ({"name": 3}, "phải là chữ"),
        ({"keywords": [3]}, "phải là danh sách chữ"),
        ({"life_events": ["ket_hon"]}, "«ket_hon» lạ"),
        ({"partial_reason": "LAZY"}, "'LAZY' lạ"),
        ({"texts": "vi"}, "hai bảng [vi] và [en]"),
        ({"form": {"page": []}}, "chưa có trang"),
        (
            {"texts": {"vi": {"eligibility": [{"question": "?", "pass": "maybe"}]}}},
            '«pass» phải là "yes" hoặc "no"',
        ),
    ],
)
def test_every_slip_in_a_file_is_refused_somewhere(changes, words):
    try:
        said = errors(**changes)
    except DefinitionFault as fault:
        said = [str(complaint) for complaint in fault.complaints]

    assert any(words in sentence for sentence in said), said


def test_a_partial_service_that_says_why_is_sound():
    definition = a_definition(online="PARTIAL", partial_reason="PRESENCE", valid_from="2026-07-01")

    assert definition.partial_reason == "PRESENCE"
    assert errors(online="PARTIAL", partial_reason="PRESENCE", keywords="khai sinh") == []


def test_a_form_of_fees_by_page_without_tiers_multiplies():
    table = a_definition_table(fee=[{"kind": "PHI", "rule": "PER_PAGE", "amount": 500}])

    assert parse_definition(table).fees[0].amount == 500
