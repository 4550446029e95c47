"""Stand-in for what the identification system says of a person's entitlements.

Nobody could compare the question with a text of the system: names of fields are this project's own.
The cast has three of the five papers in its account; other accounts of level 2 have all five.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from motcua.contexts.exchange.adapters.simulators.people import KHOA, TUYET, SimPerson
from motcua.contexts.exchange.contracts import NeighbourRefused

DIGITAL_CITIZEN = "digital_citizen"
LEVEL, PAPERS = 2, 5
HAS_THREE = frozenset({TUYET, KHOA})


class Entitlements:
    """The HTTP stand-in and the in-process connector both ask this."""

    def __init__(self, people: Mapping[str, SimPerson], *, now: Callable[[], datetime]) -> None:
        self._people = people
        self._now = now

    def of(self, question: Mapping[str, object]) -> dict[str, object]:
        """Keys asked: personal_number, purpose. An unknown number is entitled to nothing.

        Raises: NeighbourRefused for a missing number or purpose.
        """
        number = str(question.get("personal_number", ""))
        if not number or not question.get("purpose"):
            raise NeighbourRefused(reason="question_incomplete")
        person = self._people.get(number)
        level = person.eid_level if person else 0
        papers = 3 if number in HAS_THREE else PAPERS if level == LEVEL else 0
        entitled = level == LEVEL and papers == PAPERS
        return {
            "entitlements": [DIGITAL_CITIZEN] if entitled else [],
            "level": level,
            "papers": papers,
            "as_of": self._now().isoformat(),
        }
