"""Tables of steps: what may be published, and that an independent engine accepts the export."""

import copy
import io

import pytest
from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from motcua.contexts.casework.contracts import ProcessMalformed
from motcua.contexts.casework.rules.bpmn import to_bpmn
from motcua.contexts.casework.rules.process import parse_table, straight_hours, straight_path
from motcua.contexts.casework.testing import a_table


def test_a_sound_table_is_read():
    table = parse_table(a_table())

    assert [step.key for step in straight_path(table)] == [
        "receive",
        "appraise",
        "sign",
        "issue",
        "return",
    ]
    assert straight_hours(table) == 10


def broken(change):
    table = copy.deepcopy(a_table())
    change(table["step"])
    return table


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda steps: steps[0]["action"][0].update(to="nowhere"), "bước không có"),
        (lambda steps: steps[1].update(citizen_text=""), "lời giải thích cho người dân"),
        (lambda steps: steps[2].update(action=[]), "không có thao tác"),
        (lambda steps: steps.append(copy.deepcopy(steps[1])), "xuất hiện hai lần"),
        (
            lambda steps: steps[1]["action"].append(
                {"key": "back", "label": "x", "kind": "RETURN", "to": "sign"}
            ),
            "phải chỉ tới bước trước",
        ),
        (
            lambda steps: steps[-1].update(
                action=[{"key": "again", "label": "x", "kind": "MOVE", "to": "return"}]
            ),
            "tới kết thúc",
        ),
        (lambda steps: steps[0].update(role="KING"), "KING"),
    ],
)
def test_a_table_that_could_strand_a_case_is_refused(change, complaint):
    with pytest.raises(ProcessMalformed, match=complaint):
        parse_table(broken(change))


def test_an_independent_engine_accepts_the_export_and_reaches_its_end():
    xml = to_bpmn(parse_table(a_table()))
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.parse(io.BytesIO(xml.encode())))
    workflow = BpmnWorkflow(parser.get_spec("thu"))
    choices = {
        "step_receive": "receive",
        "step_appraise": "propose",
        "step_sign": "sign",
        "step_issue": "issue",
        "step_return": "return_result",
    }

    for _ in range(40):
        workflow.do_engine_steps()
        ready = workflow.get_tasks(state=TaskState.READY, manual=True)
        if not ready:
            break
        name = ready[0].task_spec.bpmn_id
        ready[0].data[f"{name.removeprefix('step_')}_action"] = choices[name]
        ready[0].run()

    assert workflow.completed
