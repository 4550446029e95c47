"""People: found, registered, told apart; contacts; names in batches; nothing in the clear."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.contexts.identity import public
from motcua.contexts.identity.actions.people import change_contact
from motcua.contexts.identity.contracts import AssuranceTooLow, ContactMalformed, PersonNotFound
from motcua.contexts.identity.models import Person, PersonIdentifier
from motcua.contexts.identity.rules import clean_mail, clean_phone
from motcua.contexts.identity.testing import a_citizen_account, a_person, signed_in
from motcua.kernel.codes import MalformedCode
from motcua.kernel.db import owns_transaction, record
from motcua.kernel.testing import MONDAY_9AM as NOW
from motcua.kernel.testing import citizen, stable_id

pytestmark = pytest.mark.django_db


def register(number="079190999001", name="Nguyễn Thị Ánh Tuyết", born_on=date(1990, 5, 12)):
    return public.find_or_register(number, name, born_on, actor=citizen(), now=NOW)


def test_a_number_of_eleven_digits_is_refused():
    with pytest.raises(MalformedCode):
        register(number="07919099900")


def test_the_same_person_is_found_again_whatever_the_writing():
    first = register()

    again = register(number="079 190 999 001", name="NGUYỄN  THỊ ÁNH TUYẾT")

    assert again == first


@pytest.mark.parametrize(
    "told", [{"name": "Trần Văn Khác"}, {"born_on": date(1991, 5, 12)}, {"born_on": None}]
)
def test_a_number_alone_does_not_make_two_people_one(told):
    first = register()

    other = register(**told)

    assert other != first
    assert Person.objects.filter(id=first).get().full_name == "Nguyễn Thị Ánh Tuyết"


def test_a_newborn_has_no_number_and_is_nobody_else():
    born = date(2026, 11, 20)

    assert register("", "Lê Nguyễn An", born) != register("", "Lê Nguyễn An", born)


def test_a_number_is_remembered_with_its_kind():
    person = register()

    row = PersonIdentifier.objects.get()
    assert (row.person_id, row.kind, row.value) == (person, "SDDCN12", "079190999001")


def test_a_number_leads_to_everybody_who_ever_bore_it():
    first = register()
    second = register(name="Trần Văn Khác")
    Person.objects.filter(id=first).update(personal_number=None, personal_number_index=None)

    assert public.people_with_number("079190999001") == (first, second)
    assert public.people_with_number("079190999777") == ()


def test_registering_joins_the_action_that_needs_it():
    @owns_transaction
    def act(*, now):
        register()
        record(action="test.act", subject="x", actor=citizen())
        raise ContactMalformed

    with pytest.raises(ContactMalformed):
        act(now=NOW)

    assert not Person.objects.exists()


def test_the_database_holds_nothing_in_the_clear():
    a_person()

    with connection.cursor() as cursor:
        cursor.execute("SELECT p::text FROM identity_person p")
        [(row,)] = cursor.fetchall()
        cursor.execute("SELECT i::text FROM identity_personidentifier i")
        [(number,)] = cursor.fetchall()
    for word in ("Tuyết", "079190999001", "1990-05", "example.vn", "0900000001", "Huệ", "26740"):
        assert word.encode().hex() not in row + number
        assert word not in row + number


def test_names_come_in_one_query():
    ids = [a_person(personal_number=f"07919099900{n}").id for n in range(1, 6)]

    with CaptureQueriesContext(connection) as queries:
        names = public.names_of([*ids, stable_id("nobody")])

    assert len(queries) == 1
    assert set(names) == set(ids)


def test_others_see_the_number_only_masked():
    view = a_person()

    assert view.personal_number_masked == "•••••••••001"
    assert "079190999001" not in repr(view)


def test_an_unknown_person_is_not_found():
    with pytest.raises(PersonNotFound):
        public.person(stable_id("nobody"))


@pytest.mark.parametrize("mail", ["a", "a@b", "a b@example.vn", "@example.vn", "a@.vn"])
def test_a_mail_address_that_leads_nowhere_is_refused(mail):
    with pytest.raises(ContactMalformed):
        clean_mail(mail)


@pytest.mark.parametrize("phone", ["12", "1900000345", "09000003456", "090000034x"])
def test_a_phone_number_of_another_shape_is_refused(phone):
    with pytest.raises(ContactMalformed):
        clean_phone(phone)


@pytest.mark.parametrize("phone", ["0900 000 345", "+84 900 000 345", "0900.000.345"])
def test_a_phone_number_may_be_written_in_any_way(phone):
    assert clean_phone(phone) == "0900000345"


def test_contacts_change_and_can_be_taken_away():
    person = a_person()

    own = citizen(person=person.id)
    change_contact(person.id, email="", phone="0900 000 777", actor=own, now=NOW)

    assert public.contact_of(person.id).phone == "0900000777"
    assert public.contact_of(person.id).email == ""


def test_nobody_changes_the_contacts_of_somebody_else():
    person = a_person()

    with pytest.raises(PersonNotFound):
        change_contact(person.id, email="", phone="", actor=citizen(), now=NOW)


def test_a_level_one_account_is_told_how_to_get_to_level_two():
    from dataclasses import replace

    with pytest.raises(AssuranceTooLow) as refusal:
        public.require_assurance(replace(citizen(), assurance=1), 2)

    assert "công an phường" in refusal.value.message
    public.require_assurance(citizen(), 2)


def test_the_contact_page_says_what_is_wrong_and_keeps_the_input(client):
    signed_in(client, a_citizen_account())

    answer = client.post(
        "/toi/lien-he", {"phone": "12", "email": "a@example.vn", "idempotency_key": "k"}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Số điện thoại cần 10 chữ số" in page
    assert 'value="12"' in page


def test_the_contact_page_saves(client):
    account = a_citizen_account()
    signed_in(client, account)

    answer = client.post(
        "/toi/lien-he", {"phone": "0900000345", "email": "", "idempotency_key": "k"}
    )

    assert answer.status_code == 303
    assert public.contact_of(account.person_id).phone == "0900000345"
