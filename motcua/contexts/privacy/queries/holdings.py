"""What privacy itself holds about a person: requests, marks, traces of what was erased."""

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext as _

from motcua.contexts.privacy.contracts import Outcome, Right
from motcua.contexts.privacy.models import DataRequest, LookQuestion, ProcessingMark, Tombstone
from motcua.contexts.privacy.rules import rights
from motcua.kernel.holdings import Held, Processing, coded
from motcua.ui import dates
from motcua.ui.words import language

PROCESSINGS: dict[str, str] = {
    Processing.SMS: "Gửi tin nhắn SMS cho tôi",
    Processing.EMAIL: "Gửi thư điện tử cho tôi",
    Processing.REGISTERS: "Lấy dữ liệu về tôi từ cơ sở dữ liệu khác để điền biểu mẫu",
}


class RequestsHeld:
    """Requests about data, in full."""

    models = frozenset(
        {
            "privacy.DataRequest",
            "privacy.ProcessingMark",
            "privacy.Tombstone",
            "privacy.LookQuestion",
        }
    )

    def held_about(self, person_id: UUID) -> Iterator[Held]:
        rows = DataRequest.objects.filter(person_id=person_id).select_related("case")
        for row in rows.order_by("case_id"):
            yield _request(row)
            gone = Tombstone.objects.filter(request=row).order_by("erased_at", "id")
            yield from (_tombstone(one) for one in gone)
        marks = ProcessingMark.objects.filter(person_id=person_id).order_by("since", "id")
        yield from (_mark(one) for one in marks)
        questions = LookQuestion.objects.filter(person_id=person_id).order_by("asked_at", "id")
        yield from (_look_question(one) for one in questions)


def _request(row: DataRequest) -> Held:
    change = row.change or {}
    said = (
        (_("Quyền"), _right(row)),
        (_("Mục"), coded(row.target, PROCESSINGS)),
        (_("Lý do"), row.reason),
        (_("Nội dung đúng"), row.wanted),
        (_("Kết quả"), _outcome(row)),
        (_("Trả lời"), row.decision),
        (_("Căn cứ"), row.citation),
        (_("Trước khi sửa"), change.get("before")),
        (_("Sau khi sửa"), change.get("after")),
    )
    return Held(
        model="privacy.DataRequest",
        title=_("Yêu cầu về dữ liệu"),
        code=row.code,
        since=row.case.opened_at,
        values=tuple((label, value) for label, value in said if value),
    )


def _right(row: DataRequest) -> str:
    rule = rights.rule(Right(row.right))
    return rule.name_en if language() == "en" else rule.name


def _outcome(row: DataRequest) -> str:
    if not row.outcome:
        return ""
    return {
        Outcome.GRANTED: _("Đã làm xong"),
        Outcome.REFUSED: _("Chưa được chấp nhận"),
        Outcome.FORWARDED: _("Sửa ở nơi khác"),
        Outcome.WITHDRAWN: _("Đã rút"),
    }[Outcome(row.outcome)]


def _look_question(row: LookQuestion) -> Held:
    said = ((_("Câu hỏi"), row.question), (_("Trả lời"), row.answer))
    return Held(
        model="privacy.LookQuestion",
        title=_("Câu hỏi về một lượt xem"),
        since=row.asked_at,
        values=tuple((label, value) for label, value in said if value),
    )


def _mark(row: ProcessingMark) -> Held:
    return Held(
        model="privacy.ProcessingMark",
        title=_("Việc đã dừng theo yêu cầu"),
        since=row.since,
        values=((_("Việc"), coded(row.processing, PROCESSINGS)),),
    )


def _tombstone(row: Tombstone) -> Held:
    return Held(
        model="privacy.Tombstone",
        title=_("Dấu vết của dữ liệu đã xóa"),
        code=row.code,
        since=row.erased_at,
        values=((_("Xóa lúc"), dates.city_moment(row.erased_at)),),
    )
