"""Refusals of the catalogue."""

from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound


class ProcedureNotFound(NotFound):
    """No procedure has this code."""

    sentence = "Không có thủ tục mang mã này. Bạn tìm theo tên thủ tục."


class VersionNotFound(NotFound):
    """No version has this id."""

    sentence = "Không có phiên bản thủ tục này."


class ImportNotFound(NotFound):
    """No import has this id."""

    sentence = "Không có lần nhập danh mục này."


class ProcedureNotOpen(Conflict):
    """The procedure exists, but no version is in force on that day."""

    sentence = "Thủ tục này không còn hoặc chưa có hiệu lực vào ngày đã chọn."


class DurationNotSet(Conflict):
    """No time limit of the version fits channel, case and day: it is never guessed."""

    sentence = "Thủ tục chưa ghi thời hạn cho trường hợp này. Người soạn danh mục cần bổ sung."


class LintFailed(Invalid):
    """The definition has errors; `findings` of the exception lists them."""

    sentence = "Chưa công bố được. Bạn sửa các điểm được liệt kê rồi công bố lại."


class VersionNotDraft(Conflict):
    """Only a draft can be changed: what is published stays as it was published."""

    sentence = "Phiên bản đã công bố thì không sửa được. Bạn soạn phiên bản mới."


class NotAllowedToPublish(Forbidden):
    """Publishing is for the catalogue's approvers."""

    sentence = "Việc này dành cho người duyệt danh mục."


class NotAllowedToEdit(Forbidden):
    """Drafts are for the catalogue's editors and approvers."""

    sentence = "Việc này dành cho người soạn và người duyệt danh mục."


class CodeOfDraftFixed(Invalid):
    """A draft belongs to one procedure."""

    sentence = "Bản soạn này thuộc một mã thủ tục khác. Bạn soạn bản mới cho mã đó."


class NotAllowedToClose(Forbidden):
    """Closing and opening a generic form is for administrators."""

    sentence = "Việc này dành cho quản trị viên."


class NotByGenericForm(NotFound):
    """The procedure is not filed by the generic form, so there is nothing to close."""

    sentence = "Thủ tục này không dùng biểu mẫu chung."


class WhyClosedMissing(Invalid):
    """People read why nothing is taken."""

    sentence = "Bạn ghi vì sao tạm ngừng nhận. Người dân đọc được câu này."
