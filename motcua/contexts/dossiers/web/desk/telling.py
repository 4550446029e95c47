"""Nhắc trên hồ sơ: what an officer should know before working on it."""

from collections.abc import Iterator

from motcua.contexts.casework.contracts import OpinionState, Phase, TaskState
from motcua.contexts.dossiers.contracts import DeskView
from motcua.kernel.clock import city_time
from motcua.ui import dates
from motcua.ui.parts import Alert, Tone


def waiting_of(view: DeskView) -> Iterator[Alert]:
    """Why whoever holds the step has nothing to press, and until when."""
    if view.task is None or view.task.state is not TaskState.WAITING:
        return
    asked = [o for o in view.opinions if o.state is OpinionState.ASKED]
    if asked:
        by = city_time(max(o.due_at for o in asked))
        units = ", ".join(view.unit_names.get(o.unit_id, "") for o in asked)
        yield Alert(
            title=f"Đang chờ ý kiến: {units}.",
            text=f"Bước này đi tiếp khi đủ ý kiến, chậm nhất {dates.hour(by)}, "
            f"{dates.short_day(by)}. Quá giờ đó, đơn vị chưa trả lời coi như đồng ý.",
            icon="hourglass",
        )
    open_request = view.dossier.open_supplement
    if open_request:
        paused = view.dossier.phase is Phase.PAUSED
        text = f"{'Đồng hồ dừng. ' if paused else ''}Bước này đi tiếp khi họ gửi đủ."
        if open_request.answer_by:
            text += f" Bạn đã hẹn họ gửi trước {dates.day(city_time(open_request.answer_by))}."
        yield Alert(title="Đang chờ người nộp gửi thêm.", text=text, icon="hourglass")


def returned_of(view: DeskView) -> Iterator[Alert]:
    """What a colleague gave it back for, item by item."""
    for item in view.returned_for:
        law = f" Căn cứ: {item.law}." if item.law else ""
        yield Alert(
            title=f"Bị trả lại: {item.what}",
            text=f"{item.why} Cách sửa: {item.how}{law}",
            tone=Tone.TURN,
            icon="undo-2",
        )


def warnings_of(view: DeskView) -> Iterator[Alert]:
    yield from returned_of(view)
    yield from waiting_of(view)
    for sentence in view.warnings:
        yield Alert(title=sentence, tone=Tone.INFO)
    if view.dossier.messages and view.dossier.messages[-1].from_party:
        yield Alert(
            title="Người nộp vừa nhắn và chờ trả lời.", tone=Tone.INFO, icon="message-square"
        )


def snoozed_words(view: DeskView) -> str:
    until = view.snoozed_until
    return f"Bạn đã gác đến {dates.city_moment(until)}." if until else ""
