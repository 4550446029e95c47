"""What casework holds about a person: their cases, what was done, said and thought about them."""

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext as _

from motcua.contexts.casework import queries
from motcua.contexts.casework.contracts import PauseReason, Verdict
from motcua.contexts.casework.models import Case, CaseEvent, Message, Opinion, Pause, Task
from motcua.kernel.holdings import Held, coded
from motcua.ui import dates

SOURCES = {
    "NATIONAL_PORTAL": "Cổng Dịch vụ công quốc gia",
    "CITY_APP": "Công dân số",
    "COUNTER": "tại quầy",
    "ASSISTED": "cán bộ nộp giúp",
    "POST": "bưu chính",
    "API": "hệ thống kết nối",
}
KINDS = {
    "opened": "nộp",
    "move": "chuyển bước",
    "assign": "phân công",
    "return": "trả lại bước trước",
    "supplement": "yêu cầu gửi thêm",
    "supplied": "người nộp gửi thêm",
    "obligation": "yêu cầu nộp tiền",
    "paid": "người nộp đã trả tiền",
    "consult": "hỏi ý kiến",
    "opinion": "trả lời ý kiến",
    "silence": "quá hạn trả lời ý kiến",
    "opinion_withdrawn": "rút câu hỏi ý kiến",
    "opinion_late": "trả lời ý kiến sau hạn",
    "longer_asked": "xin thêm thời gian trả lời ý kiến",
    "longer_granted": "cho thêm thời gian trả lời ý kiến",
    "longer_declined": "không cho thêm thời gian trả lời ý kiến",
    "decline": "từ chối",
    "stop": "dừng giải quyết",
    "stopped": "dừng giải quyết",
    "sign": "ký",
    "issue": "ban hành",
    "return_result": "trả kết quả",
    "withdrawal": "người nộp xin rút",
    "extended": "xin lỗi và hẹn lại",
    "visit_planned": "hẹn xác minh thực địa",
    "visit_moved": "đổi buổi xác minh thực địa",
    "visit_cancelled": "hủy buổi xác minh thực địa",
    "visit_unsuited": "người nộp báo không tiện giờ xác minh",
    "visit_closed": "chốt biên bản xác minh thực địa",
    "reorganised": "chuyển theo sắp xếp cơ quan",
    "migrated": "chuyển sang phiên bản khác của thủ tục",
}
PAUSES: dict[str, str] = {
    PauseReason.SUPPLEMENT: "chờ người nộp gửi thêm",
    PauseReason.FINANCIAL: "chờ người nộp trả tiền",
    PauseReason.FORCE_MAJEURE: "bất khả kháng",
    PauseReason.SUSPENDED: "tạm đình chỉ",
}
VERDICTS: dict[str, str] = {
    Verdict.AGREE: "đồng ý",
    Verdict.DISAGREE: "không đồng ý",
    Verdict.COMMENT: "có ý kiến khác",
}


class CasesHeld:
    """Every case of a party, with its events, tasks, pauses, opinions and messages."""

    models = frozenset(
        {
            "casework.Case",
            "casework.CaseEvent",
            "casework.Task",
            "casework.Pause",
            "casework.Opinion",
            "casework.Message",
        }
    )

    def held_about(self, person_id: UUID) -> Iterator[Held]:
        for case in Case.objects.filter(party_person_id=person_id).order_by("opened_at", "id"):
            yield _case(case)
            events = CaseEvent.objects.filter(case_id=case.id, at__gte=case.opened_at)
            yield from (_event(row, case) for row in events.order_by("serial"))
            tasks = Task.objects.filter(case=case).order_by("opened_at", "id")
            yield from (_task(row, case) for row in tasks)
            pauses = Pause.objects.filter(case=case).order_by("started_at", "id")
            yield from (_pause(row, case) for row in pauses)
            opinions = Opinion.objects.filter(case=case).order_by("asked_at", "id")
            yield from (_opinion(row, case) for row in opinions)
            messages = Message.objects.filter(case=case).order_by("at", "id")
            yield from (_message(row, case) for row in messages)


def _kept(*values: tuple[str, str | None]) -> tuple[tuple[str, str], ...]:
    return tuple((label, value) for label, value in values if value)


def _step(key: str, case: Case) -> str:
    """In the words of the approved table, or of one that the case went by before."""
    earlier = [UUID(one["process"]) for one in case.earlier or ()]
    tables = [queries.process_table(one) for one in (*earlier, case.process_id)]
    return coded(key, {step.key: step.name for table in tables for step in table.steps})


def _case(case: Case) -> Held:
    return Held(
        model="casework.Case",
        title=_("Vụ việc"),
        code=case.code,
        source=coded(case.source, SOURCES),
        since=case.opened_at,
        unit_id=case.competent_unit_id,
        values=_kept(
            (_("Mã"), case.code),
            (_("Về"), case.subject_code),
            (_("Hạn"), dates.city_moment(case.due_at)),
            (_("Xong lúc"), dates.city_moment(case.ended_at)),
        ),
    )


def _event(row: CaseEvent, case: Case) -> Held:
    return Held(
        model="casework.CaseEvent",
        title=_("Diễn biến"),
        code=case.code,
        since=row.happened_at,
        unit_id=row.unit_id,
        values=_kept(
            (_("Việc"), coded(row.kind, KINDS)),
            (_("Bước"), _step(row.step, case)),
            (_("Ghi chú"), row.note),
        ),
    )


def _task(row: Task, case: Case) -> Held:
    return Held(
        model="casework.Task",
        title=_("Việc cơ quan phải làm"),
        code=case.code,
        since=row.opened_at,
        unit_id=row.unit_id,
        values=_kept((_("Bước"), _step(row.step, case)), (_("Hạn"), dates.city_moment(row.due_at))),
    )


def _pause(row: Pause, case: Case) -> Held:
    return Held(
        model="casework.Pause",
        title=_("Lần dừng đồng hồ"),
        code=case.code,
        since=row.started_at,
        values=_kept((_("Lý do"), coded(row.reason, PAUSES)), (_("Căn cứ"), row.citation)),
    )


def _opinion(row: Opinion, case: Case) -> Held:
    return Held(
        model="casework.Opinion",
        title=_("Ý kiến của đơn vị được hỏi"),
        code=case.code,
        since=row.asked_at,
        unit_id=row.unit_id,
        values=_kept(
            (_("Câu hỏi"), row.question),
            (_("Ý kiến"), coded(row.verdict, VERDICTS)),
            (_("Trả lời"), row.text),
            (_("Xin thêm thời gian"), row.longer_reason),
        ),
    )


def _message(row: Message, case: Case) -> Held:
    author = _("Bạn") if row.from_party else _("Cán bộ")
    return Held(
        model="casework.Message",
        title=_("Tin nhắn"),
        code=case.code,
        since=row.at,
        values=((_("Người viết"), author), (_("Nội dung"), row.text)),
    )
