"""A diagram becomes a table again: ours as it was, a foreign one with everything named."""

import copy

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.contexts.casework import public
from motcua.contexts.casework.contracts import ActionKind, BpmnRefused
from motcua.contexts.casework.testing import BPMN_HEAD as HEAD
from motcua.contexts.casework.testing import FOREIGN_BPMN as FOREIGN
from motcua.contexts.casework.testing import a_table


def table_of(data: dict) -> public.ProcessTable:
    return public.parse_table(data)


def test_what_was_exported_is_read_back_as_it_was():
    table = table_of(a_table())

    read = public.read_bpmn(public.bpmn_of_table(table).encode())

    assert table_of(read.table) == table
    assert read.left_out == ()


@given(
    st.integers(0, 4),
    st.floats(0.5, 200).map(lambda number: round(number, 2)),
    st.text("aăâêôơưđ <>&\"'áàảãạ", min_size=1, max_size=30).filter(str.strip),
    st.booleans(),
)
@settings(max_examples=40, deadline=None)
def test_any_words_and_hours_go_out_and_come_back(place, hours, words, invented):
    data = copy.deepcopy(a_table())
    step = data["step"][place % len(data["step"])]
    step |= {"hours": hours, "name": " ".join(words.split()), "citizen_text": words}
    step |= {"message": words, "citizen_do_en": words, "clock": "RUNS"}
    step["action"][0]["label"] = " ".join(words.split())
    table = table_of(data | {"invented": invented})

    assert table_of(public.read_bpmn(public.bpmn_of_table(table).encode()).table) == table


def test_a_diagram_of_another_editor_becomes_steps_seats_and_actions():
    read = public.read_bpmn(FOREIGN.encode())

    table = table_of(read.table)
    receive, appraise, compare, give_back = table.steps
    assert [step.name for step in table.steps] == [
        "Tiếp nhận", "Thẩm định", "Đối chiếu dữ liệu", "Trả kết quả",
    ]  # fmt: skip
    assert (receive.role, appraise.role, give_back.role) == (
        "RECEIVER", "CASE_OFFICER", "RETURNER",
    )  # fmt: skip
    assert {a.label: a.kind for a in receive.actions} == {
        "Đủ": ActionKind.MOVE, "Không đủ": ActionKind.DECLINE,
    }  # fmt: skip
    assert {a.label: (a.kind, a.to) for a in appraise.actions} == {
        "Cần gửi thêm": (ActionKind.SUPPLEMENT, ""),
        "Đạt": (ActionKind.MOVE, compare.key),
        "Trả lại": (ActionKind.RETURN, receive.key),
    }
    assert [(a.kind, a.status) for a in compare.actions] == [(ActionKind.ISSUE, 9)]
    assert [a.kind for a in give_back.actions] == [ActionKind.RETURN_RESULT]


@pytest.mark.parametrize("name", ["Đối chiếu dữ liệu", "Quá hạn", "a1", "Tổ thẩm tra"])
def test_whatever_has_no_place_in_a_table_is_named(name):
    read = public.read_bpmn(FOREIGN.encode())

    assert any(name in line for line in read.left_out)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "XML"),
        (b"khong phai xml", "XML"),
        (b"<a/>", "BPMN 2.0"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "DOCTYPE"),
        (b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "DOCTYPE"),
        ((HEAD + "<bpmn:process id='p'/></bpmn:definitions>").encode(), "bắt đầu"),
        (b" " * 1_000_001, "1 MB"),
        ((HEAD + "<a/>" * 4_001 + "</bpmn:definitions>").encode(), "quá nhiều"),
    ],
)
def test_what_is_no_diagram_is_refused_with_a_reason(data, said):
    with pytest.raises(BpmnRefused, match=said):
        public.read_bpmn(data)


def test_lanes_say_who_works():
    root = fromstring(public.bpmn_of_table(table_of(a_table())))

    lanes = root.findall(".//{*}lane")
    named = {ref.text for lane in lanes for ref in lane.findall("{*}flowNodeRef")}

    assert named == {f"step_{step['key']}" for step in a_table()["step"]}


def test_the_drawing_has_a_box_for_every_step_and_an_arrow_for_every_action():
    table = table_of(a_table())

    drawing = public.drawn(table)

    boxes = {box.key for box in drawing.boxes}
    assert {step.key for step in table.steps} <= boxes
    assert len(drawing.arrows) == sum(len(step.actions) for step in table.steps)
    assert all(box.x + box.wide <= drawing.wide for box in drawing.boxes)


def drawing(*inside: str) -> bytes:
    return (
        f'{HEAD}<bpmn:process id="p">{"".join(inside)}</bpmn:process></bpmn:definitions>'.encode()
    )


def flow(number: int, source: str, target: str, inside: str = "") -> str:
    named = f'id="f{number}" sourceRef="{source}" targetRef="{target}"'
    return f"<bpmn:sequenceFlow {named}>{inside}</bpmn:sequenceFlow>"


def test_gateways_that_multiply_the_ways_are_refused_at_once():
    gates = 40
    parts = ['<bpmn:startEvent id="s"/><bpmn:task id="t"/><bpmn:endEvent id="e"/>']
    parts += [f'<bpmn:exclusiveGateway id="g{n}"/>' for n in range(gates + 1)]
    parts += [flow(n, f"g{n // 2}", f"g{n // 2 + 1}") for n in range(2 * gates)]
    parts += [flow(900, "s", "t"), flow(901, "t", "g0"), flow(902, f"g{gates}", "e")]

    with pytest.raises(BpmnRefused, match="quá nhiều lối ra"):
        public.read_bpmn(drawing(*parts))


def test_a_diagram_of_more_tasks_than_a_table_holds_is_refused_at_once():
    tasks = 1_500
    parts = ['<bpmn:startEvent id="s"/>']
    parts += [f'<bpmn:task id="t{n}" name="Việc"/>{flow(n, "s", f"t{n}")}' for n in range(tasks)]

    with pytest.raises(BpmnRefused, match="hơn 120 việc"):
        public.read_bpmn(drawing(*parts))


@pytest.mark.parametrize("said", ['status="chín"', 'status="99999999999"', 'status="-1"'])
def test_a_status_that_is_none_is_left_to_be_chosen(said):
    ours = 'xmlns:m="urn:motcua:bpmn"'
    told = f"<bpmn:extensionElements><m:action {ours} {said}/></bpmn:extensionElements>"
    read = public.read_bpmn(
        drawing(
            '<bpmn:startEvent id="s"/><bpmn:task id="t"/><bpmn:endEvent id="e"/>',
            flow(1, "s", "t"),
            flow(2, "t", "e", told),
        )
    )

    [action] = read.table["step"][0]["action"]
    assert "status" not in action
