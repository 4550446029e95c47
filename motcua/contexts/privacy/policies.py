"""Who may see which request about data."""

from datetime import datetime
from typing import ClassVar

from django.db.models import Q

from motcua.contexts.casework import public as casework
from motcua.contexts.organisations import public as organisations
from motcua.contexts.privacy.rules import rights
from motcua.kernel.access import EVERYTHING, Asked, Ground, Policy, where
from motcua.kernel.actors import Actor, Role


def _protects(actor: Actor) -> Ground:
    watched = where(actor.has(Role.DATA_PROTECTION), EVERYTHING)
    return Ground("Bạn phụ trách bảo vệ dữ liệu cá nhân.", watched, Asked.POST)


class DataRequestPolicy(Policy):
    """Whoever asked; the data protection officer; the units asked for an opinion."""

    resource = "privacy.data_request"
    model = "privacy.DataRequest"
    what = "yêu cầu về dữ liệu"
    whom = "người bảo vệ dữ liệu"
    named_by: ClassVar = {"request_code": "code"}
    lists = ("/toi/du-lieu", "/bao-ve-du-lieu", "/bao-ve-du-lieu/y-kien")

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        asked = list(actor.unit_ids(Role.CONSULTED))
        return (
            Ground("Đây là yêu cầu của bạn.", where(actor.own_ids, Q(person_id__in=actor.own_ids))),
            _protects(actor),
            Ground(
                "Đơn vị của bạn được hỏi ý kiến về yêu cầu này.",
                where(asked, Q(casework.opinion_asked_of(asked))),
                Asked.UNIT,
            ),
        )


class BreachPolicy(Policy):
    """Breaches are the data protection officer's."""

    resource = "privacy.breach"
    model = "privacy.Breach"
    what = "sự cố dữ liệu"
    whom = "người bảo vệ dữ liệu"
    named_by: ClassVar = {"breach_code": "code"}
    lists = ("/bao-ve-du-lieu/su-co",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        return (_protects(actor),)


class ImpactPolicy(Policy):
    """Impact assessments are the data protection officer's."""

    resource = "privacy.impact"
    model = "privacy.ImpactAssessment"
    lists = ("/bao-ve-du-lieu/danh-gia",)
    what = "đánh giá tác động"
    whom = "người bảo vệ dữ liệu"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        return (_protects(actor),)


class LookQuestionPolicy(Policy):
    """Whoever asked about a look at their data; the data protection officer."""

    resource = "privacy.look_question"
    model = "privacy.LookQuestion"
    what = "câu hỏi về một lần xem"
    whom = "người bảo vệ dữ liệu"
    named_by: ClassVar = {"question_id": "pk"}
    lists = ("/bao-ve-du-lieu/luot-xem",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        mine = where(actor.own_ids, Q(person_id__in=actor.own_ids))
        return (Ground("Đây là câu hỏi của bạn.", mine), _protects(actor))


class ReadAlertPolicy(Policy):
    """The data protection officer alone: the reader is not told."""

    resource = "privacy.read_alert"
    model = "privacy.ReadAlert"
    what = "cảnh báo xem nhiều"
    whom = "người bảo vệ dữ liệu"
    named_by: ClassVar = {"alert_id": "pk"}
    lists = ("/bao-ve-du-lieu/canh-bao",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        return (_protects(actor),)


def signs_for_office(actor: Actor) -> bool:
    """Who signs for the agency that guards data and keeps the archive."""
    mine = actor.unit_ids(Role.SIGNER)
    return bool(mine) and organisations.unit(rights.office_code()).id in mine
