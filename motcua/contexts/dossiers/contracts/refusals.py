"""Từ chối: what dossiers do not allow, in the words people read."""

from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from motcua.kernel.limits import TooManyCalls


class DossierNotFound(NotFound):
    sentence = "Không tìm thấy hồ sơ này, hoặc bạn không có quyền xem."
    next_step = "Bạn kiểm tra lại mã hồ sơ trên giấy hẹn, hoặc gọi 1022."


class BeforeSubmission(NotFound):
    sentence = "Lúc ấy hồ sơ này chưa được nộp."


class WithoutLeaf(NotFound):
    """It came in bulk from an older system: one leaf for all of the import."""

    sentence = "Hồ sơ này được nhập từ hệ thống cũ nên không có bằng chứng riêng."


class ProofNotYet(Conflict):
    sentence = "Sổ cái đang niêm phong hồ sơ này. Bạn bấm lại sau vài giây."


class DraftNotFound(NotFound):
    sentence = "Không tìm thấy bản nháp này. Có thể bạn đã nộp hoặc đã xóa."


class DraftChanged(Conflict):
    sentence = "Bản nháp vừa được sửa ở thiết bị khác. Bạn mở lại để xem bản mới nhất."


class BulkNotFound(NotFound):
    sentence = "Không tìm thấy bảng này. Bảng được giữ 7 ngày rồi xóa."


class BulkNotChecked(Conflict):
    sentence = "Bảng này đang được kiểm tra. Bạn chờ kiểm tra xong rồi tạo bản nháp."


class BulkNotMade(Conflict):
    sentence = "Bảng này chưa tạo xong bản nháp. Bạn chờ tạo xong rồi nộp."


class TriedNotFound(NotFound):
    sentence = "Không tìm thấy hồ sơ thử này. Hồ sơ thử được giữ 14 ngày rồi xóa."


class OnlyInSandbox(Forbidden):
    """What plays the desk is for keys that try out."""

    sentence = "Chỉ mã thử mới làm được việc này: hồ sơ thật do cơ quan giải quyết."


class ResultNotReusable(Conflict):
    """A result of the wallet that was revoked, is over, or does not hold when it is verified."""

    sentence = (
        "Giấy này trong Ví giấy tờ đã bị thu hồi hoặc hết thời hạn, nên không dùng lại được. "
        "Bạn bỏ giấy này rồi chụp hoặc chọn tệp khác."
    )


class NotADesk(Invalid):
    sentence = "Bạn chọn một quầy Một cửa trong danh sách."


class ProcedureNotRunnable(Conflict):
    sentence = "Thủ tục này chưa nộp được ở đây. Bạn xem cách nộp trên trang thủ tục."


class AnswersIncomplete(Invalid):
    sentence = "Còn câu chưa trả lời hoặc trả lời chưa đúng. Bạn xem lại các mục được đánh dấu."


class PapersMissing(Invalid):
    sentence = "Còn thiếu giấy tờ."


class FileNotYours(Forbidden):
    sentence = "Tệp này không phải của bạn."


class StatusNotAllowed(Conflict):
    sentence = "Trạng thái hiện nay của hồ sơ không cho làm việc này."


class SupplementItemsNeeded(Invalid):
    sentence = "Bạn ghi rõ cần gửi thêm giấy nào, vì sao và sửa thế nào."


class SecondSupplementNeedsHead(Forbidden):
    sentence = "Yêu cầu bổ sung lần thứ hai cần trưởng phòng cho phép."
    next_step = "Bạn gửi đề nghị kèm lý do. Trưởng phòng cho phép thì người nộp mới nhận được."


class NothingSupplied(Invalid):
    sentence = "Bạn chưa gửi giấy tờ nào được yêu cầu."


class NothingAsked(Conflict):
    sentence = "Hồ sơ không chờ bạn gửi thêm."


class NotYourDossier(Forbidden):
    sentence = "Chỉ người nộp hồ sơ làm được việc này."


class PresenceNotMarked(Invalid):
    sentence = "Bạn đánh dấu người nộp đang có mặt tại quầy và nhờ làm thay."


class RatingNotYet(Conflict):
    sentence = "Bạn chấm điểm sau khi nhận kết quả."


class StarsMalformed(Invalid):
    sentence = "Bạn chọn từ 1 đến 5 sao."


class ObligationAmountNeeded(Invalid):
    sentence = "Bạn ghi số tiền phải nộp và tên khoản tiền."


class FeeAmountNeeded(Invalid):
    sentence = "Bạn ghi số tiền bằng chữ số. Ghi 0 nếu khoản này không thu."


class FeeNotOpen(Conflict):
    sentence = "Hồ sơ không có khoản thu này, hoặc mức thu đã được nhập."


class ProofNeeded(Invalid):
    sentence = "Bạn chọn giấy tờ đã xem để miễn, giảm."


class NothingToExempt(Conflict):
    sentence = "Không có khoản thu nào thay đổi theo mức miễn, giảm này."


class CannotFixFee(Forbidden):
    sentence = "Chỉ quầy tiếp nhận hoặc người đang giữ bước nhập được mức thu."


class ResultDataMissing(Conflict):
    sentence = "Chưa lập được văn bản kết quả từ dữ liệu hồ sơ."


class DeclarationOnPaper(Conflict):
    sentence = "Tờ khai của hồ sơ này mới có trên giấy, nên chưa ký được."
    next_step = "Quầy đã nhận hoặc người thụ lý nhập tờ khai trước."


class AskedFewUnits(Invalid):
    sentence = "Bạn chọn đơn vị cần hỏi ý kiến."


class TooManyTries(TooManyCalls):
    """Too many wrong codes from one address."""

    sentence = "Bạn đã tra cứu sai nhiều lần."
    WAIT = 600


class LookReasonNeeded(Invalid):
    sentence = "Bạn chọn lý do xem tên người nộp."


class ReasonNotKept(Forbidden):
    sentence = "Bạn nêu lý do trước khi mở hồ sơ này."
    next_step = "Bạn mở hồ sơ từ trang Điều hành và chọn lý do; lý do được ghi vào sổ cái."


class SearchPurposeNeeded(Invalid):
    sentence = "Bạn chọn việc đang làm trước khi tìm theo số định danh."


class SearchCaseUnknown(Invalid):
    sentence = "Bạn không có hồ sơ nào mang mã này."


class SearchReferenceNeeded(Invalid):
    sentence = "Bạn ghi số văn bản, mã phản ánh hoặc số phiếu của việc này."


class ReferenceMalformed(Invalid):
    sentence = "Số văn bản chỉ gồm chữ, số và các dấu / . -, dài không quá 40 ký tự."


class NothingToCorrect(Conflict):
    sentence = "Hồ sơ này không có kết quả nào còn giá trị để đính chính."


class CorrectionRefused(Invalid):
    sentence = "Bạn xem lại nội dung đính chính."


class NotYourRegister(Forbidden):
    sentence = "Bạn chỉ xem được sổ theo dõi của đơn vị bạn đang làm việc."


class RegisterTooLong(Invalid):
    sentence = "Những ngày này có hơn 2.000 hồ sơ. Bạn chọn khoảng ngày ngắn hơn."


class SignAtTable(Forbidden):
    """Officers sign with tokens here; one page asks for the PIN."""

    sentence = "Cơ quan bạn ký bằng token. Bạn ký hồ sơ này ở trang «Chờ tôi ký», nơi nhập mã PIN."


class SigningProofNeeded(Forbidden):
    sentence = "Bạn xác nhận lại bằng mã của ứng dụng hoặc khóa truy cập rồi ký."


class NothingToSign(Invalid):
    sentence = "Bạn đánh dấu những văn bản cần ký."


class TooManyToSign(Invalid):
    sentence = "Mỗi lần xác nhận ký được nhiều nhất 20 văn bản. Bạn bỏ bớt rồi ký tiếp đợt sau."
