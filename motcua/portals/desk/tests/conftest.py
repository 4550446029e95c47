"""A small city with a dossier at the desk, and officers signed in to it."""

import io
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.test import Client

from motcua.contexts.documents import public as documents
from motcua.contexts.documents.testing import a_pdf
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import GivenPaper, SubmitDossier
from motcua.contexts.identity.queries.actors import actor_of
from motcua.contexts.identity.testing import a_person, an_officer_account, signed_in
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.testing import a_small_city, the_officer
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.testing import citizen
from motcua.services.tests.test_birth_journey import ANSWERS, BIRTH


@pytest.fixture
def city(db: None) -> None:
    a_small_city()
    call_command("seed_procedures", "--json")


@pytest.fixture
def tuyet(city: None) -> Actor:
    return citizen(person=a_person().id)


@pytest.fixture
def submitted(tuyet: Actor) -> Callable[[], str]:
    """Sends another birth registration of the cast's citizen to the desk of Bến Thành."""

    def send() -> str:
        now = clock.now()
        file = documents.keep_upload(io.BytesIO(a_pdf()), filename="a.pdf", by=tuyet, now=now)
        command = SubmitDossier(
            procedure_code=BIRTH,
            ward_code="26740",
            applicant_person_id=tuyet.person_id,
            answers=ANSWERS,
            papers=(GivenPaper(component_key="giay_chung_sinh", file_id=file.id),),
            receiving_unit_id=organisations.one_stop_desk("26743").id,
        )
        return dossiers.submit(command, actor=tuyet, now=now).code

    return send


@pytest.fixture
def at_desk(city: None) -> Callable[[str], Client]:
    """`at_desk("khue")`: the browser of a signed-in officer of the cast."""
    known: dict[str, Client] = {}

    def sit(name: str) -> Client:
        if name not in known:
            account = an_officer_account(name, officer_id=the_officer(name).id)
            known[name] = signed_in(Client(), account)
            known[name].account = account
        return known[name]

    return sit


@pytest.fixture
def actor_at(at_desk) -> Callable[[str], Actor]:
    """The same officer as the actions know them."""
    return lambda name: actor_of(at_desk(name).account, assurance=2, now=clock.now())
