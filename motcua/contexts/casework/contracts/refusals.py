"""Refusals of casework."""

from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound


class CaseNotFound(NotFound):
    sentence = "Không tìm thấy hồ sơ này, hoặc bạn không có quyền xem."


class CaseMoved(Conflict):
    sentence = (
        "Hồ sơ này vừa được người khác xử lý, nên thao tác của bạn chưa được ghi. "
        "Bạn mở lại hồ sơ để xem bước mới."
    )


class CaseEnded(Conflict):
    sentence = "Hồ sơ đã kết thúc, không làm thêm bước nào được nữa."


class CasePaused(Conflict):
    sentence = "Hồ sơ đang dừng chờ người nộp, chưa làm bước này được."


class NotPaused(Conflict):
    sentence = "Hồ sơ không chờ bổ sung, nên không gửi thêm được lúc này."


class OpinionsOutstanding(Conflict):
    sentence = "Còn đơn vị chưa trả lời ý kiến. Bạn chờ trả lời hoặc hết hạn trả lời."


class NotYourStep(Forbidden):
    sentence = "Bước này thuộc vị trí khác."


class ActionNotOffered(Invalid):
    sentence = "Bước này không có thao tác bạn chọn."


class ReasonNeeded(Invalid):
    sentence = "Bạn ghi lý do trước khi gửi. Người nộp sẽ đọc lý do này."


class AssigneeNotInUnit(Invalid):
    sentence = "Người được giao không giữ vị trí xử lý ở đơn vị này."


class NobodyAsked(Invalid):
    sentence = "Bạn chọn ít nhất một đơn vị để hỏi ý kiến."


class AlreadyAnswered(Conflict):
    sentence = "Ý kiến này đã được trả lời hoặc đã hết hạn."


class LongerAskedBefore(Conflict):
    sentence = "Đơn vị của bạn đã xin thêm thời gian một lần. Bạn trả lời trước hạn."


class LongerNotAsked(Conflict):
    sentence = "Đơn vị được hỏi không xin thêm thời gian, hoặc việc này đã được trả lời."


class ProcessMalformed(Invalid):
    sentence = "Bảng quy trình chưa đúng."

    @property
    def complaints(self) -> tuple[str, ...]:
        """What is wrong, one by one."""
        found = self.facts.get("complaints")
        return tuple(map(str, found)) if isinstance(found, list) else (self.message,)


class NoAbleHolder(Conflict):
    sentence = "Đơn vị nhận việc chưa có ai giữ vị trí này. Bạn báo quản trị viên."


class ExtensionRefused(Conflict):
    sentence = "Hồ sơ chỉ được hẹn lại một lần, và ngày hẹn mới phải sau ngày hẹn cũ."


class EmptyMessage(Invalid):
    sentence = "Bạn viết nội dung trước khi gửi."


class BpmnRefused(Invalid):
    sentence = "Không nhập được tệp BPMN này."
