"""Applications: registered, changed, given a new secret, closed; always by an administrator."""

import secrets
from datetime import datetime
from uuid import UUID

from motcua.contexts.identity.contracts.applications import (
    ApplicationClosed,
    ApplicationHasNoSecret,
    ApplicationMalformed,
    ApplicationRegistered,
    ApplicationTerms,
)
from motcua.contexts.identity.models import Application
from motcua.contexts.identity.queries import applications
from motcua.contexts.identity.rules.applications import check_terms
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import UnitNotFound
from motcua.kernel.access import WrongRole
from motcua.kernel.actors import Actor, Role
from motcua.kernel.db import change, insert, owns_transaction, record
from motcua.kernel.text import nfc


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def _may_manage(actor: Actor) -> None:
    if not actor.has(Role.ADMINISTRATOR):
        raise WrongRole("Việc này dành cho: quản trị viên.")


def _check(terms: ApplicationTerms) -> None:
    check_terms(terms)
    try:
        organisations.unit_by_id(terms.unit_id)
    except UnitNotFound as unknown:
        raise ApplicationMalformed("Bạn chọn đơn vị có ứng dụng.", field="unit") from unknown


@owns_transaction
def register_application(
    terms: ApplicationTerms, secret: str, *, actor: Actor, now: datetime
) -> ApplicationRegistered:
    """Keep the hash of `secret` (from `new_secret`), which the caller shows once.

    A public application gets none.

    Raises: WrongRole, ApplicationMalformed.
    """
    _may_manage(actor)
    _check(terms)
    row = Application(
        client_id=f"app-{secrets.token_hex(10)}",
        is_public=terms.is_public,
        secret_digest=None if terms.is_public else applications.digest(secret),
        secret_set_at=None if terms.is_public else now,
        registered_at=now,
    )
    _lay_down(row, terms)
    insert(row)
    _tell("register_application", row, actor)
    return ApplicationRegistered(id=row.id, client_id=row.client_id)


def _lay_down(row: Application, terms: ApplicationTerms) -> None:
    row.name = nfc(terms.name)
    row.unit_id = terms.unit_id
    row.redirect_uris = list(terms.redirect_uris)
    row.logout_uris = list(terms.logout_uris)
    row.sign_out_uri = terms.sign_out_uri
    row.asked = [
        {"scope": one.scope.value, "purpose": nfc(one.purpose), "required": one.required}
        for one in terms.asked
    ]
    row.sector = terms.sector
    row.whole_number = terms.whole_number


def _tell(action: str, row: Application, actor: Actor) -> None:
    record(
        action=f"identity.{action}",
        subject=str(row.id),
        actor=actor,
        facts={
            "client": row.client_id,
            "unit": str(row.unit_id),
            "addresses": [*row.redirect_uris, *row.logout_uris, row.sign_out_uri],
            "public": row.is_public,
            "scopes": [one["scope"] for one in row.asked],
            "sector": row.sector,
            "whole_number": row.whole_number,
        },
    )


def _open_row(application_id: UUID, actor: Actor, now: datetime) -> Application:
    _may_manage(actor)
    row = applications.application_row(application_id, actor, now=now)
    if row.closed_at is not None:
        raise ApplicationClosed
    return row


@owns_transaction
def change_application(
    application_id: UUID, terms: ApplicationTerms, *, actor: Actor, now: datetime
) -> None:
    """New terms. Consents given before hold for what they said; more is asked for anew.

    Raises: WrongRole, ApplicationNotFound, ApplicationClosed, ApplicationMalformed.
    """
    row = _open_row(application_id, actor, now)
    _check(terms)
    _lay_down(row, terms)
    change(
        row, "name", "unit", "redirect_uris", "logout_uris", "sign_out_uri", "asked", "sector",
        "whole_number", expecting={"closed_at": None},
    )  # fmt: skip
    _tell("change_application", row, actor)


@owns_transaction
def change_secret(application_id: UUID, secret: str, *, actor: Actor, now: datetime) -> None:
    """The old secret is worth nothing from now on.

    Raises: WrongRole, ApplicationNotFound, ApplicationClosed, ApplicationHasNoSecret.
    """
    row = _open_row(application_id, actor, now)
    if row.is_public:
        raise ApplicationHasNoSecret
    row.secret_digest, row.secret_set_at = applications.digest(secret), now
    change(row, "secret_digest", "secret_set_at", expecting={"closed_at": None})
    record(action="identity.change_secret", subject=str(row.id), actor=actor)


@owns_transaction
def close_application(application_id: UUID, *, actor: Actor, now: datetime) -> None:
    """For good: nobody signs in by it any more, and every token of it is dead.

    Raises: WrongRole, ApplicationNotFound, ApplicationClosed.
    """
    row = _open_row(application_id, actor, now)
    row.closed_at = now
    change(row, "closed_at", expecting={"closed_at": None})
    record(action="identity.close_application", subject=str(row.id), actor=actor)
