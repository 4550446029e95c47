"""Builders of casework for tests of any context."""

from typing import Any

from motcua.contexts.casework.models import Case

__all__ = ["Case", "a_table"]  # the row itself, for tests that need a past nobody could act out


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
