"""Builders of casework for tests of any context."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from motcua.contexts.casework import public
from motcua.contexts.casework.contracts import (
    Act,
    CaseView,
    ClockSpec,
    OpenCase,
    OpenedCase,
    TimeUnit,
)
from motcua.contexts.casework.models import Case
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import UnitView
from motcua.contexts.organisations.testing import acting
from motcua.kernel import db
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.clock import city_date
from motcua.kernel.db import owns_transaction
from motcua.kernel.testing import MONDAY_9AM, stable_id

# Case: the row itself, for tests that need a past nobody could act out.
__all__ = [
    "BPMN_HEAD",
    "CODE",
    "FIVE_DAYS",
    "FOREIGN_BPMN",
    "Case",
    "a_case",
    "a_table",
    "act",
    "done",
    "open_case",
    "owned",
    "signed_in",
    "the_division",
]

R = TypeVar("R")
FIVE_DAYS = ClockSpec(unit=TimeUnit.WORKING_DAY, value=5, citation="Luật Hộ tịch 2014")
CODE = "H29.99-20261123-0000001"
BPMN_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" id="Definitions_1"
 targetNamespace="http://bpmn.io/schema/bpmn" exporter="bpmn-js" exporterVersion="17.0.0">"""
FOREIGN_BPMN = (
    BPMN_HEAD
    + """
<bpmn:collaboration id="c1"><bpmn:participant id="p1" processRef="Process_1"/></bpmn:collaboration>
<bpmn:process id="Process_1" name="Cấp phép mẫu" isExecutable="false">
 <bpmn:laneSet id="ls"><bpmn:lane id="l1" name="Bộ phận Một cửa">
   <bpmn:flowNodeRef>start</bpmn:flowNodeRef><bpmn:flowNodeRef>t1</bpmn:flowNodeRef></bpmn:lane>
  <bpmn:lane id="l2" name="Chuyên viên"><bpmn:flowNodeRef>t2</bpmn:flowNodeRef></bpmn:lane>
  <bpmn:lane id="l3" name="Người nộp"><bpmn:flowNodeRef>t4</bpmn:flowNodeRef></bpmn:lane>
  <bpmn:lane id="l4" name="Tổ thẩm tra"><bpmn:flowNodeRef>t5</bpmn:flowNodeRef></bpmn:lane>
 </bpmn:laneSet>
 <bpmn:startEvent id="start" name="Hồ sơ đến"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
 <bpmn:userTask id="t1" name="Tiếp nhận"/>
 <bpmn:exclusiveGateway id="g1" name="Đủ chưa"/>
 <bpmn:userTask id="t2" name="Thẩm định"/>
 <bpmn:exclusiveGateway id="g2"/>
 <bpmn:serviceTask id="t5" name="Đối chiếu dữ liệu"/>
 <bpmn:userTask id="t3" name="Trả kết quả"/>
 <bpmn:task id="t4" name="Gửi thêm giấy tờ"/>
 <bpmn:boundaryEvent id="b1" name="Quá hạn" attachedToRef="t2"/>
 <bpmn:textAnnotation id="a1"><bpmn:text>Ghi chú</bpmn:text></bpmn:textAnnotation>
 <bpmn:endEvent id="e1" name="Đã trả"/><bpmn:endEvent id="e2" name="Từ chối"/>
 <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="t1"/>
 <bpmn:sequenceFlow id="f2" sourceRef="t1" targetRef="g1"/>
 <bpmn:sequenceFlow id="f3" name="Đủ" sourceRef="g1" targetRef="t2"/>
 <bpmn:sequenceFlow id="f4" name="Không đủ" sourceRef="g1" targetRef="e2"/>
 <bpmn:sequenceFlow id="f5" sourceRef="t2" targetRef="g2"/>
 <bpmn:sequenceFlow id="f6" name="Cần gửi thêm" sourceRef="g2" targetRef="t4"/>
 <bpmn:sequenceFlow id="f7" sourceRef="t4" targetRef="t2"/>
 <bpmn:sequenceFlow id="f8" name="Đạt" sourceRef="g2" targetRef="t5"/>
 <bpmn:sequenceFlow id="f9" name="Trả lại" sourceRef="g2" targetRef="t1"/>
 <bpmn:sequenceFlow id="f10" sourceRef="t5" targetRef="t3"/>
 <bpmn:sequenceFlow id="f11" sourceRef="t3" targetRef="e1"/>
</bpmn:process></bpmn:definitions>"""
)


def the_division() -> UnitView:
    """Where Bảo and Nghĩa work: the office of Sài Gòn's committee."""
    return organisations.unit("H29.99.26740.2")


def a_case(
    code: str = CODE,
    *,
    clock: ClockSpec = FIVE_DAYS,
    table: dict[str, Any] | None = None,
    now: datetime = MONDAY_9AM,
) -> CaseView:
    """Handed in at the desk of Bến Thành (Khuê), decided by Sài Gòn (Bảo, Nghĩa, Vân, Hà)."""
    process = owned(
        lambda: public.publish_process(table or a_table(), actor=SYSTEM, now=now), now=now
    )
    command = OpenCase(
        kind="dossier",
        code=code,
        party_person_id=None,
        subject_code="1.001193",
        process_id=process,
        clock=clock,
        receiving_unit_id=organisations.one_stop_desk("26743").id,
        competent_unit_id=organisations.committee_of("26740").id,
        handling_unit_id=the_division().id,
        status=1,
    )
    open_case(command, actor=SYSTEM, now=now)
    return public.case(code)


@owns_transaction
def open_case(command: OpenCase, *, actor: Actor, now: datetime) -> OpenedCase:
    opened = public.open_case(command, actor=actor, now=now)
    db.record(action="tests.open_case", subject=command.code, actor=actor)
    return opened


@owns_transaction
def act(command: Act, *, actor: Actor, now: datetime) -> public.Moved:
    moved = public.act(command, actor=actor, now=now)
    db.record(action="tests.act", subject=command.case_code, actor=actor)
    return moved


@owns_transaction
def owned(write: Callable[[], R], *, now: datetime) -> R:
    """A write that joins, as an action of its own."""
    db.record(action="tests.owned", subject="tests", actor=SYSTEM)
    return write()


def signed_in(staff_no: str, now: datetime) -> Actor:
    """A member of the cast with the posts of that day and an account."""
    return replace(acting(staff_no, city_date(now)), account_id=stable_id(staff_no))


def done(code: str, who: str, action: str, *, hours: float = 1, **more: Any) -> public.Moved:
    """One action by a member of the cast, so many hours after Monday 9:00."""
    now = MONDAY_9AM + timedelta(hours=hours)
    command = Act(case_code=code, action=action, **more)
    return act(command, actor=signed_in(who, now), now=now)


def a_table() -> dict[str, Any]:
    """Receive, appraise (with everything that can happen), sign, issue, return."""
    return {
        "key": "thu",
        "name": "Quy trình thử",
        "approved_by": "Quy trình mẫu",
        "invented": True,
        "step": [
            _step("receive", "RECEIVING", "RECEIVER", 2, [
                _act("receive", "MOVE", "appraise", 2),
                _act("supplement", "SUPPLEMENT", "", 0),
                _act("decline", "DECLINE", "", 3),
            ]),
            _step("appraise", "DIVISION", "CASE_OFFICER", 4, [
                _act("propose", "MOVE", "sign", 4),
                _act("supplement", "SUPPLEMENT", "", 5),
                _act("oblige", "OBLIGATION", "", 6),
                _act("consult", "CONSULT", "", 0),
                _act("stop", "STOP", "", 8),
            ]),
            _step("sign", "AUTHORITY", "SIGNER", 2, [
                _act("sign", "SIGN", "issue", 0),
                _act("return", "RETURN", "appraise", 0),
            ]),
            _step("issue", "AUTHORITY", "CLERK", 1, [_act("issue", "ISSUE", "return", 9)]),
            _step("return", "RETURNING", "RETURNER", 1, [
                _act("return_result", "RETURN_RESULT", "", 10)
            ]),
        ],
    }  # fmt: skip


def _step(
    key: str, seat: str, role: str, hours: int, actions: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "key": key,
        "name": f"Bước {key}",
        "citizen_name": f"Bước {key}",
        "citizen_text": "Cơ quan xem hồ sơ.",
        "seat": seat,
        "role": role,
        "hours": hours,
        "action": actions,
    }


def _act(key: str, kind: str, to: str, status: int) -> dict[str, Any]:
    return {"key": key, "label": key, "kind": kind, "to": to, "status": status}
