"""Identity for its neighbours in the house: names, contacts, people, accounts, tokens."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest

from motcua.contexts.identity.actions import applications as application_actions
from motcua.contexts.identity.actions import signing_keys
from motcua.contexts.identity.actions.accounts import set_account_open
from motcua.contexts.identity.actions.candidates import add_match
from motcua.contexts.identity.actions.candidates import propose_match as propose_match_alone
from motcua.contexts.identity.actions.children import children_of, claim_child
from motcua.contexts.identity.actions.entering import issue_entry_code
from motcua.contexts.identity.actions.entitlements import entitlements_of
from motcua.contexts.identity.actions.factors import check_code, check_passkey
from motcua.contexts.identity.actions.households import (
    act_for_child_of_household,
    add_member,
    end_member,
    replace_head,
)
from motcua.contexts.identity.actions.mandates import (
    act_at_counter,
    act_under,
    give_mandate,
    revoke_mandate,
)
from motcua.contexts.identity.actions.numbers import change_number, note_number
from motcua.contexts.identity.actions.numbers import report_number as report_number_alone
from motcua.contexts.identity.actions.organisations import (
    find_or_add_organisation,
    register_organisation,
)
from motcua.contexts.identity.actions.people import fill_phone, find_or_add, register_person
from motcua.contexts.identity.actions.prefill import population_facts
from motcua.contexts.identity.actions.provisioning import (
    make_client,
    new_client_token,
    revoke_client,
)
from motcua.contexts.identity.actions.recovery import ask_recovery, confirm_recovery, new_code
from motcua.contexts.identity.actions.sessions import end_sessions_of
from motcua.contexts.identity.actions.terminal import officer_at_terminal
from motcua.contexts.identity.actions.tokens import note_use
from motcua.contexts.identity.adapters import proving
from motcua.contexts.identity.adapters.parking import park_files_with, parked_files
from motcua.contexts.identity.adapters.sessions import mark_of
from motcua.contexts.identity.contracts import (
    Contact,
    EidClaim,
    NewPerson,
    OfficerAccount,
    PersonView,
    RecoveryView,
    Source,
    WrongCode,
)
from motcua.contexts.identity.contracts.applications import ApplicationView, SigningKeyView
from motcua.contexts.identity.contracts.households import HouseholdView
from motcua.contexts.identity.contracts.mandates import MandateEnded, MandateView
from motcua.contexts.identity.contracts.matching import MatchReason, NumberHeld
from motcua.contexts.identity.contracts.organisations import (
    NewOrganisation,
    OrganisationView,
)
from motcua.contexts.identity.contracts.proving import WaysToProve
from motcua.contexts.identity.contracts.provisioning import ClientView
from motcua.contexts.identity.queries import (
    accounts,
    factors,
    households,
    mandates,
    matching,
    numbers,
    people,
    provisioning,
    recoveries,
    serving,
    vneid,
)
from motcua.contexts.identity.queries import applications as application_rows
from motcua.contexts.identity.queries import organisations as bodies
from motcua.contexts.identity.queries import sessions as session_rows
from motcua.contexts.identity.queries.actors import (
    actor_of,
    actor_of_account,
    officer_named,
    officer_names,
)
from motcua.contexts.identity.rules import device_words, require_assurance, require_recent
from motcua.contexts.organisations import public as organisations
from motcua.kernel import db, limits
from motcua.kernel.access import actor_of as actor_at
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import city_date

# Applications that sign people in by us: writes with a transaction of their own.
new_secret = application_actions.new_secret
register_application = application_actions.register_application
change_application = application_actions.change_application
change_secret = application_actions.change_secret
close_application = application_actions.close_application
change_signing_key = signing_keys.change_signing_key

__all__ = [
    "accounts_of",
    "act_at_counter",
    "act_for_child_of_household",
    "act_under",
    "actor_at_work",
    "actor_for_token",
    "add_member",
    "application",
    "applications",
    "ask_recovery",
    "chains_of",
    "change_application",
    "change_number",
    "change_secret",
    "change_signing_key",
    "children_of",
    "citizen_accounts_of",
    "claim_child",
    "close_application",
    "confirm_recovery",
    "contact_of",
    "device_words",
    "eid_claims",
    "end_member",
    "end_sessions_of",
    "entitlements_of",
    "evidence_asked",
    "evidence_seen",
    "evidence_used",
    "fill_phone",
    "find_or_register",
    "find_or_register_organisation",
    "give_mandate",
    "household_of_visitor",
    "issue_entry_code",
    "mail_of_account",
    "make_client",
    "mandate",
    "mandates_given",
    "mandates_held",
    "mandates_of_visitor",
    "names_of",
    "new_client_token",
    "new_code",
    "new_secret",
    "numbers_of_visitor",
    "officer_account",
    "officer_accounts",
    "officer_at_terminal",
    "officer_named",
    "officer_names",
    "open_recoveries",
    "organisation",
    "own_household",
    "park_files_with",
    "parked_files",
    "people_with_number",
    "person",
    "personal_number_of",
    "population_facts",
    "propose_match",
    "proved_anew",
    "provisioning_clients",
    "register_application",
    "replace_head",
    "report_number",
    "representative_of",
    "representatives_of",
    "require_assurance",
    "require_recent",
    "revoke_client",
    "revoke_mandate",
    "roots_of",
    "rows_of_person",
    "session_is_there",
    "session_mark_of",
    "set_account_open",
    "signing_keys_published",
    "token_only_reads",
    "token_only_tries",
    "ways_to_prove",
]


def eid_claims() -> tuple[EidClaim, ...]:
    """What VNeID tells, as far as anybody knows it; for the page of unverified bases."""
    return vneid.claims()


def names_of(person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """One query for any number of people; unknown ids are left out."""
    return people.names_of(person_ids)


def accounts_of(officer_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """The account of each officer; who never had one is left out. One query."""
    found = accounts.accounts_of_officers(officer_ids)
    return {officer_id: account.id for officer_id, account in found.items()}


def citizen_accounts_of(person_id: UUID) -> tuple[UUID, ...]:
    """What this person signs in with; usually one account."""
    return accounts.accounts_of_person(person_id)


def rows_of_person(person_id: UUID) -> tuple[UUID, ...]:
    """This row and all that were found to be the same human being."""
    return people.group_of([person_id])


def roots_of(person_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Which row stands for each, itself unless merged; one query for any number of them."""
    return people.roots_of(person_ids)


def person(person_id: UUID) -> PersonView:
    """Raises: PersonNotFound."""
    return people.view_of(people.person_row(person_id))


mandates_given = mandates.given
representatives_of = mandates.representatives_of
representative_of = mandates.representative_of
mandates_held = mandates.held
mandate = mandates.view
evidence_asked = matching.evidence_asked
own_household = households.own


def organisation(person_id: UUID, *, now: datetime) -> OrganisationView | None:
    """The body that this person in law is, and who stands for it today; None for a human being."""
    if person_id not in bodies.organisation_ids([person_id]):
        return None
    return bodies.view_of(person_id, on=city_date(now))


def mandates_of_visitor(
    person_id: UUID, *, actor: Actor, now: datetime
) -> tuple[tuple[MandateView, ...], tuple[MandateView, ...]]:
    """Held and given by who stands at the desk of this receiver. Raises: NotAtYourDesk."""
    serving.require_at_desk(actor, (person_id,), now=now)
    held = mandates.of_representative(person_id, now=now)
    return held, mandates.of_principal(person_id, now=now)


def numbers_of_visitor(person_id: UUID, *, actor: Actor, now: datetime) -> tuple[NumberHeld, ...]:
    """The numbers over time of who stands at the desk, masked. Raises: NotAtYourDesk."""
    serving.require_at_desk(actor, (person_id,), now=now)
    return numbers.history(person_id)


def household_of_visitor(person_id: UUID, *, actor: Actor, now: datetime) -> HouseholdView | None:
    """Where who stands at the desk lives, as far as that is recorded. Raises: NotAtYourDesk."""
    serving.require_at_desk(actor, (person_id,), now=now)
    return households.of_person(person_id, now=now)


def evidence_seen(actor: Actor, *, now: datetime) -> Q:
    """Over the table of files: scans behind mandates and numbers that the actor may see."""
    return mandates.evidence_seen(actor, now=now) | numbers.evidence_seen(actor, now=now)


def evidence_used(account_id: UUID | None = None) -> Q:
    """Over the table of files: scans that mandates, numbers and households rest on."""
    used = mandates.evidence_used(account_id) | numbers.evidence_used(account_id)
    return used | households.evidence_used(account_id)


def chains_of(mandate_ids: Iterable[UUID], *, now: datetime) -> dict[UUID, str]:
    """Who filed for whom, as what and on what ground, by mandate; also of ended ones."""
    return mandates.chains_of(mandate_ids, now=now)


def contact_of(person_id: UUID) -> Contact:
    """Raises: PersonNotFound."""
    return people.contact_of(person_id)


def people_with_number(personal_number: str) -> tuple[UUID, ...]:
    """Everybody who ever was named by this number, by its blind index; for a search by number."""
    return people.ids_ever_named_by(personal_number)


def personal_number_of(person_id: UUID) -> str:
    """The whole number, for papers and registers only, never for a page. "" when there is none.

    Raises: PersonNotFound.
    """
    return people.person_row(person_id).personal_number or ""


def find_or_register(
    personal_number: str,
    full_name: str,
    born_on: date | None,
    *,
    actor: Actor,
    now: datetime,
    sex: str = "",
    email: str = "",
    phone: str = "",
    address_text: str = "",
    ward_code: str = "",
    source: Source = Source.COUNTER,
) -> UUID:
    """The person with this number, name and birth date; registered when not known.

    Joins the caller's transaction, or opens one. Raises: MalformedCode, ContactMalformed.
    """
    told = NewPerson(
        full_name=full_name, source=source, personal_number=personal_number, born_on=born_on,
        sex=sex, email=email, phone=phone, address_text=address_text, ward_code=ward_code,
    )  # fmt: skip
    if db.inside_action():
        return find_or_add(told, actor=actor, now=now).id
    return register_person(told, actor=actor, now=now).id


def find_or_register_organisation(told: NewOrganisation, *, actor: Actor, now: datetime) -> UUID:
    """The body with this tax code; registered when not known.

    Joins the caller's transaction, or opens one. Raises: MalformedCode, ContactMalformed.
    """
    if db.inside_action():
        return find_or_add_organisation(told, actor=actor, now=now).id
    return register_organisation(told, actor=actor, now=now).id


def propose_match(
    first_id: UUID,
    second_id: UUID,
    *,
    reasons: Iterable[MatchReason],
    actor: Actor,
    now: datetime,
) -> UUID:
    """A pair of rows for the officer for data protection: first was known before second.

    Of a sign-in whose account was not linked: `reasons=[MatchReason.LINK_REFUSED]`. Safe to
    repeat. Joins the caller's transaction, or opens one.
    """
    if db.inside_action():
        return add_match(first_id, second_id, reasons=reasons, actor=actor, now=now)
    return propose_match_alone(first_id, second_id, reasons=reasons, actor=actor, now=now).id


def report_number(
    person_id: UUID, told: str, *, source: Source, actor: Actor, now: datetime
) -> UUID | None:
    """Somebody (VNeID, a counter) names another personal number than we hold; an officer looks.

    Nothing is overwritten; whoever else bears the number becomes a pair. Safe to repeat. None when
    it is the number held. Joins the caller's transaction, or opens one.
    Raises: PersonNotFound, MalformedCode.
    """
    if db.inside_action():
        return note_number(person_id, told, source=source, actor=actor, now=now)
    found = report_number_alone(person_id, told, source=source, actor=actor, now=now)
    return found.id if found else None


def actor_for_token(text: str, *, now: datetime) -> Actor | None:
    """The actor behind a personal access token, None when the token is worth nothing.

    A token made in somebody's name works in that name alone. Raises: MandateEnded.
    """
    token = accounts.live_token(text, now=now)
    if token is None:
        return None
    note_use(token, now=now)
    own = actor_of(token.account, assurance=token.assurance, now=now)
    own = replace(own, sandbox=token.sandbox)
    if token.mandate_id is None:
        return own
    return replace(own, mandate=mandates.of_token(token.mandate_id, own, now=now))


session_is_there = session_rows.is_there


def session_mark_of(request: HttpRequest) -> str:
    """What names the session of this request, from its begin to its end, whatever its key."""
    return mark_of(request)


def actor_at_work(
    account_id: UUID, *, assurance: int, mandate_id: UUID | None, now: datetime
) -> Actor:
    """Whoever asked for work that a job goes on with, as far as they may act now.

    Nobody, once the account is closed. Raises: MandateEnded.
    """
    own = actor_of_account(account_id, assurance=assurance, now=now)
    if mandate_id is None:
        return own
    held = mandates.in_force(mandate_id, own, now=now)
    if held is None:
        raise MandateEnded
    return replace(own, mandate=held)


def key_ends(actor: Actor, *, since: date, now: datetime) -> tuple[tuple[UUID, date, bool], ...]:
    """One's keys for programs that end or ended since that day: key, day, whether it is over."""
    return accounts.key_ends(actor, since=since, now=now)


def token_only_tries(text: str, *, now: datetime) -> bool:
    """True for a token of the sandbox; False for any other, and for no token at all."""
    token = accounts.live_token(text, now=now)
    return token is not None and token.sandbox


def token_only_reads(text: str, *, now: datetime) -> bool:
    """True for a token that may not write; False for any other, and for no token at all."""
    token = accounts.live_token(text, now=now)
    return token is not None and "write" not in token.scopes


def officer_accounts(
    actor: Actor, officer_ids: Iterable[UUID], *, now: datetime
) -> dict[UUID, OfficerAccount]:
    """By officer, for administrators; officers without an account are left out."""
    return accounts.officer_accounts(actor, officer_ids, now=now)


def officer_account(actor: Actor, account_id: UUID, *, now: datetime) -> OfficerAccount | None:
    """The same for one account; None when there is none the actor administers."""
    return accounts.officer_account_by_id(actor, account_id, now=now)


def open_recoveries(actor: Actor, *, now: datetime) -> tuple[RecoveryView, ...]:
    """Recoveries of lost factors that wait, oldest first."""
    return recoveries.open_ones(actor, now=now)


def ways_to_prove(request: HttpRequest) -> WaysToProve:
    """What the officer at this page can prove anew with; for the form that asks for it."""
    account_id = actor_at(request).account_id
    held = factors.living(account_id) if account_id else ()
    return proving.ways(request, {factor.kind for factor in held})


def proved_anew(request: HttpRequest, *, now: datetime) -> Actor:
    """The officer, who has just typed a code (`code`) or unlocked a passkey (`answer`).

    An action of its own: a wrong try stays written. Raises: TooManyAttempts, WrongCode,
    PasskeyRefused, AccountClosed.
    """
    actor, answer, asked = actor_at(request), request.POST.get("answer", ""), proving.asked(request)
    if actor.account_id is None:
        raise WrongCode
    if answer:
        check_passkey(answer, asked, of=actor.account_id, now=now)
    else:
        account, code = accounts.account(actor.account_id), request.POST.get("code", "")
        check_code(account, code, origin=limits.origin(request), now=now)
    return replace(actor, proven_at=now)


def mail_of_account(account_id: UUID) -> str:
    """Where an officer reads mail about the account; empty for a citizen's. At most one query."""
    officer_id = accounts.account(account_id).officer_id
    known = organisations.officers_by_id([officer_id] if officer_id else [])
    return next((officer.email for officer in known.values()), "")


# Applications


def applications(actor: Actor, *, now: datetime) -> tuple[ApplicationView, ...]:
    """All that the actor may see, open ones first."""
    return application_rows.applications(actor, now=now)


def application(application_id: UUID, actor: Actor, *, now: datetime) -> ApplicationView:
    """Raises: ApplicationNotFound."""
    return application_rows.view_of(
        application_rows.application_row(application_id, actor, now=now)
    )


def signing_keys_published(*, now: datetime) -> tuple[SigningKeyView, ...]:
    """The key that signs identity tokens, and those that still verify."""
    return application_rows.signing_keys(now=now)


def provisioning_clients(actor: Actor) -> tuple[ClientView, ...]:
    """Personnel systems that may call, for administrators; nobody else sees any."""
    return provisioning.clients() if actor.has(Role.ADMINISTRATOR) else ()
