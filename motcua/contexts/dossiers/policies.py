"""Who may see which dossier: one predicate for page, list, search, count, export and API."""

from datetime import datetime

from django.db.models import Q

from motcua.contexts.casework import public as casework
from motcua.kernel.access import EVERYTHING, Ground, Policy
from motcua.kernel.actors import Actor, Role

SEES_UNIT = (Role.DIVISION_HEAD, Role.SIGNER, Role.CLERK, Role.CASE_OFFICER)
SEES_DESK = (Role.RECEIVER, Role.RETURNER, Role.FEE_COLLECTOR)


class DossierPolicy(Policy):
    """The applicant; the units of the case; whoever has a task on it; who watches the city."""

    resource = "dossiers.dossier"
    opening = "dossiers.open_names"
    subject = "code"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        found: list[Ground] = []
        if actor.person_id:
            mine = Q(applicant_person_id=actor.person_id)
            found.append(Ground("Bạn là người nộp hồ sơ này.", mine))
        if actor.has(Role.LEADER, Role.AUDITOR):
            watched = Ground("Bạn giữ vị trí theo dõi toàn thành phố.", EVERYTHING, watches=True)
            found.append(watched)
        handling = list(actor.unit_ids(*SEES_UNIT))
        if handling:
            units = Q(case__handling_unit_id__in=handling) | Q(case__competent_unit_id__in=handling)
            found.append(Ground("Đơn vị của bạn giải quyết hồ sơ này.", units))
        desks = list(actor.unit_ids(*SEES_DESK))
        if desks:
            desk = Q(case__receiving_unit_id__in=desks) | Q(case__supporting_unit_id__in=desks)
            found.append(Ground("Quầy của bạn tiếp nhận hoặc hỗ trợ hồ sơ này.", desk))
        asked = list(actor.unit_ids(Role.CONSULTED))
        if asked:
            found.append(
                Ground(
                    "Đơn vị của bạn được hỏi ý kiến về hồ sơ này.",
                    Q(casework.opinion_asked_of(asked)),
                )
            )
        return tuple(found)
