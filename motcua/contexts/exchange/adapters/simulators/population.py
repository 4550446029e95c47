"""Stand-in for the national population register: look a person up and say what fits.

Nobody is told anything about a person whose name and birth date they do not already know.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from motcua.contexts.exchange.adapters.simulators.people import SimPerson
from motcua.contexts.exchange.contracts import NeighbourRefused
from motcua.kernel.text import fold

PURPOSES = frozenset({"PREFILL", "VERIFY", "RECEIVE", "SETTLE", "ASSIST"})


class PopulationRegister:
    """The register itself; the HTTP stand-in and the in-process connector both ask this."""

    def __init__(self, people: Mapping[str, SimPerson], *, now: Callable[[], datetime]) -> None:
        self._people = people
        self._now = now

    def lookup(self, question: Mapping[str, object]) -> dict[str, object]:
        """Keys asked: personal_number, full_name, born_on (ISO), purpose.

        fields: what of the record is wanted, all of it without.

        Raises: NeighbourRefused for a missing purpose or an unreadable question.
        """
        asked = {k: str(question.get(k, "")) for k in ("personal_number", "full_name", "born_on")}
        if question.get("purpose") not in PURPOSES:
            raise NeighbourRefused(reason="purpose_missing")
        if not all(asked.values()):
            raise NeighbourRefused(reason="question_incomplete")
        person = self._people.get(asked["personal_number"])
        match = _match(person, asked)
        known = person if person and all(match.values()) else None
        return {
            "match": match,
            "person": _wanted(self._record(known), question) if known else None,
            "as_of": self._now().isoformat(),
        }

    def _record(self, person: SimPerson) -> dict[str, object]:
        everyone = self._people.values()
        children = [p for p in everyone if person.personal_number in (p.father, p.mother)]
        return {
            **_core(person),
            "ethnicity": person.ethnicity,
            "marital_status": person.marital_status,
            "household": person.household,
            "father": self._relative(person.father),
            "mother": self._relative(person.mother),
            "spouse": self._relative(person.spouse),
            "children": [_core(child) for child in children],
        }

    def _relative(self, personal_number: str) -> dict[str, object] | None:
        person = self._people.get(personal_number)
        return _core(person) if person else None


def _wanted(record: dict[str, object], question: Mapping[str, object]) -> dict[str, object]:
    fields = question.get("fields")
    if not isinstance(fields, list):
        return record
    return {name: value for name, value in record.items() if name in fields}


def _match(person: SimPerson | None, asked: Mapping[str, str]) -> dict[str, bool]:
    if person is None:
        return {"personal_number": False, "full_name": False, "born_on": False}
    return {
        "personal_number": True,
        "full_name": fold(person.full_name) == fold(asked["full_name"]),
        "born_on": person.born_on.isoformat() == asked["born_on"],
    }


def _core(person: SimPerson) -> dict[str, object]:
    return {
        "personal_number": person.personal_number,
        "full_name": person.full_name,
        "born_on": person.born_on.isoformat(),
        "sex": person.sex,
        "nationality": person.nationality,
        "ethnicity": person.ethnicity,
        "permanent_address": person.address,
        "ward_code": person.ward_code,
    }
