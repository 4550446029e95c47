"""Who sees which alert, and who sees which followed ward."""

from datetime import datetime

from django.db.models import Q

from motcua.contexts.alerts.contracts import State
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import UnitKind
from motcua.kernel.access import EVERYTHING, Asked, Ground, Policy, where
from motcua.kernel.actors import Actor, Role

WRITERS = (Role.CLERK, Role.DIVISION_HEAD, Role.SIGNER, Role.LEADER)
RELEASERS = (Role.SIGNER, Role.LEADER)


class AlertPolicy(Policy):
    """What was released is everybody's; a draft is of the watch of its place."""

    resource = "alerts.alert"
    model = "alerts.Alert"
    what = "cảnh báo"
    whom = "người trực cảnh báo"
    lists = ("/canh-bao", "/ban/canh-bao")

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        public = Q(state__in=[State.RELEASED, State.ENDED])
        return (
            Ground("Cảnh báo đã phát thì ai cũng xem được.", public, Asked.OWN),
            Ground("Bạn trực cảnh báo ở nơi này.", _of_watch(actor), Asked.UNIT),
        )


def _of_watch(actor: Actor) -> Q:
    """Everything for the city's committee, else drafts of one's own unit and one's own ward."""
    if not actor.has(*WRITERS):
        return where(False, EVERYTHING)
    units = organisations.units_by_id(actor.unit_ids(*WRITERS)).values()
    if any(unit.kind is UnitKind.CITY_UBND for unit in units):
        return EVERYTHING
    wards = {unit.ward_code for unit in units if unit.ward_code}
    return Q(unit_id__in=[unit.id for unit in units]) | where(
        wards, Q(wards__contained_by=sorted(wards)) & ~Q(wards=[])
    )


class FollowedPlacePolicy(Policy):
    """Which wards somebody follows is theirs alone."""

    resource = "alerts.followed_place"
    model = "alerts.FollowedPlace"
    what = "nơi theo dõi"
    whom = "chính bạn"
    lists = ("/toi/noi-theo-doi",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        mine = where(actor.own_ids, Q(person_id__in=actor.own_ids))
        return (Ground("Đây là nơi bạn theo dõi.", mine),)


def may_write_for(actor: Actor, wards: tuple[str, ...]) -> bool:
    """A ward warns its own people; city offices may write for any ward."""
    units = organisations.units_by_id(actor.unit_ids(*WRITERS)).values()
    return any(not unit.ward_code or _is_all(wards, unit.ward_code) for unit in units)


def may_release_for(actor: Actor, wards: tuple[str, ...]) -> bool:
    """The head of the ward for the ward alone; the city's committee for every place."""
    units = organisations.units_by_id(actor.unit_ids(*RELEASERS)).values()
    return any(
        unit.kind is UnitKind.CITY_UBND
        or (unit.kind is UnitKind.COMMUNE_UBND and _is_all(wards, unit.ward_code))
        for unit in units
    )


def _is_all(wards: tuple[str, ...], ward: str) -> bool:
    return bool(wards) and set(wards) == {ward}
