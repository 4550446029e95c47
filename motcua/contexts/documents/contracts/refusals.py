"""Refusals about files and issued papers; each sentence says what the person can do next."""

from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound


class EmptyFile(Invalid):
    """Nothing was sent, or a file of no bytes."""

    sentence = "Tệp này trống. Bạn mở tệp kiểm tra rồi chọn lại."


class TooLarge(Invalid):
    """More bytes than one file may have."""

    sentence = "Tệp lớn quá mức cho phép. Bạn giảm dung lượng hoặc tách thành nhiều tệp."


class TypeNotAllowed(Invalid):
    """The bytes are of no kind we keep, whatever the name says."""

    sentence = (
        "Chưa nhận được loại tệp này. Bạn gửi tệp PDF, ảnh (JPG, PNG, WebP, HEIC), "
        "DOCX, XLSX, TXT, XML hoặc ZIP."
    )


class DamagedFile(Invalid):
    """Right kind, but cut off or not readable."""

    sentence = "Tệp bị hỏng hoặc tải lên chưa hết. Bạn mở thử trên máy rồi gửi lại."


class ArchiveRefused(Invalid):
    """Too many entries, too much inside, locked, nested, or a bomb."""

    sentence = "Chưa nhận được tệp nén này. Bạn giải nén rồi gửi từng tệp."


class PictureTooLarge(Invalid):
    """More pixels than a reader's screen or memory can take."""

    sentence = "Ảnh có kích thước quá lớn. Bạn chụp lại hoặc thu nhỏ ảnh rồi gửi."


class PictureWanted(Invalid):
    """Only pictures of the kinds that we decode are turned and joined."""

    sentence = "Chỉ xoay và ghép được ảnh JPG, PNG hoặc WebP."


class TooManyPictures(Invalid):
    """More than one PDF is made of at once."""

    sentence = "Mỗi lần ghép được nhiều nhất 30 ảnh. Bạn bỏ bớt, hoặc gửi tệp PDF."


class NeedsPassword(Invalid):
    """A PDF that opens for nobody who does not know its password."""

    sentence = (
        "Tệp PDF này có mật khẩu nên cán bộ không mở được. Bạn mở tệp, chọn In rồi «Lưu thành "
        "PDF» để có bản không mật khẩu, hoặc chụp ảnh từng trang, rồi gửi lại."
    )


class MarkupRefused(Invalid):
    """XML with entities or a document type, or a web page in disguise."""

    sentence = "Tệp XML có phần không an toàn nên chưa nhận được. Bạn gửi bản PDF."


class TooMuchUnused(Conflict):
    """One account brought too much within a day that belongs to no dossier yet."""

    sentence = (
        "Bạn đã tải lên quá nhiều tệp chưa gắn vào hồ sơ nào. "
        "Bạn gắn các tệp đó vào hồ sơ, hoặc thử lại sau một ngày."
    )


class UploadNotFound(NotFound):
    """No such upload any more, or it is somebody else's."""

    sentence = "Lần tải lên này đã hết hạn hoặc không phải của bạn. Bạn chọn lại tệp."


class PartDamaged(Invalid):
    """The bytes that came are not those whose checksum came with them."""

    sentence = "Một phần của tệp bị hỏng trên đường truyền. Phần đó được gửi lại."


class PartMisplaced(Conflict):
    """The bytes do not go on where the upload stopped. facts: received."""

    sentence = "Phần này không nối tiếp phần đã nhận. Việc tải lên tiếp tục từ chỗ đã nhận."


class PartTooLong(Invalid):
    """Empty, longer than a part may be, or beyond the size that was told."""

    sentence = "Phần này dài hơn cho phép, hoặc vượt quá cỡ tệp đã báo. Bạn chọn lại tệp."


class UploadIncomplete(Conflict):
    """Parts are still to come. facts: received."""

    sentence = "Tệp chưa tải lên hết. Bạn đợi tải xong rồi bấm lại."


class FileNotFound(NotFound):
    """No such file, or the caller may not know of it."""

    sentence = "Không tìm thấy tệp này, hoặc tệp không thuộc hồ sơ bạn được xem."


class FileWaiting(Conflict):
    """Nobody has looked for malware in it yet."""

    sentence = (
        "Tệp này đang chờ quét mã độc nên chưa mở được. Việc quét thường xong trong vài phút; "
        "bạn mở lại sau."
    )


class FileInfected(Conflict):
    """The scanner found malware in it."""

    sentence = "Tệp này có mã độc nên không ai mở được. Bạn bỏ tệp này và gửi một tệp khác."


class FileNotScannable(Conflict):
    """Larger than the scanner takes."""

    sentence = (
        "Tệp này quá lớn để quét mã độc nên không mở được. Bạn bỏ tệp này và gửi tệp nhỏ hơn."
    )


class IssuedNotFound(NotFound):
    """No issued paper under that code or id."""

    sentence = "Không tìm thấy giấy tờ này."


class AlreadyRevoked(Conflict):
    """A revoked paper stays revoked."""

    sentence = "Giấy tờ này đã được thu hồi trước đó."


class ShareEnded(NotFound):
    """The link is over, was opened once already, was ended, or never was."""

    sentence = "Liên kết này đã hết hạn hoặc đã bị đóng. Bạn xin người chia sẻ gửi liên kết mới."


class ShareNotAllowed(Conflict):
    """What is revoked, or is no result, is not passed on by link."""

    sentence = "Chỉ chia sẻ được kết quả còn giá trị. Bạn xem lại giấy tờ này trong ví."


class ReasonMissing(Invalid):
    """A revocation without a reason tells the holder nothing."""

    sentence = "Bạn ghi lý do thu hồi để người giữ giấy tờ hiểu."


class StoredCopyAltered(Conflict):
    """The bytes in the store are not the bytes we recorded."""

    sentence = (
        "Bản lưu của tệp này không còn khớp với sổ nên không mở được. "
        "Bạn báo tổng đài 1022 kèm mã hồ sơ."
    )


class StoreUnavailable(Conflict):
    """The store is full or does not answer; nothing was kept."""

    sentence = (
        "Chưa lưu được tệp vì kho lưu trữ đang bận. Thử lại sau 5 phút; phần đã điền vẫn còn."
    )


class CitationMissing(Invalid):
    """A correction names the rule that it follows."""

    sentence = "Bạn ghi căn cứ pháp lý của việc đính chính."


class KeyRefused(Forbidden):
    """A key did not sign. Each kind says what its holder can do."""

    sentence = "Token chưa ký được. Bạn kiểm tra token rồi ký lại."


class PinNeeded(KeyRefused):
    sentence = "Bạn nhập mã PIN của token để ký."


class PinWrong(KeyRefused):
    sentence = (
        "Mã PIN chưa đúng, chưa văn bản nào được ký. Bạn nhập lại: sai nhiều lần thì token tự khóa."
    )


class PinLocked(KeyRefused):
    sentence = (
        "Token đã bị khóa hoặc chưa đặt mã PIN, nên không ký được. "
        "Bạn nhờ người quản lý token của cơ quan mở khóa."
    )


class TokenGone(KeyRefused):
    """Not there, or taken out in the middle."""

    sentence = "Không đọc được token. Bạn cắm lại token, chờ đèn sáng rồi ký tiếp."


class TokenBusy(KeyRefused):
    sentence = "Token đang ký một đợt khác. Bạn chờ đợt ấy xong rồi ký tiếp."


class KeyNotOnToken(KeyRefused):
    sentence = (
        "Token này không có khóa ký của bạn. Bạn cắm đúng token được cấp, "
        "hoặc nhờ người quản lý token cấp lại."
    )


class CertificateEnded(KeyRefused):
    sentence = (
        "Chứng thư số trên token đã hết hạn, nên chữ ký sẽ không có giá trị. "
        "Bạn gia hạn chứng thư rồi ký."
    )


class CertificateNotEnrolled(KeyRefused):
    sentence = (
        "Chứng thư trên token chưa được đăng ký cho bạn ở đây, hoặc đã bị thu hồi. "
        "Bạn nhờ quản trị viên đăng ký token rồi ký lại."
    )


class SignedNotFound(NotFound):
    """Nothing of the matter waits for a seal."""

    sentence = "Văn bản này chưa có chữ ký của người có thẩm quyền, nên chưa đóng dấu được."


class BatchNotFound(NotFound):
    sentence = "Không tìm thấy đợt ký này, hoặc đợt ký là của người khác."
