"""Children whom the population register names as those of a parent, and the mandate for one."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from motcua.contexts.identity.actions.mandates import give_for_child
from motcua.contexts.identity.actions.prefill import population_facts
from motcua.contexts.identity.contracts import NewPerson, PersonNotFound, Source
from motcua.contexts.identity.contracts.mandates import MandateGivenRef, MandateMalformed
from motcua.kernel.actors import Actor

MOST = 30


def children_of(actor: Actor) -> tuple[tuple[NewPerson, ...], str]:
    """In the order of the register, and the sentence that says why there are none."""
    if actor.person_id is None:
        raise PersonNotFound
    facts = population_facts(actor.person_id, "VERIFY", actor)
    told = {name: facts[name].value for name in facts}
    found = (_child(told, f"children.{at}.") for at in range(MOST))
    return tuple(child for child in found if child), facts.notice


def _child(told: dict[str, str], prefix: str) -> NewPerson | None:
    name, born_on = told.get(f"{prefix}full_name"), told.get(f"{prefix}born_on")
    if not name or not born_on:
        return None
    return NewPerson(
        full_name=name,
        personal_number=told.get(f"{prefix}personal_number", ""),
        born_on=date.fromisoformat(born_on),
        sex=told.get(f"{prefix}sex", ""),
        source=Source.APPLICATION,
    )


def claim_child(
    position: int, *, child_agreed: bool, actor: Actor, now: datetime
) -> MandateGivenRef:
    """Act for the child at this place of the register, which is asked anew.

    Raises: MandateMalformed, NotYoursToGive, AssuranceTooLow.
    """
    children, notice = children_of(actor)
    if not 0 <= position < len(children):
        raise MandateMalformed(
            notice or _("Cơ sở dữ liệu quốc gia về dân cư không ghi người này là con bạn."),
            field="child",
        )
    return give_for_child(children[position], child_agreed=child_agreed, actor=actor, now=now)
