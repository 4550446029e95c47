"""Who may see which request about data."""

from datetime import datetime
from typing import ClassVar

from django.db.models import Q

from motcua.contexts.casework import public as casework
from motcua.kernel.access import EVERYTHING, Ground, Policy
from motcua.kernel.actors import Actor, Role


class DataRequestPolicy(Policy):
    """Whoever asked; the data protection officer; the units asked for an opinion."""

    resource: ClassVar[str] = "privacy.data_request"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        found: list[Ground] = []
        if actor.person_id:
            found.append(Ground("Đây là yêu cầu của bạn.", Q(person_id=actor.person_id)))
        if actor.has(Role.DATA_PROTECTION):
            found.append(Ground("Bạn phụ trách bảo vệ dữ liệu cá nhân.", EVERYTHING))
        asked = list(actor.unit_ids(Role.CONSULTED))
        if asked:
            ground = Q(casework.opinion_asked_of(asked))
            found.append(Ground("Đơn vị của bạn được hỏi ý kiến về yêu cầu này.", ground))
        return tuple(found)


class BreachPolicy(Policy):
    """Breaches are the data protection officer's."""

    resource: ClassVar[str] = "privacy.breach"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        if not actor.has(Role.DATA_PROTECTION):
            return ()
        return (Ground("Bạn phụ trách bảo vệ dữ liệu cá nhân.", EVERYTHING),)


class ImpactPolicy(Policy):
    """Impact assessments are the data protection officer's."""

    resource: ClassVar[str] = "privacy.impact"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        if not actor.has(Role.DATA_PROTECTION):
            return ()
        return (Ground("Bạn phụ trách bảo vệ dữ liệu cá nhân.", EVERYTHING),)


class LookQuestionPolicy(Policy):
    """Whoever asked about a look at their data; the data protection officer."""

    resource: ClassVar[str] = "privacy.look_question"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        found: list[Ground] = []
        if actor.person_id:
            found.append(Ground("Đây là câu hỏi của bạn.", Q(person_id=actor.person_id)))
        if actor.has(Role.DATA_PROTECTION):
            found.append(Ground("Bạn phụ trách bảo vệ dữ liệu cá nhân.", EVERYTHING))
        return tuple(found)


class ReadAlertPolicy(Policy):
    """The data protection officer alone: the reader is not told."""

    resource: ClassVar[str] = "privacy.read_alert"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        if not actor.has(Role.DATA_PROTECTION):
            return ()
        return (Ground("Bạn phụ trách bảo vệ dữ liệu cá nhân.", EVERYTHING),)
