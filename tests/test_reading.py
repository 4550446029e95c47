"""The read log: no personal value opens unseen, and what is one's own leaves no line."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.urls import resolve

from motcua.contexts.documents import public as documents
from motcua.contexts.documents.testing import a_file
from motcua.contexts.identity.models import Person
from motcua.contexts.identity.testing import a_person
from motcua.kernel import clock, crypto, reading
from motcua.kernel.actors import SYSTEM, Actor, ActorKind, Role
from motcua.kernel.models import ReadLine
from motcua.kernel.purpose import Purpose
from motcua.kernel.read_log import ReadLogMiddleware
from motcua.kernel.reading import Scope, UnloggedRead
from motcua.kernel.testing import officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def tuyet():
    return a_person("Nguyễn Thị Ánh Tuyết", personal_number="079190999001").id


def read_as(actor, *people, field="full_name"):
    with reading.logged(actor=actor, purpose=Purpose.HANDLE_CASE, address="GET /thu"):
        for person_id in people:
            getattr(Person.objects.get(id=person_id), field)


def test_who_reads_is_written_down_with_post_purpose_and_fields(tuyet):
    reader = officer(Role.CASE_OFFICER)

    read_as(reader, tuyet, tuyet)

    line = ReadLine.objects.get()
    assert (line.subject_id, line.fields) == (tuyet, ["Person.full_name"])
    assert (line.account_id, line.purpose) == (reader.account_id, Purpose.HANDLE_CASE)
    assert line.unit_id == reader.posts[0].unit_id


def test_what_is_not_opened_is_not_read(tuyet):
    with reading.logged(actor=officer(), purpose=Purpose.HANDLE_CASE, address="GET /thu"):
        row = Person.objects.get(id=tuyet)
        row.source = "COUNTER"
        row.save()

    assert not ReadLine.objects.exists()
    assert Person.objects.get(id=tuyet).full_name == "Nguyễn Thị Ánh Tuyết"


def test_who_reads_what_is_their_own_leaves_no_line(tuyet):
    read_as(Actor(kind=ActorKind.CITIZEN, person_id=tuyet), tuyet)

    assert not ReadLine.objects.exists()


def test_nothing_opens_where_nobody_would_write_it_down(tuyet):
    row = Person.objects.get(id=tuyet)
    token = reading._scope.set(None)

    with pytest.raises(UnloggedRead):
        assert row.full_name

    reading._scope.reset(token)


def test_many_people_on_one_page_cost_one_statement(tuyet, django_assert_num_queries):
    others = [a_person("Lê Minh Khoa", personal_number=f"0791889990{n:02}").id for n in range(20)]
    scope = Scope(address="GET /thu")
    with reading.within(scope):
        for row in list(Person.objects.filter(id__in=others).order_by("id")):
            assert row.full_name

    with django_assert_num_queries(1):
        written = reading.write_down(scope, actor=officer(), purpose=Purpose.LEAD)

    assert written == 20


def test_the_value_of_another_row_does_not_open(tuyet):
    other = a_person("Lê Minh Khoa", personal_number="079188999002").id
    with reading.within(Scope(address="moving")):
        moved = Person.objects.get(id=other)
    stolen = Person.objects.get(id=tuyet).__dict__["full_name"]
    moved.__dict__["full_name"] = stolen

    with pytest.raises(crypto.SealBroken):
        assert moved.full_name


def asked(actor, answer):
    request = RequestFactory().get("/ban")
    request.__dict__["actor"] = actor
    request.resolver_match = resolve("/ban")
    return ReadLogMiddleware(answer)(request)


def test_the_line_is_written_before_the_answer_leaves(tuyet):
    def view(request):
        return HttpResponse(Person.objects.get(id=tuyet).full_name)

    asked(officer(), view)

    assert ReadLine.objects.get().address == "GET /ban"


def test_an_export_is_logged_piece_by_piece_as_it_is_sent(tuyet):
    def view(request):
        return StreamingHttpResponse(Person.objects.get(id=tuyet).full_name for _ in range(2))

    answer = asked(officer(), view)
    assert not ReadLine.objects.exists()

    next(iter(answer.streaming_content))
    assert ReadLine.objects.count() == 1


def test_the_log_only_grows(tuyet):
    read_as(officer(), tuyet)

    with pytest.raises(IntegrityError), transaction.atomic():
        ReadLine.objects.update(at=clock.now() - timedelta(days=1))


def test_the_machine_reads_under_its_own_name(tuyet):
    with reading.logged(actor=SYSTEM, purpose=Purpose.AUTOMATIC, address="job tell"):
        assert Person.objects.get(id=tuyet).full_name

    assert ReadLine.objects.get().actor_kind == ActorKind.SYSTEM


def test_the_bytes_of_a_file_are_read_like_a_field(tuyet):
    owner = Actor(kind=ActorKind.CITIZEN, person_id=tuyet, account_id=uuid4())
    file = a_file(by=owner, owner_person_id=tuyet, now=clock.now())

    with reading.logged(actor=officer(), purpose=Purpose.HANDLE_CASE, address="GET /tep"):
        documents.read_file(file.id)

    assert "StoredFile.content" in ReadLine.objects.get().fields
