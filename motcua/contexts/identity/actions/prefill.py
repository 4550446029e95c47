"""Ask the population register what it holds about a person, for forms that fill themselves."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from motcua.contexts.exchange import public as exchange
from motcua.contexts.exchange.contracts import NeighbourDown, NeighbourRefused
from motcua.contexts.identity.contracts import PopulationFacts, Value
from motcua.contexts.identity.queries import people
from motcua.kernel.actors import Actor
from motcua.kernel.holdings import Processing, is_stopped

SOURCE = "population"
DOWN = "Cơ sở dữ liệu quốc gia về dân cư chưa trả lời. Bạn tự điền các ô; cán bộ sẽ đối chiếu sau."
NO_MATCH = (
    "Cơ sở dữ liệu quốc gia về dân cư không có người khớp số định danh, họ tên và ngày sinh "
    "của bạn. Bạn tự điền các ô; cán bộ sẽ đối chiếu sau."
)
STOPPED = "Bạn đã yêu cầu không lấy dữ liệu về mình từ cơ sở dữ liệu khác. Bạn tự điền các ô."
NOT_ENOUGH = "Hồ sơ cá nhân của bạn chưa đủ để tra cứu dân cư. Bạn tự điền các ô."


def population_facts(
    person_id: UUID, purpose: str, actor: Actor, *, fields: frozenset[str] | None = None
) -> PopulationFacts:
    """Every value with its source and age; empty with a notice when nothing can be had.

    Never raises for the neighbour's sake: the form goes on without. purpose: PREFILL, VERIFY,
    RECEIVE, SETTLE or ASSIST. fields: those of the record that are needed, None for all; nothing
    else is asked for or kept. Raises: PersonNotFound.
    """
    person = people.person_row(person_id)
    if is_stopped(Processing.REGISTERS, person_id):
        return PopulationFacts(notice=STOPPED)
    if not person.personal_number or not person.born_on:
        return PopulationFacts(notice=NOT_ENOUGH)
    question: dict[str, object] = {
        "personal_number": person.personal_number,
        "full_name": person.full_name,
        "born_on": person.born_on.isoformat(),
        "purpose": purpose,
    }
    if fields is not None:
        question["fields"] = sorted(fields)
    try:
        answer = exchange.ask(
            "population", "lookup", question, key=f"{purpose}/{person_id}", purpose=purpose,
            actor=actor,
        )  # fmt: skip
    except (NeighbourDown, NeighbourRefused):
        return PopulationFacts(notice=DOWN)
    record = answer.get("person")
    if not isinstance(record, Mapping):
        return PopulationFacts(notice=NO_MATCH)
    as_of = datetime.fromisoformat(str(answer["as_of"]))
    return PopulationFacts(
        {
            name: Value(value, SOURCE, as_of)
            for name, value in _flat(record)
            if value and (fields is None or name.split(".")[0] in fields)
        }
    )


def _flat(record: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Dotted names: ``father.full_name``, ``children.0.born_on``."""
    for name, value in record.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        elif isinstance(value, list):
            for number, part in enumerate(value):
                yield from _flat(part, f"{prefix}{name}.{number}.")
        elif value is not None:
            yield f"{prefix}{name}", str(value)
