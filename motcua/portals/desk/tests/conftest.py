"""A small city with a dossier at the desk, and officers signed in to it."""

from collections.abc import Callable

import pytest
from django.test import Client

from motcua.contexts.dossiers.testing import a_submitted_birth
from motcua.contexts.identity.queries.actors import actor_of
from motcua.contexts.identity.testing import a_person, an_officer_account, signed_in
from motcua.contexts.organisations.testing import BEN_THANH, the_officer
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.testing import citizen


@pytest.fixture
def tuyet(small_city: None) -> Actor:
    return citizen(person=a_person().id)


@pytest.fixture
def submitted(tuyet: Actor) -> Callable[[], str]:
    """Sends another birth registration of the cast's citizen to the desk of Bến Thành."""
    return lambda: a_submitted_birth(tuyet, now=clock.now(), desk_ward=BEN_THANH)


@pytest.fixture
def at_desk(small_city: None) -> Callable[[str], Client]:
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
