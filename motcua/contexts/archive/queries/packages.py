"""Questions about packages: what they shall hold, what they hold, how far they are."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from motcua.contexts.archive.contracts import PackageNotFound, PackageState, PackageView
from motcua.contexts.archive.models import Package, PackedDossier
from motcua.contexts.archive.policies import PackagePolicy
from motcua.contexts.archive.rules import layout
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts.archiving import ClosedDossier
from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.kernel import access, exports
from motcua.kernel.actors import Actor
from motcua.kernel.clock import start_of_day
from motcua.kernel.models import LedgerHead, LedgerLeaf

PAGE = 50


def _span(row: Package) -> tuple[datetime, datetime]:
    return start_of_day(row.first), start_of_day(row.last + timedelta(days=1))


def _units(row: Package) -> frozenset[UUID] | None:
    """The unit with all below it, today and as they were before an act of reorganisation."""
    if row.unit_id is None:
        return None
    below = {unit.id for unit in organisations.units_within(row.unit_id)}
    return organisations.with_predecessors({row.unit_id, *below})


def count_wanted(row: Package) -> int:
    return dossiers.count_closed(*_span(row), unit_ids=_units(row))


def wanted(
    row: Package, *, after: tuple[datetime, UUID] | None, limit: int
) -> tuple[ClosedDossier, ...]:
    return dossiers.closed_dossiers(*_span(row), unit_ids=_units(row), after=after, limit=limit)


def packed_among(row: Package, codes: Collection[str]) -> frozenset[str]:
    rows = PackedDossier.objects.filter(package=row, code__in=codes).order_by()
    return frozenset(rows.values_list("code", flat=True))


def packed_in(row: Package) -> int:
    return PackedDossier.objects.filter(package=row).count()


def bags_of(row: Package) -> Iterator[PackedDossier]:
    """Those whose content is still there, in the order of their codes."""
    rows = PackedDossier.objects.filter(package=row, file__isnull=False)
    return rows.order_by("code").iterator(chunk_size=500)


def is_proved(row: Package) -> bool:
    """Whether the ledger has sealed the leaf of the last bag."""
    last = PackedDossier.objects.filter(package=row).order_by("-packed_at", "-pk").first()
    if last is None:
        return True
    leaf = exports.leaf_of(layout.pack_subject(row.code, last.code), "archive.pack")
    if leaf is None:
        return False
    xid = LedgerLeaf.objects.filter(pk=leaf).order_by("id").values_list("xid", flat=True).first()
    return xid is not None and LedgerHead.objects.filter(xid_to__gt=xid).exists()


def package_row(package_id: UUID, actor: Actor, *, now: datetime) -> Package:
    """Raises: PackageNotFound."""
    rows = access.visible(Package.objects.filter(pk=package_id), actor, PackagePolicy, now=now)
    row = rows.first()
    if row is None:
        raise PackageNotFound
    return row


def package(package_id: UUID, actor: Actor, *, now: datetime) -> PackageView:
    """Raises: PackageNotFound."""
    return _views([package_row(package_id, actor, now=now)])[0]


def listed(actor: Actor, *, now: datetime) -> tuple[PackageView, ...]:
    """The newest first."""
    rows: QuerySet[Package] = access.visible(Package.objects.all(), actor, PackagePolicy, now=now)
    return _views(list(rows.order_by("-asked_at", "-pk")[:PAGE]))


@dataclass(frozen=True, slots=True)
class _Held:
    """What a package holds, counted."""

    packed: int = 0
    size: int = 0
    gone: int = 0


def _held_by(rows: list[Package]) -> dict[UUID, _Held]:
    found = PackedDossier.objects.filter(package__in=rows).order_by().values_list("package")
    counted = found.annotate(n=Count("id"), size=Sum("size"), gone=Count("id", filter=Q(file=None)))
    return {package: _Held(n, size, gone) for package, n, size, gone in counted}


def _views(rows: list[Package]) -> tuple[PackageView, ...]:
    held = _held_by(rows)
    units = organisations.units_by_id({row.unit_id for row in rows if row.unit_id})
    names = identity.officer_names({row.asked_by for row in rows if row.asked_by})
    return tuple(
        _view(
            row,
            held.get(row.pk, _Held()),
            units[row.unit_id].name if row.unit_id else "Toàn thành phố",
            names.get(row.asked_by, "") if row.asked_by else "",
        )
        for row in rows
    )


def _view(row: Package, held: _Held, unit: str, by: str) -> PackageView:
    return PackageView(
        id=row.pk,
        code=row.code,
        state=_state(row),
        first=row.first,
        last=row.last,
        unit_name=unit,
        sealed=row.sealed,
        why_clear=row.why_clear,
        dossiers=row.dossiers,
        packed=held.packed,
        size=held.size,
        gone=held.gone,
        asked_by=by,
        asked_at=row.asked_at,
        ready_at=row.ready_at,
        handed_at=row.handed_at,
        handed_to=row.handed_to,
        handed_note=row.handed_note,
    )


def _state(row: Package) -> PackageState:
    if row.handed_at is not None:
        return PackageState.HANDED
    return PackageState.READY if row.ready_at is not None else PackageState.WAITING
