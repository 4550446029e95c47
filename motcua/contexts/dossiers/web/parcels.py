"""Hành trình bưu gửi: the way of a parcel, for its owner and for the desk."""

from django.utils.translation import gettext as _

from motcua.contexts.post import public as post
from motcua.contexts.post.contracts import (
    EVENT_WORDS,
    STATE_WORDS,
    ConsignmentKind,
    ConsignmentState,
    ConsignmentView,
)
from motcua.ui import dates
from motcua.ui.parts import Fact
from motcua.ui.words import foreign

UNDER_WAY = frozenset(
    {
        ConsignmentState.ASKED,
        ConsignmentState.BOOKED,
        ConsignmentState.WITH_POST,
        ConsignmentState.COMING_BACK,
    }
)


def parcel_facts(code: str, *kinds: ConsignmentKind) -> list[Fact]:
    """The newest parcel of a dossier: number, price with who told it, each event."""
    found = next((one for one in post.consignments_of(code) if one.kind in kinds), None)
    return _facts(found) if found else []


def _facts(one: ConsignmentView) -> list[Fact]:
    facts = [Fact(label=_("Bưu chính"), value=_(STATE_WORDS[one.state]))]
    if one.tracking:
        facts.append(Fact(label=_("Số hiệu bưu gửi"), value=one.tracking))
    if one.price is not None:
        facts.append(
            Fact(
                label=_("Cước"),
                value=one.price.vnd(),
                note=one.price_source,
                note_language=foreign(),
            )
        )
    facts += [
        Fact(
            label=dates.city_moment(event.happened_at),
            value=_(EVENT_WORDS[event.kind]),
            note=event.place,
            note_language=foreign(),
        )
        for event in one.events
    ]
    if one.claim:
        facts.append(Fact(label=_("Số khiếu nại"), value=one.claim))
    return facts
