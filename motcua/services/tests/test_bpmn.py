"""Every process of the city, exported, is run to each of its ends by an independent engine."""

import io

import pytest
from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import ENDS, ActionKind, ProcessTable
from motcua.contexts.casework.models import ProcessDefinition

pytestmark = pytest.mark.usefixtures("small_city")
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ASIDE = {ActionKind.SUPPLEMENT, ActionKind.OBLIGATION, ActionKind.CONSULT}


def exported() -> list[tuple[ProcessTable, str]]:
    ids = ProcessDefinition.objects.order_by("key", "number").values_list("id", flat=True)
    return [(casework.process_table(process), casework.bpmn_of(process)) for process in ids]


def parsed(table: ProcessTable, xml: str) -> BpmnWorkflow:
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.parse(io.BytesIO(xml.encode())))
    (key,) = parser.get_process_ids()
    return BpmnWorkflow(parser.get_spec(key))


def way_to(table: ProcessTable, step: str, ending: str) -> dict[str, str]:
    """The action to choose at each step: straight on to the step, then its ending."""
    chosen = {}
    for one in table.steps:
        onward = [a.key for a in one.actions if a.to and a.kind is not ActionKind.RETURN]
        chosen[one.key] = onward[0] if onward else one.actions[0].key
    return chosen | {step: ending}


def run(workflow: BpmnWorkflow, chosen: dict[str, str]) -> bool:
    for _ in range(100):
        workflow.do_engine_steps()
        ready = workflow.get_tasks(state=TaskState.READY, manual=True)
        if not ready:
            break
        name = (ready[0].task_spec.bpmn_id or "").removeprefix("step_")
        if name in chosen:
            ready[0].data[f"{name}_action"] = chosen[name]
        ready[0].run()
    return workflow.completed


def test_there_are_the_processes_of_the_repository():
    assert len({table.key for table, _ in exported()}) >= 11


def test_every_ending_of_every_process_is_reached():
    for table, xml in exported():
        for step in table.steps:
            for action in step.actions:
                if action.kind in ENDS:
                    chosen = way_to(table, step.key, action.key)
                    assert run(parsed(table, xml), chosen), (table.key, step.key, action.key)


def test_every_step_and_action_is_drawn_and_leads_somewhere():
    for table, xml in exported():
        process = etree.fromstring(xml.encode()).find(f"{BPMN}process")
        nodes = {node.get("id") for node in process if node.tag != f"{BPMN}sequenceFlow"}
        flows = process.findall(f"{BPMN}sequenceFlow")

        assert {f"step_{step.key}" for step in table.steps} <= nodes
        assert all(f.get("sourceRef") in nodes and f.get("targetRef") in nodes for f in flows)
        for step in table.steps:
            ways = [f for f in flows if f.get("sourceRef") == f"gate_{step.key}"]
            assert len(ways) == len(step.actions)
            aside = [a for a in step.actions if a.kind in ASIDE]
            back = [f for f in flows if f.get("targetRef") == f"step_{step.key}"]
            assert len([f for f in back if f.get("sourceRef").startswith("side_")]) == len(aside)


def test_every_process_of_the_city_is_read_back_as_it_was_exported():
    for table, xml in exported():
        read = casework.read_bpmn(xml.encode())

        assert casework.parse_table(read.table) == table
        assert read.left_out == ()
