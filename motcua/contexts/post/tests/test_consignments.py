"""A consignment is asked for once, told in any order, lost and found; papers keep a holder."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from motcua.contexts.exchange import testing as exchange
from motcua.contexts.exchange.contracts import VNPOST
from motcua.contexts.organisations.testing import acting
from motcua.contexts.post import public
from motcua.contexts.post.actions import claims, sheets, tracking
from motcua.contexts.post.actions.asking import claim_order, order_consignment
from motcua.contexts.post.contracts import (
    ConsignmentKind,
    ConsignmentMoved,
    ConsignmentNotFound,
    ConsignmentState,
    ConsignmentView,
    DesksOnly,
    HolderKind,
    IdentityProof,
    NamesNeeded,
    NothingToSend,
    OriginalElsewhere,
    ToldOtherwise,
)
from motcua.contexts.post.models import Consignment, CustodyStep
from motcua.contexts.post.queries import parcels
from motcua.contexts.post.testing import SUBJECT, a_paper, an_order, told
from motcua.kernel.actors import Actor
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM

NOW = MONDAY_9AM
S = ConsignmentState


@pytest.fixture
def ngan(small_city) -> Actor:
    return acting("ngan", NOW.date())


def seen() -> ConsignmentView:
    return public.consignments_of(SUBJECT)[0]


def holder() -> HolderKind:
    [paper] = public.originals_of(SUBJECT)
    return paper.holder


def sent(owner: UUID, desk: UUID, ngan: Actor) -> UUID:
    """A result that the postman took from the desk."""
    made = an_order(owner, desk, a_paper(owner, desk))
    sheet = sheets.make_sheet(desk, [made], actor=ngan, now=NOW)
    sheets.close_sheet(sheet.id, gave="Võ Thị Kim Ngân", took="Phan Văn Thư", actor=ngan, now=NOW)
    return made


def test_the_post_may_refuse_a_place(owner, desk, post):
    exchange.mode_of(post, VNPOST, exchange.POST_REFUSES)

    an_order(owner, desk)

    assert (seen().state, seen().refusal) == (S.REFUSED, "area_not_served")
    an_order(owner, desk, ordered=False)
    assert seen().state is S.ASKED


def test_a_price_is_told_with_who_said_it_or_not_at_all(owner, desk, post):
    an_order(owner, desk)
    assert (seen().price, bool(seen().price_source)) == (25_000, True)

    exchange.mode_of(post, VNPOST, exchange.POST_FREE)
    an_order(owner, desk, kind=ConsignmentKind.RETURN)

    assert (seen().price, seen().price_source) == (None, "")


def test_a_silent_post_is_asked_again_and_makes_one_parcel(owner, desk, post):
    exchange.mode_of(post, VNPOST, exchange.POST_SILENT)
    made = an_order(owner, desk)
    assert seen().state is S.ASKED

    exchange.mode_of(post, VNPOST, "normal")
    public.order_due(now=NOW)
    assert seen().state is S.ASKED
    public.order_due(now=NOW + timedelta(minutes=3))

    assert seen().state is S.BOOKED
    assert claim_order(made, now=NOW + timedelta(hours=3)) is None
    assert len(exchange.played(post, "parcel")) == 1


def test_one_of_a_kind_is_under_way_for_a_dossier(owner, desk, post):
    an_order(owner, desk)

    with pytest.raises(ConsignmentMoved):
        an_order(owner, desk)


def test_a_result_goes_by_sheet_and_reaches_its_owner(owner, desk, post, ngan):
    made = sent(owner, desk, ngan)
    assert (seen().state, holder()) == (S.WITH_POST, HolderKind.POST)

    told(exchange.happened_to_parcel(post, str(made), "DELIVERED"))

    assert (seen().state, holder()) == (S.DELIVERED, HolderKind.OWNER)
    assert seen().proof is IdentityProof.CHIP
    assert [(one.gave, one.took) for one in public.custody_of(SUBJECT)] == [
        ("Võ Thị Kim Ngân", "Phan Văn Thư"),
        ("Bưu tá Phan Văn Thư", "Nguyễn Thị Ánh Tuyết"),
    ]
    leaves = "".join(str(leaf.body) for leaf in LedgerLeaf.objects.order_by("id"))
    assert "Phan Văn Thư" not in leaves


def test_three_times_nobody_at_home_and_it_comes_back_to_the_desk(owner, desk, post, ngan):
    made = sent(owner, desk, ngan)
    for _ in range(3):
        told(exchange.happened_to_parcel(post, str(made), "NOT_HOME"))
    assert (seen().state, seen().attempts) == (S.COMING_BACK, 3)

    told(exchange.happened_to_parcel(post, str(made), "BROUGHT_BACK"))
    assert (seen().state, holder()) == (S.CAME_BACK, HolderKind.POST)
    with pytest.raises(NamesNeeded):
        tracking.take_in(made, gave="Phan Văn Thư", took="", actor=ngan, now=NOW)
    tracking.take_in(made, gave="Phan Văn Thư", took="Võ Thị Kim Ngân", actor=ngan, now=NOW)

    assert holder() is HolderKind.DESK
    with pytest.raises(ConsignmentMoved):
        tracking.take_in(made, gave="Phan Văn Thư", took="Ngân", actor=ngan, now=NOW)


def test_papers_are_collected_at_a_home(owner, desk, post, ngan):
    made = an_order(owner, desk, a_paper(owner), kind=ConsignmentKind.COLLECT)

    arrived = exchange.happened_to_parcel(post, str(made), "TAKEN")
    late = exchange.happened_to_parcel(post, str(made), "DELIVERED")
    told(late)
    told(arrived)
    tracking.take_in(made, gave="Phan Văn Thư", took="Võ Thị Kim Ngân", actor=ngan, now=NOW)

    assert holder() is HolderKind.DESK
    assert [(one.giver, one.taker) for one in public.custody_of(SUBJECT)] == [
        (HolderKind.OWNER, HolderKind.POST),
        (HolderKind.POST, HolderKind.DESK),
    ]


def test_a_lost_parcel_is_claimed_and_another_may_go(owner, desk, post, ngan):
    made = sent(owner, desk, ngan)
    told(exchange.happened_to_parcel(post, str(made), "LOST"))
    [paper] = public.originals_of(SUBJECT)
    assert (seen().state, paper.is_lost, paper.holder) == (S.LOST, True, HolderKind.POST)

    claims.claim(made, actor=ngan, now=NOW)
    with pytest.raises(ConsignmentMoved):
        claims.claim(made, actor=ngan, now=NOW)
    another = an_order(owner, desk)
    told(exchange.happened_to_parcel(post, str(made), "FOUND"))

    assert seen().id == another
    old = Consignment.objects.get(id=made)
    assert (old.state, old.claim[:2]) == (S.WITH_POST, "KN")
    assert not public.originals_of(SUBJECT)[0].is_lost


def test_what_is_told_twice_counts_once_and_told_otherwise_is_asked_about(owner, desk, post, ngan):
    made = sent(owner, desk, ngan)
    event = exchange.happened_to_parcel(post, str(made), "NOT_HOME")
    told(event)
    told(event)
    assert seen().attempts == 1

    with pytest.raises(ToldOtherwise):
        told({**event, "kind": "DELIVERED"})


def test_what_the_post_kept_for_itself_is_asked_for(owner, desk, post, ngan):
    made = sent(owner, desk, ngan)
    exchange.happened_to_parcel(post, str(made), "DELIVERED")

    public.pull_silent(now=NOW + timedelta(hours=1))
    assert seen().state is S.WITH_POST
    public.pull_silent(now=NOW + timedelta(hours=7))

    assert seen().state is S.DELIVERED


@pytest.mark.parametrize("order", ["", "x", str(UUID(int=1))])
def test_a_word_about_a_parcel_that_is_not_ours_is_refused(small_city, order):
    event = {"order": order, "id": "1", "kind": "MOVED", "at": NOW.isoformat()}

    with pytest.raises(ConsignmentNotFound):
        told(event)


def test_a_callback_without_the_signature_of_the_post_is_refused(small_city):
    body = {"order": "x", "id": "1", "kind": "MOVED", "at": NOW.isoformat()}

    answer = Client().post("/api/v1/post/tracking", body, content_type="application/json")

    assert answer.status_code == 403


def test_only_this_desk_hands_over(owner, desk, post, ngan):
    made, stranger = an_order(owner, desk), acting("khue", NOW.date())

    with pytest.raises(DesksOnly):
        sheets.make_sheet(desk, [made], actor=stranger, now=NOW)
    with pytest.raises(NothingToSend):
        sheets.make_sheet(desk, [], actor=ngan, now=NOW)
    sheet = sheets.make_sheet(desk, [made], actor=ngan, now=NOW)
    with pytest.raises(ConsignmentMoved):
        sheets.make_sheet(desk, [made], actor=ngan, now=NOW)
    with pytest.raises(NamesNeeded):
        sheets.close_sheet(sheet.id, gave="", took="", actor=ngan, now=NOW)
    with pytest.raises(DesksOnly):
        sheets.close_sheet(sheet.id, gave="A", took="B", actor=stranger, now=NOW)


def test_nobody_gives_back_what_the_post_holds(owner, desk, post, ngan):
    sent(owner, desk, ngan)
    [paper] = public.originals_of(SUBJECT)

    with pytest.raises((OriginalElsewhere, RuntimeError)):
        public.hand_back(paper.id, unit_id=desk, gave="A", took="B", actor=ngan, now=NOW)

    assert CustodyStep.objects.count() == 1


def test_an_order_is_claimed_by_one_worker(owner, desk, post):
    made = an_order(owner, desk, ordered=False)

    assert claim_order(made, now=NOW) is not None
    assert claim_order(made, now=NOW) is None
    order_consignment(made, now=NOW)
    assert parcels.due_orders(NOW, 5) == []


def test_what_arrived_long_ago_does_not_push_todays_parcels_off_the_page(owner, desk, post, ngan):
    old = sent(owner, desk, ngan)
    told(exchange.happened_to_parcel(post, str(old), "DELIVERED"))
    today = an_order(owner, desk, subject="H29.99-20261123-0000043")

    shown = parcels.at_desk(ngan, (S.DELIVERED, S.BOOKED), now=NOW)

    assert [row.id for row in shown] == [today]
