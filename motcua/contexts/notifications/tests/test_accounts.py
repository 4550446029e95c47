"""An officer is told by mail what happens to the account."""

import pytest

from motcua.contexts.identity.events import DeviceAdded, FactorsChanged
from motcua.contexts.identity.testing import a_citizen_account, an_officer_account
from motcua.contexts.notifications import public, subscribers
from motcua.contexts.notifications.actions import delivering
from motcua.contexts.notifications.contracts import Channel, DeliveryState
from motcua.contexts.notifications.models import Delivery
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel.testing import MONDAY_9AM


@pytest.fixture
def khue(small_city):
    return an_officer_account("khue", officer_id=the_officer("khue").id)


def test_a_new_device_names_the_device_and_goes_out_by_mail(khue):
    subscribers.tell_of_new_device(
        DeviceAdded(
            occurred_at=MONDAY_9AM, subject=str(khue.id), device="Safari, iPhone", person_id=None
        )
    )
    [told] = public.messages_for_account(khue.id)

    delivering.send_out(told.id, now=MONDAY_9AM)

    assert "thiết bị mới" in told.title
    assert "Safari, iPhone" in told.text
    [sent] = Delivery.objects.all()
    assert (sent.channel, sent.state) == (Channel.EMAIL, DeliveryState.HANDED)


def test_a_citizen_hears_of_it_as_the_person(small_city):
    citizen = a_citizen_account()

    subscribers.tell_of_new_device(
        DeviceAdded(
            occurred_at=MONDAY_9AM,
            subject=str(citizen.id),
            device="Firefox",
            person_id=citizen.person_id,
        )
    )

    [told] = public.messages_for(citizen.person_id)
    assert "Firefox" in told.text


@pytest.mark.parametrize("how", ["added", "removed", "password", "entry", "asked", "recovered"])
def test_every_change_of_factors_has_its_message(khue, how):
    subscribers.tell_of_factors(
        FactorsChanged(occurred_at=MONDAY_9AM, subject=str(khue.id), how=how)
    )

    assert len(public.messages_for_account(khue.id)) == 1
