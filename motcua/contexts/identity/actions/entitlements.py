"""Ask the identification system what a person is entitled to, before a fee is asked."""

from uuid import UUID

from motcua.contexts.exchange import public as exchange
from motcua.contexts.exchange.contracts import NeighbourDown, NeighbourRefused
from motcua.contexts.identity.contracts.entitlements import Entitled
from motcua.contexts.identity.queries import people
from motcua.kernel.actors import Actor
from motcua.kernel.holdings import Processing, is_stopped

PURPOSE = "FEE"
DOWN = (
    "Hệ thống định danh chưa trả lời, nên chưa biết bạn có được miễn phí không. Bạn cứ nộp; "
    "nếu được miễn, quầy ghi lại trước khi bạn trả."
)


def entitlements_of(person_id: UUID, actor: Actor) -> Entitled:
    """Keys of entitlements; none with a notice when nothing can be had.

    Never raises for the neighbour's sake. Raises: PersonNotFound.
    """
    person = people.person_row(person_id)
    if is_stopped(Processing.REGISTERS, person_id) or not person.personal_number:
        return Entitled()
    question = {"personal_number": person.personal_number, "purpose": PURPOSE}
    try:
        answer = exchange.ask(
            "entitlement", "of", question, key=f"{PURPOSE}/{person_id}", purpose=PURPOSE,
            actor=actor,
        )  # fmt: skip
    except (NeighbourDown, NeighbourRefused):
        return Entitled(notice=DOWN)
    told = answer.get("entitlements")
    if not isinstance(told, list | tuple):
        return Entitled(notice=DOWN)
    return Entitled(keys=frozenset(map(str, told)))
