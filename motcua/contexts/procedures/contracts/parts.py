"""The parts of a version: papers, time limits, fees, law, words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum

from motcua.contexts.casework.contracts import TimeUnit
from motcua.kernel.forms import Condition
from motcua.kernel.money import Money
from motcua.kernel.privacy import DataClass


class Level(StrEnum):
    """Cấp thực hiện."""

    COMMUNE = "COMMUNE"
    CITY = "CITY"
    MINISTRY = "MINISTRY"


class Routing(StrEnum):
    """Where it is processed: here, or in a ministry's system and only followed here."""

    HERE = "HERE"
    MINISTRY_SYSTEM = "MINISTRY_SYSTEM"


class Online(StrEnum):
    """Mức độ trực tuyến: toàn trình, một phần, chỉ thông tin, không."""

    FULL = "FULL"
    PARTIAL = "PARTIAL"
    INFO_ONLY = "INFO_ONLY"
    NONE = "NONE"


class PartialReason(StrEnum):
    """Why a service is not wholly online; must be published (Decree 224/2026 Art. 14)."""

    PRESENCE = "PRESENCE"
    FIELD_CHECK = "FIELD_CHECK"
    INCIDENT = "INCIDENT"
    TECHNICAL = "TECHNICAL"


class NotFiled(StrEnum):
    """Why a record of the national catalogue is here for reading only."""

    NOT_ONLINE = "NOT_ONLINE"  # the record has no online channel
    CENTRAL = "CENTRAL"  # neither commune nor province level
    OTHER_PROVINCE = "OTHER_PROVINCE"  # issued by another province for itself
    NO_AGENCY = "NO_AGENCY"  # the record names nobody who handles it
    AGENCY_UNKNOWN = "AGENCY_UNKNOWN"  # no agency of this city has such a name
    FIELD_UNKNOWN = "FIELD_UNKNOWN"  # a People's Committee, and no division for the field
    NOT_DECIDED_HERE = "NOT_DECIDED_HERE"  # in some commune no unit decides such a matter


class ComponentForm(StrEnum):
    """In which form a paper is handed in."""

    ORIGINAL = "ORIGINAL"
    COPY = "COPY"
    ELECTRONIC = "ELECTRONIC"


class FeeKind(StrEnum):
    PHI = "PHI"
    LE_PHI = "LE_PHI"
    LAND_DUTY = "LAND_DUTY"
    TAX = "TAX"
    POST = "POST"
    OTHER = "OTHER"


class FeeRule(StrEnum):
    """HDND_TABLE and TEXT have no amount here: an officer enters it, nothing is defaulted."""

    FREE = "FREE"
    FIXED = "FIXED"
    PER_PAGE = "PER_PAGE"
    PER_COPY = "PER_COPY"
    HDND_TABLE = "HDND_TABLE"
    TEXT = "TEXT"


class FeeWhen(IntEnum):
    """When it is due (national codes)."""

    RECEPTION = 1
    SUPPLEMENT = 2
    RETURN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentView:
    """Giấy tờ cần có. `replaced_by`: the register that holds it, then never a must to upload."""

    key: str
    name: str
    name_en: str = ""
    required: bool = True
    form: ComponentForm = ComponentForm.ELECTRONIC
    replaced_by: str = ""
    filled_here: bool = False
    originals: int = 0
    copies: int = 0
    group: str = ""
    note: str = ""
    form_file: str = ""
    accept: tuple[str, ...] = ()
    applies_if: Condition | None = None
    data_class: DataClass = DataClass.PERSONAL_BASIC


@dataclass(frozen=True, slots=True, kw_only=True)
class DurationView:
    """Thời hạn for one channel and case, in force on half-open days (of acceptance).

    restart: after a supplement the count starts again from zero, else it resumes.
    """

    unit: TimeUnit
    value: float
    channel: str = "ALL"
    case: str = ""
    applies_if: Condition | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    text: str = ""
    restart: bool = False
    verified: bool = False

    def holds_on(self, on: date) -> bool:
        started = self.valid_from is None or self.valid_from <= on
        return started and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeTier:
    """From this page on, each page costs `amount`."""

    from_page: int
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeRuleView:
    """How one fee is reckoned. `copies`, `pages`: keys of the questions with the quantities."""

    kind: FeeKind
    rule: FeeRule
    label: str
    amount: Money | None = None
    tiers: tuple[FeeTier, ...] = ()
    max_per_copy: Money | None = None
    channel: str = "ALL"
    case: str = ""
    applies_if: Condition | None = None
    when: FeeWhen = FeeWhen.RECEPTION
    text: str = ""
    copies: str = "copies"
    pages: str = "pages"
    verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeLine:
    """One fee of one dossier. amount None: not known yet, `text` says why; an officer enters it."""

    kind: FeeKind
    label: str
    amount: Money | None
    text: str = ""
    when: FeeWhen = FeeWhen.RECEPTION


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalView:
    """Căn cứ pháp lý."""

    document: str
    title: str = ""
    article: str = ""
    verified: bool = False


class KeptOf(StrEnum):
    """What a period of keeping is said of."""

    DOSSIER = "DOSSIER"
    RESULT = "RESULT"


class CountedFrom(StrEnum):
    """From when a period of keeping counts."""

    ENDED = "ENDED"  # the day on which the dossier ended
    ISSUED = "ISSUED"  # the day of its last result, of its end where it has none
    YEAR_END = "YEAR_END"  # the last day of the year in which it ended


COUNTED_FROM: dict[CountedFrom, str] = {
    CountedFrom.ENDED: "từ ngày kết thúc hồ sơ",
    CountedFrom.ISSUED: "từ ngày cấp kết quả cuối",
    CountedFrom.YEAR_END: "từ hết năm kết thúc hồ sơ",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionView:
    """Thời hạn lưu. years None: for ever. said: «10 năm từ hết năm kết thúc hồ sơ»."""

    of: KeptOf
    years: int | None = None
    counted_from: CountedFrom = CountedFrom.ENDED
    law: str = ""
    mark: str = ""
    verified: bool = False

    @property
    def said(self) -> str:
        return f"{self.years} năm {COUNTED_FROM[self.counted_from]}" if self.years else "vĩnh viễn"

    def until(self, *, ended_on: date, issued_on: date | None) -> date | None:
        """The last day on which it is kept; None: there is none."""
        if self.years is None:
            return None
        begins = ended_on
        if self.counted_from is CountedFrom.ISSUED:
            begins = max(ended_on, issued_on) if issued_on else ended_on
        elif self.counted_from is CountedFrom.YEAR_END:
            begins = ended_on.replace(month=12, day=31)
        return _years_later(begins, self.years)


def _years_later(on: date, years: int) -> date:
    """Of 29 February, where there is none: the day after, so that nothing ends early."""
    try:
        return on.replace(year=on.year + years)
    except ValueError:
        return date(on.year + years, 3, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityView:
    """A question before the form: the answer that passes, else what to do instead."""

    question: str
    passes: str = "yes"
    otherwise: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonView:
    """A ready-made reason to ask for a supplement or to decline."""

    key: str
    kind: str
    text: str
    guidance: str = ""
    component: str = ""
    law: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextsView:
    """The words around a procedure in one language. `messages`: by key of step or event."""

    for_whom: str = ""
    before_you_start: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    result: str = ""
    eligibility: tuple[EligibilityView, ...] = ()
    reasons: tuple[ReasonView, ...] = ()
    messages: Mapping[str, str] = field(default_factory=dict)

    def message(self, key: str) -> str:
        return self.messages.get(key, "")

    def reason(self, key: str) -> ReasonView | None:
        return next((reason for reason in self.reasons if reason.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """Words in Vietnamese and, for citizen pages, English."""

    vi: TextsView = field(default_factory=TextsView)
    en: TextsView = field(default_factory=TextsView)

    def in_language(self, language: str) -> TextsView:
        """The English words when there are any, else the Vietnamese."""
        return self.en if language.startswith("en") and self.en.steps else self.vi
