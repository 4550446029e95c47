"""Chuyển phiên bản: running dossiers go from one version of a procedure to another."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound


class MigrationState(StrEnum):
    CHECKING = "CHECKING"  # the dry run looks at each dossier
    CHECKED = "CHECKED"  # waits for a second person
    APPROVED = "APPROVED"  # the worker moves what fits
    DONE = "DONE"
    UNDOING = "UNDOING"
    UNDONE = "UNDONE"
    DROPPED = "DROPPED"


OPEN = (
    MigrationState.CHECKING,
    MigrationState.CHECKED,
    MigrationState.APPROVED,
    MigrationState.UNDOING,
)


class LineState(StrEnum):
    CHOSEN = "CHOSEN"  # not looked at yet
    FITS = "FITS"
    REFUSED = "REFUSED"  # by the dry run
    MOVED = "MOVED"
    KEPT = "KEPT"  # fitted in the dry run and no more when its turn came
    BACK = "BACK"  # undone
    STAYED = "STAYED"  # went on meanwhile, so that it is not taken back


class WhyNot(StrEnum):
    """Why a dossier keeps its version. The first six are `casework` `NoWay`."""

    ENDED = "ENDED"
    DECIDED = "DECIDED"
    NO_PLACE = "NO_PLACE"
    RECEPTION = "RECEPTION"
    SIGNATURE = "SIGNATURE"
    NOBODY = "NOBODY"
    OTHER_VERSION = "OTHER_VERSION"  # it was moved by another migration meanwhile
    SIGNED = "SIGNED"
    COMPETENCE = "COMPETENCE"
    COMMUNE = "COMMUNE"  # the other version is on trial elsewhere
    ANSWERS = "ANSWERS"
    PAPERS = "PAPERS"
    CASE = "CASE"  # its answers make it another case of the procedure
    LIMIT = "LIMIT"
    FEES = "FEES"
    SUPPLEMENT = "SUPPLEMENT"  # asked for what the other version does not know
    PROPOSAL = "PROPOSAL"  # a head has to answer first
    WENT_ON = "WENT_ON"  # of an undoing


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which running dossiers. None and "": any. filed_from, filed_to: both days included."""

    unit_id: UUID | None = None  # that handles it
    ward: str = ""
    step: str = ""
    filed_from: date | None = None
    filed_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMigration:
    """places: steps of the version before whose key the other one lacks, with the step there."""

    procedure_code: str
    from_id: UUID
    to_id: UUID
    choice: Choice = Choice()
    places: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    migration_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationView:
    """counts: how many lines are in which state."""

    id: UUID
    procedure_code: str
    from_id: UUID
    to_id: UUID
    from_number: int
    to_number: int
    choice: Choice
    places: Mapping[str, str]
    state: MigrationState
    planned_by: UUID
    planned_at: datetime
    checked_at: datetime | None
    decided_by: UUID | None
    decided_at: datetime | None
    done_at: datetime | None
    undone_at: datetime | None
    counts: Mapping[LineState, int]

    def count(self, *states: LineState) -> int:
        return sum(self.counts.get(state, 0) for state in states or tuple(LineState))


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationLineView:
    """What becomes, or became, of one dossier."""

    id: UUID
    code: str
    state: LineState
    why: WhyNot | None
    step_before: str
    step_after: str
    at: datetime | None


class MigrationNotFound(NotFound):
    sentence = "Không có lần chuyển phiên bản này."


class NotAllowedToMigrate(Forbidden):
    """Running dossiers are moved by those who answer for the catalogue."""

    sentence = "Việc này dành cho người soạn và người duyệt danh mục."


class OwnMigration(Forbidden):
    """Four eyes."""

    sentence = "Bạn là người lập lần chuyển này. Người duyệt phải là người khác."


class MigrationMoved(Conflict):
    """It is not any more where the caller saw it."""

    sentence = "Lần chuyển này đã sang bước khác. Bạn tải lại trang để xem."


class MigrationRuns(Conflict):
    """One at a time of one procedure."""

    sentence = (
        "Thủ tục này đang có một lần chuyển phiên bản chưa xong. Bạn duyệt hoặc bỏ lần đó trước."
    )


class NothingChosen(Invalid):
    sentence = "Không có hồ sơ đang mở nào như bạn chọn. Bạn nới điều kiện chọn."


class TooManyChosen(Invalid):
    sentence = "Nhiều hơn 20.000 hồ sơ. Bạn chọn theo phường, đơn vị hoặc ngày nộp để chia nhỏ."


class VersionsDoNotFit(Invalid):
    sentence = "Bạn chọn hai phiên bản khác nhau đã công bố, có quy trình, của cùng một thủ tục."


class PlaceUnknown(Invalid):
    sentence = "Bước đã ghép không có trong quy trình. Bạn chọn lại."
