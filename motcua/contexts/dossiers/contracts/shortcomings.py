"""Điểm chưa đạt: what a supplement request, a refusal or a stop stands on, item by item."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound

OTHER_REASON = "other"


class Concerns(StrEnum):
    """What an item with a reason may be about."""

    PAPER = "PAPER"
    QUESTION = "QUESTION"
    BOTH = "BOTH"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcoming:
    """One thing that is not right: the paper or the question, the rule broken, its citation, and
    what the applicant does about it.

    Exactly one of component_key and question_key is given. what: the name as printed, that of the
    paper or question unless somebody wrote it closer. why: the rule broken. how: the remedy.
    reason: key of the reason, "other" for words of one's own, "" of rows older than reasons.
    law_verified: the citation was compared with its source.
    """

    component_key: str = ""
    question_key: str = ""
    reason: str = ""
    what: str = ""
    why: str = ""
    how: str = ""
    law: str = ""
    law_verified: bool = False

    @property
    def key(self) -> str:
        """Where it stands on a page: the paper's key, else the question's."""
        return self.component_key or self.question_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A ready-made reason, of the city or of a procedure, for these kinds of action.

    component, question: the only one it is about, "" for any. why_en, how_en: "" where there is
    no English.
    """

    key: str
    kinds: frozenset[str]
    concerns: Concerns
    why: str
    how: str
    law: str = ""
    component: str = ""
    question: str = ""
    why_en: str = ""
    how_en: str = ""

    def fits(self, component_key: str, question_key: str) -> bool:
        """Whether an item about that paper or that question may have this reason."""
        if self.component or self.question:
            return self.component == component_key and self.question == question_key
        barred = Concerns.QUESTION if component_key else Concerns.PAPER
        return self.concerns is not barred


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A document that an item may cite."""

    document: str
    title: str = ""
    article: str = ""
    verified: bool = False

    @property
    def words(self) -> str:
        return ", ".join(part for part in (self.document, self.article) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """Whose further request a head lets go: the officer, and the account that wrote it."""

    officer_id: UUID
    account_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeSupplement:
    """A further request as its officer wrote it. why_again: why it was not asked the first time."""

    code: str
    action: str
    seen_version: int
    items: tuple[Shortcoming, ...]
    why_again: str
    answer_by: datetime | None = None


class ProposalState(StrEnum):
    PROPOSED = "PROPOSED"
    RELEASED = "RELEASED"
    DECLINED = "DECLINED"
    OVERTAKEN = "OVERTAKEN"  # the dossier moved on before the head answered


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalView:
    """A further supplement request that an officer wrote and a head lets go, or not."""

    id: UUID
    state: ProposalState
    number: int
    items: tuple[Shortcoming, ...]
    why_again: str
    answer_by: datetime | None
    proposed_by: str
    proposed_at: datetime
    decided_by: str = ""
    decided_at: datetime | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalLine:
    """A proposal in a head's list."""

    id: UUID
    code: str
    procedure_name: str
    proposed_by: str
    proposed_at: datetime
    items: int


class ItemsNeeded(Invalid):
    """A refusal or a stop without a single item."""

    sentence = "Bạn ghi ít nhất một điểm chưa đạt: giấy hoặc câu hỏi nào, vì sao, căn cứ, cách sửa."


class ItemSubjectNeeded(Invalid):
    sentence = "Bạn chọn giấy tờ hoặc câu hỏi mà điểm này nói đến."


class ItemSubjectUnknown(Invalid):
    """Nothing may be asked for that the published procedure does not name."""

    sentence = "Thủ tục này không có giấy tờ hoặc câu hỏi đó. Bạn chọn trong danh sách."


class ItemTwice(Invalid):
    sentence = "Giấy tờ hoặc câu hỏi này đã có ở điểm khác. Bạn gộp lại thành một điểm."


class ItemRuleNeeded(Invalid):
    sentence = "Bạn ghi điểm này chưa được vì sao."


class ItemRemedyNeeded(Invalid):
    sentence = "Bạn ghi người nộp sửa thế nào."


class ItemCitationNeeded(Invalid):
    sentence = "Bạn chọn căn cứ pháp lý của điểm này."


class ItemCitationUnknown(Invalid):
    sentence = "Căn cứ này không thuộc thủ tục. Bạn chọn văn bản trong danh sách căn cứ."


class ItemReasonUnknown(Invalid):
    sentence = "Lý do này không dùng cho giấy tờ hoặc câu hỏi đã chọn. Bạn chọn lý do khác."


class ItemTooLong(Invalid):
    sentence = "Điểm này dài quá. Mỗi ô ghi nhiều nhất 2.000 ký tự."


class WhyAgainNeeded(Invalid):
    sentence = "Bạn ghi vì sao lần trước chưa hỏi được điều này."


class ReleaseReasonNeeded(Invalid):
    sentence = "Bạn ghi lý do không cho phép, để cán bộ biết làm gì tiếp."


class ProposalNotNeeded(Conflict):
    """The first request of the processing phase, or one of a head, needs nobody's release."""

    sentence = "Lần này chưa cần ai cho phép. Bạn gửi yêu cầu ngay được."


class ProposalWaits(Conflict):
    sentence = "Đã có một yêu cầu bổ sung đang chờ lãnh đạo cho phép."


class ProposalNotFound(NotFound):
    sentence = "Không tìm thấy đề nghị này, hoặc bạn không có quyền xem."


class ProposalDecided(Conflict):
    sentence = "Đề nghị này vừa được trả lời. Bạn mở lại hồ sơ để xem."


class ProposalOvertaken(Conflict):
    sentence = "Hồ sơ đã sang bước khác nên yêu cầu này không gửi được nữa. Lời đã viết còn lưu."


class NotYoursToRelease(Forbidden):
    sentence = (
        "Chỉ trưởng phòng đang giải quyết hoặc lãnh đạo cơ quan cho phép bổ sung lần nữa được."
    )
