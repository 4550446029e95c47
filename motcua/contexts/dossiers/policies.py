"""Who may see which dossier: one predicate for page, list, search, count, export and API."""

from datetime import datetime

from django.db.models import Q

from motcua.contexts.casework import public as casework
from motcua.contexts.dossiers.contracts import Source
from motcua.kernel.access import EVERYTHING, Ground, Policy
from motcua.kernel.actors import Actor, Role

SEES_UNIT = (Role.DIVISION_HEAD, Role.SIGNER, Role.CLERK, Role.CASE_OFFICER)
SEES_DESK = (Role.RECEIVER, Role.RETURNER, Role.FEE_COLLECTOR)


OF_CASE = ("case__subject_code", "case__field")
OF_VERSION = ("procedure_version__procedure__code", "procedure_version__field_code")


def within(actor: Actor, procedure: str, field: str) -> Q:
    """What a mandate reaches, by the names of two columns; everything for one's own matters."""
    mandate = actor.mandate
    if mandate is None or not mandate.is_limited:
        return Q()
    named = Q(**{f"{procedure}__in": sorted(mandate.procedures)})
    return named | Q(**{f"{field}__in": sorted(mandate.fields)})


class DraftPolicy(Policy):
    """Whose matter it is; at the counter whoever began it, until it is sent."""

    resource = "dossiers.draft"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        if actor.account_id is None:
            return ()
        begun = Ground("Bạn đã bắt đầu bản nháp này.", Q(account_id=actor.account_id))
        if not actor.is_citizen or actor.person_id is None:
            return (begun,)
        ours = Q(applicant_person_id__in=actor.party_ids, source=Source.CITY_APP)
        return (Ground("Đây là việc của bạn.", ours & within(actor, *OF_VERSION)),)


class DossierPolicy(Policy):
    """The applicant; the units of the case; whoever has a task on it; who watches the city."""

    resource = "dossiers.dossier"
    opening = "dossiers.open_names"
    subject = "code"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        found: list[Ground] = []
        if actor.mandate:
            of_principal = Q(applicant_person_id__in=actor.party_ids) & within(actor, *OF_CASE)
            found.append(Ground("Người nộp đã ủy quyền cho bạn.", of_principal))
        elif actor.person_id:
            mine = Q(applicant_person_id__in=actor.party_ids)
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
