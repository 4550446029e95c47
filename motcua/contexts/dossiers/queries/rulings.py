"""Khai khác nguồn: the decisions of one dossier, oldest first."""

from motcua.contexts.dossiers.contracts import DossierView
from motcua.contexts.dossiers.contracts.rulings import Ruling, RulingView
from motcua.contexts.dossiers.models import Dossier, ValueRuling
from motcua.contexts.identity import public as identity


def rulings_of(dossier: Dossier) -> tuple[RulingView, ...]:
    rows = list(ValueRuling.objects.filter(dossier_id=dossier.pk).order_by("decided_at", "id"))
    if not rows:
        return ()
    names = identity.officer_names({row.decided_by for row in rows})
    return tuple(ruling_of(row, names.get(row.decided_by, "")) for row in rows)


def ruling_of(row: ValueRuling, name: str) -> RulingView:
    return RulingView(
        question_key=row.question_key,
        ruling=Ruling(row.ruling),
        declared=row.pair.get("declared"),
        registered=row.pair.get("registered"),
        source=row.source,
        reason=row.reason,
        decided_by=name,
        decided_at=row.decided_at,
    )


def is_disputed(view: DossierView, key: str) -> bool:
    """Whether a register told otherwise than this answer, and nobody has decided about it."""
    origin, said = view.provenance.get(key), view.answers.get(key)
    if origin is None or not origin.differs_from(said):
        return False
    last = [one for one in view.rulings if one.question_key == key][-1:]
    return not any(one.settles(said, origin.told) for one in last)
