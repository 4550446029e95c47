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
