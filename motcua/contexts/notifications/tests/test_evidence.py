"""Whoever may show that two records are one person is told what to bring."""

import pytest

from motcua.contexts.identity.events import EvidenceAsked
from motcua.contexts.identity.testing import a_person, a_waiting_pair
from motcua.contexts.notifications import public as notifications
from motcua.contexts.notifications.subscribers import tell_of_evidence
from motcua.kernel.db import uuid7
from motcua.kernel.testing import MONDAY_9AM

pytestmark = pytest.mark.django_db


def asked(person_id, candidate_id):
    tell_of_evidence(
        EvidenceAsked(occurred_at=MONDAY_9AM, subject=str(person_id), candidate_id=candidate_id)
    )


def test_the_message_says_what_to_bring_and_where():
    person = a_person()
    pair = a_waiting_pair(person, what="giấy khai sinh bản gốc")

    asked(person.id, pair)

    [message] = notifications.messages_for(person.id)
    assert "Cơ quan cần xem: giấy khai sinh bản gốc." in message.text
    assert "Một cửa bất kỳ" in message.next_step


def test_nothing_is_asked_of_anybody_once_the_pair_is_settled():
    person = a_person()

    asked(person.id, uuid7())

    assert notifications.messages_for(person.id) == ()
