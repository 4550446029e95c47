"""Cửa của dossiers: what portals and neighbours may ask."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from motcua.contexts.casework import public as casework
from motcua.contexts.dossiers import queries
from motcua.contexts.dossiers.actions import (
    applicant,
    at_the_place,
    counter,
    desk,
    digitising,
    drafts,
    ending,
    exemptions,
    fees,
    handing,
    migrating,
    papers,
    releasing,
    ruling,
    submission,
)
from motcua.contexts.dossiers.actions.knowing import known_of
from motcua.contexts.dossiers.actions.numbering import AGENCY, BLOCK, code_of, take_block
from motcua.contexts.dossiers.actions.reading import open_names
from motcua.contexts.dossiers.actions.searching import note_search
from motcua.contexts.dossiers.contracts import (
    Begun,
    Compared,
    DeskView,
    DossierView,
    DraftNotFound,
    DraftView,
    FixFee,
    Receipt,
    Source,
    StepTaken,
    TakeStep,
)
from motcua.contexts.dossiers.contracts.rulings import RegisterSilent, RuleValue, ValueRuled
from motcua.contexts.dossiers.contracts.shortcomings import ProposalDecided
from motcua.contexts.dossiers.ports import ServicePack, register_pack
from motcua.contexts.dossiers.queries import archiving as for_archive
from motcua.contexts.dossiers.queries import assisting as at_help
from motcua.contexts.dossiers.queries import counter as at_counter
from motcua.contexts.dossiers.queries import desk_day, looks, rates, reuse, trying, watching
from motcua.contexts.dossiers.queries import fieldwork as visits
from motcua.contexts.dossiers.queries import handing as ready
from motcua.contexts.dossiers.queries import migrating as migrations
from motcua.contexts.dossiers.queries import on_paper as paper_trail
from motcua.contexts.dossiers.queries import pinned as pinned_counts
from motcua.contexts.dossiers.rules import place
from motcua.contexts.dossiers.rules.counter import deciding
from motcua.contexts.dossiers.rules.known import (
    population_fields,
)
from motcua.contexts.dossiers.rules.papers import Need, needs
from motcua.contexts.identity import public as identity
from motcua.contexts.payments import public as payments
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import FeeLine
from motcua.contexts.procedures.contracts.exemptions import Exempted
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.kernel.db import Stale

__all__ = [
    "AGENCY",
    "BLOCK",
    "INBOX_CAP",
    "Need",
    "ServicePack",
    "answer_opinion",
    "assign",
    "at_odds",
    "attach_paper",
    "begin_draft",
    "board",
    "change_opinion",
    "claim",
    "code_of",
    "compare",
    "deciding",
    "decline_supplement",
    "desk_name",
    "desk_view",
    "detach_paper",
    "dossier",
    "draft",
    "drafts_of",
    "drop_draft",
    "due_spans",
    "exempted_fees",
    "expected_fees",
    "extend",
    "field_visits",
    "find",
    "fix_fee",
    "forget_original",
    "give_back",
    "hand_over_all",
    "inbox",
    "inbox_counts",
    "is_site_noted",
    "judge_paper",
    "keep_as_it_is",
    "keep_read_values",
    "key_of",
    "kinds_in_inbox",
    "lines_of",
    "look",
    "looking",
    "looks_of",
    "masked",
    "may_open",
    "mine",
    "missing_of",
    "moments_of",
    "move_paper",
    "needs",
    "next_in_inbox",
    "not_typed_yet",
    "note_search",
    "old_ward_name",
    "on_paper",
    "on_paper_of",
    "open_dossier_of",
    "open_names",
    "own_units",
    "place_question",
    "promise",
    "propose_supplement",
    "quote",
    "rate",
    "read_again",
    "read_dossier_paper",
    "read_draft_paper",
    "ready_for",
    "receipt",
    "received_at",
    "register_pack",
    "release_supplement",
    "replace_papers",
    "reuse_evidence",
    "reuse_result",
    "right_first",
    "rule_value",
    "save_page",
    "send_message",
    "sent_as",
    "set_desk",
    "set_exemption",
    "set_return_form",
    "set_ward",
    "site_notes",
    "snooze",
    "sources_at",
    "subject_of_visit",
    "submit",
    "submit_draft",
    "supply",
    "take_block",
    "take_in",
    "take_in_visit",
    "take_scan",
    "take_scan_for",
    "take_site_note",
    "take_step",
    "told_at_counter",
    "tonight",
    "track",
    "track_url",
    "type_in_declaration",
    "wake",
    "wallet_papers",
    "ward_name",
    "weekend",
    "withdraw",
]

PREFILL, VERIFY, ASSIST = "PREFILL", "VERIFY", "ASSIST"


def begin_draft(
    procedure_code: str,
    *,
    ward_code: str,
    actor: Actor,
    now: datetime,
    source: Source = Source.CITY_APP,
    applicant_person_id: UUID | None = None,
    ask_registers: bool = True,
    only: frozenset[str] | None = None,
    mandate_id: UUID | None = None,
    assistance_id: UUID | None = None,
) -> Begun:
    """Begin an application, filled with what is known of the applicant; see `known_of`.

    A dead register never blocks: the draft says so and the form goes on empty. only: the questions
    that the applicant agreed to have filled; None for all. mandate_id: at the counter, under which
    the person there acts. assistance_id: what they agreed to, of an assisted filing.
    Raises: ProcedureNotFound, ProcedureNotOpen, ProcedureNotRunnable, ConsentMissing.
    """
    person_id = applicant_person_id or actor.party_id
    purpose = ASSIST if source is Source.ASSISTED else PREFILL
    asks = at_help.needed(procedure_code, ward_code, only, now) if ask_registers else None
    told = known_of(person_id, purpose, asks, actor=actor, now=now)
    return drafts.begin_draft(
        procedure_code,
        ward_code=ward_code,
        actor=actor,
        now=now,
        source=source,
        applicant_person_id=person_id,
        known=told.known,
        known_at=told.at,
        only=only,
        trouble=told.trouble,
        mandate_id=mandate_id,
        assistance_id=assistance_id,
    )


# A visit to the place, for a device that was there without a network.
take_site_note = at_the_place.take_note
is_site_noted = at_the_place.is_noted
field_visits = visits.own_visits
site_notes = visits.notes_of
subject_of_visit = visits.subject_of

save_page = drafts.save_page
set_ward = drafts.set_ward
set_desk = drafts.set_desk
set_return_form = drafts.set_return_form
attach_paper = papers.attach_paper
detach_paper = papers.detach_paper
forget_original = papers.forget_original
replace_papers = papers.replace_papers
reuse_result = papers.reuse_result
reuse_evidence = digitising.reuse_evidence
read_draft_paper = digitising.read_draft_paper
read_again = digitising.read_again
read_dossier_paper = digitising.read_dossier_paper
keep_read_values = digitising.keep_read_values
take_scan = digitising.take_scan
take_scan_for = digitising.take_scan_for
wallet_papers = reuse.wallet_papers
move_paper = papers.move_paper
keep_as_it_is = papers.keep_as_it_is
drop_draft = drafts.drop_draft
submit = submission.submit


def exempted_fees(draft: DraftView, actor: Actor, *, now: datetime) -> tuple[Exempted, str]:
    """The fees of a draft with the best of what the applicant is entitled to; why not known.

    The identification system is asked only where an entitlement could lower a known fee.
    """
    lines, today = queries.expected_fees(draft), city_date(now)
    person_id, keys, notice = draft.applicant_person_id, frozenset[str](), ""
    if person_id and any(line.amount for line in lines):
        keys, notice = _entitlements(person_id, lines, actor, now)
    return procedures.exempted(lines, keys, on=today), notice


def _entitlements(
    person_id: UUID, lines: tuple[FeeLine, ...], actor: Actor, now: datetime
) -> tuple[frozenset[str], str]:
    if not procedures.possible_exemptions(lines, on=city_date(now)):
        return frozenset(), ""
    told = identity.entitlements_of(person_id, actor)
    return told.keys, told.notice


def fix_fee(command: FixFee, *, actor: Actor, now: datetime) -> None:
    """Nhập mức thu, less what the applicant is entitled to. Raises: as `fees.fix_fee`."""
    row = queries.dossier_row(command.code, actor, now=now)
    keys, _notice = _entitlements(row.applicant_person_id, queries.fees_of(row), actor, now)
    fees.fix_fee(replace(command, entitlements=keys), actor=actor, now=now)


def recheck_exemption(code: str, *, actor: Actor, now: datetime) -> None:
    """Ask the register once more about the exemption on a bill, as its payer comes to pay."""
    bill = payments.invoice_of(code)
    if bill is None or not any(item.by_register for item in bill.items):
        return
    payer = queries.for_letters(code)[0].applicant_person_id
    told = identity.entitlements_of(payer, actor)
    keys = None if told.notice else told.keys
    exemptions.note_recheck(code, keys, actor=actor, now=now)


def submit_draft(draft_id: UUID, *, actor: Actor, now: datetime) -> Receipt:
    """Send a draft. However often it is sent, it is one dossier and one receipt.

    Raises: as `submit`, and DraftNotFound.
    """
    try:
        found, _notice = exempted_fees(queries.draft_view(draft_id, actor, now=now), actor, now=now)
        keys = frozenset({found.chosen.key} if found.chosen else ())
        return submission.submit_draft(draft_id, entitlements=keys, actor=actor, now=now)
    except (DraftNotFound, Stale, IntegrityError):
        sent = queries.sent_before(draft_id, actor, now=now)
        if sent is None:
            raise
        return queries.receipt_of(sent)


def sent_as(draft_id: UUID, actor: Actor, *, now: datetime) -> str:
    """The code of the dossier that one's draft became, "" while it is not sent."""
    sent = queries.sent_before(draft_id, actor, now=now)
    return sent.code if sent else ""


def draft(draft_id: UUID, actor: Actor, *, now: datetime) -> DraftView:
    """Raises: DraftNotFound."""
    return queries.draft_view(draft_id, actor, now=now)


def drafts_of(actor: Actor, *, now: datetime) -> tuple[DraftView, ...]:
    return queries.drafts_of(actor, now=now)


may_open = queries.may_open
missing_of = queries.missing_of
at_odds = queries.at_odds
expected_fees = queries.expected_fees
promise = queries.promise
desk_name = queries.desk_name


def receipt(code: str, actor: Actor, *, now: datetime) -> Receipt:
    """Raises: DossierNotFound."""
    return queries.receipt_of(queries.dossier_row(code, actor, now=now))


def dossier(code: str, actor: Actor, *, now: datetime) -> DossierView:
    """Raises: DossierNotFound."""
    row = queries.dossier_row(code, actor, now=now)
    return at_help.with_help(queries.dossier_view(row, actor, now=now), row)


looks_of = looks.looks_of
look = watching.look
looking = watching.looking
mine = queries.mine
as_it_stood = queries.as_it_stood
moments_of = queries.moments_of
submission_proof = queries.submission_proof
submission_mark = queries.submission_mark
supply = applicant.supply
withdraw = applicant.withdraw
send_message = applicant.send_message
rate = applicant.rate
track = queries.track
ward_name = queries.ward_name
old_ward_name = queries.old_ward_name
track_url = queries.track_url
on_paper = paper_trail.on_paper
on_paper_of = paper_trail.on_paper_of

INBOX_CAP = queries.CAP
inbox = queries.inbox
inbox_counts = queries.inbox_counts
next_in_inbox = queries.next_in_inbox
key_of = queries.key_of
kinds_in_inbox = queries.kinds_in_inbox
tonight = queries.tonight
weekend = queries.weekend
board = queries.board
lines_of = queries.lines_of
ready_for = ready.ready_for
hand_over_all = handing.hand_over_all
received_at = desk_day.received_at
sources_at = desk_day.sources_at
right_first = rates.right_first
own_units = queries.own_units
masked = queries.masked
find = queries.find
judge_paper = desk.judge_paper
propose_supplement = releasing.propose_supplement
answer_opinion = desk.answer_opinion
change_opinion = desk.change_opinion
extend = desk.extend
quote = at_counter.quote
due_spans = at_counter.due_spans
place_question = place.place_question
open_dossier_of = at_counter.open_dossier_of
not_typed_yet = queries.not_typed_yet
take_in = counter.take_in
told_at_counter = counter.told_at_counter
take_in_visit = counter.take_in_visit
type_in_declaration = counter.type_in_declaration
set_exemption = exemptions.set_exemption
claim = casework.claim_task
assign = casework.assign_task
give_back = casework.return_task
snooze = casework.snooze_task
wake = casework.wake_task


def take_step(command: TakeStep, *, actor: Actor, now: datetime) -> StepTaken:
    """Do an action of the present step; of two at once, one is told who was faster.

    Raises: as the action.
    """
    try:
        return desk.take_step(command, actor=actor, now=now)
    except Stale as overtaken:
        row = queries.dossier_row(command.code, actor, now=now)
        raise queries.moved_meanwhile(casework.case_by_id(row.case_id)) from overtaken


def release_supplement(proposal_id: UUID, *, actor: Actor, now: datetime) -> StepTaken:
    """A head lets a further request go; of two heads at once, one. Raises: as the action."""
    try:
        return releasing.release_supplement(proposal_id, actor=actor, now=now)
    except Stale as overtaken:
        raise ProposalDecided from overtaken


def decline_supplement(proposal_id: UUID, reason: str, *, actor: Actor, now: datetime) -> StepTaken:
    """A head does not, and says why. Raises: as the action."""
    try:
        return releasing.decline_supplement(proposal_id, reason, actor=actor, now=now)
    except Stale as overtaken:
        raise ProposalDecided from overtaken


def desk_view(code: str, actor: Actor, *, now: datetime) -> DeskView:
    """Raises: DossierNotFound."""
    row = queries.dossier_row(code, actor, now=now)
    return at_help.for_helper(queries.desk_view(row, actor, now=now), row, actor)


def rule_value(command: RuleValue, *, actor: Actor, now: datetime) -> ValueRuled:
    """Decide a difference; the register is asked anew, so that what it says now is taken.

    Raises: as `ruling.rule_value`, and RegisterSilent.
    """
    row = queries.dossier_row(command.code, actor, now=now)
    queries.check_holds_step(row, actor, now=now)
    known, trouble = _register_says(row.applicant_person_id, actor)
    if trouble:
        raise RegisterSilent(trouble)
    try:
        return ruling.rule_value(command, known, actor=actor, now=now)
    except Stale as overtaken:
        raise queries.moved_meanwhile(casework.case_by_id(row.case_id)) from overtaken


def _register_says(person_id: UUID, actor: Actor) -> tuple[dict[str, Mapping[str, object]], str]:
    facts = identity.population_facts(person_id, purpose=VERIFY, actor=actor)
    told = {name: facts[name].value for name in facts}
    return {"population": population_fields(told)}, facts.notice


def compare(code: str, actor: Actor, *, now: datetime) -> Compared:
    """Ask the population register about the applicant and set it beside what was declared.

    Only whoever holds the step may ask; a register that does not answer is a sentence, no error.
    Raises: DossierNotFound, NotYourStep.
    """
    row = queries.dossier_row(code, actor, now=now)
    queries.check_holds_step(row, actor, now=now)
    known, trouble = _register_says(row.applicant_person_id, actor)
    return Compared(lines=queries.compared(row, known, actor, now=now), trouble=trouble)


# A trial of a draft process, under the statuses of a dossier; writes nothing.
dossier_tried = trying.dossier_tried

# Counts for designers: by version, step and unit; nothing of a dossier itself.
Pinned = pinned_counts.Pinned
pinned = pinned_counts.pinned
open_drafts = pinned_counts.open_drafts
sent_by_programs = pinned_counts.sent_by_programs
parties_with = pinned_counts.parties_with
version_figures = pinned_counts.version_figures

# Running dossiers go to another version.
plan_migration = migrating.plan_migration
approve_migration = migrating.approve_migration
drop_migration = migrating.drop_migration
undo_migration = migrating.undo_migration
migration = migrations.migration
migrations_of = migrations.migrations_of
migration_lines = migrations.migration_lines
# For the archive, which has a policy of its own.
closed_dossiers = for_archive.closed_dossiers
count_closed = for_archive.count_closed
closed_by_id = for_archive.closed_by_id
dossier_record = for_archive.dossier_record
endings_of = ending.endings_of
