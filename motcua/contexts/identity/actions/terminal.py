"""Người ở dòng lệnh: an officer says who they are where there is no page."""

from datetime import datetime

from motcua.contexts.identity.actions.factors import check_code
from motcua.contexts.identity.actions.sign_in import check_password
from motcua.contexts.identity.queries.actors import actor_of
from motcua.contexts.identity.rules import TWO_FACTORS
from motcua.kernel.actors import Actor

ORIGIN = "terminal"


def officer_at_terminal(username: str, password: str, code: str, *, now: datetime) -> Actor:
    """Whoever may start commands of this machine is not yet an officer: both factors are asked.

    Tries are counted as at the page. Raises: TooManyAttempts, WrongNameOrPassword, AccountClosed,
    WrongCode.
    """
    account = check_password(username, password, origin=ORIGIN, now=now)
    check_code(account, code, origin=ORIGIN, now=now)
    return actor_of(account, assurance=TWO_FACTORS, now=now, proven_at=now)
