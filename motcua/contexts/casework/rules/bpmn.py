"""BPMN 2.0 export: the table of steps as an executable process other engines accept.

One user task per step, one exclusive gateway behind it that branches on the data object
`<step>_action`; CONSULT is a parallel multi-instance user task, SUPPLEMENT and OBLIGATION are
user tasks of the party that lead back to the step. Who works is drawn as lanes. What BPMN has no
word for stands in extension elements, so that the same table is read back (`bpmn_reading`);
where it all stands on paper is `bpmn_diagram`.
Standard: OMG BPMN 2.0.2 (formal/13-12-09).
"""

from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from motcua.contexts.casework.contracts import (
    ENDS,
    ActionKind,
    ProcessTable,
    Seat,
    Step,
    StepAction,
)
from motcua.contexts.casework.rules.bpmn_diagram import MODEL, add_diagram
from motcua.kernel.actors import ROLE_NAMES

XSI = "http://www.w3.org/2001/XMLSchema-instance"
OURS = "urn:motcua:bpmn"
SEATS = {
    Seat.RECEIVING: "Bộ phận tiếp nhận",
    Seat.DIVISION: "Phòng chuyên môn",
    Seat.AUTHORITY: "Cơ quan có thẩm quyền",
    Seat.RETURNING: "Bộ phận trả kết quả",
}
STEP_TEXTS = (
    *("citizen_name", "citizen_name_en", "citizen_text", "citizen_text_en"),
    *("citizen_do", "citizen_do_en", "message", "message_en", "visit"),
)
_PARTY = {ActionKind.SUPPLEMENT: "Người nộp gửi thêm", ActionKind.OBLIGATION: "Người nộp trả tiền"}


@dataclass(slots=True)
class _Drawing:
    process: ET.Element
    flows: int = 0
    ends: set[str] = field(default_factory=set)

    def node(self, kind: str, id: str, name: str) -> ET.Element:
        return ET.SubElement(self.process, f"{{{MODEL}}}{kind}", id=id, name=name)

    def flow(
        self, source: str, target: str, condition: str = "", action: StepAction | None = None
    ) -> str:
        self.flows += 1
        id = f"flow_{self.flows}"
        flow = ET.SubElement(
            self.process, f"{{{MODEL}}}sequenceFlow", id=id, sourceRef=source, targetRef=target
        )
        if action:
            flow.set("name", action.label)
            _extend(flow, "action", _action_words(action))
        if condition:
            expression = ET.SubElement(flow, f"{{{MODEL}}}conditionExpression")
            expression.set(f"{{{XSI}}}type", "bpmn:tFormalExpression")
            expression.text = condition
        return id


def to_bpmn(table: ProcessTable) -> str:
    """XML text; the process id is the key of the table."""
    ET.register_namespace("bpmn", MODEL)
    ET.register_namespace("xsi", XSI)
    ET.register_namespace("motcua", OURS)
    root = ET.Element(
        f"{{{MODEL}}}definitions", id=f"definitions_{table.key}", targetNamespace="urn:motcua"
    )
    process = ET.SubElement(
        root,
        f"{{{MODEL}}}process",
        id=_id(table.key),
        name=table.name,
        isExecutable="true",
    )
    said = {"key": table.key, "approved_by": table.approved_by}
    flags = {"invented": table.invented, "intake": table.intake}
    _extend(process, "table", said | {name: str(on).lower() for name, on in flags.items()})
    _draw_lanes(process, table)
    drawing = _Drawing(process)
    drawing.node("startEvent", "start", "Hồ sơ đến")
    drawing.flow("start", _task(table.first.key))
    for step in table.steps:
        _draw_step(drawing, step)
    add_diagram(root, process)
    return ET.tostring(root, encoding="unicode", xml_declaration=True)


def _extend(node: ET.Element, name: str, words: dict[str, str]) -> None:
    """What only we say about a node; readers of other makes keep it and pass on."""
    holder = ET.SubElement(node, f"{{{MODEL}}}extensionElements")
    kept = {key: value for key, value in words.items() if value}
    ET.SubElement(holder, f"{{{OURS}}}{name}", kept)


def _draw_lanes(process: ET.Element, table: ProcessTable) -> None:
    lanes = ET.SubElement(process, f"{{{MODEL}}}laneSet", id="lanes")
    for seat, role in dict.fromkeys((step.seat, step.role) for step in table.steps):
        name = f"{SEATS[seat]}: {ROLE_NAMES[role]}"
        lane = ET.SubElement(lanes, f"{{{MODEL}}}lane", id=f"lane_{seat}_{role}", name=name)
        for step in table.steps:
            if (step.seat, step.role) == (seat, role):
                ET.SubElement(lane, f"{{{MODEL}}}flowNodeRef").text = _task(step.key)


def _step_words(step: Step) -> dict[str, str]:
    who = {"key": step.key, "seat": step.seat.value, "role": step.role.value}
    time = {"hours": repr(step.hours), "clock": step.clock.value if step.clock else ""}
    return who | time | {name: getattr(step, name) for name in STEP_TEXTS}


def _action_words(action: StepAction) -> dict[str, str]:
    said = {"key": action.key, "kind": action.kind.value, "units": " ".join(action.units)}
    status = str(action.status) if action.status else ""
    asks = action.kind is ActionKind.CONSULT
    hours = repr(action.answer_hours) if asks else ""
    return said | {
        "status": status,
        "answer_hours": hours,
        "silence": action.silence.value if asks else "",
        "silence_law": action.silence_law,
        "silence_verified": "true" if action.silence_verified else "",
    }


def _id(text: str) -> str:
    return "".join(c if c.isalnum() or c == "_" else "_" for c in text)


def _task(step_key: str) -> str:
    return f"step_{_id(step_key)}"


def _draw_step(drawing: _Drawing, step: Step) -> None:
    task, gate = _task(step.key), f"gate_{_id(step.key)}"
    _extend(drawing.node("userTask", task, step.name), "step", _step_words(step))
    gateway = drawing.node("exclusiveGateway", gate, f"Sau «{step.name}»")
    drawing.flow(task, gate)
    last = len(step.actions) - 1
    for position, action in enumerate(step.actions):
        target = _target(drawing, step, action)
        condition = f"{_id(step.key)}_action == '{action.key}'"
        flow = drawing.flow(gate, target, "" if position == last else condition, action)
        if position == last:
            gateway.set("default", flow)


def _target(drawing: _Drawing, step: Step, action: StepAction) -> str:
    """Where an action leads: another step, an end, or a side task that comes back."""
    if action.kind in ENDS:
        end = f"end_{_id(step.key)}_{_id(action.key)}"
        drawing.node("endEvent", end, action.label)
        return end
    if action.kind is ActionKind.CONSULT:
        return _side(drawing, step, action, action.label, parallel=True)
    if action.kind in _PARTY:
        return _side(drawing, step, action, _PARTY[action.kind], parallel=False)
    return _task(action.to)


def _side(drawing: _Drawing, step: Step, action: StepAction, name: str, *, parallel: bool) -> str:
    side = f"side_{_id(step.key)}_{_id(action.key)}"
    task = drawing.node("userTask", side, name)
    _extend(task, "side", {"kind": action.kind.value})
    if parallel:
        loop = ET.SubElement(
            task, f"{{{MODEL}}}multiInstanceLoopCharacteristics", isSequential="false"
        )
        ET.SubElement(loop, f"{{{MODEL}}}loopCardinality").text = str(max(len(action.units), 2))
    drawing.flow(side, _task(step.key))
    return side
