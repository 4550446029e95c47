"""Questions about impact assessments: where each activity stands, what is owed by when."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from motcua.contexts.documents import public as documents
from motcua.contexts.identity import public as identity
from motcua.contexts.privacy.contracts import Activity, DutyCause, ImpactNotFound
from motcua.contexts.privacy.models import ImpactAssessment, ImpactDuty
from motcua.contexts.privacy.policies import ImpactPolicy
from motcua.contexts.privacy.rules import impacts as rules
from motcua.contexts.privacy.rules.activities import activities
from motcua.kernel import access
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """One version. answer_due: until when the authority reviews it."""

    code: str
    version: int
    signed_at: datetime
    signer: str
    sent_at: datetime | None
    proof: str
    answer_due: date | None
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    cause: DutyCause
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one activity stands. stale: it changed since the newest version was signed."""

    activity: Activity
    owed: tuple[Owed, ...]
    versions: tuple[Signed, ...]
    stale: bool

    @property
    def due_on(self) -> date | None:
        return min((one.due_on for one in self.owed), default=None)


def activity(key: str) -> Activity:
    """Raises: ImpactNotFound."""
    for one in activities():
        if one.key == key:
            return one
    raise ImpactNotFound


def newest(key: str) -> ImpactAssessment | None:
    return ImpactAssessment.objects.filter(activity=key).order_by("-version").first()


def newest_sent(key: str) -> ImpactAssessment | None:
    rows = ImpactAssessment.objects.filter(activity=key, sent_at__isnull=False)
    return rows.order_by("-version").first()


def latest_version(key: str) -> int:
    found = newest(key)
    return found.version if found else 0


def open_duties(key: str) -> tuple[ImpactDuty, ...]:
    rows = ImpactDuty.objects.filter(activity=key, closed_at__isnull=True)
    return tuple(rows.order_by("due_on", "id"))


def standings(actor: Actor, *, now: datetime) -> tuple[Standing, ...]:
    """Every activity of the register; what is due first comes first."""
    rows = access.visible(ImpactAssessment.objects.all(), actor, ImpactPolicy, now=now)
    signed: dict[str, list[ImpactAssessment]] = {}
    for row in rows.order_by("activity", "-version"):
        signed.setdefault(row.activity, []).append(row)
    duties: dict[str, list[ImpactDuty]] = {}
    for duty in ImpactDuty.objects.filter(closed_at__isnull=True).order_by("due_on", "id"):
        duties.setdefault(duty.activity, []).append(duty)
    read = [row for group in signed.values() for row in group]
    names = identity.officer_names({row.signed_by for row in read if row.signed_by})
    files = documents.files_by_id([row.paper_id for row in read])
    versions = {
        key: tuple(_signed(row, names, files[row.paper_id].url) for row in group)
        for key, group in signed.items()
    }
    found = [
        Standing(
            activity=one,
            owed=tuple(
                Owed(cause=DutyCause(duty.cause), due_on=duty.due_on)
                for duty in duties.get(one.key, ())
            ),
            versions=versions.get(one.key, ()),
            stale=_is_stale(one, signed.get(one.key)),
        )
        for one in activities()
    ]
    return tuple(sorted(found, key=lambda one: one.due_on or date.max))


def standing(key: str, actor: Actor, *, now: datetime) -> Standing:
    """Raises: ImpactNotFound."""
    found = next((one for one in standings(actor, now=now) if one.activity.key == key), None)
    if found is None:
        raise ImpactNotFound
    return found


def _is_stale(one: Activity, versions: list[ImpactAssessment] | None) -> bool:
    return versions is not None and versions[0].content_print != rules.print_of(rules.draft(one))


def _signed(row: ImpactAssessment, names: dict[UUID, str], url: str) -> Signed:
    until = timedelta(days=rules.terms().review_days)
    return Signed(
        code=row.code,
        version=row.version,
        signed_at=row.signed_at,
        signer=names.get(row.signed_by, "") if row.signed_by else "",
        sent_at=row.sent_at,
        proof=row.sent_proof,
        answer_due=city_date(row.sent_at) + until if row.sent_at else None,
        url=url,
    )
