"""Địa chỉ của trang điều hành: what the reader asks for, and links that keep it."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import Bucket
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import UnitView
from motcua.kernel.actors import Actor, Role

HERE = "/dieu-hanh"
AS_WAS = "luc-do"
PERIODS = {1: "Tháng này", 3: "3 tháng", 12: "12 tháng"}
SLUGS = {
    "tiep-nhan": Bucket.RECEIVED,
    "dang-xu-ly": Bucket.IN_PROCESS,
    "qua-han": Bucket.OVERDUE,
    "tam-dung": Bucket.PAUSED,
    "cho-tiep-nhan": Bucket.WAITING_RECEPTION,
    "tiep-nhan-tre": Bucket.LATE_RECEPTION,
    "da-xong": Bucket.DONE,
    "dung-han": Bucket.ON_TIME,
    "tre-han": Bucket.LATE,
    "dung-ngay": Bucket.FIRST_RIGHT,
    "hoi-lai": Bucket.ASKED_AGAIN,
}
SLUG_OF = {bucket: slug for slug, bucket in SLUGS.items()}
TITLES = {
    Bucket.RECEIVED: "Hồ sơ đã tiếp nhận",
    Bucket.IN_PROCESS: "Hồ sơ đang giải quyết",
    Bucket.OVERDUE: "Hồ sơ đang quá hạn",
    Bucket.PAUSED: "Hồ sơ đang dừng đồng hồ",
    Bucket.WAITING_RECEPTION: "Hồ sơ chờ tiếp nhận",
    Bucket.LATE_RECEPTION: "Hồ sơ chưa tiếp nhận quá 1 ngày làm việc",
    Bucket.DONE: "Hồ sơ đã giải quyết",
    Bucket.ON_TIME: "Hồ sơ giải quyết đúng hạn",
    Bucket.LATE: "Hồ sơ giải quyết trễ hạn",
    Bucket.FIRST_RIGHT: "Hồ sơ đúng ngay lần đầu",
    Bucket.ASKED_AGAIN: "Hồ sơ bị hỏi lại từ hai lần",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Period, unit, field and procedure of a page. months: one of PERIODS.

    as_was: units that are no more stand under their own names.
    """

    months: int = 1
    unit: UnitView | None = None
    field: str = ""
    bucket: Bucket = Bucket.LATE
    as_was: bool = False
    procedure: str = ""

    @property
    def unit_id(self) -> UUID | None:
        return self.unit.id if self.unit else None

    def board_url(self, months: int | None = None, **more: str) -> str:
        return _address(HERE, self._kept(months or self.months) | more)

    @property
    def export_url(self) -> str:
        return _address(f"{HERE}/xuat.csv", self._kept(self.months))

    def rates_url(self, months: int | None = None, *, tail: str = "") -> str:
        return _address(f"{HERE}/dung-ngay{tail}", self._kept(months or self.months))

    def of_unit(self, unit_id: UUID) -> str:
        return _address(HERE, self._kept(self.months) | {"don-vi": str(unit_id)})

    def list_url(self, bucket: Bucket, *, tail: str = "", **more: str) -> str:
        """The list behind a number; keyword arguments `don_vi`, `linh_vuc`, `thu_tuc`,
        `sau`."""
        kept = self._kept(self.months) | {
            "phan": SLUG_OF[bucket],
            "linh-vuc": self.field,
            "thu-tuc": self.procedure,
        }
        given = {name.replace("_", "-"): value for name, value in more.items()}
        return _address(f"{HERE}/danh-sach{tail}", kept | given)

    def with_bucket(self, bucket: Bucket) -> "Asked":
        return replace(self, bucket=bucket)

    @property
    def subject(self) -> str:
        """The list in one short word, for the ledger and for the session."""
        unit = self.unit.code if self.unit else "city"
        of = f"/{self.procedure}" if self.procedure else ""
        return f"{SLUG_OF[self.bucket]}/{self.months}/{unit}/{self.field or '*'}{of}"

    def _kept(self, months: int) -> dict[str, str]:
        return {
            "ky": "" if months == 1 else str(months),
            "don-vi": str(self.unit.id) if self.unit else "",
            "dia-gioi": AS_WAS if self.as_was else "",
        }


def _address(path: str, parameters: dict[str, str]) -> str:
    said = urlencode({name: value for name, value in parameters.items() if value})
    return f"{path}?{said}" if said else path


def asked(request: HttpRequest, actor: Actor) -> Asked:
    """What the address asks for. Who leads no city sees the own unit unless another is named.

    Raises: UnitNotFound.
    """
    given = request.POST if request.method == "POST" else request.GET
    unit = _unit(given.get("don-vi", ""))
    if unit is None and not actor.has(Role.LEADER):
        own = dossiers.own_units(actor)
        unit = organisations.unit_by_id(own[0]) if own else None
    return Asked(
        months=int(given["ky"]) if given.get("ky") in {"3", "12"} else 1,
        unit=unit,
        field=given.get("linh-vuc", "")[:40],
        bucket=SLUGS.get(given.get("phan", ""), Bucket.LATE),
        as_was=given.get("dia-gioi") == AS_WAS,
        procedure=given.get("thu-tuc", "")[:40],
    )


def _unit(said: str) -> UnitView | None:
    try:
        wanted = UUID(said)
    except ValueError:
        return None
    return organisations.unit_by_id(wanted)
