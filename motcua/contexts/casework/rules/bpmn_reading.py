"""BPMN 2.0 import: a diagram of ours or of a common editor as a table of steps.

Lanes say who works, tasks are steps, flows and gateways the actions between them. What has no
place in a table is named, one line each; nothing is left out in silence.
"""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from motcua.contexts.casework.contracts import ENDS, ActionKind, BpmnRefused, Seat
from motcua.contexts.casework.rules.bpmn import OURS, STEP_TEXTS
from motcua.contexts.casework.rules.bpmn_diagram import MODEL
from motcua.kernel.actors import Role
from motcua.kernel.text import fold

LARGEST = 1_000_000  # bytes
MOST_ELEMENTS = 4_000
MOST_STEPS, MOST_WAYS = 120, 60  # of a table; out of one step: gateways multiply them
TASKS = frozenset(
    {
        *("task", "userTask", "manualTask", "serviceTask", "sendTask", "receiveTask"),
        *("scriptTask", "businessRuleTask", "callActivity", "subProcess"),
    }
)
BY_MACHINE = frozenset({"serviceTask", "scriptTask", "businessRuleTask", "callActivity"})
GATES = frozenset({"exclusiveGateway", "inclusiveGateway", "eventBasedGateway"})
PASSED = frozenset({"intermediateThrowEvent", "intermediateCatchEvent", "parallelGateway"})
QUIET = frozenset(
    {"laneSet", "sequenceFlow", "extensionElements", "startEvent", "endEvent", "documentation"}
)
ASIDE = frozenset({ActionKind.SUPPLEMENT, ActionKind.OBLIGATION, ActionKind.CONSULT})
WORDS: tuple[tuple[str, Seat, Role], ...] = (
    ("tra ket qua", Seat.RETURNING, Role.RETURNER),
    ("tiep nhan", Seat.RECEIVING, Role.RECEIVER),
    ("mot cua", Seat.RECEIVING, Role.RECEIVER),
    ("van thu", Seat.AUTHORITY, Role.CLERK),
    ("truong phong", Seat.DIVISION, Role.DIVISION_HEAD),
    ("chuyen vien", Seat.DIVISION, Role.CASE_OFFICER),
    ("thu ly", Seat.DIVISION, Role.CASE_OFFICER),
    ("lanh dao", Seat.AUTHORITY, Role.SIGNER),
    ("chu tich", Seat.AUTHORITY, Role.SIGNER),
    ("giam doc", Seat.AUTHORITY, Role.SIGNER),
)
REFUSED = ("tu choi", "khong", "chua", "dung", "huy", "reject")
PARTY = ("nguoi nop", "nguoi dan", "cong dan", "applicant", "citizen")
USUAL_HOURS = 4.0
STATUS_DIGITS = 2


@dataclass(frozen=True, slots=True)
class BpmnRead:
    """A table as it was read, not yet checked, and what of the file has no place in it."""

    table: dict[str, Any]
    left_out: tuple[str, ...]


@dataclass(slots=True)
class _Diagram:
    process: Element
    nodes: dict[str, Element] = field(default_factory=dict)
    flows: dict[str, list[Element]] = field(default_factory=dict)
    lanes: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def name(self, id: str) -> str:
        return " ".join((self.nodes[id].get("name") or id).split())

    def kind(self, id: str) -> str:
        return _tag(self.nodes[id])


def read_bpmn(data: bytes) -> BpmnRead:
    """Raises: BpmnRefused."""
    diagram = _diagram(_parsed(data))
    order = _ordered(diagram)
    if not order:
        raise BpmnRefused("Sơ đồ chưa có việc nào nối từ điểm bắt đầu.")
    if len(order) > MOST_STEPS:
        raise BpmnRefused(f"Sơ đồ có hơn {MOST_STEPS} việc. Bạn chia thành nhiều quy trình.")
    keys = _keys(diagram, order)
    steps = [_step(diagram, id, keys, place) for place, id in enumerate(order)]
    for id, step in zip(order, steps, strict=True):
        step["action"] = _actions(diagram, id, order, keys)
    said = _ours(diagram.process, "table")
    table: dict[str, Any] = {
        "key": said.get("key") or "nhap",
        "name": diagram.process.get("name") or "Quy trình nhập từ sơ đồ",
        "approved_by": said.get("approved_by", ""),
        "invented": said.get("invented", "true") == "true",
        "intake": said.get("intake", "true") == "true",
        "step": steps,
    }
    return BpmnRead(table, tuple(diagram.left_out))


def _parsed(data: bytes) -> Element:
    """Without a document type, so that nothing in it can grow or reach out."""
    if len(data) > LARGEST:
        raise BpmnRefused("Tệp lớn hơn 1 MB. Một quy trình không cần nhiều đến thế.")
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise BpmnRefused(
            "Tệp có khai báo DOCTYPE hoặc ENTITY. Bạn xuất lại tệp không có chúng."
        ) from None
    except (ParseError, ValueError, LookupError):
        raise BpmnRefused("Tệp không phải XML đọc được.") from None
    if sum(1 for _one in root.iter()) > MOST_ELEMENTS:
        raise BpmnRefused("Sơ đồ có quá nhiều phần tử. Bạn chia thành nhiều quy trình.")
    return root


def _diagram(root: Element) -> _Diagram:
    found = root.findall(f"{{{MODEL}}}process")
    if root.tag != f"{{{MODEL}}}definitions" or not found:
        raise BpmnRefused("Tệp không phải BPMN 2.0: không có «definitions» hoặc «process».")
    process = max(found, key=len)
    diagram = _Diagram(process)
    for other in found:
        if other is not process:
            diagram.left_out.append(f"Quy trình «{other.get('name') or other.get('id')}»: chỉ "
                                    "nhập quy trình nhiều phần tử nhất.")  # fmt: skip
    for child in process:
        kind, id = _tag(child), child.get("id", "")
        if kind == "sequenceFlow":
            diagram.flows.setdefault(child.get("sourceRef", ""), []).append(child)
        elif kind in TASKS | GATES | PASSED or kind.endswith("Event"):
            diagram.nodes[id] = child
        diagram.left_out += _unplaced(child, kind)
    for lane in process.iter(f"{{{MODEL}}}lane"):
        for ref in lane.findall(f"{{{MODEL}}}flowNodeRef"):
            diagram.lanes[(ref.text or "").strip()] = lane.get("name") or ""
    return diagram


def _unplaced(child: Element, kind: str) -> Iterator[str]:
    name = " ".join((child.get("name") or child.get("id") or "").split())
    if kind in BY_MACHINE:
        yield f"Việc «{name}» do máy làm ({kind}): nhập thành một bước do người làm."
    elif kind == "subProcess":
        yield f"Quy trình con «{name}»: nhập thành một bước, các việc bên trong không nhập."
    elif kind == "boundaryEvent":
        yield f"Sự kiện gắn vào việc «{name}»: không nhập. Thời hạn đặt ở giờ làm việc của bước."
    elif kind in PASSED:
        yield f"«{name}» ({kind}): đi thẳng qua, không giữ lại."
    elif kind not in TASKS | GATES | QUIET:
        yield f"«{name}» ({kind}): bảng các bước không có chỗ cho phần này."


def _ordered(diagram: _Diagram) -> list[str]:
    """Tasks in the order in which they are reached from the start; those of the party are none."""
    starts = [id for id in diagram.nodes if diagram.kind(id) == "startEvent"]
    if not starts:
        raise BpmnRefused("Sơ đồ chưa có điểm bắt đầu.")
    for extra in starts[1:]:
        diagram.left_out.append(f"Điểm bắt đầu «{diagram.name(extra)}»: chỉ dùng điểm đầu tiên.")
    order: list[str] = []
    seen, waiting = {starts[0]}, deque([starts[0]])
    while waiting:
        here = waiting.popleft()
        if _is_step(diagram, here):
            order.append(here)
        for flow in diagram.flows.get(here, ()):
            target = flow.get("targetRef", "")
            if target in diagram.nodes and target not in seen:
                seen.add(target)
                waiting.append(target)
    ours = [id for id in diagram.nodes if _ours(diagram.nodes[id], "step") and id in order]
    if len(ours) == len(order):
        order = ours  # as our own table had them
    for id in diagram.nodes:
        if id not in seen and diagram.kind(id) in TASKS:
            diagram.left_out.append(f"Việc «{diagram.name(id)}»: không có đường nào dẫn tới.")
    return order


def _is_step(diagram: _Diagram, id: str) -> bool:
    if diagram.kind(id) not in TASKS or _ours(diagram.nodes[id], "side"):
        return False
    return not _of_party(diagram, id)


def _of_party(diagram: _Diagram, id: str) -> bool:
    lane = fold(diagram.lanes.get(id, ""))
    return any(word in lane for word in PARTY)


def _keys(diagram: _Diagram, order: list[str]) -> dict[str, str]:
    """A key for every step: its own, else made of its name."""
    keys: dict[str, str] = {}
    for id in order:
        own = _ours(diagram.nodes[id], "step").get("key")
        made = re.sub(r"[^a-z0-9]+", "_", fold(diagram.name(id))).strip("_")[:30] or "buoc"
        key, number = own or made, 2
        while key in keys.values():
            key, number = f"{made}_{number}", number + 1
        keys[id] = key
    return keys


def _step(diagram: _Diagram, id: str, keys: dict[str, str], place: int) -> dict[str, Any]:
    said = _ours(diagram.nodes[id], "step")
    name = diagram.name(id)
    seat, role = _who(diagram, id, place, said)
    step: dict[str, Any] = {
        "key": keys[id],
        "name": name,
        "seat": seat,
        "role": role,
        "hours": _hours(said.get("hours", "")),
        "citizen_name": name,
        "citizen_text": f"Cơ quan đang làm bước «{name}».",
    }
    kept = {text: said[text] for text in (*STEP_TEXTS, "clock") if said.get(text)}
    if not said:
        diagram.left_out.append(
            f"Bước «{name}»: sơ đồ không ghi giờ làm việc và lời cho người dân. Bạn điền sau."
        )
    return step | kept


def _hours(text: str) -> float:
    try:
        hours = float(text)
    except ValueError:
        return USUAL_HOURS
    return hours if 0 <= hours < 100_000 else USUAL_HOURS


def _who(diagram: _Diagram, id: str, place: int, said: dict[str, str]) -> tuple[str, str]:
    if said.get("seat") in set(Seat) and said.get("role") in set(Role):
        return said["seat"], said["role"]
    lane = diagram.lanes.get(id, "")
    for words in (fold(lane), fold(diagram.name(id))):
        for word, seat, role in WORDS:
            if word in words:
                return seat.value, role.value
    usual = (Seat.RECEIVING, Role.RECEIVER) if place == 0 else (Seat.DIVISION, Role.CASE_OFFICER)
    diagram.left_out.append(
        f"Bước «{diagram.name(id)}»: không rõ ai làm (làn «{lane or 'không có'}»). Bạn chọn lại."
    )
    return usual[0].value, usual[1].value


@dataclass(frozen=True, slots=True)
class _Way:
    """From a step to a step, an end or a task aside, and the flow that names it."""

    target: str
    label: str
    said: dict[str, str]


def _ways(diagram: _Diagram, id: str) -> list[_Way]:
    """Every way out of a step, through gateways and events."""
    found: list[_Way] = []
    waiting: list[tuple[Element, str, dict[str, str], frozenset[str]]] = [
        (flow, "", {}, frozenset({id})) for flow in diagram.flows.get(id, ())
    ]
    while waiting:
        if len(found) + len(waiting) > MOST_WAYS:
            raise BpmnRefused(
                f"Việc «{diagram.name(id)}» có quá nhiều lối ra. Bạn bớt các cổng rẽ nhánh."
            )
        flow, label, said, seen = waiting.pop(0)
        target = flow.get("targetRef", "")
        label = " ".join((flow.get("name") or label).split())
        words = _ours(flow, "action") or said
        if target not in diagram.nodes:
            continue
        kind = diagram.kind(target)
        if kind in TASKS or kind == "endEvent":
            found.append(_Way(target, label, words))
        elif target not in seen:
            more = seen | {target}
            waiting += [(next, label, words, more) for next in diagram.flows.get(target, ())]
    return found


def _actions(
    diagram: _Diagram, id: str, order: list[str], keys: dict[str, str]
) -> list[dict[str, Any]]:
    actions: list[dict[str, Any]] = []
    used: set[str] = set()
    for way in _ways(diagram, id):
        action = _action(diagram, id, way, order, keys)
        key, number = action["key"], 2
        while action["key"] in used:
            action["key"], number = f"{key}_{number}", number + 1
        used.add(action["key"])
        actions.append(action)
    return actions


def _action(
    diagram: _Diagram, id: str, way: _Way, order: list[str], keys: dict[str, str]
) -> dict[str, Any]:
    kind = _kind(diagram, id, way, order)
    label = way.label or diagram.name(way.target)
    made = re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_")[:30] or kind.lower()
    action: dict[str, Any] = {"key": way.said.get("key") or made, "label": label, "kind": kind}
    if kind not in ENDS and kind not in ASIDE:
        action["to"] = keys[way.target]
    status = way.said.get("status") or _usual_status(kind, id, order, known=bool(way.said))
    if status.isdecimal() and len(status) <= STATUS_DIGITS:
        action["status"] = int(status)
    if way.said.get("units"):
        action["units"] = way.said["units"].split()
    if way.said.get("answer_hours"):
        action["answer_hours"] = _hours(way.said["answer_hours"])
    if way.said.get("silence"):
        action["silence"] = way.said["silence"]
    if way.said.get("silence_law"):
        action["silence_law"] = way.said["silence_law"]
        action["silence_verified"] = way.said.get("silence_verified") == "true"
    return action


def _kind(diagram: _Diagram, id: str, way: _Way, order: list[str]) -> ActionKind:
    """As it was said, where the drawing still fits; else as it is drawn."""
    said = way.said.get("kind", "")
    drawn = _drawn_kind(diagram, id, way, order)
    if said in set(ActionKind):
        known = ActionKind(said)
        ends, aside = known in ENDS, known in ASIDE
        if ends == (drawn in ENDS) and aside == (drawn in ASIDE):
            return known
    return drawn


def _drawn_kind(diagram: _Diagram, id: str, way: _Way, order: list[str]) -> ActionKind:
    if diagram.kind(way.target) == "endEvent":
        said = fold(f"{way.label} {diagram.name(way.target)}")
        refused = any(word in said for word in REFUSED)
        if refused:
            return ActionKind.DECLINE if id == order[0] else ActionKind.STOP
        return ActionKind.RETURN_RESULT
    side = _ours(diagram.nodes[way.target], "side")
    if side:
        told = side.get("kind", "")
        return ActionKind(told) if told in ASIDE else ActionKind.SUPPLEMENT
    if way.target not in order:
        return ActionKind.SUPPLEMENT  # a task of the party, that leads back
    if order.index(way.target) <= order.index(id):
        return ActionKind.RETURN
    last = order.index(way.target) == len(order) - 1
    return ActionKind.ISSUE if last and len(order) > 2 and id != order[0] else ActionKind.MOVE


def _usual_status(kind: ActionKind, id: str, order: list[str], *, known: bool) -> str:
    """National statuses of a foreign drawing; ours says its own."""
    if known:
        return ""
    first = id == order[0]
    return {
        ActionKind.MOVE: "2" if first else "",
        ActionKind.SUPPLEMENT: "1" if first else "5",
        ActionKind.OBLIGATION: "6",
        ActionKind.DECLINE: "3",
        ActionKind.STOP: "8",
        ActionKind.ISSUE: "9",
        ActionKind.RETURN_RESULT: "10",
    }.get(kind, "")


def _ours(node: Element, name: str) -> dict[str, str]:
    """What we said about a node in an extension element; empty for anything else."""
    found = node.find(f"{{{MODEL}}}extensionElements/{{{OURS}}}{name}")
    return dict(found.attrib) if found is not None else {}


def _tag(node: Element) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
