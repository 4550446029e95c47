"""Ba hình dạng bản ghi: the portal's API, the older API, and the flat export; brought to the last.

The flat export (one JSON object a line) has: code, name, decision_no, level, field, audience[],
steps_text, methods[{channel, time_text, time_value, time_unit, fee_text, fee_amounts_vnd[], note}],
components[{group, name, originals, copies, form_file}], legal_basis[{title, number}],
requirements, results[{name, code}], keywords, executing_agency, issuing_agency, life_events[].
"""

import hashlib
import json
from collections.abc import Iterable, Mapping

Record = Mapping[str, object]
_UNITS = {
    "working_day": "working_day", "ngày làm việc": "working_day", "ngay lam viec": "working_day",
    "day": "day", "ngày": "day", "hour": "hour", "giờ": "hour", "giờ làm việc": "hour",
    "month": "month", "tháng": "month",
}  # fmt: skip
_CHANNELS = {"ONLINE": "online", "POSTAL": "postal", "DIRECT": "in_person"}
_OLD_CHANNELS = {"trực tuyến": "online", "dịch vụ bưu chính": "postal", "trực tiếp": "in_person"}


def common_shape(record: Record) -> dict[str, object]:
    """The record in the shape of the flat export."""
    if "executionMethods" in record or "executionCases" in record:
        return _from_portal(record)
    if "TENTTHC" in record:
        return _from_older(record)
    return dict(record)


def digest_of_record(record: Record) -> str:
    text = json.dumps(record, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _from_portal(record: Record) -> dict[str, object]:
    return {
        "code": record.get("code"),
        "name": record.get("name"),
        "decision_no": record.get("decisionNo"),
        "level": ", ".join(map(str, _list(record.get("agencyLevels")))),
        "field": record.get("domain"),
        "audience": _names(record.get("subjects")),
        "steps_text": "\n".join(
            f"{row.get('ordinal', '')}. {row.get('description') or row.get('name', '')}"
            for row in _rows(record.get("executionSteps"))
        ),
        "methods": [_portal_method(row) for row in _rows(record.get("executionMethods"))],
        "components": [
            _portal_component(part, group=str(case.get("name") or ""))
            for case in _rows(record.get("executionCases"))
            for part in _rows(case.get("profileComponents"))
        ],
        "legal_basis": [
            {"number": row.get("doc_code") or row.get("docCode"), "title": row.get("name")}
            for row in _rows(record.get("legalBasis") or record.get("legal_basis"))
        ],
        "requirements": record.get("conditions"),
        "results": list(_rows(record.get("results"))),
        "keywords": record.get("keywords"),
        "executing_agency": record.get("executingAgency"),
        "issuing_agency": record.get("promulgatingAgency"),
    }


def _portal_method(row: Record) -> dict[str, object]:
    fees = list(_rows(row.get("fees")))
    amounts = [fee.get("value") for fee in fees if fee.get("value")]
    described = [str(fee.get("description")) for fee in fees if fee.get("description")]
    return {
        "channel": _CHANNELS.get(str(row.get("submissionMethod")), "in_person"),
        "time_value": row.get("processingTime"),
        "time_unit": _UNITS.get(str(row.get("unit")).lower()),
        "time_text": row.get("description"),
        "fee_amounts_vnd": amounts,
        "fee_text": "; ".join(described) or ("Miễn phí" if fees and not amounts else None),
        "note": None,
    }


def _portal_component(row: Record, *, group: str) -> dict[str, object]:
    attachments = list(_rows(row.get("attachments")))
    return {
        "group": group or None,
        "name": row.get("name"),
        "originals": row.get("originalQty") or 0,
        "copies": row.get("copyQty") or 0,
        "required": row.get("required"),
        "form_file": attachments[0].get("name") if attachments else None,
    }


def _from_older(record: Record) -> dict[str, object]:
    return {
        "code": record.get("MATTHC") or record.get("MA"),
        "name": record.get("TENTTHC"),
        "field": "; ".join(map(str, _names(record.get("LINHVUCTHUCHIEN")))),
        "steps_text": "\n".join(map(str, _names(record.get("TRINHTUTHUCHIEN")))),
        "methods": [
            _older_method(row, time)
            for row in _rows(record.get("CACHTHUCTHUCHIEN"))
            for time in _rows(row.get("THOIGIAN"))
        ],
        "components": [
            {"name": row.get("GIAYTO"), "form_file": row.get("TENMAUDON"), "originals": 1}
            for row in _rows(record.get("THANHPHANHOSO"))
        ],
        "legal_basis": [{"title": name} for name in _names(record.get("CANCUPHAPLY"))],
        "results": [{"name": name} for name in _names(record.get("KETQUATHUCHIEN"))],
        "executing_agency": "; ".join(map(str, _names(record.get("COQUANTHUCHIEN")))),
        "requirements": record.get("YEUCAU"),
    }


def _older_method(row: Record, time: Record) -> dict[str, object]:
    fees = [fee.get("SOTIEN") for fee in _rows(time.get("PHILEPHI")) if fee.get("SOTIEN")]
    return {
        "channel": _OLD_CHANNELS.get(str(row.get("KENH")).lower(), "in_person"),
        "time_value": time.get("THOIGIANGIAIQUYET"),
        "time_unit": _UNITS.get(str(time.get("DONVITINH")).lower()),
        "time_text": None,
        "fee_amounts_vnd": fees,
        "fee_text": None,
        "note": None,
    }


def _rows(value: object) -> Iterable[Record]:
    return [row for row in _list(value) if isinstance(row, Mapping)]


def _names(value: object) -> list[object]:
    return [
        (row.get("name") or row.get("TEN") or next(iter(row.values()), ""))
        if isinstance(row, Mapping)
        else row
        for row in _list(value)
    ]


def _list(value: object) -> list[object]:
    if isinstance(value, list):
        return value
    return [] if value in (None, "") else [value]
