"""Nhập tên đường: an operator's file is the whole list; it replaces the one before."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import uuid5

from motcua.contexts.reference import adapters
from motcua.contexts.reference.actions.loading import NAMESPACE
from motcua.contexts.reference.contracts import StreetRemark, StreetRow, StreetsTaken
from motcua.contexts.reference.models import AdminUnit, Edition, Street
from motcua.contexts.reference.queries.streets import STREETS, snapshot
from motcua.contexts.reference.rules.former import bare, plain
from motcua.kernel.actors import Actor
from motcua.kernel.db import owns_transaction, record, uuid7
from motcua.kernel.text import nfc

LONGEST = 120
Districts = Mapping[tuple[str, str], str]  # province and district, plain -> code of a district


@owns_transaction
def take_streets(rows: Sequence[StreetRow], *, by: Actor, now: datetime) -> StreetsTaken:
    """Make the table equal to these rows; a row of an unknown district is left out and named."""
    found, remarks = read_streets(rows)
    before = set(Street.objects.values_list("id", flat=True))
    after = {street.id for street in found}
    Street.objects.filter(id__in=before - after).delete()
    Street.objects.bulk_create(found, ignore_conflicts=True, batch_size=2000)
    Edition.objects.update_or_create(name=STREETS, defaults={"version": uuid7()})
    snapshot.changed()
    taken = StreetsTaken(
        taken=len(after),
        new=len(after - before),
        gone=len(before - after),
        remarks=tuple(remarks),
    )
    record(
        action="reference.take_streets",
        subject=STREETS,
        actor=by,
        facts={"taken": taken.taken, "new": taken.new, "gone": taken.gone},
    )
    return taken


def read_streets(rows: Sequence[StreetRow]) -> tuple[list[Street], list[StreetRemark]]:
    districts = _districts()
    streets: dict[object, Street] = {}
    remarks = []
    for number, row in enumerate(rows, start=1):
        name, said = nfc(row.street).strip(" ,"), " ".join(nfc(row.district).split())
        code = districts.get((bare(plain(row.province)), plain(said)))
        code = code or districts.get((bare(plain(row.province)), bare(plain(said))))
        if code is None:
            why = f"không biết quận, huyện «{said}» của «{row.province}»"
        elif not name or len(name) > LONGEST:
            why = "không có tên đường, hoặc tên quá dài"
        else:
            key = uuid5(NAMESPACE, f"street {code} {said} {name}")
            streets[key] = Street(id=key, name=name, district_code=code, said=said)
            continue
        remarks.append(StreetRemark(row=number, why=why))
    return list(streets.values()), remarks


def _districts() -> Districts:
    """By the whole name and, where that is no number, by the name without its kind."""
    units = AdminUnit.objects.filter(level="DISTRICT")
    provinces = {
        unit.code: bare(plain(unit.name)) for unit in AdminUnit.objects.filter(level="PROVINCE")
    }
    named = [(unit.province_code, unit.full_name, unit.code) for unit in units]
    named += [(old.province, old.name, old.within) for old in adapters.older_districts()]
    found: dict[tuple[str, str], str] = {}
    for province, name, code in named:
        whole = plain(name)
        found[provinces[province], whole] = code
        if not bare(whole).isdigit():
            found.setdefault((provinces[province], bare(whole)), code)
    return found
