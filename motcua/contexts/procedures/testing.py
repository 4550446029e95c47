"""Builders for tests: small definitions that pass the linter, published or not."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import pytest

from motcua.contexts.procedures import public
from motcua.contexts.procedures.actions.importing import NationalEntry, import_batch
from motcua.contexts.procedures.contracts import Definition, ImportOutcome, VersionView
from motcua.contexts.procedures.contracts.designing import Edit
from motcua.contexts.procedures.queries import snapshot
from motcua.contexts.procedures.rules.national import digest_of_record, read_record
from motcua.kernel.actors import SYSTEM
from motcua.kernel.testing import MONDAY_9AM

BIRTH = "1.001193"


@pytest.fixture
def fresh_catalogue() -> Iterator[None]:
    """Nothing of another test stays in this process's memory of the catalogue."""
    snapshot.forget()
    yield
    snapshot.forget()


def a_process_table(**changes: object) -> dict[str, object]:
    """Receive, then return: the shortest table that can be published."""
    receive = {
        "key": "receive",
        "name": "Tiếp nhận",
        "citizen_name": "Tiếp nhận",
        "citizen_name_en": "Acceptance",
        "citizen_text": "Bộ phận Một cửa xem hồ sơ.",
        "citizen_text_en": "The one-stop desk looks at the application.",
        "seat": "RECEIVING",
        "role": "RECEIVER",
        "hours": 2,
        "action": [
            {"key": "receive", "label": "Nhận", "kind": "MOVE", "to": "return", "status": 2},
            {"key": "decline", "label": "Chưa nhận được", "kind": "DECLINE", "status": 3},
        ],
    }
    give_back = {
        "key": "return",
        "name": "Trả kết quả",
        "citizen_name": "Trả kết quả",
        "citizen_name_en": "Result",
        "citizen_text": "Kết quả có trong ví giấy tờ của bạn.",
        "citizen_text_en": "The result is in your wallet.",
        "seat": "RETURNING",
        "role": "RETURNER",
        "hours": 1,
        "action": [
            {"key": "return", "label": "Trả", "kind": "RETURN_RESULT", "status": 10},
        ],
    }
    table: dict[str, object] = {
        "key": "short",
        "name": "Quy trình ngắn",
        "approved_by": "Quy trình mẫu",
        "invented": True,
        "step": [receive, give_back],
    }
    return table | changes


def a_form_table() -> dict[str, object]:
    """One page: the applicant's name from the register, and how many copies."""
    return {
        "page": [
            {
                "key": "applicant",
                "title": "Người yêu cầu",
                "title_en": "Applicant",
                "question": [
                    {
                        "key": "requester_full_name",
                        "label": "Họ và tên",
                        "label_en": "Full name",
                        "type": "person_name",
                        "prefill": "population.full_name",
                    },
                    {
                        "key": "copies",
                        "label": "Số bản sao",
                        "label_en": "Copies",
                        "type": "number",
                        "integer": True,
                        "min": 0,
                        "required": False,
                    },
                ],
            }
        ]
    }


def a_definition_table(code: str = BIRTH, **changes: object) -> dict[str, Any]:
    """A runnable procedure of one page that the linter lets through."""
    table: dict[str, Any] = {
        "code": code,
        "name": "Đăng ký khai sinh",
        "name_en": "Birth registration",
        "field": "Hộ tịch",
        "field_code": "ho_tich",
        "levels": ["COMMUNE"],
        "agency_key": "JUSTICE",
        "online": "FULL",
        "keywords": ["làm giấy khai sinh"],
        "life_events": ["co_con_nho"],
        "duration": [{"unit": "SAME_DAY_15H", "value": 1, "verified": True}],
        "fee": [
            {"kind": "LE_PHI", "rule": "FREE", "verified": True},
            {"kind": "PHI", "rule": "PER_COPY", "amount": 8000, "verified": True},
        ],
        "component": [{"key": "to_khai", "name": "Tờ khai", "filled_here": True}],
        "legal": [{"document": "Luật Hộ tịch 60/2014/QH13"}],
        "form": a_form_table(),
        "texts": {
            "vi": {"for_whom": "Cha, mẹ của trẻ.", "steps": ["Bạn điền thông tin."]},
            "en": {"for_whom": "Parents.", "steps": ["You fill in the form."]},
        },
        "process": a_process_table(),
    }
    return table | changes


def a_definition(code: str = BIRTH, **changes: object) -> Definition:
    return public.parse_definition(a_definition_table(code, **changes))


def a_published_version(
    code: str = BIRTH, *, now: datetime = MONDAY_9AM, **changes: object
) -> VersionView:
    """Publish such a procedure and return its version."""
    published = public.publish_version(a_definition(code, **changes), by=SYSTEM, now=now)
    return public.version(published.version_id)


def imported(records: Iterable[Mapping[str, object]], *, now: datetime) -> ImportOutcome:
    """Records of the national catalogue taken in one batch, as the command does."""
    entries = [
        NationalEntry(
            content=record,
            digest=digest_of_record(record),
            definition=read.definition,
            agencies=read.agencies,
        )
        for record in records
        for read in [read_record(record)]
    ]
    return import_batch(entries, by=SYSTEM, now=now)


def generic_answers(version: VersionView, **changes: object) -> dict[str, object]:
    """What a person answers in the generic form: the first case, for themselves."""
    answers: dict[str, object] = {
        "request": "Tôi xin cấp giấy cho mình.",
        "requester_full_name": "Nguyễn Thị Ánh Tuyết",
        "requester_personal_number": "079190999001",
        "requester_address": {"ward": "26740", "street": "12 Lê Lợi"},
        "requester_phone": "0900000001",
        "behalf": "self",
        "where": "chosen",
        "truthful": True,
    }
    lists, limit = version.form.question("lists"), version.form.question("limit")
    if lists is not None:
        answers["lists"] = [lists.options[0].value]
    if limit is not None:
        answers["limit"] = limit.options[0].value
    return answers | changes


def a_redesigned_version(code: str, *edits: Edit, now: datetime = MONDAY_9AM) -> VersionView:
    """What is in force, changed so and put in force."""
    saved = public.begin_design(code, by=SYSTEM, now=now)
    for edit in edits:
        saved = public.save_design(saved.version_id, edit, seen=saved.revision, by=SYSTEM, now=now)
    done = public.publish_design(
        saved.version_id, seen=saved.revision, valid_from=None, by=SYSTEM, now=now
    )
    return public.version(done.version_id)
