"""All drafts of a table at once: tried first, sent once each, refused line by line."""

import io

import pytest
from django.test import Client

from motcua.contexts.documents import public as documents
from motcua.contexts.documents.testing import a_pdf
from motcua.contexts.dossiers import public
from motcua.contexts.dossiers.actions import bulk_sending
from motcua.contexts.dossiers.contracts import BulkNotFound, BulkNotMade
from motcua.contexts.dossiers.models import BulkSending, Dossier, Draft
from motcua.contexts.dossiers.queries import bulk_sending as reading
from motcua.contexts.dossiers.queries import runnable_version
from motcua.contexts.dossiers.queries.bulk import line_of, places
from motcua.contexts.dossiers.rules import bulk as rules
from motcua.contexts.dossiers.testing import a_made_table
from motcua.contexts.identity import public as identity
from motcua.contexts.identity.testing import (
    a_citizen_account,
    a_mandate,
    a_person,
    acting,
    own_actor,
    signed_in,
)
from motcua.contexts.notifications import public as notifications
from motcua.kernel import clock
from motcua.kernel.clock import city_date
from motcua.kernel.forms import read_sheet, values_of

pytestmark = pytest.mark.usefixtures("small_city")
CHILDREN = ("Lê Minh An", "Lê Minh Bình")


@pytest.fixture
def tuyet(small_city):
    return a_citizen_account()


@pytest.fixture
def table(tuyet):
    """Two drafts; the paper of the first is there."""
    now = clock.now()
    actor = own_actor(tuyet, now=now)
    bulk_id = a_made_table(actor, CHILDREN, now=now)
    with_paper(draft_of(CHILDREN[0]), actor)
    return bulk_id


def draft_of(child):
    return next(
        draft
        for draft in Draft.objects.all()
        if values_of(read_sheet(draft.sheet))["child_full_name"] == child
    )


def with_paper(draft, actor):
    file = documents.keep_upload(
        io.BytesIO(a_pdf()), filename="a.pdf", by=actor, now=clock.now(),
        owner_person_id=actor.party_id,
    )  # fmt: skip
    public.attach_paper(draft.id, "giay_chung_sinh", file.id, actor=actor, now=clock.now())


def sent(bulk_id, actor, *, trial=False):
    begun = bulk_sending.ask_sending(bulk_id, trial=trial, actor=actor, now=clock.now())
    bulk_sending.send_parts(begun.sending_id, public.submit_draft, now=clock.now())
    return reading.latest_sending(bulk_id, actor, now=clock.now())


def test_a_stranger_sends_nothing_of_the_table(table):
    khoa = a_citizen_account(a_person("Lê Minh Khoa", personal_number="079188999002"))

    with pytest.raises(BulkNotFound):
        bulk_sending.ask_sending(
            table, trial=False, actor=own_actor(khoa, now=clock.now()), now=clock.now()
        )


def test_a_table_whose_drafts_are_not_made_is_not_sent(tuyet):
    now = clock.now()
    actor = own_actor(tuyet, now=now)
    bulk_id = a_made_table(actor, CHILDREN, now=now, made=False)

    with pytest.raises(BulkNotMade):
        bulk_sending.ask_sending(bulk_id, trial=False, actor=actor, now=now)


def test_a_line_that_lacks_a_paper_is_told_and_the_others_are_sent(tuyet, table):
    actor = own_actor(tuyet, now=clock.now())

    view = sent(table, actor)

    (refused,) = reading.lines_refused(table, actor, now=clock.now())
    ((line, code),) = reading.lines_sent(table, actor, now=clock.now())
    assert (view.passed, view.refused, view.is_done) == (1, 1, True)
    assert (line, refused.line) == (2, 3)
    assert "chứng sinh" in refused.sentence
    assert Dossier.objects.get().code == code
    assert "Đã nộp xong cả loạt hồ sơ" in {
        m.title for m in notifications.messages_for(tuyet.person_id)
    }


def test_a_trial_sends_nothing(tuyet, table):
    actor = own_actor(tuyet, now=clock.now())

    view = sent(table, actor, trial=True)

    assert (view.trial, view.passed, view.refused) == (True, 1, 1)
    assert not Dossier.objects.exists()


def test_what_was_mended_is_sent_by_asking_again_and_nothing_twice(tuyet, table):
    actor = own_actor(tuyet, now=clock.now())
    sent(table, actor)
    with_paper(Draft.objects.get(submitted_as=""), actor)

    view = sent(table, actor)

    assert (view.passed, view.refused) == (2, 0)
    assert Dossier.objects.count() == 2


def test_a_double_click_is_one_sending(tuyet, table):
    actor = own_actor(tuyet, now=clock.now())

    first = bulk_sending.ask_sending(table, trial=False, actor=actor, now=clock.now())
    second = bulk_sending.ask_sending(table, trial=False, actor=actor, now=clock.now())

    assert first == second
    assert BulkSending.objects.count() == 1


class Killed(Exception):
    """The worker is gone."""


def test_a_killed_worker_goes_on_where_it_stopped(tuyet, table):
    actor = own_actor(tuyet, now=clock.now())
    with_paper(draft_of(CHILDREN[1]), actor)
    begun = bulk_sending.ask_sending(table, trial=False, actor=actor, now=clock.now())

    def killed_after_one(draft_id, *, actor, now):
        if Dossier.objects.exists():
            raise Killed
        return public.submit_draft(draft_id, actor=actor, now=now)

    with pytest.raises(Killed):
        bulk_sending.send_parts(begun.sending_id, killed_after_one, now=clock.now())
    for _ in range(2):
        bulk_sending.send_parts(begun.sending_id, public.submit_draft, now=clock.now())

    view = reading.latest_sending(table, actor, now=clock.now())
    assert (view.passed, view.refused) == (2, 0)
    assert Dossier.objects.count() == 2


def test_once_the_mandate_ended_no_line_is_sent(tuyet):
    now = clock.now()
    khoa = a_citizen_account(a_person("Lê Minh Khoa", personal_number="079188999002"))
    mandate = a_mandate(tuyet.person_id, khoa.person_id, now=now)
    helper = acting(khoa, mandate, now=now)
    bulk_id = a_made_table(helper, CHILDREN, now=now)
    begun = bulk_sending.ask_sending(bulk_id, trial=False, actor=helper, now=now)
    own = own_actor(tuyet, now=now)
    identity.revoke_mandate(mandate, actor=own, now=now)

    bulk_sending.send_parts(begun.sending_id, public.submit_draft, now=now)

    view = reading.latest_sending(bulk_id, own, now=now)
    assert (view.passed, view.refused) == (0, 2)
    assert not Dossier.objects.exists()


def test_the_whole_way_in_a_browser(tuyet, table, deliveries):
    client = signed_in(Client(), tuyet)
    url = f"/nop-nhieu/bang/{table}"

    client.post(f"{url}/nop", {"trial": "1", "idempotency_key": "s1"})
    deliveries()
    tried = client.get(url).content.decode()
    client.post(f"{url}/nop", {"idempotency_key": "s2"})
    deliveries()

    assert "Thử xong, chưa nộp gì. 1 bản nháp nộp được, 1 chưa được." in tried
    page = client.get(url).content.decode()
    assert "Đã nộp 1 hồ sơ. 1 dòng chưa nộp được." in page
    assert Dossier.objects.get().code in page


def test_a_table_with_seven_members_is_read_whole(small_city):
    now = clock.now()
    form = runnable_version("1.004222", city_date(now)).form
    group = next(q for q in form.questions() if q.fields)
    wide = rules.columns_of(form, places(now), rows=rules.MOST_ROWS)
    names = [c for c in wide if c.path.endswith(f".{group.fields[0].key}")][:7]
    line = line_of({"n": 2, "cells": {at: [f"Người {at}", "TEXT"] for at in range(7)}})

    raw, errors = rules.answers_of(line, dict(enumerate(names)))

    assert not errors
    assert [row[group.fields[0].key] for row in raw[group.key]] == [f"Người {n}" for n in range(7)]


def test_a_longer_template_is_offered_where_a_form_has_a_list(tuyet):
    page = signed_in(Client(), tuyet).get("/nop-nhieu/1.004222").content.decode()

    assert "mau.xlsx?dong=20" in page
