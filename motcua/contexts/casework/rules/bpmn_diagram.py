"""BPMN diagram interchange: where every node, lane and flow of an exported process is drawn.

Lanes are bands below each other in the order of the table, steps stand in columns from left to
right; what leads aside stands below its step in the same band. Standard: OMG BPMN 2.0.2, part 12.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
COLUMN, ROW, HEAD, PAD = 300, 110, 60, 30
SIZES = {"startEvent": (36, 36), "endEvent": (36, 36), "exclusiveGateway": (50, 50)}
TASK = (120, 80)


@dataclass(frozen=True, slots=True)
class Bounds:
    x: int
    y: int
    wide: int
    high: int

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + self.wide // 2, self.y + self.high // 2


def add_diagram(root: ET.Element, process: ET.Element) -> None:
    """Draw what the process has; the process itself is left as it is."""
    for prefix, space in (("bpmndi", BPMNDI), ("dc", DC), ("di", DI)):
        ET.register_namespace(prefix, space)
    diagram = ET.SubElement(root, f"{{{BPMNDI}}}BPMNDiagram", id="diagram")
    plane = ET.SubElement(
        diagram, f"{{{BPMNDI}}}BPMNPlane", id="plane", bpmnElement=process.get("id", "")
    )
    lanes, places = _laid_out(process)
    for id, bounds in lanes.items():
        _shape(plane, id, bounds).set("isHorizontal", "true")
    for id, bounds in places.items():
        _shape(plane, id, bounds)
    for flow in process.iter(f"{{{MODEL}}}sequenceFlow"):
        source, target = places[flow.get("sourceRef", "")], places[flow.get("targetRef", "")]
        edge = ET.SubElement(
            plane,
            f"{{{BPMNDI}}}BPMNEdge",
            id=f"{flow.get('id')}_di",
            bpmnElement=flow.get("id", ""),
        )
        for x, y in _way(source, target):
            ET.SubElement(edge, f"{{{DI}}}waypoint", x=str(x), y=str(y))


def _shape(plane: ET.Element, id: str, bounds: Bounds) -> ET.Element:
    shape = ET.SubElement(plane, f"{{{BPMNDI}}}BPMNShape", id=f"{id}_di", bpmnElement=id)
    ET.SubElement(
        shape,
        f"{{{DC}}}Bounds",
        x=str(bounds.x),
        y=str(bounds.y),
        width=str(bounds.wide),
        height=str(bounds.high),
    )
    return shape


def _laid_out(process: ET.Element) -> tuple[dict[str, Bounds], dict[str, Bounds]]:
    """Lanes, and every node in the band of its step."""
    kinds = {n.get("id", ""): n.tag.rpartition("}")[2] for n in _nodes(process)}
    beside = _beside(process, kinds)
    columns = {task: 1 + at for at, task in enumerate(beside)}
    lanes: dict[str, Bounds] = {}
    places: dict[str, Bounds] = {}
    top, wide = PAD, HEAD + (len(columns) + 1) * COLUMN
    for lane in process.iter(f"{{{MODEL}}}lane"):
        steps = [ref.text or "" for ref in lane.iter(f"{{{MODEL}}}flowNodeRef")]
        rows = max(1 + len(beside[step][1]) for step in steps)
        lanes[lane.get("id", "")] = Bounds(PAD, top, wide, rows * ROW)
        for step in steps:
            x = PAD + HEAD + columns[step] * COLUMN
            gate, aside = beside[step]
            places[step] = _at(kinds[step], x, top)
            places[gate] = _at(kinds[gate], x + 160, top)
            for row, node in enumerate(aside, 1):
                places[node] = _at(kinds[node], x + 60, top + row * ROW)
        top += rows * ROW
    first = next(iter(columns))
    start = next(id for id, kind in kinds.items() if kind == "startEvent")
    places[start] = _at("startEvent", places[first].x - COLUMN // 2, places[first].middle[1] - 55)
    return lanes, places


def _nodes(process: ET.Element) -> Iterator[ET.Element]:
    wanted = {"startEvent", "endEvent", "userTask", "exclusiveGateway"}
    return (node for node in process if node.tag.rpartition("}")[2] in wanted)


def _beside(process: ET.Element, kinds: Mapping[str, str]) -> dict[str, tuple[str, list[str]]]:
    """Each step with its gateway, and the ends and side tasks that lead from there."""
    ways: dict[str, list[str]] = {}
    for flow in process.iter(f"{{{MODEL}}}sequenceFlow"):
        ways.setdefault(flow.get("sourceRef", ""), []).append(flow.get("targetRef", ""))
    gates = {
        task: next(t for t in targets if kinds[t] == "exclusiveGateway")
        for task, targets in ways.items()
        if any(kinds[t] == "exclusiveGateway" for t in targets)
    }
    return {task: (gate, [n for n in ways[gate] if n not in gates]) for task, gate in gates.items()}


def _at(kind: str, x: int, top: int) -> Bounds:
    """In the middle of a row."""
    wide, high = SIZES.get(kind, TASK)
    return Bounds(x, top + (ROW - high) // 2, wide, high)


def _way(source: Bounds, target: Bounds) -> Iterator[tuple[int, int]]:
    """From edge to edge, by right angles; what leads back runs above."""
    (sx, sy), (tx, ty) = source.middle, target.middle
    if target.x >= source.x + source.wide:
        yield source.x + source.wide, sy
        if sy != ty:
            bend = (source.x + source.wide + target.x) // 2
            yield bend, sy
            yield bend, ty
        yield target.x, ty
    elif target.y >= source.y + source.high:
        yield sx, source.y + source.high
        yield sx, ty
        yield (target.x + target.wide if sx > tx else target.x), ty
    else:
        above = min(source.y, target.y) - 12
        yield sx, source.y
        yield sx, above
        yield tx, above
        yield tx, target.y
