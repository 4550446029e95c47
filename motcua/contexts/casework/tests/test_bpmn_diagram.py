"""The exported process is drawn: every node, lane and flow has its place, and no two cover."""

from itertools import combinations
from xml.etree import ElementTree as ET

import pytest

from motcua.contexts.casework.rules.bpmn import to_bpmn
from motcua.contexts.casework.rules.bpmn_diagram import BPMNDI, DC, DI, MODEL
from motcua.contexts.casework.rules.process import parse_table
from motcua.contexts.casework.testing import a_table

NODES = ("startEvent", "endEvent", "userTask", "exclusiveGateway")


@pytest.fixture
def root():
    return ET.fromstring(to_bpmn(parse_table(a_table())))


def ids(root, *kinds):
    return {n.get("id") for kind in kinds for n in root.iter(f"{{{MODEL}}}{kind}")}


def bounds(root):
    found = {}
    for shape in root.iter(f"{{{BPMNDI}}}BPMNShape"):
        box = shape.find(f"{{{DC}}}Bounds")
        x, y, wide, high = (int(box.get(n)) for n in ("x", "y", "width", "height"))
        found[shape.get("bpmnElement")] = (x, y, x + wide, y + high)
    return found


def apart(one, other):
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_every_node_lane_and_flow_has_its_place(root):
    edges = {e.get("bpmnElement"): e for e in root.iter(f"{{{BPMNDI}}}BPMNEdge")}

    assert bounds(root).keys() == ids(root, *NODES, "lane")
    assert edges.keys() == ids(root, "sequenceFlow")
    assert all(len(edge.findall(f"{{{DI}}}waypoint")) >= 2 for edge in edges.values())


def test_no_node_covers_another_and_each_stands_in_one_lane(root):
    places = bounds(root)
    nodes = [places[id] for id in ids(root, *NODES)]
    lanes = [places[id] for id in ids(root, "lane")]

    assert all(apart(one, other) for one, other in combinations(nodes, 2))
    assert all(apart(one, other) for one, other in combinations(lanes, 2))
    for left, top, right, bottom in nodes:
        inside = [
            one
            for one in lanes
            if one[0] <= left and one[1] <= top and right <= one[2] and bottom <= one[3]
        ]
        assert len(inside) == 1


def test_ways_begin_and_end_at_what_they_join(root):
    places = bounds(root)
    flows = {f.get("id"): f for f in root.iter(f"{{{MODEL}}}sequenceFlow")}

    for edge in root.iter(f"{{{BPMNDI}}}BPMNEdge"):
        flow = flows[edge.get("bpmnElement")]
        points = [(int(p.get("x")), int(p.get("y"))) for p in edge.iter(f"{{{DI}}}waypoint")]
        ends = ((points[0], flow.get("sourceRef")), (points[-1], flow.get("targetRef")))
        for (x, y), node in ends:
            left, top, right, bottom = places[node]
            assert left <= x <= right and top <= y <= bottom
