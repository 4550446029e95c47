"""Đọc bản ghi quốc gia: taken with a remark where odd, refused by name where unreadable."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from motcua.contexts.procedures.contracts import Definition, DefinitionFault
from motcua.contexts.procedures.rules.national.components import components_and_notes
from motcua.contexts.procedures.rules.national.methods import durations, fees, is_online
from motcua.contexts.procedures.rules.national.shapes import common_shape
from motcua.contexts.procedures.rules.reading import LIFE_EVENTS, parse_definition
from motcua.kernel.codes import ProcedureCode
from motcua.kernel.text import nfc

OTHER_PROVINCE = "OTHER_PROVINCE"
_LEVELS = (("xã", "COMMUNE"), ("tỉnh", "CITY"), ("bộ", "MINISTRY"), ("ngành", "MINISTRY"))
_OUR_CITY = re.compile(r"hồ chí minh|hcm", re.I)
_NO_FIELD = "Chưa phân lĩnh vực"


class Unreadable(ValueError):
    """The record cannot be taken; the sentence says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A definition and what was odd about its record."""

    definition: Definition
    agencies: str = ""  # who handles it, in the words of the record
    remarks: tuple[str, ...] = ()


def read_record(record: Mapping[str, object]) -> Read:
    """One record in any known shape. Raises: Unreadable."""
    flat = common_shape(record)
    code, name = _text(flat.get("code")), _text(flat.get("name"))
    if not ProcedureCode.parses(code):
        raise Unreadable(f"mã thủ tục «{code[:40]}» không đúng dạng (ví dụ 1.001193)")
    if not name:
        raise Unreadable("không có tên thủ tục")
    for list_name in ("methods", "components", "legal_basis", "results"):
        if not isinstance(flat.get(list_name) or [], list):
            raise Unreadable(f"«{list_name}» không phải danh sách")
    parts, notes = components_and_notes(_rows(flat.get("components")))
    methods = _rows(flat.get("methods"))
    levels = _levels(_text(flat.get("level")))
    table = {
        "code": code,
        "name": re.sub(r"^(?:Thủ tục:|[\s.–-])*", "", name),
        "field": _text(flat.get("field")) or _NO_FIELD,
        "levels": levels,
        "agency_key": OTHER_PROVINCE if _is_elsewhere(flat) else "",
        "routing": "HERE" if {"COMMUNE", "CITY"} & set(levels) else "MINISTRY_SYSTEM",
        "online": "INFO_ONLY" if is_online(methods) else "NONE",
        "mark": "NATIONAL",
        "decision": _text(flat.get("decision_no")),
        "conditions": _text(flat.get("requirements")),
        "keywords": _keywords(flat.get("keywords")),
        "life_events": [e for e in _texts(flat.get("life_events")) if e in LIFE_EVENTS],
        "results": [_text(row.get("name")) for row in _rows(flat.get("results"))],
        "audience": _texts(flat.get("audience")),
        "steps": [
            line.strip() for line in _text(flat.get("steps_text")).split("\n") if line.strip()
        ],
        "notes": notes + _agencies(flat),
        "component": parts,
        "duration": durations(methods),
        "fee": fees(methods),
        "legal": _legal(_rows(flat.get("legal_basis"))),
        "source": "NATIONAL",
    }
    try:
        definition = parse_definition(table)
    except DefinitionFault as fault:
        raise Unreadable(str(fault)) from fault
    agencies = _text(flat.get("executing_agency")) or _text(flat.get("authority"))
    return Read(definition=definition, agencies=agencies, remarks=tuple(_remarks(definition)))


def _remarks(definition: Definition) -> Iterable[str]:
    if definition.field == _NO_FIELD:
        yield "không có lĩnh vực"
    if not definition.levels:
        yield "không có cấp thực hiện"
    if not definition.durations:
        yield "không có thời hạn"
    if not definition.components:
        yield "không có giấy tờ nào"
    if not definition.legal:
        yield "không có căn cứ pháp lý"


def _levels(text: str) -> list[str]:
    found = [level for word, level in _LEVELS if word in text.lower()]
    return list(dict.fromkeys(found))


def _is_elsewhere(flat: Mapping[str, object]) -> bool:
    """Issued by another province for itself: kept as reference, last in a search here."""
    issuer = _text(flat.get("issuing_agency"))
    return issuer.upper().startswith("UBND") and not _OUR_CITY.search(issuer)


def _agencies(flat: Mapping[str, object]) -> list[str]:
    names = {
        "Cơ quan thực hiện": flat.get("executing_agency"),
        "Cơ quan phối hợp": flat.get("coordinating"),
        "Cơ quan ban hành": flat.get("issuing_agency"),
    }
    return [f"{label}: {_text(value)}" for label, value in names.items() if _text(value)]


def _legal(rows: Iterable[Mapping[str, object]]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for row in rows:
        number, title = _text(row.get("number")), _text(row.get("title"))
        if number or title:
            found.append({"document": number or title, "title": title if number else ""})
    return found


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _keywords(value: object) -> list[str]:
    if isinstance(value, str):
        return [word.strip() for word in re.split(r"[;,\n]", value) if word.strip()]
    return _texts(value)


def _rows(value: object) -> list[Mapping[str, object]]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []


def _texts(value: object) -> list[str]:
    return [_text(item) for item in value if _text(item)] if isinstance(value, list) else []


def _text(value: object) -> str:
    return nfc(value) if isinstance(value, str) else ""
