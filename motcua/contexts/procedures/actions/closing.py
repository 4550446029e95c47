"""Tạm ngừng nhận: an administrator closes the generic form of one procedure, and opens it again.

Published versions stay as they are: dossiers go on with theirs, and the page says why nothing new
is taken.
"""

from datetime import datetime

from motcua.contexts.procedures.actions.publishing import announce
from motcua.contexts.procedures.contracts import (
    NotAllowedToClose,
    NotByGenericForm,
    WhyClosedMissing,
)
from motcua.contexts.procedures.models import ClosedForm, ProcedureVersion
from motcua.kernel.actors import Actor, Role
from motcua.kernel.db import owns_transaction, record

LONGEST_WHY = 300


@owns_transaction
def close_form(code: str, *, why: str, by: Actor, now: datetime) -> None:
    """Take no more of this procedure for now; closing again changes the reason.

    Raises: NotAllowedToClose, NotByGenericForm, WhyClosedMissing.
    """
    _may_close(by, code)
    said = why.strip()
    if not said:
        raise WhyClosedMissing(field="why")
    said_now = {"why": said[:LONGEST_WHY], "closed_at": now, "closed_by": by.account_id}
    ClosedForm.objects.update_or_create(code=code, defaults=said_now)
    record(action="procedures.close_form", subject=code, actor=by)
    announce()


@owns_transaction
def reopen_form(code: str, *, by: Actor, now: datetime) -> None:
    """Take it again. Raises: NotAllowedToClose, NotByGenericForm."""
    _may_close(by, code)
    ClosedForm.objects.filter(code=code).delete()
    record(action="procedures.reopen_form", subject=code, actor=by)
    announce()


def _may_close(by: Actor, code: str) -> None:
    if not by.has(Role.ADMINISTRATOR):
        raise NotAllowedToClose
    if not ProcedureVersion.objects.filter(procedure__code=code, generic=True).exists():
        raise NotByGenericForm(procedure=code)
