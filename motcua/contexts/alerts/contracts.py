"""Cảnh báo khẩn cấp: the words of CAP 1.2, what a page or a neighbour gets, refusals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound

LANGUAGES = ("vi", "en")


class Status(StrEnum):
    """Whether it is meant (CAP `status`). Only ACTUAL asks anybody to act."""

    ACTUAL = "Actual"
    EXERCISE = "Exercise"  # diễn tập
    TEST = "Test"  # thử kỹ thuật


class Kind(StrEnum):
    """What the message does to its chain (CAP `msgType`)."""

    ALERT = "Alert"
    UPDATE = "Update"
    CANCEL = "Cancel"


class State(StrEnum):
    """The life of one message. Nobody but its unit sees a draft."""

    DRAFT = "DRAFT"
    DISCARDED = "DISCARDED"
    RELEASED = "RELEASED"
    ENDED = "ENDED"


class Ended(StrEnum):
    """Why a released message does not hold any more."""

    EXPIRED = "EXPIRED"
    REPLACED = "REPLACED"
    CANCELLED = "CANCELLED"


class Urgency(StrEnum):
    IMMEDIATE = "Immediate"  # làm ngay
    EXPECTED = "Expected"  # trong một giờ tới
    FUTURE = "Future"  # sắp tới
    PAST = "Past"
    UNKNOWN = "Unknown"


class Severity(StrEnum):
    EXTREME = "Extreme"
    SEVERE = "Severe"
    MODERATE = "Moderate"
    MINOR = "Minor"
    UNKNOWN = "Unknown"


class Certainty(StrEnum):
    OBSERVED = "Observed"
    LIKELY = "Likely"
    POSSIBLE = "Possible"
    UNLIKELY = "Unlikely"
    UNKNOWN = "Unknown"


class PlaceKind(StrEnum):
    """Why somebody follows a ward."""

    HOME = "HOME"  # nơi ở
    WORK = "WORK"  # nơi làm việc, học
    OTHER = "OTHER"  # nơi khác


class PlaceSource(StrEnum):
    SAID = "SAID"  # the person named it
    REGISTER = "REGISTER"  # from the residence data, with their consent


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """An alert in one language: what happens, what to do, where in words."""

    event: str
    headline: str
    description: str
    instruction: str
    area: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """WGS 84, in degrees."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A shape on the map, at most one of both. ring: closed, its first point is its last.

    radius_km: of a circle around `centre`.
    """

    ring: tuple[Point, ...] = ()
    centre: Point | None = None
    radius_km: float = 0

    @property
    def is_empty(self) -> bool:
        return not self.ring and self.centre is None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftAlert:
    """What an officer writes. area: as typed or pasted. wards: codes of communes.

    replaces: the released message that this one updates or cancels; `kind` says which.
    """

    template: str
    status: Status
    texts: Mapping[str, Mapping[str, str]]
    urgency: Urgency
    severity: Severity
    certainty: Certainty
    wards: tuple[str, ...]
    area: str
    contact: str
    hours: int
    unit_id: UUID
    onset_at: datetime | None = None
    kind: Kind = Kind.ALERT
    replaces: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertView:
    """One message, as far as its reader may see it. version: for a change seen by somebody else.

    chain: codes of the messages before it, oldest first. reached: what is kept of its push list.
    """

    id: UUID
    code: str
    status: Status
    kind: Kind
    state: State
    ended_as: Ended | None
    category: str
    urgency: Urgency
    severity: Severity
    certainty: Certainty
    words: Mapping[str, Words]
    contact: str
    wards: tuple[str, ...]
    area: Area
    unit_id: UUID
    unit_name: str
    template: str
    version: int
    hours: int
    drafted_at: datetime
    released_at: datetime | None
    onset_at: datetime | None
    expires_at: datetime | None
    ended_at: datetime | None
    chain: tuple[str, ...] = ()
    reached: Mapping[str, Mapping[str, int | None]] = field(default_factory=dict)

    @property
    def is_life(self) -> bool:
        """Whether lives are at stake now: the band on every page, no quiet hours."""
        return self.severity in GRAVE and self.urgency in SOON

    def holds(self, now: datetime) -> bool:
        """Whether it says how things are at this moment."""
        if self.state is not State.RELEASED or self.kind is Kind.CANCEL:
            return False
        return self.expires_at is not None and now < self.expires_at

    def said(self, language: str) -> Words:
        return self.words[language if language in self.words else LANGUAGES[0]]


GRAVE = frozenset({Severity.EXTREME, Severity.SEVERE})
SOON = frozenset({Urgency.IMMEDIATE, Urgency.EXPECTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Who did what with a message, when. who: name of the officer."""

    what: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WardReach:
    """How far a message came in one ward. None: too few to be told."""

    ward: str
    addressed: int | None
    told: int | None
    seen: int | None
    read: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceView:
    """A ward somebody follows."""

    id: UUID
    kind: PlaceKind
    ward_code: str
    source: PlaceSource
    since: datetime


class AlertNotFound(NotFound):
    sentence = "Không tìm thấy cảnh báo này."


class AlertMalformed(Invalid):
    sentence = "Cảnh báo chưa đủ nội dung."


class AreaMalformed(Invalid):
    """The shape cannot be drawn on a map of the city; the sentence says why."""

    sentence = "Vùng trên bản đồ chưa đúng."


class OutsideYourArea(Forbidden):
    sentence = "Đơn vị của bạn không phát cảnh báo cho phường, xã này. Bạn báo Thành phố phát."


class OwnDraft(Forbidden):
    """Two persons: who wrote it does not release it."""

    sentence = "Bạn đã viết cảnh báo này nên không tự phát được. Người khác có quyền phát kiểm tra."


class NotReleaser(Forbidden):
    sentence = "Vị trí của bạn không phát được cảnh báo cho nơi này."


class ProofNeeded(Forbidden):
    """A stranger at an open screen must not wake a city."""

    sentence = "Bạn xác nhận lại bằng mã mới của ứng dụng hoặc khóa truy cập rồi phát."


class AlertChanged(Conflict):
    sentence = "Cảnh báo vừa được sửa hoặc phát. Bạn mở lại trang, đọc bản mới rồi làm tiếp."


class NotInForce(Conflict):
    sentence = "Cảnh báo này không còn hiệu lực nên không cập nhật hay hủy được."


class PlaceMalformed(Invalid):
    sentence = "Bạn chọn phường, xã muốn theo dõi."


class TooManyPlaces(Conflict):
    sentence = "Bạn theo dõi được tối đa 10 nơi. Bạn bỏ bớt một nơi rồi thêm."


class NoKnownHome(Conflict):
    sentence = "Dữ liệu cư trú chưa có phường, xã nơi bạn ở. Bạn tự chọn phường, xã bên dưới."
