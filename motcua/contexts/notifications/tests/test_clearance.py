"""Who can prevent a lapse of clearance hears of it before."""

from datetime import date, timedelta

from motcua.contexts.identity.events import ClearanceLapseWarned
from motcua.contexts.identity.testing import an_officer_account
from motcua.contexts.notifications import public as notifications
from motcua.contexts.notifications.subscribers import warn_officer_and_head
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel.db import uuid7
from motcua.kernel.testing import MONDAY_9AM

LAPSES_ON = date(2026, 12, 23)


def warned(officer_id, lapses_on: date = LAPSES_ON) -> None:
    warn_officer_and_head(
        ClearanceLapseWarned(
            occurred_at=MONDAY_9AM,
            subject=str(officer_id),
            officer_id=officer_id,
            data_classes="PERSONAL_SENSITIVE,DENOUNCER_SECRET",
            lapses_on=str(lapses_on),
            days_before=30,
        )
    )


def test_officer_and_head_are_told_once_and_each_what_to_do(small_city):
    bao = an_officer_account("bao", officer_id=the_officer("bao").id)
    head = an_officer_account("nghia", officer_id=the_officer("nghia").id)

    warned(bao.officer_id)
    warned(bao.officer_id)
    warned(bao.officer_id, LAPSES_ON + timedelta(days=1))

    own = notifications.messages_for_account(bao.id)
    theirs = notifications.messages_for_account(head.id)
    assert len(own) == len(theirs) == 2
    assert "Từ 23/12/2026 bạn không xem được" in own[1].text
    assert "bí mật người tố cáo" in own[1].text
    assert the_officer("bao").full_name in theirs[0].text


def test_of_an_officer_who_left_the_staff_nobody_is_told(small_city):
    head = an_officer_account("nghia", officer_id=the_officer("nghia").id)

    warned(uuid7())

    assert notifications.messages_for_account(head.id) == ()
