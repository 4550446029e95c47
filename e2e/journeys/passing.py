"""Letting time pass: the city's own actions take the hour they happen at as an argument."""

from e2e.living_city import City

SILENCE = """
import os
from motcua.contexts.casework import public as casework

case = casework.case(os.environ["E2E_ARGUMENTS"])
for opinion in casework.opinions_of(case.id):
    if opinion.answered_at is None:
        casework.fall_silent(opinion_id=opinion.id, now=opinion.due_at)
        print(opinion.unit_id)
"""


def the_silent_stay_silent(city: City, code: str) -> int:
    """The time to answer is over for every unit that has not answered; how many."""
    return len(city.runs(SILENCE, code).splitlines())


LONG_AGO = """
import os
from datetime import timedelta

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import TakeStep
from motcua.contexts.dossiers.testing import ANSWERS, a_submitted_birth
from motcua.contexts.identity import public as identity
from motcua.contexts.organisations.testing import acting
from motcua.kernel import clock
from motcua.kernel.testing import citizen

[person] = identity.people_with_number(os.environ["E2E_ARGUMENTS"])
sent_at = clock.now().replace(hour=9, minute=0) - timedelta(days=21)
ANSWERS["child_born_on"] = (sent_at - timedelta(days=5)).date().isoformat()
code = a_submitted_birth(citizen(person=person), now=sent_at)
ngan = acting("ngan", sent_at.date())
seen = dossiers.desk_view(code, ngan, now=sent_at).dossier.version_seen
command = TakeStep(code=code, action="receive", seen_version=seen)
dossiers.take_step(command, actor=ngan, now=sent_at)
print(code)
"""


def received_three_weeks_ago(city: City, personal_number: str) -> str:
    """A birth registration of this person that lies unassigned since; its code."""
    return city.runs(LONG_AGO, personal_number).strip()
