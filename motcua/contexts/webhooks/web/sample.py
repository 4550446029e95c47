"""The row of the guide: invented people, complete as the form wants it."""

import json

PROCEDURE, WARD, PAPER = "1.001193", "26740", "giay_chung_sinh"
ROW = {
    "requester_full_name": "Nguyễn Thị Ánh Tuyết",
    "requester_personal_number": "079190999001",
    "requester_born_on": "1990-05-12",
    "requester_ethnicity": "Kinh",
    "requester_nationality": "Việt Nam",
    "requester_address": {"ward": "26740", "street": "12 Nguyễn Huệ"},
    "requester_phone": "0900000001",
    "relation": "mother",
    "child_full_name": "Lê Minh An",
    "child_sex": "nam",
    "child_born_on": "2026-11-10",
    "child_ethnicity": "Kinh",
    "child_nationality": "Việt Nam",
    "birth_place": "facility",
    "facility_name": "Bệnh viện Từ Dũ",
    "birth_address": {"ward": "26740", "street": "284 Cống Quỳnh"},
    "child_origin": "Thành phố Hồ Chí Minh",
    "father_known": False,
    "truthful": True,
}
FILING = {"procedure_code": PROCEDURE, "ward_code": WARD, "rows": [ROW]}


def as_json() -> str:
    return json.dumps(FILING, ensure_ascii=False)
