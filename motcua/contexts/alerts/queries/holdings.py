"""What alerts hold about a person: wards they follow, messages they stand on the list of."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from motcua.contexts.alerts.contracts import PlaceSource
from motcua.contexts.alerts.models import FollowedPlace, Reach
from motcua.contexts.reference import public as reference
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.kernel.holdings import Given, Held
from motcua.ui import dates


class PlacesHeld:
    """Followed wards and the push lists of the past."""

    models = frozenset({"alerts.FollowedPlace", "alerts.Reach"})

    def held_about(self, person_id: UUID) -> Iterator[Held]:
        places = FollowedPlace.objects.filter(person_id=person_id).order_by("id")
        yield from (_place(one) for one in places)
        rows = Reach.objects.filter(person_id=person_id).select_related("alert").order_by("id")
        yield from (_reach(one) for one in rows)


class HomeConsent:
    """The consent to use the registered home for warnings."""

    def given_by(self, person_id: UUID) -> Sequence[Given]:
        rows = FollowedPlace.objects.filter(person_id=person_id, source=PlaceSource.REGISTER)
        return [
            Given(
                key=str(one.id),
                title=_("Dùng nơi ở đã đăng ký để gửi cảnh báo"),
                given_at=one.since,
                effect=_("Bạn không còn nhận cảnh báo theo nơi ở đã đăng ký."),
            )
            for one in rows.order_by("id")
        ]

    def take_back(self, key: str, person_id: UUID, *, actor: Actor, now: datetime) -> None:
        rows = FollowedPlace.objects.filter(person_id=person_id, source=PlaceSource.REGISTER)
        rows.filter(id=UUID(key)).delete()


def _place(row: FollowedPlace) -> Held:
    ward = reference.commune(row.ward_code, city_date(row.since))
    return Held(
        model="alerts.FollowedPlace",
        title=_("Nơi theo dõi cảnh báo"),
        since=row.since,
        values=((_("Phường, xã"), ward.full_name if ward else row.ward_code),),
    )


def _reach(row: Reach) -> Held:
    moments = (
        (_("Đưa vào danh sách"), row.addressed_at),
        (_("Đã báo"), row.told_at),
        (_("Đã xem"), row.seen_at),
        (_("Đã đọc"), row.read_at),
    )
    return Held(
        model="alerts.Reach",
        title=_("Cảnh báo đã gửi bạn"),
        code=row.alert.code,
        since=row.addressed_at,
        values=tuple((name, dates.city_moment(at)) for name, at in moments if at),
    )
